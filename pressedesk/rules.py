"""Pressereglementet, slik det leses: de femten punktene i tekstens rekkefølge, og under dem rekkefølgen de gjelder i.

Reglene er skrevet for å leses ved siden av kommunikasjonsstrategien kapittel 4.1. En regel er en funksjon. I parentesen
står opplysningene den leser, og bare dem; det den gir fra seg (`yield`), er det den sier: hvem som eier spørsmålet, hva
som kan sies, hva som ikke kan sies, hvem som skal spørres. Loven over reglementet står i `regulation/law.py`. Ingenting
annet i programmet avgjør hvem som svarer pressen.

To ord er ikke opplysninger, men leses av dem: `capacity` er den egenskapen delspørsmålet gjelder (ansatt, folkevalgt,
tillitsvalgt, privatperson), og `owner` er den som eier delspørsmålet når reglene under «hvem» er lest.
"""

from __future__ import annotations

from collections.abc import Callable

from pressedesk.regulation import deciding, law
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.findings import (
    Bars,
    Consults,
    Decision,
    Grants,
    Guides,
    Informs,
    Moves,
    Owns,
    PassesOn,
    Permission,
    Point,
    Reserves,
    Says,
    Silent,
    Treats,
)
from pressedesk.regulation.law import is_client_open
from pressedesk.regulation.strands import is_kis_own_unit
from pressedesk.regulation.vocabulary import (
    ADMINISTRATION,
    MUNICIPAL,
    N_,
    NO,
    SUBSTANCE,
    UNKNOWN,
    YES,
    AgreementKind,
    Ask,
    Capacity,
    Condition,
    Force,
    Form,
    Gap,
    Guidance,
    Kind,
    Known,
    Level,
    Outcome,
    Prohibition,
    Role,
    Statement,
    When,
)
from pressedesk.regulation.weighing import Regulation

VERSION = "1"
"""Utgaven av denne lesningen. Hver avgjørelse lagres med den."""

RADMANN, KOMMUNALSJEF, ORDFORER = frozenset({Role.RADMANN}), frozenset({Role.KOMMUNALSJEF}), frozenset({Role.ORDFORER})
LEDERE = frozenset({Role.VIRKSOMHETSLEDER, Role.SEKSJONSLEDER})
ANSATT, KRISELEDELSE = frozenset({Role.ANSATT}), frozenset({Role.KRISELEDELSE})
FAKTA, VURDERINGER = frozenset({Statement.FACTS}), frozenset({Statement.ASSESSMENTS})
UTTALELSER = FAKTA | VURDERINGER
POLITISK, LESERBREV = frozenset({Statement.POLITICAL}), frozenset({Statement.LETTER})
ALT_OM_SAKEN = UTTALELSER | POLITISK | LESERBREV
GENERELT = frozenset({Statement.GENERAL_INFO, Statement.DECLINE})
INGEN_UTSAGN: frozenset[Statement] = frozenset()
LINJESVAR = frozenset({Kind.ADMINISTRATIVE, Kind.OWN_ACCOUNT})
POLITISK_SVAR, BREVSVAR = frozenset({Kind.POLITICAL}), frozenset({Kind.LETTER})
BARE_DOKUMENTER = frozenset({Ask.DOCUMENTS})


# ── 1 Åpenhet ────────────────────────────────────────────────────────────────────────────────────────────────────────


def apenhet() -> Says:
    """Pressen møtes med åpenhet og får svar så raskt det går."""
    yield Guides(Guidance.OPENNESS), Force.SKAL, N_("Pressen møtes med åpenhet og får svar så raskt det går.")


def alle_kan_vise_videre() -> Says:
    """Alle som taler for kommunen, kan gi generell informasjon og si nei med grunn. Ingen blir stående uten svar."""
    yield Grants(MUNICIPAL, GENERELT), Force.SKAL, N_("Alle kan orientere generelt og si hvem som svarer.")
    yield Reserves(GENERELT), Force.MOTSETNINGSVIS, N_("Bare de som taler for kommunen, orienterer på dens vegne.")


POINT_1 = Point("1", apenhet, alle_kan_vise_videre)


# ── 2 Lojalitet ──────────────────────────────────────────────────────────────────────────────────────────────────────


def lojalitet() -> Says:
    """Den som taler for kommunen, bygger på det som er vedtatt. Råd til den som taler; ingenting avgjøres av det."""
    yield Guides(Guidance.LOYALTY), Force.VEILEDNING, N_("Den som taler for kommunen, bygger på det som er vedtatt.")


POINT_2 = Point("2", lojalitet)


# ── 3 Ordføreren ─────────────────────────────────────────────────────────────────────────────────────────────────────


def politisk_sporsmal(asks: frozenset[Ask]) -> Says:
    """Politiske spørsmål besvares av ordføreren, som også kan gjøre rede for vedtakene. Administrasjonen lar være."""
    if Ask.POLITICAL in asks:
        yield Owns(Role.ORDFORER), Force.SKAL, N_("Politiske spørsmål besvares av ordføreren.")
        yield Grants(ORDFORER, FAKTA), Force.KAN, N_("Ordføreren kan gjøre rede for politiske vedtak.")
        yield (
            Bars(Prohibition.POLITICAL_COMMENT_BY_ADMINISTRATION, POLITISK, ADMINISTRATION),
            Force.MOTSETNINGSVIS,
            N_("Administrasjonen gir ikke politiske kommentarer."),
        )


def ordforer_svarer_politisk(personnel: Known, client_case: Known, case_public: bool) -> Says:
    """Det politiske er ordførerens. Kan det gjelde en enkeltperson, svarer ordføreren i generelle vendinger."""
    person = personnel is not NO or is_client_open(client_case, case_public)
    condition = Condition.GENERAL_INFORMATION_ONLY if person else None
    yield Grants(ORDFORER, POLITISK, condition), Force.SKAL, N_("Politiske kommentarer gis av ordføreren.")


