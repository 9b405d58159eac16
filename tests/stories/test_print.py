"""Story: the newspaper got something wrong, and the newsroom is asked to correct it (VVP 4.13)."""

from datetime import timedelta

from pressedesk import clock
from pressedesk.desk.answering import Channel
from pressedesk.models import InPrint
from tests.conftest import NOON
from tests.desk.test_following import tasks_of
from tests.inquiries import call
from tests.organisation import Town, sign_in
from tests.pages import PageClient
from tests.views.test_innboks import words


def test_a_mistake_in_print_is_followed_up(client: PageClient, town: Town, at_noon: clock.FrozenClock) -> None:
    """KIS reads it, the owner gets word and two hours, asks the newsroom, and says how it went."""
    sak = call(town, NOON)
    sak.answer("leder", NOON, channel=Channel.PHONE)
    sak.close("leder", NOON)
    in_time = sak.strand().was_in_time
    at_noon.advance(timedelta(days=1))

    sign_in(client, town, "kis_adviser")
    reply = client.submit(
        f"/sak/{sak.reference}", f"/sak/{sak.reference}/{sak.strand().id}/trykk", press="in_print=wrong"
    )
    assert reply.status_code == 303
    assert sak.told()[-1] == "leder"

    at_noon.advance(timedelta(hours=3))
    sign_in(client, town, "leder")
    told = words(client.page("/innboks"))
    assert "Be redaksjonen rette" in told
    assert "1 t over fristen" in told
    assert "De bestemmer selv" in told
    (task,) = tasks_of(sak)
    client.submit("/innboks", f"/oppgaver/{task.id}/gjort", press="outcome=corrected")
    told = words(client.page(f"/sak/{sak.reference}"))
    assert "Tone Berg noterte hvordan det gikk: rettet" in told
    assert "Be redaksjonen rette" not in words(client.page("/innboks"))
    assert (sak.strand().in_print, sak.strand().was_in_time) == (InPrint.WRONG, in_time)
