"""Forms that are not sent yet: which count as opened and are red, who goes on with them, and what must not stay."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from pressedesk import access, db
from pressedesk.access import NotFound, Refused
from pressedesk.desk import drafts, intake
from pressedesk.desk.drafts import FORGOTTEN_AFTER, RED_AFTER, Standing
from pressedesk.events import Event, EventKind
from pressedesk.models import Draft
from tests.conftest import NOON
from tests.desk.test_intake import a_call
from tests.organisation import Town

FIELDS = {"caller_name": ["Kåre Kanari"], "phone": ["912 34 567"], "question": ["Hvorfor?"]}
CALL, HALF, PASSED_ON = Standing(is_call=True), Standing(), Standing(is_passed_on=True)
SECOND = timedelta(seconds=1)


def begin(town: Town, standing: Standing = CALL, at: datetime = NOON, token: str = "t") -> str:
    """The switchboard begins to write a call down; its reference."""
    draft = drafts.save_draft(town.people["sentralbord"], token, FIELDS, at, standing)
    assert draft is not None
    return draft.reference


def seen_red(town: Town, who: str, now: datetime) -> list[str]:
    with db.reading() as tx:
        actor = access.actor(tx, town.people[who], now)
        return [draft.reference for draft in drafts.red_drafts(tx, actor, now)]


def of(town: Town, who: str, now: datetime) -> list[str]:
    with db.reading() as tx:
        return [draft.reference for draft in drafts.drafts_of(tx, town.people[who], now)]


@pytest.mark.parametrize(
    ("standing", "after", "is_red"),
    [
        (CALL, RED_AFTER - SECOND, False),
        (CALL, RED_AFTER, True),
        (HALF, RED_AFTER, False),
        (PASSED_ON, RED_AFTER, False),
    ],
)
def test_a_call_is_red_after_a_quarter_of_an_hour(
    town: Town, standing: Standing, after: timedelta, is_red: bool
) -> None:
    """Counted from when it was opened, and only where somebody waits for an answer of ours."""
    reference = begin(town, standing)
    drafts.save_draft(town.people["sentralbord"], "t", FIELDS, NOON + after, standing)
    assert seen_red(town, "sentralbord", NOON + after) == ([reference] if is_red else [])


@pytest.mark.parametrize("who", ["sentralbord", "kis", "kis_adviser", "leder", "radmann", "admin", "auditor", "ansatt"])
def test_who_sees_red_drafts(town: Town, who: str) -> None:
    """Everybody at the switchboard, and the leader of KIS."""
    begin(town)
    assert bool(seen_red(town, who, NOON + RED_AFTER)) is (who in ("sentralbord", "kis"))


def test_a_red_draft_is_taken_over(town: Town) -> None:
    """It is the other's from then on, and gone from whoever began it, who can neither change nor save it."""
    reference, now = begin(town), NOON + RED_AFTER
    drafts.take_over(town.people["kis"], reference, now)
    assert (of(town, "sentralbord", now), of(town, "kis", now)) == ([], [reference])
    with pytest.raises(NotFound):
        drafts.save_draft(town.people["sentralbord"], "t", FIELDS, now, CALL)
    with pytest.raises(Refused, match="En annen har tatt over"):
        intake.log_call(town.people["sentralbord"], "t", a_call(town), now)
    assert intake.log_call(town.people["kis"], "t", a_call(town), now).reference == reference


def test_the_record_says_who_took_the_call(town: Town) -> None:
    """Taken over, changed and saved by another: whoever took the telephone still stands in the record."""
    reference, now = begin(town), NOON + RED_AFTER
    drafts.take_over(town.people["kis"], reference, now)
    drafts.save_draft(town.people["kis"], "t", {**FIELDS, drafts.BEGUN_BY: ["1"]}, now, CALL)
    with db.reading() as tx:
        draft = tx.scalars(select(Draft)).one()
        assert drafts.begun_by(draft) == town.people["sentralbord"]
    intake.log_call(town.people["kis"], "t", a_call(town), now)
    with db.reading() as tx:
        logged = tx.scalars(select(Event).where(Event.kind == EventKind.LOGGED)).one()
        assert (logged.person_id, logged.data["person"]) == (town.people["kis"], town.people["sentralbord"])


@pytest.mark.parametrize(
    ("who", "after", "about"),
    [("kis", RED_AFTER - SECOND, None), ("leder", RED_AFTER, None), ("kis", RED_AFTER, "kis")],
    ids=["ikke rød ennå", "ikke ved sentralbordet", "den det gjelder"],
)
def test_a_draft_that_is_not_his_to_take_over(town: Town, who: str, after: timedelta, about: str | None) -> None:
    """Neither before it is red, nor by anybody else, nor by somebody the call may be about: it does not exist."""
    persons = frozenset({town.people[about]}) if about else frozenset()
    reference = begin(town, Standing(is_call=True, about=persons))
    with pytest.raises(NotFound):
        drafts.take_over(town.people[who], reference, NOON + after)


def test_a_parked_draft_goes_on_when_it_is_typed_in(town: Town) -> None:
    """Parked until somebody writes in it again; the clock is not set back."""
    parked = drafts.park(town.people["sentralbord"], "t", FIELDS, NOON, CALL)
    assert parked is not None
    assert parked.parked_at == NOON
    again = drafts.save_draft(town.people["sentralbord"], "t", FIELDS, NOON + SECOND, CALL)
    assert again is not None
    assert (again.parked_at, again.opened_at, again.reference) == (None, NOON, parked.reference)


@pytest.mark.parametrize(("standing", "is_left"), [(PASSED_ON, False), (HALF, True), (CALL, True)])
def test_nothing_stays_of_an_abandoned_call_that_is_passed_on(town: Town, standing: Standing, is_left: bool) -> None:
    """After an hour it is listed for nobody, and the next draft that is written takes it away."""
    reference, now = begin(town, standing), NOON + FORGOTTEN_AFTER
    assert (reference in of(town, "sentralbord", now)) is is_left
    drafts.save_draft(town.people["leder"], "another", {}, now)
    with db.reading() as tx:
        assert (reference in tx.scalars(select(Draft.reference)).all()) is is_left