def politikk_er_ordforerens() -> Says:
    """Når ordføreren skal gi de politiske kommentarene, skal ikke andre gi dem på kommunens vegne."""
    yield Reserves(POLITISK), Force.MOTSETNINGSVIS, N_("Bare ordføreren kommenterer politisk på kommunens vegne.")


def politisk_leserbrev(form: Form, letter_political: bool) -> Says:
    """Et politisk leserbrev er ordførerens, og ordføreren trenger ikke å rådføre seg med noen."""
    if form is Form.LETTER and letter_political:
        yield Owns(Role.ORDFORER), Force.SKAL, N_("Et politisk leserbrev er ordførerens.")
        yield Grants(ORDFORER, LESERBREV), Force.KAN, N_("Ordføreren kan svare på et politisk leserbrev.")


def andre_folkevalgte(capacity: Capacity) -> Says:
    """Andre folkevalgte kan svare politisk for seg selv. Det er ikke omfattet av reglementet."""
    if capacity is Capacity.ELECTED:
        yield PassesOn(), Force.KAN, N_("Andre folkevalgte svarer for seg selv, utenfor reglementet.")


POINT_3 = Point(
    "3", politisk_sporsmal, ordforer_svarer_politisk, politikk_er_ordforerens, politisk_leserbrev, andre_folkevalgte
)


# ── 4 Rådmannen ──────────────────────────────────────────────────────────────────────────────────────────────────────


def radmann_hele_kommunen(level: Level | None, principled: Known) -> Says:
    """Rådmannen svarer for det som ingen under ham dekker alene. Gjelder det flere sektorer, svarer sjefene sammen."""
    beside = KOMMUNALSJEF if level is Level.CROSS_AREA else frozenset()
    force = Force.SKAL if principled is YES else Force.KAN
    yield Owns(Role.RADMANN, beside), force, N_("Spørsmålet er videre enn én sektor, eller uavklart. Rådmannen svarer.")


def radmann_kan_uttale_seg() -> Says:
    """Rådmannen kan gi fakta og faglige vurderinger om alt kommunen driver med."""
    yield Grants(RADMANN, UTTALELSER), Force.KAN, N_("Rådmannen kan uttale seg om hele virksomheten.")
    yield Reserves(UTTALELSER), Force.MOTSETNINGSVIS, N_("Fakta og faglige vurderinger gis av linja.")


POINT_4 = Point("4", radmann_hele_kommunen, radmann_kan_uttale_seg)


# ── 5 Kommunalsjefene ────────────────────────────────────────────────────────────────────────────────────────────────

INNENFOR_OMRADET = (Level.SECTION, Level.UNIT, Level.AREA)


def kommunalsjef_eget_omrade(level: Level | None, principled: Known) -> Says:
    """Kommunalsjefen svarer for flere virksomheter i sin sektor, og for det prinsipielle i den. «Vet ikke»: som ja."""
    if level is Level.AREA or (level in INNENFOR_OMRADET and principled is not NO):
        yield Owns(Role.KOMMUNALSJEF), Force.KAN, N_("Spørsmålet hører hjemme i én sektor, over virksomhetene.")


def prinsipielt_i_omradet(level: Level | None, principled: Known) -> Says:
    """Et prinsipielt spørsmål i én sektor kunne også rådmannen ha svart på; derfor får han vite om det."""
    if level in INNENFOR_OMRADET and principled is YES:
        yield Informs(Role.RADMANN), Force.ANALOGI, N_("Rådmannen får vite om det prinsipielle spørsmålet.")


def kommunalsjef_kan_uttale_seg() -> Says:
    """Kommunalsjefen kan gi fakta og faglige vurderinger om sin egen sektor."""
    yield (
        Grants(KOMMUNALSJEF, UTTALELSER, Condition.OWN_AREA),
        Force.KAN,
        N_("Kommunalsjefen kan uttale seg om sin egen sektor."),
    )


def kommunalsjef_utenfor_omradet(addressed: Role | None, level: Level | None) -> Says:
    """En kommunalsjef som blir spurt, svarer ikke for det som går ut over sektoren. «Vet ikke» går ut over den."""
    if addressed is Role.KOMMUNALSJEF and level not in (*INNENFOR_OMRADET, Level.EXTERNAL):
        yield (
            Bars(Prohibition.SPEAK_OUTSIDE_OWN_AREA, UTTALELSER, KOMMUNALSJEF),
            Force.MOTSETNINGSVIS,
            N_("Spørsmålet går ut over kommunalsjefens egen sektor."),
        )


POINT_5 = Point(
    "5", kommunalsjef_eget_omrade, prinsipielt_i_omradet, kommunalsjef_kan_uttale_seg, kommunalsjef_utenfor_omradet
)


# ── 6 Virksomhets- og seksjonslederne ────────────────────────────────────────────────────────────────────────────────


def leder_egen_virksomhet(level: Level | None, principled: Known) -> Says:
    """Lederen svarer for sin egen seksjon eller virksomhet. Det prinsipielle hører til ett nivå opp."""
    if level is Level.SECTION and principled is NO:
        yield Owns(Role.SEKSJONSLEDER), Force.KAN, N_("Spørsmålet gjelder én seksjon, så seksjonslederen svarer.")
    if level is Level.UNIT and principled is NO:
        yield Owns(Role.VIRKSOMHETSLEDER), Force.KAN, N_("Spørsmålet gjelder én virksomhet, så lederen der svarer.")


