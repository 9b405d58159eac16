"""The provisions of offentleglova by which documents may be kept back, with our own short titles. Pure data.

A refusal names its provision with its paragraph (§ 31). Left out is what concerns the state, the royal house or
farming alone (§§ 17, 19, 20, 22, 23 second paragraph). Where there is no document, or nobody can tell which is meant,
nothing is kept back: that is said of the request itself (§§ 3, 4 and 28).
"""

from dataclasses import dataclass

from pressedesk.regulation.vocabulary import N_


@dataclass(frozen=True)
class Provision:
    """One ground for not giving a document. `weighs_openness`: it is a choice, so openness beyond duty is considered
    first (§ 11); confidentiality (§ 13) is none, and of what does not exist there is nothing to weigh."""

    code: str
    number: str
    title: str
    weighs_openness: bool = True

    @property
    def label(self) -> str:
        """«§ 14 første ledd: dokument laget til egen saksforberedelse»."""
        return f"{self.number}: {self.title}"


PROVISIONS = {
    provision.code: provision
    for provision in (
        Provision("offl_13", N_("§ 13"), N_("opplysninger med taushetsplikt"), weighs_openness=False),
        Provision("offl_14", N_("§ 14 første ledd"), N_("dokument laget til egen saksforberedelse")),
        Provision("offl_15_1", N_("§ 15 første ledd"), N_("dokument hentet fra et underordnet organ")),
        Provision("offl_15_2", N_("§ 15 andre ledd"), N_("råd utenfra om hvordan kommunen bør stille seg")),
        Provision("offl_18", N_("§ 18"), N_("dokument til en rettssak")),
        Provision("offl_21", N_("§ 21"), N_("rikets sikkerhet og forsvar")),
        Provision("offl_23_1", N_("§ 23 første ledd"), N_("kommunens økonomi-, lønns- og personalforvaltning")),
        Provision("offl_23_3", N_("§ 23 tredje ledd"), N_("tilbud i en anskaffelse, til leverandøren er valgt")),
        Provision("offl_24_1", N_("§ 24 første ledd"), N_("kontroll og pålegg som kan bli virkningsløse")),
        Provision("offl_24_2", N_("§ 24 andre ledd"), N_("melding om lovbrudd")),
        Provision("offl_24_3", N_("§ 24 tredje ledd"), N_("fare for straffbare handlinger eller for noens sikkerhet")),
        Provision("offl_25", N_("§ 25 første ledd"), N_("tilsettingssak")),
        Provision("offl_26_1", N_("§ 26 første ledd"), N_("svar på eksamen eller prøve")),
        Provision("offl_26_5", N_("§ 26 femte ledd"), N_("fødselsnummer")),
        Provision("offl_5", N_("§ 5"), N_("innsynet er utsatt")),
        Provision("offl_28", N_("§ 28 andre ledd"), N_("kravet peker ikke ut noen bestemt sak"), weighs_openness=False),
        Provision("offl_4", N_("§§ 3 og 4"), N_("dokumentet finnes ikke hos kommunen"), weighs_openness=False),
    )
}

APPEAL = N_(
    "Du kan klage på dette innen tre uker fra du fikk svaret. Statsforvalteren avgjør klagen, men du sender den til "
    "{municipality}, som først ser på saken en gang til. Innen tre uker kan du også be om en nærmere begrunnelse, og "
    "den får du skriftlig. Dette følger av offentleglova §§ 31 og 32."
)


def letter(provision: Provision, is_partial: bool, is_openness_considered: bool, reason: str, municipality: str) -> str:
    """What the journalist is to have in writing when not everything is given (§§ 31 and 32), ready to paste."""
    given = N_("Du får innsyn, men ikke i alt.") if is_partial else N_("Vi kan ikke gi deg innsyn.")
    ground = N_("Grunnlaget er offentleglova {number} ({title}).").format(
        number=provision.number, title=provision.title
    )
    considered = N_("Vi har vurdert å gi mer innsyn enn vi må, etter § 11.") if is_openness_considered else ""
    said = " ".join(part for part in (given, ground, considered, reason) if part)
    return f"{said}\n\n{APPEAL.format(municipality=municipality)}"


SILENCE = N_(
    "Fem virkedager er gått uten svar. Etter offentleglova § 32 regnes det som et avslag, og journalisten kan klage. "
    "Plikten til å svare gjelder fortsatt."
)
