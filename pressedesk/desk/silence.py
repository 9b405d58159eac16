"""Whoever was told cannot now, or does not answer the telephone: the next one is told at once, and for an hour he is
passed by in this inquiry. The office stays the owner, and nothing is said of why."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select

from pressedesk import access, organisation, outbox
from pressedesk.access import Do, Refused
from pressedesk.desk.change import Edit, NotNow, change_strand
from pressedesk.desk.routing import way_to
from pressedesk.events import EventKind
from pressedesk.models import MessageKind, Silence, Strand
from pressedesk.organisation import OfficeRow, Organisation, Reached
from pressedesk.outbox import Occasion
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.vocabulary import Role
from pressedesk.workflow import UNTAKEN, Action, State, after

LASTS = timedelta(hours=1)


def cannot_now(person_id: int, reference: str, strand_id: int, seen: int, now: datetime) -> int | None:
    """«Kan ikke nå»: the deputy, or where there is none the superior, is told at once. Who that was; None where nobody
    is there.

    Raises NotFound, Refused (it is not with him), Stale, NotNow."""
    with change_strand(person_id, reference, strand_id, seen, now, Do.CANNOT_NOW) as (edit, strand):
        _demand_step(strand)
        if person_id != (strand.taken_by_id or strand.acting_id):
            raise Refused("Saken er ikke hos deg nå, så du trenger ikke gjøre noe.")
        return _skip(edit, strand, person_id)


def not_answering(person_id: int, reference: str, strand_id: int, seen: int, now: datetime) -> int | None:
    """«Svarer ikke»: the desk rang whoever it was sent to in vain, and nobody has taken it; the next one is told as
    above. Who that was; None where nobody is there.

    Raises NotFound, Refused, Stale, NotNow."""
    with change_strand(person_id, reference, strand_id, seen, now, Do.NOT_ANSWERING) as (edit, strand):
        if strand.state not in UNTAKEN:
            raise NotNow(strand, Action.SKIP)
        if strand.acting_id is None:
            raise Refused("Ingen er varslet ennå. Ring noen som kan svare.")
        return _skip(edit, strand, strand.acting_id)


def end(edit: Edit) -> None:
    """Whoever takes it can after all: he is passed by no longer."""
    mine = (Silence.inquiry_id == edit.inquiry.id, Silence.person_id == edit.who.person_id)
    for silence in edit.tx.scalars(select(Silence).where(*mine, Silence.until_at > edit.now)):
        silence.until_at = edit.now


def tell_above(edit: Edit, strand: Strand) -> None:
    """Whoever did not answer when the desk rang is the only one there in the office, and was sent word all the same:
    the next above hears of it too. Writes the event."""
    told = next_above(edit, strand) if strand.state is State.TOLD else None
    if told is not None:
        occasion = Occasion(f"told:{strand.id}:{strand.due_version}", MessageKind.REMINDER, edit.inquiry, strand)
        outbox.enqueue(edit.tx, occasion, [told], edit.now)
    edit.record(EventKind.PASSED_BY, strand, person=strand.acting_id, to_person=told)


def _demand_step(strand: Strand) -> None:
    if after(strand.state, Action.SKIP) is None:
        raise NotNow(strand, Action.SKIP)


def _skip(edit: Edit, strand: Strand, silent: int) -> int | None:
    """Pass somebody by for an hour, and tell the next one under a new ledger."""
    if silent in organisation.passed_by(edit.tx, edit.inquiry.id, edit.now):
        raise Refused("Det er notert allerede, og de som kan ta saken, har fått beskjed.")
    edit.tx.add(Silence(inquiry_id=edit.inquiry.id, person_id=silent, from_at=edit.now, until_at=edit.now + LASTS))
    edit.tx.flush()
    edit.move(strand, Action.SKIP)
    strand.taken_by_id = None
    outbox.cancel(edit.tx, strand, edit.now)
    strand.due_version += 1
    next_one = _in_office(edit, strand)
    if next_one is not None:
        strand.acting_id, strand.resolution = next_one.person_id, way_to(next_one)
    told = next_one.person_id if next_one else next_above(edit, strand)
    _tell(edit, strand, told)
    edit.record(EventKind.PASSED_BY, strand, person=silent, to_person=told)
    return told


def _tell(edit: Edit, strand: Strand, person_id: int | None) -> None:
    """The strand as new to the one who is next, and its ledger from now."""
    urgent = Facts.from_json(edit.inquiry.facts).accusation
    reminder = outbox.plan(edit.tx, strand, organisation.calendar(edit.tx), urgent, edit.now)
    if person_id is not None:
        key = f"reminder:{reminder.id}" if reminder else f"told:{strand.id}:{strand.due_version}"
        occasion = Occasion(key, MessageKind.REMINDER, edit.inquiry, strand, reminder)
        outbox.enqueue(edit.tx, occasion, [person_id], edit.now)


def _in_office(edit: Edit, strand: Strand) -> Reached | None:
    """The next one who answers for the owner's office, and may know of the inquiry."""
    excluded, silent = _excluded(edit), organisation.passed_by(edit.tx, edit.inquiry.id, edit.now)
    before = strand.acting_id
    while strand.owner_office_id in edit.org.offices:
        reached = edit.org.reach(strand.owner_office_id, excluded, silent)
        if reached.person_id is None:
            return None
        strand.acting_id = reached.person_id  # in scope from now, unless the inquiry is about him
        edit.tx.flush()
        if _may_know(edit, reached.person_id):
            return reached
        strand.acting_id = before
        excluded |= {reached.person_id}
    return None


def next_above(edit: Edit, strand: Strand) -> int | None:
    """The nearest above who is there and may know of it."""
    silent = organisation.passed_by(edit.tx, edit.inquiry.id, edit.now)
    found = above(edit.org, strand.owner_office_id, edit.inquiry.subject_office_id, _excluded(edit), silent)
    return next((each for each in found if _may_know(edit, each)), None)


def above(
    org: Organisation,
    office_id: int | None,
    subject_office_id: int | None,
    excluded: frozenset[int],
    silent: frozenset[int],
) -> Iterator[int]:
    """Who is there above an office on the line, the nearest first; beside the line and above it the rådmann or the
    leader of KIS."""
    office = org.offices.get(office_id or 0)
    line: list[OfficeRow] = []
    while office is not None:
        office = org.superior(office.id)
        line += [office] if office else []
    top = [*org.every(Role.RADMANN), *([org.kis_leader] if org.kis_leader else [])]
    for each in (*line, *top):
        person_id = org.reach(each.id, excluded, silent).person_id
        if person_id is not None and each.id not in (subject_office_id, office_id):
            yield person_id


def _excluded(edit: Edit) -> frozenset[int]:
    return frozenset(each.person_id for each in edit.inquiry.exclusions)


def _may_know(edit: Edit, person_id: int) -> bool:
    return access.may_receive(edit.tx, person_id, edit.inquiry.id, edit.now, edit.org)
