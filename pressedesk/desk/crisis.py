"""The crisis switch (point 15): who is established when and until when, and every open inquiry decided by it.

Turning the switch is one change; deciding each open inquiry again is another, so what a crash leaves over is found by
the tick. The old decision stays beside the new, and the end decides once more."""

import logging
from datetime import datetime

from sqlalchemy import exists, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from pressedesk import access, db, logs, organisation, outbox, pulse
from pressedesk.access import Actor, Do, Refused
from pressedesk.desk.change import AtLarge, Stale, change_at_large, change_inquiry
from pressedesk.desk.routing import decide, decide_again, decided_before_the_switch
from pressedesk.events import EventKind
from pressedesk.models import Crisis, DecisionRecord, Inquiry, Person, Strand
from pressedesk.organisation import Organisation
from pressedesk.pulse import Held
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.vocabulary import Kind, Role
from pressedesk.workflow import OPEN

log = logging.getLogger(__name__)
NOT_HIS = "Kriseledelsen etableres og avsluttes her av rådmannen eller lederen for KIS."


class StandsAlready(Exception):
    """Crisis leadership is established; there is one at a time."""


def start(
    person_id: int, reason: str, spokesperson_id: int | None, next_information_at: datetime | None, now: datetime
) -> int:
    """Crisis leadership is established from `now` on. How many open inquiries were decided again.

    Raises Refused, and StandsAlready where somebody was first."""
    with change_at_large(person_id, now) as change:
        _demand(change)
        if standing(change.tx) is not None:
            raise StandsAlready
        crisis = Crisis(started_at=now, started_by_id=person_id, reason=reason)
        change.tx.add(crisis)
        try:
            change.tx.flush()
        except IntegrityError as error:  # two at the same instant, on a database that lets them both look first
            raise StandsAlready from error
        _announce(change, crisis, spokesperson_id, next_information_at, EventKind.CRISIS_STARTED)
        outbox.enqueue_crisis(change.tx, crisis, receivers(change.org, crisis.spokesperson_id), now)
    return settle(now)


def change(
    person_id: int, seen: int, spokesperson_id: int | None, next_information_at: datetime | None, now: datetime
) -> None:
    """Another spokesperson, or another time for the next information. `seen`: the version it was made from.

    Raises Refused, and Stale where another was first, or it has ended."""
    with change_at_large(person_id, now) as changing:
        _demand(changing)
        crisis = _seen(changing.tx, seen)
        _announce(changing, crisis, spokesperson_id, next_information_at, EventKind.CRISIS_CHANGED)


def end(person_id: int, seen: int, now: datetime) -> int:
    """Crisis leadership is over: what is open goes back to whoever answers it ordinarily, with the due times it had.
    How many inquiries were decided again. Raises Refused, and Stale where another was first."""
    with change_at_large(person_id, now) as change:
        _demand(change)
        crisis = _seen(change.tx, seen)
        crisis.ended_at, crisis.ended_by_id = now, person_id
        change.record(EventKind.CRISIS_ENDED, crisis=crisis.id)
        outbox.enqueue_crisis(change.tx, crisis, receivers(change.org, crisis.spokesperson_id), now)
    return settle(now)


def release(person_id: int, reference: str, seen: int, now: datetime) -> None:
    """Crisis leadership gives an inquiry that has nothing to do with the crisis back to the line (point 15 says nothing
    of it, so it is recorded). Raises NotFound, Refused, Stale."""
    with change_inquiry(person_id, reference, seen, now, Do.RELEASE) as edit:
        if not is_with_crisis_leadership(edit.inquiry):
            raise Refused("Saken er ikke hos kriseledelsen.")
        facts = Facts.from_json(edit.inquiry.facts)
        edit.inquiry.facts = facts.but(crisis_released=True).to_json()
        edit.record(EventKind.RELEASED)
        decide(edit)


def is_with_crisis_leadership(inquiry: Inquiry) -> bool:
    """Whether crisis leadership has something of it to answer."""
    return any(strand.kind is Kind.CRISIS and strand.state in OPEN for strand in inquiry.strands)


def standing(tx: Session) -> Crisis | None:
    """The crisis that is established now."""
    return tx.scalar(select(Crisis).where(Crisis.ended_at.is_(None)))