def leder_kan_uttale_seg() -> Says:
    """Lederne kan gi fakta og faglige vurderinger for sin egen virksomhet."""
    yield (
        Grants(LEDERE, UTTALELSER, Condition.OWN_UNIT),
        Force.KAN,
        N_("Lederen kan uttale seg for sin egen virksomhet."),
    )


def leder_utenfor_virksomheten(addressed: Role | None, level: Level | None) -> Says:
    """En leder som blir spurt, svarer ikke for det som går ut over egen seksjon eller virksomhet."""
    outside_section = addressed is Role.SEKSJONSLEDER and level is not Level.SECTION
    outside_unit = addressed is Role.VIRKSOMHETSLEDER and level not in (Level.SECTION, Level.UNIT)
    if addressed is not None and (outside_section or outside_unit):
        yield (
            Bars(Prohibition.SPEAK_OUTSIDE_OWN_AREA, UTTALELSER, frozenset({addressed})),
            Force.MOTSETNINGSVIS,
            N_("Spørsmålet går ut over lederens egen virksomhet."),
        )


def leder_i_tvil(owner: Role, addressed: Role | None, in_doubt: bool) -> Says:
    """Er lederen i tvil, skal kommunalsjefen eller rådmannen spørres før noe sies."""
    when = When.BEFORE_ANSWER if in_doubt else When.IF_IN_DOUBT
    for leder in (Role.VIRKSOMHETSLEDER, Role.SEKSJONSLEDER):
        if leder in (owner, addressed):
            yield (
                Consults(leder, KOMMUNALSJEF | RADMANN, when, UTTALELSER),
                Force.PLIKTER,
                N_("Er lederen i tvil, spør lederen kommunalsjefen eller rådmannen først."),
            )


def kis_leder_i_tvil(addressed: Role | None, own_field: Known, level: Level | None, in_doubt: bool) -> Says:
    """Lederen for KIS har samme plikt når det er hans egen virksomhet saken gjelder."""
    if is_kis_own_unit(addressed, own_field, level):
        yield from leder_i_tvil(Role.VIRKSOMHETSLEDER, None, in_doubt)


POINT_6 = Point(
    "6", leder_egen_virksomhet, leder_kan_uttale_seg, leder_utenfor_virksomheten, leder_i_tvil, kis_leder_i_tvil
)


# ── 7 Øvrige ansatte ─────────────────────────────────────────────────────────────────────────────────────────────────


def ansatt_eget_fagfelt(
    addressed: Role | None,
    asks: frozenset[Ask],
    own_field: Known,
    level: Level | None,
    principled: Known,
    personnel: Known,
) -> Says:
    """En ansatt som blir spurt om fakta i sitt eget fagfelt, kan svare selv. Bare når alt dette er sikkert."""
    asked_for_facts = addressed is Role.ANSATT and Ask.FACTS in asks and Ask.ASSESSMENT not in asks
    close_to_work = own_field is YES and level in (Level.SECTION, Level.UNIT)
    if asked_for_facts and close_to_work and principled is NO and personnel is NO:
        yield Owns(Role.ANSATT), Force.KAN, N_("Den ansatte er spurt om fakta i sitt eget fagfelt.")


def ansatt_kan_gi_fakta() -> Says:
    """En ansatt kan gi fakta innenfor eget fagfelt uten å spørre noen."""
    yield Grants(ANSATT, FAKTA, Condition.OWN_FIELD), Force.KAN, N_("En ansatt kan gi fakta i sitt eget fagfelt.")


def ansatt_utenfor_fagfeltet(addressed: Role | None, own_field: Known) -> Says:
    """En ansatt som blir spurt om noe utenfor sitt fagfelt, eller om det er uvisst, overlater svaret til andre."""
    if addressed is Role.ANSATT and own_field is not YES:
        yield (
            Bars(Prohibition.FACTS_OUTSIDE_OWN_FIELD, FAKTA, ANSATT),
            Force.MOTSETNINGSVIS,
            N_("Det er ikke sikkert at spørsmålet hører til den ansattes eget fagfelt."),
        )


def ansatt_vurderer_etter_avtale(agreement: AgreementKind) -> Says:
    """Faglige vurderinger gir en ansatt bare når det er særskilt avtalt med nærmeste leder."""
    if agreement is AgreementKind.SPECIFIC:
        yield (
            Grants(ANSATT, VURDERINGER, Condition.SPECIFIC_AGREEMENT, exception=True),
            Force.KUN_ETTER,
            N_("Den ansatte har særskilt avtale om å gi faglige vurderinger i denne saken."),
        )
    else:
        yield Reserves(VURDERINGER, ANSATT), Force.SKAL_IKKE, N_("En ansatt vurderer ikke uten særskilt avtale.")


def ansatt_uten_avtale(addressed: Role | None, asks: frozenset[Ask], agreement: AgreementKind) -> Says:
    """Er en ansatt spurt om en vurdering uten særskilt avtale, gis den ikke."""
    if addressed is Role.ANSATT and Ask.ASSESSMENT in asks and agreement is not AgreementKind.SPECIFIC:
        yield (
            Bars(Prohibition.ASSESSMENT_BY_EMPLOYEE, VURDERINGER, ANSATT),
            Force.SKAL_IKKE,
            N_("Den ansatte gir ingen vurdering uten særskilt avtale med nærmeste leder."),
        )


def ansatt_avtaler_forst(
    addressed: Role | None, asks: frozenset[Ask], agreement: AgreementKind, level: Level | None
) -> Says:
    """Avtalen inngås med nærmeste leder, om denne saken og før den ansatte svarer."""
    if addressed is Role.ANSATT and Ask.ASSESSMENT in asks and agreement is not AgreementKind.SPECIFIC:
        yield (
            Consults(Role.ANSATT, frozenset({nearest_leader(level)}), When.BEFORE_ANSWER, VURDERINGER),
            Force.KUN_ETTER,
            N_("Den ansatte avtaler med nærmeste leder før en vurdering gis."),
        )


