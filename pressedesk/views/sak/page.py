"""Everything that the page of one inquiry shows to one person, worked out before it is printed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from pressedesk import access, formats
from pressedesk.access import Actor, Case, Do, Relation, may_do, relations
from pressedesk.desk.answering import Channel, waits_for_ruling
from pressedesk.desk.openings import openings
from pressedesk.models import Answer, Inquiry, Restriction, Strand
from pressedesk.regulation.vocabulary import Clock, Statement
from pressedesk.views import marks
from pressedesk.views.marks import Mark
from pressedesk.views.sak.forms import SeenForm, seen_form
from pressedesk.views.sak.panels import Button, Look, Panel, case_panels, strand_buttons, strand_panels
from pressedesk.views.sak.timeline import Line, names, timeline
from pressedesk.views.words import (
    NEEDS,
    Cited,
    DecisionWords,
    cited,
    decision_words,
    differences,
    how_found,
    label,
    listed,
)
from pressedesk.workflow import HELD, OPEN, Action, after


@dataclass(frozen=True)
class Can:
    """What this person may do to a strand now, by permission and by where it stands."""

    take: bool
    take_over: bool
    give_back: bool
    answer: bool
    close: bool


@dataclass(frozen=True)
class Told:
    """An answer as it was. `text` is None where it is held."""

    when: str
    by: str
    how: str
    kinds: str
    text: str | None
    recorded: str
    touched: list[Cited]


@dataclass(frozen=True)
class Part:
    """One strand as the page shows it."""

    strand_id: int
    title: str
    marks: list[Mark]
    office: str
    person: str
    phone: str | None
    found: list[str]
    due: str
    due_trace: list[str]
    outcome: str
    ended: str
    answers: list[Told]
    answer_label: str
    is_innsyn: bool  # a request for documents that waits for a decision
    records: list[str]
    can: Can
    buttons: list[Button]
    panels: list[Panel]
    form: SeenForm


@dataclass(frozen=True)
class Page:
    """One inquiry as the page shows it. `differences`: what the last decision says otherwise than the one before."""

    inquiry: Inquiry
    question: str | None
    marks: list[Mark]
    who_asks: str
    received: str
    deadline: str
    promised: str
    co_owners: str
    panels: list[Panel]
    parts: list[Part]
    decision: DecisionWords
    differences: list[str]
    earlier: list[DecisionWords]
    lines: list[Line]
    openings: list[str]
    form: SeenForm
    asks_about_person: bool
    may_note: bool
    may_correct: bool
    may_restrict: bool
    may_lift: bool
    lift_proposed: str


def build(tx: Session, who: Actor, case: Case, now: datetime) -> Page:
    """The page of a case for the person who opened it."""
    inquiry, look = case.inquiry, Look(tx, who, case, now)
    decisions = inquiry.decisions[::-1]
    is_restricted = inquiry.restriction is not Restriction.NONE
    return Page(
        inquiry=inquiry,
        question=case.question,
        marks=[mark for mark in [marks.restriction(inquiry.restriction, inquiry.text_is_held)] if mark],
        who_asks=marks.heading(inquiry.outlet.name if inquiry.outlet else None, inquiry.caller_name),
        received=f"{formats.when(inquiry.received_at, now)}, notert av {inquiry.logged_by.name}",
        deadline=_deadline(case, now),
        promised=formats.when(inquiry.promised_at, now) if inquiry.promised_at else "",
        co_owners=listed(each.office.title for each in inquiry.co_owners),
        panels=case_panels(look),
        parts=[_part(look, strand) for strand in inquiry.strands],
        decision=decision_words(case.decision, now),
        differences=differences(decisions[1], decisions[0]) if len(decisions) > 1 else [],
        earlier=[decision_words(record, now) for record in decisions[1:]],
        lines=timeline(case, names(tx, case.events), now),
        openings=[f"{name}, {formats.when(at, now)}" for at, name in openings(tx, inquiry)] if is_restricted else [],
        form=seen_form(inquiry.version, last_seen(case)),
        asks_about_person=is_person_open(inquiry) and may_do(who, Do.SAY_PERSON, inquiry),
        may_note=may_do(who, Do.NOTE, inquiry),
        may_correct=may_do(who, Do.EDIT_FACTS, inquiry),
        may_restrict=not is_restricted and may_do(who, Do.RESTRICT, inquiry),
        may_lift=is_restricted and may_do(who, Do.LIFT, inquiry) and inquiry.restriction_lift_by_id != who.person_id,
        lift_proposed=_lift_proposed(tx, who, inquiry),
    )


def last_seen(case: Case) -> int:
    """The id of the last line of the record."""
    return case.events[-1].id


def is_person_open(inquiry: Inquiry) -> bool:
    """Whether the owner has yet to say if a person is concerned."""
    return inquiry.text_is_held or inquiry.restriction is Restriction.UNCONFIRMED


def _lift_proposed(tx: Session, who: Actor, inquiry: Inquiry) -> str:
    by = inquiry.restriction_lift_by_id
    if by is None:
        return ""
    if by == who.person_id:
        return "Du har foreslått å oppheve begrensningen. En annen som kan, må gjøre det samme."
    return f"{access.people(tx, [by])[by].name} har foreslått å oppheve begrensningen."


def _deadline(case: Case, now: datetime) -> str:
    """The journalist's deadline, and the words it was said in for those who may read what was said."""
    inquiry = case.inquiry
    words = f"«{inquiry.deadline_words}»" if inquiry.deadline_words and case.question is not None else ""
    at = formats.day_and_time(inquiry.deadline_at, now) if inquiry.deadline_at else ""
    return f"{at} ({words})" if at and words else at or words


