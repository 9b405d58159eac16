"""Requests for documents on the pages: the list at the archive, the days of the law, the form, and the letter."""

from datetime import timedelta

import pytest
from werkzeug.test import TestResponse

from pressedesk import clock
from pressedesk.events import EventKind
from pressedesk.models import Granted
from pressedesk.regulation.vocabulary import Ask
from pressedesk.views.sak.ruling import days_gone
from pressedesk.workflow import Ending, State
from tests.conftest import NOON
from tests.inquiries import Sak, call
from tests.organisation import Town, sign_in
from tests.pages import PageClient, filled, read
from tests.views.test_innboks import references, words

DAY = timedelta(days=1)
REFUSAL = {"granted": "refused", "provision": "offl_14", "openness_considered": "y", "reason": "Et utkast."}


def asked(town: Town, at: object = NOON, question: str = "Kan jeg få se kontrakten?") -> Sak:
    return call(town, at, unit="kis", asks={Ask.DOCUMENTS}, question=question)  # type: ignore[arg-type]


def path(sak: Sak, action: str) -> str:
    return f"/sak/{sak.reference}/{sak.strand().id}/{action}"


def send(client: PageClient, sak: Sak, **values: str) -> TestResponse:
    return client.submit(path(sak, "innsyn"), path(sak, "innsyn"), **values)


GONE = [  # days after Tuesday noon, what is said, its colour
    (0, "Kom inn i dag", "neutral"),
    (1, "Dag 1 av 5", "neutral"),
    (2, "Dag 2 av 5", "warning"),
    (3, "Dag 3 av 5", "warning"),
    (4, "Dag 3 av 5", "danger"),  # Saturday counts no day, and the third is over
    (6, "Dag 4 av 5", "danger"),
    (7, "Dag 5 av 5", "danger"),
    (8, "Regnes som avslag, svar likevel", "danger"),
]


@pytest.mark.parametrize(("days", "said", "color"), GONE)
def test_the_days_of_the_law(days: int, said: str, color: str) -> None:
    """Amber when one working day has gone without an answer, red after three, a refusal once the fifth is over."""
    gone = days_gone(NOON, NOON + days * DAY)
    assert (gone.mark.text, gone.mark.color) == (said, color)
    assert bool(gone.silence) is (days == 8)


def test_the_archive_has_its_own_list(client: PageClient, town: Town, at_noon: clock.FrozenClock) -> None:
    """The oldest first, each once, with the way to the decision; the leader of KIS sees them too, others have none."""
    old, new = asked(town), asked(town, NOON + DAY)
    ordinary = call(town, NOON + DAY)
    at_noon.set(NOON + 2 * DAY)
    sign_in(client, town, "arkiv")
    page = client.page("/innboks")
    assert references(page) == [old.reference, new.reference]
    told = words(page)
    assert told.index("Dag 2 av 5") < told.index("Dag 1 av 5")
    assert path(old, "innsyn") in [each.get("href") for each in page.all("a")]
    sign_in(client, town, "kis")
    assert "Innsynskrav" in words(client.page("/innboks"))
    sign_in(client, town, "leder")
    page = client.page("/innboks")
    assert "Innsynskrav" not in words(page)
    assert references(page) == [ordinary.reference]


def test_what_is_missing_is_said_beside_the_field(client: PageClient, town: Town, at_noon: clock.FrozenClock) -> None:
    """Provision, openness, reason, in writing: what was typed is kept, and nothing is decided."""
    sak = asked(town)
    sign_in(client, town, "arkiv")
    for wrong, said in (
        ({"provision": ""}, "Velg bestemmelsen"),
        ({"openness_considered": ""}, "Vurder først om dere kan gi mer innsyn"),
        ({"reason": ""}, "Skriv kort hvorfor."),
        ({"channel": "phone"}, "gis skriftlig"),
        ({"decided_by": ""}, "Skriv hvem"),
        ({"decided_at": "i morgen kl. 9"}, "ikke kommet ennå"),
        ({"granted": ""}, "Velg hva som ble avgjort."),
    ):
        values = {**REFUSAL, **wrong}
        reply = send(
            client, sak, **{name: value for name, value in values.items() if value or name != "openness_considered"}
        )
        assert reply.status_code == 422, wrong
        assert said in words(read(reply.get_data(as_text=True))), wrong
    assert sak.strand().state is State.TOLD


