"""What holds of any facts whatever: seeded draws from the whole product, some 10¹³ records."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from math import prod
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given, seed, settings

from pressedesk import rules
from pressedesk.regulation.facts import FIELDS, Facts
from pressedesk.regulation.findings import Grants, PassesOn
from pressedesk.regulation.vocabulary import (
    ADMINISTRATION,
    NO,
    OUTSIDE,
    SOURCES,
    SUBSTANCE,
    UNKNOWN,
    YES,
    AgreementKind,
    Capacity,
    Force,
    Kind,
    Level,
    Outcome,
    Prohibition,
    Role,
    Statement,
)
from tests.regulation.domains import domain, subsets
from tests.regulation.proof import OPEN, covering


def _values(name: str) -> tuple[Any, ...]:
    """The values of one fact, the usual one first, so that a failure shrinks to a plain record."""
    usual = getattr(Facts(), name)
    return (usual, *(value for value in domain(name) if value != usual))


VALUES = {name: _values(name) for name in FIELDS} | dict.fromkeys(("unavailable", "deputised"), subsets(Role))
WHOLE_PRODUCT = prod(len(values) for values in VALUES.values())


def record(number: int) -> Facts:
    """The record of this number in the whole product."""
    drawn = {}
    for name, values in VALUES.items():
        number, at = divmod(number, len(values))
        drawn[name] = values[at]
    return Facts(**drawn)


def of_any_facts(test: Any) -> Any:
    """A hundred and twenty draws from the whole product, the same ones every time."""
    any_facts = st.integers(0, WHOLE_PRODUCT - 1).map(record)
    return seed(2015)(settings(max_examples=120, deadline=None, database=None)(given(facts=any_facts)(test)))


@of_any_facts
def test_it_always_answers(facts: Facts) -> None:
    """Somebody owns it, or it is passed on: the owner is null only where every strand is outside."""
    decision = rules.route(facts)
    assert decision.strands
    passed = all(each.outcome in (Outcome.PASS_CONTACT, Outcome.NO_REPLY) for each in decision.strands)
    assert decision.owner is not None or passed
    for each in decision.strands:
        assert (each.owner is None) == (each.kind in OUTSIDE) == (each.outcome is Outcome.PASS_CONTACT)
        assert each.sources


@of_any_facts
def test_the_first_strand_with_an_owner_leads(facts: Facts) -> None:
    """Strands stand in the order of their kinds, one of each, and the first owner is the owner."""
    decision = rules.route(facts)
    kinds = [each.kind for each in decision.strands]
    assert kinds == sorted(set(kinds), key=lambda kind: kind.rank)
    assert decision.owner == next((each.owner for each in decision.strands if each.owner), None)
    assert decision.owner not in decision.co_owners


@of_any_facts
def test_lists_are_in_the_order_of_the_vocabulary(facts: Facts) -> None:
    """Every list of the decision has its order, and nothing twice."""
    decision = rules.route(facts)
    ranks = list(SOURCES)
    orders: list[list[Any]] = [
        [role.rank for role in decision.co_owners],
        [role.rank for role in decision.inform],
        [(row.role.rank, row.kinds[0].rank) for row in decision.may_state],
        [(row.by.rank, ranks.index(row.source)) for row in decision.consult],
        [row.what.rank for row in decision.prohibited],
        [row.code.rank for row in decision.guidance],
        list(decision.points),
        [gap.rank for gap in decision.gaps],
        *([kind.rank for kind in row.kinds] for row in decision.may_state),
        *([role.rank for role in row.any_of] for row in decision.consult),
        *([ranks.index(source) for source in each.sources] for each in decision.strands),
    ]
    assert [each for each in orders if each != sorted(set(each))] == []
    rules_told = [reason.rule for reason in decision.reasons]
    assert "uavklart" not in rules_told[: len(rules_told) - rules_told.count("uavklart")]


@of_any_facts
def test_it_can_be_stored_and_asked_again(facts: Facts) -> None:
    """Facts and decision survive JSON, and the same facts give the same decision."""
    stored = json.loads(json.dumps(facts.to_json()))
    assert Facts.from_json(stored) == facts
    assert json.loads(json.dumps(rules.route(facts).to_json())) == rules.route(Facts.from_json(stored)).to_json()


@of_any_facts
def test_a_ban_never_changes_the_owner(facts: Facts) -> None:
    """12, a waiver, an accusation, importance and images say nothing of who owns."""
    owner = rules.route(facts).owner
    for name in ("client_case", "case_public", "waiver", "accusation", "important", "political_process", "in_doubt"):
        changed = facts.but(**{name: VALUES[name][1]})
        assert rules.route(changed).owner is owner
    if facts.addressed is not Role.ANSATT:
        assert rules.route(facts.but(personnel=YES)).owner is rules.route(facts.but(personnel=NO)).owner


@of_any_facts
def test_the_subject_answers_and_is_asked_for_nothing(facts: Facts) -> None:
    """Whoever it is about never owns (but the varaordfører, whom nothing moves), never consults, is never consulted."""
    decision = rules.route(facts)
    subject = facts.subject
    if subject in (Role.VARAORDFORER, Role.ARKIV_POSTMOTTAK, Role.KRISELEDELSE, Role.VIRKSOMHETSLEDER_KIS, None):
        return
    if subject is not Role.ANSATT or facts.addressed is Role.ANSATT:
        assert subject not in [each.owner for each in decision.strands] + list(decision.co_owners)
        assert subject not in [row.by for row in decision.consult] + list(decision.inform)
        assert subject not in [role for row in decision.consult for role in row.any_of]


@of_any_facts
def test_nobody_consults_himself(facts: Facts) -> None:
    """Whoever must ask has somebody else to ask."""
    for row in rules.route(facts).consult:
        assert row.any_of
        assert row.by not in row.any_of


@of_any_facts
def test_an_owner_may_always_say_something(facts: Facts) -> None:
    """At least that it is declined, and why."""
    decision = rules.route(facts)
    for role in {each.owner for each in decision.strands if each.owner} | set(decision.co_owners):
        assert rules.may_state(role, facts, Statement.DECLINE).allowed
        assert rules.may_state(role, facts, Statement.GENERAL_INFO).allowed


@of_any_facts
def test_a_bar_beats_a_grant(facts: Facts) -> None:
    """What is barred is refused; only soft bars can be deviated from; guidance refuses nothing."""
    for role in (Role.RADMANN, Role.VIRKSOMHETSLEDER, Role.ANSATT, Role.ORDFORER, Role.PRIVATPERSON):
        for kind in Statement:
            permission = rules.may_state(role, facts, kind)
            assert permission.allowed is isinstance(permission.finding.effect, Grants | PassesOn)
            assert permission.finding.force is not Force.VEILEDNING
            if permission.overridable:
                soft = (Force.BOR_IKKE, Force.ANALOGI, Force.SKAL_SOM_HOVEDREGEL_IKKE)
                assert permission.finding.force in soft
                assert permission.needs


@of_any_facts
def test_confidentiality_stands_over_everything(facts: Facts) -> None:
    """A person who may be concerned is never spoken of, in a crisis, by anybody, whatever else is so."""
    guarded = facts.but(personnel=YES)
    for role in set(Role) - {Role.EKSTERN_PART}:
        assert not any(rules.may_state(role, guarded, kind).allowed for kind in SUBSTANCE)
    assert Prohibition.DISCLOSE_CONFIDENTIAL_INFORMATION in [each.what for each in rules.route(guarded).prohibited]


@of_any_facts
def test_the_administration_never_comments_politically(facts: Facts) -> None:
    """Inside the regulation, only the ordfører and whoever acts for him do."""
    if any(each.owner for each in rules.route(facts).strands):
        assert not any(rules.may_state(role, facts, Statement.POLITICAL).allowed for role in ADMINISTRATION)


@of_any_facts
def test_access_to_documents_is_never_limited(facts: Facts) -> None:
    """Documents asked for are handled as such, by the archive, on their own clock, whatever else is so."""
    documents = [each for each in rules.route(facts).strands if each.kind is Kind.DOCUMENTS]
    assert len(documents) == ("documents" in facts.asks)
    for each in documents:
        assert (each.owner, each.outcome, each.clock) == ("arkiv_postmottak", "handle_as_innsyn", "innsyn")


@of_any_facts
def test_outside_the_regulation_nobody_is_hindered(facts: Facts) -> None:
    """Where all is passed on there are no rows, no consultation and no clock, and only law says no."""
    outside = facts.but(asks=facts.asks - {"documents"}, capacities=frozenset({Capacity.PRIVATE, Capacity.UNION}))
    decision = rules.route(outside)
    assert (decision.owner, decision.may_state, decision.consult, decision.inform) == (None, (), (), ())
    assert [each.clock for each in decision.strands] == [None, None]
    for kind in Statement:
        permission = rules.may_state(Role.ANSATT, outside, kind)
        assert permission.allowed or permission.finding.force is Force.LOV


@of_any_facts
def test_dont_know_never_grants_more(facts: Facts) -> None:
    """No answer to an open fact takes away what «vet ikke» allowed."""
    for name, values in OPEN.items():
        if getattr(facts, name) in (None, UNKNOWN):
            for role in (Role.ORDFORER, Role.RADMANN, Role.VIRKSOMHETSLEDER, Role.VIRKSOMHETSLEDER_KIS, Role.ANSATT):
                for kind in (Statement.FACTS, Statement.ASSESSMENTS, Statement.POLITICAL, Statement.LETTER):
                    if rules.may_state(role, facts, kind).allowed:
                        answers = [each for each in values if each not in (None, UNKNOWN)]
                        assert all(rules.may_state(role, facts.but(**{name: each}), kind).allowed for each in answers)


@of_any_facts
def test_absence_never_crosses_between_politics_and_administration(facts: Facts) -> None:
    """Everybody away or nobody away: the strand stays on its line."""
    politics = (Role.ORDFORER, Role.VARAORDFORER)
    here = rules.route(facts.but(unavailable=frozenset()))
    away = rules.route(facts.but(unavailable=frozenset(Role), deputised=frozenset()))
    assert [each.owner in politics for each in here.strands] == [each.owner in politics for each in away.strands]


@of_any_facts
def test_facts_that_do_not_apply_are_ignored(facts: Facts) -> None:
    """Outside a letter the letter's author and politics say nothing; outside a crisis its release says nothing."""
    if facts.form != "letter":
        assert rules.route(facts.but(letter_political=True, letter_author=Role.RADMANN)) == rules.route(
            facts.but(letter_political=False, letter_author=None)
        )
    assert rules.route(facts.but(crisis=False, crisis_released=True)) == rules.route(
        facts.but(crisis=False, crisis_released=False)
    )


@pytest.mark.parametrize("level", [None, *Level])
def test_what_is_lacking_is_enough(level: Level | None) -> None:
    """Whoever gets what `needs` names, may: the agreement made, the open facts answered as they may be."""
    for facts in covering(3)[::9]:
        asked = facts.but(level=level)
        permission = rules.may_state(Role.ANSATT, asked, Statement.ASSESSMENTS)
        if permission.needs == ("agreement",):
            asked = asked.but(agreement=AgreementKind.SPECIFIC)
        elif permission.needs == ("personnel",):
            asked = asked.but(personnel=NO)
        else:
            continue
        assert rules.may_state(Role.ANSATT, asked, Statement.ASSESSMENTS).allowed


def test_the_same_bytes_whatever_the_hash_seed() -> None:
    """A decision is the same text in every process."""
    lines = "\n".join(json.dumps(facts.to_json()) for facts in covering()[::10])
    command = [sys.executable, "-m", "pressedesk.cli", "route"]
    told = {
        subprocess.run(
            command,
            input=lines.encode(),
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            check=True,
        ).stdout
        for hash_seed in ("0", "1", "4711")
    }
    assert len(told) == 1