def _part(look: Look, strand: Strand) -> Part:
    who, case, now = look.who, look.case, look.now
    holder = strand.taken_by or strand.acting
    is_mine = strand.taken_by_id == who.person_id
    due = marks.due(strand, now)
    taken_by, acting = (each.name if each else None for each in (strand.taken_by, strand.acting))
    state = marks.state(strand.state, taken_by, strand.ending, acting=acting, is_mine=is_mine)
    return Part(
        strand_id=strand.id,
        title=strand.kind.label,
        marks=[state, *([due] if due else [])],
        office=strand.owner_office.title if strand.owner_office else "Ingen stilling",
        person=holder.name if holder else "",
        phone=(holder.phone if holder else None) or (strand.owner_office.phone if strand.owner_office else None),
        found=how_found(strand, now),
        due=_due(strand, now),
        due_trace=strand.due_trace,
        outcome=strand.outcome.label,
        ended=_ended(case, strand, now),
        answers=[_told(answer, case, now) for answer in strand.answers],
        answer_label=_answer_label(strand),
        is_innsyn=waits_for_ruling(strand),
        records=list(_records(case, strand, now)),
        can=rights(who, case.inquiry, strand),
        buttons=strand_buttons(look, strand),
        panels=strand_panels(look, strand),
        form=seen_form(strand.version, last_seen(case)),
    )


def rights(who: Actor, inquiry: Inquiry, strand: Strand) -> Can:
    """What the person may do to one strand now."""

    def can(action: Action, *needs: Do) -> bool:
        is_possible = after(strand.state, action) is not None
        return is_possible and any(may_do(who, do, inquiry, strand) for do in needs)

    is_first = strand.state not in HELD and Relation.OWNER in relations(who, inquiry, strand)
    may_take = can(Action.TAKE, Do.TAKE)
    return Can(
        take=may_take and is_first,
        take_over=may_take and not is_first and strand.taken_by_id != who.person_id,
        give_back=can(Action.GIVE_BACK, Do.GIVE_BACK),
        answer=can(Action.ANSWER, Do.ANSWER, Do.REGISTER_ANSWER),
        close=can(Action.CLOSE, Do.CLOSE, Do.CLOSE_BY_CALLER),
    )


def _answer_label(strand: Strand) -> str:
    """The words on the way to the truth sheet: a request for documents is answered by deciding it."""
    if waits_for_ruling(strand):
        return "Noter hva som er sagt"
    return "Skriv mer om svaret" if strand.answers else "Journalisten har fått svar"


def _due(strand: Strand, now: datetime) -> str:
    if strand.due_at is None:
        return ""
    left = f", {formats.countdown(strand.due_at, now)}" if strand.state in OPEN else ""
    of_law = " (offentleglova)" if strand.clock is Clock.INNSYN else ""
    return f"{formats.when(strand.due_at, now)}{left}{of_law}"


def _ended(case: Case, strand: Strand, now: datetime) -> str:
    """How it ended, with the reason for those who may read the text."""
    if strand.ending is None or strand.ended_at is None:
        return ""
    reason = f": {strand.ending_reason}" if strand.ending_reason and case.question is not None else ""
    return f"{strand.ending.label} {formats.when(strand.ended_at, now)}{reason}"


def _told(answer: Answer, case: Case, now: datetime) -> Told:
    return Told(
        when=formats.when(answer.said_at, now),
        by=f"{answer.spoken_by}, {answer.spoken_by_role.label}",
        how=next((channel.label for channel in Channel if channel == answer.channel), answer.channel),
        kinds=listed(label(Statement, kind) for kind in answer.kinds),
        text=case.answers.get(answer.id),
        recorded=formats.when(answer.recorded_at, now),
        touched=[_touched(each) for each in answer.touched],
    )


def _touched(each: dict[str, Any]) -> Cited:
    lacks = " ".join(NEEDS.get(need, need) for need in each.get("lacks", ()))
    kind = label(Statement, each["kind"])
    return cited(f"{formats.capital(kind)}: {lacks or each['text']}", each["source"], each["force"])


def _records(case: Case, strand: Strand, now: datetime) -> Iterable[str]:
    """What was asked, agreed and reasoned, with times; the words only for those who may read the text."""
    is_readable = case.question is not None
    for consultation in strand.consultations:
        yield f"Rådført med {consultation.with_role.label} {formats.when(consultation.consulted_at, now)}."
    for agreement in strand.agreements:
        scope = f" Omfang: {agreement.scope}" if is_readable and agreement.scope else ""
        yield f"Særskilt avtale med {agreement.with_role.label} {formats.when(agreement.agreed_at, now)}.{scope}"
    for deviation in strand.deviations:
        reason = f" Grunn: {deviation.reason}" if is_readable else ""
        asked = deviation.consulted_role.label
        yield f"Avvik, rådført med {asked} {formats.when(deviation.decided_at, now)}.{reason}"
