"""Finding inquiries: what stands with a person, and the search in everything that person may see.

Every query starts from a scope of access/. Words are looked for in the question only where its text may be read,
so that neither a hit nor a count tells what somebody may not know.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, null, or_, select
from sqlalchemy.orm import Session, aliased

from pressedesk import access, formats
from pressedesk.access import Actor
from pressedesk.clocks import Step
from pressedesk.events import Event
from pressedesk.models import (
    CoOwner,
    Inquiry,
    Journalist,
    Office,
    Outlet,
    Person,
    Reminder,
    ReminderState,
    Restriction,
    Strand,
    Unit,
)
from pressedesk.regulation.vocabulary import Clock, Kind, Outcome
from pressedesk.standings import Standing, counts, is_silent, is_undelivered, is_unreachable, is_with_kis, stands
from pressedesk.workflow import OPEN, Ending, State
from pressedesk.workhours import DAY, local_instant

PAGE_ROWS = 50
MOST_COUNTED = 1000  # beyond this a list says «1 000+»
MOST_LISTED = 100  # in one list of an inbox
EXCERPT = 240  # characters of a question that a list fetches

acting, taker = aliased(Person), aliased(Person)


@dataclass(frozen=True)
class Row:
    """One strand in a list. `question` is its beginning, None where the text is held from the reader, or where the
    inquiry is restricted and with another: reading that is opening it, which is written down.

    `phone` is the caller's, `ring` that of whoever has it."""

    strand_id: int
    version: int
    last_event_id: int
    reference: str
    restriction: Restriction
    text_is_held: bool
    outlet: str | None
    caller: str
    phone: str | None
    question: str | None
    kind: Kind
    state: State
    outcome: Outcome
    clock: Clock | None
    ending: Ending | None
    office: str | None
    acting: str | None
    ring: str | None
    taken_by_id: int | None
    taken_by: str | None
    received_at: datetime
    due_at: datetime | None
    answered_at: datetime | None
    was_in_time: bool | None
    is_silent: bool
    is_undelivered: bool
    is_unreachable: bool
    is_uncertain: bool


def _rows(who: Actor, now: datetime) -> Select[*tuple[Any, ...]]:
    """The strands in scope as the columns of `Row`."""
    columns = {
        "strand_id": Strand.id,
        "version": Strand.version,
        "last_event_id": _last_event(),
        "reference": Inquiry.reference,
        "restriction": Inquiry.restriction,
        "text_is_held": Inquiry.text_is_held,
        "outlet": Outlet.name,
        "caller": Inquiry.caller_name,
        "phone": Inquiry.caller_phone,
        "question": _beginning(who),
        "kind": Strand.kind,
        "state": Strand.state,
        "outcome": Strand.outcome,
        "clock": Strand.clock,
        "ending": Strand.ending,
        "office": Office.title,
        "acting": acting.name,
        "ring": func.coalesce(taker.phone, acting.phone, Office.phone),
        "taken_by_id": Strand.taken_by_id,
        "taken_by": taker.name,
        "received_at": Strand.received_at,
        "due_at": Strand.due_at,
        "answered_at": Strand.answered_at,
        "was_in_time": Strand.was_in_time,
        "is_silent": _flag(is_silent(now)),
        "is_undelivered": _flag(is_undelivered()),
        "is_unreachable": _flag(is_unreachable()),
        "is_uncertain": _flag(_is_uncertain()),
    }
    return (
        access.visible_strands(who)
        .with_only_columns(*(column.label(name) for name, column in columns.items()))
        .outerjoin(Outlet, Outlet.id == Inquiry.outlet_id)
        .outerjoin(Office, Office.id == Strand.owner_office_id)
        .outerjoin(acting, acting.id == Strand.acting_id)
        .outerjoin(taker, taker.id == Strand.taken_by_id)
    )


def _beginning(who: Actor) -> ColumnElement[str | None]:
    may_list = or_(Inquiry.restriction == Restriction.NONE, _is_with(who))
    return case((may_list, func.substr(access.question_for(who), 1, EXCERPT)), else_=null())


def _last_event() -> ColumnElement[int]:
    last = select(func.max(Event.id)).where(Event.inquiry_id == Inquiry.id)
    return last.correlate(Inquiry).scalar_subquery()