POINT_7 = Point(
    "7",
    ansatt_eget_fagfelt,
    ansatt_kan_gi_fakta,
    ansatt_utenfor_fagfeltet,
    ansatt_vurderer_etter_avtale,
    ansatt_uten_avtale,
    ansatt_avtaler_forst,
)


# ── 8 Ansatte som privatpersoner ─────────────────────────────────────────────────────────────────────────────────────


def privatperson(capacity: Capacity) -> Says:
    """På egne vegne snakker alle fritt. Kommunen formidler kontakten og gjør ikke mer."""
    if capacity is Capacity.PRIVATE:
        yield PassesOn(), Force.KAN, N_("Den som er spurt som privatperson, svarer fritt for seg selv.")


def privat_ytring_er_fri(capacity: Capacity, capacities: frozenset[Capacity] | None) -> Says:
    """Den som deltar i samfunnsdebatten, sier selv fra at det ikke er på kommunens vegne."""
    if capacity is Capacity.PRIVATE or not capacities:
        yield Guides(Guidance.PRIVATE_SPEECH_FREE), Force.VEILEDNING, N_("På egne vegne snakker alle fritt.")


POINT_8 = Point("8", privatperson, privat_ytring_er_fri)


# ── 9 Tjenestevei ────────────────────────────────────────────────────────────────────────────────────────────────────


def tjenestevei() -> Says:
    """Uenighet om eget fagområde tas gjerne opp i linja. Råd til den som taler; ingenting avgjøres av det."""
    yield Guides(Guidance.LINE_FIRST), Force.VEILEDNING, N_("Uenighet om eget fagområde tas gjerne opp i linja først.")


POINT_9 = Point("9", tjenestevei)


# ── 10 Tillitsvalgte ─────────────────────────────────────────────────────────────────────────────────────────────────


def tillitsvalgt(capacity: Capacity) -> Says:
    """En tillitsvalgt taler for fagforeningen, ikke for kommunen. Kontakten formidles."""
    if capacity is Capacity.UNION:
        yield PassesOn(), Force.KAN, N_("En tillitsvalgt svarer for fagforeningen, ikke for kommunen.")


def tillitsvalgt_klargjor_rollen(capacity: Capacity, capacities: frozenset[Capacity] | None) -> Says:
    """Den tillitsvalgte sier selv fra at det er fagforeningen som taler."""
    if capacity is Capacity.UNION or not capacities:
        yield Guides(Guidance.ROLE_CLARITY), Force.VEILEDNING, N_("Den tillitsvalgte gjør selv rollen klar.")


def roller_holdes_adskilt(capacities: frozenset[Capacity] | None) -> Says:
    """Den som er spurt både som ansatt og som tillitsvalgt, svarer som det ene; en annen svarer for kommunen."""
    if capacities and {Capacity.UNION, Capacity.OFFICIAL} <= capacities:
        yield (
            Bars(Prohibition.MIX_UNION_AND_EMPLOYEE, INGEN_UTSAGN, frozenset({Role.ANSATT, Role.TILLITSVALGT})),
            Force.SKAL,
            N_("Én og samme person svarer ikke både som ansatt og som tillitsvalgt."),
        )


POINT_10 = Point("10", tillitsvalgt, tillitsvalgt_klargjor_rollen, roller_holdes_adskilt)


# ── 11 Leserbrev ─────────────────────────────────────────────────────────────────────────────────────────────────────

SKRIVER_LESERBREV = RADMANN | KOMMUNALSJEF | LEDERE


def leserbrev_besvares_ikke(form: Form, letter_error: bool) -> Says:
    """Leserbrev besvares som hovedregel ikke."""
    if form is Form.LETTER and not letter_error:
        yield (
            Treats(BREVSVAR, Outcome.NO_REPLY),
            Force.SKAL_SOM_HOVEDREGEL_IKKE,
            N_("Leserbrevet har ingen faktafeil, så det besvares ikke."),
        )
        yield (
            Bars(Prohibition.REPLY_TO_LETTER, LESERBREV, ADMINISTRATION),
            Force.SKAL_SOM_HOVEDREGEL_IKKE,
            N_("Leserbrev uten faktafeil besvares som hovedregel ikke."),
        )


def leserbrev_med_faktafeil(form: Form, letter_error: bool) -> Says:
    """En faktafeil kan imøtegås: bare feilen, og bare etter samråd."""
    if form is Form.LETTER and letter_error:
        yield (
            Bars(Prohibition.REPLY_TO_OPINIONS_IN_LETTER, INGEN_UTSAGN, ADMINISTRATION),
            Force.SKAL_SOM_HOVEDREGEL_IKKE,
            N_("Bare faktafeilen imøtegås, ikke meningene."),
        )
        yield (
            Bars(Prohibition.REPLY_TO_LETTER_WITHOUT_CONSULTATION, INGEN_UTSAGN, ADMINISTRATION),
            Force.KUN_ETTER,
            N_("Svaret på leserbrevet skrives først etter samråd."),
        )


def leder_skriver_leserbrev(form: Form) -> Says:
    """Kommunens leserbrev skrives av en leder, etter samråd."""
    if form is Form.LETTER:
        yield (
            Grants(SKRIVER_LESERBREV, LESERBREV, Condition.AFTER_CONSULTATION),
            Force.KUN_ETTER,
            N_("En leder kan skrive kommunens leserbrev, etter samråd."),
        )


def leserbrev_er_ledernes() -> Says:
    """Andre enn lederne skriver ikke leserbrev på kommunens vegne."""
    yield Reserves(LESERBREV), Force.MOTSETNINGSVIS, N_("Bare lederne svarer på leserbrev på kommunens vegne.")


