"""The queue: one row for a person and an occasion, and a way in that opens for him."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from pressedesk import auth, db, outbox, reminders
from pressedesk.access import NotFound
from pressedesk.administration import absence, people
from pressedesk.models import DeliveryState, Inquiry, Link, MessageKind
from pressedesk.outbox import Occasion
from tests.calls import Case, log_call, messages
from tests.organisation import SYSTEM, Town

NINE = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def case(town: Town) -> Case:
    """A call about the school, which its head is told of."""
    return log_call(town, NINE)


def own_link(body: str) -> str:
    """The token of the link in a message."""
    found = re.search(r"/v/(\S+)", body)
    assert found
    return found.group(1)


def opens_for(token: str, now: datetime) -> int | None:
    """Whose link it is, while it opens."""
    with db.reading() as tx:
        try:
            return auth.find_link(tx, token, now).person_id
        except NotFound:
            return None


def test_the_same_occasion_makes_one_message(case: Case) -> None:
    """However often it is put into the queue, and however often a person is named."""
    person_id = case.town.people["radmann"]
    for _ in range(3):
        with db.writing() as tx:
            inquiry = tx.scalars(select(Inquiry)).one()
            outbox.enqueue(tx, Occasion("once", MessageKind.INFORM, inquiry), [person_id, person_id], NINE)
    assert len([row for row in messages() if row.kind is MessageKind.INFORM]) == 1


def test_a_message_id_is_its_own_and_tells_nothing(case: Case) -> None:
    """The same for the same key, another for another; no reference and no name in it."""
    first = outbox.message_id("reminder:1:2:email")
    assert first == outbox.message_id("reminder:1:2:email") != outbox.message_id("reminder:1:3:email")
    assert re.fullmatch(r"<[0-9a-f]{32}@localhost>", first)


def test_whoever_has_it_gets_a_link_that_opens(case: Case) -> None:
    """Only its hash is kept; it ends after three days, and with the answer."""
    token = own_link(messages()[0].body)
    assert opens_for(token, NINE) == case.town.people["leder"]
    assert opens_for(token, NINE + timedelta(hours=72)) is None
    with db.reading() as tx:
        assert token not in str([link.token_hash for link in tx.scalars(select(Link))])
    case.take("leder", NINE)
    case.answer("leder", NINE + MINUTE)
    assert opens_for(token, NINE + MINUTE) is None


def test_the_link_of_somebody_who_acts_for_the_office_opens(case: Case) -> None:
    """Told because the holder went away; closed again when he is back, and the holder's own opens all along."""
    town = case.town
    away = absence.register(SYSTEM, town.people["leder"], NINE + MINUTE, NINE + timedelta(days=1), NINE + MINUTE)
    reminders.tick(NINE + 30 * MINUTE)
    holder, deputy = (own_link(row.body) for row in messages())
    assert opens_for(deputy, NINE + 31 * MINUTE) == town.people["inspektor"]
    absence.end(SYSTEM, away, NINE + 40 * MINUTE)
    assert (opens_for(deputy, NINE + 41 * MINUTE), opens_for(holder, NINE + 41 * MINUTE)) == (
        None,
        town.people["leder"],
    )


def test_the_link_of_somebody_who_left_is_dead(case: Case) -> None:
    """As is one that was never made."""
    token = own_link(messages()[0].body)
    people.leave(SYSTEM, case.town.people["leder"], NINE)
    assert opens_for(token, NINE + MINUTE) is None
    assert opens_for("made-up", NINE) is None


def test_others_get_the_address_of_the_page(case: Case) -> None:
    """A superior opens the page and logs in: no link is made for him."""
    reminders.tick(case.planned_at(list(case.ledger())[-1]))
    bodies = [row.body for row in messages() if row.person_id == case.town.people["radmann"]]
    assert bodies
    assert all(f"http://localhost/sak/{case.reference}" in body and "/v/" not in body for body in bodies)


def test_who_lost_it_gets_no_way_in(case: Case) -> None:
    """It may be that he must not know of it any more."""
    with db.writing() as tx:
        inquiry = tx.scalars(select(Inquiry)).one()
        outbox.enqueue(tx, Occasion("moved", MessageKind.CHANGED, inquiry), [case.town.people["leder"]], NINE)
    assert "http" not in messages()[-1].body


def test_nothing_is_queued_where_the_change_failed(town: Town) -> None:
    """Row, event and message commit together or not at all."""

    def fails() -> None:
        with db.writing() as tx:
            inquiry = tx.scalars(select(Inquiry)).one()
            outbox.enqueue(tx, Occasion("lost", MessageKind.INFORM, inquiry), [town.people["kis"]], NINE)
            raise RuntimeError

    log_call(town, NINE)
    with pytest.raises(RuntimeError):
        fails()
    assert [row.state for row in messages()] == [DeliveryState.QUEUED]
