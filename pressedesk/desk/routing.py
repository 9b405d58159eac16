"""A decision is made and stored: its strands get their owners and clocks, and those concerned are told."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from pressedesk import access, db, organisation, outbox, rules
from pressedesk.desk import joined, offers, promising, stories, waiting
from pressedesk.desk.change import Edit, Stale
from pressedesk.desk.clarifying import Clarifying, is_for_few, is_with_kis
from pressedesk.desk.placing import Placed, Placement, place, question_of
from pressedesk.events import EventKind
from pressedesk.models import (
    CoOwner,
    DecisionRecord,
    Exclusion,
    Inquiry,
    MessageKind,
    Restriction,
    Strand,
)
from pressedesk.organisation import OfficeRow, Organisation, Reached
from pressedesk.outbox import Occasion
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.vocabulary import NO, UNKNOWN, Kind, Level, Role
from pressedesk.workflow import OPEN, Action, State


def decide(
    edit: Edit, placement: Placement | None = None, first_word: MessageKind | None = MessageKind.REMINDER
) -> Placement:
    """Decide the inquiry by its facts as they stand now, beside whatever was decided before, and tell those concerned.
    `placement` is what `place` has just found of it, if somebody has asked already.

    Finished strands are left alone; open ones move to their new owner or lapse. `first_word` of the leading strand to
    its owner: another where the caller is put through to him, none where the desk has answered already."""
    placement = placement or place(edit.tx, edit.org, question_of(edit.tx, edit.inquiry, edit.now))
    _store_decision(edit, placement)
    _set_eyes(edit.inquiry, placement.facts)
    stories.keep_for_few(edit)
    joined.leave_if_unlike(edit)
    for newer in joined.unlike(edit):
        decide(newer)
    if edit.inquiry.joined_into_id is not None:  # it is answered in the one it was joined into
        return placement
    kept = {strand.kind: strand for strand in edit.inquiry.strands}
    for position, placed in enumerate(placement.strands):
        strand = kept.pop(placed.kind, None)
        word = MessageKind.REMINDER if position else first_word
        if _was_answered_across(edit.inquiry, placed) and (strand is None or strand.state is State.LAPSED):
            continue
        if strand is None:
            _tell(edit, _new_strand(edit, placed, position), placed, placement, word)
        elif strand.state in OPEN or strand.state is State.LAPSED:
            _rework(edit, strand, placed, position, placement, word)
    for gone in kept.values():
        if gone.state in OPEN:
            _lapse(edit, gone, placement)
    _ask_nobody_it_is_about(edit)
    _inform(edit, placement)
    return placement


def _ask_nobody_it_is_about(edit: Edit) -> None:
    """Whoever it turns out to be about is neither waited for nor offered it any longer: it is closed to him."""
    excluded = {each.person_id for each in edit.inquiry.exclusions}
    for strand in edit.inquiry.strands:
        handover = offers.open_offer(strand)
        if handover is not None and handover.to_person_id in excluded:
            offers.withdraw_open(edit, strand)
        for request in strand.requests:
            if request.is_waiting and request.person_id in excluded:
                waiting.withdraw(edit, strand, request)
        waiting.settle(edit, strand)


def _was_answered_across(inquiry: Inquiry, placed: Placed) -> bool:
    """Whether what is asked was dealt with on the other side of the crisis switch: then nobody is asked again."""
    if placed.kind is Kind.DOCUMENTS:
        return False
    asked = [strand for strand in inquiry.strands if strand.kind is not Kind.DOCUMENTS]
    across = {strand.state for strand in asked if (strand.kind is Kind.CRISIS) != (placed.kind is Kind.CRISIS)}
    return bool(across & {State.ANSWERED, State.CLOSED}) and not across & OPEN


def _lapse(edit: Edit, gone: Strand, placement: Placement) -> None:
    """A decision has no such strand any longer; whoever had taken it hears so, unless the new owner is he."""
    owners = {placed.reached.person_id for placed in placement.strands if placed.reached}
    edit.move(gone, Action.LAPSE)
    offers.withdraw_open(edit, gone)
    promising.finish(edit, gone)
    waiting.withdraw_all(edit, gone)
    outbox.cancel(edit.tx, gone, edit.now)
    edit.record(EventKind.LAPSED, gone)
    if gone.taken_by_id is not None and gone.taken_by_id not in owners | {edit.who.person_id}:
        occasion = Occasion(f"changed:{gone.id}:{gone.due_version}:lapsed", MessageKind.CHANGED, edit.inquiry)
        outbox.enqueue(edit.tx, occasion, [gone.taken_by_id], edit.now)


def decide_untold(edit: Edit, placement: Placement) -> None:
    """Decide what was answered before it was logged: its strands have owners, and nobody is told or chased."""
    _store_decision(edit, placement)
    _set_eyes(edit.inquiry, placement.facts)
    for position, placed in enumerate(placement.strands):
        _assign(_new_strand(edit, placed, position), placed)
    edit.tx.flush()


def decide_if_outdated(person_id: int, reference: str, now: datetime) -> None:
    """Before anything is taken or answered: what was decided under another version of the regulation, or before the
    crisis switch was turned, is decided again, both decisions stay, and whoever acts is shown the difference first.
    Raises Stale then, and NotFound."""
    if not _is_outdated(reference, now):
        return
    with db.writing() as tx:
        org = organisation.snapshot(tx, now)
        who = access.actor(tx, person_id, now, org)
        inquiry = access.visible_inquiry(tx, who, reference)
        decide_again(Edit(tx, who, now, org, inquiry))
        inquiry.changed_at = now
    raise Stale


def decide_again(edit: Edit) -> None:
    """Decide once more by the regulation and the crisis switch as they are now. What crisis leadership gave back, it
    gave back in its own crisis: a switch that has been turned since makes that void."""
    if edit.inquiry.decisions[-1].facts.get("crisis", False) is not edit.org.is_crisis:
        edit.inquiry.facts = replace(Facts.from_json(edit.inquiry.facts), crisis_released=False).to_json()
    decide(edit)


def _is_outdated(reference: str, now: datetime) -> bool:
    this = access.unscoped_inquiries().where(Inquiry.reference == reference).with_only_columns(Inquiry.id)
    last = select(DecisionRecord.regulation).where(DecisionRecord.inquiry_id == this.scalar_subquery())
    with db.reading() as tx:
        version = tx.scalar(last.order_by(DecisionRecord.id.desc()).limit(1))
        turned = decided_before_the_switch(tx, now).where(DecisionRecord.inquiry_id == this.scalar_subquery())
        return version not in (None, rules.VERSION) or tx.scalar(turned) is not None


def decided_before_the_switch(tx: Session, now: datetime) -> Select[int]:
    """The inquiries with something open that were last decided before the crisis switch was turned, by id."""
    is_crisis = tx.execute(organisation.CRISES, {"at": now}).first() is not None
    is_open = access.unscoped_strands().where(Strand.state.in_(OPEN), Inquiry.undone_at.is_(None))
    of_open = DecisionRecord.inquiry_id.in_(is_open.with_only_columns(Strand.inquiry_id))
    last = select(func.max(DecisionRecord.id)).where(of_open).group_by(DecisionRecord.inquiry_id)
    was_crisis = func.coalesce(DecisionRecord.facts["crisis"].as_boolean(), False)
    return select(DecisionRecord.inquiry_id).where(DecisionRecord.id.in_(last), was_crisis != is_crisis)


def _store_decision(edit: Edit, placement: Placement) -> None:
    inquiry = edit.inquiry
    edit.tx.add(
        DecisionRecord(
            inquiry_id=inquiry.id,
            made_at=edit.now,
            made_by_id=edit.who.person_id,
            regulation=placement.decision.regulation,
            facts=placement.facts.to_json(),
            decision=placement.decision.to_json(),
        )
    )
    inquiry.subject_office_id = placement.subject_office_id
    known = {exclusion.person_id for exclusion in inquiry.exclusions}
    inquiry.exclusions.extend(Exclusion(person_id=person_id) for person_id in placement.excluded - known)
    offices = {office.id for role in placement.decision.co_owners for office in _co_owning(edit.org, inquiry, role)}
    offices -= {placed.office.id for placed in placement.strands if placed.office}
    for co_owner in list(inquiry.co_owners):
        if co_owner.office_id not in offices:
            edit.tx.delete(co_owner)
    known = {co_owner.office_id for co_owner in inquiry.co_owners}
    inquiry.co_owners.extend(CoOwner(office_id=office_id) for office_id in offices - known)
    edit.record(EventKind.DECIDED, regulation=placement.decision.regulation, points=list(placement.decision.points))


def _co_owning(org: Organisation, inquiry: Inquiry, role: Role) -> Iterable[OfficeRow]:
    """At cross_area every kommunalsjef co-owns (A16); elsewhere the one office that the role means here."""
    if role is Role.KOMMUNALSJEF and Facts.from_json(inquiry.facts).level is Level.CROSS_AREA:
        return org.every(role)
    office = org.office(role, inquiry.unit_id, inquiry.addressed_office_id)
    return [office] if office else []


def _set_eyes(inquiry: Inquiry, facts: Facts) -> None:
    """A personnel or client case is for few eyes at once; while nobody has said, only the text is."""
    client = NO if facts.case_public else facts.client_case
    if is_for_few(facts):
        inquiry.text_is_held = False
        if inquiry.restriction is Restriction.NONE:
            inquiry.restriction = Restriction.UNCONFIRMED
    else:
        inquiry.text_is_held = facts.personnel is UNKNOWN or client is UNKNOWN


def _new_strand(edit: Edit, placed: Placed, position: int) -> Strand:
    strand = Strand(
        inquiry_id=edit.inquiry.id,
        position=position,
        kind=placed.kind,
        state=State.NEW,
        outcome=placed.outcome,
        received_at=edit.inquiry.received_at,
        logged_at=edit.inquiry.logged_at,
        unit_id=edit.inquiry.unit_id,
        due_version=1,
        changed_at=edit.now,
    )
    strand.inquiry = edit.inquiry
    edit.tx.add(strand)
    return strand


def _rework(
    edit: Edit, strand: Strand, placed: Placed, position: int, placement: Placement, word: MessageKind | None
) -> None:
    """An open strand under a new decision: the same owner keeps it, another is told."""
    strand.position = position
    strand.unit_id = edit.inquiry.unit_id
    same_owner = strand.state in OPEN and strand.owner_office_id == (placed.office.id if placed.office else None)
    is_clarified = is_with_kis(strand) and placed.clarifying is None
    if same_owner and strand.due_at == placed.due_at and not is_clarified:
        strand.outcome, strand.owner_role = placed.outcome, placed.role
        return
    before, previous = strand.owner_office_id, None if is_with_kis(strand) else strand.acting_id
    outbox.cancel(edit.tx, strand, edit.now)
    strand.due_version += 1
    if same_owner and strand.state is State.NEW:
        _tell(edit, strand, placed, placement, word)
        return
    if same_owner:
        _tell_due(edit, strand, placed, placement)
        return
    edit.move(strand, Action.MOVE)
    offers.withdraw_open(edit, strand)
    waiting.withdraw_all(edit, strand)
    strand.taken_by_id = None
    edit.record(EventKind.MOVED, strand, old=before, new=placed.office.id if placed.office else None)
    if previous is not None and previous != (placed.reached.person_id if placed.reached else None):
        occasion = Occasion(f"changed:{strand.id}:{strand.due_version}", MessageKind.CHANGED, edit.inquiry)
        outbox.enqueue(edit.tx, occasion, [previous], edit.now)
    _tell(edit, strand, placed, placement, word)


def _tell_due(edit: Edit, strand: Strand, placed: Placed, placement: Placement) -> None:
    """The same owner, another due time: a new ledger, and word of it to whoever has the strand.

    It also stands in for what was not yet sent when the old due time was cancelled."""
    _assign(strand, placed)
    reminder = outbox.plan(edit.tx, strand, placement.calendar, placement.facts.accusation, edit.now)
    has_it = strand.taken_by_id or strand.acting_id
    if has_it not in (None, edit.who.person_id):
        occasion = Occasion(f"reminder:{reminder.id}", MessageKind.DUE_MOVED, edit.inquiry, strand, reminder)
        outbox.enqueue(edit.tx, occasion, [has_it], edit.now)


def _assign(strand: Strand, placed: Placed) -> None:
    strand.outcome = placed.outcome
    strand.clock = placed.clock
    strand.owner_role = placed.role
    strand.owner_office_id = placed.office.id if placed.office else None
    strand.acting_id = placed.reached.person_id if placed.reached else None
    strand.resolution = way_to(placed.reached)
    strand.due_at = placed.due_at
    strand.first_due_at = min(filter(None, (strand.first_due_at, placed.due_at)), default=None)
    strand.due_trace = list(placed.due_trace)


def way_to(reached: Reached | None) -> list[dict[str, Any]]:
    """How a person was found, as it is stored with the strand."""
    return [
        {
            "presence": found.presence.value,
            "person_id": found.person_id,
            "name": found.name,
            "until_at": found.until_at.isoformat() if found.until_at else None,
        }
        for found in (reached.trace if reached else ())
    ]


def _tell(edit: Edit, strand: Strand, placed: Placed, placement: Placement, word: MessageKind | None) -> None:
    """Give the strand to the office it was placed in, write its ledger and send word; nobody there is red."""
    _assign(strand, placed)
    edit.tx.flush()
    if word is None:
        return
    if placed.clarifying is not None and word is MessageKind.REMINDER:
        _ask_kis_first(edit, strand, placed.clarifying, placement)
        return
    reminder = outbox.plan(edit.tx, strand, placement.calendar, placement.facts.accusation, edit.now)
    if strand.acting_id is None:
        occasion = Occasion(
            f"unreachable:{strand.id}:{strand.due_version}", MessageKind.UNREACHABLE, edit.inquiry, strand
        )
        needed = [] if _was_turned_over(edit, placed) else in_need(edit.org, placement.excluded)
        outbox.enqueue(edit.tx, occasion, needed, edit.now)
        return
    occasion = Occasion(f"reminder:{reminder.id}", word, edit.inquiry, strand, reminder)
    is_one_of_many = _was_turned_over(edit, placed) or stories.is_told(edit, strand.acting_id)
    has_heard = word is MessageKind.REMINDER and is_one_of_many
    outbox.enqueue(edit.tx, occasion, [] if has_heard else [strand.acting_id], edit.now)
    edit.move(strand, Action.TELL)
    heard = {"story": edit.inquiry.story_id} if has_heard and edit.inquiry.story_id else {}
    edit.record(EventKind.TOLD, strand, office=strand.owner_office_id, person=strand.acting_id, **heard)


def _was_turned_over(edit: Edit, placed: Placed) -> bool:
    """Whether it came before the crisis: crisis leadership hears of all of those at once, when it is established."""
    crisis = edit.org.crisis
    return placed.kind is Kind.CRISIS and crisis is not None and edit.inquiry.logged_at < crisis.started_at


def _ask_kis_first(edit: Edit, strand: Strand, clarifying: Clarifying, placement: Placement) -> None:
    """KIS is asked where it belongs. The owner hears of it when the first step of the ledger is due."""
    until_at = clarifying.until_at
    outbox.plan_later(edit.tx, strand, placement.calendar, placement.facts.accusation, until_at)
    occasion = Occasion(f"clarify:{strand.id}:{strand.due_version}", MessageKind.CLARIFY, edit.inquiry, strand)
    outbox.enqueue(edit.tx, occasion, clarifying.person_ids, edit.now)
    persons = list(clarifying.person_ids)
    edit.record(EventKind.ASKED_TO_CLARIFY, strand, persons=persons, until_at=until_at.isoformat())


def in_need(org: Organisation, excluded: frozenset[int]) -> list[int]:
    """Whom to tell when nobody can be reached: rådmann and the leader of KIS, whoever acts for them."""
    offices = [*org.every(Role.RADMANN), *([org.kis_leader] if org.kis_leader else [])]
    reached = [org.reach(office.id, excluded).person_id for office in offices]
    return [person_id for person_id in reached if person_id is not None]


def _inform(edit: Edit, placement: Placement) -> None:
    """Send word to those who are only to know of it (3.3, A1), once an inquiry; an owner knows already."""
    if any(_was_turned_over(edit, placed) for placed in placement.strands):
        return
    owners = {placed.reached.person_id for placed in placement.strands if placed.reached}
    for role in placement.decision.inform:
        office = edit.org.office(role, edit.inquiry.unit_id)
        person_id = edit.org.reach(office.id, placement.excluded).person_id if office else None
        if person_id is not None and person_id not in owners:
            occasion = Occasion(f"inform:{edit.inquiry.id}:{role}", MessageKind.INFORM, edit.inquiry)
            outbox.enqueue(edit.tx, occasion, [person_id], edit.now)
