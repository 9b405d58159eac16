"""Passing on, as a handshake: somebody offers a strand, and it stays with whoever has it until the receiver takes it.

«Ikke min» without knowing whose it is asks KIS, who finds the unit. Which office a unit means is never chosen here:
only the regulation says which role answers (`rules.route`)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from pressedesk import access, outbox
from pressedesk.access import Actor, Do, Refused, Relation, relations
from pressedesk.desk import offers, silence
from pressedesk.desk.change import Edit, NotNow, Stale, change_strand
from pressedesk.desk.chips import LEVEL_OF
from pressedesk.desk.clarifying import of_kis
from pressedesk.desk.handling import CHASES_THE_SILENT
from pressedesk.desk.placing import Placement, place, question_of
from pressedesk.desk.routing import decide, decide_if_outdated
from pressedesk.events import EventKind
from pressedesk.formats import clean_line, name_key
from pressedesk.models import (
    Duty,
    Handover,
    HandoverState,
    Inquiry,
    MessageKind,
    Note,
    Restriction,
    Strand,
    TopicProposal,
)
from pressedesk.organisation import Organisation, PersonRow, UnitRow
from pressedesk.outbox import Occasion
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.vocabulary import NO, Level, Role
from pressedesk.workflow import OPEN, UNTAKEN, Action

WITH_THE_CASE = frozenset({Relation.OWNER, Relation.LINE, Relation.RADMANN, Relation.KIS_LEADER})
FINDS_OUT = frozenset({Relation.KIS_LEADER, Relation.KIS_ADVISER})


@dataclass(frozen=True)
class Receiver:
    """To whom a strand is offered: the office that the unit means with the person reached there, or a colleague."""

    person_id: int
    unit_id: int | None = None
    office_id: int | None = None


def offer(
    person_id: int,
    reference: str,
    strand_id: int,
    seen: int,
    to_unit_id: int | None,
    to_person_id: int | None,
    note: str,
    topic_phrase: str,
    now: datetime,
) -> None:
    """«Ikke min»: offer a strand to a unit, to a colleague of the same office, or to neither, and KIS finds out whose
    it is. Owner, due time and reminders stay as they are until it is taken.

    Where KIS was asked already, a unit or a colleague completes that offer. `topic_phrase` proposes a word that points
    to the unit; nothing is proposed of what is for few eyes. Raises NotFound, Refused, Stale, NotNow."""
    with change_strand(person_id, reference, strand_id, seen, now, Do.HAND_OVER) as (edit, strand):
        if strand.state not in OPEN:
            raise NotNow(strand, Action.RECEIVE)
        demand_offer(edit.who, strand)
        receiver = _receiver(edit, strand, to_unit_id, to_person_id)
        handover = offers.open_offer(strand) or _new_offer(edit, strand)
        if note:
            handover.note = note
        if receiver is not None:
            handover.to_unit_id, handover.to_office_id = receiver.unit_id, receiver.office_id
            handover.to_person_id = receiver.person_id
        edit.tx.flush()
        to = {"to_unit": handover.to_unit_id, "to_office": handover.to_office_id, "to_person": handover.to_person_id}
        edit.record(EventKind.OFFERED, strand, handover=handover.id, **to)
        _send(edit, handover)
        if receiver is not None and receiver.unit_id is not None:
            _propose_topic(edit, strand, receiver.unit_id, topic_phrase)


def demand_offer(who: Actor, strand: Strand) -> None:
    """Raises Refused where this person may not offer the strand as it stands.

    The switchboard and KIS' advisers only while nobody has taken it; KIS also where it was asked to find out."""
    found = relations(who, strand.inquiry, strand)
    waiting = offers.open_offer(strand)
    if waiting is not None and not _is_nobodys(waiting):
        raise Refused("Saken er allerede tilbudt noen. Vent på svar, eller trekk tilbudet først.")
    finds_out = waiting is not None and bool(found & FINDS_OUT)
    if not found & WITH_THE_CASE and strand.state not in UNTAKEN and not finds_out:
        raise Refused("Noen har tatt saken. Da er det den som har den, som gir den videre.")


def _is_nobodys(handover: Handover) -> bool:
    """Whether nobody knows yet whose it is."""
    return handover.to_office_id is None and handover.to_person_id is None


def _new_offer(edit: Edit, strand: Strand) -> Handover:
    handover = Handover(from_person_id=edit.who.person_id, offered_at=edit.now, state=HandoverState.OFFERED)
    strand.handovers.append(handover)
    return handover


# --- To whom --------------------------------------------------------------------------------------------------------


