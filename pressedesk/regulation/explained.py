"""The regulation explained to whoever reads it: each point, the law above it, and what it is silent about.

Pure data in our own words, never those of the source. What decides is `rules.py`; a test holds that each force told
here is one that the point's rules speak with. Points 2, 8 and 9 are advice and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

from pressedesk.regulation.vocabulary import N_, SOURCES, Force, Gap


@dataclass(frozen=True)
class Clause:
    """One thing that a point says, and how strongly."""

    force: Force
    text: str


@dataclass(frozen=True)
class Explained:
    """One point: whom it binds, what it says, what the desk makes of it, and what it leaves open."""

    source: str
    binds: str
    clauses: tuple[Clause, ...]
    effect: str
    gaps: tuple[Gap, ...] = ()

    @property
    def title(self) -> str:
        return SOURCES[self.source]


POINTS = (
    Explained(
        "1",
        N_("Alle som taler for kommunen"),
        (
            Clause(
                Force.SKAL,
                N_("Kommunen er åpen mot pressen, svarer så fort den klarer, og forteller også uten å bli spurt."),
            ),
            Clause(
                Force.SKAL,
                N_(
                    "Den som ikke svarer på selve saken, kan orientere generelt, si hvem som svarer, og si nei "
                    "med grunn."
                ),
            ),
        ),
        N_("Hvert spørsmål får en ansvarlig og en frist. «Ingen kommentar» er et utfall med begrunnelse."),
        (Gap.MEDIA_DEFINITION, Gap.IMAGES),
    ),
    Explained(
        "2",
        N_("Den som taler for kommunen"),
        (
            Clause(
                Force.VEILEDNING,
                N_(
                    "Når du svarer for kommunen, bygger du på det som er vedtatt. Det du er kritisk til, tar du "
                    "gjerne opp med lederen din."
                ),
            ),
        ),
        N_(
            "Et råd til den som svarer. Det avgjør ingenting, ingen noterer noe om det, og det når ikke "
            "fram til det noen sier på egne vegne."
        ),
    ),
    Explained(
        "3",
        N_("Ordføreren, og administrasjonen"),
        (
            Clause(
                Force.SKAL,
                N_("Ordføreren svarer på det politiske: hva kommunen mener, hva som går foran, om den vil snu."),
            ),
            Clause(
                Force.KAN,
                N_(
                    "Ordføreren kan også gjøre rede for vedtakene, og svare på et politisk leserbrev. Andre "
                    "folkevalgte svarer for seg selv, utenfor reglementet."
                ),
            ),
            Clause(Force.MOTSETNINGSVIS, N_("Administrasjonen holder seg unna de politiske svarene.")),
        ),
        N_(
            "Det politiske går til ordføreren. Spør journalisten en annen folkevalgt, formidles "
            "kontakten, og resten er mellom de to."
        ),
        (Gap.MIXED_INQUIRY, Gap.SUBJECT, Gap.ABSENCE),
    ),
    Explained(
        "4",
        N_("Rådmannen"),
        (
            Clause(Force.KAN, N_("Rådmannen kan gi fakta og faglige vurderinger om alt kommunen driver med.")),
            Clause(
                Force.SKAL,
                N_("Det prinsipielle og langsiktige er særlig rådmannens oppgave når det rekker ut over én sektor."),
            ),
        ),
        N_(
            "Rådmannen får det som gjelder flere sektorer eller hele kommunen. Er det flere sektorer, "
            "svarer kommunalsjefene sammen med rådmannen. Det ingen vet hvor hører hjemme, er også "
            "rådmannens, men KIS blir bedt om å avklare det først."
        ),
        (Gap.SUBJECT, Gap.NOBODY_REACHABLE),
    ),
    Explained(
        "5",
        N_("Kommunalsjefene"),
        (
            Clause(Force.KAN, N_("Kommunalsjefen har samme oppgave som rådmannen, men bare i sin egen sektor.")),
            Clause(
                Force.ANALOGI,
                N_(
                    "Et prinsipielt spørsmål i én sektor kunne også rådmannen ha tatt. Derfor får rådmannen vite "
                    "om det."
                ),
            ),
            Clause(Force.MOTSETNINGSVIS, N_("Det som går ut over sektoren, hører til nivået over.")),
        ),
        N_("Kommunalsjefen får det som gjelder flere virksomheter i sektoren, og det prinsipielle i én av dem."),
        (Gap.SUBJECT, Gap.ABSENCE, Gap.EXTERNAL_BODY),
    ),
    Explained(
        "6",
        N_("Virksomhetsledere og seksjonsledere"),
        (
            Clause(Force.KAN, N_("Lederen kan gi fakta og faglige vurderinger for sin egen virksomhet eller seksjon.")),
            Clause(
                Force.PLIKTER,
                N_(
                    "Er lederen i tvil om noe bør sies, må kommunalsjefen eller rådmannen spørres først. En av "
                    "dem er nok."
                ),
            ),
            Clause(Force.MOTSETNINGSVIS, N_("Andres virksomhet svarer andre for.")),
        ),
        N_(
            "Lederen nærmest saken får spørsmålet. «Må spørre først» sender tvilen til kommunalsjefen "
            "eller rådmannen, og svaret venter til en av dem har sagt sitt."
        ),
        (Gap.SUBJECT, Gap.ABSENCE),
    ),
    Explained(
        "7",
        N_("Alle andre ansatte"),
        (
            Clause(Force.KAN, N_("En ansatt kan gi fakta fra sitt eget fagfelt uten å spørre noen.")),
            Clause(Force.SKAL_IKKE, N_("Faglige vurderinger for kommunen overlater den ansatte til lederen.")),
            Clause(
                Force.KUN_ETTER,
                N_("Unntaket er en avtale med nærmeste leder om akkurat denne saken. En fast ordning er ikke nok."),
            ),
            Clause(Force.MOTSETNINGSVIS, N_("Det som ligger utenfor fagfeltet, svarer andre på.")),
        ),
        N_(
            "Spørsmålet går til den ansatte når det er kjent at det gjelder fakta i eget fagfelt. Avtalen "
            "føres på saken: med hvem, om hva og når."
        ),
        (Gap.SUBJECT, Gap.ABSENCE),
    ),
    Explained(
        "8",
        N_("Alle ansatte, på egne vegne"),
        (
            Clause(
                Force.VEILEDNING,
                N_(
                    "På egne vegne snakker alle fritt, også om kommunen. Den som deltar i samfunnsdebatten, sier "
                    "selv fra at det ikke er kommunen som snakker."
                ),
            ),
        ),
        N_(
            "Kontakten formidles, og beskjeden slettes når den er levert. Hva det gjelder, skrives ikke "
            "ned, og det går ingen klokke."
        ),
    ),
    Explained(
        "9",
        N_("Den som taler for kommunen"),
        (
            Clause(
                Force.VEILEDNING,
                N_(
                    "Uenighet om eget fag og egen arbeidsplass løses gjerne i linja først. Ytringsfriheten og "
                    "reglene om varsling går foran."
                ),
            ),
        ),
        N_("Et råd til den som svarer. Det avgjør ingenting, og ingen noterer noe om det."),
    ),
    Explained(
        "10",
        N_("Tillitsvalgte"),
        (
            Clause(
                Force.VEILEDNING,
                N_("Den som snakker for fagforeningen, gjør det selv klart for redaksjonen hvem som snakker."),
            ),
            Clause(Force.SKAL, N_("Én og samme person svarer ikke både for fagforeningen og for kommunen.")),
        ),
        N_(
            "Kontakten formidles, uten klokke og uten at spørsmålet skrives ned. Er noen spurt i begge "
            "roller, svarer en annen for kommunen."
        ),
    ),
    Explained(
        "11",
        N_("Administrasjonen"),
        (
            Clause(
                Force.SKAL_SOM_HOVEDREGEL_IKKE,
                N_("Leserbrev lar kommunen vanligvis stå. Det gjelder alltid meningene."),
            ),
            Clause(
                Force.KUN_ETTER,
                N_(
                    "Er noe faktisk feil, kan en leder rette det i et eget leserbrev. Først rådfører lederen seg "
                    "med kommunalsjefen eller rådmannen, den av dem som ikke selv skriver."
                ),
            ),
            Clause(Force.MOTSETNINGSVIS, N_("Andre enn lederne skriver ikke leserbrev for kommunen.")),
        ),
        N_(
            "Uten faktafeil er utfallet «besvares ikke». Med faktafeil får en leder skriveoppgaven, og "
            "svaret venter på samrådet. Feil i en artikkel er noe annet: den ber vi redaksjonen rette."
        ),
    ),
    Explained(
        "12",
        N_("Ledere og saksbehandlere"),
        (
            Clause(
                Force.BOR_IKKE,
                N_(
                    "Kommunen bør holde seg unna saken til en enkelt bruker, også når brukeren har gitt fritak. "
                    "Hvordan tjenesten virker, kan alltid forklares."
                ),
            ),
        ),
        N_(
            "Saken blir begrenset, og svaret holdes i generelle vendinger. Med skriftlig fritak kan den "
            "ansvarlige avvike, med en grunn, innenfor fritaket og etter å ha spurt en overordnet. Uten "
            "fritak stenger loven."
        ),
    ),
    Explained(
        "13",
        N_("Alle som taler for kommunen"),
        (
            Clause(
                Force.SKAL_IKKE,
                N_(
                    "En enkelt ansatts arbeidsforhold er ikke noe kommunen snakker med pressen om. Samtykke, rang "
                    "og det andre har fortalt, endrer ikke det."
                ),
            ),
        ),
        N_(
            "Saken blir begrenset og avslås høflig og raskt. Fakta om organisasjonen kan gis, det "
            "politiske tas i generelle vendinger, og innsyn følger loven."
        ),
    ),
    Explained(
        "14",
        N_("Lederen for KIS"),
        (
            Clause(Force.VEILEDNING, N_("Lederen for KIS gir råd om pressen til den som vil ha det.")),
            Clause(Force.MOTSETNINGSVIS, N_("Den som gir råd, er ikke talsmann for andre enn sin egen virksomhet.")),
        ),
        N_(
            "«Råd fra KIS» er et tilbud på hver sak. Det trer aldri i stedet for samrådet i punkt 6 og 11 "
            "eller avtalen i punkt 7."
        ),
    ),
    Explained(
        "15",
        N_("Alle som taler for kommunen"),
        (
            Clause(
                Force.SKAL,
                N_("Når kriseledelsen er satt, er det beredskapsreglene som gjelder, og kriseledelsen svarer."),
            ),
            Clause(
                Force.IKKE_REGULERT, N_("Det som ikke har med krisen å gjøre, kan kriseledelsen gi tilbake til linja.")
            ),
        ),
        N_(
            "En bryter med start, grunn og slutt. Åpne saker går til kriseledelsen, og alle sider sier at "
            "den er satt. Private samtaler, fagforeningen og innsyn er urørt."
        ),
        (Gap.CRISIS_RELEASE,),
    ),
)
"""The fifteen points, in the order of the text."""


@dataclass(frozen=True)
class Above:
    """A law, a code or another part of the strategy: what it does here."""

    source: str
    text: str

    @property
    def title(self) -> str:
        return SOURCES[self.source]


LAW = (
    Above(
        "Grl_100", N_("Verner det folk sier på egne vegne og for fagforeningen. Kommunen legger seg ikke opp i det.")
    ),
    Above(
        "fvl_13",
        N_(
            "Taushetsplikten: personlige forhold hos ansatte og brukere røpes ikke, og det bekreftes "
            "heller ikke at noen er bruker. Bare et skriftlig fritak fra alle det gjelder, åpner for mer."
        ),
    ),
    Above("offl_3", N_("Alle kan kreve innsyn. Arkivet svarer, og pressereglementet kan ikke brukes til å si nei.")),
    Above("offl_29", N_("Innsynskravet avgjøres uten unødig venting, og har sin egen klokke ved siden av spørsmålet.")),
    Above("aml_2A", N_("Verner den som varsler. Pressedesk har ikke noe felt for varslere, kilder eller kritikere.")),
    Above("gdpr_6", N_("Kan barn, brukere eller pasienter kjennes igjen på et bilde, må det være samtykke.")),
    Above("VVP_4.13", N_("Feil i en artikkel er redaksjonens å rette. Vi ber om det.")),
    Above("VVP_4.14", N_("Den som blir sterkt angrepet, skal få svare i samme sak. Da haster det.")),
)
"""What stands above the regulation, also while crisis leadership is established."""

STRATEGY = (
    Above("3.1.4", N_("Den som henvender seg, får svar uten unødig venting, og flere som svarer, samordner seg.")),
    Above(
        "3.3",
        N_("I viktige saker får ordføreren vite om det og kan gå i front, også i en krise. Fakta blir hos linja."),
    ),
    Above(
        "4.2",
        N_(
            "På kommunens egne kontoer svarer administratoren, og faktafeil rettes alltid. Er saken til "
            "politisk behandling, kommer administrasjonen ikke med nye egne vurderinger, heller ikke til "
            "pressen."
        ),
    ),
)
"""Other parts of the communication strategy, which fill in where the regulation does not say otherwise."""

FILLED_BY = {
    Gap.SUBJECT: N_(
        "Nivået over den saken gjelder, svarer: virksomhetsleder, kommunalsjef, rådmann, og "
        "ordføreren når det er rådmannen. Gjelder det ordføreren, svarer varaordføreren på det "
        "politiske."
    ),
    Gap.ABSENCE: N_(
        "Først stedfortrederen. Er ingen å få tak i, svarer nivået over på samme linje. Politikere og "
        "administrasjon trer aldri inn for hverandre."
    ),
    Gap.NOBODY_REACHABLE: N_(
        "Saken blir stående øverst på linja og lyser rødt. Rådmannen og KIS får beskjed, så ingen sak "
        "er uten ansvarlig."
    ),
    Gap.EXTERNAL_BODY: N_(
        "Virksomheten svarer selv for driften. Kommunalsjefen svarer for kommunens egen rolle, "
        "ordføreren for eierpolitikken."
    ),
    Gap.MEDIA_DEFINITION: N_(
        "Redaksjoner og journalistisk arbeid regnes romslig med. Andre får svar på vanlig måte, og innsyn som alle."
    ),
    Gap.MIXED_INQUIRY: N_(
        "Ordføreren leder og svarer på det politiske. Linja eier sammen med ordføreren og svarer på resten."
    ),
    Gap.CRISIS_RELEASE: N_(
        "Kriseledelsen gir én og én sak tilbake, og det føres i loggen. Saken følger så de vanlige punktene."
    ),
    Gap.IMAGES: N_(
        "Spørsmålet går til den som ellers svarer på saken. Kan noen som har krav på vern, kjennes "
        "igjen, krever loven samtykke."
    ),
}
"""What fills each hole."""

NO_TIMES = N_(
    "Reglementet har ingen tider: punkt 1 sier bare at det skal gå fort. Svarmålene er kommunens "
    "egne, og journalistens frist går foran når den er kortere."
)
