"""The demo municipality as data: Løten's structure with invented institutions, people and numbers.

Nobody here exists. Telephone numbers begin with 59, which is given to no subscriber, and mail goes to `.example`.
"""

from datetime import date

from pressedesk.models import Duty, UnitKind
from pressedesk.regulation.vocabulary import Role

MUNICIPALITY, AREA, UNIT, SECTION = UnitKind.MUNICIPALITY, UnitKind.AREA, UnitKind.UNIT, UnitKind.SECTION
LEADER, SECTION_LEADER = Role.VIRKSOMHETSLEDER, Role.SEKSJONSLEDER

UNITS = {  # short name: kind, name, what it stands under
    "kommune": (MUNICIPALITY, "Løten kommune", None),
    "oppvekst": (AREA, "Oppvekst", "kommune"),
    "velferd": (AREA, "Velferd", "kommune"),
    "lokalsamfunn": (AREA, "Lokalsamfunn", "kommune"),
    "solbakken": (UNIT, "Solbakken skole", "oppvekst"),
    "nordbygda": (UNIT, "Nordbygda skole", "oppvekst"),
    "elvestad": (UNIT, "Elvestad skole", "oppvekst"),
    "furulund": (UNIT, "Furulund skole", "oppvekst"),
    "granheim": (UNIT, "Granheim ungdomsskole", "oppvekst"),
    "kloverenga": (UNIT, "Kløverenga barnehage", "oppvekst"),
    "bjornehiet": (UNIT, "Bjørnehiet barnehage", "oppvekst"),
    "tyttebaertua": (UNIT, "Tyttebærtua barnehage", "oppvekst"),
    "sildrea": (UNIT, "Sildreåsen barnehage", "oppvekst"),
    "lovlia": (UNIT, "Løvlia barnehage", "oppvekst"),
    "barnevern": (UNIT, "Barnevernet", "oppvekst"),
    "helsetun": (UNIT, "Helsetunet", "velferd"),
    "langtid": (SECTION, "Langtidsavdelingen", "helsetun"),
    "korttid": (SECTION, "Korttid og rehabilitering", "helsetun"),
    "hjemme": (UNIT, "Hjemmetjenesten", "velferd"),
    "nav": (UNIT, "NAV", "velferd"),
    "helse": (UNIT, "Helse og forebygging", "velferd"),
    "drift": (UNIT, "Teknisk drift", "lokalsamfunn"),
    "vann": (SECTION, "Vann og avløp", "drift"),
    "vei": (SECTION, "Vei og park", "drift"),
    "bygg": (SECTION, "Kommunale bygg", "drift"),
    "forvaltning": (UNIT, "Teknisk forvaltning", "lokalsamfunn"),
    "plan": (SECTION, "Plan og byggesak", "forvaltning"),
    "kis": (UNIT, "Kultur, informasjon og service (KIS)", "lokalsamfunn"),
    "bibliotek": (SECTION, "Biblioteket", "kis"),
    "kulturskole": (SECTION, "Kulturskolen", "kis"),
    "service": (SECTION, "Servicekontoret", "kis"),
}

LOG_INS = {  # username: person, duties
    "sentralbord": ("siv", (Duty.SWITCHBOARD,)),
    "leder": ("tone", ()),
    "kommunalsjef": ("arne", ()),
    "radmann": ("randi", ()),
    "ordforer": ("ola", ()),
    "kis": ("kari", ()),
    "admin": ("nils", (Duty.ADMIN,)),
    "radgiver": ("per", (Duty.KIS_ADVISER,)),
}

