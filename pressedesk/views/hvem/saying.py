"""What an office may say: the rules asked about typical questions, as the organisation stands now.

Nothing here knows a point. Each situation is a record of facts, and whatever is told of it is `rules.route` and
`rules.may_state` on that record, with whoever is away, and crisis leadership where it is established.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from pressedesk import formats, rules
from pressedesk.desk.chips import LEVEL_OF
from pressedesk.organisation import OfficeRow, Organisation
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.findings import Decision, Grants
from pressedesk.regulation.vocabulary import NO, YES, Ask, Form, Level, Outcome, Role, Statement, Waiver
from pressedesk.views.words import Cited, Sayable, cited, listed, sayable, sentence, source_name

WIDTH = (Level.SECTION, Level.UNIT, Level.AREA, Level.CROSS_AREA, Level.MUNICIPALITY)
OWN = {
    Level.SECTION: "Egen seksjon",
    Level.UNIT: "Egen virksomhet",
    Level.AREA: "Egen sektor",
    Level.MUNICIPALITY: "Hele kommunen",
}
FACTS, SUBSTANCE = (Statement.FACTS,), (Statement.FACTS, Statement.ASSESSMENTS)
IN_ALL = (*SUBSTANCE, Statement.GENERAL_INFO)


@dataclass(frozen=True)
class Speaker:
    """Who is asked about: a role of the regulation at a level, in a unit. `office` is None for any employee."""

    role: Role
    level: Level
    unit_id: int | None
    office: OfficeRow | None = None


@dataclass(frozen=True)
class Situation:
    """A typical question: what it changes in the facts of the speaker, and the statements that are worth asking of."""

    title: str
    changes: dict[str, Any]
    kinds: tuple[Statement, ...]


@dataclass(frozen=True)
class Line:
    """Statements with the same verdict on the same ground. `condition`: under which they may be given; `needs`: what
    is lacking, as codes, and `first` in words; `also`: what else stands against them."""

    kinds: str
    is_allowed: bool
    verdict: str
    condition: str
    first: tuple[str, ...]
    needs: tuple[str, ...]
    basis: Cited
    also: str = ""


@dataclass(frozen=True)
class Said:
    """One situation: whose it is to answer (empty: the speaker's own) and how, what may be said, who is asked first."""

    title: str
    answered_by: str
    outcome: Outcome
    lines: list[Line]
    consults: list[Cited]


def speaker_in(org: Organisation, office: OfficeRow) -> Speaker:
    """The office as the regulation names it. The leader of KIS is told from other leaders (14)."""
    role = Role.VIRKSOMHETSLEDER_KIS if office == org.kis_leader else office.role
    return Speaker(role, LEVEL_OF[org.units[office.unit_id].kind], office.unit_id, office)


def an_employee(unit_id: int | None = None, level: Level = Level.UNIT) -> Speaker:
    """Somebody without an office of his own."""
    return Speaker(Role.ANSATT, level, unit_id)


def what_may_be_said(speaker: Speaker, org: Organisation) -> list[Said]:
    """Every typical situation in order; neighbours that say the same stand together."""
    told: list[Said] = []
    asked: set[Cited] = set()
    for situation in situations(speaker, org):
        said = _said(speaker, situation, org)
        said = replace(said, consults=[each for each in said.consults if each not in asked])  # once is enough
        asked.update(said.consults)
        last = told[-1] if told else said
        if told and replace(last, title="") == replace(said, title=""):
            told[-1] = replace(last, title=f"{last.title}, {said.title[:1].lower()}{said.title[1:]}")
        else:
            told.append(said)
    return told


def facts_of(speaker: Speaker, org: Organisation, **changes: Any) -> Facts:
    """An ordinary question of fact to the speaker, about his own, with `changes`."""
    office_id = speaker.office.id if speaker.office else None
    unavailable, deputised = org.reachability(speaker.unit_id, office_id)
    if office_id is None:
        unavailable -= {Role.ANSATT}  # somebody is spoken to, though he has no office here
    ordinary: dict[str, Any] = {
        "asks": frozenset({Ask.FACTS}),
        "level": speaker.level,
        "addressed": speaker.role,
        "own_field": YES,
        "personnel": NO,
        "client_case": NO,
        "crisis": org.is_crisis,
        "unavailable": unavailable,
        "deputised": deputised,
    }
    return Facts(**{**ordinary, **changes})


# Situations


def situations(speaker: Speaker, org: Organisation) -> Iterator[Situation]:
    """The typical questions to this speaker now. In a crisis there is one: everything."""
    if org.is_crisis:
        kinds = (*SUBSTANCE, Statement.POLITICAL, Statement.GENERAL_INFO)
        yield Situation("Alt fra pressen mens kriseledelsen er satt", {}, kinds)
        return
    own = "Eget fagfelt" if speaker.role is Role.ANSATT else OWN[speaker.level]
    yield Situation(own, {}, IN_ALL)
    yield from _wider(speaker)
    yield Situation("Politikk", {"asks": frozenset({Ask.POLITICAL})}, (Statement.POLITICAL,))
    if speaker.role in (Role.ORDFORER, Role.VARAORDFORER):
        yield Situation("En viktig sak", {"important": True}, FACTS)
    yield from about_persons()
    yield from letters(speaker)
    yield Situation("Krav om innsyn", {"asks": frozenset({Ask.DOCUMENTS})}, (Statement.GENERAL_INFO,))


def _wider(speaker: Speaker) -> Iterator[Situation]:
    """What lies outside the speaker's own."""
    if speaker.role is Role.ANSATT:
        yield Situation("Utenfor eget fagfelt", {"own_field": NO}, SUBSTANCE)
        return
    if speaker.role is Role.VIRKSOMHETSLEDER_KIS:
        yield Situation("Andre virksomheter", {"own_field": NO}, SUBSTANCE)
    for level in WIDTH[WIDTH.index(speaker.level) + 1 :]:
        yield Situation(formats.capital(level.label), {"level": level}, SUBSTANCE)


def about_persons() -> Iterator[Situation]:
    """Where an individual is concerned."""
    yield Situation("En enkelt ansatt (personalsak)", {"personnel": YES}, IN_ALL)
    yield Situation("En enkelt bruker, elev eller pasient", {"client_case": YES}, IN_ALL)
    waived = {"client_case": YES, "waiver": Waiver.WRITTEN}
    yield Situation("En bruker som har gitt skriftlig fritak", waived, IN_ALL)


def letters(speaker: Speaker) -> Iterator[Situation]:
    """A letter to the editor, without and with an error of fact."""
    letter = {"form": Form.LETTER, "letter_author": speaker.role}
    yield Situation("Leserbrev", letter, (Statement.LETTER,))
    yield Situation("Leserbrev med faktafeil", {**letter, "letter_error": True}, (Statement.LETTER,))


# What the rules say of one


def _said(speaker: Speaker, situation: Situation, org: Organisation) -> Said:
    facts = facts_of(speaker, org, **situation.changes)
    decision = rules.route(facts)
    told = list(lines(speaker.role, facts, situation.kinds))
    also = _also(decision, told)
    return Said(
        title=situation.title,
        answered_by=_answered_by(decision, speaker, org),
        outcome=decision.strands[0].outcome,
        lines=[line if line.is_allowed else replace(line, also=also) for line in told],
        consults=list(consults(decision, speaker.role)),
    )


def _also(decision: Decision, told: list[Line]) -> str:
    """What else stands against it: «punkt 13» beside the law."""
    shown = {line.basis.source.lower() for line in told}
    others = dict.fromkeys(source_name(each.source) for each in decision.prohibited)
    return listed(name for name in others if name.lower() not in shown)


def lines(role: Role, facts: Facts, kinds: Iterable[Statement]) -> Iterator[Line]:
    """What the role may state of these kinds, those with the same verdict on the same ground together."""
    found: dict[Any, list[Sayable]] = {}
    for kind in kinds:
        permission = rules.may_state(role, facts, kind)
        effect = permission.finding.effect
        condition = effect.condition if permission.allowed and isinstance(effect, Grants) else None
        told = sayable(kind, permission, permission.needs)
        key = condition.label if condition else "", permission.needs, told.verdict, told.basis
        found.setdefault(key, []).append(told)
    for (condition_told, needs, verdict, basis), alike in found.items():
        kinds_told = listed(each.kind.label for each in alike)
        yield Line(kinds_told, alike[0].is_allowed, verdict, condition_told, tuple(alike[0].first), needs, basis)


def consults(decision: Decision, role: Role) -> Iterator[Cited]:
    """Whom the role asks first, and when. The leader of KIS is asked as a head of a unit in his own."""
    as_leader = {role, Role.VIRKSOMHETSLEDER} if role is Role.VIRKSOMHETSLEDER_KIS else {role}
    for each in decision.consult:
        if each.by in as_leader:
            asked = listed((other.label for other in each.any_of), "eller")
            told = sentence(f"{formats.capital(each.when.label)}: spør {asked}")
            yield cited(told, each.source, each.force.value)


def _answered_by(decision: Decision, speaker: Speaker, org: Organisation) -> str:
    """Who answers, where it is somebody else: office and person. Empty where it is the speaker's own."""
    own = {speaker.role, Role.VIRKSOMHETSLEDER} if speaker.role is Role.VIRKSOMHETSLEDER_KIS else {speaker.role}
    if decision.owner is None or decision.owner in own:
        return ""
    office = org.office(decision.owner, speaker.unit_id)
    if office is None:
        return formats.capital(decision.owner.label)
    person_id = org.reach(office.id).person_id
    return f"{office.title}, {org.people[person_id].name}" if person_id else office.title