def samrad_om_leserbrev(
    owner: Role,
    form: Form,
    letter_error: bool,
    letter_political: bool,
    letter_author: Role | None,
    subject: Role | None,
) -> Says:
    """Den som skal skrive, rådfører seg først med kommunalsjefen eller rådmannen: den av dem som ikke selv skriver."""
    if form is Form.LETTER and letter_error and not letter_political:
        writes = letter_author if letter_author in SKRIVER_LESERBREV and letter_author is not subject else None
        yield (
            Consults(writes or owner, KOMMUNALSJEF | RADMANN, When.BEFORE_ANSWER, LESERBREV),
            Force.KUN_ETTER,
            N_("Den som skriver leserbrevet, rådfører seg med kommunalsjefen eller rådmannen først."),
        )


POINT_11 = Point(
    "11",
    leserbrev_besvares_ikke,
    leserbrev_med_faktafeil,
    leder_skriver_leserbrev,
    leserbrev_er_ledernes,
    samrad_om_leserbrev,
)


# ── 12 Brukersaker ───────────────────────────────────────────────────────────────────────────────────────────────────


def brukersak(client_case: Known, case_public: bool) -> Says:
    """En brukers sak bør ikke kommenteres, selv ikke når brukeren har gitt fritak. Generell informasjon kan gis."""
    if is_client_open(client_case, case_public):
        yield (
            Bars(Prohibition.COMMENT_CLIENT_CASE, SUBSTANCE, ADMINISTRATION),
            Force.BOR_IKKE,
            N_("Saken til en enkelt bruker bør ikke kommenteres. Et fritak gjelder bare den som har gitt det."),
        )
        yield (
            Treats(LINJESVAR | POLITISK_SVAR, Outcome.LIMITED),
            Force.BOR_IKKE,
            N_("Når det kan gjelde en bruker, gis bare generell informasjon."),
        )
        if client_case is YES:
            yield (
                Treats(BREVSVAR, Outcome.NO_REPLY),
                Force.BOR_IKKE,
                N_("Et leserbrev om en brukers sak besvares ikke."),
            )


POINT_12 = Point("12", brukersak)


# ── 13 Personalsaker ─────────────────────────────────────────────────────────────────────────────────────────────────


def personalsak(personnel: Known, asks: frozenset[Ask]) -> Says:
    """Én ansatts arbeidsforhold kommenteres ikke. Samtykke, rang og andres omtale endrer ikke det. Innsyn er lovens."""
    if personnel is not NO and asks != BARE_DOKUMENTER:
        yield (
            Bars(Prohibition.COMMENT_PERSONNEL_CASE, SUBSTANCE, MUNICIPAL),
            Force.SKAL_IKKE,
            N_("Saker om en enkelt ansatt kommenteres ikke."),
        )


def personalsak_avgrenser_svaret(personnel: Known) -> Says:
    """En personalsak avslås høflig og raskt. Er det uvisst om den er det, gis bare generell informasjon."""
    if personnel is YES:
        yield (
            Treats(LINJESVAR, Outcome.DECLINE),
            Force.SKAL_IKKE,
            N_("Spørsmålet gjelder en personalsak og avslås høflig."),
        )
        yield (Treats(BREVSVAR, Outcome.NO_REPLY), Force.SKAL_IKKE, N_("Et leserbrev om en personalsak besvares ikke."))
        yield (
            Treats(POLITISK_SVAR, Outcome.LIMITED),
            Force.SKAL_IKKE,
            N_("Det politiske besvares i generelle vendinger, uten å omtale den ansatte."),
        )
    if personnel is UNKNOWN:
        yield (
            Treats(LINJESVAR | POLITISK_SVAR, Outcome.LIMITED),
            Force.SKAL_IKKE,
            N_("Til det er avklart om saken gjelder en ansatt, gis bare generell informasjon."),
        )


POINT_13 = Point("13", personalsak, personalsak_avgrenser_svaret)


# ── 14 Råd fra KIS ───────────────────────────────────────────────────────────────────────────────────────────────────


def radgiver_tilbys() -> Says:
    """Lederen for KIS gir råd til den som ønsker det. Et tilbud, ikke et steg på veien."""
    yield Guides(Guidance.ADVICE_OFFERED), Force.VEILEDNING, N_("Lederen for KIS gir råd til den som ønsker det.")


def kis_taler_for_egen_virksomhet(addressed: Role | None, own_field: Known, level: Level | None) -> Says:
    """Den som gir råd, er ikke talsmann for andre. For sin egen virksomhet er lederen for KIS en leder som andre."""
    if addressed is Role.VIRKSOMHETSLEDER_KIS and not is_kis_own_unit(addressed, own_field, level):
        yield (
            Bars(Prohibition.SPEAK_FOR_OTHER_UNITS, UTTALELSER, frozenset({Role.VIRKSOMHETSLEDER_KIS})),
            Force.MOTSETNINGSVIS,
            N_("Lederen for KIS gir råd, men taler ikke for andre virksomheter."),
        )


POINT_14 = Point("14", radgiver_tilbys, kis_taler_for_egen_virksomhet)


# ── 15 Kriseledelse ──────────────────────────────────────────────────────────────────────────────────────────────────


