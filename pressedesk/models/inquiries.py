"""Inquiries: the call, its decisions, its strands, what was said, and the append-only record."""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from pressedesk.db import Base, Code, Instant
from pressedesk.models.organisation import Office, Unit
from pressedesk.models.people import Person
from pressedesk.regulation.vocabulary import Clock, Kind, Outcome, Role
from pressedesk.workflow import Ending, State

if TYPE_CHECKING:
    from pressedesk.models.dealings import AccessRuling, Handover, Request, Story


class Outlet(Base):
    """A newsroom. `key` is its folded name, for look-ups."""

    __tablename__ = "outlet"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)


class Journalist(Base):
    """A contact card: name, newsroom, telephone, e-mail. Nothing about temper or politics, ever."""

    __tablename__ = "journalist"
    __table_args__ = (UniqueConstraint("key", "outlet_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    key: Mapped[str] = mapped_column(index=True)
    outlet_id: Mapped[int | None] = mapped_column(ForeignKey("outlet.id"))
    phone: Mapped[str | None]
    phone_key: Mapped[str | None] = mapped_column(index=True)
    email: Mapped[str | None]

    outlet: Mapped[Outlet | None] = relationship()


class ReferenceCounter(Base):
    """The last number given out in a year."""

    __tablename__ = "reference_counter"

    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


class Draft(Base):
    """A form being filled in: kept while typing, with the reference it will have."""

    __tablename__ = "draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(unique=True)
    reference: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    opened_at: Mapped[datetime] = mapped_column(Instant)
    changed_at: Mapped[datetime] = mapped_column(Instant)
    parked_at: Mapped[datetime | None] = mapped_column(Instant)
    is_call: Mapped[bool] = mapped_column(default=False)  # a caller and a number, and something of it is ours to answer
    undone_inquiry_id: Mapped[int | None] = mapped_column(ForeignKey("inquiry.id"))  # saved as; open again once undone


class SpentToken(Base):
    """A form that was sent and left no inquiry, by the hash of its random token: sent twice, it counts once.

    Says nothing of the call, and goes the next day."""

    __tablename__ = "spent_token"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    spent_on: Mapped[date]


class Restriction(StrEnum):
    """Why an inquiry is for few eyes only. The unconfirmed one may be lifted by the owner alone, in one tap."""

    NONE = "none"
    UNCONFIRMED = "unconfirmed"
    CONFIRMED = "confirmed"


class Inquiry(Base):
    """One call from the press. Its facts belong to it; what the rules made of them stands in its decisions.

    `text_is_held`: nobody has yet said whether a person is concerned, so the text is for few, the row for all.
    """

    __tablename__ = "inquiry"
    __table_args__ = (Index(None, "received_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    token: Mapped[str] = mapped_column(unique=True)
    logged_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    received_at: Mapped[datetime] = mapped_column(Instant)
    logged_at: Mapped[datetime] = mapped_column(Instant)
    journalist_id: Mapped[int | None] = mapped_column(ForeignKey("journalist.id"), index=True)
    caller_name: Mapped[str]
    outlet_id: Mapped[int | None] = mapped_column(ForeignKey("outlet.id"), index=True)
    caller_phone: Mapped[str | None]
    caller_email: Mapped[str | None]
    question: Mapped[str] = deferred(mapped_column(Text), raiseload=True)  # read through access/ only
    question_key: Mapped[str] = deferred(mapped_column(Text), raiseload=True)  # folded, for search
    deadline_at: Mapped[datetime | None] = mapped_column(Instant)
    deadline_words: Mapped[str | None]  # as it was said
    promised_at: Mapped[datetime | None] = mapped_column(Instant)  # what the switchboard said on the phone
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    addressed_office_id: Mapped[int | None] = mapped_column(ForeignKey("office.id"))
    subject_office_id: Mapped[int | None] = mapped_column(ForeignKey("office.id"))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    restriction: Mapped[Restriction] = mapped_column(Code(Restriction), default=Restriction.NONE)
    restriction_lift_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # the first of two
    text_is_held: Mapped[bool] = mapped_column(default=False)
    undone_at: Mapped[datetime | None] = mapped_column(Instant)  # taken back before anything was sent
    is_afterwards: Mapped[bool] = mapped_column(default=False)  # logged by whoever had spoken with the journalist
    source_url: Mapped[str | None]  # the letter in the newspaper, or the comment on an account of our own
    story_id: Mapped[int | None] = mapped_column(ForeignKey("story.id"), index=True)
    joined_into_id: Mapped[int | None] = mapped_column(ForeignKey("inquiry.id"), index=True)
    split_from_id: Mapped[int | None] = mapped_column(ForeignKey("inquiry.id"), index=True)
    nudged_at: Mapped[datetime | None] = mapped_column(Instant)  # the journalist called again, and the owner was told
    changed_at: Mapped[datetime] = mapped_column(Instant)
    version: Mapped[int] = mapped_column()

    logged_by: Mapped[Person] = relationship(foreign_keys=logged_by_id)
    journalist: Mapped[Journalist | None] = relationship()
    outlet: Mapped[Outlet | None] = relationship()
    unit: Mapped[Unit | None] = relationship()
    subject_office: Mapped[Office | None] = relationship(foreign_keys=subject_office_id)
    strands: Mapped[list["Strand"]] = relationship(back_populates="inquiry", order_by="Strand.position")
    decisions: Mapped[list["DecisionRecord"]] = relationship(order_by="DecisionRecord.id")
    co_owners: Mapped[list["CoOwner"]] = relationship()
    exclusions: Mapped[list["Exclusion"]] = relationship()
    notes: Mapped[list["Note"]] = relationship(order_by="Note.id")
    story: Mapped["Story | None"] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  (SQLAlchemy's own hook)


class Exclusion(Base):
    """A person whom the inquiry is about. Stored as the person he was at decision time; beats every grant."""

    __tablename__ = "exclusion"
    __table_args__ = (UniqueConstraint("inquiry_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    inquiry_id: Mapped[int] = mapped_column(ForeignKey("inquiry.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)


class DecisionRecord(Base):
    """What the regulation said of the facts as they were. Never changed; new facts make a new row beside it."""

    __tablename__ = "decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    inquiry_id: Mapped[int] = mapped_column(ForeignKey("inquiry.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    regulation: Mapped[str]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    decision: Mapped[dict[str, Any]] = mapped_column(JSON)


class InPrint(StrEnum):
    """Whether it came out right, as far as anybody has looked."""

    RIGHT = "right"
    WRONG = "wrong"
    UNSEEN = "unseen"

    @property
    def label(self) -> str:
        return {"right": "ja", "wrong": "nei, det er en feil", "unseen": "ikke sett"}[self.value]


class Journal(StrEnum):
    """Whether an answer in writing is to be registered in the public record (arkivforskriften)."""

    YES = "yes"
    NO = "no"
    ARCHIVE_DECIDES = "archive_decides"

    @property
    def label(self) -> str:
        return {"yes": "ja", "no": "nei", "archive_decides": "arkivet vurderer"}[self.value]


class Strand(Base):
    """One part of an inquiry with its own owner and clock. One row per kind; a new decision changes it in place."""

    __tablename__ = "strand"
    __table_args__ = (
        UniqueConstraint("inquiry_id", "kind"),
        Index(None, "owner_office_id", "state"),
        Index(None, "state", "due_at"),
        Index(None, "received_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    inquiry_id: Mapped[int] = mapped_column(ForeignKey("inquiry.id"))
    position: Mapped[int]
    kind: Mapped[Kind] = mapped_column(Code(Kind))
    state: Mapped[State] = mapped_column(Code(State))
    outcome: Mapped[Outcome] = mapped_column(Code(Outcome))  # what the rules say should come of it
    clock: Mapped[Clock | None] = mapped_column(Code(Clock))
    owner_role: Mapped[Role | None] = mapped_column(Code(Role))
    owner_office_id: Mapped[int | None] = mapped_column(ForeignKey("office.id"))
    acting_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # whom it was sent to
    resolution: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)  # how that person was found
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    received_at: Mapped[datetime] = mapped_column(Instant)
    logged_at: Mapped[datetime] = mapped_column(Instant)
    acknowledged_at: Mapped[datetime | None] = mapped_column(Instant)
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    due_at: Mapped[datetime | None] = mapped_column(Instant)
    due_version: Mapped[int] = mapped_column(default=1)
    first_due_at: Mapped[datetime | None] = mapped_column(Instant)  # the figures count to this, not to later promises
    transferred_at: Mapped[datetime | None] = mapped_column(Instant)  # the caller was put through
    in_print: Mapped[InPrint | None] = mapped_column(Code(InPrint))
    journal: Mapped[Journal | None] = mapped_column(Code(Journal))  # of what was answered in writing
    due_trace: Mapped[list[str]] = mapped_column(JSON, default=list)
    ending: Mapped[Ending | None] = mapped_column(Code(Ending))
    ending_reason: Mapped[str | None]
    working_minutes: Mapped[int | None]  # from received to answered, in the comment clock's working minutes
    was_in_time: Mapped[bool | None]
    changed_at: Mapped[datetime] = mapped_column(Instant)
    version: Mapped[int] = mapped_column()

    inquiry: Mapped[Inquiry] = relationship(back_populates="strands")
    owner_office: Mapped[Office | None] = relationship()
    acting: Mapped[Person | None] = relationship(foreign_keys=acting_id)
    taken_by: Mapped[Person | None] = relationship(foreign_keys=taken_by_id)
    unit: Mapped[Unit | None] = relationship()
    answers: Mapped[list["Answer"]] = relationship(order_by="Answer.id")
    consultations: Mapped[list["Consultation"]] = relationship(order_by="Consultation.id")
    agreements: Mapped[list["Agreement"]] = relationship(order_by="Agreement.id")
    deviations: Mapped[list["Deviation"]] = relationship(order_by="Deviation.id")
    requests: Mapped[list["Request"]] = relationship(back_populates="strand", order_by="Request.id")
    handovers: Mapped[list["Handover"]] = relationship(back_populates="strand", order_by="Handover.id")
    ruling: Mapped["AccessRuling | None"] = relationship(back_populates="strand")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class CoOwner(Base):
    """An office that owns the inquiry together with the first («samordnes», strategy 3.1.4)."""

    __tablename__ = "co_owner"
    __table_args__ = (UniqueConstraint("inquiry_id", "office_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    inquiry_id: Mapped[int] = mapped_column(ForeignKey("inquiry.id"))
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True)

    office: Mapped[Office] = relationship()


class Answer(Base):
    """What the journalist was told, as it was. `touched` names what of it touched a ban: a fact about the answer."""

    __tablename__ = "answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    strand_id: Mapped[int] = mapped_column(ForeignKey("strand.id"), index=True)
    said_at: Mapped[datetime] = mapped_column(Instant)
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    spoken_by_role: Mapped[Role] = mapped_column(Code(Role))
    spoken_by: Mapped[str]
    kinds: Mapped[list[str]] = mapped_column(JSON)
    channel: Mapped[str]
    text: Mapped[str] = deferred(mapped_column(Text), raiseload=True)  # read through access/ only
    touched: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)

    recorded_by: Mapped[Person] = relationship()


class Consultation(Base):
    """The owner asked kommunalsjef or rådmann (points 6 and 11). Not an agreement, and advice from KIS is neither."""

    __tablename__ = "consultation"

    id: Mapped[int] = mapped_column(primary_key=True)
    strand_id: Mapped[int] = mapped_column(ForeignKey("strand.id"), index=True)
    with_role: Mapped[Role] = mapped_column(Code(Role))
    consulted_at: Mapped[datetime] = mapped_column(Instant)
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    recorded_by: Mapped[Person] = relationship()


class Agreement(Base):
    """The nearest superior agreed, for this case, to this scope (point 7)."""

    __tablename__ = "agreement"

    id: Mapped[int] = mapped_column(primary_key=True)
    strand_id: Mapped[int] = mapped_column(ForeignKey("strand.id"), index=True)
    with_role: Mapped[Role] = mapped_column(Code(Role))
    scope: Mapped[str] = mapped_column(Text)
    agreed_at: Mapped[datetime] = mapped_column(Instant)
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    recorded_by: Mapped[Person] = relationship()


class Deviation(Base):
    """A reasoned deviation inside the waiver, with whoever was consulted (point 12)."""

    __tablename__ = "deviation"

    id: Mapped[int] = mapped_column(primary_key=True)
    strand_id: Mapped[int] = mapped_column(ForeignKey("strand.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    consulted_role: Mapped[Role] = mapped_column(Code(Role))
    decided_at: Mapped[datetime] = mapped_column(Instant)
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    recorded_by: Mapped[Person] = relationship()


class Note(Base):
    """A line somebody added to an inquiry. Never an answer."""

    __tablename__ = "note"

    id: Mapped[int] = mapped_column(primary_key=True)
    inquiry_id: Mapped[int] = mapped_column(ForeignKey("inquiry.id"), index=True)
    at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = deferred(mapped_column(Text), raiseload=True)  # read through access/ only

    person: Mapped[Person] = relationship()


class Opening(Base):
    """Somebody opened a restricted inquiry, or took data out."""

    __tablename__ = "opening"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    inquiry_id: Mapped[int | None] = mapped_column(ForeignKey("inquiry.id"), index=True)
    what: Mapped[str]


class ContactKind(StrEnum):
    """Calls that are not the municipality's to answer: counted per day, and nothing else is kept."""

    PRIVATE = "private"
    UNION = "union"
    ELECTED = "elected"
    NOT_MEDIA = "not_media"


class ContactCount(Base):
    """How many contacts were passed on that day. No row, text, reference or clock of any of them exists."""

    __tablename__ = "contact_count"

    day_on: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[ContactKind] = mapped_column(Code(ContactKind), primary_key=True)
    n: Mapped[int]