def test_the_letter_to_paste(client: PageClient, town: Town, at_noon: clock.FrozenClock) -> None:
    """Provision, openness, reason, and how to appeal; who decided stands on the page."""
    sak = asked(town)
    sign_in(client, town, "arkiv")
    assert send(client, sak, **REFUSAL).status_code == 303
    page = client.page(f"/sak/{sak.reference}")
    (letter,) = [each.text for each in page.all("textarea") if "Statsforvalteren" in each.text]
    for part in ("§ 14 første ledd", "§ 11", "Et utkast.", "tre uker"):
        assert part in letter
    told = words(page)
    for part in ("Innsyn avslått", "Liv Holm, i dag kl. 12.00", "Innsyn avslått etter offentleglova § 14"):
        assert part in told
    assert sak.strand().ending is Ending.DECLINED


def test_everything_given_needs_no_letter(client: PageClient, town: Town, at_noon: clock.FrozenClock) -> None:
    """Nothing to appeal."""
    sak = asked(town)
    sign_in(client, town, "arkiv")
    assert send(client, sak, granted="full").status_code == 303
    page = client.page(f"/sak/{sak.reference}")
    assert "Innsyn gitt" in words(page)
    assert not [each for each in page.all("textarea") if "Statsforvalteren" in each.text]


def test_once_by_a_double_click_and_told_to_the_second(
    client: PageClient, town: Town, at_noon: clock.FrozenClock
) -> None:
    """The same press twice is one decision; another's is shown with the own text kept."""
    sak, other = asked(town), asked(town)
    sign_in(client, town, "arkiv")
    for each in (sak, other):
        page = client.page(path(each, "innsyn"))
        form = next(form for form in page.all("form") if form.get("action") == path(each, "innsyn"))
        data = {**filled(page, form), **REFUSAL}
        if each is other:
            each.rule("kis", NOON, Granted.FULL)
        statuses = [client.post(path(each, "innsyn"), data=data) for _ in range(2)]
        if each is sak:
            assert [reply.status_code for reply in statuses] == [303, 303]
        else:
            assert statuses[0].status_code == 409
            assert "Et utkast." in statuses[0].get_data(as_text=True)
        assert each.events().count(EventKind.RULED) == 1


def test_silence_is_shown_for_what_it_is(client: PageClient, town: Town, at_noon: clock.FrozenClock) -> None:
    """In the list, on the page of the inquiry and in its status; the duty to answer stays, and so does the button."""
    sak = asked(town)
    at_noon.set(NOON + 8 * DAY)
    sign_in(client, town, "arkiv")
    for address in ("/innboks", f"/sak/{sak.reference}"):
        told = words(client.page(address))
        for part in ("Regnes som avslag", "§ 32", "Plikten til å svare gjelder fortsatt", "Avgjør innsyn"):
            assert part in told, (address, part)
    sign_in(client, town, "kis")
    assert "Regnes som avslag" in words(client.page("/saker"))


def test_a_comment_has_no_such_page(client: PageClient, town: Town, at_noon: clock.FrozenClock) -> None:
    """Its address leads back to the inquiry; and what is decided is not decided again."""
    sak = call(town, NOON)
    sign_in(client, town, "leder")
    assert client.get(path(sak, "innsyn")).status_code == 303
    decided = asked(town)
    decided.rule("arkiv", NOON)
    sign_in(client, town, "arkiv")
    assert client.get(path(decided, "innsyn")).status_code == 303