def kriseledelse_etablert(crisis: bool, crisis_released: bool) -> Says:
    """Er kriseledelsen satt, gjelder beredskapsreglene i stedet for dette reglementet, til den gir saken tilbake."""
    if crisis and not crisis_released:
        yield Owns(Role.KRISELEDELSE), Force.SKAL, N_("Kriseledelsen er satt og svarer.")
        yield (
            Treats(frozenset({Kind.CRISIS}), Outcome.CRISIS_LEADERSHIP),
            Force.SKAL,
            N_("Henvendelsen går til kriseledelsen."),
        )
        yield Grants(KRISELEDELSE, UTTALELSER), Force.SKAL, N_("Kriseledelsen uttaler seg i krisen.")
        yield (
            Bars(Prohibition.NORMAL_PRESS_ROUTING, INGEN_UTSAGN, MUNICIPAL),
            Force.SKAL,
            N_("Så lenge kriseledelsen er satt, går pressen gjennom den."),
        )
        yield (
            Reserves(ALT_OM_SAKEN),
            Force.MOTSETNINGSVIS,
            N_("Så lenge kriseledelsen er satt, er det den som uttaler seg."),
        )


def frigitt_av_kriseledelsen(crisis: bool, crisis_released: bool) -> Says:
    """Kriseledelsen kan gi et spørsmål tilbake til den vanlige veien. Det loggføres."""
    if crisis and crisis_released:
        yield Silent(Gap.CRISIS_RELEASE), Force.IKKE_REGULERT, N_("Kriseledelsen har gitt saken tilbake til linja.")


POINT_15 = Point("15", kriseledelse_etablert, frigitt_av_kriseledelsen)


# ── Kommunikasjonsstrategien 3.3 fyller ut ───────────────────────────────────────────────────────────────────────────


def viktig_sak(important: bool) -> Says:
    """I viktige saker får ordføreren vite om det og kan gå i front. Fakta blir hos linja."""
    if important:
        yield Informs(Role.ORDFORER), Force.VEILEDNING, N_("Saken er viktig, så ordføreren får vite om den.")
        yield Grants(ORDFORER, FAKTA), Force.KAN, N_("I viktige saker kan ordføreren gi fakta.")


def ordforer_i_krise(crisis: bool, crisis_released: bool) -> Says:
    """I en krise står ordføreren i front ved siden av kriseledelsen."""
    if crisis and not crisis_released:
        yield Grants(ORDFORER, FAKTA | POLITISK), Force.KAN, N_("Ordføreren kan stå i front i en krise.")


def ordforer_far_vite_om_krisen(crisis: bool, crisis_released: bool, asks: frozenset[Ask]) -> Says:
    """Ordføreren får vite hva pressen spør om i krisen. Innsynskrav går sin egen vei."""
    if crisis and not crisis_released and asks != BARE_DOKUMENTER:
        yield Informs(Role.ORDFORER), Force.VEILEDNING, N_("Det er krise, så ordføreren får vite om henvendelsen.")


SECTION_3_3 = Point("3.3", viktig_sak, ordforer_i_krise, ordforer_far_vite_om_krisen)


# ── Kjørereglene for sosiale medier, 4.2 ─────────────────────────────────────────────────────────────────────────────


def egen_konto(form: Form, asks: frozenset[Ask]) -> Says:
    """Spørsmål på kommunens egen konto besvares av den som administrerer den. Det politiske er ordførerens også der."""
    if form is Form.OWN_ACCOUNT and Ask.POLITICAL not in asks:
        yield Owns(Role.KONTOADMINISTRATOR), Force.SKAL, N_("Spørsmålet kom på kommunens egen konto.")


def kontoadministrator_kan_gi_fakta() -> Says:
    """Administratoren kan gi fakta."""
    yield (
        Grants(frozenset({Role.KONTOADMINISTRATOR}), FAKTA),
        Force.SKAL,
        N_("Administratoren svarer med fakta på kommunens konto."),
    )


def faktafeil_rettes(form: Form, letter_error: bool) -> Says:
    """Faktafeil på kommunens egen konto rettes alltid."""
    if form is Form.OWN_ACCOUNT and letter_error:
        yield (
            Treats(frozenset({Kind.OWN_ACCOUNT}), Outcome.CORRECT),
            Force.SKAL,
            N_("Faktafeil på kommunens egen konto rettes."),
        )


def politisk_behandling(political_process: bool, asks: frozenset[Ask]) -> Says:
    """Mens politikerne behandler saken, kommer ikke administrasjonen med nye egne vurderinger. Fakta kan forklares."""
    if political_process and Ask.ASSESSMENT in asks:
        yield (
            Bars(Prohibition.NEW_ASSESSMENT_UNDER_POLITICAL_PROCESS, VURDERINGER, ADMINISTRATION),
            Force.ANALOGI,
            N_("Saken er til politisk behandling, så administrasjonen gir ikke nye egne vurderinger."),
        )
        yield (
            Treats(LINJESVAR, Outcome.LIMITED),
            Force.ANALOGI,
            N_("Saken er til politisk behandling, så svaret holder seg til fakta og det som er lagt fram."),
        )


SECTION_4_2 = Point("4.2", egen_konto, kontoadministrator_kan_gi_fakta, faktafeil_rettes, politisk_behandling)


# ── Det reglementet tier om ──────────────────────────────────────────────────────────────────────────────────────────


def utenfor_kommunen(level: Level | None) -> Says:
    """En virksomhet utenfor kommunen svarer selv. Kommunalsjefen svarer for kommunens egen rolle."""
    if level is Level.EXTERNAL:
        yield Owns(Role.KOMMUNALSJEF), Force.IKKE_REGULERT, N_("Kommunalsjefen svarer for kommunens egen rolle.")
        yield Silent(Gap.EXTERNAL_BODY), Force.IKKE_REGULERT, N_("Reglementet tier om virksomheter utenfor kommunen.")
        yield (
            Guides(Guidance.EXTERNAL_SPEAKS_FOR_ITSELF),
            Force.IKKE_REGULERT,
            N_("Virksomheten utenfor kommunen svarer selv for driften."),
        )