def _receiver(edit: Edit, strand: Strand, unit_id: int | None, person_id: int | None) -> Receiver | None:
    if unit_id is not None and person_id is not None:
        raise Refused("Velg enten en virksomhet eller en kollega.")
    if unit_id is not None:
        return _of_unit(edit, strand, unit_id)
    if person_id is not None:
        return _colleague(edit, strand, person_id)
    if offers.open_offer(strand) is not None:
        raise Refused("KIS finner allerede ut hvem saken hører til.")
    return None


def _of_unit(edit: Edit, strand: Strand, unit_id: int) -> Receiver:
    """The office that the rules give when the question is about this unit, and the person behind it."""
    placement = placed_in(edit.tx, edit.org, strand, unit_id, edit.now)
    placed = next((each for each in placement.strands if each.kind is strand.kind), None) if placement else None
    if placement is None or placed is None or placed.office is None:
        raise Refused("Reglementet finner ingen der som kan svare på dette. Velg en annen virksomhet.")
    if placement.subject_office_id != edit.inquiry.subject_office_id:
        raise Refused("Saken gjelder en leder, og følger lederens virksomhet. Er det feil, så rett opplysningene.")
    if placed.office.id == strand.owner_office_id:
        raise Refused(f"Saken går til {placed.office.title} også da. Er spørsmålet et annet, så rett opplysningene.")
    reached = placed.reached.person_id if placed.reached else None
    if reached is None:
        raise Refused(f"Ingen er å få tak i hos {placed.office.title} nå. Ring, eller velg en annen.")
    if reached in (edit.who.person_id, strand.taken_by_id or strand.acting_id):
        name = edit.org.people[reached].name
        raise Refused(f"{name} svarer der også. Rett opplysningene i stedet, så følger saken med.")
    return Receiver(reached, unit_id, placed.office.id)


def placed_in(tx: Session, org: Organisation, strand: Strand, unit_id: int, now: datetime) -> Placement | None:
    """What would be decided if the question were about this unit; None where there is no such unit. Changes nothing."""
    unit, inquiry = org.units.get(unit_id), strand.inquiry
    if unit is None:
        return None
    question = question_of(tx, inquiry, now)
    facts = _facts_there(question.facts, org.units.get(inquiry.unit_id or 0), unit, strand.owner_role)
    return place(tx, org, replace(question, facts=facts, unit_id=unit_id))


def _facts_there(facts: Facts, old: UnitRow | None, new: UnitRow, owner: Role | None) -> Facts:
    """The facts when the question is about another unit: the level follows the unit unless somebody has said that the
    question is wider; and an employee who says that it is not his has said that it is outside his own field."""
    is_wider = facts.level is not None and (old is None or facts.level is not LEVEL_OF[old.kind])
    level: Level | None = facts.level if is_wider else LEVEL_OF[new.kind]
    own_field = NO if owner is Role.ANSATT else facts.own_field
    return replace(facts, level=level, own_field=own_field)


def _colleague(edit: Edit, strand: Strand, person_id: int) -> Receiver:
    if person_id not in {colleague.id for colleague in colleagues(edit.org, edit.who, strand)}:
        raise Refused("Velg en som er til stede og svarer for samme stilling.")
    return Receiver(person_id)


def colleagues(org: Organisation, who: Actor, strand: Strand) -> list[PersonRow]:
    """Whom of the same office a strand can be offered to: holders and deputies who are there and whom it is not about,
    without whoever has it and whoever asks."""
    office = strand.owner_office_id or 0
    out = {each.person_id for each in strand.inquiry.exclusions} | {strand.taken_by_id or strand.acting_id}
    out |= {who.person_id, *org.away, *org.holders.get(strand.inquiry.subject_office_id or 0, ())}
    found = dict.fromkeys((*org.holders.get(office, ()), *org.deputies.get(office, ())))
    return [org.people[person_id] for person_id in found if person_id not in out]


# --- Words to those concerned ---------------------------------------------------------------------------------------


def _send(edit: Edit, handover: Handover) -> None:
    """Ask the receiver, or KIS where nobody knows. Raises Refused where none of them may be told."""
    kind = MessageKind.NOBODY_KNOWS if _is_nobodys(handover) else MessageKind.HANDOVER
    asked = _kis(edit) if handover.to_person_id is None else [handover.to_person_id]
    may = [each for each in asked if access.may_receive(edit.tx, each, edit.inquiry.id, edit.now, edit.org)]
    if not may and handover.to_person_id is None:
        raise Refused("Ingen i KIS kan finne ut av dette. Velg selv hvem saken hører til.")
    if not may:
        raise Refused("Den du valgte, kan ikke få denne saken. Velg en annen.")
    key = f"{kind.value}:{handover.id}:{handover.to_person_id or 'kis'}"
    outbox.enqueue(edit.tx, Occasion(key, kind, edit.inquiry, handover=handover), may, edit.now)


