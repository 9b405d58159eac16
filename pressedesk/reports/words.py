"""What the figures say in Norwegian: the sentence above them, how they are defined, and the hours that were counted."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from pressedesk import formats
from pressedesk.reports.figures import FEWEST, Figures, Period, Report
from pressedesk.workhours import DAY, Calendar, OpeningHours, Spans, local_day

MONTHS = (
    "januar", "februar", "mars", "april", "mai", "juni",
    "juli", "august", "september", "oktober", "november", "desember",
)  # fmt: skip
NOT_REACHED = "ikke nådd ennå"
HIDDEN = "skjult"

DEFINITIONS = (
    "Tallene gjelder spørsmål fra pressen som kommunen skal svare på, mottatt i perioden. En henvendelse som er delt "
    "i flere spørsmål, teller én gang for hvert av dem.",
    "Krav om innsyn har sin egen klokke og er ikke med. Det er heller ikke spørsmål som journalisten trakk før svaret "
    "kom, eller samtaler til noen som privatperson, tillitsvalgt eller folkevalgt.",
    "Samtaler som er notert etter at de var over, står for seg og er ikke med i de andre tallene.",
    "Tiden går fra henvendelsen kom til journalisten fikk svar, og bare åpningstiden regnes. Et avslag med grunn og en "
    "henvisning til rett sted er også svar. Et notat eller en kvittering er det ikke.",
    "I tide er innen fristen i saken: den vi har lovet, eller journalistens egen når den er tidligere. Andelen i tide "
    "regnes av dem som er besvart, lukket uten svar eller over fristen.",
    "«Halvparten innen» og «ni av ti innen» regnes av alle, også dem som venter eller ikke fikk svar. Er for få "
    f"besvart, står det «{NOT_REACHED}».",
    f"Grupper med færre enn {FEWEST} henvendelser er skjult. Der det ville gå an å regne seg fram til en slik gruppe, "
    "er også den nest minste skjult.",
    "Begrensede saker er med i samletallene for dem som har tilgang til dem, aldri i tallene for en virksomhet. Ingen "
    "tall gjelder enkeltpersoner.",
)


def sentence(report: Report) -> str:
    """The report in one sentence."""
    when = period(report.period, local_day(report.made_at))
    if report.is_empty:
        return f"Ingen henvendelser {when}."
    if report.total is None:
        return f"Færre enn {FEWEST} henvendelser {when}. Så få viser vi ikke tall for."
    asked = formats.count(report.total.n, "henvendelse", "henvendelser")
    return f"{asked} {when}: {_outcome(report.total)}."


def logged_afterwards(report: Report) -> str:
    """What was logged when it was over, in a line of its own; too few to show and none read the same."""
    n = report.logged_afterwards
    return f"Logget etterpå: {f'færre enn {FEWEST}' if n is None else formats.number(n)}."


def _outcome(total: Figures) -> str:
    if total.open == total.n:
        return "alle venter fortsatt"
    half = (
        "færre enn halvparten har fått svar"
        if total.median_minutes is None
        else f"halvparten fikk svar innen {within(total.median_minutes)}"
    )
    answered = "alle" if total.in_time == total.n else formats.number(total.in_time) if total.in_time else "ingen"
    waiting = f"{formats.number(total.open)} venter fortsatt" if total.open else "ingen venter"
    return f"{answered} fikk svar i tide, {waiting}, og {half}"


def within(minutes: int | None) -> str:
    """Working minutes as a span within which something was done: «1 t 50 min», «1 min» also for less."""
    return NOT_REACHED if minutes is None else formats.duration(max(minutes, 1))


def share(figures: Figures) -> str:
    """The share in time, «–» while nothing is settled."""
    return "–" if figures.share_in_time is None else formats.percent(figures.share_in_time)


def day(on: date) -> str:
    """«1. desember 2025»."""
    return f"{on.day}. {MONTHS[on.month - 1]} {on.year}"


def month(part: Period) -> str:
    """«desember 2025»; where it is cut, «1.–24. november 2026»."""
    name = f"{MONTHS[part.from_on.month - 1]} {part.from_on.year}"
    if part.from_on.day == 1 and (part.to_on + DAY).day == 1:
        return name
    days = f"{part.from_on.day}.–{part.to_on.day}." if part.from_on != part.to_on else f"{part.to_on.day}."
    return f"{days} {name}"


def period(of: Period, today: date) -> str:
    """«siden 1. desember 2025» up to today, else «fra … til …»."""
    if of.from_on == of.to_on:
        return day(of.from_on)
    return f"siden {day(of.from_on)}" if of.to_on == today else f"fra {day(of.from_on)} til {day(of.to_on)}"


def opening_hours(calendar: Calendar, of: Period) -> tuple[str, ...]:
    """The hours that were counted in the period, one sentence each, and the days that had their own."""
    return tuple(_weeks(calendar, of)) + tuple(_special_days(calendar, of))


def _weeks(calendar: Calendar, of: Period) -> Iterator[str]:
    for hours in calendar.hours:
        if hours.valid_from <= of.to_on and (hours.valid_to is None or hours.valid_to >= of.from_on):
            yield f"{_week(hours)}{_validity(hours, of)}. Helligdager regnes ikke."


def _week(hours: OpeningHours) -> str:
    """«Mandag–fredag kl. 08.00–15.30»: days in a row with the same hours stand together, closed days are left out."""
    parts = []
    for spans, days in groupby(range(7), key=lambda weekday: hours.week[weekday]):
        names = [formats.WEEKDAYS[weekday] for weekday in days]
        if spans:
            parts.append(f"{names[0]}–{names[-1]} {_clock(spans)}" if len(names) > 1 else f"{names[0]} {_clock(spans)}")
    text = ", ".join(parts) or "stengt hele uka"
    return text[0].upper() + text[1:]


def _validity(hours: OpeningHours, of: Period) -> str:
    starts = f" fra {day(hours.valid_from)}" if hours.valid_from > of.from_on else ""
    ends = f" til {day(hours.valid_to)}" if hours.valid_to is not None and hours.valid_to < of.to_on else ""
    return starts + ends


def _special_days(calendar: Calendar, of: Period) -> Iterator[str]:
    for exception in calendar.exceptions:
        if of.from_on <= exception.on <= of.to_on:
            note = f" ({exception.note})" if exception.note else ""
            yield f"{day(exception.on)}{note}: {_clock(exception.spans) if exception.spans else 'stengt'}."


def _clock(spans: Spans) -> str:
    return "kl. " + " og ".join(f"{span.opens:%H.%M}–{span.closes:%H.%M}" for span in spans)
