"""What is dealt with between people: who was asked first, who was offered a strand, who is silent, what is to be done,
and what concerns several inquiries at once."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from pressedesk.db import Base, Code, Instant
from pressedesk.models.inquiries import Inquiry, Strand
from pressedesk.models.organisation import Office, Unit
from pressedesk.models.people import Person
from pressedesk.regulation.vocabulary import Role


class RequestKind(StrEnum):
    """What somebody is asked for. None of them ever stands in for another."""

    CONSULTATION = "consultation"  # the duty of points 6 and 11, and of a deviation (12)
    AGREEMENT = "agreement"  # the nearest superior agrees to this, in this case (point 7)
    ADVICE = "advice"  # from KIS, an offer (point 14)
    FACTS = "facts"  # from another unit (strategy 3.1.4)

    @property
    def label(self) -> str:
        return REQUEST_LABELS[self]


REQUEST_LABELS = {
    RequestKind.CONSULTATION: "rådføring",
    RequestKind.AGREEMENT: "særskilt avtale",
    RequestKind.ADVICE: "råd fra KIS",
    RequestKind.FACTS: "fakta fra andre",
}


class Request(Base):
    """Whoever has a strand asks an office something before he answers. It waits until replied to or withdrawn.

    `agreed` is the answer to an agreement, None elsewhere. A reply to a consultation or an agreement makes the record
    of it (Consultation, Agreement); advice and facts make none."""

    __tablename__ = "request"
    __table_args__ = (Index(None, "office_id", "replied_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    strand_id: Mapped[int] = mapped_column(ForeignKey("strand.id"), index=True)
    kind: Mapped[RequestKind] = mapped_column(Code(RequestKind))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime] = mapped_column(Instant)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)  # whom it was sent to
    text: Mapped[str] = deferred(mapped_column(Text), raiseload=True)  # read through access/ only
    due_at: Mapped[datetime] = mapped_column(Instant)
    replied_at: Mapped[datetime | None] = mapped_column(Instant)
    replied_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    replied_role: Mapped[Role | None] = mapped_column(Code(Role))
    agreed: Mapped[bool | None]
    reply: Mapped[str | None] = deferred(mapped_column(Text), raiseload=True)  # read through access/ only
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column()

    strand: Mapped[Strand] = relationship(back_populates="requests")
    office: Mapped[Office] = relationship()
    asked_by: Mapped[Person] = relationship(foreign_keys=asked_by_id)
    person: Mapped[Person | None] = relationship(foreign_keys=person_id)
    replied_by: Mapped[Person | None] = relationship(foreign_keys=replied_by_id)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  (SQLAlchemy's own hook)

    @property
    def is_waiting(self) -> bool:
        return self.replied_at is None and self.withdrawn_at is None


class HandoverState(StrEnum):
    OFFERED = "offered"  # it is still the sender's
    TAKEN = "taken"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Handover(Base):
    """Somebody wants to pass a strand on. It stays with the sender until the receiver takes it.

    Without an office nobody knows whose it is yet («Ikke min»), and KIS finds out."""

    __tablename__ = "handover"
    __table_args__ = (Index(None, "to_office_id", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    strand_id: Mapped[int] = mapped_column(ForeignKey("strand.id"), index=True)
    from_person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    to_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    to_office_id: Mapped[int | None] = mapped_column(ForeignKey("office.id"))
    to_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)  # whom it was sent to
    note: Mapped[str | None] = deferred(mapped_column(Text), raiseload=True)  # read through access/ only
    offered_at: Mapped[datetime] = mapped_column(Instant)
    state: Mapped[HandoverState] = mapped_column(Code(HandoverState), default=HandoverState.OFFERED)
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int] = mapped_column()

    strand: Mapped[Strand] = relationship(back_populates="handovers")
    from_person: Mapped[Person] = relationship(foreign_keys=from_person_id)
    to_person: Mapped[Person | None] = relationship(foreign_keys=to_person_id)
    to_office: Mapped[Office | None] = relationship()
    to_unit: Mapped[Unit | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Silence(Base):
    """For a while a person is passed by in one inquiry: he cannot now, or did not answer. It says nothing of why."""

    __tablename__ = "silence"

    id: Mapped[int] = mapped_column(primary_key=True)
    inquiry_id: Mapped[int] = mapped_column(ForeignKey("inquiry.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    from_at: Mapped[datetime] = mapped_column(Instant)
    until_at: Mapped[datetime] = mapped_column(Instant)


class TaskKind(StrEnum):
    """What is to be done beside answering, by a time."""

    REPLY = "reply"  # somebody was asked first
    TRANSFER = "transfer"  # the journalist was put through: do they speak?
    STAFF = "staff"  # do the employees know? (strategy 2.1.4)
    CORRECTION = "correction"  # something was wrong in print (VVP 4.13)
    JOURNAL = "journal"  # the archive considers whether it is to be registered
    PROMISE = "promise"  # the journalist is to hear the new time

    @property
    def label(self) -> str:
        return TASK_LABELS[self]


TASK_LABELS = {
    TaskKind.REPLY: "svare på det du er spurt om",
    TaskKind.TRANSFER: "se om journalisten fikk svar i telefonen",
    TaskKind.STAFF: "informere de ansatte",
    TaskKind.CORRECTION: "be redaksjonen rette",
    TaskKind.JOURNAL: "vurdere journalføring",
    TaskKind.PROMISE: "si den nye tiden til journalisten",
}


class Task(Base):
    """Something an office or a person is to do by a time. The tick reminds once when it is due, and once again, of
    whoever is next, an hour of working time later."""

    __tablename__ = "task"
    __table_args__ = (Index(None, "done_at", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[TaskKind] = mapped_column(Code(TaskKind))
    inquiry_id: Mapped[int] = mapped_column(ForeignKey("inquiry.id"), index=True)
    strand_id: Mapped[int | None] = mapped_column(ForeignKey("strand.id"), index=True)
    request_id: Mapped[int | None] = mapped_column(ForeignKey("request.id"), unique=True)
    office_id: Mapped[int | None] = mapped_column(ForeignKey("office.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime] = mapped_column(Instant)
    reminded_at: Mapped[datetime | None] = mapped_column(Instant)
    escalated_at: Mapped[datetime | None] = mapped_column(Instant)
    done_at: Mapped[datetime | None] = mapped_column(Instant)  # or no longer needed
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    inquiry: Mapped[Inquiry] = relationship()
    strand: Mapped[Strand | None] = relationship()
    request: Mapped[Request | None] = relationship()
    office: Mapped[Office | None] = relationship()
    person: Mapped[Person | None] = relationship(foreign_keys=person_id)


class TopicProposal(Base):
    """«Ikke min» taught the desk something: what is asked about belongs to another unit. Admin or KIS decides."""

    __tablename__ = "topic_proposal"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    phrase: Mapped[str]
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[datetime] = mapped_column(Instant)
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    is_accepted: Mapped[bool | None]

    unit: Mapped[Unit] = relationship()
    proposed_by: Mapped[Person] = relationship(foreign_keys=proposed_by_id)


class Story(Base):
    """Several inquiries of one story. The title is neutral: whoever has one of them reads it. What one journalist
    asks is never shown to the owner of another's.

    The shared answer has an owner, and holds until it runs out."""

    __tablename__ = "story"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    answer: Mapped[str | None] = mapped_column(Text)
    answer_kinds: Mapped[list[str]] = mapped_column(JSON, default=list)
    answer_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answer_at: Mapped[datetime | None] = mapped_column(Instant)
    answer_until_at: Mapped[datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column()

    made_by: Mapped[Person] = relationship(foreign_keys=made_by_id)
    answer_by: Mapped[Person | None] = relationship(foreign_keys=answer_by_id)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class ExpectedStory(Base):
    """A story that the press is expected to ask about: who answers, and what may be read out until it runs out."""

    __tablename__ = "expected_story"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    phrases: Mapped[list[str]] = mapped_column(JSON)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    office_id: Mapped[int | None] = mapped_column(ForeignKey("office.id"))
    text: Mapped[str] = mapped_column(Text)
    until_at: Mapped[datetime] = mapped_column(Instant)
    staff_informed_at: Mapped[datetime | None] = mapped_column(Instant)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column()

    unit: Mapped[Unit | None] = relationship()
    office: Mapped[Office | None] = relationship()
    made_by: Mapped[Person] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Crisis(Base):
    """Crisis leadership is established (point 15): a switch with a start, a reason and an end. One at a time."""

    __tablename__ = "crisis"
    __table_args__ = (  # of two that turn the switch at the same instant, one wins
        Index(
            "uq_crisis_standing",
            text("(ended_at IS NULL)"),
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    started_at: Mapped[datetime] = mapped_column(Instant)
    started_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(Text)
    spokesperson_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    next_information_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int] = mapped_column()

    started_by: Mapped[Person] = relationship(foreign_keys=started_by_id)
    spokesperson: Mapped[Person | None] = relationship(foreign_keys=spokesperson_id)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Granted(StrEnum):
    """How a request for documents was decided (offentleglova § 29)."""

    FULL = "full"
    PARTIAL = "partial"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        return GRANTED_LABELS[self]


GRANTED_LABELS = {
    Granted.FULL: "Innsyn gitt",
    Granted.PARTIAL: "Innsyn gitt i deler",
    Granted.REFUSED: "Innsyn avslått",
}


class AccessRuling(Base):
    """What was decided on a request for documents, by whom; a refusal with its provision, and whether openness beyond
    duty was considered (offentleglova §§ 11, 31)."""

    __tablename__ = "access_ruling"
    __table_args__ = (UniqueConstraint("strand_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    strand_id: Mapped[int] = mapped_column(ForeignKey("strand.id"))
    granted: Mapped[Granted] = mapped_column(Code(Granted))
    provision: Mapped[str | None]  # a code of regulation/provisions
    openness_considered: Mapped[bool]
    reason: Mapped[str | None] = deferred(mapped_column(Text), raiseload=True)  # read through access/ only
    decided_by: Mapped[str]
    decided_at: Mapped[datetime] = mapped_column(Instant)
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    strand: Mapped[Strand] = relationship(back_populates="ruling")