def _kis(edit: Edit) -> list[int]:
    """Those who find out whose it is, without whoever asks them."""
    leave_out = {each.person_id for each in edit.inquiry.exclusions} | {edit.who.person_id}
    for_few = edit.inquiry.restriction is not Restriction.NONE
    return [*of_kis(edit.tx, edit.org, frozenset(leave_out), for_few=for_few)]


def _tell_sender(edit: Edit, handover: Handover) -> None:
    if handover.from_person_id != edit.who.person_id:
        occasion = Occasion(f"not_yours:{handover.id}", MessageKind.NOT_YOURS, edit.inquiry, handover=handover)
        outbox.enqueue(edit.tx, occasion, [handover.from_person_id], edit.now)


def _propose_topic(edit: Edit, strand: Strand, unit_id: int, phrase: str) -> None:
    """«Lær pressevakta»: KIS or admin decides. Nothing of what is for few eyes becomes a word for all."""
    phrase = clean_line(phrase).casefold()
    if not name_key(phrase) or not may_teach(edit.inquiry):
        return
    same = (TopicProposal.unit_id == unit_id, TopicProposal.phrase == phrase, TopicProposal.settled_at.is_(None))
    if edit.tx.scalar(select(TopicProposal.id).where(*same)) is not None:
        return
    proposal = TopicProposal(unit_id=unit_id, phrase=phrase, proposed_by_id=edit.who.person_id, proposed_at=edit.now)
    edit.tx.add(proposal)
    edit.tx.flush()
    edit.record(EventKind.TOPIC_PROPOSED, strand, proposal=proposal.id, unit=unit_id)


def may_teach(inquiry: Inquiry) -> bool:
    """Whether a word of this inquiry may become a topic: only of one that the whole desk may read."""
    return inquiry.restriction is Restriction.NONE and not inquiry.text_is_held


# --- The answer -----------------------------------------------------------------------------------------------------


def receive(person_id: int, reference: str, strand_id: int, handover_id: int, seen: int, now: datetime) -> None:
    """«Jeg tar den»: whoever it was offered to has it from now. Where it was offered to a unit, the question is about
    that unit, and a new decision stands beside the old; a colleague has it under the same decision.

    Raises NotFound, Refused (not offered to him), NotNow, and Stale: no longer offered, or what is known has changed
    so that the rules point to another."""
    decide_if_outdated(person_id, reference, now)
    with change_strand(person_id, reference, strand_id, seen, now, Do.SEE) as (edit, strand):
        handover = _waiting(strand, handover_id)
        if Relation.OFFERED not in relations(edit.who, edit.inquiry, strand):
            raise Refused("Saken er tilbudt en annen.")
        had_it = {strand.taken_by_id, strand.acting_id}
        offers.settle(edit, handover, HandoverState.TAKEN)
        if handover.to_unit_id is not None:
            _decide_there(edit, strand, handover)
        edit.move(strand, Action.RECEIVE)
        _give(edit, strand)
        edit.record(EventKind.RECEIVED, strand, handover=handover.id, unit=handover.to_unit_id)
        _tell_sender(edit, handover)
        had_it -= {None, person_id, handover.from_person_id}
        occasion = Occasion(f"received:{handover.id}", MessageKind.CHANGED, edit.inquiry)
        outbox.enqueue(edit.tx, occasion, (each for each in had_it if each is not None), now)


def _waiting(strand: Strand, handover_id: int) -> Handover:
    handover = offers.open_offer(strand)
    if handover is None or handover.id != handover_id:
        raise Stale
    return handover


def _decide_there(edit: Edit, strand: Strand, handover: Handover) -> None:
    """Decide again with the unit that the strand was offered to. Raises Stale where the rules point elsewhere now."""
    inquiry, unit_id = edit.inquiry, handover.to_unit_id or 0
    placement = placed_in(edit.tx, edit.org, strand, unit_id, edit.now)
    placed = next((each for each in placement.strands if each.kind is strand.kind), None) if placement else None
    office = placed.office if placed else None
    if placement is None or office is None or office.id != handover.to_office_id:
        raise Stale
    before = Facts.from_json(inquiry.facts)
    after = _facts_there(before, edit.org.units.get(inquiry.unit_id or 0), edit.org.units[unit_id], strand.owner_role)
    old, new = before.to_json(), after.to_json()
    changed = {key: [old[key], new[key]] for key in new if old[key] != new[key]}
    if inquiry.unit_id != unit_id:
        changed["unit_id"] = [inquiry.unit_id, unit_id]
    inquiry.facts, inquiry.unit_id, inquiry.changed_at = new, unit_id, edit.now
    edit.record(EventKind.FACTS_CHANGED, changed=changed)
    decide(edit, placement)


