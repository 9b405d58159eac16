"""What the switchboard says while the line is open, and what it never says."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from pressedesk import db, organisation
from pressedesk.administration import absence
from pressedesk.desk import crisis, intake, phrases
from pressedesk.desk.chips import Concerned
from pressedesk.desk.intake import Call
from pressedesk.desk.placing import Placement
from pressedesk.organisation import Organisation
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.vocabulary import NO, YES, Ask, Capacity, Form, Level, Role
from tests.conftest import NOON
from tests.organisation import SYSTEM, Town

REFERENCE = "PD-2026-0143"
AT_SCHOOL = Facts(asks=frozenset({Ask.FACTS}), level=Level.UNIT, personnel=NO, client_case=NO)
BY_TWO = "Du får svar eller ny beskjed innen kl. 14.00. Nummeret er PD-2026-0143."
NEUTRAL = (
    "Spørsmål om enkeltpersoner kan jeg verken bekrefte eller avkrefte. "
    "En leder ringer deg innen kl. 14.00 med svar eller ny beskjed. Nummeret er PD-2026-0143."
)
MESSAGE = "Jeg kan gi beskjed om at du har ringt. Vi noterer ikke hva det gjelder."


def placed(
    town: Town, facts: Facts, unit: str | None = "skole", deadline_at: datetime | None = NOON + timedelta(hours=2)
) -> tuple[Placement, Organisation]:
    """A call about a unit at noon, with a deadline at two o'clock."""
    call = Call("Kåre", "Hva?", facts, deadline_at=deadline_at, unit_id=town.units[unit] if unit else None)
    with db.reading() as tx:
        org = organisation.snapshot(tx, NOON)
        return intake.preview(tx, org, call, NOON), org


def said(town: Town, facts: Facts, unit: str | None = "skole", concerned: Concerned | None = None) -> str:
    """The sentences as they are read aloud."""
    placement, org = placed(town, facts, unit)
    reference = REFERENCE if placement.strands else None
    return " ".join(phrases.what_to_say(placement, org, reference, NOON, concerned))


SAID = [
    ("rektor", AT_SCHOOL, "skole", f"Rektor Tone Berg svarer på dette. {BY_TWO}"),
    ("seksjonen", replace(AT_SCHOOL, level=Level.SECTION), "vann",
     f"Seksjonsleder vann og avløp Geir Sund svarer på dette. {BY_TWO}"),
    ("sektoren", replace(AT_SCHOOL, level=Level.AREA), "oppvekst",
     f"Kommunalsjef oppvekst Arne Moen svarer på dette. {BY_TWO}"),
    ("hele kommunen", replace(AT_SCHOOL, level=Level.MUNICIPALITY), "kommune",
     f"Dette gjelder hele kommunen, så rådmannen svarer. {BY_TWO}"),
    ("flere sektorer", replace(AT_SCHOOL, level=Level.CROSS_AREA), None,
     f"Dette gjelder flere sektorer, så rådmannen svarer. {BY_TWO}"),
    ("ingen vet hvor", replace(AT_SCHOOL, level=None), None, f"Vi finner ut hvem som svarer på dette. {BY_TWO}"),
    ("politisk", replace(AT_SCHOOL, asks=frozenset({Ask.POLITICAL})), "skole",
     f"Dette er et politisk spørsmål, så ordføreren svarer. {BY_TWO}"),
    ("politisk og fakta", replace(AT_SCHOOL, asks=frozenset({Ask.POLITICAL, Ask.FACTS})), "skole",
     f"Dette er et politisk spørsmål, så ordføreren svarer. Fakta får du fra rektor. {BY_TWO}"),
    ("dokumenter", replace(AT_SCHOOL, asks=frozenset({Ask.DOCUMENTS})), "skole",
     "Arkivet behandler innsynskravet så raskt det kan. Du får svar eller ny beskjed innen tirsdag 1.12. "
     "Nummeret er PD-2026-0143."),
    ("fakta og dokumenter", replace(AT_SCHOOL, asks=frozenset({Ask.DOCUMENTS, Ask.FACTS})), "skole",
     "Rektor Tone Berg svarer på dette. Du får svar eller ny beskjed innen kl. 14.00. "
     "Innsynskravet behandler arkivet for seg. Nummeret er PD-2026-0143."),
    ("leserbrev", replace(AT_SCHOOL, form=Form.LETTER), "skole",
     "Kommunen svarer som hovedregel ikke på leserbrev. Jeg gir beskjed om at du har ringt. "
     "Nummeret er PD-2026-0143."),
    ("leserbrev med feil", replace(AT_SCHOOL, form=Form.LETTER, letter_error=True), "skole",
     f"Rektor Tone Berg svarer på dette. {BY_TWO}"),
    ("en ansatt", replace(AT_SCHOOL, personnel=YES), "skole", NEUTRAL),
    ("en elev", replace(AT_SCHOOL, client_case=YES), "skole", NEUTRAL),
    ("rektor selv", replace(AT_SCHOOL, personnel=YES, subject=Role.VIRKSOMHETSLEDER), "skole", NEUTRAL),
    ("en elev, dokumentene er åpne", replace(AT_SCHOOL, client_case=YES, case_public=True), "skole",
     f"Rektor Tone Berg svarer på dette. {BY_TWO}"),
    ("privatperson", Facts(capacities=frozenset({Capacity.PRIVATE})), "skole",
     f"Her svarer vedkommende for seg selv, ikke for kommunen. {MESSAGE}"),
    ("tillitsvalgt", Facts(capacities=frozenset({Capacity.UNION})), "skole",
     f"Her svarer vedkommende for fagforeningen, ikke for kommunen. {MESSAGE}"),
    ("folkevalgt", Facts(capacities=frozenset({Capacity.ELECTED})), "skole",
     f"Her svarer vedkommende selv som folkevalgt, ikke for kommunen. {MESSAGE}"),
    ("ikke presse", Facts(form=Form.NOT_MEDIA), None,
     f"Dette tar vi ikke imot som en henvendelse fra pressen. {MESSAGE}"),
    ("både leder og tillitsvalgt",
     replace(AT_SCHOOL, capacities=frozenset({Capacity.OFFICIAL, Capacity.UNION})), "skole",
     f"Rektor Tone Berg svarer på dette. {BY_TWO} "
     f"Her svarer vedkommende for fagforeningen, ikke for kommunen. {MESSAGE}"),
]  # fmt: skip


