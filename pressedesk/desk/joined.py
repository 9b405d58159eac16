"""What was joined into another inquiry is for the same eyes as that one, or stands on its own again.

Joining and undoing it as use cases is joining.py's; here is what a new decision needs as well."""

from collections.abc import Iterable

from pressedesk import access
from pressedesk.desk.change import Edit
from pressedesk.events import EventKind
from pressedesk.models import Inquiry, Restriction


def differ_in_restriction(one: Inquiry, other: Inquiry) -> bool:
    """Whether one is for few eyes and the other is not."""
    return (one.restriction is Restriction.NONE) != (other.restriction is Restriction.NONE)


def differ_in_subject(one: Inquiry, other: Inquiry) -> bool:
    """Whether one is about a leader, and closed to him, and the other is not."""
    excluded, also = ({each.person_id for each in inquiry.exclusions} for inquiry in (one, other))
    return excluded != also or one.subject_office_id != other.subject_office_id


def leave(edit: Edit) -> None:
    """The inquiry stands on its own again; what became sooner for the older one stays. Writes the events of both.

    Deciding it again, which tells its strands anew, is the caller's."""
    inquiry = edit.inquiry
    into = access.unscoped_inquiries().where(Inquiry.id == inquiry.joined_into_id)
    older = edit.beside(edit.tx.scalars(into).one())
    inquiry.joined_into_id = None
    edit.record(EventKind.SPLIT, other=older.inquiry.id, again=True)
    older.record(EventKind.SPLIT, other=inquiry.id, again=True)


def leave_if_unlike(edit: Edit) -> None:
    """What has become restricted alone, or is about a leader alone, does not stay with the older one."""
    into = access.unscoped_inquiries().where(Inquiry.id == edit.inquiry.joined_into_id)
    older = edit.tx.scalar(into)
    if older is not None and (differ_in_restriction(edit.inquiry, older) or differ_in_subject(edit.inquiry, older)):
        leave(edit)


def unlike(edit: Edit) -> Iterable[Edit]:
    """What was joined into this inquiry, and is no longer for the same eyes: each to be decided again."""
    joined = access.unscoped_inquiries().where(Inquiry.joined_into_id == edit.inquiry.id)
    for newer in edit.tx.scalars(joined).all():
        if differ_in_restriction(newer, edit.inquiry) or differ_in_subject(newer, edit.inquiry):
            yield edit.beside(newer)