def _give(edit: Edit, strand: Strand) -> None:
    """The strand is his who acts: taken, and sent to him, however he came by it."""
    me = edit.who.person_id
    if strand.acting_id != me:
        strand.acting_id, strand.resolution = me, []
    strand.taken_by_id = me
    strand.acknowledged_at = strand.acknowledged_at or edit.now
    outbox.cancel(edit.tx, strand, edit.now, CHASES_THE_SILENT)
    silence.end(edit)


def decline(
    person_id: int, reference: str, strand_id: int, handover_id: int, seen: int, why: str, now: datetime
) -> None:
    """«Ikke min heller», with an optional line why, kept as a note: the sender keeps it, and is told. Where KIS was
    asked whose it is, KIS says that it is the sender's after all.

    Raises NotFound, Refused, and Stale (no longer offered)."""
    with change_strand(person_id, reference, strand_id, seen, now, Do.SEE) as (edit, strand):
        handover = _waiting(strand, handover_id)
        found = relations(edit.who, edit.inquiry, strand)
        if Relation.OFFERED not in found and not (_is_nobodys(handover) and found & FINDS_OUT):
            raise Refused("Saken er tilbudt en annen.")
        offers.settle(edit, handover, HandoverState.DECLINED)
        edit.record(EventKind.DECLINED, strand, handover=handover.id)
        if why:
            edit.tx.add(Note(inquiry_id=edit.inquiry.id, at=now, person_id=person_id, text=why))
            edit.record(EventKind.NOTED)
        _tell_sender(edit, handover)


def withdraw(person_id: int, reference: str, strand_id: int, handover_id: int, seen: int, now: datetime) -> None:
    """Whoever offered it, its owner or a superior takes the offer back. Raises NotFound, Refused, Stale."""
    with change_strand(person_id, reference, strand_id, seen, now, Do.SEE) as (edit, strand):
        handover = _waiting(strand, handover_id)
        if not may_withdraw(edit.who, strand, handover):
            raise Refused("Tilbudet trekkes av den som ga det, eller av den ansvarlige.")
        offers.settle(edit, handover, HandoverState.WITHDRAWN)
        edit.record(EventKind.OFFER_WITHDRAWN, strand, handover=handover.id, kept=True)


def may_withdraw(who: Actor, strand: Strand, handover: Handover) -> bool:
    """Whether this person may take the offer back."""
    owns = relations(who, strand.inquiry, strand) & {Relation.OWNER, Relation.LINE}
    return handover.from_person_id == who.person_id or bool(owns)


# --- What waits for somebody ----------------------------------------------------------------------------------------


def offered_to(tx: Session, who: Actor) -> Sequence[Handover]:
    """What somebody wants to give this person or his office, oldest first."""
    offices = list(who.offices)
    his = Handover.to_office_id.in_(offices) | (Handover.to_person_id == who.person_id)
    return _open_offers(tx, who, his)


def nobody_knows(tx: Session, who: Actor) -> Sequence[Handover]:
    """What KIS is to find out the owner of, oldest first; nothing for others."""
    if not who.is_kis_leader and Duty.KIS_ADVISER not in who.duties:
        return []
    return _open_offers(tx, who, Handover.to_office_id.is_(None) & Handover.to_person_id.is_(None))


def _open_offers(tx: Session, who: Actor, which: ColumnElement[bool]) -> Sequence[Handover]:
    mine = access.visible_strands(who).with_only_columns(Strand.id)
    found = select(Handover).where(Handover.strand_id.in_(mine), Handover.state == HandoverState.OFFERED, which)
    whole = joinedload(Handover.strand).joinedload(Strand.inquiry).joinedload(Inquiry.outlet)
    return tx.scalars(found.options(whole, joinedload(Handover.from_person)).order_by(Handover.id)).all()


def is_settled_by(tx: Session, handover_id: int, person_id: int) -> bool:
    """Whether this person has answered the offer already: the second press of a double click."""
    his = (Handover.id == handover_id, Handover.settled_by_id == person_id)
    return tx.scalar(select(Handover.id).where(*his)) is not None
