"""Joining inquiries of one journalist to one, and splitting a second question off into an inquiry of its own."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from pressedesk import access, formats, outbox
from pressedesk.access import Do, Refused
from pressedesk.desk import joined, offers, promising, stories, waiting
from pressedesk.desk.change import Edit, change_inquiry
from pressedesk.desk.chips import LEVEL_OF
from pressedesk.desk.drafts import next_reference
from pressedesk.desk.routing import decide
from pressedesk.events import EventKind
from pressedesk.models import Inquiry, MessageKind, Restriction
from pressedesk.outbox import Occasion
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.vocabulary import Ask, Known
from pressedesk.workflow import OPEN, Action


def join(person_id: int, reference: str, other: str, seen: int, now: datetime) -> str:
    """Two inquiries become one: the newer is joined into the older, whose clock counts. The reference of the older.

    The newer one's open strands lapse, its question is kept and stands on the page of the older, and a deadline or a
    promise of it that is sooner is the older's from now on. `seen` is the version of the inquiry `reference`. Raises
    NotFound (for either), Refused, Stale."""
    with change_inquiry(person_id, reference, seen, now, Do.JOIN) as edit:
        second = access.visible_inquiry(edit.tx, edit.who, other)
        access.demand(edit.who, Do.JOIN, second)
        _check_pair(edit.inquiry, second)
        beside = edit.beside(second)
        older, newer = sorted((edit, beside), key=lambda each: (each.inquiry.received_at, each.inquiry.id))
        for each in (older, newer):
            _check_joinable(each.inquiry)
        _tell_of_joining(older, newer)
        for strand in newer.inquiry.strands:
            if strand.state in OPEN:
                newer.move(strand, Action.LAPSE)
                offers.withdraw_open(newer, strand)
                waiting.withdraw_all(newer, strand)
                promising.finish(newer, strand)
                outbox.cancel(newer.tx, strand, now)
        newer.inquiry.joined_into_id = older.inquiry.id
        if older.inquiry.story_id is None:
            stories.enter(older, newer.inquiry.story_id)
        newer.record(EventKind.JOINED, other=older.inquiry.id)
        older.record(EventKind.JOINED, other=newer.inquiry.id)
        if _hasten(older.inquiry, newer.inquiry):
            decide(older)
        return older.inquiry.reference


def part(person_id: int, reference: str, seen: int, now: datetime) -> None:
    """Undo the joining: the inquiry `reference` stands on its own again, and its strands are told anew.

    What became sooner for the older one stays. Raises NotFound, Refused, Stale."""
    with change_inquiry(person_id, reference, seen, now, Do.JOIN) as edit:
        if edit.inquiry.joined_into_id is None:
            raise Refused("Saken er ikke slått sammen med en annen.")
        joined.leave(edit)
        decide(edit)


def _check_pair(one: Inquiry, other: Inquiry) -> None:
    """Both are for the same eyes: whoever has the one is to read the other. Raises Refused."""
    if one.id == other.id:
        raise Refused("Velg en annen sak enn denne.")
    if joined.differ_in_restriction(one, other):
        raise Refused("Den ene saken er begrenset. Da kan de ikke slås sammen.")
    if joined.differ_in_subject(one, other):
        raise Refused("Den ene saken gjelder en leder og er lukket for vedkommende. Da kan de ikke slås sammen.")


def _check_joinable(inquiry: Inquiry) -> None:
    if inquiry.joined_into_id is not None:
        raise Refused(f"{inquiry.reference} er alt slått sammen med en annen.")
    if not any(strand.state in OPEN for strand in inquiry.strands):
        raise Refused(f"{inquiry.reference} har ingenting som venter på svar.")


def _tell_of_joining(older: Edit, newer: Edit) -> None:
    """Whoever has the older one is told that there is more in it; whoever only had the newer, that it is not his."""
    has, had = (
        {strand.taken_by_id or strand.acting_id for strand in each.inquiry.strands if strand.state in OPEN}
        for each in (older, newer)
    )
    has_it, had_it = ({person_id for person_id in each if person_id is not None} for each in (has, had))
    me = {older.who.person_id}
    key = f"joined:{newer.inquiry.id}:{older.inquiry.id}:{newer.inquiry.version}"
    outbox.enqueue(older.tx, Occasion(key, MessageKind.ADDED, older.inquiry), sorted(has_it - me), older.now)
    gone = Occasion(f"{key}:gone", MessageKind.CHANGED, newer.inquiry)
    outbox.enqueue(newer.tx, gone, sorted(had_it - has_it - me), newer.now)


def _hasten(older: Inquiry, newer: Inquiry) -> bool:
    """Give the older one the sooner deadline and the sooner promise of the two. Whether something changed."""
    before = older.deadline_at, older.promised_at
    if newer.deadline_at is not None and (older.deadline_at is None or newer.deadline_at < older.deadline_at):
        older.deadline_at, older.deadline_words = newer.deadline_at, newer.deadline_words
    if older.promised_at is not None and newer.promised_at is not None:
        older.promised_at = min(older.promised_at, newer.promised_at)
    return before != (older.deadline_at, older.promised_at)


@dataclass(frozen=True)
class Second:
    """A second question of the same call, with what is known of it."""

    question: str
    unit_id: int | None
    asks: frozenset[Ask]
    personnel: Known
    client_case: Known


def split(person_id: int, reference: str, seen: int, second: Second, now: datetime) -> str:
    """A second question becomes an inquiry of its own: the same caller, receipt, deadline and promise; decided and
    told as a new one. Its reference.

    What was split off a restricted inquiry is restricted until its owner has said. Raises NotFound, Refused, Stale."""
    with change_inquiry(person_id, reference, seen, now, Do.JOIN) as edit:
        inquiry = _split_off(edit, second)
        edit.record(EventKind.SPLIT, other=inquiry.id)
        new = edit.beside(inquiry)
        new.record(EventKind.LOGGED, reference=inquiry.reference)
        new.record(EventKind.SPLIT, other=edit.inquiry.id, is_new=True)
        decide(new)
        return inquiry.reference


def _split_off(edit: Edit, second: Second) -> Inquiry:
    """The row of the new inquiry."""
    old = edit.inquiry
    is_restricted = old.restriction is not Restriction.NONE
    inquiry = Inquiry(
        reference=next_reference(edit.tx, edit.now),
        token=secrets.token_urlsafe(24),
        logged_by_id=edit.who.person_id,
        received_at=old.received_at,
        logged_at=edit.now,
        journalist_id=old.journalist_id,
        caller_name=old.caller_name,
        outlet_id=old.outlet_id,
        caller_phone=old.caller_phone,
        caller_email=old.caller_email,
        question=second.question,
        question_key=formats.name_key(second.question),
        deadline_at=old.deadline_at,
        deadline_words=old.deadline_words,
        promised_at=old.promised_at,
        unit_id=second.unit_id,
        addressed_office_id=old.addressed_office_id if second.unit_id == old.unit_id else None,
        facts=_facts(edit, second).to_json(),
        restriction=Restriction.UNCONFIRMED if is_restricted else Restriction.NONE,
        is_afterwards=old.is_afterwards,
        source_url=old.source_url,
        split_from_id=old.id,
        changed_at=edit.now,
    )
    edit.tx.add(inquiry)
    edit.tx.flush()
    return inquiry


def _facts(edit: Edit, second: Second) -> Facts:
    """What was known of the call, with what is another's in the second question. Of another unit, it is about nobody
    in particular and nobody there was asked for."""
    old, unit = Facts.from_json(edit.inquiry.facts), edit.org.units.get(second.unit_id or 0)
    same_unit = second.unit_id == edit.inquiry.unit_id
    level = old.level if same_unit else LEVEL_OF[unit.kind] if unit else None
    return replace(
        old,
        asks=second.asks,
        level=level,
        addressed=old.addressed if same_unit else None,
        subject=old.subject if same_unit else None,
        personnel=second.personnel,
        client_case=second.client_case,
    )
