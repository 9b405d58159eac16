"""What somebody may see, as queries. Every list, count, search, page, message and report starts from one of these."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, null, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload, selectinload

from pressedesk.access.actors import Actor, NotFound, actor
from pressedesk.db import Base
from pressedesk.events import Event
from pressedesk.models import (
    AccessRuling,
    Answer,
    CoOwner,
    DecisionRecord,
    DeliveryState,
    Duty,
    Exclusion,
    Handover,
    HandoverState,
    Inquiry,
    Message,
    Note,
    Person,
    Reminder,
    ReminderState,
    Request,
    RequestKind,
    Restriction,
    Strand,
)
from pressedesk.organisation import Organisation
from pressedesk.workflow import OPEN, UNTAKEN

# A condition depends on nothing but who asks, so it is built once for each: building costs as much as asking.
per_actor = lru_cache(maxsize=256)


def owned_by(offices: Iterable[int]) -> ColumnElement[bool]:
    """Owned or co-owned by one of these offices."""
    wanted = list(offices)
    if not wanted:
        return false()
    return or_(
        exists().where(Strand.inquiry_id == Inquiry.id, Strand.owner_office_id.in_(wanted)).correlate(Inquiry),
        exists().where(CoOwner.inquiry_id == Inquiry.id, CoOwner.office_id.in_(wanted)).correlate(Inquiry),
    )


@per_actor
def _is_his(who: Actor) -> ColumnElement[bool]:
    """Owned by his offices or the line below, sent to him in somebody's place, offered to him, or he was asked first.

    Facts of a restricted inquiry are asked for without letting anybody into it."""
    offices = list(who.offices)
    sent = exists().where(Strand.inquiry_id == Inquiry.id, Strand.acting_id == who.person_id, Strand.state.in_(OPEN))
    offered = exists().where(
        Handover.strand_id == Strand.id,
        Strand.inquiry_id == Inquiry.id,
        Handover.state == HandoverState.OFFERED,
        or_(Handover.to_office_id.in_(offices), Handover.to_person_id == who.person_id),
    )
    asked = exists().where(
        Request.strand_id == Strand.id,
        Strand.inquiry_id == Inquiry.id,
        Request.withdrawn_at.is_(None),
        or_(Request.office_id.in_(offices), Request.person_id == who.person_id),
        or_(Request.kind != RequestKind.FACTS, Inquiry.restriction == Restriction.NONE),
    )
    return or_(
        owned_by(who.offices | who.line),
        sent.correlate(Inquiry),
        offered.correlate(Inquiry),
        asked.correlate(Inquiry),
    )


@per_actor
def not_about(who: Actor) -> ColumnElement[bool]:
    """Neither stored as excluded when it was decided, nor holding the subject's office now."""
    excluded = exists().where(Exclusion.inquiry_id == Inquiry.id, Exclusion.person_id == who.person_id)
    not_subject = or_(Inquiry.subject_office_id.is_(None), Inquiry.subject_office_id.not_in(list(who.held)))
    return and_(Inquiry.undone_at.is_(None), ~excluded.correlate(Inquiry), not_subject if who.held else true())


@per_actor
def may_know_of(who: Actor) -> ColumnElement[bool]:
    """Whether an inquiry exists for `who`: the scope itself, as a condition."""
    if who.sees_restricted:
        return not_about(who)
    ordinary = Inquiry.restriction == Restriction.NONE if who.sees_ordinary else false()
    return and_(not_about(who), or_(ordinary, _is_his(who)))


@per_actor
def may_read(who: Actor) -> ColumnElement[bool]:
    """Of what he may know of: whether the text is for him while nobody has said if a person is concerned."""
    if who.is_kis_leader:
        return true()
    return or_(
        Inquiry.text_is_held.is_(False),
        Inquiry.logged_by_id == who.person_id,
        and_(_is_his(who), ~_is_only_asked_for_facts(who)),
    )


def _is_only_asked_for_facts(who: Actor) -> ColumnElement[bool]:
    """Whether he has no more to do with it than a question of fact: then a held text stays held from him."""
    facts = exists().where(
        Request.strand_id == Strand.id,
        Strand.inquiry_id == Inquiry.id,
        Request.kind == RequestKind.FACTS,
        or_(Request.office_id.in_(list(who.offices)), Request.person_id == who.person_id),
    )
    return and_(facts.correlate(Inquiry), ~owned_by(who.offices | who.line))


