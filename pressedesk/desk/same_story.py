"""While a call is written down: what others have asked of the same, so that the desk sees that it is one story."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_
from sqlalchemy.orm import Session

from pressedesk import access, organisation, topics
from pressedesk.access import Actor
from pressedesk.formats import name_key, phone_key
from pressedesk.models import Inquiry, Journalist, Office, Restriction, Strand, Unit
from pressedesk.workflow import OPEN

LASTS = timedelta(days=3)
MOST_COMPARED, MOST_SHOWN = 60, 3
ENOUGH_WORDS = 2


@dataclass(frozen=True)
class Alike:
    """An open inquiry that looks like the same story. Nothing of what its journalist asks, or of who he is."""

    reference: str
    unit: str | None
    office: str | None
    received_at: datetime


@dataclass(frozen=True)
class Asking:
    """What is being written down."""

    caller_name: str
    phone: str
    question: str
    unit_id: int | None


def same_story(tx: Session, who: Actor, asking: Asking, now: datetime) -> list[Alike]:
    """The open ordinary inquiries of other journalists, of the last three days, on what is being written down: in the
    same unit or one its words speak for, and with two words in common. Most alike first."""
    if len(topics.shared_words(asking.question, asking.question)) < ENOUGH_WORDS:
        return []
    units = {each.unit_id for each in topics.propose(asking.question, _topics(tx))} | {asking.unit_id} - {None}
    open_strand = and_(Strand.inquiry_id == Inquiry.id, Strand.state.in_(OPEN))
    rows = (
        access.readable_inquiries(who)
        .where(Inquiry.restriction == Restriction.NONE, Inquiry.received_at > now - LASTS, Inquiry.unit_id.in_(units))
        .join(Strand, open_strand)
        .outerjoin(Journalist, Journalist.id == Inquiry.journalist_id)
        .outerjoin(Unit, Unit.id == Inquiry.unit_id)
        .outerjoin(Office, Office.id == Strand.owner_office_id)
        .order_by(Inquiry.received_at.desc(), Strand.position)
        .limit(MOST_COMPARED)
        .with_only_columns(
            Inquiry.reference,
            Inquiry.received_at,
            Inquiry.question,
            Unit.name.label("unit"),
            Office.title.label("office"),
            Journalist.key,
            Journalist.phone_key,
        )
    )
    found: dict[str, tuple[int, Alike]] = {}
    for row in tx.execute(rows):
        n = 0 if _is_same_caller(asking, row) else len(topics.shared_words(asking.question, row.question))
        if n >= ENOUGH_WORDS:
            found.setdefault(row.reference, (n, Alike(row.reference, row.unit, row.office, row.received_at)))
    return [alike for _, alike in sorted(found.values(), key=lambda each: -each[0])][:MOST_SHOWN]


def _is_same_caller(asking: Asking, row: Any) -> bool:
    digits = phone_key(asking.phone)
    return row.key == name_key(asking.caller_name) or (bool(digits) and row.phone_key == digits)


def _topics(tx: Session) -> list[topics.Topic]:
    return [topics.Topic(row.unit_id, row.phrase, row.weight) for row in organisation.topic_rows(tx)]
