"""A call comes in: drafts while typing, the reference, the saved inquiry, and contacts that are only passed on."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from pressedesk import access, db, formats, messages, organisation, outbox, rules
from pressedesk.access import Actor
from pressedesk.desk import stories
from pressedesk.desk.change import Edit
from pressedesk.desk.placing import Placement, Question, place, question_of
from pressedesk.desk.routing import decide
from pressedesk.events import EventKind
from pressedesk.models import (
    ContactCount,
    ContactKind,
    Draft,
    Inquiry,
    Journalist,
    Outlet,
    ReferenceCounter,
    SpentToken,
)
from pressedesk.organisation import Organisation
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.vocabulary import Kind
from pressedesk.workhours import OSLO

WANTS = {
    Kind.PRIVATE: "som privatperson",
    Kind.UNION: "som tillitsvalgt",
    Kind.ELECTED: "som folkevalgt",
    Kind.NOT_MEDIA: "om noe annet enn en pressesak",
}
COUNTED_AS = {
    Kind.PRIVATE: ContactKind.PRIVATE,
    Kind.UNION: ContactKind.UNION,
    Kind.ELECTED: ContactKind.ELECTED,
    Kind.NOT_MEDIA: ContactKind.NOT_MEDIA,
}


@dataclass(frozen=True)
class Call:
    """What was written down of a call. `contact_person_id`: who gets the message where a contact is only passed on."""

    caller_name: str
    question: str
    facts: Facts
    outlet_name: str = ""
    phone: str = ""
    email: str = ""
    deadline_at: datetime | None = None
    deadline_words: str = ""
    unit_id: int | None = None
    addressed_office_id: int | None = None
    contact_person_id: int | None = None
    received_at: datetime | None = None  # when it began, if not now
    source_url: str = ""  # the letter, or the comment on an account of our own
    story_id: int | None = None


@dataclass(frozen=True)
class Logged:
    """What came of logging a call: an inquiry with its reference, or only passed-on contacts (no reference)."""

    reference: str | None
    placement: Placement
    passed_on: tuple[Kind, ...]


def preview(tx: Session, org: Organisation, call: Call, now: datetime) -> Placement:
    """What would be decided if the call were saved now. Writes nothing."""
    return place(tx, org, _question(call, now))


def is_passed_on(facts: Facts) -> bool:
    """Whether nothing of a call is the municipality's to answer, so that it is only passed on."""
    return all(strand.owner is None for strand in rules.route(facts).strands)


def _question(call: Call, now: datetime) -> Question:
    return Question(
        facts=call.facts,
        unit_id=call.unit_id,
        addressed_office_id=call.addressed_office_id,
        received_at=call.received_at or now,
        deadline_at=call.deadline_at,
        promised_at=None,
    )


def save_draft(person_id: int, token: str, fields: dict[str, Any], now: datetime) -> Draft | None:
    """Keep a form as it stands. The first time it gets the reference that the inquiry will have.

    None where the form has been sent already: what was typed arrived late. Raises NotFound where the token is
    another person's."""
    with db.writing() as tx:
        if sent(tx, token) is not None or _is_spent(tx, token):
            return None
        draft = tx.scalar(select(Draft).where(Draft.token == token))
        if draft is None:
            draft = Draft(
                token=token,
                reference=next_reference(tx, now),
                person_id=person_id,
                opened_at=now,
                fields={},
                changed_at=now,
            )
            tx.add(draft)
        elif draft.person_id != person_id:
            raise access.NotFound(token)
        draft.fields, draft.changed_at = fields, now
        return draft


def discard_draft(person_id: int, token: str) -> None:
    """Throw a form away; its reference stays a gap. Nothing happens where there is none."""
    with db.writing() as tx:
        draft = tx.scalar(select(Draft).where(Draft.token == token, Draft.person_id == person_id))
        if draft is not None:
            tx.delete(draft)


def drafts_of(tx: Session, person_id: int) -> list[Draft]:
    """The person's unfinished forms, newest first."""
    return list(tx.scalars(select(Draft).where(Draft.person_id == person_id).order_by(Draft.changed_at.desc())))