def visible_inquiries(who: Actor) -> Select[Inquiry]:
    """What `who` may know exists. Every list, count, search, mail and export starts here or at `visible_strands`."""
    return select(Inquiry).where(may_know_of(who))


def readable_inquiries(who: Actor) -> Select[Inquiry]:
    """What `who` may also read the text of: the start of every search in text."""
    return visible_inquiries(who).where(may_read(who))


def visible_strands(who: Actor) -> Select[Strand]:
    """The strands of what `who` may know exists."""
    return select(Strand).join(Strand.inquiry).where(may_know_of(who))


@per_actor
def question_for(who: Actor) -> ColumnElement[str | None]:
    """The question as a column for lists: empty where the text is held from `who`."""
    return case((may_read(who), Inquiry.question), else_=null())


def unscoped_strands() -> Select[Strand]:
    """Every strand: for the tick, which acts for nobody, and never shows anything to anybody."""
    return select(Strand).join(Strand.inquiry)


def unscoped_inquiries() -> Select[Inquiry]:
    """Every inquiry: for the use cases that look one up to decide whether it may be seen, and the tick."""
    return select(Inquiry)


def counted_strands(who: Actor | None, units: Iterable[int] | None = None) -> Select[Strand]:
    """What the figures of `who` are made from, never more than he may know of. None is the system (the command line).

    Rådmann, KIS and the auditor count the whole municipality, a leader what the own offices and the line below own,
    the switchboard what it logged. Restricted inquiries count for those who may see them, and never with `units`:
    beside the list that the whole desk sees, the figure of a unit would tell that it has one."""
    ordinary = Inquiry.restriction == Restriction.NONE
    found = select(Strand).join(Strand.inquiry).where(Inquiry.undone_at.is_(None))
    if who is not None:
        found = found.where(not_about(who), _counts_for(who, ordinary))
    return found if units is None else found.where(ordinary, Strand.unit_id.in_(list(units)))


def _counts_for(who: Actor, ordinary: ColumnElement[bool]) -> ColumnElement[bool]:
    if who.sees_restricted:
        return true()
    own: list[ColumnElement[bool]] = [Strand.owner_office_id.in_(list(who.offices | who.line))]
    if who.duties & {Duty.KIS_ADVISER, Duty.AUDITOR}:
        own.append(ordinary)
    if Duty.SWITCHBOARD in who.duties:
        own.append(and_(ordinary, Inquiry.logged_by_id == who.person_id))
    return or_(*own)


def visible_inquiry(tx: Session, who: Actor, reference: str) -> Inquiry:
    """The inquiry that `reference` names. Raises NotFound."""
    inquiry = tx.scalar(visible_inquiries(who).where(Inquiry.reference == reference))
    if inquiry is None:
        raise NotFound(reference)
    return inquiry


def visible_strand(tx: Session, who: Actor, reference: str, strand_id: int) -> Strand:
    """A strand through the inquiry it belongs to. Raises NotFound, also when it belongs to another."""
    strand = tx.scalar(visible_strands(who).where(Inquiry.reference == reference, Strand.id == strand_id))
    if strand is None:
        raise NotFound(strand_id)
    return strand


@dataclass(frozen=True)
class Case:
    """One inquiry opened by somebody: what he may read of it. `question` and the texts are None where held."""

    inquiry: Inquiry
    question: str | None
    answers: dict[int, str]
    notes: dict[int, str]
    asked: dict[int, str]  # what was asked first, by request
    replied: dict[int, str]
    handed: dict[int, str]  # the line that went with a strand that was passed on, by handover
    rulings: dict[int, str]  # why documents were refused, by ruling
    events: list[Event]
    decision: DecisionRecord


_WHOLE = (  # everything a page of one inquiry shows, in as many queries however long its story is
    joinedload(Inquiry.outlet),
    joinedload(Inquiry.logged_by),
    selectinload(Inquiry.decisions),
    selectinload(Inquiry.co_owners).joinedload(CoOwner.office),
    selectinload(Inquiry.notes).joinedload(Note.person),
    selectinload(Inquiry.strands).options(
        joinedload(Strand.owner_office),
        joinedload(Strand.acting),
        joinedload(Strand.taken_by),
        *(selectinload(each) for each in (Strand.answers, Strand.consultations, Strand.agreements, Strand.deviations)),
        selectinload(Strand.requests).options(
            joinedload(Request.office), joinedload(Request.asked_by), joinedload(Request.replied_by)
        ),
        selectinload(Strand.handovers).options(joinedload(Handover.to_office), joinedload(Handover.from_person)),
        joinedload(Strand.ruling),
    ),
)


