"""/rapport: how long the press waits. The address holds the filter, so that a report can be sent to somebody."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from wtforms import DateField, SelectField
from wtforms import Form as PlainForm
from wtforms.validators import ValidationError

from pressedesk import auth, clock, formats
from pressedesk.access import Actor, Do
from pressedesk.auth import me, requires
from pressedesk.models import Duty
from pressedesk.organisation import Organisation
from pressedesk.reports import words
from pressedesk.reports.figures import MOST_YEARS, Figures, Period, Report, last_twelve_months, report
from pressedesk.standings import Standing
from pressedesk.views import charts
from pressedesk.views.charts import Chart, Line, Part
from pressedesk.views.units import units_to_narrow_by
from pressedesk.workhours import DAY, local_day

bp = Blueprint("rapport", __name__)


class DayField(DateField):
    """A day, picked or typed. Left empty it keeps its default; what cannot be read is said in Norwegian."""

    def __init__(self, label: str, **rest: Any) -> None:
        super().__init__(label, format=["%Y-%m-%d", "%d.%m.%Y"], **rest)

    def process_formdata(self, valuelist: list[str]) -> None:
        if any(text.strip() for text in valuelist):
            try:
                super().process_formdata([valuelist[0].strip()])
            except ValueError as error:
                raise ValueError("Skriv datoen som dag, måned og år, for eksempel 24.11.2026.") from error
        self.raw_data: list[str] = []  # so that the field shows the day as the browser's own picker writes it


class FilterForm(PlainForm):
    """What the report is over. It stands in the address, so it carries no token and changes nothing."""

    class Meta:
        locales = ("nb",)

    fra = DayField("Fra og med")
    til = DayField("Til og med")
    enhet = SelectField("Virksomhet", validate_choice=False)  # validate_enhet says it better

    def __init__(self, given: MultiDict[str, str], today: date, org: Organisation) -> None:
        year = last_twelve_months(today)
        super().__init__(given, data={"fra": year.from_on, "til": year.to_on, "enhet": ""})
        self.today = today
        self.enhet.choices = list(units_to_narrow_by(org))

    def validate_enhet(self, field: SelectField) -> None:
        """One that can be chosen."""
        if field.data not in {choice.value for choice in field.choices}:
            raise ValidationError("Velg en virksomhet fra lista.")

    def validate_til(self, field: DayField) -> None:
        """A period has an order and an end, and five years of months are as much as one can look at."""
        if field.data is None or self.fra.data is None:
            return
        if field.data > self.today:
            raise ValidationError("Velg en dato som ikke er etter i dag.")
        if field.data < self.fra.data:
            raise ValidationError("Til-datoen er før fra-datoen.")
        if field.data.year - self.fra.data.year > MOST_YEARS:
            raise ValidationError(f"Velg en periode på høyst {MOST_YEARS} år.")


@dataclass(frozen=True)
class Cell:
    """A figure under its heading, with the list behind it where there is one to show."""

    heading: str
    text: str
    href: str = ""


@dataclass(frozen=True)
class Row:
    """A line of a table. Without `cells` the group is hidden."""

    title: str
    href: str
    depth: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Tile:
    """One of the figures at the top, with the list behind it, and a word on what it is of."""

    title: str
    text: str
    href: str = ""
    note: str = ""


@bp.get("/rapport")
@requires(Do.REPORT)
def show() -> str | tuple[str, int]:
    """The report; a period that cannot be read is asked for again."""
    tx, who, now = auth.reader(), me(), clock.now()
    form = FilterForm(request.args, local_day(now), auth.organisation_now())
    frame = {"form": form, "presets": _presets(form.today), "headings": HEADINGS, "hidden": words.HIDDEN}
    if not form.validate():
        return render_template("rapport/rapport.html", **frame, report=None), HTTPStatus.UNPROCESSABLE_ENTITY
    unit_id = int(form.enhet.data) if form.enhet.data else None
    made = report(tx, who, Period(form.fra.data, form.til.data), unit_id, now)
    has_lists = who.sees_ordinary or who.sees_restricted or bool(who.offices)
    page = _Page(made, form.enhet.data, url_for("saker.show") if has_lists else "")
    return render_template(
        "rapport/rapport.html",
        **frame,
        report=made,
        lead=f"{made.unit} med alt som hører under" if made.unit else _whose(who),
        sentence=words.sentence(made),
        afterwards=words.logged_afterwards(made),
        tiles=page.tiles(made.total) if made.total else [],
        units=list(page.units()),
        months=list(page.months()),
        chart=_chart(made),
        definitions=words.DEFINITIONS,
        opening_hours=words.opening_hours(made.calendar, made.period),
        made_at=f"{words.day(form.today)} kl. {formats.clock_time(now)}",
    )


def _whose(who: Actor) -> str:
    if who.sees_restricted or who.duties & {Duty.KIS_ADVISER, Duty.AUDITOR}:
        return "Hele kommunen"
    if Duty.SWITCHBOARD in who.duties:
        return "Det du har logget eller selv har ansvar for" if who.offices else "Det du har logget"
    return "Det du og de under deg i linja har ansvar for"


def _presets(today: date) -> list[tuple[str, str]]:
    """Periods that are one press away: title and address."""
    this_month = today.replace(day=1)
    last_month = this_month - DAY
    periods = {
        "Denne måneden": (this_month, today),
        "Forrige måned": (last_month.replace(day=1), last_month),
        "Hittil i år": (date(today.year, 1, 1), today),
        "I fjor": (date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
    }
    return [(title, url_for("rapport.show", fra=first, til=last)) for title, (first, last) in periods.items()]


COLUMNS: tuple[tuple[str, Callable[[Figures], str], Standing | None], ...] = (  # heading, figure, the list behind it
    ("Antall", lambda of: formats.number(of.n), Standing.ALL),
    ("I tide", lambda of: formats.number(of.in_time), Standing.IN_TIME),
    ("Andel i tide", words.share, None),
    ("For sent", lambda of: formats.number(of.late), Standing.LATE),
    ("Venter", lambda of: formats.number(of.open), Standing.OPEN),
    ("Uten svar", lambda of: formats.number(of.unanswered), Standing.UNANSWERED),
    ("Halvparten innen", lambda of: words.within(of.median_minutes) if of.n else "–", None),
    ("Ni av ti innen", lambda of: words.within(of.ninetieth_minutes) if of.n else "–", None),
)
HEADINGS = [(heading, "number") for heading, _, _ in COLUMNS]


@dataclass(frozen=True)
class _Page:
    """The report as tiles and rows. `lists` is where the figures lead, empty for somebody who has no lists."""

    report: Report
    unit: str
    lists: str

    def tiles(self, of: Figures) -> list[Tile]:
        age = of.oldest_open_minutes
        oldest = "" if age is None else f"den eldste har ventet {words.within(age)}"
        settled = f"{formats.number(of.in_time)} av {formats.number(of.settled)} som er avgjort"
        return [
            Tile("Halvparten fikk svar innen", words.within(of.median_minutes)),
            Tile("Ni av ti fikk svar innen", words.within(of.ninetieth_minutes)),
            Tile("Svar i tide", words.share(of), self._list(Standing.IN_TIME) if of.in_time else "", settled),
            self._counted("Svar for sent", of.late, Standing.LATE),
            self._counted("Venter nå", of.open, Standing.OPEN, oldest),
            self._counted("Over fristen nå", of.overdue, Standing.OVERDUE),
            self._counted("Lukket uten svar", of.unanswered, Standing.UNANSWERED),
            self._counted("Henvendelser i alt", of.n, Standing.ALL),
        ]

    def _counted(self, title: str, n: int, standing: Standing, note: str = "") -> Tile:
        return Tile(title, formats.number(n), self._list(standing) if n else "", note)

    def units(self) -> Iterator[Row]:
        here, of = url_for("rapport.show"), self.report.period
        for row in self.report.units:
            filters = urlencode({"fra": of.from_on, "til": of.to_on, "enhet": row.unit_id})
            href = f"{here}?{filters}" if row.unit_id else ""
            narrowed = {"enhet": row.unit_id} if row.unit_id else None
            yield Row(row.title, href, row.depth, tuple(self._cells(row.figures, narrowed)))

    def months(self) -> Iterator[Row]:
        for row in self.report.months:
            narrowed = {"fra": row.period.from_on, "til": row.period.to_on}
            yield Row(words.month(row.period), "", 0, tuple(self._cells(row.figures, narrowed)))

    def _cells(self, figures: Figures | None, narrowed: dict[str, Any] | None) -> Iterator[Cell]:
        """The figures of one row; `narrowed` is what its lists add to the filter, None where no filter finds them."""
        if figures is not None:
            for heading, figure, standing in COLUMNS:
                text = figure(figures)
                href = "" if standing is None or narrowed is None or text == "0" else self._list(standing, **narrowed)
                yield Cell(heading, text, href)

    def _list(self, standing: Standing, **narrowed: Any) -> str:
        """The address of the strands that a figure counts."""
        if not self.lists:
            return ""
        given = {"fra": self.report.period.from_on, "til": self.report.period.to_on, "enhet": self.unit}
        filters = {**given, **narrowed, "status": standing.value, "svartid": 1}
        return f"{self.lists}?{urlencode({name: value for name, value in filters.items() if value})}"


def _chart(made: Report) -> Chart:
    lines: list[Line] = []
    for row in made.months:
        first = row.period.from_on
        name = words.MONTHS[first.month - 1][:3] + (f" {first.year}" if not lines or first.month == 1 else "")
        lines.append(Line(name, _parts(row.figures), words.share(row.figures) if row.figures else words.HIDDEN))
    return charts.bars(
        "Henvendelser måned for måned",
        "En stolpe for hver måned: svar i tide, svar for sent og ikke besvart. Tallene står også i tabellen.",
        lines,
    )


def _parts(figures: Figures | None) -> list[Part]:
    if figures is None:
        return []
    return [
        Part("in-time", figures.in_time),
        Part("late", figures.late),
        Part("unanswered", figures.open + figures.unanswered),
    ]
