"""Proof by enumeration: each part of the walk against a slow, plain restatement of what the contract says."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from pressedesk import rules
from pressedesk.regulation import deciding
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.strands import split
from pressedesk.regulation.vocabulary import (
    MUNICIPAL,
    NO,
    UNKNOWN,
    YES,
    Ask,
    Capacity,
    Form,
    Kind,
    Level,
    Role,
    Statement,
)
from pressedesk.regulation.weighing import Weighed, consider, step_in
from tests.regulation import proof
from tests.regulation.domains import LINE, POLITICS

UP = [Role.SEKSJONSLEDER, Role.VIRKSOMHETSLEDER, Role.KOMMUNALSJEF, Role.RADMANN]
ALONE = [None, Role.ARKIV_POSTMOTTAK, Role.KRISELEDELSE, Role.KONTOADMINISTRATOR]
width = [*ALONE, Role.ANSATT, *UP, Role.ORDFORER, Role.VARAORDFORER].index


def ladder_says(given: dict[str, Any]) -> Role:
    """The ladder in plain words: an employee in his own field, else the lowest level that covers the question."""
    level, principled = given["level"], given["principled"]
    near = level in (Level.SECTION, Level.UNIT)
    asked_facts = Ask.FACTS in given["asks"] and Ask.ASSESSMENT not in given["asks"]
    settled = given["own_field"] is YES and principled is NO and given["personnel"] is NO
    if level is Level.EXTERNAL:
        return Role.KOMMUNALSJEF
    if given["addressed"] is Role.ANSATT and asked_facts and near and settled:
        return Role.ANSATT
    if near and principled is NO:
        return Role.SEKSJONSLEDER if level is Level.SECTION else Role.VIRKSOMHETSLEDER
    return Role.KOMMUNALSJEF if near or level is Level.AREA else Role.RADMANN


def first_owner(facts: Facts, kind: Kind) -> Role | None:
    """Who owns the strand of this kind before anybody steps in."""
    strand = next(each for each in split(facts) if each.kind is kind)
    said, _ = consider(rules.REGULATION, strand)
    return next((each.effect.role for each in said if hasattr(each.effect, "beside")), None)


def test_the_ladder() -> None:
    """The lowest level that covers the whole question answers, over all that the rules of the ladder read."""
    wrong = []
    for given in proof.ladder():
        if Ask.POLITICAL in given["asks"] or given["asks"] == {Ask.DOCUMENTS}:
            continue  # strands of their own
        outside = given["addressed"] in (Role.FOLKEVALGT, Role.TILLITSVALGT, Role.PRIVATPERSON)
        facts = FACTS.but(**given, capacities=frozenset({Capacity.OFFICIAL, Capacity.UNION}) if outside else OFFICIAL)
        if first_owner(facts, Kind.ADMINISTRATIVE) is not ladder_says(given):
            wrong.append(given)
    assert wrong == []


FACTS = Facts(personnel=NO, client_case=NO)
OFFICIAL = frozenset({Capacity.OFFICIAL})


def kinds_of(given: dict[str, Any]) -> set[Kind]:
    """Which strands an official inquiry has."""
    asks, form = given["asks"], given["form"]
    if form is Form.LETTER:
        asks = asks & {Ask.DOCUMENTS}
    documents = {Kind.DOCUMENTS} if Ask.DOCUMENTS in asks else set()
    rest = asks - {Ask.DOCUMENTS}
    if not rest and given["asks"] and form is not Form.LETTER:
        return documents
    if given["crisis"] and not given["crisis_released"]:
        return documents | {Kind.CRISIS}
    if form is Form.NOT_MEDIA:
        return documents | {Kind.NOT_MEDIA}
    if form is Form.LETTER:
        return documents | {Kind.LETTER}
    plain = Kind.OWN_ACCOUNT if form is Form.OWN_ACCOUNT else Kind.ADMINISTRATIVE
    political = {Kind.POLITICAL} if Ask.POLITICAL in rest else set()
    others = {plain} if rest - {Ask.POLITICAL} or not rest else set()
    return documents | political | others


def test_the_strands_and_the_owners_before_the_ladder() -> None:
    """Crisis, letter, own account, politics, documents and what is not from the press: each with its own owner."""
    wrong = []
    for given in proof.before_the_ladder():
        facts = FACTS.but(**given)
        below = ladder_says({**given, "principled": NO, "addressed": None, "own_field": NO, "personnel": NO})
        owners = {
            Kind.CRISIS: Role.KRISELEDELSE,
            Kind.POLITICAL: Role.ORDFORER,
            Kind.LETTER: Role.ORDFORER if given["letter_political"] else below,
            Kind.OWN_ACCOUNT: Role.KONTOADMINISTRATOR,
            Kind.ADMINISTRATIVE: below,
            Kind.DOCUMENTS: Role.ARKIV_POSTMOTTAK,
            Kind.NOT_MEDIA: None,
        }
        expected = {kind: owners[kind] for kind in kinds_of(given)}
        if {each.kind: first_owner(facts, each.kind) for each in split(facts)} != expected:
            wrong.append(given)
    assert wrong == []


def steps_in(owner: Role, away: frozenset[Role], subject: Role | None, level: Level | None) -> Role:
    """Who acts, in plain words: the office above the subject, then the first on the same line who is there."""
    leader = Role.SEKSJONSLEDER if level is Level.SECTION else Role.VIRKSOMHETSLEDER
    below = {Role.ANSATT: -1, Role.KONTOADMINISTRATOR: 0, **{role: at for at, role in enumerate(UP)}}
    if subject in UP and owner in below and (owner is subject or below[owner] < below[subject]):
        owner = [*UP, Role.ORDFORER][UP.index(subject) + 1]
    elif owner is subject and subject is Role.ORDFORER:
        owner = Role.VARAORDFORER
    elif owner is subject and subject in (Role.ANSATT, Role.KONTOADMINISTRATOR):
        owner = leader if subject is Role.ANSATT else Role.VIRKSOMHETSLEDER
    if owner in POLITICS:
        other = POLITICS[owner is Role.ORDFORER]
        return other if owner in away and other not in away and other is not subject else owner
    if owner is Role.ANSATT and owner in away:
        owner = leader
    if owner is Role.KONTOADMINISTRATOR and owner in away:
        owner = Role.VIRKSOMHETSLEDER
    if owner in UP:
        return next((role for role in UP[UP.index(owner) :] if role not in away), Role.RADMANN)
    return owner


def test_who_steps_in() -> None:
    """Every owner × every set of unreachable offices × every subject: up the same line, never to the subject."""
    wrong = []
    for owner, away, subject, level in proof.climbs():
        strand = split(FACTS.but(level=level, unavailable=away, addressed=Role.ANSATT, subject=subject))[0]
        acts, said = step_in(rules.REGULATION, strand, owner)
        nobody = any(getattr(each.effect, "gap", None) == "nobody_reachable" for each in said)
        on_a_line = acts in (*LINE, *POLITICS)
        if acts is not steps_in(owner, away, subject, level) or nobody != (on_a_line and acts in away):
            wrong.append((owner, away, subject, level, acts))
        if acts is subject and subject is not Role.VARAORDFORER:
            wrong.append((owner, away, subject, level, acts))
    assert wrong == []


def test_a_deputy_is_as_good_as_the_holder() -> None:
    """An office with an acting deputy counts as reachable."""
    for role in (*LINE, *POLITICS, Role.KONTOADMINISTRATOR):
        for level, asks in product(Level, (Ask.FACTS, Ask.POLITICAL)):
            facts = FACTS.but(level=level, asks=frozenset({asks}))
            deputised = facts.but(unavailable=frozenset({role}), deputised=frozenset({role}))
            assert rules.route(deputised) == rules.route(facts)


def test_may_state_and_the_decision_agree() -> None:
    """For every role and statement: the rows of the decision are what may_state allows; every no has its finding."""
    wrong = []
    for facts in proof.covering():
        decision = rules.route(facts)
        rows = {(row.role, kind): (row.force, row.source) for row in decision.may_state for kind in row.kinds}
        speakers = {row.role for row in decision.may_state}
        for role, kind in product(Role, Statement):
            permission = rules.may_state(role, facts, kind)
            row = rows.get((role, kind))
            same = row == (permission.finding.force, permission.finding.source)
            if (role in speakers and permission.allowed is not same) or (row and not same):
                wrong.append((facts, role, kind))
            if permission.overridable and permission.allowed:
                wrong.append((facts, role, kind))
        silent = [owner for owner in owners(decision) if (owner, "decline") not in rows]
        if silent:
            wrong.append((facts, silent, "decline"))
    assert wrong == []


def owners(decision: Any) -> list[Role]:
    """Everybody who owns a strand of the decision."""
    return [each.owner for each in decision.strands if each.owner] + list(decision.co_owners)


def weighed(context: dict[str, Any], values: tuple[Any, ...]) -> Weighed:
    """The context with these values of the five facts."""
    facts = Facts.from_json({"asks": ["facts"], **context}).but(**dict(zip(proof.OPEN, values, strict=True)))
    return Weighed(rules.REGULATION, facts)


class Seen:
    """What the principle of «vet ikke» speaks of: owners, outcomes, permission, prohibited, consultation."""

    def __init__(self, each: Weighed):
        self.owners = [strand.owner for strand in each.strands]
        self.allowed = {(role, kind) for role in MUNICIPAL for kind in each.stated(role)}
        self.all = (
            [(strand.facts.kind, strand.owner, strand.outcome) for strand in each.strands],
            each.co_owners,
            {(role, kind, grant.condition) for role in MUNICIPAL for kind, (_, grant) in each.stated(role).items()},
            {(bar.what, finding.force, finding.source) for finding, bar in each.bars},
            set(each.consults),
        )


@pytest.mark.parametrize("around", proof.CONTEXTS, ids=str)
def test_dont_know(around: dict[str, Any]) -> None:
    """The widest owner of what the answers would give, and exactly what every answer would permit."""
    seen = {values: Seen(weighed(around, values)) for values in product(*proof.OPEN.values())}
    wrong = []
    for values, one in seen.items():
        options = [
            [each for each in domain if each not in (None, UNKNOWN)] if value in (None, UNKNOWN) else [value]
            for value, domain in zip(values, proof.OPEN.values(), strict=True)
        ]
        answers = [seen[each] for each in product(*options)]
        for at, owner in enumerate(one.owners):
            widest = max((each.owners[at] for each in answers), key=width)
            if owner is not widest:
                wrong.append((values, owner, widest))
        if one.allowed != set.intersection(*(each.allowed for each in answers)):
            wrong.append((values, one.allowed))
    assert wrong == []


@pytest.mark.parametrize("around", proof.CONTEXTS, ids=str)
def test_a_reason_stands_where_the_answer_would_matter(around: dict[str, Any]) -> None:
    """«Uavklart» stands for an open fact exactly where its answers would have differed, all else as it is."""
    seen: dict[tuple[Any, ...], Seen] = {}
    wrong = []
    for values in list(product(*proof.OPEN.values()))[::9]:
        facts = weighed(around, values).facts
        open_ = [name for name, value in zip(proof.OPEN, values, strict=True) if value in (None, UNKNOWN)]
        expected = set()
        for name in open_:
            base = dict(zip(proof.OPEN, values, strict=True))
            if name in ("personnel", "client_case") and {"personnel", "client_case"} <= set(open_):
                base[({"personnel", "client_case"} - {name}).pop()] = NO
            answers = [{**base, name: each} for each in proof.OPEN[name] if each not in (None, UNKNOWN)]
            for each in answers:
                key = tuple(each.values())
                if key not in seen:
                    seen[key] = Seen(weighed(around, key))
            if any(seen[tuple(each.values())].all != seen[tuple(answers[0].values())].all for each in answers):
                expected.add(name)
        told = {reason.because[0] for reason in rules.route(facts).reasons if reason.rule == "uavklart"}
        if told & set(proof.OPEN) != expected or set(rules.still_matters(facts)) != told:
            wrong.append((values, told, expected))
    assert wrong == []


@pytest.mark.parametrize(
    ("known", "order"),
    [
        ({}, ["asks", "level", "personnel", "client_case"]),
        ({"asks": [Ask.FACTS], "personnel": NO, "client_case": NO}, ["level"]),
        ({"asks": [Ask.FACTS], "level": Level.UNIT}, ["personnel", "client_case"]),
        ({"asks": [Ask.FACTS], "addressed": Role.ANSATT}, ["level", "personnel", "client_case", "own_field"]),
        (
            {"asks": [Ask.FACTS], "addressed": Role.ANSATT, "level": Level.UNIT, "own_field": YES},
            ["personnel", "client_case"],
        ),
        ({"asks": [Ask.FACTS], "level": Level.UNIT, "principled": UNKNOWN}, ["principled", "personnel", "client_case"]),
        ({"asks": [Ask.DOCUMENTS], "level": Level.UNIT}, ["personnel", "client_case"]),
        ({"asks": [Ask.POLITICAL], "capacities": None, "personnel": NO, "client_case": NO}, ["capacities"]),
        ({"asks": [Ask.POLITICAL], "personnel": NO, "client_case": NO}, []),
    ],
    ids=str,
)
def test_what_still_matters_comes_most_decisive_first(known: dict[str, Any], order: list[str]) -> None:
    """First what is asked for; then those with most different owners, then outcomes, then the order of the contract."""
    assert rules.still_matters(Facts(**known)) == order


def test_findings_are_kept_only_so_long() -> None:
    """Rules are kept by their facts, and forgotten in good time: memory does not grow with the calls."""
    rule = rules.REGULATION.rules[rules.den_som_er_borte]
    assert len(rule._kept) <= 4096
    assert deciding.weigh.cache_info().maxsize is not None