def open_case(tx: Session, who: Actor, reference: str) -> Case:
    """Everything of one inquiry that `who` may see. Raises NotFound."""
    inquiry = tx.scalar(visible_inquiries(who).where(Inquiry.reference == reference).options(*_WHOLE))
    if inquiry is None:
        raise NotFound(reference)
    question = tx.scalar(select(question_for(who)).where(Inquiry.id == inquiry.id))
    events = list(tx.scalars(select(Event).where(Event.inquiry_id == inquiry.id).order_by(Event.id)))
    return Case(inquiry, question, *_texts(tx, inquiry, question is not None), events, inquiry.decisions[-1])


Texts = dict[int, str]


def _texts(tx: Session, inquiry: Inquiry, is_readable: bool) -> tuple[Texts, Texts, Texts, Texts, Texts, Texts]:
    """The words of one inquiry by the ids of what they stand in: answers, notes, what was asked, replied, handed over
    and ruled. All empty where the text is held."""

    def texts(column: InstrumentedAttribute[Any], rows: Iterable[Base]) -> Texts:
        ids = [row.id for row in rows] if is_readable else []  # type: ignore[attr-defined]
        if not ids:
            return {}
        key = column.class_.id
        return {each[0]: each[1] for each in tx.execute(select(key, column).where(column.is_not(None), key.in_(ids)))}

    strands = inquiry.strands
    requests = [each for strand in strands for each in strand.requests]
    return (
        texts(Answer.text, [each for strand in strands for each in strand.answers]),
        texts(Note.text, inquiry.notes),
        texts(Request.text, requests),
        texts(Request.reply, [each for each in requests if each.replied_at is not None]),
        texts(Handover.note, [each for strand in strands for each in strand.handovers]),
        texts(AccessRuling.reason, [strand.ruling for strand in strands if strand.ruling is not None]),
    )


@dataclass(frozen=True)
class Shell:
    """All the switchboard gets of a restricted inquiry: enough to ring somebody, and nothing of what it is about."""

    reference: str
    office: str
    phone: str | None
    is_taken: bool
    is_undelivered: bool


def shells(tx: Session, who: Actor, reference: str | None = None) -> list[Shell]:
    """The shells for the switchboard: of an exact reference, or of all where delivery or taking stands red."""
    if Duty.SWITCHBOARD not in who.duties:
        return []
    undelivered = exists().where(Message.strand_id == Strand.id, Message.state == DeliveryState.FAILED)
    chased = exists().where(
        Reminder.strand_id == Strand.id,
        Reminder.due_version == Strand.due_version,
        Reminder.step != "told",
        Reminder.state == ReminderState.ENQUEUED,
    )
    found = (
        select(Strand, Inquiry.reference, undelivered.correlate(Strand).label("undelivered"))
        .join(Strand.inquiry)
        .where(Inquiry.restriction != Restriction.NONE, not_about(who), Strand.owner_office_id.is_not(None))
        .order_by(Inquiry.received_at.desc(), Strand.position)
    )
    if reference is not None:
        found = found.where(Inquiry.reference == reference)
    else:
        untaken = Strand.state.in_(UNTAKEN)
        found = found.where(untaken, or_(undelivered.correlate(Strand), chased.correlate(Strand)))
    found = found.options(selectinload(Strand.owner_office), selectinload(Strand.acting))
    return [
        Shell(
            reference=row.reference,
            office=row.Strand.owner_office.title,
            phone=(row.Strand.acting.phone if row.Strand.acting else None) or row.Strand.owner_office.phone,
            is_taken=row.Strand.state not in UNTAKEN,
            is_undelivered=row.undelivered,
        )
        for row in tx.execute(found)
    ]


def may_receive(tx: Session, person_id: int, inquiry_id: int, at: datetime, org: Organisation | None = None) -> bool:
    """Whether this person may be told of this inquiry now: asked again when a message is about to leave."""
    try:
        who = actor(tx, person_id, at, org)
    except NotFound:
        return False
    return tx.scalar(visible_inquiries(who).where(Inquiry.id == inquiry_id).with_only_columns(Inquiry.id)) is not None


def people(tx: Session, person_ids: Iterable[int]) -> dict[int, Person]:
    """Colleagues by id, for names on a page that is already in scope."""
    return {person.id: person for person in tx.scalars(select(Person).where(Person.id.in_(list(person_ids))))}
