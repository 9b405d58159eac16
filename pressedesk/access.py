"""Who may see what, and who may do what.

Seeing is a query: every list, count, search, page, message and report starts from `visible_inquiries` or
`visible_strands`, and what is not somebody's is the same «finnes ikke» as what does not exist. Doing is a table of
relations. The person an inquiry is about is shut out before every grant, whatever else he is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, null, or_, select, true
from sqlalchemy.orm import Session, joinedload, selectinload

from pressedesk import organisation
from pressedesk.events import Event
from pressedesk.models import (
    Account,
    Answer,
    CoOwner,
    DecisionRecord,
    DeliveryState,
    Duty,
    Exclusion,
    Inquiry,
    Message,
    Note,
    Person,
    Reminder,
    ReminderState,
    Restriction,
    Strand,
)
from pressedesk.organisation import Organisation
from pressedesk.regulation.vocabulary import Role
from pressedesk.workflow import UNTAKEN

LEADERS = frozenset(
    {Role.ORDFORER, Role.VARAORDFORER, Role.RADMANN, Role.KOMMUNALSJEF, Role.VIRKSOMHETSLEDER, Role.SEKSJONSLEDER}
)


class NotFound(Exception):
    """There is no such thing, or it is not this person's to see. The two are never told apart."""


class Refused(Exception):
    """This person may not do this. `reason` is a Norwegian sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Actor:
    """Somebody at the desk, with everything that decides what he may see and do.

    `held` and `acting` are offices (acting as deputy now), `line` the offices below them, `roles` of held and acting.
    """

    person_id: int
    name: str
    duties: frozenset[Duty] = frozenset()
    held: frozenset[int] = frozenset()
    acting: frozenset[int] = frozenset()
    line: frozenset[int] = frozenset()
    roles: frozenset[Role] = frozenset()
    is_kis_leader: bool = False

    @property
    def offices(self) -> frozenset[int]:
        return self.held | self.acting

    @property
    def sees_restricted(self) -> bool:
        return self.is_kis_leader or Role.RADMANN in self.roles

    @property
    def sees_ordinary(self) -> bool:
        return bool(self.roles & LEADERS) or bool(self.duties & {Duty.SWITCHBOARD, Duty.KIS_ADVISER})


def actor(tx: Session, person_id: int, at: datetime, org: Organisation | None = None) -> Actor:
    """The person as he is at `at`. Raises NotFound for somebody who has left."""
    org = org or organisation.snapshot(tx, at)
    if person_id not in org.people:
        raise NotFound(person_id)
    held, acting = org.held_by(person_id), org.acted_by(person_id)
    account = tx.execute(
        select(Account.duties).where(Account.person_id == person_id, Account.disabled_at.is_(None))
    ).one_or_none()
    return Actor(
        person_id=person_id,
        name=org.people[person_id].name,
        duties=frozenset(Duty(duty) for duty in account.duties) if account else frozenset(),
        held=held,
        acting=acting,
        line=frozenset().union(*(org.line_below(office) for office in held | acting)),
        roles=frozenset(org.offices[office].role for office in held | acting),
        is_kis_leader=org.kis_leader is not None and org.kis_leader.id in held | acting,
    )


# --- Seeing ---------------------------------------------------------------------------------------------------------


def _owned_by(offices: Iterable[int]) -> ColumnElement[bool]:
    wanted = list(offices)
    if not wanted:
        return false()
    return or_(
        exists().where(Strand.inquiry_id == Inquiry.id, Strand.owner_office_id.in_(wanted)).correlate(Inquiry),
        exists().where(CoOwner.inquiry_id == Inquiry.id, CoOwner.office_id.in_(wanted)).correlate(Inquiry),
    )


def _not_about(who: Actor) -> ColumnElement[bool]:
    """Neither stored as excluded when it was decided, nor holding the subject's office now."""
    excluded = exists().where(Exclusion.inquiry_id == Inquiry.id, Exclusion.person_id == who.person_id)
    not_subject = or_(Inquiry.subject_office_id.is_(None), Inquiry.subject_office_id.not_in(list(who.held)))
    return and_(~excluded.correlate(Inquiry), not_subject if who.held else true())


def _may_know_of(who: Actor) -> ColumnElement[bool]:
    if who.sees_restricted:
        return _not_about(who)
    ordinary = Inquiry.restriction == Restriction.NONE if who.sees_ordinary else false()
    return and_(_not_about(who), or_(ordinary, _owned_by(who.offices | who.line)))


def _may_read(who: Actor) -> ColumnElement[bool]:
    """Of what he may know of: whether the text is for him while nobody has said if a person is concerned."""
    if who.is_kis_leader:
        return true()
    return or_(
        Inquiry.text_is_held.is_(False),
        Inquiry.logged_by_id == who.person_id,
        _owned_by(who.offices | who.line),
    )


def visible_inquiries(who: Actor) -> Select[Inquiry]:
    """What `who` may know exists. Every list, count, search, mail and export starts here or at `visible_strands`."""
    return select(Inquiry).where(_may_know_of(who))


