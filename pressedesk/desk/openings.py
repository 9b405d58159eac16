"""Who opened a restricted inquiry: written down when somebody does, and shown to those whose it is."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from pressedesk import access, db
from pressedesk.access import Relation
from pressedesk.models import Inquiry, Opening, Person, Restriction

OPENED = "opened"
SAME_VISIT = timedelta(minutes=30)  # a page loaded again within this is not a second opening


def note_opening(person_id: int, reference: str, now: datetime) -> bool:
    """Write down that somebody other than the owner opened a restricted inquiry. True when a line was written.

    The owner works in it all day, and needs no line. Raises NotFound."""
    with db.writing() as tx:
        who = access.actor(tx, person_id, now)
        inquiry = access.visible_inquiry(tx, who, reference)
        if not is_noted(access.relations(who, inquiry), inquiry):
            return False
        seen = select(Opening.id).where(
            Opening.inquiry_id == inquiry.id,
            Opening.person_id == person_id,
            Opening.what == OPENED,
            Opening.at > now - SAME_VISIT,
        )
        if tx.scalar(seen.limit(1)) is not None:
            return False
        tx.add(Opening(at=now, person_id=person_id, inquiry_id=inquiry.id, what=OPENED))
        return True


def is_noted(relations: set[Relation], inquiry: Inquiry) -> bool:
    """Whether an opening by somebody who is this to the inquiry is written down."""
    return inquiry.restriction is not Restriction.NONE and Relation.OWNER not in relations


def openings(tx: Session, inquiry: Inquiry) -> list[tuple[datetime, str]]:
    """When it was opened, and by whom, newest first. For an inquiry that is in the reader's scope."""
    found = (
        select(Opening.at, Person.name)
        .join(Person, Person.id == Opening.person_id)
        .where(Opening.inquiry_id == inquiry.id)
        .order_by(Opening.id.desc())
    )
    return [(row.at, row.name) for row in tx.execute(found)]
