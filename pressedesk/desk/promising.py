"""«Trenger mer tid»: a new time for the answer, said by whoever has the strand, and passed on to the journalist."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from pressedesk import access, formats, organisation, outbox
from pressedesk.access import Actor, Do, Refused
from pressedesk.desk import tasks
from pressedesk.desk.change import Edit, NotNow, Stale, change_strand
from pressedesk.events import EventKind
from pressedesk.models import Duty, Inquiry, MessageKind, Note, Restriction, Strand, Task, TaskKind
from pressedesk.outbox import Occasion
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.vocabulary import Clock
from pressedesk.workflow import OPEN, Action
from pressedesk.workhours import add_working_minutes

SAY_WITHIN_WORKING_MINUTES = 15  # how long somebody has to ring the journalist with the new time


def need_more_time(
    person_id: int, reference: str, strand_id: int, seen: int, promised_at: datetime, reason: str, now: datetime
) -> None:
    """The answer comes at `promised_at`: due time and ledger move, the first due time that the figures count to does
    not. The reason is kept as a note.

    Whoever logged it is asked to ring the journalist; of what is for few eyes the owner does that himself. The time
    holds also beyond the journalist's deadline: it is what the journalist is told. Raises NotFound, Refused, Stale,
    NotNow."""
    with change_strand(person_id, reference, strand_id, seen, now, Do.MORE_TIME) as (edit, strand):
        demand_clock(strand)
        if strand.state not in OPEN:
            raise NotNow(strand, Action.ANSWER)
        if promised_at <= now:
            raise Refused("Den nye tiden må være senere enn nå.")
        if promised_at == strand.due_at:
            raise Refused("Det er fristen saken har allerede.")
        old = strand.due_at
        _move_due(edit, strand, promised_at)
        edit.record(
            EventKind.PROMISED,
            strand,
            old=old.isoformat() if old else None,
            new=promised_at.isoformat(),
        )
        if reason:
            edit.tx.add(Note(inquiry_id=edit.inquiry.id, at=now, person_id=person_id, text=reason))
            edit.record(EventKind.NOTED)
        finish(edit, strand)
        if edit.inquiry.restriction is Restriction.NONE:
            _ask_to_ring(edit, strand)


def demand_clock(strand: Strand) -> None:
    """Raises Refused where the due time is not ours to move."""
    if strand.clock is Clock.INNSYN:
        raise Refused("Fristen for innsyn står i offentleglova og kan ikke flyttes. Svar på det du kan nå.")
    if strand.clock is None:
        raise Refused("Dette delspørsmålet har ingen frist å flytte.")


def _move_due(edit: Edit, strand: Strand, promised_at: datetime) -> None:
    edit.inquiry.promised_at = promised_at
    edit.inquiry.changed_at = edit.now
    outbox.cancel(edit.tx, strand, edit.now)
    strand.due_at = promised_at
    strand.due_version += 1
    said = f"Ny tid, sagt av {edit.who.name}: {formats.day_and_time(promised_at, edit.now)}"
    strand.due_trace = [*strand.due_trace, said]
    urgent = Facts.from_json(edit.inquiry.facts).accusation
    reminder = outbox.plan(edit.tx, strand, organisation.calendar(edit.tx), urgent, edit.now)
    has_it = strand.taken_by_id or strand.acting_id
    if reminder is not None and has_it not in (None, edit.who.person_id):
        occasion = Occasion(f"reminder:{reminder.id}", MessageKind.DUE_MOVED, edit.inquiry, strand, reminder)
        outbox.enqueue(edit.tx, occasion, [has_it], edit.now)


def _ask_to_ring(edit: Edit, strand: Strand) -> None:
    logger = edit.inquiry.logged_by_id
    due_at = add_working_minutes(organisation.calendar(edit.tx), edit.now, SAY_WITHIN_WORKING_MINUTES)
    tasks.make(edit, TaskKind.PROMISE, due_at, strand=strand, person_id=logger)
    occasion = Occasion(f"promise:{strand.id}:{strand.due_version}", MessageKind.PROMISE, edit.inquiry)
    outbox.enqueue(edit.tx, occasion, {logger} - {edit.who.person_id}, edit.now)


def finish(edit: Edit, strand: Strand) -> None:
    """Nobody needs to ring with the time any longer: the journalist has the answer, or there is a newer time."""
    waits = select(Task).where(Task.strand_id == strand.id, Task.kind == TaskKind.PROMISE, Task.done_at.is_(None))
    for task in edit.tx.scalars(waits):
        tasks.finish(edit, task)


def waits(tx: Session, strand: Strand) -> bool:
    """Whether somebody is still to ring the journalist with the new time."""
    open_task = (Task.strand_id == strand.id, Task.kind == TaskKind.PROMISE, Task.done_at.is_(None))
    return tx.scalar(select(Task.id).where(*open_task)) is not None


def passed_on(person_id: int, reference: str, strand_id: int, seen: int, now: datetime) -> None:
    """«Journalisten har fått beskjed» of the new time. Raises NotFound, Refused, and Stale (somebody was first)."""
    with change_strand(person_id, reference, strand_id, seen, now, Do.NOTE) as (edit, strand):
        before = edit.recorded
        finish(edit, strand)
        if edit.recorded == before:
            raise Stale


def to_pass_on(tx: Session, who: Actor) -> Sequence[Task]:
    """The new times that the switchboard and KIS are to tell a journalist, most urgent first; none for others, and
    none of what is for few eyes."""
    if not who.is_kis_leader and not who.duties & {Duty.SWITCHBOARD, Duty.KIS_ADVISER}:
        return []
    mine = access.visible_strands(who).with_only_columns(Strand.id)
    ordinary = mine.where(Inquiry.restriction == Restriction.NONE, Strand.state.in_(OPEN))
    found = select(Task).where(Task.strand_id.in_(ordinary), Task.kind == TaskKind.PROMISE, Task.done_at.is_(None))
    whole = joinedload(Task.strand), joinedload(Task.inquiry).joinedload(Inquiry.outlet)
    return tx.scalars(found.options(*whole).order_by(Task.due_at, Task.id)).all()
