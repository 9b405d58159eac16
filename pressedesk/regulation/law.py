"""Law, and the press's own code, above the regulation: further rules, read before the fifteen points and always."""

from __future__ import annotations

from pressedesk.regulation.findings import Bars, Grants, Guides, Owns, Point, Says, Treats
from pressedesk.regulation.vocabulary import (
    EVERYBODY,
    MUNICIPAL,
    N_,
    NO,
    SUBSTANCE,
    Ask,
    Capacity,
    Force,
    Form,
    Guidance,
    Kind,
    Known,
    Outcome,
    Prohibition,
    Role,
    Statement,
    Waiver,
)


def is_client_open(client_case: Known, case_public: bool) -> bool:
    """The matter is, or may be, about one user, and its documents are not open to all anyway."""
    return client_case is not NO and not case_public


def taushet_om_ansatte(personnel: Known) -> Says:
    """En ansatts personlige forhold er taushetsbelagt. «Vet ikke» verner som ja, til noen har svart."""
    if personnel is not NO:
        yield (
            Bars(Prohibition.DISCLOSE_CONFIDENTIAL_INFORMATION, SUBSTANCE, EVERYBODY),
            Force.LOV,
            N_("Personlige forhold hos en ansatt er taushetsbelagt."),
        )


def taushet_om_brukere(client_case: Known, case_public: bool, waiver: Waiver) -> Says:
    """En brukers sak er taushetsbelagt, også at saken finnes. Bare skriftlig fritak fra alle løfter taushetsplikten."""
    if is_client_open(client_case, case_public) and waiver is not Waiver.WRITTEN:
        yield (
            Bars(Prohibition.DISCLOSE_CONFIDENTIAL_INFORMATION, SUBSTANCE, EVERYBODY),
            Force.LOV,
            N_("Opplysninger om en bruker er taushetsbelagt."),
        )
        yield (
            Bars(Prohibition.CONFIRM_CLIENT_RELATIONSHIP, SUBSTANCE, EVERYBODY),
            Force.LOV,
            N_("Det kan verken bekreftes eller avkreftes at noen er bruker av en tjeneste."),
        )


def innsyn(asks: frozenset[Ask]) -> Says:
    """Alle kan kreve innsyn i kommunens dokumenter. Pressereglementet kan ikke begrense det."""
    if Ask.DOCUMENTS in asks:
        yield Owns(Role.ARKIV_POSTMOTTAK), Force.LOV, N_("Krav om dokumenter går til arkivet og postmottaket.")
        yield (
            Grants(frozenset({Role.ARKIV_POSTMOTTAK}), frozenset({Statement.GENERAL_INFO, Statement.DECLINE})),
            Force.LOV,
            N_("Den som behandler innsynskravet, kan orientere om det og avslå det med hjemmel."),
        )
        yield (
            Bars(Prohibition.REFUSE_DOCUMENTS_BY_PRESS_RULES, frozenset(), MUNICIPAL),
            Force.LOV,
            N_("Innsyn avgjøres etter offentleglova, ikke etter pressereglementet."),
        )


def innsyn_uten_opphold(asks: frozenset[Ask]) -> Says:
    """Et innsynskrav avgjøres uten ugrunnet opphold, etter sin egen klokke."""
    if Ask.DOCUMENTS in asks:
        yield (
            Treats(frozenset({Kind.DOCUMENTS}), Outcome.HANDLE_AS_INNSYN),
            Force.LOV,
            N_("Innsynskravet avgjøres uten unødig venting."),
        )


def ytringsfrihet(capacity: Capacity) -> Says:
    """Den som taler for seg selv eller for fagforeningen, trenger ingens ja."""
    if capacity in (Capacity.PRIVATE, Capacity.UNION):
        yield (
            Bars(Prohibition.REQUIRE_APPROVAL_OF_PRIVATE_STATEMENT, frozenset(), MUNICIPAL),
            Force.LOV,
            N_("Kommunen kan ikke legge seg opp i hva noen sier på egne vegne eller for fagforeningen."),
        )


def bilder_krever_samtykke(asks: frozenset[Ask], children_images: bool) -> Says:
    """Bilder der barn, brukere eller pasienter kan kjennes igjen, krever samtykke."""
    if Ask.IMAGES in asks and children_images:
        yield (
            Bars(Prohibition.IMAGES_OF_CHILDREN_WITHOUT_CONSENT, frozenset(), MUNICIPAL),
            Force.LOV,
            N_("Uten samtykke skal ingen barn, brukere eller pasienter kunne kjennes igjen."),
        )


def feil_i_artikkel(form: Form, letter_error: bool) -> Says:
    """En feil i en artikkel rettes av redaksjonen."""
    if form is Form.PRESS and letter_error:
        yield Guides(Guidance.CORRECT_IN_NEWSROOM), Force.VEILEDNING, N_("Redaksjonen retter feil i egne saker.")


def samtidig_imotegaelse(accusation: bool) -> Says:
    """Den som utsettes for en sterk beskyldning, skal få svare på den i samme sak."""
    if accusation:
        yield Guides(Guidance.MEET_ACCUSATION), Force.VEILEDNING, N_("Den som angripes sterkt, skal få svare samtidig.")


GRL_100 = Point("Grl_100", ytringsfrihet)
FVL_13 = Point("fvl_13", taushet_om_ansatte, taushet_om_brukere)
OFFL_3 = Point("offl_3", innsyn)
OFFL_29 = Point("offl_29", innsyn_uten_opphold)
GDPR_6 = Point("gdpr_6", bilder_krever_samtykke)
VVP_4_13 = Point("VVP_4.13", feil_i_artikkel)
VVP_4_14 = Point("VVP_4.14", samtidig_imotegaelse)

SOURCES_OF_LAW = (GRL_100, FVL_13, OFFL_3, OFFL_29, GDPR_6, VVP_4_13, VVP_4_14)
LAW = (
    taushet_om_ansatte,
    taushet_om_brukere,
    innsyn,
    innsyn_uten_opphold,
    ytringsfrihet,
    bilder_krever_samtykke,
    feil_i_artikkel,
    samtidig_imotegaelse,
)
"""Read first, always, for every strand."""
