"""What is done with an inquiry before it is answered: take it, say whether a person is concerned, add facts, notes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from pressedesk import organisation, outbox
from pressedesk.access import Do, NotFound, Refused, Relation, may_do, relations
from pressedesk.clocks import Step
from pressedesk.desk import silence, stories
from pressedesk.desk.change import Edit, change_inquiry, change_strand
from pressedesk.desk.routing import decide, decide_if_outdated
from pressedesk.events import EventKind
from pressedesk.models import Inquiry, MessageKind, Note, Restriction
from pressedesk.outbox import Occasion
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.vocabulary import NO, YES
from pressedesk.workflow import HELD, Action

CHASES_THE_SILENT = (Step.NOT_TAKEN, Step.UP_THE_LINE)


def take(person_id: int, reference: str, strand_id: int, seen: int, now: datetime) -> None:
    """«Jeg tar den»: the strand is this person's to answer. From above on the line it is taking over, and whoever had
    it is told. What was asked and offered meanwhile still waits.

    Raises NotFound, Refused, Stale, NotNow."""
    decide_if_outdated(person_id, reference, now)
    with change_strand(person_id, reference, strand_id, seen, now, Do.TAKE) as (edit, strand):
        over = Relation.OWNER not in relations(edit.who, edit.inquiry, strand) or strand.state in HELD
        old, had_it = strand.taken_by_id, strand.taken_by_id or strand.acting_id
        edit.move(strand, Action.TAKE)
        strand.taken_by_id = person_id
        strand.acknowledged_at = strand.acknowledged_at or now
        outbox.cancel(edit.tx, strand, now, CHASES_THE_SILENT)
        silence.end(edit)
        if over and had_it not in (None, person_id):
            occasion = Occasion(f"taken_over:{strand.id}:{strand.version}", MessageKind.CHANGED, edit.inquiry)
            outbox.enqueue(edit.tx, occasion, [had_it], now)
        edit.record(EventKind.TAKEN_OVER if over else EventKind.TAKEN, strand, old=old, new=person_id)


def give_back(person_id: int, reference: str, strand_id: int, seen: int, now: datetime) -> None:
    """«Legg tilbake»: undo having taken it. The owner's office has it again, untaken, and is chased anew.

    Its person is told, unless it was he who gave it back."""
    with change_strand(person_id, reference, strand_id, seen, now, Do.GIVE_BACK) as (edit, strand):
        edit.move(strand, Action.GIVE_BACK)
        old, strand.taken_by_id = strand.taken_by_id, None
        outbox.cancel(edit.tx, strand, now)
        strand.due_version += 1
        urgent = Facts.from_json(edit.inquiry.facts).accusation
        reminder = outbox.plan(edit.tx, strand, organisation.calendar(edit.tx), urgent, now)
        if reminder is not None and strand.acting_id not in (None, person_id):
            occasion = Occasion(f"reminder:{reminder.id}", MessageKind.REMINDER, edit.inquiry, strand, reminder)
            outbox.enqueue(edit.tx, occasion, [strand.acting_id], now)
        edit.record(EventKind.GIVEN_BACK, strand, old=old)


class Concerns(StrEnum):
    """The one tap: whether the question is about one person's own case."""

    NOBODY = "nobody"
    EMPLOYEE = "employee"
    CLIENT = "client"


def say_person(person_id: int, reference: str, seen: int, concerns: Concerns, now: datetime) -> None:
    """The owner says whether a person is concerned: restricts the inquiry for good, or opens its text to the desk.

    A restriction that is confirmed already is not lifted here. Raises NotFound, Refused, Stale."""
    with change_inquiry(person_id, reference, seen, now, Do.SAY_PERSON) as edit:
        inquiry = edit.inquiry
        if concerns is Concerns.NOBODY and inquiry.restriction is Restriction.CONFIRMED:
            raise Refused("Begrensningen er bekreftet. Den kan bare oppheves av to overordnede eller leder for KIS.")
        facts = Facts.from_json(inquiry.facts)
        inquiry.facts = replace(
            facts,
            personnel=YES if concerns is Concerns.EMPLOYEE else NO,
            client_case=YES if concerns is Concerns.CLIENT else NO,
        ).to_json()
        inquiry.restriction = Restriction.NONE if concerns is Concerns.NOBODY else Restriction.CONFIRMED
        edit.record(EventKind.PERSON_SAID, concerns=concerns.value)
        decide(edit)


