"""Where the marks of a picture stand: plain numbers that a template prints as SVG. It draws; it counts nothing.

Lengths are units of the picture's own (its viewBox). It is drawn as narrow as a phone, so that its text is never
scaled below what can be read.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 340
TOP, LINE, THICKNESS = 52, 26, 14
BARS_FROM, BARS_TO = 72, 286  # left of it the names, right of it the notes
COUNT_WIDTH = 30  # room for a number after the longest bar


@dataclass(frozen=True)
class Part:
    """One colour of a bar. `mark` names its look in rapport.css."""

    mark: str
    n: int


@dataclass(frozen=True)
class Line:
    """What one bar shows. Without `parts` there is only `note`."""

    name: str
    parts: Sequence[Part]
    note: str


@dataclass(frozen=True)
class Box:
    """A part of a bar, laid out."""

    mark: str
    x: float
    width: float


@dataclass(frozen=True)
class Bar:
    """A line, laid out. `middle` is where its text stands, `end` where its boxes end."""

    name: str
    note: str
    count: str
    y: float
    middle: float
    end: float
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Chart:
    """Bars below each other, as long as their sums, all to one scale."""

    title: str
    description: str
    height: float
    bars: tuple[Bar, ...]
    width: float = WIDTH
    bars_from: float = BARS_FROM
    thickness: float = THICKNESS


def bars(title: str, description: str, lines: Sequence[Line]) -> Chart:
    """Lay out one bar a line; a picture of nothing but zeros has no boxes."""
    longest = max((sum(part.n for part in line.parts) for line in lines), default=0)
    unit = (BARS_TO - BARS_FROM - COUNT_WIDTH) / longest if longest else 0
    laid_out = tuple(_bar(line, TOP + place * LINE, unit) for place, line in enumerate(lines))
    return Chart(title, description, TOP + len(lines) * LINE, laid_out)


def _bar(line: Line, y: float, unit: float) -> Bar:
    boxes, x = [], float(BARS_FROM)
    for part in line.parts:
        if part.n:
            boxes.append(Box(part.mark, round(x, 2), round(part.n * unit, 2)))
            x += part.n * unit
    count = str(sum(part.n for part in line.parts)) if line.parts else ""
    return Bar(line.name, line.note, count, y, y + THICKNESS / 2, round(x, 2), tuple(boxes))
