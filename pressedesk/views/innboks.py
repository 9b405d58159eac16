"""/innboks: what stands with this person, and what he must see to, most urgent first."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, render_template

from pressedesk import access, auth, clock, formats, search
from pressedesk.access import Actor, Do, Shell
from pressedesk.auth import me, requires
from pressedesk.models import Duty
from pressedesk.regulation.vocabulary import Clock
from pressedesk.search import Row
from pressedesk.views import marks
from pressedesk.views.inbox_sections import Desk, inbox_section, inbox_sections
from pressedesk.views.marks import Mark
from pressedesk.views.sak import ruling
from pressedesk.views.sak.forms import SeenForm, seen_form
from pressedesk.workflow import HELD, OPEN, UNTAKEN, State

bp = Blueprint("innboks", __name__)

EXCERPT = 160  # characters


@dataclass(frozen=True)
class Item:
    """One strand in a list: who asks what, how it stands, what to do, and the button for it."""

    row: Row
    heading: str
    part: str
    excerpt: str | None
    no_text: str
    marks: list[Mark]
    due_at: str
    next_step: str
    take: SeenForm | None
    color: str
    is_mine: bool
    to_close: bool
    to_answer: bool
    to_rule: bool
    to_clarify: bool
    ring: str
    ring_whom: str


@dataclass(frozen=True)
class Section:
    """A list under its own heading."""

    id: str
    title: str
    lead: str
    items: list[Item]
    shells: list[Shell]


@bp.get("/innboks")
@requires(Do.SEE)
def show() -> str:
    """The lists of this person."""
    tx, who, now = auth.reader(), me(), clock.now()
    is_switchboard = Duty.SWITCHBOARD in who.duties
    is_kis = who.is_kis_leader or Duty.KIS_ADVISER in who.duties
    found = search.inbox(tx, who, now, logs=is_switchboard, watches=is_switchboard or is_kis, clarifies=is_kis)
    shells = access.shells(tx, who)
    in_own_list = ruling.has_list(who)
    elsewhere = [row for row in (*found.mine, *found.watched) if row.clock is Clock.INNSYN and in_own_list]
    mine = _items(who, _without(found.mine, elsewhere), now, is_mine=True)
    watched = _without(found.watched, found.mine, elsewhere)
    below = _without(found.late_below, found.watched)
    logged = _without(found.logged, found.mine, found.watched)
    sections = [
        Section("ringes", "Ring noen", RING, _items(who, watched, now, clarifies=is_kis), shells),
        Section("lukkes", "Besvart, ikke lukket", CLOSE, _items(who, found.to_close, now, is_mine=True), []),
        Section("linja", "Sent ute hos dine folk", LINE, _items(who, below, now), []),
        Section("notert", "Du har notert", LOGGED, _items(who, logged, now), []),
    ]
    return render_template(
        "innboks/innboks.html",
        before=inbox_sections(Desk(tx, who, now)),
        mine=mine,
        lead=f"{formats.count(len(mine), 'sak', 'saker')} hos deg" if mine else "",
        sections=[section for section in sections if section.items or section.shells],
    )


@inbox_section("avklares", "KIS avklarer", "Ingen vet hvor disse hører hjemme. Finn det ut og rett opplysningene.")
def to_clarify(desk: Desk) -> list[tuple[Item, str]]:
    """For KIS: what nobody knows where belongs, and when its owner gets it all the same."""
    if not (desk.who.is_kis_leader or Duty.KIS_ADVISER in desk.who.duties):
        return []
    return [
        (_item(desk.who, row, desk.now, is_mine=False, clarifies=True), _then(row, told_at, desk.now))
        for row, told_at in search.with_kis(desk.tx, desk.who, desk.now)
    ]


def _then(row: Row, told_at: datetime, now: datetime) -> str:
    return f"{formats.capital(row.office or '')} får den {formats.when(told_at, now)} om ingen avklarer."


RING = "Ingen har tatt disse, eller ingen er å få tak i. Ring, så noen får det med seg."
CLOSE = "Journalisten har fått svar. Skriv hvordan det endte."
LINE = "Over fristen, eller ikke tatt ennå. Du kan ta over."
LOGGED = "Åpne henvendelser som du har tatt imot."


def _without(rows: list[Row], *above: list[Row]) -> list[Row]:
    """Each strand stands once on the page, in the first list that has it."""
    shown = {row.strand_id for rows_above in above for row in rows_above}
    return [row for row in rows if row.strand_id not in shown]


def _items(who: Actor, rows: list[Row], now: datetime, *, is_mine: bool = False, clarifies: bool = False) -> list[Item]:
    return [_item(who, row, now, is_mine, clarifies) for row in rows]


def _item(who: Actor, row: Row, now: datetime, is_mine: bool, clarifies: bool) -> Item:
    due = marks.due(row, now)
    is_his = row.taken_by_id == who.person_id
    state = marks.state(row.state, row.taken_by, row.ending, acting=row.acting, is_mine=is_his)
    few_eyes = marks.restriction(row.restriction, row.text_is_held)
    red = [] if is_mine else list(marks.red(row))
    return Item(
        row=row,
        heading=marks.heading(row.outlet, row.caller),
        part=marks.part(row.kind),
        excerpt=formats.excerpt(row.question, EXCERPT) if row.question is not None else None,
        no_text=marks.why_no_text(row),
        marks=[mark for mark in (due, *(red or [state]), few_eyes) if mark],
        due_at=formats.when(row.due_at, now) if row.due_at and row.state in OPEN else "",
        next_step=marks.next_step(row, who.person_id) if is_mine else _with_whom(row),
        take=seen_form(row.version, row.last_event_id) if is_mine and row.state in UNTAKEN else None,
        color=due.color if due and due.color in ("danger", "warning") else "",
        is_mine=is_mine,
        to_close=row.state is State.ANSWERED,
        to_answer=is_his and row.state in HELD,
        to_rule=row.clock is Clock.INNSYN,
        to_clarify=clarifies and row.is_uncertain,
        ring="" if is_mine else row.ring or "",
        ring_whom=row.taken_by or row.acting or row.office or "",
    )


def _with_whom(row: Row) -> str:
    """Whose it is, for whoever only watches it."""
    person = row.taken_by or row.acting
    return f"Hos {row.office}, {person}." if row.office and person else f"Hos {row.office or person}."