def ikke_presse(form: Form, asks: frozenset[Ask]) -> Says:
    """Reglementet gjelder pressen. Andre får svar på vanlig måte, og innsyn som alle."""
    if form is Form.NOT_MEDIA and asks != BARE_DOKUMENTER:
        yield PassesOn(), Force.IKKE_REGULERT, N_("Henvendelsen er ikke fra pressen og går videre.")
        yield Silent(Gap.MEDIA_DEFINITION), Force.IKKE_REGULERT, N_("Reglementet sier ikke hva som er medier.")


def bilder(asks: frozenset[Ask]) -> Says:
    """Reglementet sier ingenting om bilder og opptak."""
    if Ask.IMAGES in asks:
        yield Silent(Gap.IMAGES), Force.IKKE_REGULERT, N_("Reglementet sier ingenting om bilder og opptak.")


def den_det_gjelder_svarer_ikke(subject: Role | None) -> Says:
    """Den saken gjelder, svarer ikke for kommunen om seg selv."""
    if subject is not None:
        yield (
            Bars(Prohibition.HOLDER_ANSWERS_ABOUT_SELF, ALT_OM_SAKEN, frozenset({subject})),
            Force.ANALOGI,
            N_("Den saken gjelder, svarer ikke for kommunen om seg selv."),
        )


ABOVE: dict[Role | None, Role] = {
    Role.SEKSJONSLEDER: Role.VIRKSOMHETSLEDER,
    Role.VIRKSOMHETSLEDER: Role.KOMMUNALSJEF,
    Role.KOMMUNALSJEF: Role.RADMANN,
    Role.RADMANN: Role.ORDFORER,
    Role.ORDFORER: Role.VARAORDFORER,
    Role.KONTOADMINISTRATOR: Role.VIRKSOMHETSLEDER,
}
"""Hvem saken går til når den gjelder denne lederen selv. Rådmannens saker går til ordføreren."""

BELOW: dict[Role | None, set[Role]] = {
    Role.SEKSJONSLEDER: {Role.ANSATT},
    Role.VIRKSOMHETSLEDER: {Role.ANSATT, Role.KONTOADMINISTRATOR, Role.SEKSJONSLEDER},
    Role.KOMMUNALSJEF: {Role.ANSATT, Role.KONTOADMINISTRATOR, Role.SEKSJONSLEDER, Role.VIRKSOMHETSLEDER},
    Role.RADMANN: {
        Role.ANSATT,
        Role.KONTOADMINISTRATOR,
        Role.SEKSJONSLEDER,
        Role.VIRKSOMHETSLEDER,
        Role.KOMMUNALSJEF,
    },
}
"""Hvem som står under denne lederen på linja, og derfor heller ikke svarer om ham eller henne."""

STANDS_IN = {
    Role.ANSATT: (Role.SEKSJONSLEDER, Role.VIRKSOMHETSLEDER, Role.KOMMUNALSJEF, Role.RADMANN),
    Role.KONTOADMINISTRATOR: (Role.VIRKSOMHETSLEDER, Role.KOMMUNALSJEF, Role.RADMANN),
    Role.SEKSJONSLEDER: (Role.VIRKSOMHETSLEDER, Role.KOMMUNALSJEF, Role.RADMANN),
    Role.VIRKSOMHETSLEDER: (Role.KOMMUNALSJEF, Role.RADMANN),
    Role.KOMMUNALSJEF: (Role.RADMANN,),
    Role.RADMANN: (),
    Role.ORDFORER: (Role.VARAORDFORER,),
    Role.VARAORDFORER: (),  # svarer bare når saken gjelder ordføreren
}
"""Hvem som svarer for en som er borte: oppover på samme linje, aldri mellom politikk og administrasjon."""


def nearest_leader(level: Level | None) -> Role:
    """Den ansattes nærmeste leder."""
    return Role.SEKSJONSLEDER if level is Level.SECTION else Role.VIRKSOMHETSLEDER


def line_above(role: Role, level: Level | None) -> tuple[Role, ...]:
    """Linja over en stilling, slik den løper når noen er borte. Bare i en seksjon er det en seksjonsleder i den."""
    line = STANDS_IN.get(role, ())
    return line if level is Level.SECTION else tuple(each for each in line if each is not Role.SEKSJONSLEDER)


def den_det_gjelder_viker(owner: Role, subject: Role | None, level: Level | None) -> Says:
    """Gjelder saken den som skulle svare, eller en over ham på linja, går den til nivået over den saken gjelder."""
    text = N_("Saken gjelder den som skulle ha svart, eller noen over, så nivået over svarer.")
    if subject in ABOVE and (owner is subject or owner in BELOW.get(subject, ())):
        yield Moves(ABOVE[subject], Gap.SUBJECT), Force.IKKE_REGULERT, text
    if subject is Role.ANSATT and owner is Role.ANSATT:
        yield Moves(nearest_leader(level), Gap.SUBJECT), Force.IKKE_REGULERT, text


def den_som_er_borte(
    owner: Role, subject: Role | None, level: Level | None, unavailable: frozenset[Role], deputised: frozenset[Role]
) -> Says:
    """Er ingen å få tak i, går saken ett nivå opp på samme linje, men aldri til den saken gjelder."""
    away = unavailable - deputised
    if owner in away and owner in STANDS_IN:
        line = [role for role in line_above(owner, level) if role is not subject]
        last = Role.RADMANN if Role.RADMANN in line else owner
        acting = next((role for role in line if role not in away), last)
        if acting is not owner:
            yield Moves(acting, Gap.ABSENCE), Force.IKKE_REGULERT, N_("Den ansvarlige er borte, så nivået over svarer.")
        if acting in away:
            yield Silent(Gap.NOBODY_REACHABLE), Force.IKKE_REGULERT, N_("Ingen på linja er å få tak i.")


