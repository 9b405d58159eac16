"""A report as text, CSV or JSON, with the same figures hidden as on the page."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pressedesk import formats
from pressedesk.reports import words
from pressedesk.reports.figures import Figures, Report
from pressedesk.workhours import OSLO

BOM = "\ufeff"  # so that Excel reads the letters as UTF-8
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")  # what a spreadsheet would carry out (OWASP, CSV injection)
COLUMNS = (
    "gruppe", "navn", "henvendelser", "besvart i tide", "besvart for sent", "venter", "over fristen", "uten svar",
    "andel i tide", "halvparten innen (min)", "ni av ti innen (min)", "eldste som venter (min)",
)  # fmt: skip
HEADINGS = ("", "ANTALL", "I TIDE", "ANDEL", "FOR SENT", "VENTER", "UTEN SVAR", "HALVPARTEN INNEN", "NI AV TI INNEN")


@dataclass(frozen=True)
class _Line:
    group: str
    name: str
    figures: Figures | None
    depth: int = 0


def _lines(report: Report) -> Iterator[_Line]:
    yield _Line("alle", report.unit or "Alle", report.total)
    yield from (_Line("virksomhet", row.title, row.figures, row.depth + 1) for row in report.units)
    yield from (_Line("måned", words.month(row.period), row.figures, 1) for row in report.months)


def as_csv(report: Report) -> str:
    """For Norwegian spreadsheets: semicolons, decimal commas, shares from 0 to 1, a byte order mark. Hidden and not
    reached are empty."""
    made = io.StringIO(newline="")
    rows = csv.writer(made, delimiter=";", lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for line in _lines(report):
        rows.writerow([line.group, _harmless(line.name), *_cells(line.figures)])
    return BOM + made.getvalue()


def _harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _cells(figures: Figures | None) -> list[str]:
    if figures is None:
        return [""] * (len(COLUMNS) - 2)
    share = "" if figures.share_in_time is None else f"{figures.share_in_time:.4f}".replace(".", ",")
    minutes = (figures.median_minutes, figures.ninetieth_minutes, figures.oldest_open_minutes)
    counted = (figures.n, figures.in_time, figures.late, figures.open, figures.overdue, figures.unanswered)
    return [*map(str, counted), share, *("" if each is None else str(each) for each in minutes)]


def as_json(report: Report) -> str:
    """One object. `figures` is null where hidden, minutes are null where not reached; shares are from 0 to 1."""
    groups = [{"group": line.group, "name": line.name, "figures": _object(line.figures)} for line in _lines(report)]
    whole = {
        "from": report.period.from_on.isoformat(),
        "to": report.period.to_on.isoformat(),
        "made_at": report.made_at.isoformat(),
        "sentence": words.sentence(report),
        "groups": groups,
        "logged_afterwards": report.logged_afterwards,
        "definitions": list(words.DEFINITIONS),
        "opening_hours": list(words.opening_hours(report.calendar, report.period)),
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _object(figures: Figures | None) -> dict[str, Any] | None:
    return None if figures is None else {**asdict(figures), "share_in_time": figures.share_in_time}


def as_text(report: Report) -> str:
    """For a terminal."""
    lines = [words.sentence(report)]
    if report.total is not None:
        table = [HEADINGS, *(_row(line) for line in _lines(report))]
        lines += ["", *_columns(table)]
    lines.append(words.logged_afterwards(report))
    made = report.made_at.astimezone(OSLO)
    lines += ["", f"Regnet ut {words.day(made.date())} kl. {made:%H.%M}. Slik er tallene regnet:"]
    lines += [f"- {line}" for line in (*words.DEFINITIONS, *words.opening_hours(report.calendar, report.period))]
    return "\n".join(lines)


def _row(line: _Line) -> Sequence[str]:
    name, figures = "  " * line.depth + line.name, line.figures
    if figures is None:
        return (name, words.HIDDEN, *[""] * (len(HEADINGS) - 2))
    counted = (figures.in_time, figures.late, figures.open, figures.unanswered)
    in_time, *rest = map(formats.number, counted)
    half, ninetieth = words.within(figures.median_minutes), words.within(figures.ninetieth_minutes)
    return (name, formats.number(figures.n), in_time, words.share(figures), *rest, half, ninetieth)


def _columns(table: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(len(row[at]) for row in table) for at in range(len(HEADINGS))]
    for first, *rest in table:
        cells = (f"{cell:>{width}}" for cell, width in zip(rest, widths[1:], strict=True))
        yield "  ".join([f"{first:{widths[0]}}", *cells]).rstrip()