PEOPLE = {  # short name: name
    "siv": "Siv Engebakken",
    "tone": "Tone Bergseter",
    "arne": "Arne Movik",
    "randi": "Randi Åslien",
    "ola": "Ola Høgmo",
    "kari": "Kari Dalsegg",
    "nils": "Nils Vikholmen",
    "per": "Per Lundestad",
    "anne": "Anne Krokstad",
    "berit": "Berit Rudshagen",
    "geir": "Geir Sundvang",
    "hanne": "Hanne Lieng",
    "mona": "Mona Fjellstad",
    "jon": "Jon Bakkevold",
    "liv": "Liv Holmestad",
    "ida": "Ida Woldmo",
    "leif": "Leif Myrset",
    "astrid": "Astrid Nygjerdet",
    "bjorn": "Bjørn Ekremsæter",
    "cathrine": "Cathrine Solvang",
    "dag": "Dag Tangerud",
    "ellen": "Ellen Brattåsen",
    "finn": "Finn Skogstad",
    "gro": "Gro Haugseth",
    "harald": "Harald Veflingstad",
    "inger": "Inger Torsbakken",
    "johanne": "Johanne Lillebråten",
    "knut": "Knut Granerud",
    "lars": "Lars Øverlier",
    "marit": "Marit Sletthaug",
    "nina": "Nina Kolbotn",
    "odd": "Odd Rustadmoen",
    "pernille": "Pernille Ask",
    "ragnhild": "Ragnhild Framstad",
    "stein": "Stein Bjørkeli",
    "turid": "Turid Nordmo",
    "ulrik": "Ulrik Tveitane",
    "vibeke": "Vibeke Sørbråten",
    "yngve": "Yngve Løkkeberg",
    "ase": "Åse Kvernmo",
    "oyvind": "Øyvind Storlien",
    "aisha": "Aisha Rahmani",
    "tomasz": "Tomasz Wilkowski",
    "sunniva": "Sunniva Årnes",
    "trond": "Trond Gjestvoll",
    "wenche": "Wenche Lauvås",
    "kjetil": "Kjetil Brenna",
    "maja": "Maja Heggelund",
    "eirik": "Eirik Stubberud",
    "silje": "Silje Morterud",
    "henrik": "Henrik Narmo",
    "tuva": "Tuva Ringnes",
    "amund": "Amund Finstad",
    "guro": "Guro Hveem",
}

WITHOUT_EMAIL = "trond"  # since yesterday