def latest(tx: Session) -> Crisis | None:
    """The crisis that is, or was last."""
    return tx.scalar(select(Crisis).order_by(Crisis.id.desc()).limit(1))


def receivers(org: Organisation, spokesperson_id: int | None) -> list[int]:
    """Who hears when the switch is turned: crisis leadership with its deputies, the ordfører (3.3), the leader of KIS,
    and whoever speaks. Each once, and nobody who is away."""
    leading = org.every(Role.KRISELEDELSE)
    found: list[int | None] = []
    for office in leading:
        found += [*org.holders.get(office.id, ()), *org.deputies.get(office.id, ())]
    beside = [*org.every(Role.ORDFORER), *([org.kis_leader] if org.kis_leader else [])]
    found += [org.reach(office.id).person_id for office in beside]
    wanted = dict.fromkeys([*found, spokesperson_id])
    return [each for each in wanted if each is not None and each in org.people and each not in org.away]


def count_open(tx: Session, who: Actor) -> int:
    """How many open inquiries of those that `who` may see would be decided again."""
    is_open = exists().where(Strand.inquiry_id == Inquiry.id, Strand.state.in_(OPEN)).correlate(Inquiry)
    found = access.visible_inquiries(who).where(is_open).with_only_columns(Inquiry.id)
    return tx.scalar(select(func.count()).select_from(found.subquery())) or 0


def settle(now: datetime, held: Held | None = None) -> int:
    """Decide again, each in its own transaction, what was last decided before the switch was turned; how many.

    In the name of whoever turned it. One that fails stops no other. Raises Fenced where another worker has taken over
    since `held`."""
    with db.reading() as tx:
        turned_by = _turned_by(tx)
        left = tx.scalars(decided_before_the_switch(tx, now)).all() if turned_by else ()
    return sum(_settle(inquiry_id, turned_by, now, held) for inquiry_id in left if turned_by is not None)


def _settle(inquiry_id: int, turned_by: Actor, now: datetime, held: Held | None) -> bool:
    try:
        with db.writing() as tx:
            pulse.demand(tx, held)
            still = decided_before_the_switch(tx, now).where(DecisionRecord.inquiry_id == inquiry_id)
            if tx.scalar(still) is None:
                return False
            inquiry = tx.scalars(access.unscoped_inquiries().where(Inquiry.id == inquiry_id)).one()
            decide_again(AtLarge(tx, turned_by, now, organisation.snapshot(tx, now)).edit(inquiry))
            return True
    except pulse.Fenced:
        raise
    except Exception as error:
        log.error("inquiry %s could not be decided by the crisis switch\n%s", inquiry_id, logs.where_failed(error))
        return False


def _turned_by(tx: Session) -> Actor | None:
    """Whoever turned the switch last; also when he has left since."""
    crisis = latest(tx)
    person = tx.get(Person, crisis.ended_by_id or crisis.started_by_id) if crisis else None
    return Actor(person.id, person.name) if person else None


def _announce(
    change: AtLarge, crisis: Crisis, spokesperson_id: int | None, next_at: datetime | None, kind: EventKind
) -> None:
    """What everybody reads while it stands. Raises Refused."""
    if spokesperson_id is not None and spokesperson_id not in change.org.people:
        raise Refused("Den du valgte til å uttale seg, er ikke her lenger.")
    if next_at is not None and next_at <= change.now and next_at != crisis.next_information_at:
        raise Refused("Tidspunktet for ny informasjon må være senere enn nå.")
    crisis.spokesperson_id, crisis.next_information_at = spokesperson_id, next_at
    change.tx.flush()
    told = next_at.isoformat() if next_at else None
    change.record(kind, crisis=crisis.id, spokesperson=spokesperson_id, next_information_at=told)


def _demand(change: AtLarge) -> None:
    if not access.may(change.who, Do.CRISIS):
        raise Refused(NOT_HIS)


def _seen(tx: Session, seen: int) -> Crisis:
    """The crisis that stands, as it was seen. Raises Stale."""
    crisis = standing(tx)
    if crisis is None or crisis.version != seen:
        raise Stale
    return crisis
