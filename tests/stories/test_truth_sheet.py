"""The truth sheet: what was said is written down as it was, whenever, by whomever; the rules stand beside it."""

from datetime import timedelta

import pytest

from pressedesk import clock
from pressedesk.regulation.vocabulary import YES, Waiver
from pressedesk.workflow import Ending, State
from tests.conftest import NOON
from tests.inquiries import Sak, call
from tests.organisation import Town, sign_in
from tests.pages import PageClient
from tests.views.test_innboks import words

HOUR = timedelta(hours=1)


def record(client: PageClient, sak: Sak, who: str, **given: object) -> int:
    """Fill in the form of the answer. The status."""
    sign_in(client, sak.town, who)
    here = f"/sak/{sak.reference}/{sak.strand().id}/svar"
    said = {"text": "Det var slik.", "kinds": ["facts"], "channel": "phone", **given}
    return client.submit(here, here, **said).status_code


def test_everything_in_one_act(client: PageClient, town: Town, at_noon: clock.FrozenClock) -> None:
    """Told at 12.30, written down at 14, with whom he asked at 12.10 and why there was an exception."""
    sak = call(town, NOON, client_case=YES, waiver=Waiver.WRITTEN)
    at_noon.set(NOON + 2 * HOUR)
    first = {"consulted": "kommunalsjef", "consulted_at": "kl. 12.10"}
    reasoned = {"deviated": "kommunalsjef", "deviated_reason": "Hun ba om det.", "deviated_at": "kl. 12.15"}
    assert record(client, sak, "leder", at="kl. 12.30", **first, **reasoned) == 303
    told = words(client.page(f"/sak/{sak.reference}"))
    for part in ("12.30", "12.10", "12.15", "Det var slik.", "Hun ba om det."):
        assert part in told, part
    assert "Reglementet sier om dette svaret" not in told
    assert sak.strand().answered_at == NOON + HOUR / 2


def test_what_touched_a_ban_is_shown_and_permits_nothing(
    client: PageClient, town: Town, at_noon: clock.FrozenClock
) -> None:
    """The rektor said it all the same; the kommunalsjef reads what the rules say of the answer, and nothing of him."""
    sak = call(town, NOON, personnel=YES)
    assert record(client, sak, "leder") == 303
    sign_in(client, town, "kommunalsjef")
    page = words(client.page(f"/sak/{sak.reference}"))
    assert "Reglementet sier om dette svaret" in page
    assert "Forvaltningsloven § 13" in page
    assert "Kan ikke sies" in words(client.page(f"/sak/{sak.reference}/{sak.strand().id}/svar"))


@pytest.mark.parametrize("ending", [Ending.NO_ANSWER, Ending.WITHDRAWN])
def test_after_it_was_closed(client: PageClient, town: Town, at_noon: clock.FrozenClock, ending: Ending) -> None:
    """KIS closed it without an answer; the rektor had told the journalist at 12.20, and writes it down."""
    sak = call(town, NOON)
    sak.close("kis", NOON + HOUR, ending, "Ingen svarte oss.")
    at_noon.set(NOON + 2 * HOUR)
    assert record(client, sak, "leder", at="kl. 12.20") == 303
    told = words(client.page(f"/sak/{sak.reference}"))
    assert ending.label in told
    assert "Det var slik." in told
    strand = sak.strand()
    assert (strand.state, strand.was_in_time, strand.working_minutes) == (State.CLOSED, True, 20)


def test_never_before_the_call(client: PageClient, town: Town, at_noon: clock.FrozenClock) -> None:
    """A time before the inquiry came is a slip of the pen: said beside the field, the text kept."""
    sak = call(town, NOON)
    assert record(client, sak, "leder", at="kl. 11.30") == 422
    assert sak.answers() == []


def test_the_superior_who_was_asked_first_needs_no_reply_any_more(
    client: PageClient, town: Town, at_noon: clock.FrozenClock
) -> None:
    """He asked, and then the journalist rang again: what was said is written down, and nobody waits."""
    sak = call(town, NOON)
    sign_in(client, town, "leder")
    here = f"/sak/{sak.reference}/{sak.strand().id}/spor"
    client.submit(here, here, whom=f"doubt:{town.offices['kommunalsjef']}", text="Kan jeg?")
    assert record(client, sak, "leder") == 303
    told = words(client.page(f"/sak/{sak.reference}"))
    assert "Spør kommunalsjef eller rådmann først." in told  # what was lacking then stands beside the answer
    sign_in(client, town, "kommunalsjef")
    assert "Du er spurt" not in words(client.page("/innboks"))
