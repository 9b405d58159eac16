"""What can happen, and the record of what did: who, when, what, old → new. Append-only; holds no free text."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, Session, mapped_column

from pressedesk.db import Base, Code, Instant


class EventKind(StrEnum):
    LOGGED = "logged"
    DECIDED = "decided"
    TOLD = "told"
    TAKEN = "taken"
    TAKEN_OVER = "taken_over"
    GIVEN_BACK = "given_back"
    FACTS_CHANGED = "facts_changed"
    PERSON_SAID = "person_said"
    RESTRICTED = "restricted"
    LIFT_PROPOSED = "lift_proposed"
    LIFTED = "lifted"
    MOVED = "moved"
    LAPSED = "lapsed"
    NOTED = "noted"
    ANSWERED = "answered"
    CLOSED = "closed"
    REMINDED = "reminded"
    UNDELIVERED = "undelivered"
    ORGANISATION_CHANGED = "organisation_changed"
    ACCOUNT_CHANGED = "account_changed"
    SENDING_PAUSED = "sending_paused"
    SENDING_RELEASED = "sending_released"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    EventKind.LOGGED: "Henvendelsen ble logget",
    EventKind.DECIDED: "Reglementet ble brukt",
    EventKind.TOLD: "Varsel sendt",
    EventKind.TAKEN: "Tatt",
    EventKind.TAKEN_OVER: "Tatt over",
    EventKind.GIVEN_BACK: "Lagt tilbake",
    EventKind.FACTS_CHANGED: "Opplysninger endret",
    EventKind.PERSON_SAID: "Avklart om en enkeltperson er berørt",
    EventKind.RESTRICTED: "Gjort begrenset",
    EventKind.LIFT_PROPOSED: "Foreslått å oppheve begrensningen",
    EventKind.LIFTED: "Begrensningen opphevet",
    EventKind.MOVED: "Ny ansvarlig",
    EventKind.LAPSED: "Delspørsmålet falt bort",
    EventKind.NOTED: "Notat",
    EventKind.ANSWERED: "Journalisten fikk svar",
    EventKind.CLOSED: "Lukket",
    EventKind.REMINDED: "Påminnelse",
    EventKind.UNDELIVERED: "Varsel kom ikke fram",
    EventKind.ORGANISATION_CHANGED: "Organisasjonen endret",
    EventKind.ACCOUNT_CHANGED: "Bruker endret",
    EventKind.SENDING_PAUSED: "Utsending stanset",
    EventKind.SENDING_RELEASED: "Utsending startet igjen",
}


class Event(Base):
    """One line of the record. The database itself refuses to change or delete it (see the first migration)."""

    __tablename__ = "event"
    __table_args__ = (Index(None, "inquiry_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    kind: Mapped[EventKind] = mapped_column(Code(EventKind))
    actor: Mapped[str]  # the name as it was, or «system»
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    inquiry_id: Mapped[int | None] = mapped_column(ForeignKey("inquiry.id"))
    strand_id: Mapped[int | None] = mapped_column(ForeignKey("strand.id"))
    data: Mapped[dict[str, Any]] = mapped_column(JSON)


def record(
    tx: Session,
    kind: EventKind,
    at: datetime,
    actor: str,
    person_id: int | None = None,
    inquiry_id: int | None = None,
    strand_id: int | None = None,
    **data: Any,
) -> Event:
    """Write one line into the record, in the transaction of the change it tells of."""
    line = Event(
        kind=kind, at=at, actor=actor, person_id=person_id, inquiry_id=inquiry_id, strand_id=strand_id, data=data
    )
    tx.add(line)
    return line
