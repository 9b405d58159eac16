"""Forms being filled in: kept while typing, parked for the next call, taken over when nobody finishes them.

The form of a saved call is kept as well, for as long as it may be taken back (undoing.py): it is nobody's draft then.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, delete, or_, select
from sqlalchemy.orm import Session

from pressedesk import access, db, outbox
from pressedesk.access import Actor
from pressedesk.models import Draft, Duty, Inquiry, ReferenceCounter, SpentToken
from pressedesk.workhours import OSLO

RED_AFTER = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=1)
PASSED_ON, ABOUT = "passed_on", "about"  # beside the fields: of a call that is only passed on; whom it is about
BEGUN_BY = "begun_by"  # beside the fields, of a draft that was taken over: who took the call


@dataclass(frozen=True)
class Standing:
    """What a half-written call is so far. A call has a caller, a number, and something that is ours to answer; it
    counts as opened. `about`: the persons it may be about, who never take it over."""

    is_call: bool = False
    is_passed_on: bool = False
    about: frozenset[int] = frozenset()


def save_draft(
    person_id: int, token: str, fields: Mapping[str, Any], now: datetime, standing: Standing | None = None
) -> Draft | None:
    """Keep a form as it stands. The first time it gets the reference that the inquiry will have.

    None where the form has been sent already: what was typed arrived late. Raises NotFound where the token is
    another person's."""
    with db.writing() as tx:
        return _keep(tx, person_id, token, fields, now, standing or Standing())


def park(person_id: int, token: str, fields: Mapping[str, Any], now: datetime, standing: Standing) -> Draft | None:
    """Put a form aside for the next call; it stays in sight, and goes on where it stopped. As `save_draft`."""
    with db.writing() as tx:
        draft = _keep(tx, person_id, token, fields, now, standing)
        if draft is not None:
            draft.parked_at = now
        return draft


def _keep(
    tx: Session, person_id: int, token: str, fields: Mapping[str, Any], now: datetime, standing: Standing
) -> Draft | None:
    _tidy(tx, now)
    if sent_as(tx, token) is not None or is_spent(tx, token):
        return None
    draft = tx.scalar(select(Draft).where(Draft.token == token))
    if draft is None:
        reference = next_reference(tx, now)
        draft = Draft(token=token, reference=reference, person_id=person_id, opened_at=now, fields={}, changed_at=now)
        tx.add(draft)
    elif draft.person_id != person_id:
        raise access.NotFound(token)
    begun = begun_by(draft)
    draft.fields = {
        **{name: given for name, given in fields.items() if name != BEGUN_BY},
        **({BEGUN_BY: [str(begun)]} if begun is not None else {}),
        **({PASSED_ON: ["1"]} if standing.is_passed_on else {}),
        **({ABOUT: [str(each) for each in sorted(standing.about)]} if standing.about else {}),
    }
    draft.is_call, draft.changed_at, draft.parked_at = standing.is_call, now, None
    tx.flush()
    return draft


def keep_sent(tx: Session, inquiry: Inquiry, fields: Mapping[str, Any], now: datetime) -> None:
    """Keep the form of a call that has just been saved, for as long as it may be taken back."""
    draft = Draft(
        token=inquiry.token,
        reference=inquiry.reference,
        person_id=inquiry.logged_by_id,
        opened_at=inquiry.received_at,
        fields=dict(fields),
        changed_at=now,
        is_call=bool(inquiry.caller_name and inquiry.caller_phone),
        undone_inquiry_id=inquiry.id,
    )
    tx.add(draft)


def discard_draft(person_id: int, token: str) -> None:
    """Throw a form away; its reference stays a gap. Nothing happens where there is none."""
    with db.writing() as tx:
        draft = tx.scalar(_open().where(Draft.token == token, Draft.person_id == person_id))
        if draft is not None:
            forget(tx, draft)


def take_over(person_id: int, reference: str, now: datetime) -> None:
    """Go on with a red draft that somebody else began; it is gone from his. Raises NotFound."""
    with db.writing() as tx:
        who = access.actor(tx, person_id, now)
        draft = next((each for each in red_drafts(tx, who, now) if each.reference == reference), None)
        if draft is None:
            raise access.NotFound(reference)
        draft.fields = {BEGUN_BY: [str(draft.person_id)], **draft.fields}  # who was first, however often it is done
        draft.person_id, draft.changed_at = person_id, now


