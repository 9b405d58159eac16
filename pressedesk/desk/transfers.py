"""«Satt over»: the desk saves a call and puts the caller through at once. If nobody picks up, somebody else hears of it
within the minute; the tick says so where the desk has not (reminders)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, contains_eager

from pressedesk import access, db, organisation, outbox
from pressedesk.access import Actor, NotFound, Refused
from pressedesk.desk import intake, phrases, tasks
from pressedesk.desk.change import Edit
from pressedesk.desk.chips import Concerned
from pressedesk.desk.handling import CHASES_THE_SILENT
from pressedesk.desk.intake import Call, Logged
from pressedesk.desk.placing import Placement
from pressedesk.desk.routing import decide
from pressedesk.events import EventKind
from pressedesk.models import Inquiry, MessageKind, Strand, Task, TaskKind
from pressedesk.outbox import Occasion
from pressedesk.regulation.vocabulary import Clock, Kind, Outcome
from pressedesk.workflow import UNTAKEN, Action

ASKED_AFTER = timedelta(minutes=1)
PUT_THROUGH = frozenset({Kind.ADMINISTRATIVE, Kind.POLITICAL})
NO_NAME = "Her skal verken enhet eller navn nevnes, så du kan ikke sette over. En leder ringer tilbake."
NOBODY = "Ingen er å få tak i, så du kan ikke sette over."
NOBODY_KNOWS = "Ingen vet ennå hvem som svarer, så du kan ikke sette over."
NOT_THIS = "Dette besvares ikke på direkten, så du kan ikke sette over."
YOURSELF = "Dette er du som svarer på."


@dataclass(frozen=True)
class PutThrough:
    """A caller who was put through, and nobody has said yet how it went: to whom, and since when."""

    reference: str
    strand_id: int
    person: str
    since_at: datetime
    due_at: datetime | None


def put_through(person_id: int, token: str, call: Call, concerned: Concerned | None, now: datetime) -> Logged:
    """Save a call and tell the one who answers that the journalist is being put through to him now. The desk is asked
    in a minute whether they speak. The same `token` twice is one call.

    Raises Refused and Undone; then nothing is saved."""
    with db.writing() as tx:
        arrival = intake.receive(tx, person_id, token, call, now)
        if not arrival.is_new:
            return arrival.logged()
        refusal = why_not(arrival.placement, concerned, person_id)
        if refusal:
            raise Refused(refusal)
        edit = intake.keep(arrival)
        if edit is None:
            raise Refused(NOT_THIS)
        decide(edit, arrival.placement, first_word=MessageKind.TRANSFERRED)
        intake.tell_above_the_silent(edit, call)
        strand = next(each for each in edit.inquiry.strands if each.position == 0)
        strand.transferred_at = now
        edit.record(EventKind.TRANSFERRED, strand, person=strand.acting_id)
        tasks.make(edit, TaskKind.TRANSFER, now + ASKED_AFTER, strand=strand, person_id=person_id)
        return arrival.logged()


def why_not(placement: Placement, concerned: Concerned | None, person_id: int) -> str:
    """Why this caller cannot be put through, in a sentence; empty where he can."""
    lead = placement.lead
    if lead is None:
        return NOT_THIS
    if phrases.is_about_a_person(placement.facts, concerned):
        return NO_NAME
    if lead.kind not in PUT_THROUGH or lead.clock is not Clock.COMMENT or lead.outcome is Outcome.NO_REPLY:
        return NOT_THIS
    if lead.clarifying is not None:
        return NOBODY_KNOWS
    if lead.reached is None or lead.reached.person_id is None:
        return NOBODY
    return YOURSELF if lead.reached.person_id == person_id else ""


def they_speak(person_id: int, reference: str, now: datetime) -> None:
    """«Ja»: whoever the caller was put through to has it. Also when the minute has gone; twice is once.

    Raises NotFound: this person put nobody through."""
    with db.writing() as tx:
        edit, task, strand = _transfer(tx, person_id, reference, now)
        if strand.state in UNTAKEN and strand.acting_id is not None:
            edit.move(strand, Action.TAKE)
            strand.taken_by_id = strand.acting_id
            strand.acknowledged_at = strand.acknowledged_at or now
            outbox.cancel(tx, strand, now, CHASES_THE_SILENT)
            edit.record(EventKind.TAKEN, strand, old=None, new=strand.acting_id)
        tasks.finish(edit, task)


def nobody_answered(person_id: int, reference: str, now: datetime) -> None:
    """«Nei, ingen svarte»: he and the next in his office, or above it, hear of it at once. Nothing happens where
    somebody has it by now, or the minute has gone and the tick has said so. Raises NotFound: he put nobody through."""
    with db.writing() as tx:
        edit, task, strand = _transfer(tx, person_id, reference, now)
        if task.done_at is None and strand.state in UNTAKEN:
            told = [each for each in (strand.acting_id, _next_one(edit, strand)) if each is not None]
            key = f"task:{task.id}:not_spoken"
            occasion = Occasion(key, MessageKind.NOT_SPOKEN, edit.inquiry, strand, has_it=strand.acting_id)
            outbox.enqueue(tx, occasion, told, now)
            edit.record(EventKind.NOT_SPOKEN, strand, persons=told)
        tasks.finish(edit, task)


def waiting(tx: Session, who: Actor) -> list[PutThrough]:
    """Whom this person has put through without having said how it went, the longest waiting first."""
    found = _transfers(who).where(Task.done_at.is_(None), Strand.state.in_(UNTAKEN)).order_by(Task.made_at)
    return [
        PutThrough(task.inquiry.reference, task.strand.id, task.strand.acting.name, task.made_at, task.strand.due_at)
        for task in tx.scalars(found)
        if task.strand is not None and task.strand.acting is not None
    ]


def _transfers(who: Actor) -> Select[Task]:
    """The transfers that this person made, of what he may know of."""
    visible = access.visible_strands(who).with_only_columns(Strand.id)
    mine = (Task.kind == TaskKind.TRANSFER, Task.person_id == who.person_id, Task.strand_id.in_(visible))
    return (
        select(Task)
        .join(Task.strand)
        .join(Task.inquiry)
        .options(contains_eager(Task.strand), contains_eager(Task.inquiry))
        .where(*mine)
    )


def _transfer(tx: Session, person_id: int, reference: str, now: datetime) -> tuple[Edit, Task, Strand]:
    org = organisation.snapshot(tx, now)
    who = access.actor(tx, person_id, now, org)
    task = tx.scalar(_transfers(who).where(Inquiry.reference == reference).order_by(Task.id.desc()).limit(1))
    if task is None or task.strand is None:
        raise NotFound(reference)
    return Edit(tx, who, now, org, task.inquiry), task, task.strand


def _next_one(edit: Edit, strand: Strand) -> int | None:
    """The next one who answers for the owner's office and may know of the inquiry; without one, above on the line."""
    office = edit.org.offices.get(strand.owner_office_id or 0)
    excluded = {each.person_id for each in edit.inquiry.exclusions} | {strand.acting_id or 0}
    while office is not None:
        person_id = edit.org.reach(office.id, frozenset(excluded)).person_id
        if person_id is None:
            office = edit.org.superior(office.id)
        elif access.may_receive(edit.tx, person_id, edit.inquiry.id, edit.now, edit.org):
            return person_id
        else:
            excluded.add(person_id)
    return None