def log_call(person_id: int, token: str, call: Call, now: datetime) -> Logged:
    """Save a call: decide it, tell its owners, and count what is only passed on.

    The same `token` twice gives the inquiry that is already there. Where everything is passed on, no row, text or
    reference is kept. Raises Refused for a person who may not log."""
    with db.writing() as tx:
        org = organisation.snapshot(tx, now)
        who = access.actor(tx, person_id, now, org)
        if not access.may(who, access.Do.LOG):
            raise access.Refused("Henvendelser logges av dem som har en oppgave ved pressevakta.")
        saved = sent(tx, token)
        if saved is not None:
            placement = place(tx, org, question_of(tx, saved, now))
            return Logged(saved.reference, placement, placement.outside)
        draft = tx.scalar(select(Draft).where(Draft.token == token, Draft.person_id == person_id))
        received_at = call.received_at or (draft.opened_at if draft else now)
        placement = place(tx, org, _question(replace(call, received_at=received_at), now))
        if _is_spent(tx, token):
            return Logged(None, placement, placement.outside)
        _pass_on(tx, call, placement.outside, now)
        if draft is not None:
            tx.delete(draft)
        if not placement.strands:
            _spend(tx, token, now)
            return Logged(None, placement, placement.outside)
        reference = draft.reference if draft else next_reference(tx, now)
        inquiry = new_inquiry(tx, who, reference, token, call, received_at, placement, now)
        edit = Edit(tx, who, now, org, inquiry)
        edit.record(EventKind.LOGGED, reference=reference)
        stories.enter(edit, call.story_id)
        return Logged(reference, decide(edit, placement), placement.outside)


def sent(tx: Session, token: str) -> Inquiry | None:
    """The inquiry that the form with this token became."""
    return tx.scalar(access.unscoped_inquiries().where(Inquiry.token == token))


def _is_spent(tx: Session, token: str) -> bool:
    return tx.get(SpentToken, outbox.hash_token(token)) is not None


def _spend(tx: Session, token: str, now: datetime) -> None:
    """Remember for a day that the form was sent; an inquiry remembers it itself."""
    today = now.astimezone(OSLO).date()
    tx.execute(delete(SpentToken).where(SpentToken.spent_on < today - timedelta(days=1)))
    tx.add(SpentToken(token_hash=outbox.hash_token(token), spent_on=today))


def new_inquiry(
    tx: Session,
    who: Actor,
    reference: str,
    token: str,
    call: Call,
    received_at: datetime,
    placement: Placement,
    now: datetime,
) -> Inquiry:
    """The row of a call, with its journalist's card; decided by whoever asks for it."""
    journalist = _journalist(tx, call)
    inquiry = Inquiry(
        reference=reference,
        token=token,
        logged_by_id=who.person_id,
        received_at=received_at,
        logged_at=now,
        journalist=journalist,
        caller_name=call.caller_name,
        outlet=journalist.outlet,
        caller_phone=call.phone or None,
        caller_email=call.email or None,
        question=call.question,
        question_key=formats.name_key(call.question),
        deadline_at=call.deadline_at,
        deadline_words=call.deadline_words or None,
        promised_at=placement.promise_at,
        unit_id=call.unit_id,
        addressed_office_id=call.addressed_office_id,
        facts=call.facts.to_json(),
        source_url=call.source_url or None,
        changed_at=now,
    )
    tx.add(inquiry)
    tx.flush()
    return inquiry


def _journalist(tx: Session, call: Call) -> Journalist:
    """The contact card of the caller: found by name and newsroom, else made. A new number replaces the old."""
    outlet = None
    if call.outlet_name:
        key = formats.name_key(call.outlet_name)
        outlet = tx.scalar(select(Outlet).where(Outlet.key == key))
        if outlet is None:
            outlet = Outlet(name=call.outlet_name, key=key)
            tx.add(outlet)
            tx.flush()
    key = formats.name_key(call.caller_name)
    same = Journalist.outlet_id.is_(None) if outlet is None else Journalist.outlet_id == outlet.id
    journalist = tx.scalar(select(Journalist).where(Journalist.key == key, same))
    if journalist is None:
        journalist = Journalist(name=call.caller_name, key=key, outlet=outlet)
        tx.add(journalist)
    if call.phone:
        journalist.phone, journalist.phone_key = call.phone, formats.phone_key(call.phone)
    if call.email:
        journalist.email = call.email
    return journalist


def _pass_on(tx: Session, call: Call, outside: tuple[Kind, ...], now: datetime) -> None:
    """Count the contacts and send word to the person asked for. Nothing else of the call is kept."""
    day_on = now.astimezone(OSLO).date()
    for kind in outside:
        counted = tx.get(ContactCount, (day_on, COUNTED_AS[kind]))
        if counted is None:
            tx.add(ContactCount(day_on=day_on, kind=COUNTED_AS[kind], n=1))
        else:
            counted.n += 1
    if outside and call.contact_person_id is not None:
        caller = messages.Caller(call.caller_name, call.outlet_name, call.phone, call.email, WANTS[outside[0]])
        outbox.enqueue_contact(tx, call.contact_person_id, caller, now)


def next_reference(tx: Session, now: datetime) -> str:
    """PD-2026-0143: the year and the next number in it."""
    year = now.astimezone(OSLO).year
    counter = tx.get(ReferenceCounter, year)
    if counter is None:
        counter = ReferenceCounter(year=year, last=0)
        tx.add(counter)
    counter.last += 1
    return f"PD-{year}-{counter.last:04d}"