@pytest.mark.parametrize(("told", "facts", "unit", "words"), SAID, ids=[case[0] for case in SAID])
def test_the_sentence_to_say(town: Town, told: str, facts: Facts, unit: str | None, words: str) -> None:
    """Who answers, by when, and the number; where a person is concerned neither unit nor name."""
    assert said(town, facts, unit) == words


@pytest.mark.parametrize(
    ("next_at", "words"),
    [
        (None, ""),
        (NOON + timedelta(hours=1), "Ny informasjon kommer kl. 13.00. "),
        (NOON + timedelta(hours=21), "Ny informasjon kommer i morgen kl. 09.00. "),
        (NOON - timedelta(minutes=1), ""),
    ],
)
def test_in_a_crisis_the_next_information_is_said(town: Town, next_at: datetime | None, words: str) -> None:
    """Who answers, and when there is more to hear; a time that has passed is not promised again."""
    crisis.start(town.people["radmann"], "Øvelse", None, next_at, NOON - timedelta(hours=1))
    assert said(town, AT_SCHOOL) == f"Kriseledelsen svarer om hendelsen. {words}{BY_TWO}"
    assert said(town, replace(AT_SCHOOL, personnel=YES)).startswith("Kriseledelsen svarer om hendelsen.")


UNCERTAIN = replace(AT_SCHOOL, level=None)


def test_kis_is_told_first_and_the_receipt_says_so(town: Town) -> None:
    """Nobody knows where it belongs: who has been told is KIS, and when the rådmann gets it is said beside it."""
    placement, org = placed(town, UNCERTAIN, None, deadline_at=None)
    assert phrases.who_was_told(placement, org) == (
        "KIS har fått beskjed og finner ut hvem som svarer. "
        "Rådmann får saken kl. 12.15 hvis det ikke er avklart da.",
    )
    assert said(town, UNCERTAIN, None).startswith("Vi finner ut hvem som svarer på dette.")


def test_of_a_person_kis_is_told_first_and_nobody_is_named(town: Town) -> None:
    """The sentence of a restricted inquiry names neither office nor person."""
    placement, org = placed(town, replace(UNCERTAIN, personnel=YES), None, deadline_at=None)
    assert phrases.who_was_told(placement, org) == (phrases.KIS_WAS_TOLD,)


