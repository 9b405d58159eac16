"""Journalling: what the app proposes, by three tests; and the provisions by which documents may be kept back."""

from itertools import product

import pytest

from pressedesk.regulation.journalling import SOURCES, Dealt, propose
from pressedesk.regulation.provisions import PROVISIONS, letter
from pressedesk.regulation.vocabulary import NO, UNKNOWN, YES, Kind, Known, Statement

FACTS, ASSESSMENTS, GENERAL = Statement.FACTS, Statement.ASSESSMENTS, Statement.GENERAL_INFO
CASES = [  # told as, kind, in writing, statements, accusation, what is proposed
    ("facts on the telephone", Kind.ADMINISTRATIVE, False, {FACTS}, False, NO),
    ("an assessment on the telephone", Kind.ADMINISTRATIVE, False, {ASSESSMENTS}, False, NO),
    ("facts in an e-mail", Kind.ADMINISTRATIVE, True, {FACTS}, False, UNKNOWN),
    ("general information in an e-mail", Kind.ADMINISTRATIVE, True, {GENERAL}, False, NO),
    ("an assessment in an e-mail", Kind.ADMINISTRATIVE, True, {FACTS, ASSESSMENTS}, False, YES),
    ("a political answer in an e-mail", Kind.POLITICAL, True, {Statement.POLITICAL}, False, YES),
    ("a refusal in an e-mail", Kind.ADMINISTRATIVE, True, {Statement.DECLINE}, False, YES),
    ("facts against an accusation", Kind.ADMINISTRATIVE, True, {FACTS}, True, YES),
    ("against an accusation, on the telephone", Kind.ADMINISTRATIVE, False, {FACTS}, True, NO),
    ("facts in a letter to the editor", Kind.LETTER, True, {FACTS}, False, YES),
    ("a fact on an account of our own", Kind.OWN_ACCOUNT, True, {FACTS}, False, UNKNOWN),
    ("a request for documents", Kind.DOCUMENTS, True, {GENERAL}, False, YES),
    ("a request for documents on the telephone", Kind.DOCUMENTS, False, {GENERAL}, False, YES),
]


@pytest.mark.parametrize(
    ("kind", "in_writing", "statements", "accusation", "proposed"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_what_is_proposed(
    kind: Kind, in_writing: bool, statements: set[Statement], accusation: bool, proposed: Known
) -> None:
    """What takes a stand, answers criticism or decides on documents is registered; talk and general information not."""
    assert propose(Dealt(kind, in_writing, frozenset(statements), accusation)).registers is proposed


def test_three_tests_with_a_source_each() -> None:
    """Whatever the answer: three tests, each with its reason; one no decides, and nothing is yes while one is open."""
    for kind, in_writing, accusation in product(Kind, (True, False), (True, False)):
        for statements in (frozenset[Statement](), *(frozenset({statement}) for statement in Statement)):
            proposal = propose(Dealt(kind, in_writing, statements, accusation))
            answers = [test.holds for test in proposal.tests]
            assert [test.name for test in proposal.tests] == ["document", "dealt_with", "worth_keeping"]
            assert all(test.why and test.source in SOURCES for test in proposal.tests)
            assert (proposal.registers is NO) is (NO in answers)
            assert (proposal.registers is YES) is all(answer is YES for answer in answers)


def test_no_openness_beyond_duty_where_there_is_no_choice() -> None:
    """Confidentiality is a duty (§ 13); and of what is not there nothing can be given."""
    no_choice = {code for code, provision in PROVISIONS.items() if not provision.weighs_openness}
    assert no_choice == {"offl_13", "offl_28", "offl_4"}


def test_the_letter_names_its_ground_and_how_to_appeal() -> None:
    """Provision with paragraph, openness where it was considered, the reason, and where and how long one may appeal."""
    told = letter(PROVISIONS["offl_14"], False, True, "Notatet er et utkast.", "Granli kommune")
    for part in (
        "§ 14 første ledd",
        "§ 11",
        "utkast.",
        "Statsforvalteren",
        "tre uker",
        "Granli kommune",
        "§§ 31 og 32",
    ):
        assert part in told
    partial = letter(PROVISIONS["offl_13"], True, False, "", "Granli kommune")
    assert "ikke i alt" in partial
    assert "§ 11" not in partial
