"""«Angre»: for a moment after it was saved a call can be taken back, and the form is there again.

The inquiry keeps its row and its number, which has been read aloud; no scope shows it until it is saved again.
See docs/decisions/undone-not-deleted.md.
"""

import secrets
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from pressedesk import access, db, organisation, outbox
from pressedesk.access import NotFound
from pressedesk.desk import drafts
from pressedesk.desk.change import Edit
from pressedesk.events import EventKind
from pressedesk.models import CoOwner, Draft, Exclusion, Inquiry, Restriction, Silence, Strand
from pressedesk.workflow import OPEN, UNTAKEN, Action


class TooLate(Exception):
    """Word of it has left, or somebody has it already."""


def undo(person_id: int, reference: str, now: datetime) -> None:
    """Take a call back that this person saved a moment ago: nothing is sent, and his form is there again, with a token
    of its own. Nothing more happens the second time. Raises NotFound (also where another saved it) and TooLate."""
    with db.writing() as tx:
        org = organisation.snapshot(tx, now)
        who = access.actor(tx, person_id, now, org)
        saved = access.unscoped_inquiries().where(Inquiry.reference == reference, Inquiry.logged_by_id == person_id)
        inquiry = tx.scalar(saved)
        if inquiry is None:
            raise NotFound(reference)
        if inquiry.undone_at is not None:
            return
        draft = tx.scalar(select(Draft).where(Draft.undone_inquiry_id == inquiry.id))
        is_untouched = all(strand.state in UNTAKEN for strand in inquiry.strands)
        if draft is None or not is_untouched or not outbox.is_held(tx, inquiry, now):
            raise TooLate
        edit = Edit(tx, who, now, org, inquiry)
        for strand in inquiry.strands:
            _take_back(edit, strand)
        outbox.withdraw(tx, inquiry)
        inquiry.undone_at = inquiry.changed_at = now
        draft.token, draft.changed_at = secrets.token_urlsafe(24), now
        edit.record(EventKind.TAKEN_BACK)


def _take_back(edit: Edit, strand: Strand) -> None:
    """Nobody has heard of the strand, so nobody is told when it goes, nor when it comes back with somebody else."""
    if strand.state in OPEN:
        edit.move(strand, Action.LAPSE)
    outbox.cancel(edit.tx, strand, edit.now)
    strand.owner_office_id = strand.owner_role = strand.acting_id = None
    strand.due_at = strand.first_due_at = None
    strand.resolution, strand.due_trace = [], []


def undone_of(tx: Session, draft: Draft, now: datetime) -> Inquiry | None:
    """The inquiry that a form was before it was taken back, wiped clean to be filled again."""
    found = access.unscoped_inquiries().where(Inquiry.id == draft.undone_inquiry_id, Inquiry.undone_at.is_not(None))
    inquiry = tx.scalar(found)
    if inquiry is None:
        return None
    drafts.spend(tx, inquiry.token, now)
    for row in (Exclusion, CoOwner, Silence):
        tx.execute(delete(row).where(row.inquiry_id == inquiry.id))
    tx.expire(inquiry, ["exclusions", "co_owners"])
    inquiry.undone_at = None
    inquiry.restriction, inquiry.text_is_held = Restriction.NONE, False
    inquiry.subject_office_id = inquiry.story_id = None
    for strand in inquiry.strands:
        strand.logged_at = now
    return inquiry