def begun_by(draft: Draft) -> int | None:
    """Who began a draft that was taken over since."""
    return next((int(person_id) for person_id in draft.fields.get(BEGUN_BY, ())), None)


# Who finds which


def _open() -> Select[Draft]:
    """Forms that are not sent, or were taken back."""
    undone = or_(Draft.undone_inquiry_id.is_(None), Inquiry.undone_at.is_not(None))
    return select(Draft).outerjoin(Inquiry, Inquiry.id == Draft.undone_inquiry_id).where(undone)


def drafts_of(tx: Session, person_id: int, now: datetime) -> list[Draft]:
    """The person's unfinished forms, newest first."""
    his = tx.scalars(_open().where(Draft.person_id == person_id).order_by(Draft.changed_at.desc()))
    return [draft for draft in his if not _is_forgotten(draft, now)]


def red_drafts(tx: Session, who: Actor, now: datetime) -> list[Draft]:
    """Calls that nobody has finished writing down in a quarter of an hour, oldest first: for the switchboard and the
    leader of KIS, but never for somebody the call may be about."""
    if Duty.SWITCHBOARD not in who.duties and not who.is_kis_leader:
        return []
    found = _open().where(Draft.is_call, Draft.opened_at <= now - RED_AFTER).order_by(Draft.opened_at)
    return [draft for draft in tx.scalars(found) if str(who.person_id) not in draft.fields.get(ABOUT, ())]


def is_red(draft: Draft, now: datetime) -> bool:
    """Whether a journalist who has called waits for somebody to finish writing it down."""
    return draft.is_call and draft.opened_at <= now - RED_AFTER


# What must not stay


def _tidy(tx: Session, now: datetime) -> None:
    """Take away the forms of saved calls that can no longer be taken back, and what was left of calls that are only
    passed on. Done whenever a draft is written, as nobody else would come by."""
    late = Draft.changed_at <= now - outbox.HELD_FOR
    kept = select(Draft).join(Inquiry, Inquiry.id == Draft.undone_inquiry_id)
    for draft in tx.scalars(kept.where(late, Inquiry.undone_at.is_(None))):
        tx.delete(draft)
    abandoned = _open().where(Draft.is_call.is_(False), Draft.changed_at <= now - FORGOTTEN_AFTER)
    for draft in tx.scalars(abandoned):
        if _is_forgotten(draft, now):
            forget(tx, draft)


def _is_forgotten(draft: Draft, now: datetime) -> bool:
    return PASSED_ON in draft.fields and draft.changed_at <= now - FORGOTTEN_AFTER


def forget(tx: Session, draft: Draft) -> None:
    """Take away a form, and the words of the inquiry it was before it was taken back: it will never be one again."""
    inquiry = tx.scalar(access.unscoped_inquiries().where(Inquiry.id == draft.undone_inquiry_id))
    if inquiry is not None:
        inquiry.caller_name = inquiry.question = inquiry.question_key = ""
        inquiry.caller_phone = inquiry.caller_email = inquiry.deadline_words = inquiry.source_url = None
        card, inquiry.journalist, inquiry.outlet = inquiry.journalist, None, None
        tx.flush()
        others = access.unscoped_inquiries().where(Inquiry.journalist == card).limit(1)
        if card is not None and tx.scalar(others.with_only_columns(Inquiry.id)) is None:
            tx.delete(card)
    tx.delete(draft)


# References and tokens


def next_reference(tx: Session, now: datetime) -> str:
    """PD-2026-0143: the year and the next number in it."""
    year = now.astimezone(OSLO).year
    counter = tx.get(ReferenceCounter, year)
    if counter is None:
        counter = ReferenceCounter(year=year, last=0)
        tx.add(counter)
    counter.last += 1
    return f"PD-{year}-{counter.last:04d}"


def sent_as(tx: Session, token: str) -> Inquiry | None:
    """The inquiry that the form with this token became."""
    return tx.scalar(access.unscoped_inquiries().where(Inquiry.token == token))


def is_spent(tx: Session, token: str) -> bool:
    """Whether the form with this token was sent and left no inquiry of its own."""
    return tx.get(SpentToken, outbox.hash_token(token)) is not None


def spend(tx: Session, token: str, now: datetime) -> None:
    """Remember for a day that the form was sent; an inquiry remembers it itself."""
    today = now.astimezone(OSLO).date()
    tx.execute(delete(SpentToken).where(SpentToken.spent_on < today - timedelta(days=1)))
    tx.add(SpentToken(token_hash=outbox.hash_token(token), spent_on=today))
