"""Answering: what may be said is asked before; what was said is recorded after, as it was, always."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from pressedesk import organisation, outbox, rules
from pressedesk.access import Do
from pressedesk.desk import offers, promising, waiting
from pressedesk.desk.change import Edit, NotNow, change_strand
from pressedesk.desk.routing import decide_if_outdated
from pressedesk.events import EventKind
from pressedesk.models import (
    Agreement,
    Answer,
    Consultation,
    DecisionRecord,
    Deviation,
    MessageKind,
    Strand,
)
from pressedesk.outbox import Occasion
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.findings import Permission
from pressedesk.regulation.vocabulary import AgreementKind, Clock, Role, Statement
from pressedesk.workflow import Action
from pressedesk.workhours import working_minutes


class Channel(StrEnum):
    """How the journalist was told."""

    PHONE = "phone"
    EMAIL = "email"
    MEETING = "meeting"
    WEB = "web"

    @property
    def label(self) -> str:
        return CHANNEL_LABELS[self]


CHANNEL_LABELS = {
    Channel.PHONE: "Telefon",
    Channel.EMAIL: "E-post",
    Channel.MEETING: "Møte eller intervju",
    Channel.WEB: "Nettside eller konto",
}


@dataclass(frozen=True)
class Consulted:
    """Kommunalsjef or rådmann was asked (points 6 and 11)."""

    with_role: Role
    at: datetime


@dataclass(frozen=True)
class Agreed:
    """The nearest superior agreed to this, in this case (point 7)."""

    with_role: Role
    scope: str
    at: datetime


@dataclass(frozen=True)
class Deviated:
    """A reasoned deviation, inside the waiver, with somebody above consulted (point 12)."""

    reason: str
    consulted_role: Role
    at: datetime


@dataclass(frozen=True)
class Said:
    """What the journalist was told: by whom, in which role, when, how, and of which kinds."""

    text: str
    kinds: tuple[Statement, ...]
    role: Role
    by: str
    at: datetime
    channel: Channel
    consulted: Consulted | None = None
    agreed: Agreed | None = None
    deviated: Deviated | None = None


def facts_at(strand: Strand, record: DecisionRecord, at: datetime) -> Facts:
    """The facts the rules were last asked with, and whether a specific agreement had been made by `at`."""
    facts = Facts.from_json(record.facts)
    agreed = any(agreement.agreed_at <= at for agreement in strand.agreements)
    return replace(facts, agreement=AgreementKind.SPECIFIC) if agreed else facts


def may_answer(strand: Strand, record: DecisionRecord, role: Role, now: datetime) -> dict[Statement, Permission]:
    """Before anything is said: what somebody in `role` may state in this inquiry, kind by kind, and why not.

    For a strand that is in the asker's scope, with the last decision of its inquiry."""
    facts = facts_at(strand, record, now)
    return {kind: rules.may_state(role, facts, kind) for kind in Statement}


def liftable(strand: Strand, record: DecisionRecord, now: datetime) -> dict[Statement, Permission]:
    """The kinds of statement that the owner may not give now, but could by a reasoned deviation (points 11 and 12)."""
    permissions = may_answer(strand, record, strand.owner_role, now) if strand.owner_role else {}
    return {kind: each for kind, each in permissions.items() if "deviation" in each.needs and each.overridable}


def is_lifted(permission: Permission, strand: Strand, at: datetime) -> bool:
    """Whether a ban that has exceptions was departed from with a reason by `at`."""
    barred = not permission.allowed and permission.overridable
    return barred and any(deviation.decided_at <= at for deviation in strand.deviations)


def record_answer(person_id: int, reference: str, strand_id: int, seen: int, said: Said, now: datetime) -> None:
    """The journalist was told `said` at `said.at`; the first time stops the measured clock and every reminder.

    What happened is never refused: what touched a ban stands beside it with its point, permits nothing and marks
    nobody. It is recorded however late: a strand that was closed stays closed with its ending and its reason, which
    were true then, and is answered from the time the journalist was told, in time or not by the first due time; one
    that had lapsed is answered. Whoever is still waited for is asked no longer. What is said of a request for documents
    settles nothing before it is decided (rulings.py): state, clock and reminders stay as they are.

    Raises NotFound, Refused (not his to record), Stale, NotNow."""
    decide_if_outdated(person_id, reference, now)
    with change_strand(person_id, reference, strand_id, seen, now, Do.ANSWER, Do.REGISTER_ANSWER) as (edit, strand):
        put_answer(edit, strand, said)