def readable_inquiries(who: Actor) -> Select[Inquiry]:
    """What `who` may also read the text of: the start of every search in text."""
    return visible_inquiries(who).where(_may_read(who))


def visible_strands(who: Actor) -> Select[Strand]:
    """The strands of what `who` may know exists."""
    return select(Strand).join(Strand.inquiry).where(_may_know_of(who))


def question_for(who: Actor) -> ColumnElement[str | None]:
    """The question as a column for lists: empty where the text is held from `who`."""
    return case((_may_read(who), Inquiry.question), else_=null())


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
    found = select(Strand).join(Strand.inquiry)
    if who is not None:
        found = found.where(_not_about(who), _counts_for(who, ordinary))
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
    ),
)


def open_case(tx: Session, who: Actor, reference: str) -> Case:
    """Everything of one inquiry that `who` may see. Raises NotFound."""
    inquiry = tx.scalar(
        visible_inquiries(who)
        .where(Inquiry.reference == reference)
        .options(*_WHOLE)
    )
    if inquiry is None:
        raise NotFound(reference)
    question = tx.scalar(select(question_for(who)).where(Inquiry.id == inquiry.id))
    events = list(tx.scalars(select(Event).where(Event.inquiry_id == inquiry.id).order_by(Event.id)))
    answers: dict[int, str] = {}
    notes: dict[int, str] = {}
    if question is not None:
        said = select(Answer.id, Answer.text).join(Strand, Strand.id == Answer.strand_id)
        answers = {row.id: row.text for row in tx.execute(said.where(Strand.inquiry_id == inquiry.id))}
        notes = {
            row.id: row.text for row in tx.execute(select(Note.id, Note.text).where(Note.inquiry_id == inquiry.id))
        }
    return Case(inquiry, question, answers, notes, events, inquiry.decisions[-1])


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
        .where(Inquiry.restriction != Restriction.NONE, _not_about(who), Strand.owner_office_id.is_not(None))
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


def may_receive(tx: Session, person_id: int, inquiry_id: int, at: datetime) -> bool:
    """Whether this person may be told of this inquiry now: asked again when a message is about to leave."""
    try:
        who = actor(tx, person_id, at)
    except NotFound:
        return False
    return tx.scalar(visible_inquiries(who).where(Inquiry.id == inquiry_id).with_only_columns(Inquiry.id)) is not None


# --- Doing ----------------------------------------------------------------------------------------------------------


class Do(StrEnum):
    """What can be done. A route names the one it needs."""

    LOG = "log"
    SEE = "see"
    TAKE = "take"
    GIVE_BACK = "give_back"
    SAY_PERSON = "say_person"  # the one tap: is a person concerned?
    EDIT_FACTS = "edit_facts"
    NOTE = "note"
    RESTRICT = "restrict"
    LIFT = "lift"
    ANSWER = "answer"
    REGISTER_ANSWER = "register_answer"  # for the owner
    CLOSE = "close"
    CLOSE_BY_CALLER = "close_by_caller"  # withdrawn, or shown on to somebody else
    REPORT = "report"
    SET_OWN_ABSENCE = "set_own_absence"
    SET_ABSENCE = "set_absence"  # anybody's, «ute i dag»
    ADMINISTER = "administer"  # offices, holders, deputies, topics, targets, hours
    ADMINISTER_ACCOUNTS = "administer_accounts"
    RELEASE_SENDING = "release_sending"


class Relation(StrEnum):
    """What somebody is to an inquiry, or at the desk."""

    OWNER = "owner"
    LINE = "line"
    LOGGER = "logger"
    SWITCHBOARD = "switchboard"
    LEADER = "leader"
    RADMANN = "radmann"
    KIS_ADVISER = "kis_adviser"
    KIS_LEADER = "kis_leader"
    ADMIN = "admin"
    AUDITOR = "auditor"
    ANYBODY = "anybody"


R = Relation
WITH_THE_CASE = frozenset({R.OWNER, R.LINE, R.RADMANN, R.KIS_LEADER})
EVERYBODY_WHO_SEES = frozenset(
    {R.OWNER, R.LINE, R.RADMANN, R.KIS_LEADER, R.SWITCHBOARD, R.LEADER, R.KIS_ADVISER, R.LOGGER}
)


@dataclass(frozen=True)
class Row:
    """Who may, for an ordinary inquiry and for a restricted one."""

    ordinary: frozenset[Relation]
    restricted: frozenset[Relation]


