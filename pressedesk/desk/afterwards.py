"""«Jeg har snakket med en journalist»: what was said on behalf of the municipality, logged when it is over.

It is decided by the rules as any other, answered and closed in the same act. Nobody is told or chased, no answer is
approved, and the figures of how long the press waits leave it out."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, contains_eager

from pressedesk import access, db, outbox
from pressedesk.access import Actor, Do, may_do
from pressedesk.desk import intake
from pressedesk.desk.answering import Channel, Said, put_answer
from pressedesk.desk.change import Edit
from pressedesk.desk.intake import Call
from pressedesk.desk.routing import decide_untold
from pressedesk.events import Event, EventKind
from pressedesk.formats import name_key
from pressedesk.models import Inquiry, Journalist, Outlet, Strand
from pressedesk.regulation.facts import Facts
from pressedesk.workflow import OPEN, Action, Ending

NOT_WRITTEN_DOWN = "Samtalen er notert etterpå. Det som ble sagt, står under svaret."
MOST_OFFERED, MOST_LOOKED_AT = 5, 20


@dataclass(frozen=True)
class Spoken:
    """A talk that is over: with whom, about which unit, when it began, and what was said."""

    caller_name: str
    outlet_name: str
    unit_id: int | None
    facts: Facts
    received_at: datetime
    said: Said


def log_afterwards(person_id: int, token: str, spoken: Spoken, now: datetime) -> str | None:
    """Log, decide, answer and close a talk that is over; gives its reference. The same `token` twice logs it once.

    Raises Refused for a person who may not log."""
    with db.writing() as tx:
        arrival = intake.receive(tx, person_id, token, _call(spoken), now)
        edit = intake.keep(arrival) if arrival.is_new else None
        if edit is None:
            return arrival.logged().reference
        inquiry = edit.inquiry
        inquiry.is_afterwards, inquiry.promised_at = True, None
        decide_untold(edit, arrival.placement)
        tx.refresh(inquiry, ["strands", "decisions"])
        for strand in inquiry.strands:
            put_answer(edit, strand, spoken.said)
            _close(edit, strand, spoken.said)
        return inquiry.reference


def _call(spoken: Spoken) -> Call:
    return Call(
        caller_name=spoken.caller_name,
        question=NOT_WRITTEN_DOWN,
        facts=spoken.facts,
        outlet_name=spoken.outlet_name,
        unit_id=spoken.unit_id,
        received_at=spoken.received_at,
    )


def _close(edit: Edit, strand: Strand, said: Said) -> None:
    edit.move(strand, Action.CLOSE)
    strand.ending = Ending.INTERVIEW if said.channel is Channel.MEETING else Ending.STATEMENT
    strand.ended_at = edit.now
    outbox.cancel(edit.tx, strand, edit.now)
    edit.record(EventKind.CLOSED, strand, ending=strand.ending.value)


# «Gjelder det denne?»


@dataclass(frozen=True)
class Offer:
    """An open strand that the talk may have been about, for somebody who may answer it."""

    reference: str
    strand_id: int
    version: int
    last_event_id: int
    caller: str
    outlet: str | None
    received_at: datetime


def own_open(tx: Session, who: Actor) -> list[Offer]:
    """What is open with this person, or with the own offices, most urgent first."""
    owned = Strand.owner_office_id.in_(list(who.offices))
    return _offers(tx, who, _open(who).where(or_(owned, Strand.taken_by_id.is_not_distinct_from(who.person_id))))


def open_of_caller(tx: Session, who: Actor, caller_name: str, outlet_name: str) -> list[Offer]:
    """What the same journalist, or where only that is known the same newsroom, has open that this person may answer."""
    name = name_key(caller_name)
    called = Journalist.key == name if name else Outlet.key == name_key(outlet_name)
    return _offers(tx, who, _open(who).where(called))


def _open(who: Actor) -> Select[Strand]:
    return (
        access.visible_strands(who)
        .where(Strand.state.in_(OPEN))
        .outerjoin(Journalist, Journalist.id == Inquiry.journalist_id)
        .outerjoin(Outlet, Outlet.id == Inquiry.outlet_id)
        .options(contains_eager(Strand.inquiry).joinedload(Inquiry.outlet))
        .order_by(Strand.due_at.asc().nulls_last(), Strand.id)
    )


def _offers(tx: Session, who: Actor, wanted: Select[Strand]) -> list[Offer]:
    strands = [each for each in tx.scalars(wanted.limit(MOST_LOOKED_AT)) if may_do(who, Do.ANSWER, each.inquiry, each)]
    inquiries = {strand.inquiry_id for strand in strands}
    last = select(Event.inquiry_id, func.max(Event.id)).where(Event.inquiry_id.in_(inquiries))
    seen = {row[0]: row[1] for row in tx.execute(last.group_by(Event.inquiry_id))}
    return [_offer(strand, seen[strand.inquiry_id]) for strand in strands][:MOST_OFFERED]


def _offer(strand: Strand, last_event_id: int) -> Offer:
    inquiry = strand.inquiry
    return Offer(
        reference=inquiry.reference,
        strand_id=strand.id,
        version=strand.version,
        last_event_id=last_event_id,
        caller=inquiry.caller_name,
        outlet=inquiry.outlet.name if inquiry.outlet else None,
        received_at=strand.received_at,
    )
