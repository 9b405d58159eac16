"""Whether an answer is to be registered in the public record: the app proposes and says why, a person decides. Pure.

Three questions, as the rules of the archive put them: is it a document that came in or went out, has somebody dealt
with it, and is it worth keeping as documentation (offentleglova §§ 4 and 10, arkivforskrifta). One no is a no; where
nobody can tell, the archive considers.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from pressedesk.regulation.vocabulary import N_, NO, UNKNOWN, YES, Kind, Known, Statement

SOURCES = {
    "offl_4": N_("Offentleglova § 4"),
    "offl_10": N_("Offentleglova § 10"),
    "offl_31": N_("Offentleglova § 31"),
    "arkivforskrifta": N_("Arkivforskriften"),
}
TAKES_A_STAND = frozenset({Statement.ASSESSMENTS, Statement.POLITICAL, Statement.LETTER, Statement.DECLINE})


@dataclass(frozen=True)
class Dealt:
    """What is known of an answer: the kind of its strand, whether any of it was written, and what was said."""

    kind: Kind
    in_writing: bool
    statements: frozenset[Statement]
    accusation: bool = False


@dataclass(frozen=True)
class Check:
    """One of the three questions, its answer, why, and the source it rests on."""

    name: str
    holds: Known
    source: str
    why: str


@dataclass(frozen=True)
class Proposal:
    """What the app proposes (unknown: the archive considers), and the three tests it rests on."""

    registers: Known
    tests: tuple[Check, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(test.source for test in self.tests))


def propose(dealt: Dealt) -> Proposal:
    """Whether to register it. A no of any test decides; else an open one does."""
    tests = (_is_document(dealt), _is_dealt_with(dealt), _is_worth_keeping(dealt))
    return Proposal(_all(test.holds for test in tests), tests)


def _all(answers: Iterable[Known]) -> Known:
    found = set(answers)
    return NO if NO in found else UNKNOWN if UNKNOWN in found else YES


def _is_document(dealt: Dealt) -> Check:
    if dealt.kind is Kind.DOCUMENTS:
        return Check("document", YES, "offl_31", N_("Et innsynskrav registreres, også når det kom på telefon."))
    if dealt.in_writing:
        return Check("document", YES, "offl_4", N_("Svaret gikk skriftlig ut av kommunen."))
    return Check("document", NO, "offl_4", N_("Svaret ble gitt muntlig, så det finnes ikke noe dokument."))


def _is_dealt_with(dealt: Dealt) -> Check:
    if dealt.kind is Kind.DOCUMENTS:
        return Check("dealt_with", YES, "offl_10", N_("Et innsynskrav avgjøres av kommunen."))
    if dealt.accusation or dealt.statements - {Statement.GENERAL_INFO}:
        return Check("dealt_with", YES, "offl_10", N_("Noen i kommunen har behandlet spørsmålet."))
    return Check(
        "dealt_with", UNKNOWN, "offl_10", N_("Det er ikke sikkert at noen har behandlet spørsmålet som en sak.")
    )


def _is_worth_keeping(dealt: Dealt) -> Check:
    source = "arkivforskrifta"
    if dealt.kind is Kind.DOCUMENTS:
        return Check("worth_keeping", YES, source, N_("Det skal kunne vises hvordan kravet ble avgjort."))
    if dealt.kind is Kind.LETTER:
        return Check("worth_keeping", YES, source, N_("Kommunen har rettet noe i avisen."))
    if dealt.accusation:
        return Check("worth_keeping", YES, source, N_("Svaret gjelder sterk kritikk av kommunen."))
    if dealt.statements & TAKES_A_STAND:
        return Check("worth_keeping", YES, source, N_("Svaret viser hva kommunen mener, eller binder den."))
    if dealt.statements <= {Statement.GENERAL_INFO}:
        return Check("worth_keeping", NO, source, N_("Generell informasjon viser ikke hvordan noe ble behandlet."))
    return Check("worth_keeping", UNKNOWN, source, N_("Opplysningene kan være åpne for alle fra før."))
