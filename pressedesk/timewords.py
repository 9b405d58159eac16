"""The words in which people give a deadline, in bokmål and nynorsk. Pure data; `timegrammar` reads them."""

from dataclasses import dataclass
from datetime import time

OFFICE_CLOSES = time(15, 30)  # the clock of a date that is given without one


@dataclass(frozen=True)
class Part:
    """A part of the day: its time when no clock is given, the hours it allows, and which of «1» to «12» it moves to
    the afternoon."""

    default: time
    first_hour: int
    last_hour: int
    afternoon: tuple[int, int] = (0, -1)


MORNING = Part(time(9), 5, 11)
FORENOON = Part(time(12), 7, 12)
LUNCH = Part(time(11, 30), 11, 12)
AFTERNOON = Part(OFFICE_CLOSES, 12, 18, (1, 6))
EVENING = Part(time(20), 17, 23, (5, 11))


@dataclass(frozen=True)
class Phrase:
    """What a fixed phrase says: a date so many days from today, a part of the day, or that there is no time."""

    days: int | None = None
    part: Part | None = None
    without_time: str | None = None


def _spelled(phrase: Phrase, *spellings: str) -> dict[str, Phrase]:
    return dict.fromkeys(spellings, phrase)


SOONEST = Phrase(without_time="så snart som mulig")
NO_DEADLINE = Phrase(without_time="ingen frist")

FIXED: dict[str, Phrase] = {
    **_spelled(Phrase(days=-1), "i går", "igår"),
    **_spelled(Phrase(days=0), "i dag", "idag", "i løpet av dagen", "i laupet av dagen", "denne dagen"),
    **_spelled(Phrase(days=1), "i morgen", "imorgen", "i morgon", "imorgon", "i morra", "imorra", "i morn"),
    **_spelled(Phrase(days=2), "i overmorgen", "overmorgen", "i overmorgon", "overmorgon"),
    **_spelled(Phrase(days=0, part=FORENOON), "i formiddag", "i føremiddag"),
    **_spelled(Phrase(days=0, part=AFTERNOON), "i ettermiddag", "i etter middag", "i eftan"),
    **_spelled(Phrase(days=0, part=EVENING), "i kveld", "ikveld"),
    **_spelled(Phrase(part=MORNING), "morgen", "morgon", "tidlig", "tidleg", "om morgenen", "om morgonen"),
    **_spelled(Phrase(part=FORENOON), "formiddag", "føremiddag", "formiddagen", "om formiddagen"),
    **_spelled(Phrase(part=LUNCH), "lunsj", "lunsjen", "lunsjtid", "lunch"),
    **_spelled(
        Phrase(part=AFTERNOON),
        "ettermiddag",
        "ettermiddagen",
        "om ettermiddagen",
        "stengetid",
        "dere stenger",
        "de stenger",
    ),
    **_spelled(Phrase(part=EVENING), "kveld", "kvelden", "om kvelden"),
    **_spelled(
        SOONEST,
        *("snarest", "snarast", "snarest mulig", "snarast mogleg", "så snart som mulig", "så snart som råd"),
        *("så fort som mulig", "så fort som råd", "fortest mulig", "så raskt som mulig", "raskest mulig"),
        *("asap", "haster", "hastar", "det haster", "det hastar", "med en gang", "med ein gong", "straks"),
        *("omgående", "nå", "nå straks", "nå med en gang", "hurtigst mulig"),
    ),
    **_spelled(
        NO_DEADLINE,
        *("ingen frist", "ingen", "uten frist", "utan frist", "ingen hast", "haster ikke", "hastar ikkje"),
        *("det haster ikke", "det hastar ikkje", "har ingen frist", "ikke noe hast"),
    ),
}

NUMBERS: dict[str, int] = {
    **{"ett": 1, "eitt": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "sju": 7, "syv": 7, "åtte": 8, "ni": 9},
    **{"ti": 10, "elleve": 11, "tolv": 12, "tretten": 13, "fjorten": 14, "femten": 15, "seksten": 16, "sytten": 17},
    **{"søtten": 17, "atten": 18, "nitten": 19, "tjue": 20, "tyve": 20, "tjueen": 21, "tjueto": 22, "tjuetre": 23},
    **{"tjuefire": 24, "tjuefem": 25, "tretti": 30, "førti": 40, "førtifem": 45, "femti": 50},
}
ARTICLES = frozenset({"en", "én", "ein", "éin", "ei", "et", "ett", "eit", "eitt"})
HALF = frozenset({"halv", "halvt"})
ONE_AND_A_HALF = frozenset({"halvannen", "halvanna", "halvannan", "halvanden"})

MINUTE_UNITS: dict[str, int] = {
    **dict.fromkeys(("min", "minutt", "minutter", "minuttar", "m"), 1),
    **dict.fromkeys(("kvarter", "kvarterer", "kvartar"), 15),
    **dict.fromkeys(("halvtime", "halvtimer", "halvtimar"), 30),
    **dict.fromkeys(("time", "timer", "timar", "t", "h"), 60),
    **dict.fromkeys(("døgn", "døger"), 24 * 60),
}
DAY_UNITS: dict[str, int] = {
    **dict.fromkeys(("dag", "dager", "dagar", "d"), 1),
    **dict.fromkeys(("uke", "uker", "veke", "veker"), 7),
}

WEEKDAYS: dict[str, int] = {
    **dict.fromkeys(("mandag", "måndag", "mandagen", "måndagen", "man", "mån"), 0),
    **dict.fromkeys(("tirsdag", "tysdag", "tirsdagen", "tysdagen", "tir", "tirs", "tys"), 1),
    **dict.fromkeys(("onsdag", "onsdagen", "ons"), 2),
    **dict.fromkeys(("torsdag", "torsdagen", "tor", "tors"), 3),
    **dict.fromkeys(("fredag", "fredagen", "fre"), 4),
    **dict.fromkeys(("lørdag", "laurdag", "lørdagen", "laurdagen", "lordag", "lør", "lau"), 5),
    **dict.fromkeys(("søndag", "sundag", "søndagen", "sundagen", "sondag", "søn", "sun"), 6),
}
WEEK_TAILS: dict[tuple[str, ...], int] = {  # after a weekday: how many weeks on, counted from Monday
    (*before, word, week): weeks
    for before in ((), ("i",))
    for word, weeks in (("denne", 0), ("neste", 1))
    for week in ("uke", "uka", "uken", "veke", "veka")
}

MONTHS: dict[str, int] = {
    **{"januar": 1, "februar": 2, "mars": 3, "april": 4, "mai": 5, "juni": 6, "juli": 7, "august": 8},
    **{"september": 9, "oktober": 10, "november": 11, "desember": 12},
    **{
        "jan": 1,
        "feb": 2,
        "mar": 3,
        "apr": 4,
        "jun": 6,
        "aug": 8,
        "sep": 9,
        "sept": 9,
        "okt": 10,
        "nov": 11,
        "des": 12,
    },
}

CLOCK_WORDS = frozenset({"kl", "klokka", "klokken", "klokkå", "klokkeslett", "klokkan"})
FILLERS = frozenset(
    {
        *("innen", "innan", "før", "til", "senest", "seinast", "seinest", "i løpet av", "på", "ved", "rundt", "ca"),
        *("cirka", "omtrent", "om lag", "presis", "helst", "gjerne", "absolutt", "må", "er", "og", "den"),
        *("frist", "fristen", "deadline", "svar"),
    }
)
