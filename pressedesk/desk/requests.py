"""Asking first: whoever has a strand asks somebody before he answers, and gets a line back.

A consultation and an agreement leave a record of their own when they are replied to; advice and facts leave none, and
never do duty for them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from pressedesk import access, db, organisation, outbox
from pressedesk.access import Do, NotFound, Refused
from pressedesk.desk import tasks, waiting
from pressedesk.desk.change import Edit, Stale, change_strand
from pressedesk.desk.handling import CHASES_THE_SILENT
from pressedesk.desk.routing import decide, decide_if_outdated
from pressedesk.desk.waiting import finish_task, settle
from pressedesk.desk.whom import Asking, Way, employee_office, reached, ways
from pressedesk.events import EventKind
from pressedesk.models import Agreement, Consultation, MessageKind, Request, RequestKind, Strand, TaskKind
from pressedesk.organisation import OfficeRow
from pressedesk.outbox import Occasion
from pressedesk.regulation.facts import Facts
from pressedesk.workflow import UNTAKEN, Action
from pressedesk.workhours import add_working_minutes, working_minutes

SHORTEST_MINUTES = 15  # working minutes that whoever is asked gets at least
WITHOUT_DUE_MINUTES = 240  # working minutes reckoned as left where the strand itself is due at no time


@dataclass(frozen=True)
class Question:
    """What somebody is asked: why, which office, in which words, and by when (None: half of what is left)."""

    way: Way
    office_id: int
    text: str
    due_at: datetime | None = None


def ask(person_id: int, reference: str, strand_id: int, seen: int, question: Question, now: datetime) -> int:
    """Ask an office something before the journalist is answered; the id of the request.

    The person reached there gets word, and a task with a due time of its own. To ask is to have taken the strand. To
    ask under point 6 is to be in doubt: the facts say so from now on, and the permission waits for the reply.

    Raises NotFound, Refused (not his to ask, not to be asked about this, nobody there), Stale, NotNow."""
    decide_if_outdated(person_id, reference, now)
    with change_strand(person_id, reference, strand_id, seen, now, Do.ASK) as (edit, strand):
        office, asked_id = _to(edit, strand, question)
        if question.way is Way.DOUBT:
            _be_in_doubt(edit)
        _take(edit, strand)
        request = Request(
            strand=strand,
            kind=question.way.kind,
            asked_by_id=person_id,
            asked_at=now,
            office_id=office.id,
            person_id=asked_id,
            text=question.text,
            due_at=question.due_at or due_by_default(edit.tx, strand, now),
        )
        edit.tx.add(request)
        edit.tx.flush()
        said = {"request_kind": request.kind.value, "source": question.way.source}
        edit.record(EventKind.ASKED, strand, request=request.id, office=office.id, person=asked_id, **said)
        tasks.make(edit, TaskKind.REPLY, request.due_at, strand=strand, request=request, office_id=office.id)
        occasion = Occasion(f"request:{request.id}", MessageKind.REQUEST, edit.inquiry, request=request)
        outbox.enqueue(edit.tx, occasion, [asked_id], now)
        return request.id


def _to(edit: Edit, strand: Strand, question: Question) -> tuple[OfficeRow, int]:
    """The office, and the person reached there. Raises Refused."""
    if question.due_at is not None and question.due_at <= edit.now:
        raise Refused("Fristen for svaret er passert. Velg en senere.")
    asking = Asking(edit.who, edit.org, strand, edit.inquiry.decisions[-1], edit.now)
    office = next((each for each in ways(asking).get(question.way, []) if each.id == question.office_id), None)
    if office is None:
        raise Refused("Denne stillingen kan ikke spørres om dette her.")
    person_id = reached(asking, office, organisation.passed_by(edit.tx, edit.inquiry.id, edit.now))
    if person_id is None:
        raise Refused(f"Ingen i stillingen {office.title} er å få tak i nå. Velg en annen, eller ring KIS.")
    return office, person_id


def _be_in_doubt(edit: Edit) -> None:
    """Asking is what being in doubt means (point 6): decided again, beside the decision that did not know."""
    facts = Facts.from_json(edit.inquiry.facts)
    if not facts.in_doubt:
        edit.inquiry.facts = replace(facts, in_doubt=True).to_json()
        edit.record(EventKind.FACTS_CHANGED, changed={"in_doubt": [False, True]})
        decide(edit)


def _take(edit: Edit, strand: Strand) -> None:
    """Whoever asks has it. Raises Refused where nobody has, and it is not his to take; NotNow."""
    is_untaken = strand.state in UNTAKEN
    edit.move(strand, Action.ASK)
    if is_untaken:
        access.demand(edit.who, Do.TAKE, edit.inquiry, strand)
        strand.taken_by_id = edit.who.person_id
        strand.acknowledged_at = strand.acknowledged_at or edit.now
        outbox.cancel(edit.tx, strand, edit.now, CHASES_THE_SILENT)
        edit.record(EventKind.TAKEN, strand, old=None, new=edit.who.person_id)


def due_by_default(tx: Session, strand: Strand, now: datetime) -> datetime:
    """Half of the working time that is left of the strand's own, and never less than a quarter of an hour."""
    calendar = organisation.calendar(tx)
    left = WITHOUT_DUE_MINUTES if strand.due_at is None else working_minutes(calendar, now, strand.due_at)
    return add_working_minutes(calendar, now, max(SHORTEST_MINUTES, left // 2))


def reply(person_id: int, request_id: int, seen: int, text: str, agreed: bool | None, now: datetime) -> None:
    """Reply to what one was asked; whoever asked sees it at once. `agreed`: yes or no to an agreement, else None.

    A consultation becomes a record with the role of the office that was asked; so does an agreement that was given,
    and then the inquiry is decided again. Raises NotFound, Refused, and Stale (somebody has replied already)."""
    with _replying(person_id, request_id, seen, now) as (edit, request):
        if request.kind is RequestKind.AGREEMENT and agreed is None:
            raise Refused("Svar ja eller nei.")
        strand = request.strand
        request.replied_at, request.replied_by_id = now, person_id
        request.replied_role = request.office.role
        request.agreed = agreed if request.kind is RequestKind.AGREEMENT else None
        request.reply = text
        said = {"request_kind": request.kind.value, "agreed": request.agreed}
        edit.record(EventKind.REPLIED, strand, request=request.id, office=request.office_id, **said)
        finish_task(edit, request)
        if request.kind is RequestKind.CONSULTATION:
            edit.tx.add(Consultation(with_role=request.office.role, consulted_at=now, **_on_record(edit, strand)))
        settle(edit, strand)
        if request.agreed:
            _agree(edit, request, text)
        waits = {request.asked_by_id, strand.taken_by_id or strand.acting_id or request.asked_by_id} - {person_id}
        occasion = Occasion(f"replied:{request.id}", MessageKind.REPLIED, edit.inquiry)
        outbox.enqueue(edit.tx, occasion, waits, now)


def _agree(edit: Edit, request: Request, text: str) -> None:
    """A specific agreement (point 7): who may speak, of what, and what was said to it. It counts from now."""
    strand = request.strand
    employee = employee_office(edit.org, strand)
    holders = edit.org.holders.get(employee.id, ()) if employee else ()
    who = ", ".join([employee.title, *(edit.org.people[each].name for each in holders)]) if employee else ""
    asked = access.open_request(edit.tx, edit.who, request.id).text
    scope = ". ".join(part.rstrip(".") for part in (f"{who}: {asked}" if who else asked, text) if part)
    record = _on_record(edit, strand)
    edit.tx.add(Agreement(with_role=request.office.role, scope=scope, agreed_at=edit.now, **record))
    edit.tx.flush()
    decide(edit)


def _on_record(edit: Edit, strand: Strand) -> dict[str, object]:
    return {"strand_id": strand.id, "recorded_at": edit.now, "recorded_by_id": edit.who.person_id}


@contextmanager
def _replying(person_id: int, request_id: int, seen: int, now: datetime) -> Iterator[tuple[Edit, Request]]:
    """One reply, by somebody who may be outside the inquiry itself. Raises NotFound, Refused, Stale."""
    try:
        with db.writing() as tx:
            org = organisation.snapshot(tx, now)
            who = access.actor(tx, person_id, now, org)
            request = access.open_request(tx, who, request_id).request
            if request.version != seen or not request.is_waiting:
                raise Stale
            if request.asked_by_id == person_id:
                raise Refused("Du kan ikke svare på det du selv har spurt om.")
            yield Edit(tx, who, now, org, request.strand.inquiry), request
    except StaleDataError as error:  # two replies at the same instant
        raise Stale from error


def withdraw(person_id: int, reference: str, strand_id: int, request_id: int, seen: int, now: datetime) -> None:
    """«Trekk»: what was asked is asked no longer. Whoever was in doubt still is, until the facts are corrected.

    Raises NotFound (also for a request of another strand), Refused, Stale (also where it is replied to), NotNow."""
    with change_strand(person_id, reference, strand_id, seen, now, Do.ASK) as (edit, strand):
        request = next((each for each in strand.requests if each.id == request_id), None)
        if request is None:
            raise NotFound(request_id)
        if not request.is_waiting:
            raise Stale
        waiting.withdraw(edit, strand, request)
        settle(edit, strand)
