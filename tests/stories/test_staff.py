"""Story: the employees hear it before the newspaper tells them (strategy 2.1.4)."""

from datetime import timedelta

from pressedesk import clock
from tests.conftest import NOON
from tests.desk.test_following import tasks_of
from tests.inquiries import call
from tests.organisation import Town, sign_in
from tests.pages import PageClient
from tests.views.test_innboks import words


def test_the_employees_hear_it_first(client: PageClient, town: Town, at_noon: clock.FrozenClock) -> None:
    """Not yet told, so there is a task by the journalist's deadline; the superior sees it, and ticks it off for the
    leader who is in a meeting. Who comes after him is told that it is done."""
    sak = call(town, NOON, deadline_at=NOON + timedelta(hours=2))
    sak.answer("leder", NOON)
    where = f"/sak/{sak.reference}/{sak.strand().id}/lukk"
    sign_in(client, town, "leder")
    assert "i dag kl. 14.00" in words(client.page(where))
    client.submit(where, where, staff="tell")
    (task,) = tasks_of(sak)
    assert task.due_at == NOON + timedelta(hours=2)
    assert "Informere de ansatte" in words(client.page("/innboks"))

    at_noon.advance(timedelta(hours=1))
    sign_in(client, town, "annen_leder")
    assert "Informere de ansatte" not in words(client.page("/innboks"))
    sign_in(client, town, "kommunalsjef")
    client.submit(f"/sak/{sak.reference}", f"/oppgaver/{task.id}/gjort", press="outcome=done")
    assert tasks_of(sak) == []
    told = words(client.page(f"/sak/{sak.reference}"))
    assert "De ansatte vet detJa" in told
    assert "Arne Moen" in told
