"""A stored decision, its facts and a permission in words. Reads JSON as it was stored, also by older versions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pressedesk import formats
from pressedesk.models import DecisionRecord, Strand
from pressedesk.organisation import Presence
from pressedesk.regulation.facts import FIELDS, Facts
from pressedesk.regulation.findings import Permission
from pressedesk.regulation.vocabulary import (
    SOURCES,
    Code,
    Condition,
    Force,
    Gap,
    Guidance,
    Kind,
    Outcome,
    Prohibition,
    Role,
    Statement,
    When,
)

NOT_REGULATED = "ikke_regulert"


def label(codes: type[Code], value: str | None) -> str:
    """What a person reads for a stored code; a code that this version does not know stands as it is."""
    if value is None:
        return "ingen"
    return next((code.label for code in codes if code.value == value), value)


def listed(texts: Iterable[str], last: str = "og") -> str:
    """«a, b og c»."""
    all_texts = list(texts)
    return f" {last} ".join(filter(None, [", ".join(all_texts[:-1]), *all_texts[-1:]]))


def sentence(text: str) -> str:
    """With a capital first, and a full stop last."""
    return formats.capital(text) + ("" if text.endswith((".", "!", "?")) else ".")


def source_name(source: str) -> str:
    """«punkt 6», «Forvaltningsloven § 13», «ikke regulert»."""
    if source == NOT_REGULATED:
        return "ikke regulert"
    return f"punkt {source}" if source.isdecimal() else SOURCES.get(source, source)


@dataclass(frozen=True)
class Cited:
    """A sentence with the point it rests on and how strong the point is. `title` is the heading of the point, `point`
    its number, empty where it rests on something else."""

    text: str
    source: str
    title: str
    force: str
    point: str = ""


def cited(text: str, source: str, force: str) -> Cited:
    """`source` and `force` as stored. The force is left out where it would only repeat the source."""
    name = source_name(source)
    title = SOURCES.get(source, "") if source.isdecimal() else ""
    strength = label(Force, force)
    point = source if source.isdecimal() else ""
    return Cited(text, formats.capital(name), title, "" if strength == name else strength, point)


@dataclass(frozen=True)
class MayState:
    """What a role may give on one basis."""

    kinds: str
    condition: str
    basis: Cited


@dataclass(frozen=True)
class DecisionWords:
    """A decision as the page shows it."""

    made: str
    regulation: str
    owner: str
    strands: list[str]
    reasons: list[Cited]
    may_state: list[tuple[str, list[MayState]]]
    prohibited: list[Cited]
    consult: list[Cited]
    guidance: list[Cited]
    gaps: list[str]
    facts: list[tuple[str, str]]


def decision_words(record: DecisionRecord, now: datetime) -> DecisionWords:
    """A stored decision in words."""
    decision = record.decision
    return DecisionWords(
        made=formats.when(record.made_at, now),
        regulation=record.regulation,
        owner=label(Role, decision["owner"]),
        strands=[_strand(strand) for strand in decision["strands"]],
        reasons=[cited(each["text"], each["source"], each["force"]) for each in decision["reasons"]],
        may_state=_by_role(decision["may_state"]),
        prohibited=[
            cited(sentence(label(Prohibition, each["what"])), each["source"], each["force"])
            for each in decision["prohibited"]
        ],
        consult=[_consult(each) for each in decision["consult"]],
        guidance=[cited(label(Guidance, each["code"]), each["source"], "veiledning") for each in decision["guidance"]],
        gaps=[label(Gap, gap) for gap in decision["gaps"]],
        facts=list(known_facts(record.facts)),
    )


def _strand(strand: Mapping[str, Any]) -> str:
    owner = label(Role, strand["owner"]) if strand["owner"] else "ingen ansvarlig"
    return f"{label(Kind, strand['kind'])}: {owner}, {label(Outcome, strand['outcome'])}"


def _by_role(rows: Iterable[Mapping[str, Any]]) -> list[tuple[str, list[MayState]]]:
    found: dict[str, list[MayState]] = {}
    for row in rows:
        found.setdefault(label(Role, row["role"]), []).append(_may_state(row))
    return list(found.items())


def _may_state(row: Mapping[str, Any]) -> MayState:
    basis = cited("", row["source"], row["force"])
    kinds = listed(label(Statement, kind) for kind in row["kinds"])
    condition = label(Condition, row["condition"]) if row["condition"] else ""
    return MayState(kinds, condition, basis)


def _consult(each: Mapping[str, Any]) -> Cited:
    asked = listed((label(Role, role) for role in each["any_of"]), "eller")
    words = f"{label(Role, each['by'])} spør {asked} {label(When, each['when'])}"
    return cited(sentence(words), each["source"], each["force"])


# Facts


ALWAYS_KNOWN = frozenset({"asks", "level", "personnel", "client_case"})
FROM_THE_ORGANISATION = frozenset({"unavailable", "deputised"})
UNTOUCHED = Facts().to_json()


def known_facts(facts: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """The facts that matter in every case, and what somebody has answered of the others."""
    for name, field in FIELDS.items():
        value = facts.get(name)
        is_told = name in ALWAYS_KNOWN or (name not in FROM_THE_ORGANISATION and value != UNTOUCHED[name])
        if is_told:
            yield field.question, fact_value(name, value)


def fact_value(name: str, value: Any) -> str:
    """The value of a fact as a person would say it."""
    field = FIELDS.get(name)
    if value is None:
        return (field.null if field else None) or "ingen"
    if isinstance(value, bool):
        return "ja" if value else "nei"
    codes = field.codes if field else None
    if isinstance(value, list):
        return listed(label(codes, each) if codes else str(each) for each in value) or "ingen"
    return label(codes, value) if codes else str(value)


def fact_name(name: str) -> str:
    """The question that a fact answers."""
    if name == "unit_id":
        return "Virksomhet"
    return FIELDS[name].question if name in FIELDS else name


def differences(old: DecisionRecord, new: DecisionRecord) -> list[str]:
    """What a later decision says otherwise than the one before it, in sentences."""
    found = []
    for name in FIELDS:
        before, after = old.facts.get(name), new.facts.get(name)
        if before != after and name not in FROM_THE_ORGANISATION:
            found.append(f"{fact_name(name)} Før: {fact_value(name, before)}. Nå: {fact_value(name, after)}.")
    was, now = ({each["kind"]: _strand(each) for each in record.decision["strands"]} for record in (old, new))
    for kind in dict.fromkeys([*was, *now]):
        if was.get(kind) != now.get(kind):
            found.append(f"Før: {was.get(kind, 'ikke noe slikt delspørsmål')}. Nå: {now.get(kind, 'bortfalt')}.")
    found += _changed_bans(old, new)
    if old.regulation != new.regulation:
        found.append(f"Reglementet leses nå i versjon {new.regulation}, før i versjon {old.regulation}.")
    return found


def _changed_bans(old: DecisionRecord, new: DecisionRecord) -> Iterable[str]:
    was, now = ([each["what"] for each in record.decision["prohibited"]] for record in (old, new))
    for what in now:
        if what not in was:
            yield f"Ikke lenger tillatt: {label(Prohibition, what)}."
    for what in was:
        if what not in now:
            yield f"Ikke lenger forbudt: {label(Prohibition, what)}."


# Permission


NEEDS = {
    "consultation": "Spør kommunalsjef eller rådmann først.",
    "agreement": "Krever særskilt avtale om denne saken.",
    "deviation": "Bare som begrunnet avvik.",
    "personnel": "Avklar først om det gjelder en ansatt.",
    "client_case": "Avklar først om det gjelder en bruker, elev eller pasient.",
}


@dataclass(frozen=True)
class Sayable:
    """One kind of statement, whether it may be given, what comes first, and by which point."""

    kind: Statement
    is_allowed: bool
    verdict: str
    first: list[str]
    basis: Cited


def sayable(kind: Statement, permission: Permission, lacking: Iterable[str]) -> Sayable:
    """A permission in words. `lacking`: what of its needs is not on record."""
    first = [NEEDS.get(need, FIELDS[need].question if need in FIELDS else need) for need in lacking]
    finding = permission.finding
    basis = cited(finding.text, finding.source, finding.force.value)
    if permission.allowed:
        verdict = "Kan sies, men ikke ennå" if first else "Kan sies"
    else:
        verdict = "Bare som avvik" if permission.overridable else "Kan ikke sies"
        if permission.overridable and not first:
            first = [NEEDS["deviation"]]
    return Sayable(kind, permission.allowed and not first, verdict, first, basis)


# How the person was found


def how_found(strand: Strand, now: datetime) -> list[str]:
    """The way from the office to the person who answers for it, one sentence a step."""
    return [_found(step, now) for step in strand.resolution]


def _found(step: Mapping[str, Any], now: datetime) -> str:
    name = step["name"]
    until_at = datetime.fromisoformat(step["until_at"]) if step["until_at"] else None
    until = f" til {formats.when(until_at, now)}" if until_at else ""
    sentences = {
        Presence.PRESENT: f"{name} har stillingen og er til stede.",
        Presence.AWAY: f"{name} har stillingen, men er borte{until}.",
        Presence.ACTS: f"{name} er stedfortreder.",
        Presence.DEPUTY_AWAY: f"Stedfortrederen {name} er borte{until}.",
        Presence.EXCLUDED: "Den saken gjelder, er holdt utenfor.",
        Presence.PASSED_BY: f"{name} kunne ikke da.",
        Presence.VACANT: "Stillingen er ledig.",
    }
    return sentences[Presence(step["presence"])]