def put_answer(edit: Edit, strand: Strand, said: Said) -> None:
    """An answer to one strand, inside a change: the row, its event, the clock, and word to whoever logged the call.

    Raises NotNow."""
    _put_on_record(edit, strand, said)
    edit.tx.flush()
    edit.tx.expire(strand, ["agreements", "consultations", "deviations"])
    touched = _touched(edit, strand, said)
    edit.tx.add(
        Answer(
            strand_id=strand.id,
            said_at=said.at,
            recorded_at=edit.now,
            recorded_by_id=edit.who.person_id,
            spoken_by_role=said.role,
            spoken_by=said.by,
            kinds=[kind.value for kind in said.kinds],
            channel=said.channel.value,
            text=said.text,
            touched=touched,
        )
    )
    if not waits_for_ruling(strand):
        _settle(edit, strand, said.at)
    edit.record(
        EventKind.ANSWERED,
        strand,
        said_at=said.at.isoformat(),
        role=said.role.value,
        kinds=[kind.value for kind in said.kinds],
        touched=[each["what"] for each in touched],
        settles=not waits_for_ruling(strand),
    )


def waits_for_ruling(strand: Strand) -> bool:
    """Whether it is a request for documents that is not decided: what is said of it meanwhile is recorded, and answers
    nothing (offentleglova §§ 29 and 31)."""
    return strand.clock is Clock.INNSYN and strand.ruling is None


def _settle(edit: Edit, strand: Strand, told_at: datetime) -> None:
    """The journalist has the answer: nobody is asked, offered or chased any longer, and whoever logged it hears."""
    edit.move(strand, Action.ANSWER)
    offers.withdraw_open(edit, strand)
    promising.finish(edit, strand)
    waiting.withdraw_all(edit, strand)
    stop_clock(edit, strand, told_at)
    occasion = Occasion(f"answered:{strand.id}", MessageKind.ANSWERED, edit.inquiry)
    outbox.enqueue(edit.tx, occasion, {edit.inquiry.logged_by_id} - {edit.who.person_id}, edit.now)


def _put_on_record(edit: Edit, strand: Strand, said: Said) -> None:
    """Consultation, agreement and deviation are records of their own, with their own times."""
    who = {"strand_id": strand.id, "recorded_at": edit.now, "recorded_by_id": edit.who.person_id}
    if said.consulted:
        edit.tx.add(Consultation(with_role=said.consulted.with_role, consulted_at=said.consulted.at, **who))
    if said.agreed:
        edit.tx.add(
            Agreement(with_role=said.agreed.with_role, scope=said.agreed.scope, agreed_at=said.agreed.at, **who)
        )
    if said.deviated:
        deviated = said.deviated
        edit.tx.add(
            Deviation(reason=deviated.reason, consulted_role=deviated.consulted_role, decided_at=deviated.at, **who)
        )


def _touched(edit: Edit, strand: Strand, said: Said) -> list[dict[str, Any]]:
    """What of the answer the regulation barred, or allows only after something that is not on record."""
    facts = facts_at(strand, edit.inquiry.decisions[-1], said.at)
    found = []
    for kind in said.kinds:
        permission = rules.may_state(said.role, facts, kind)
        lacking = missing(permission, strand, said.at)
        if permission.allowed and not lacking:
            continue
        if is_lifted(permission, strand, said.at):
            continue
        found.append(
            {
                "kind": kind.value,
                "what": permission.finding.rule,
                "source": permission.finding.source,
                "force": permission.finding.force.value,
                "text": permission.finding.text,
                "lacks": list(lacking) if permission.allowed else [],
            }
        )
    return found


def missing(permission: Permission, strand: Strand, at: datetime) -> tuple[str, ...]:
    """Of what a permission needs first: what had not been done by `at`."""
    done = {
        "consultation": any(each.consulted_at <= at for each in strand.consultations),
        "agreement": any(each.agreed_at <= at for each in strand.agreements),
        "deviation": any(each.decided_at <= at for each in strand.deviations),
    }
    return tuple(need for need in permission.needs if not done.get(need, False))


def stop_clock(edit: Edit, strand: Strand, told_at: datetime) -> None:
    """The journalist was told: the measured span ends the first time, and nothing more is chased."""
    if strand.answered_at is not None:
        return
    strand.answered_at = told_at
    strand.acknowledged_at = strand.acknowledged_at or min(told_at, edit.now)
    if strand.clock is Clock.COMMENT:
        strand.working_minutes = working_minutes(organisation.calendar(edit.tx), strand.received_at, told_at)
    strand.was_in_time = strand.first_due_at is None or told_at <= strand.first_due_at
    outbox.cancel(edit.tx, strand, edit.now)


__all__ = [
    "Agreed",
    "Channel",
    "Consulted",
    "Deviated",
    "NotNow",
    "Said",
    "is_lifted",
    "liftable",
    "may_answer",
    "missing",
    "record_answer",
    "stop_clock",
    "waits_for_ruling",
]