MAY: dict[Do, Row] = {
    Do.SEE: Row(EVERYBODY_WHO_SEES, WITH_THE_CASE),
    Do.TAKE: Row(frozenset({R.OWNER, R.LINE, R.KIS_LEADER}), frozenset({R.OWNER, R.LINE, R.KIS_LEADER})),
    Do.GIVE_BACK: Row(frozenset({R.OWNER, R.LINE, R.KIS_LEADER}), frozenset({R.OWNER, R.LINE, R.KIS_LEADER})),
    Do.SAY_PERSON: Row(frozenset({R.OWNER}), frozenset({R.OWNER})),
    Do.EDIT_FACTS: Row(
        frozenset({R.OWNER, R.LINE, R.KIS_LEADER, R.KIS_ADVISER}), frozenset({R.OWNER, R.LINE, R.KIS_LEADER})
    ),
    Do.NOTE: Row(
        frozenset({R.OWNER, R.LINE, R.KIS_LEADER, R.KIS_ADVISER, R.SWITCHBOARD}),
        frozenset({R.OWNER, R.LINE, R.KIS_LEADER}),
    ),
    Do.RESTRICT: Row(EVERYBODY_WHO_SEES, WITH_THE_CASE),
    Do.LIFT: Row(frozenset(), frozenset({R.LINE, R.RADMANN, R.KIS_LEADER})),
    Do.ANSWER: Row(frozenset({R.OWNER, R.LINE}), frozenset({R.OWNER, R.LINE})),
    Do.REGISTER_ANSWER: Row(frozenset({R.KIS_LEADER, R.KIS_ADVISER}), frozenset({R.KIS_LEADER})),
    Do.CLOSE: Row(
        frozenset({R.OWNER, R.LINE, R.KIS_LEADER, R.KIS_ADVISER}), frozenset({R.OWNER, R.LINE, R.KIS_LEADER})
    ),
    Do.CLOSE_BY_CALLER: Row(frozenset({R.SWITCHBOARD}), frozenset()),
}

AT_LARGE: dict[Do, frozenset[Relation]] = {
    Do.LOG: frozenset({R.ANYBODY}),
    Do.REPORT: frozenset({R.RADMANN, R.LEADER, R.KIS_LEADER, R.KIS_ADVISER, R.SWITCHBOARD, R.AUDITOR, R.OWNER}),
    Do.SET_OWN_ABSENCE: frozenset({R.ANYBODY}),
    Do.SET_ABSENCE: frozenset({R.SWITCHBOARD, R.KIS_LEADER, R.ADMIN}),
    Do.ADMINISTER: frozenset({R.KIS_LEADER, R.ADMIN}),
    Do.ADMINISTER_ACCOUNTS: frozenset({R.ADMIN}),
    Do.RELEASE_SENDING: frozenset({R.KIS_LEADER, R.KIS_ADVISER}),
}


def _standing(who: Actor) -> set[Relation]:
    """What somebody is at the desk, whatever the inquiry."""
    duties = {
        Duty.SWITCHBOARD: R.SWITCHBOARD,
        Duty.KIS_ADVISER: R.KIS_ADVISER,
        Duty.ADMIN: R.ADMIN,
        Duty.AUDITOR: R.AUDITOR,
    }
    found = {R.ANYBODY} | {duties[duty] for duty in who.duties}
    if who.roles & LEADERS:
        found.add(R.LEADER)
    if Role.RADMANN in who.roles:
        found.add(R.RADMANN)
    if who.is_kis_leader:
        found.add(R.KIS_LEADER)
    if who.offices:
        found.add(R.OWNER)
    return found


def relations(who: Actor, inquiry: Inquiry, strand: Strand | None = None) -> set[Relation]:
    """What `who` is to an inquiry that is in his scope; to one strand of it where `strand` is given."""
    found = _standing(who) - {R.OWNER}
    owners = {strand.owner_office_id} if strand else {each.owner_office_id for each in inquiry.strands}
    owners |= {co_owner.office_id for co_owner in inquiry.co_owners}
    if owners & who.offices:
        found.add(R.OWNER)
    if owners & who.line:
        found.add(R.LINE)
    if inquiry.logged_by_id == who.person_id:
        found.add(R.LOGGER)
    return found


def may(who: Actor, do: Do) -> bool:
    """Whether `who` may do something that concerns no particular inquiry."""
    return bool(_standing(who) & AT_LARGE[do])


def may_do(who: Actor, do: Do, inquiry: Inquiry, strand: Strand | None = None) -> bool:
    """Whether `who` may do this to an inquiry (or one strand of it) that is in his scope."""
    row = MAY[do]
    allowed = row.ordinary if inquiry.restriction is Restriction.NONE else row.restricted
    return bool(relations(who, inquiry, strand) & allowed)


def demand(who: Actor, do: Do, inquiry: Inquiry, strand: Strand | None = None) -> None:
    """Raises Refused where `may_do` says no."""
    if not may_do(who, do, inquiry, strand):
        raise Refused(REFUSALS.get(do, "Dette er det den som er ansvarlig for saken som gjør."))


REFUSALS = {
    Do.TAKE: "Bare den som er ansvarlig, eller en overordnet i linja, kan ta saken.",
    Do.LIFT: "Begrensningen må oppheves av to som kan: en overordnet, rådmannen eller leder for KIS.",
    Do.ANSWER: "Svaret noteres av den som er ansvarlig, eller av KIS på vegne av ansvarlig.",
    Do.SAY_PERSON: "Det er den ansvarlige som avklarer om en enkeltperson er berørt.",
}


def people(tx: Session, person_ids: Iterable[int]) -> dict[int, Person]:
    """Colleagues by id, for names on a page that is already in scope."""
    return {person.id: person for person in tx.scalars(select(Person).where(Person.id.in_(list(person_ids))))}