OFFICES = {  # short name: unit, role, title, holder (None: vacant), deputies in order
    "ordforer": ("kommune", Role.ORDFORER, "Ordfører", "ola", ("anne",)),
    "varaordforer": ("kommune", Role.VARAORDFORER, "Varaordfører", "anne", ()),
    "radmann": ("kommune", Role.RADMANN, "Rådmann", "randi", ("arne", "berit")),
    "kriseledelse": ("kommune", Role.KRISELEDELSE, "Kriseledelsen", "randi", ("arne", "berit")),
    "oppvekst": ("oppvekst", Role.KOMMUNALSJEF, "Kommunalsjef oppvekst", "arne", ("geir", "berit")),
    "velferd": ("velferd", Role.KOMMUNALSJEF, "Kommunalsjef velferd", "geir", ("arne",)),
    "lokalsamfunn": ("lokalsamfunn", Role.KOMMUNALSJEF, "Kommunalsjef lokalsamfunn", "berit", ("geir",)),
    "solbakken": ("solbakken", LEADER, "Rektor ved Solbakken skole", "tone", ("mona",)),
    "nordbygda": ("nordbygda", LEADER, "Rektor ved Nordbygda skole", "bjorn", ("cathrine",)),
    "elvestad": ("elvestad", LEADER, "Rektor ved Elvestad skole", "dag", ("ellen",)),
    "furulund": ("furulund", LEADER, "Rektor ved Furulund skole", "finn", ("dag",)),
    "granheim": ("granheim", LEADER, "Rektor ved Granheim ungdomsskole", "gro", ("harald",)),
    "kloverenga": ("kloverenga", LEADER, "Styrer i Kløverenga barnehage", "hanne", ("inger",)),
    "bjornehiet": ("bjornehiet", LEADER, "Styrer i Bjørnehiet barnehage", "johanne", ("hanne",)),
    "tyttebaertua": ("tyttebaertua", LEADER, "Styrer i Tyttebærtua barnehage", "knut", ("inger",)),
    "sildrea": ("sildrea", LEADER, "Styrer i Sildreåsen barnehage", "marit", ("knut",)),
    "lovlia": ("lovlia", LEADER, "Styrer i Løvlia barnehage", "nina", ("marit",)),
    "barnevern": ("barnevern", LEADER, "Leder for barnevernet", "pernille", ("ulrik",)),
    "helsetun": ("helsetun", LEADER, "Leder for Helsetunet", "astrid", ("ragnhild",)),
    "langtid": ("langtid", SECTION_LEADER, "Avdelingsleder for langtid", "ragnhild", ("stein",)),
    "korttid": ("korttid", SECTION_LEADER, "Avdelingsleder for korttid", "stein", ("ragnhild",)),
    "hjemme": ("hjemme", LEADER, "Leder for hjemmetjenesten", "turid", ("vibeke",)),
    "nav": ("nav", LEADER, "Leder for NAV", "yngve", ("ase",)),
    "helse": ("helse", LEADER, "Kommuneoverlege", "oyvind", ("aisha",)),
    "drift": ("drift", LEADER, "Leder for teknisk drift", "leif", ("trond", "odd")),
    "vann": ("vann", SECTION_LEADER, "Seksjonsleder vann og avløp", "trond", ("leif",)),
    "vei": ("vei", SECTION_LEADER, "Seksjonsleder vei og park", None, ("odd",)),
    "bygg": ("bygg", SECTION_LEADER, "Seksjonsleder kommunale bygg", "wenche", ("leif",)),
    "ingenior": ("vann", Role.ANSATT, "Ingeniør vann og avløp", "jon", ("tomasz",)),
    "parkansvarlig": ("vei", Role.ANSATT, "Driftsansvarlig for vei og park", "odd", ()),
    "forvaltning": ("forvaltning", LEADER, "Leder for teknisk forvaltning", "lars", ("sunniva",)),
    "plan": ("plan", SECTION_LEADER, "Seksjonsleder plan og byggesak", "sunniva", ("lars",)),
    "byggesak": ("plan", Role.ANSATT, "Saksbehandler byggesak", "kjetil", ()),
    "skog": ("forvaltning", Role.ANSATT, "Miljøveileder", "guro", ()),
    "kis": ("kis", LEADER, "Leder for KIS", "kari", ("per",)),
    "bibliotek": ("bibliotek", SECTION_LEADER, "Biblioteksjef", "maja", ("silje",)),
    "bibliotekar": ("bibliotek", Role.ANSATT, "Bibliotekar", "silje", ()),
    "kulturskole": ("kulturskole", SECTION_LEADER, "Leder for kulturskolen", "eirik", ()),
    "service": ("service", SECTION_LEADER, "Leder for servicekontoret", "tuva", ("siv",)),
    "arkiv": ("service", Role.ARKIV_POSTMOTTAK, "Arkiv og postmottak", "liv", ("amund",)),
    "konto": ("service", Role.KONTOADMINISTRATOR, "Administrator for kommunens kontoer", "ida", ()),
}

