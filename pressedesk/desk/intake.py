"""A call comes in: the saved inquiry, and contacts that are only passed on. The form before it: drafts.py."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from pressedesk import access, db, formats, messages, organisation, outbox, rules
from pressedesk.access import Actor
from pressedesk.desk import drafts, silence, stories, undoing
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
    Silence,
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
    passed_by: frozenset[int] = frozenset()  # who did not answer the telephone when the desk tried


@dataclass(frozen=True)
class Logged:
    """What came of logging a call: an inquiry with its reference, or only passed-on contacts (no reference).

    `undo_until_at`: so long it can be taken back, where it can at all."""

    reference: str | None
    placement: Placement
    passed_on: tuple[Kind, ...]
    undo_until_at: datetime | None = None


class Undone(Exception):
    """The form was sent and taken back since; the call goes on in the draft with this reference."""

    def __init__(self, reference: str) -> None:
        super().__init__(reference)
        self.reference = reference


@dataclass(frozen=True)
class Arrival:
    """A call about to be saved, in the transaction that saves it: by whom, from which form, and where it goes.

    `saved`: what the same form became before."""

    tx: Session
    who: Actor
    org: Organisation
    now: datetime
    token: str
    call: Call
    draft: Draft | None
    placement: Placement
    saved: Inquiry | None
    is_new: bool

    def logged(self, undo_until_at: datetime | None = None) -> Logged:
        """What came of it."""
        inquiry = self.saved or drafts.sent_as(self.tx, self.token)
        return Logged(inquiry.reference if inquiry else None, self.placement, self.placement.outside, undo_until_at)


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
        passed_by=call.passed_by,
    )


def log_call(person_id: int, token: str, call: Call, now: datetime, typed: Mapping[str, Any] | None = None) -> Logged:
    """Save a call: decide it, tell its owners, and count what is only passed on.

    The same `token` twice gives the inquiry that is already there. Where everything is passed on, no row, text or
    reference is kept. With `typed`, the form as it was sent, the messages wait a little unless it is urgent, and until
    then the call can be taken back. Raises Refused for a person who may not log, or whose draft another has taken over,
    and Undone."""
    with db.writing() as tx:
        arrival = receive(tx, person_id, token, call, now)
        edit = keep(arrival) if arrival.is_new else None
        if edit is None:
            return arrival.logged()
        decide(edit, arrival.placement)
        tell_above_the_silent(edit, call)
        if typed is None or _is_urgent(arrival) or arrival.placement.outside:
            return arrival.logged()
        until_at = now + outbox.HELD_FOR
        outbox.hold(tx, edit.inquiry, until_at)
        drafts.keep_sent(tx, edit.inquiry, typed, now)
        return arrival.logged(until_at)


def receive(tx: Session, person_id: int, token: str, call: Call, now: datetime) -> Arrival:
    """Everything that saving a call needs to know. Writes nothing. Raises as `log_call`."""
    org = organisation.snapshot(tx, now)
    who = access.actor(tx, person_id, now, org)
    if not access.may(who, access.Do.LOG):
        raise access.Refused("Henvendelser logges av dem som har en oppgave ved pressevakta.")
    saved = drafts.sent_as(tx, token)
    if saved is not None and saved.undone_at is not None:
        raise Undone(saved.reference)
    draft = None if saved else tx.scalar(select(Draft).where(Draft.token == token))
    if draft is not None and draft.person_id != person_id:
        raise access.Refused("En annen har tatt over denne kladden og skriver videre på den.")
    call = replace(call, received_at=call.received_at or (draft.opened_at if draft else now))
    placement = place(tx, org, question_of(tx, saved, now) if saved else _question(call, now))
    is_new = saved is None and not drafts.is_spent(tx, token)
    return Arrival(tx, who, org, now, token, call, draft, placement, saved, is_new)


def keep(arrival: Arrival) -> Edit | None:
    """Pass on what is not the municipality's, and write the inquiry. It is not decided yet; the form is gone.

    None where everything was passed on."""
    tx, call, draft, now = arrival.tx, arrival.call, arrival.draft, arrival.now
    _pass_on(tx, call, arrival.placement.outside, now)
    if not arrival.placement.strands:
        if draft is not None:
            drafts.forget(tx, draft)
        drafts.spend(tx, arrival.token, now)
        return None
    inquiry = _inquiry(arrival)
    begun = drafts.begun_by(draft) if draft is not None else None
    if draft is not None:
        tx.delete(draft)
        tx.flush()
    edit = Edit(tx, arrival.who, now, arrival.org, inquiry)
    took_the_call: dict[str, Any] = {} if begun is None else {"person": begun}
    edit.record(EventKind.LOGGED, reference=inquiry.reference, **took_the_call)
    stories.enter(edit, call.story_id)
    _note_silence(edit, call, arrival.placement)
    return edit


def _note_silence(edit: Edit, call: Call, placement: Placement) -> None:
    """Who did not answer when the desk rang, and who gets it instead."""
    reached = [placed.reached.person_id for placed in placement.strands if placed.reached]
    for silent in sorted(call.passed_by & edit.org.people.keys()):
        until_at = edit.now + silence.LASTS
        edit.tx.add(Silence(inquiry_id=edit.inquiry.id, person_id=silent, from_at=edit.now, until_at=until_at))
        if silent not in reached:
            edit.record(EventKind.PASSED_BY, person=silent, to_person=next(iter(reached), None))


def tell_above_the_silent(edit: Edit, call: Call) -> None:
    """Where nobody but the one who did not answer is there, the next above is told too. To be called when decided."""
    for strand in edit.inquiry.strands:
        if strand.acting_id in call.passed_by:
            silence.tell_above(edit, strand)


def _is_urgent(arrival: Arrival) -> bool:
    """Whether word of it must leave at once: an accusation, a crisis, or due within the hour."""
    placed = arrival.placement.strands
    soon = any(each.due_at is not None and each.due_at - arrival.now <= outbox.URGENT_WITHIN for each in placed)
    return soon or arrival.placement.facts.accusation or any(each.kind is Kind.CRISIS for each in placed)


def _inquiry(arrival: Arrival) -> Inquiry:
    """The row of a call: a new one, or the one that was taken back, filled again under the same reference."""
    tx, call, draft, now = arrival.tx, arrival.call, arrival.draft, arrival.now
    inquiry = undoing.undone_of(tx, draft, now) if draft else None
    if inquiry is None:
        reference = draft.reference if draft else drafts.next_reference(tx, now)
        inquiry = Inquiry(reference=reference)
    journalist = _journalist(tx, call)
    inquiry.token = arrival.token
    inquiry.logged_by_id = arrival.who.person_id
    inquiry.received_at, inquiry.logged_at, inquiry.changed_at = call.received_at or now, now, now
    inquiry.journalist, inquiry.outlet = journalist, journalist.outlet
    inquiry.caller_name = call.caller_name
    inquiry.caller_phone, inquiry.caller_email = call.phone or None, call.email or None
    inquiry.question, inquiry.question_key = call.question, formats.name_key(call.question)
    inquiry.deadline_at, inquiry.deadline_words = call.deadline_at, call.deadline_words or None
    inquiry.promised_at = arrival.placement.promise_at
    inquiry.unit_id, inquiry.addressed_office_id = call.unit_id, call.addressed_office_id
    inquiry.facts = call.facts.to_json()
    inquiry.source_url = call.source_url or None
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
