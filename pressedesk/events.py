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
    ASKED_TO_CLARIFY = "asked_to_clarify"
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
    TAKEN_BACK = "taken_back"
    SPOKEN = "spoken"
    ASKED = "asked"
    REPLIED = "replied"
    WITHDRAWN = "withdrawn"
    DEVIATED = "deviated"
    OFFERED = "offered"
    RECEIVED = "received"
    DECLINED = "declined"
    OFFER_WITHDRAWN = "offer_withdrawn"
    PASSED_BY = "passed_by"
    PROMISED = "promised"
    TRANSFERRED = "transferred"
    NOT_SPOKEN = "not_spoken"
    NUDGED = "nudged"
    ADDED = "added"
    JOINED = "joined"
    SPLIT = "split"
    TASK_MADE = "task_made"
    TASK_DONE = "task_done"
    RELEASED = "released"
    CRISIS_STARTED = "crisis_started"
    CRISIS_CHANGED = "crisis_changed"
    CRISIS_ENDED = "crisis_ended"
    STORY_CHANGED = "story_changed"
    PUT_IN_STORY = "put_in_story"
    TAKEN_OUT_OF_STORY = "taken_out_of_story"
    EXPECTED_CHANGED = "expected_changed"
    RULED = "ruled"
    FOLLOWED_UP = "followed_up"
    TOPIC_PROPOSED = "topic_proposed"
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
    EventKind.ASKED_TO_CLARIFY: "KIS ble bedt om å finne ut hvor saken hører hjemme",
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
    EventKind.TAKEN_BACK: "Henvendelsen ble angret",
    EventKind.SPOKEN: "Snakket med journalisten",
    EventKind.ASKED: "Noen ble spurt først",
    EventKind.REPLIED: "Svar på det som ble spurt om",
    EventKind.WITHDRAWN: "Spørsmålet ble trukket",
    EventKind.DEVIATED: "Begrunnet unntak",
    EventKind.OFFERED: "Vil gi saken videre",
    EventKind.RECEIVED: "Tok imot saken",
    EventKind.DECLINED: "Tok ikke imot saken",
    EventKind.OFFER_WITHDRAWN: "Beholdt saken likevel",
    EventKind.PASSED_BY: "Neste ble varslet",
    EventKind.PROMISED: "Ny beskjed til journalisten",
    EventKind.TRANSFERRED: "Satt over",
    EventKind.NOT_SPOKEN: "Ingen svarte da journalisten ble satt over",
    EventKind.NUDGED: "Journalisten ringte igjen",
    EventKind.ADDED: "Noe ble lagt til",
    EventKind.JOINED: "Slått sammen",
    EventKind.SPLIT: "Delt",
    EventKind.TASK_MADE: "Oppgave",
    EventKind.TASK_DONE: "Oppgave gjort",
    EventKind.RELEASED: "Gitt tilbake fra kriseledelsen",
    EventKind.CRISIS_STARTED: "Kriseledelse etablert",
    EventKind.CRISIS_CHANGED: "Krisemeldingen endret",
    EventKind.CRISIS_ENDED: "Kriseledelsen avsluttet",
    EventKind.STORY_CHANGED: "Hendelsen endret",
    EventKind.PUT_IN_STORY: "Lagt til en hendelse",
    EventKind.TAKEN_OUT_OF_STORY: "Tatt ut av hendelsen",
    EventKind.EXPECTED_CHANGED: "Forventet sak endret",
    EventKind.RULED: "Innsynskravet avgjort",
    EventKind.FOLLOWED_UP: "Fulgt opp",
    EventKind.TOPIC_PROPOSED: "Tema foreslått",
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