NOT_REGULATED = Point(
    "ikke_regulert",
    utenfor_kommunen,
    ikke_presse,
    bilder,
    den_det_gjelder_svarer_ikke,
    den_det_gjelder_viker,
    den_som_er_borte,
)


# ── Rekkefølgen ──────────────────────────────────────────────────────────────────────────────────────────────────────

LAW = law.LAW
"""Loven: gjelder alltid, for hvert delspørsmål, også i en krise."""

GATES = (
    privat_ytring_er_fri,
    tillitsvalgt_klargjor_rollen,
    privatperson,  # 8: stenger
    roller_holdes_adskilt,
    tillitsvalgt,  # 10: stenger
    andre_folkevalgte,  # 3: stenger
    alle_kan_vise_videre,  # 1: gjelder også i en krise, så ingen blir stående uten svar
    ordforer_i_krise,
    ordforer_far_vite_om_krisen,
    kriseledelse_etablert,  # 15: stenger
    radgiver_tilbys,  # 14: også når det ikke er pressen som spør
    ikke_presse,  # stenger
)
"""Portene: den første som eier eller formidler, stenger for alt som står etter den, bortsett fra loven."""

WHO: tuple[Callable[..., Says], ...] = (
    frigitt_av_kriseledelsen,
    egen_konto,
    kontoadministrator_kan_gi_fakta,
    politisk_leserbrev,
    leserbrev_besvares_ikke,
    leserbrev_med_faktafeil,
    leder_skriver_leserbrev,
    leserbrev_er_ledernes,
    politisk_sporsmal,
    ordforer_svarer_politisk,
    politikk_er_ordforerens,
    utenfor_kommunen,
    ansatt_eget_fagfelt,  # 7 → 6 → 5 → 4: det laveste nivået som dekker hele spørsmålet
    ansatt_kan_gi_fakta,
    ansatt_utenfor_fagfeltet,
    ansatt_vurderer_etter_avtale,
    ansatt_uten_avtale,
    leder_egen_virksomhet,
    leder_kan_uttale_seg,
    leder_utenfor_virksomheten,
    kommunalsjef_eget_omrade,
    prinsipielt_i_omradet,
    kommunalsjef_kan_uttale_seg,
    kommunalsjef_utenfor_omradet,
    kis_taler_for_egen_virksomhet,
    radmann_hele_kommunen,  # svarer alltid, så ingenting blir stående uten eier
    radmann_kan_uttale_seg,
)
"""Hvem: den første som eier delspørsmålet, eier det."""

STEPS = (den_det_gjelder_viker, den_som_er_borte)
"""Hvem som trer inn for den som eier."""

WHAT: tuple[Callable[..., Says], ...] = (
    personalsak,  # 13
    personalsak_avgrenser_svaret,
    brukersak,  # 12
    bilder,
    politisk_behandling,
    faktafeil_rettes,
    den_det_gjelder_svarer_ikke,
)
"""Hva som sies. Det endrer aldri hvem som eier. Det første som sier hvordan delspørsmålet behandles, gjelder."""

DUTIES = (leder_i_tvil, kis_leder_i_tvil, ansatt_avtaler_forst, samrad_om_leserbrev)
"""Hvem den som uttaler seg, skal spørre først."""

ALWAYS: tuple[Callable[..., Says], ...] = (apenhet, lojalitet, tjenestevei, viktig_sak)
"""Alltid, innenfor reglementet: 1, 2, 9 og 3.3. (14 står ved portene.)"""

POINTS = (
    POINT_1,
    POINT_2,
    POINT_3,
    POINT_4,
    POINT_5,
    POINT_6,
    POINT_7,
    POINT_8,
    POINT_9,
    POINT_10,
    POINT_11,
    POINT_12,
    POINT_13,
    POINT_14,
    POINT_15,
)
OTHER_SOURCES = (*law.SOURCES_OF_LAW, SECTION_3_3, SECTION_4_2, NOT_REGULATED)

OUTCOMES = {
    Kind.POLITICAL: Outcome.ANSWER,
    Kind.LETTER: Outcome.REPLY_BY_LETTER,
    Kind.OWN_ACCOUNT: Outcome.ANSWER,
    Kind.ADMINISTRATIVE: Outcome.ANSWER,
}
"""Hva som gjøres med delspørsmålet når ingen regel sier noe annet: det besvares (1)."""

LEADS = {Kind.POLITICAL: (Kind.OWN_ACCOUNT, Kind.ADMINISTRATIVE)}
"""Hvem som leder når spørsmålet er både politisk og administrativt, og hvem som eier det sammen med ordføreren."""

REGULATION = Regulation(
    version=VERSION,
    points=(*POINTS, *OTHER_SOURCES),
    law=LAW,
    gates=GATES,
    who=WHO,
    steps=STEPS,
    what=WHAT,
    duties=DUTIES,
    always=ALWAYS,
    outcomes=OUTCOMES,
    leads=LEADS,
    above=ABOVE,
    nearest_leader=nearest_leader,
    line_above=line_above,
)


def route(facts: Facts) -> Decision:
    """Hvem som eier henvendelsen, hva som kan sies og av hvem, og hvorfor. Svarer alltid."""
    return deciding.decide(REGULATION, facts)


def may_state(role: Role, facts: Facts, kind: Statement) -> Permission:
    """Om `role` kan gi et utsagn av slaget `kind` her. Et forbud går foran en adgang, og hvert nei har sin grunn."""
    return deciding.permit(REGULATION, role, facts, kind)


def still_matters(facts: Facts) -> list[str]:
    """De åpne opplysningene som fortsatt kan endre avgjørelsen, den mest avgjørende først."""
    return deciding.still_matters(REGULATION, facts)