def _flag(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """A condition as a column that is never empty."""
    return case((condition, True), else_=False)


def _is_uncertain() -> ColumnElement[bool]:
    """Nobody knows yet where the question belongs, so it stands with the rådmann until KIS has found out."""
    return and_(
        Strand.state.in_(OPEN),
        Strand.kind == Kind.ADMINISTRATIVE,
        Inquiry.facts["level"].as_string().is_(None),
    )


def _fetch(tx: Session, statement: Select[*tuple[Any, ...]]) -> list[Row]:
    return [Row(**row) for row in tx.execute(statement).mappings()]


# --- What stands with a person --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Inbox:
    """What somebody should see first. `to_close`: answered, and not yet closed.

    `late_below`: what stands too long with those under him on the line. `logged`: the switchboard's own calls that
    are open. `watched`: what KIS, and the switchboard, must see to because it is silent, undelivered or nobody's."""

    mine: list[Row]
    to_close: list[Row]
    late_below: list[Row]
    logged: list[Row]
    watched: list[Row]


def inbox(tx: Session, who: Actor, now: datetime, *, logs: bool, watches: bool, clarifies: bool) -> Inbox:
    """The lists of one person, most urgent first. `logs`: the switchboard's calls as well; `watches`: all that is
    red; `clarifies`: also what nobody knows where belongs."""
    rows = _rows(who, now).order_by(Strand.due_at.asc().nulls_last(), Strand.id).limit(MOST_LISTED)
    is_open, mine = Strand.state.in_(OPEN), _is_with(who)
    below = and_(Strand.owner_office_id.in_(list(who.line)), ~mine) if who.line else false()
    late = or_(stands(Standing.OVERDUE, now), is_silent(now), is_unreachable())
    uncertain = and_(_is_uncertain(), ~is_with_kis())
    red = or_(is_silent(now), is_undelivered(), is_unreachable(), *([uncertain] if clarifies else []))
    return Inbox(
        mine=_fetch(tx, rows.where(mine, is_open)),
        to_close=_fetch(tx, rows.where(mine, Strand.state == State.ANSWERED)),
        late_below=_fetch(tx, rows.where(below, late)) if who.line else [],
        logged=_fetch(tx, rows.where(is_open, Inquiry.logged_by_id == who.person_id)) if logs else [],
        watched=_fetch(tx, rows.where(red)) if watches else [],
    )


def with_kis(tx: Session, who: Actor, now: datetime) -> list[tuple[Row, datetime]]:
    """What KIS is to find out about before its owner is told, with when that is; what is due first, first."""
    first = (Reminder.strand_id == Strand.id, Reminder.step == Step.TOLD, Reminder.state == ReminderState.PLANNED)
    told_at = select(Reminder.planned_at).where(*first).correlate(Strand).scalar_subquery()
    found = _rows(who, now).add_columns(told_at.label("told_at")).where(is_with_kis(), told_at.is_not(None))
    rows = [dict(row) for row in tx.execute(found.order_by(told_at, Strand.id).limit(MOST_LISTED)).mappings()]
    times = [row.pop("told_at") for row in rows]
    return [(Row(**row), at) for row, at in zip(rows, times, strict=True)]


def requests_for_documents(tx: Session, who: Actor, now: datetime, *, leads: bool) -> list[Row]:
    """Open requests for documents that stand with a person, or all he may see where he `leads`; the oldest first."""
    wanted = (Strand.clock == Clock.INNSYN, Strand.state.in_(OPEN), *(() if leads else (_is_with(who),)))
    rows = _rows(who, now).where(*wanted)
    return _fetch(tx, rows.order_by(Strand.received_at, Strand.id).limit(MOST_LISTED))


def _is_with(who: Actor) -> ColumnElement[bool]:
    """Owned or co-owned by an office the person holds or acts in, taken by the person, or sent to him and open."""
    offices = list(who.offices)
    taken = Strand.taken_by_id.is_not_distinct_from(who.person_id)  # never empty: a list negates it
    sent = and_(Strand.acting_id.is_not_distinct_from(who.person_id), Strand.state.in_(OPEN))
    if not offices:
        return or_(taken, sent)
    co_owned = exists().where(CoOwner.inquiry_id == Inquiry.id, CoOwner.office_id.in_(offices)).correlate(Inquiry)
    return or_(taken, sent, Strand.owner_office_id.in_(offices), co_owned)


def count_of_mine(tx: Session, who: Actor) -> int:
    """How many open strands stand with a person: the number in the menu."""
    wanted = access.visible_strands(who).where(_is_with(who), Strand.state.in_(OPEN))
    return tx.scalar(select(func.count()).select_from(wanted.with_only_columns(Strand.id).subquery())) or 0


# --- Search ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Wanted:
    """What a list is narrowed to. `from_on` and `to_on` are local days of receipt, both included.

    `unit_id` takes the units under it as well. `counted`: only what counts in the figures of the report."""

    text: str = ""
    unit_id: int | None = None
    from_on: date | None = None
    to_on: date | None = None
    standing: Standing = Standing.ALL
    outlet_id: int | None = None
    counted: bool = False


@dataclass(frozen=True)
class Found:
    """One page of a list. `total` counts to MOST_COUNTED; `is_more` when there are more than that."""

    rows: list[Row]
    page: int
    total: int
    is_more: bool
    has_next: bool


def find(tx: Session, who: Actor, wanted: Wanted, now: datetime, page: int = 1) -> Found:
    """What somebody may see of what is wanted, newest first, one page from 1 on."""
    units = _units(tx)
    conditions = list(_conditions(who, wanted, units, now))
    newest = (
        _rows(who, now)
        .where(*conditions)
        .order_by(Strand.received_at.desc(), Strand.id.desc())
        .limit(PAGE_ROWS + 1)
        .offset((page - 1) * PAGE_ROWS)
    )
    rows = _fetch(tx, newest)
    counted = (
        access.visible_strands(who).where(*conditions).with_only_columns(Strand.id).limit(MOST_COUNTED + 1).subquery()
    )
    total = tx.scalar(select(func.count()).select_from(counted)) or 0
    return Found(
        rows=rows[:PAGE_ROWS],
        page=page,
        total=min(total, MOST_COUNTED),
        is_more=total > MOST_COUNTED,
        has_next=len(rows) > PAGE_ROWS,
    )


def _conditions(who: Actor, wanted: Wanted, units: list[Unit], now: datetime) -> Iterable[ColumnElement[bool]]:
    yield stands(wanted.standing, now)
    below = None if wanted.unit_id is None else _below(units, wanted.unit_id)
    if wanted.counted:
        scope = access.counted_strands(who, below)
        yield counts()
        yield Strand.id.in_(scope.with_only_columns(Strand.id).correlate(None))
    if below is not None:
        yield Strand.unit_id.in_(below)
    if wanted.from_on is not None:
        yield Strand.received_at >= local_instant(wanted.from_on, time(0))
    if wanted.to_on is not None:
        yield Strand.received_at < local_instant(wanted.to_on + DAY, time(0))
    if wanted.outlet_id is not None:
        yield Inquiry.outlet_id == wanted.outlet_id
    if wanted.text.strip():
        yield _says(who, wanted.text.strip(), units)


_REFERENCE = re.compile(r"(?:PD-?)?(?:(\d{4})-)?(\d{1,5})", re.IGNORECASE)
MOST_WORDS = 8
SHORTEST_PHONE = 5  # digits


def _says(who: Actor, text: str, units: list[Unit]) -> ColumnElement[bool]:
    """A reference, a telephone number, or words that all occur in caller, newsroom, unit or readable question."""
    meant = [_has_words(who, formats.name_key(text).split()[:MOST_WORDS], units)]
    if number := _REFERENCE.fullmatch(text):
        year = number[1] or "____"
        meant.append(Inquiry.reference.like(f"PD-{year}-{int(number[2]):04d}"))
    digits = formats.phone_key(text)
    if len(digits) >= SHORTEST_PHONE and not re.search(r"[^\W\d_]", text):
        meant.append(_called_by(Journalist.phone_key == digits))
    return or_(*meant)


def _has_words(who: Actor, words: list[str], units: list[Unit]) -> ColumnElement[bool]:
    if not words:
        return false()
    return and_(*(_has_word(who, word, units) for word in words))


def _has_word(who: Actor, word: str, units: list[Unit]) -> ColumnElement[bool]:
    readable = access.readable_inquiries(who).with_only_columns(Inquiry.id)
    named = [unit.id for unit in units if word in formats.name_key(unit.name)]
    return or_(
        _called_by(Journalist.key.contains(word)),
        Inquiry.outlet_id.in_(select(Outlet.id).where(Outlet.key.contains(word))),
        Strand.unit_id.in_(named),
        Inquiry.id.in_(readable.where(Inquiry.question_key.contains(word))),
    )


def _called_by(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return Inquiry.journalist_id.in_(select(Journalist.id).where(condition))


def _units(tx: Session) -> list[Unit]:
    return list(tx.scalars(select(Unit).order_by(Unit.id)))


def _below(units: list[Unit], unit_id: int) -> list[int]:
    """The unit and those under it."""
    found = [unit_id]
    for parent in found:
        found += [unit.id for unit in units if unit.parent_id == parent and unit.id not in found]
    return found


def outlets(tx: Session, who: Actor) -> list[Outlet]:
    """The newsrooms that have asked something the person may see."""
    seen = access.visible_inquiries(who).with_only_columns(Inquiry.outlet_id)
    return list(tx.scalars(select(Outlet).where(Outlet.id.in_(seen)).order_by(Outlet.name)))
