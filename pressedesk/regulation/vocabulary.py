"""The words of the press regulation: every code with its Norwegian label, in the order in which lists show them.

Pure data. A code is the string of the contract; `.label` is what a person reads.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, StrEnum
from typing import Self, TypeVar


def N_(text: str) -> str:
    """Mark a sentence for the message catalogue. It is translated where it is shown."""
    return text


class Code(StrEnum):
    """A code of the contract with its Norwegian `label` and its `rank` in the order of the vocabulary."""

    label: str
    rank: int

    def __new__(cls, value: str, label: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.rank = len(cls.__members__)
        return member


C = TypeVar("C", bound=Code)


def in_order(codes: Iterable[C]) -> list[C]:
    """Each code once, in the order of its vocabulary."""
    return sorted(set(codes), key=lambda code: code.rank)


class Known(Enum):
    """JSON true, false, null. Has no truth value, so «vet ikke» never passes for no."""

    YES, NO, UNKNOWN = True, False, None

    def __bool__(self) -> bool:
        raise TypeError("Known has three values: write `is YES`, `is NO` or `is UNKNOWN`")

    __hash__ = object.__hash__  # Enum hashes the name, in Python; the findings of rules are kept by their facts


YES, NO, UNKNOWN = Known.YES, Known.NO, Known.UNKNOWN


class Role(Code):
    """Who may own, speak, be asked for, or be asked for advice."""

    ORDFORER = "ordforer", N_("ordfører")
    VARAORDFORER = "varaordforer", N_("varaordfører")
    FOLKEVALGT = "folkevalgt", N_("annen folkevalgt")
    RADMANN = "radmann", N_("rådmann")
    KOMMUNALSJEF = "kommunalsjef", N_("kommunalsjef")
    VIRKSOMHETSLEDER = "virksomhetsleder", N_("virksomhetsleder")
    SEKSJONSLEDER = "seksjonsleder", N_("seksjonsleder")
    VIRKSOMHETSLEDER_KIS = "virksomhetsleder_kis", N_("virksomhetsleder for KIS")
    ANSATT = "ansatt", N_("ansatt")
    TILLITSVALGT = "tillitsvalgt", N_("tillitsvalgt")
    PRIVATPERSON = "privatperson", N_("privatperson")
    KRISELEDELSE = "kriseledelse", N_("kriseledelse")
    ARKIV_POSTMOTTAK = "arkiv_postmottak", N_("arkiv og postmottak")
    KONTOADMINISTRATOR = "kontoadministrator", N_("administrator for kommunens konto")
    EKSTERN_PART = "ekstern_part", N_("ekstern part")


ADMINISTRATION = frozenset(
    {
        Role.RADMANN,
        Role.KOMMUNALSJEF,
        Role.VIRKSOMHETSLEDER,
        Role.SEKSJONSLEDER,
        Role.VIRKSOMHETSLEDER_KIS,
        Role.ANSATT,
        Role.ARKIV_POSTMOTTAK,
        Role.KONTOADMINISTRATOR,
    }
)
MUNICIPAL = ADMINISTRATION | {Role.ORDFORER, Role.VARAORDFORER, Role.KRISELEDELSE}
"""Those who speak for the municipality."""
EVERYBODY = frozenset(Role) - {Role.EKSTERN_PART}
"""Those whom the duty of confidentiality binds."""


class Force(Code):
    """How strong the text is, as it is written."""

    LOV = "lov", N_("lov")
    SKAL = "skal", N_("skal")
    SKAL_IKKE = "skal_ikke", N_("skal ikke")
    SKAL_SOM_HOVEDREGEL_IKKE = "skal_som_hovedregel_ikke", N_("skal som hovedregel ikke")
    PLIKTER = "plikter", N_("plikter")
    KUN_ETTER = "kun_etter", N_("kun etter")
    BOR_IKKE = "bor_ikke", N_("bør ikke")
    KAN = "kan", N_("kan")
    VEILEDNING = "veiledning", N_("veiledning")
    MOTSETNINGSVIS = "motsetningsvis", N_("følger motsetningsvis")
    ANALOGI = "analogi", N_("analogi fra en naboregel")
    IKKE_REGULERT = "ikke_regulert", N_("ikke regulert")


class Statement(Code):
    """The kinds of statement somebody may give on behalf of the municipality."""

    FACTS = "facts", N_("fakta")
    ASSESSMENTS = "assessments", N_("faglig vurdering")
    POLITICAL = "political", N_("politisk kommentar")
    GENERAL_INFO = "general_info", N_("generell informasjon")
    LETTER = "letter", N_("svar i leserbrev")
    DECLINE = "decline", N_("avslag med grunn")


SUBSTANCE = frozenset({Statement.FACTS, Statement.ASSESSMENTS, Statement.LETTER})
"""What is said about the case itself; general information is no part of it."""


class Condition(Code):
    """Under what condition a statement may be given."""

    OWN_FIELD = "own_field", N_("innenfor eget fagfelt")
    OWN_UNIT = "own_unit", N_("for egen virksomhet")
    OWN_AREA = "own_area", N_("innenfor eget område")
    SPECIFIC_AGREEMENT = "specific_agreement", N_("etter særskilt avtale")
    AFTER_CONSULTATION = "after_consultation", N_("etter samråd")
    GENERAL_INFORMATION_ONLY = "general_information_only", N_("bare i generelle vendinger")


class Kind(Code):
    """The kinds of strand. The first one with an owner leads the inquiry."""

    CRISIS = "crisis", N_("krise")
    POLITICAL = "political", N_("politisk")
    LETTER = "letter", N_("leserbrev")
    OWN_ACCOUNT = "own_account", N_("kommunens egen konto")
    ADMINISTRATIVE = "administrative", N_("administrativt")
    DOCUMENTS = "documents", N_("innsyn i dokumenter")
    ELECTED = "elected", N_("til en folkevalgt")
    UNION = "union", N_("til en tillitsvalgt")
    PRIVATE = "private", N_("til en privatperson")
    NOT_MEDIA = "not_media", N_("ikke fra pressen")


OUTSIDE = frozenset({Kind.ELECTED, Kind.UNION, Kind.PRIVATE, Kind.NOT_MEDIA})
"""Strands that the regulation does not govern: the contact is passed on."""


class Outcome(Code):
    """What is done with a strand."""

    ANSWER = "answer", N_("besvares")
    LIMITED = "limited", N_("besvares i generelle vendinger")
    DECLINE = "decline", N_("avslås høflig, med grunn")
    NO_REPLY = "no_reply", N_("besvares ikke")
    REPLY_BY_LETTER = "reply_by_letter", N_("faktafeilen imøtegås i et leserbrev")
    CORRECT = "correct", N_("faktafeilen rettes")
    PASS_CONTACT = "pass_contact", N_("kontakten formidles")
    HANDLE_AS_INNSYN = "handle_as_innsyn", N_("behandles som innsynskrav")
    CRISIS_LEADERSHIP = "crisis_leadership", N_("kriseledelsen svarer")


class Clock(Code):
    """The two clocks, which never touch."""

    COMMENT = "comment", N_("svar til pressen")
    INNSYN = "innsyn", N_("innsyn etter offentleglova")


class When(Code):
    """When somebody must be consulted."""

    BEFORE_ANSWER = "before_answer", N_("før svaret gis")
    IF_IN_DOUBT = "if_in_doubt", N_("ved tvil")


class Prohibition(Code):
    """What is prohibited."""

    DISCLOSE_CONFIDENTIAL_INFORMATION = "disclose_confidential_information", N_("å røpe taushetsbelagte opplysninger")
    CONFIRM_CLIENT_RELATIONSHIP = "confirm_client_relationship", N_("å bekrefte at noen er bruker av en tjeneste")
    COMMENT_CLIENT_CASE = "comment_client_case", N_("å kommentere en brukers sak")
    COMMENT_PERSONNEL_CASE = "comment_personnel_case", N_("å kommentere en personalsak")
    POLITICAL_COMMENT_BY_ADMINISTRATION = (
        "political_comment_by_administration",
        N_("at administrasjonen kommenterer politisk"),
    )
    ASSESSMENT_BY_EMPLOYEE = "assessment_by_employee", N_("at en ansatt gir vurderinger uten særskilt avtale")
    FACTS_OUTSIDE_OWN_FIELD = "facts_outside_own_field", N_("at en ansatt gir fakta utenfor eget fagfelt")
    SPEAK_OUTSIDE_OWN_AREA = "speak_outside_own_area", N_("å uttale seg utenfor eget ansvarsområde")
    SPEAK_FOR_OTHER_UNITS = "speak_for_other_units", N_("at lederen for KIS taler for andre virksomheter")
    REPLY_TO_LETTER = "reply_to_letter", N_("å svare på leserbrevet")
    REPLY_TO_OPINIONS_IN_LETTER = "reply_to_opinions_in_letter", N_("å svare på meningene i leserbrevet")
    REPLY_TO_LETTER_WITHOUT_CONSULTATION = (
        "reply_to_letter_without_consultation",
        N_("å svare på leserbrevet uten samråd"),
    )
    REFUSE_DOCUMENTS_BY_PRESS_RULES = (
        "refuse_documents_by_press_rules",
        N_("å nekte innsyn med pressereglementet som grunn"),
    )
    MIX_UNION_AND_EMPLOYEE = "mix_union_and_employee", N_("å blande rollene som tillitsvalgt og ansatt")
    REQUIRE_APPROVAL_OF_PRIVATE_STATEMENT = (
        "require_approval_of_private_statement",
        N_("å legge hindringer for det noen sier på egne vegne"),
    )
    NEW_ASSESSMENT_UNDER_POLITICAL_PROCESS = (
        "new_assessment_under_political_process",
        N_("å gi nye egne vurderinger mens politikerne behandler saken"),
    )
    HOLDER_ANSWERS_ABOUT_SELF = "holder_answers_about_self", N_("at den saken gjelder, svarer for kommunen")
    IMAGES_OF_CHILDREN_WITHOUT_CONSENT = (
        "images_of_children_without_consent",
        N_("bilder der barn, brukere eller pasienter kan kjennes igjen, uten samtykke"),
    )
    NORMAL_PRESS_ROUTING = "normal_press_routing", N_("å svare utenom kriseledelsen")


class Guidance(Code):
    """Advice to whoever speaks. It never refuses anything, and nothing is recorded of it."""

    OPENNESS = "openness", N_("Møt pressen med åpenhet, og svar så raskt du kan.")
    LOYALTY = "loyalty", N_("Når du taler for kommunen, bygger du på det som er vedtatt.")
    LINE_FIRST = "line_first", N_("Uenighet om eget fagområde tas gjerne opp i linja først.")
    PRIVATE_SPEECH_FREE = "private_speech_free", N_("På egne vegne snakker alle fritt. Kommunen har ingen rolle i det.")
    ROLE_CLARITY = "role_clarity", N_("Tillitsvalgte gjør selv klart for pressen at de taler for fagforeningen.")
    ADVICE_OFFERED = "advice_offered", N_("Lederen for KIS gir gjerne råd hvis du ønsker det.")
    MEET_ACCUSATION = "meet_accusation", N_("Den som får sterk kritikk, skal få svare samtidig. Da haster det.")
    CORRECT_IN_NEWSROOM = "correct_in_newsroom", N_("Be redaksjonen rette feilen i saken.")
    EXTERNAL_SPEAKS_FOR_ITSELF = "external_speaks_for_itself", N_("Den eksterne virksomheten svarer selv for driften.")


class Gap(Code):
    """Where the regulation is silent, and something else fills the hole."""

    SUBJECT = "subject", N_("når saken gjelder lederen selv")
    ABSENCE = "absence", N_("når den ansvarlige er borte")
    NOBODY_REACHABLE = "nobody_reachable", N_("når ingen på linja er å få tak i")
    EXTERNAL_BODY = "external_body", N_("når saken gjelder en virksomhet utenfor kommunen")
    MEDIA_DEFINITION = "media_definition", N_("hva som er medier")
    MIXED_INQUIRY = "mixed_inquiry", N_("når spørsmålet er både politisk og administrativt")
    CRISIS_RELEASE = "crisis_release", N_("når kriseledelsen gir en sak tilbake")
    IMAGES = "images", N_("bilder og opptak")


class Ask(Code):
    """What the journalist asks for."""

    FACTS = "facts", N_("fakta")
    ASSESSMENT = "assessment", N_("faglig vurdering")
    POLITICAL = "political", N_("politisk svar")
    DOCUMENTS = "documents", N_("dokumenter")
    IMAGES = "images", N_("bilder eller opptak")


class Form(Code):
    """In what form the inquiry came."""

    PRESS = "press", N_("spørsmål fra pressen")
    LETTER = "letter", N_("leserbrev i avisen")
    OWN_ACCOUNT = "own_account", N_("på kommunens egen konto")
    NOT_MEDIA = "not_media", N_("ikke fra pressen")


class Level(Code):
    """How wide the question is."""

    SECTION = "section", N_("én seksjon")
    UNIT = "unit", N_("én virksomhet")
    AREA = "area", N_("flere i samme sektor")
    CROSS_AREA = "cross_area", N_("flere sektorer")
    MUNICIPALITY = "municipality", N_("hele kommunen")
    EXTERNAL = "external", N_("utenfor kommunen")


class Capacity(Code):
    """As what somebody is asked to speak."""

    OFFICIAL = "official", N_("leder eller ansatt")
    ELECTED = "elected", N_("folkevalgt")
    UNION = "union", N_("tillitsvalgt")
    PRIVATE = "private", N_("privatperson")


class AgreementKind(Code):
    """What the employee and the nearest superior have agreed."""

    NONE = "none", N_("ingen avtale")
    GENERAL = "general", N_("en generell avtale")
    SPECIFIC = "specific", N_("særskilt avtale om denne saken")


class Waiver(Code):
    """Whether those concerned have waived confidentiality."""

    NONE = "none", N_("nei")
    PARTIAL = "partial", N_("muntlig, eller ikke fra alle")
    WRITTEN = "written", N_("skriftlig")


SOURCES = {
    "1": N_("Åpenhet"),
    "2": N_("Lojalitet"),
    "3": N_("Ordføreren"),
    "4": N_("Rådmannen"),
    "5": N_("Kommunalsjefene"),
    "6": N_("Virksomhets- og seksjonslederne"),
    "7": N_("Øvrige ansatte"),
    "8": N_("Ansatte som privatpersoner"),
    "9": N_("Tjenestevei"),
    "10": N_("Tillitsvalgte"),
    "11": N_("Leserbrev"),
    "12": N_("Brukersaker"),
    "13": N_("Personalsaker"),
    "14": N_("Råd fra KIS"),
    "15": N_("Kriseledelse"),
    "3.1.4": N_("Kommunikasjonsstrategien punkt 3.1.4"),
    "3.3": N_("Kommunikasjonsstrategien punkt 3.3"),
    "4.2": N_("Kjørereglene for sosiale medier"),
    "Grl_100": N_("Grunnloven § 100"),
    "fvl_13": N_("Forvaltningsloven § 13"),
    "offl_3": N_("Offentleglova § 3"),
    "offl_29": N_("Offentleglova § 29"),
    "aml_2A": N_("Arbeidsmiljøloven kapittel 2 A"),
    "gdpr_6": N_("Personvernforordningen artikkel 6"),
    "VVP_4.13": N_("Vær varsom-plakaten 4.13"),
    "VVP_4.14": N_("Vær varsom-plakaten 4.14"),
    "ikke_regulert": N_("Ikke regulert"),
}
"""Every source with its title, in the order of lists."""

SOURCE_RANK = {source: rank for rank, source in enumerate(SOURCES)}
POINTS = tuple(source for source in SOURCES if source.isdecimal())
"""The fifteen points of the press regulation."""
