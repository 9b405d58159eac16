"""/reglement: each point in our words, what stands above it, what it is silent about, and how often it decided."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import render_template

from pressedesk import auth, clock, formats, rules
from pressedesk.access import Do
from pressedesk.auth import me, requires
from pressedesk.regulation import explained
from pressedesk.regulation.explained import Clause, Explained
from pressedesk.regulation.vocabulary import Gap
from pressedesk.reports import points, words
from pressedesk.reports.figures import FEWEST
from pressedesk.reports.points import Decided
from pressedesk.views.reglement.routes import bp
from pressedesk.workhours import local_day


@dataclass(frozen=True)
class Shown:
    """A point as the page shows it. `gaps` are what it leaves open: anchor and words."""

    number: str
    anchor: str
    title: str
    binds: str
    clauses: tuple[Clause, ...]
    effect: str
    gaps: tuple[tuple[str, str], ...]
    decided: str


@dataclass(frozen=True)
class Hole:
    """Something the regulation is silent about, and what fills it."""

    anchor: str
    title: str
    filled_by: str


@bp.get("/reglement")
@requires(Do.READ_RULES)
def show() -> str:
    """The whole regulation, with an anchor for each point (#punkt-6)."""
    now = clock.now()
    decided = points.how_often(auth.reader(), me(), now)
    return render_template(
        "reglement/reglement.html",
        points=[_shown(point, decided) for point in explained.POINTS],
        law=explained.LAW,
        strategy=explained.STRATEGY,
        holes=list(_holes()),
        no_times=explained.NO_TIMES,
        version=rules.VERSION,
        counted=_counted(decided, words.period(decided.period, local_day(now))),
    )


def _shown(point: Explained, decided: Decided) -> Shown:
    return Shown(
        number=point.source,
        anchor=f"punkt-{point.source}",
        title=point.title,
        binds=point.binds,
        clauses=point.clauses,
        effect=point.effect,
        gaps=tuple((_anchor(gap), gap.label) for gap in point.gaps),
        decided=_decided(point.source, decided),
    )


def _decided(source: str, decided: Decided) -> str:
    """«I 37 av 212 henvendelser»; nothing of what is not counted."""
    if decided.n is None or source not in decided.by_point:
        return ""
    times, of = decided.by_point[source], f"av {formats.count(decided.n, 'henvendelse', 'henvendelser')}"
    if times is None:
        return f"I færre enn {FEWEST} {of}"
    return f"I {formats.number(times)} {of}" if times else ""


def _counted(decided: Decided, period: str) -> str:
    """What the figures are made of."""
    if decided.n is None:
        return f"Hvor ofte hvert punkt avgjorde, vises når du kan se minst {FEWEST} henvendelser {period}."
    return (
        f"Hvor ofte et punkt avgjorde, er talt i det siste regelsvaret til hver henvendelse {period}. Begrensede "
        "saker er ikke med, så punkt 12 og 13 har avgjort oftere enn tallet viser. Det folk sier på egne vegne eller "
        "for fagforeningen, telles ikke."
    )


def _holes() -> Iterator[Hole]:
    for gap in Gap:
        yield Hole(_anchor(gap), formats.capital(gap.label), explained.FILLED_BY[gap])


def _anchor(gap: Gap) -> str:
    return f"ikke-regulert-{gap.value.replace('_', '-')}"