@dataclass(frozen=True)
class Correction:
    """What is known better now. `facts` holds only the fields that were answered, as JSON values."""

    facts: Mapping[str, Any]
    unit_id: int | None
    addressed_office_id: int | None


def correct_facts(person_id: int, reference: str, seen: int, correction: Correction, now: datetime) -> None:
    """Other facts make a new decision beside the old. Raises NotFound, Refused, Stale, FactsError."""
    with change_inquiry(person_id, reference, seen, now, Do.EDIT_FACTS) as edit:
        inquiry = edit.inquiry
        old = Facts.from_json(inquiry.facts)
        new = Facts.from_json({**old.to_json(), **correction.facts})
        if (old.personnel, old.client_case) != (new.personnel, new.client_case):
            _guard_person(edit, inquiry, new)
        before, after = old.to_json(), new.to_json()
        changed = {key: [before[key], after[key]] for key in after if before[key] != after[key]}
        if inquiry.unit_id != correction.unit_id:
            changed["unit_id"] = [inquiry.unit_id, correction.unit_id]
        inquiry.facts = after
        inquiry.unit_id = correction.unit_id
        inquiry.addressed_office_id = correction.addressed_office_id
        edit.record(EventKind.FACTS_CHANGED, changed=changed)
        decide(edit)


def _guard_person(edit: Edit, inquiry: Inquiry, new: Facts) -> None:
    """That nobody is concerned is the owner's to say, and lifts no confirmed restriction."""
    opens = new.personnel is NO and new.client_case is NO
    if opens and (inquiry.restriction is Restriction.CONFIRMED or not may_do(edit.who, Do.SAY_PERSON, inquiry)):
        raise Refused("Det er den ansvarlige som avklarer at ingen enkeltperson er berørt.")


def restrict(person_id: int, reference: str, seen: int, now: datetime) -> None:
    """«Gjør begrenset»: for few eyes, in the same moment. Confirmed when it comes from the owner or the line above."""
    with change_inquiry(person_id, reference, seen, now, Do.RESTRICT) as edit:
        by_those_who_know = {Relation.OWNER, Relation.LINE, Relation.KIS_LEADER, Relation.RADMANN}
        known = bool(relations(edit.who, edit.inquiry) & by_those_who_know)
        old = edit.inquiry.restriction
        edit.inquiry.restriction = Restriction.CONFIRMED if known else Restriction.UNCONFIRMED
        edit.inquiry.restriction_lift_by_id = None
        edit.record(EventKind.RESTRICTED, old=old.value, new=edit.inquiry.restriction.value)
        stories.keep_for_few(edit)
        if edit.inquiry.joined_into_id is not None:
            decide(edit)  # it is not for the same eyes as the older one, and stands on its own again


def lift(person_id: int, reference: str, seen: int, now: datetime) -> bool:
    """Lift a confirmed restriction: the first who may proposes it, a second person does it. True once it is lifted.

    Raises NotFound, Refused, Stale."""
    with change_inquiry(person_id, reference, seen, now, Do.LIFT) as edit:
        inquiry = edit.inquiry
        if inquiry.restriction is Restriction.NONE:
            raise NotFound(reference)
        if inquiry.restriction_lift_by_id in (None, person_id):
            inquiry.restriction_lift_by_id = person_id
            edit.record(EventKind.LIFT_PROPOSED)
            return False
        inquiry.restriction, inquiry.restriction_lift_by_id = Restriction.NONE, None
        inquiry.facts = replace(Facts.from_json(inquiry.facts), personnel=NO, client_case=NO).to_json()
        edit.record(EventKind.LIFTED)
        decide(edit)
        return True


def note(person_id: int, reference: str, seen: int, text: str, now: datetime) -> None:
    """Add a line to an inquiry. It is never an answer and stops no clock. Raises NotFound, Refused, Stale."""
    with change_inquiry(person_id, reference, seen, now, Do.NOTE) as edit:
        edit.tx.add(Note(inquiry_id=edit.inquiry.id, at=now, person_id=person_id, text=text))
        edit.record(EventKind.NOTED)
