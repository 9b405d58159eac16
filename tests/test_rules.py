"""The house of the regulation: every point has its rules, every rule stands once in the order, none reads too much."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from pressedesk import rules
from pressedesk.regulation import law
from pressedesk.regulation.facts import FIELDS
from pressedesk.regulation.findings import Bars, Finding
from pressedesk.regulation.vocabulary import POINTS, SOURCES, UNKNOWN, Force, Known
from pressedesk.regulation.weighing import Rule
from tests.regulation.domains import domain, over

RULES = list(rules.REGULATION.rules.values())
LISTS = (rules.LAW, rules.GATES, rules.WHO, rules.STEPS, rules.WHAT, rules.DUTIES, rules.ALWAYS)
by_name = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


Spoken = list[tuple[dict[str, Any], tuple[Finding, ...]]]


@cache
def said(rule: Rule) -> Spoken:
    """What the rule says of every combination of its facts."""
    return [(given, rule.say(*given.values())) for given in over(*rule.reads)]


def test_every_point_has_its_rules() -> None:
    """The fifteen points stand in the order of the text, each with at least one rule."""
    assert [point.source for point in rules.POINTS] == list(POINTS) == [str(number) for number in range(1, 16)]
    assert [point.source for point in rules.POINTS if not point.rules] == []


def test_every_rule_stands_once_in_the_order() -> None:
    """A rule belongs to one point, and stands in one place of the lists of precedence."""
    order = [says for listed in LISTS for says in listed]
    belonging = [says for point in rules.REGULATION.points for says in point.rules]
    assert len(order) == len(set(order))
    assert len(belonging) == len(set(belonging))
    assert set(order) == set(belonging)
    assert len({says.__name__ for says in order}) == len(order)


def test_law_stands_first_and_alone() -> None:
    """What law says is in the list of law, and nothing else is."""
    assert set(rules.LAW) == {says for source in law.SOURCES_OF_LAW for says in source.rules}
    assert {point.source for point in rules.REGULATION.points} <= set(SOURCES)


@by_name
def test_a_rule_is_told_in_one_sentence_or_two(rule: Rule) -> None:
    """Every rule has its paraphrase, and what it says is whole sentences of our own."""
    assert rule.says.__doc__
    assert [each.text for _, found in said(rule) for each in found if not each.text.endswith(".")] == []


@by_name
def test_no_idle_parameter(rule: Rule) -> None:
    """Every fact a rule names matters for every finding it can give: `because` lists nothing that did not matter."""
    texts = dict.fromkeys(each.text for _, found in said(rule) for each in found)
    assert [(text, name) for text in texts for name in rule.reads if not matters(name, text, said(rule))] == []


def matters(name: str, text: str, spoken: Spoken) -> bool:
    """Whether, all else equal, some two values of a fact make a difference to this finding."""
    first: dict[tuple[Any, ...], Any] = {}
    for given, found in spoken:
        others = tuple(value for key, value in given.items() if key != name)
        finding = [each for each in found if each.text == text]
        if first.setdefault(others, finding) != finding:
            return True
    return False


UNKNOWN_AS_NO = {
    "prinsipielt_i_omradet": "rådmannen varsles ikke på mistanke",
    "radmann_hele_kommunen": "«skal særlig» gjelder bare det som er prinsipielt",
    "ansatt_utenfor_fagfeltet": "uvisst er utenfor, som nei",
    "ansatt_eget_fagfelt": "en ansatt eier bare når alt er sikkert: uvisst er som ja her, som nei der",
    "kis_taler_for_egen_virksomhet": "uvisst er utenfor, som nei",
    "kis_leder_i_tvil": "uvisst er utenfor, som nei",
}
"""Rules in which «vet ikke» reads as one of the two answers for some fact, and why that is the safe one."""

UNKNOWN_AS_YES = {
    "taushet_om_ansatte": "vern går foran",
    "taushet_om_brukere": "vern går foran",
    "ordforer_svarer_politisk": "vern går foran",
    "kommunalsjef_eget_omrade": "det videste nivået",
    "leder_egen_virksomhet": "det videste nivået",
    "personalsak": "vern går foran",
}


@by_name
def test_unknown_is_told_from_no_or_says_why_not(rule: Rule) -> None:
    """A rule with a three-valued fact treats «vet ikke» apart from no, or stands in the list of those that need not."""
    three_valued = [name for name in rule.reads if set(domain(name)) == set(Known)]
    if not three_valued:
        return
    as_no = [name for name in three_valued if _same(rule, name, UNKNOWN, Known.NO)]
    as_yes = [name for name in three_valued if _same(rule, name, UNKNOWN, Known.YES)]
    assert bool(as_no) is (rule.name in UNKNOWN_AS_NO), as_no
    if not as_no:
        assert bool(as_yes) is (rule.name in UNKNOWN_AS_YES), as_yes


def _same(rule: Rule, name: str, one: Known, other: Known) -> bool:
    at = rule.reads.index(name)
    spoken = {tuple(given.values()): found for given, found in said(rule)}
    pairs = ((values, found) for values, found in spoken.items() if values[at] is one)
    return all(found == spoken[(*values[:at], other, *values[at + 1 :])] for values, found in pairs)


@by_name
def test_guidance_never_refuses(rule: Rule) -> None:
    """What is only guidance bars nothing."""
    assert [
        each.text
        for _, found in said(rule)
        for each in found
        if isinstance(each.effect, Bars) and each.force is Force.VEILEDNING
    ] == []


@by_name
def test_because_names_facts_once(rule: Rule) -> None:
    """A reason is told by facts of the contract, each once, whatever the rule reads to get at them."""
    assert set(rule.because) <= set(FIELDS)
    assert len(set(rule.because)) == len(rule.because)


FORCES = {
    "taushet_om_ansatte": "Bars lov",
    "taushet_om_brukere": "Bars lov",
    "innsyn": "Bars lov, Grants lov, Owns lov",
    "innsyn_uten_opphold": "Treats lov",
    "ytringsfrihet": "Bars lov",
    "bilder_krever_samtykke": "Bars lov",
    "feil_i_artikkel": "Guides veiledning",
    "samtidig_imotegaelse": "Guides veiledning",
    "privat_ytring_er_fri": "Guides veiledning",
    "tillitsvalgt_klargjor_rollen": "Guides veiledning",
    "privatperson": "PassesOn kan",
    "roller_holdes_adskilt": "Bars skal",
    "tillitsvalgt": "PassesOn kan",
    "andre_folkevalgte": "PassesOn kan",
    "alle_kan_vise_videre": "Grants skal, Reserves motsetningsvis",
    "ordforer_i_krise": "Grants kan",
    "ordforer_far_vite_om_krisen": "Informs veiledning",
    "kriseledelse_etablert": "Bars skal, Grants skal, Owns skal, Reserves motsetningsvis, Treats skal",
    "radgiver_tilbys": "Guides veiledning",
    "ikke_presse": "PassesOn ikke_regulert, Silent ikke_regulert",
    "frigitt_av_kriseledelsen": "Silent ikke_regulert",
    "egen_konto": "Owns skal",
    "kontoadministrator_kan_gi_fakta": "Grants skal",
    "politisk_leserbrev": "Grants kan, Owns skal",
    "leserbrev_besvares_ikke": "Bars skal_som_hovedregel_ikke, Treats skal_som_hovedregel_ikke",
    "leserbrev_med_faktafeil": "Bars kun_etter, Bars skal_som_hovedregel_ikke",
    "leder_skriver_leserbrev": "Grants kun_etter",
    "leserbrev_er_ledernes": "Reserves motsetningsvis",
    "politisk_sporsmal": "Bars motsetningsvis, Grants kan, Owns skal",
    "ordforer_svarer_politisk": "Grants skal",
    "politikk_er_ordforerens": "Reserves motsetningsvis",
    "utenfor_kommunen": "Guides ikke_regulert, Owns ikke_regulert, Silent ikke_regulert",
    "ansatt_eget_fagfelt": "Owns kan",
    "ansatt_kan_gi_fakta": "Grants kan",
    "ansatt_utenfor_fagfeltet": "Bars motsetningsvis",
    "ansatt_vurderer_etter_avtale": "Grants kun_etter, Reserves skal_ikke",
    "ansatt_uten_avtale": "Bars skal_ikke",
    "leder_egen_virksomhet": "Owns kan",
    "leder_kan_uttale_seg": "Grants kan",
    "leder_utenfor_virksomheten": "Bars motsetningsvis",
    "kommunalsjef_eget_omrade": "Owns kan",
    "prinsipielt_i_omradet": "Informs analogi",
    "kommunalsjef_kan_uttale_seg": "Grants kan",
    "kommunalsjef_utenfor_omradet": "Bars motsetningsvis",
    "kis_taler_for_egen_virksomhet": "Bars motsetningsvis",
    "radmann_hele_kommunen": "Owns kan, Owns skal",
    "radmann_kan_uttale_seg": "Grants kan, Reserves motsetningsvis",
    "den_det_gjelder_viker": "Moves ikke_regulert",
    "den_som_er_borte": "Moves ikke_regulert, Silent ikke_regulert",
    "personalsak": "Bars skal_ikke",
    "personalsak_avgrenser_svaret": "Treats skal_ikke",
    "brukersak": "Bars bor_ikke, Treats bor_ikke",
    "bilder": "Silent ikke_regulert",
    "politisk_behandling": "Bars analogi, Treats analogi",
    "faktafeil_rettes": "Treats skal",
    "den_det_gjelder_svarer_ikke": "Bars analogi",
    "leder_i_tvil": "Consults plikter",
    "kis_leder_i_tvil": "Consults plikter",
    "ansatt_avtaler_forst": "Consults kun_etter",
    "samrad_om_leserbrev": "Consults kun_etter",
    "apenhet": "Guides skal",
    "lojalitet": "Guides veiledning",
    "tjenestevei": "Guides veiledning",
    "viktig_sak": "Grants kan, Informs veiledning",
}
"""How strongly each rule says what it says: as the text has it; what it does not say is said as such."""


@by_name
def test_force_is_as_strong_as_the_text(rule: Rule) -> None:
    """«Skal» is «skal», «kan» is «kan», and what follows only by reading is marked as read."""
    spoken = {f"{type(each.effect).__name__} {each.force}" for _, found in said(rule) for each in found}
    assert ", ".join(sorted(spoken)) == FORCES[rule.name]
