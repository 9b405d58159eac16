"""What somebody is asked first, as queries: for whoever is to reply, also where he may not see the inquiry itself."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, or_, select, true
from sqlalchemy.orm import Session, joinedload

from pressedesk.access.actors import Actor, NotFound, actor
from pressedesk.access.scopes import not_about
from pressedesk.models import Duty, Inquiry, Request, RequestKind, Restriction, Strand
from pressedesk.organisation import Organisation


@dataclass(frozen=True)
class Asked:
    """One request as whoever is to reply reads it."""

    request: Request
    text: str
    reply: str | None


def _to(who: Actor) -> ColumnElement[bool]:
    """To his office or to himself; advice also to the advisers of KIS, of what is not for few eyes."""
    own = or_(Request.office_id.in_(list(who.offices)), Request.person_id == who.person_id)
    if Duty.KIS_ADVISER not in who.duties and not who.is_kis_leader:
        return own
    ordinary = true() if who.is_kis_leader else Inquiry.restriction == Restriction.NONE
    return or_(own, and_(Request.kind == RequestKind.ADVICE, ordinary))


def requests_to(who: Actor) -> Select[Request]:
    """Everything `who` was asked and may reply to, or has been answered; what was withdrawn does not exist."""
    return _ever_asked(who).where(Request.withdrawn_at.is_(None))


def _ever_asked(who: Actor) -> Select[Request]:
    return (
        select(Request)
        .join(Strand, Strand.id == Request.strand_id)
        .join(Inquiry, Inquiry.id == Strand.inquiry_id)
        .where(not_about(who), _to(who))
    )


def was_withdrawn(tx: Session, who: Actor, request_id: int) -> bool:
    """Whether `who` was asked this once, and is asked it no longer: all he may know of it then."""
    gone = _ever_asked(who).where(Request.id == request_id, Request.withdrawn_at.is_not(None))
    return tx.scalar(gone.with_only_columns(Request.id)) is not None


def open_request(tx: Session, who: Actor, request_id: int) -> Asked:
    """One request with its words, for whoever may reply to it. Raises NotFound."""
    found = requests_to(who).where(Request.id == request_id)
    request = tx.scalar(found.options(joinedload(Request.strand).joinedload(Strand.inquiry)))
    if request is None:
        raise NotFound(request_id)
    text, reply = tx.execute(select(Request.text, Request.reply).where(Request.id == request_id)).one()
    return Asked(request, text, reply)


def may_reply(tx: Session, person_id: int, request_id: int, at: datetime, org: Organisation | None = None) -> bool:
    """Whether this person is still waited for: asked again when a message is about to leave."""
    try:
        request = open_request(tx, actor(tx, person_id, at, org), request_id).request
    except NotFound:
        return False
    return request.is_waiting