TOPICS = {  # unit: words and phrases in bokmål and nynorsk, in their base form
    "oppvekst": ("skolestruktur", "skulestruktur", "barnehagedekning", "oppvekst", "skoleruten", "lærertetthet"),
    "velferd": ("velferd", "omsorg", "eldreomsorg", "helsetilsyn", "vikarbyrå"),
    "lokalsamfunn": ("næringsutvikling", "reguleringsplan", "kommuneplan", "sentrumsutvikling"),
    "solbakken": ("solbakken", "solbakken skole", "solbakken skule"),
    "nordbygda": ("nordbygda", "nordbygda skole", "nordbygda skule"),
    "elvestad": ("elvestad", "elvestad skole", "elvestad skule"),
    "furulund": ("furulund", "furulund skole", "furulund skule"),
    "granheim": ("granheim", "ungdomsskole", "ungdomsskule", "eksamen", "tiendeklasse"),
    "kloverenga": ("kløverenga", "kløverenga barnehage"),
    "bjornehiet": ("bjørnehiet", "bjørnehiet barnehage"),
    "tyttebaertua": ("tyttebærtua", "tyttebærtua barnehage"),
    "sildrea": ("sildreåsen", "sildreåsen barnehage"),
    "lovlia": ("løvlia", "løvlia barnehage"),
    "barnevern": ("barnevern", "barnevernet", "fosterheim", "fosterhjem", "bekymringsmelding"),
    "helsetun": ("helsetun", "helsetunet", "sykehjem", "sjukeheim", "pårørende"),
    "langtid": ("langtidsplass", "demens", "langtidsavdelingen"),
    "korttid": ("korttidsplass", "rehabilitering", "rehabiliteringsplass"),
    "hjemme": ("hjemmetjeneste", "heimeteneste", "hjemmesykepleie", "trygghetsalarm", "hjemmehjelp"),
    "nav": ("nav", "sosialhjelp", "sosialstønad", "bosetting", "flyktning", "gjeldsrådgiving"),
    "helse": ("kommuneoverlege", "fastlege", "legevakt", "vaksine", "smitte", "helsestasjon"),
    "drift": ("teknisk drift", "vaktmester", "driftsutgifter"),
    "vann": ("drikkevann", "drikkevatn", "vannlekkasje", "vasslekkasje", "avløp", "kloakk", "vannverk", "kokevarsel"),
    "vei": ("brøyting", "strøing", "veilys", "veglys", "asfalt", "fartshump", "lekeplass", "kommunal vei"),
    "bygg": ("svømmehall", "symjehall", "idrettshall", "kommunale bygg", "radon", "ventilasjon", "solcelle"),
    "forvaltning": ("forurensning", "forureining", "jordvern", "viltpåkjørsel", "scooterløype"),
    "plan": ("byggesak", "byggjesak", "byggesøknad", "dispensasjon", "ulovlig bygg", "nabovarsel", "hyttefelt"),
    "kis": ("kulturmidler", "kulturhus", "frivilligsentral", "tilskudd til lag", "nettside"),
    "bibliotek": ("bibliotek", "boklån", "forfatterkveld", "meråpent bibliotek"),
    "kulturskole": ("kulturskole", "kulturskule", "korps", "musikkundervisning"),
    "service": ("servicekontor", "skjenkebevilling", "skjenkeløyve", "startlån", "17. mai-program", "valglokale"),
}

OUTLETS = {  # newsroom: its invented journalists, the busiest first
    "Hamar Arbeiderblad": ("Ingrid Fossmo", "Petter Slåttli", "Kaja Nordvang", "Jørgen Hjelleset"),
    "Østlendingen": ("Magnus Trehørning", "Hedda Østby Moe", "Birger Aamotsmo"),
    "NRK Innlandet": ("Sondre Vestad", "Linn Katrin Hoel", "Mari Fauskerud"),
    "NTB": ("Thea Sandnesmo",),
    "Kommunal Rapport": ("Roar Ekelund", "Signe Haukedal"),
    "TV 2": ("Fredrik Askheim",),
    "VG": ("Camilla Storhaug",),
    "Nationen": ("Gunnar Tveitmo",),
    "Utdanningsnytt": ("Rikke Solemdal",),
    "Sykepleien": ("Ann-Helen Brurud",),
    "Fagbladet": ("Vegard Lodden",),
    "Radio Hamar-traktene": ("Even Krogsrud",),
    "Frilans": ("Ylva Nesheim",),
}

WEIGHTS = (36, 22, 16, 1, 4, 1, 1, 2, 6, 6, 3, 6, 2)
"""How often a newsroom calls, in the order of OUTLETS; the trade press only about its own field."""
FIELDS = {
    "Utdanningsnytt": ("oppvekst", "solbakken", "nordbygda", "elvestad", "furulund", "granheim"),
    "Sykepleien": ("velferd", "helsetun", "hjemme", "helse", "langtid", "korttid"),
    "Nationen": ("forvaltning", "plan"),
}

TARGET_MINUTES, URGENT_TARGET_MINUTES = 240, 60


def closing_days(year: int, easter: date) -> list[tuple[date, str, bool]]:
    """The municipality's own closing days in a year: the day, its name, and whether it closes at noon only."""
    wednesday = date.fromordinal(easter.toordinal() - 4)
    return [
        (wednesday, "onsdag før skjærtorsdag", True),
        (date(year, 12, 24), "julaften", False),
        (date(year, 12, 31), "nyttårsaften", False),
    ]
