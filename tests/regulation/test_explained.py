"""The regulation in our own words: complete, as strong as the rules speak, and silent where they are silent."""

import re

import pytest

from pressedesk import rules
from pressedesk.regulation import explained
from pressedesk.regulation.explained import Explained
from pressedesk.regulation.findings import PassesOn, Reserves
from pressedesk.regulation.vocabulary import POINTS, SOURCES, Force, Gap
from pressedesk.regulation.weighing import Rule
from tests.regulation.domains import over

SPEECH = {"2", "8", "9"}
HINTS_AT_APPROVAL = re.compile(r"godkjen|tillat|\blov (til|å)\b|klarer|meld|rapporter|skal ikke|må ikke|får ikke", re.I)


def rules_of(source: str) -> list[Rule]:
    return [rule for rule in rules.REGULATION.rules.values() if rule.source == source]


def spoken(rule: Rule) -> set[Force]:
    """Every force with which a rule speaks, over all the facts it reads. What only follows from it is left out."""
    return {
        finding.force
        for given in over(*rule.reads)
        for finding in rule.say(*given.values())
        if not isinstance(finding.effect, PassesOn | Reserves)
    }


def texts(point: Explained) -> list[str]:
    return [point.binds, point.effect, *(clause.text for clause in point.clauses)]


def test_every_point_once_in_the_order_of_the_text() -> None:
    """Fifteen points, none left out."""
    assert tuple(point.source for point in explained.POINTS) == POINTS


def test_every_source_is_explained() -> None:
    """The points, what stands above them and what fills in: together every source that a reason can name."""
    told = [*explained.POINTS, *explained.LAW, *explained.STRATEGY]
    assert [each.source for each in told if each.source not in SOURCES] == []
    assert {each.source for each in told} == set(SOURCES) - {"ikke_regulert"}
    assert all(each.title == SOURCES[each.source] for each in told)


@pytest.mark.parametrize(
    "point", [each for each in explained.POINTS if each.source not in SPEECH], ids=lambda p: p.source
)
def test_a_point_is_told_as_strongly_as_its_rules_speak(point: Explained) -> None:
    """No force that no rule of the point has, and none of theirs left out. What is reserved to others may be told."""
    told = {clause.force for clause in point.clauses}
    said = set().union(*(spoken(rule) for rule in rules_of(point.source)))
    assert said - told == set(), "its rules also say"
    assert told - said <= {Force.MOTSETNINGSVIS}, "no rule of the point says"


@pytest.mark.parametrize("source", sorted(SPEECH))
def test_the_points_on_speech_are_advice_and_no_more(source: str) -> None:
    """2, 8 and 9 decide nothing at the desk, so they are told as advice."""
    point = next(each for each in explained.POINTS if each.source == source)
    assert {clause.force for clause in point.clauses} == {Force.VEILEDNING}


@pytest.mark.parametrize("source", [*sorted(SPEECH), "10"])
def test_nothing_hints_at_approval_of_speech(source: str) -> None:
    """What somebody says for himself, or for his union, is nobody's to grant."""
    point = next(each for each in explained.POINTS if each.source == source)
    assert [text for text in texts(point) if HINTS_AT_APPROVAL.search(text)] == []


def test_every_gap_is_left_by_a_point_and_filled() -> None:
    """A hole that the decision can name is shown where it is, with what we do instead."""
    assert set(explained.FILLED_BY) == set(Gap)
    assert {gap for point in explained.POINTS for gap in point.gaps} == set(Gap)


def test_everything_is_whole_sentences() -> None:
    """Clauses, effects and fillings end in a full stop; whom a point binds is a phrase."""
    told = [text for point in explained.POINTS for text in texts(point)[1:]]
    told += [each.text for each in (*explained.LAW, *explained.STRATEGY)]
    told += [*explained.FILLED_BY.values(), explained.NO_TIMES]
    assert [text for text in told if not text.endswith(".") or text != text.strip() or "  " in text] == []