@pytest.mark.parametrize(
    ("concerned", "is_neutral"), [(None, False), (Concerned.UNKNOWN, True), (Concerned.NOBODY, False)]
)
def test_dont_know_is_said_as_yes_and_untouched_is_not(
    town: Town, concerned: Concerned | None, is_neutral: bool
) -> None:
    """Nobody has said anything of a person: the ordinary sentence. Somebody has said «vet ikke»: the neutral one."""
    facts = Facts(asks=frozenset({Ask.FACTS}), level=Level.UNIT)
    if concerned is Concerned.NOBODY:
        facts = AT_SCHOOL
    ordinary = f"Rektor Tone Berg svarer på dette. {BY_TWO}"
    assert said(town, facts, "skole", concerned) == (NEUTRAL if is_neutral else ordinary)


@pytest.mark.parametrize("facts", [case[1] for case in SAID], ids=[case[0] for case in SAID])
def test_what_is_never_said(town: Town, facts: Facts) -> None:
    """Never that a journalist may not ask, or may not ring somebody; always when, if there is anything to wait for."""
    placement, org = placed(town, facts)
    words = " ".join(phrases.what_to_say(placement, org, REFERENCE if placement.strands else None, NOON))
    assert not re.search(r"ikke lov|forbudt|har ikke lov|ikke kontakte|godkjen|tillatelse", words)
    if any(placed.clock for placed in placement.strands[:1]):
        assert "svar eller ny beskjed" in words
        assert re.search(r"innen (kl\. \d\d\.\d\d|\w+dag \d+\.\d+\.)", words)
        assert REFERENCE in words
    if not placement.strands:
        assert "PD-" not in words


@pytest.mark.parametrize(
    ("due_at", "words"),
    [
        (NOON + timedelta(hours=2, minutes=30), "kl. 14.30"),
        (NOON + timedelta(hours=22), "i morgen kl. 10.00"),
        (NOON + timedelta(days=2), "torsdag 26.11. kl. 12.00"),
        (NOON + timedelta(days=42), "tirsdag 5.1.2027 kl. 12.00"),
    ],
)
def test_a_time_is_said_as_people_say_it(due_at: datetime, words: str) -> None:
    """Without the date for today, and «i morgen» for tomorrow."""
    assert phrases.promised(due_at, NOON) == words


def test_without_a_deadline_the_target_is_promised(town: Town) -> None:
    """Four working hours from noon are tomorrow morning."""
    placement, org = placed(town, AT_SCHOOL, deadline_at=None)
    assert "innen i morgen kl. 08.30." in " ".join(phrases.what_to_say(placement, org, REFERENCE, NOON))


def test_a_deputy_is_named_as_one(town: Town) -> None:
    """And how the person was found is said in one sentence."""
    absence.register(SYSTEM, town.people["leder"], NOON - timedelta(days=1), NOON + timedelta(days=4), NOON)
    placement, org = placed(town, AT_SCHOOL)
    assert said(town, AT_SCHOOL) == f"Mona Fjeld, stedfortreder for rektor, svarer på dette. {BY_TWO}"
    assert placement.lead is not None
    how = phrases.how_reached(placement.lead.reached, NOON)
    assert how == "Tone Berg er borte til 28.11., Mona Fjeld er stedfortreder."
    assert phrases.who_was_told(placement, org) == ("Mona Fjeld, stedfortreder for rektor, har fått beskjed.",)


def test_when_nobody_can_be_reached_kis_rings_back(town: Town) -> None:
    """Both the ordinary and the neutral sentence still promise; the rådmann and KIS are told."""
    for who in ("radmann", "kommunalsjef"):
        absence.register(SYSTEM, town.people[who], NOON - timedelta(days=1), NOON + timedelta(days=4), NOON)
    whole = replace(AT_SCHOOL, level=Level.MUNICIPALITY)
    assert said(town, whole, "kommune") == (
        "Den som svarer på dette, er ikke å få tak i nå. "
        "KIS ringer deg innen kl. 14.00 med svar eller ny beskjed. Nummeret er PD-2026-0143."
    )
    placement, org = placed(town, whole, "kommune")
    assert phrases.who_was_told(placement, org) == (phrases.NOBODY_TOLD,)
    assert placement.lead is not None
    assert phrases.how_reached(placement.lead.reached, NOON).endswith("ingen er å få tak i.")
    assert "Vi ringer deg innen kl. 14.00" in said(town, replace(whole, personnel=YES), "kommune")


@pytest.mark.parametrize("facts", [replace(AT_SCHOOL, personnel=YES), replace(AT_SCHOOL, client_case=YES)])
def test_who_was_told_of_a_person_is_not_named(town: Town, facts: Facts) -> None:
    """The receipt of a restricted inquiry names neither office, unit nor person."""
    placement, org = placed(town, facts)
    assert phrases.who_was_told(placement, org) == ("Den ansvarlige lederen har fått beskjed.",)
