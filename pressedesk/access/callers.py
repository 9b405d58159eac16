"""What a second caller may be told: one line of any inquiry, and of one for few eyes nothing but when he hears.

A scope of its own, for the desk alone. One for few eyes is found by its whole reference, or by the exact name or number
of whoever called about it: nobody finds out that it exists by trying parts of a name.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from pressedesk import formats
from pressedesk.access.actors import Actor, NotFound
from pressedesk.access.permissions import Do, may
from pressedesk.access.scopes import may_know_of, not_about
from pressedesk.models import Inquiry, Journalist, Restriction, Strand
from pressedesk.regulation.vocabulary import Clock, Kind, Outcome
from pressedesk.workflow import OPEN, Ending, State

REMEMBERED = timedelta(days=14)  # how long somebody may ask about what is finished, without its reference
MOST_TOLD = 20
SHORTEST_PART, SHORTEST_PHONE = 2, 5  # letters of a name, digits
_REFERENCE = re.compile(r"(?:PD)?[\s-]*(\d{4})[\s-]+(\d{1,5})", re.IGNORECASE)


@dataclass(frozen=True)
class ToldPart:
    """Where one strand stands. `kind` and `person` are None where nothing may be said of whom it is with."""

    state: State
    kind: Kind | None
    person: str | None  # who took it, else whom it was sent to
    outcome: Outcome | None
    clock: Clock | None
    due_at: datetime | None
    answered_at: datetime | None
    ending: Ending | None


@dataclass(frozen=True)
class Told:
    """All that may be told of one inquiry. `is_for_few`: it is restricted, and the desk sees no more than this.

    `asked_as` is the reference that was found, another than `reference` where that inquiry was joined to this one.
    `version` is that of the inquiry as it was read."""

    reference: str
    asked_as: str
    version: int
    is_for_few: bool
    received_at: datetime
    nudged_at: datetime | None
    parts: tuple[ToldPart, ...]

    @property
    def says_who(self) -> bool:
        """Whether it may be said aloud whom it is with."""
        return all(part.kind is not None for part in self.parts)

    @property
    def is_open(self) -> bool:
        return any(part.state in OPEN for part in self.parts)


def told_to_caller(tx: Session, who: Actor, text: str, now: datetime) -> list[Told]:
    """What a caller may be told who gives a reference, a name or a telephone number: what is open first, then what
    came in the last fourteen days. Nothing for whoever answers no second calls."""
    given = _REFERENCE.fullmatch(text.strip())
    if not may(who, Do.SECOND_CALL):
        return []
    numbered = Inquiry.reference == f"PD-{given[1]}-{int(given[2]):04d}" if given else false()
    return _told(tx, who, or_(false(), *_exactly(text), *_rings_from(text), *_partly(text)), numbered, now)


def told_to_journalist(tx: Session, who: Actor, name: str, phone: str, now: datetime) -> list[Told]:
    """As `told_to_caller`, for the exact name or number that is being typed in a form. Whoever logs a call without
    answering second calls, as a leader may, is told of what is in his own scope."""
    called_as = or_(false(), *_exactly(name), *_rings_from(phone))
    return _told(tx, who, called_as, false(), now) if may(who, Do.LOG) else []


def inquiry_called_about(tx: Session, who: Actor, reference: str) -> Inquiry:
    """The inquiry that a second call is about, or the one it was joined to. Raises NotFound."""
    found = tx.scalar(_scope(who).where(Inquiry.reference == reference))
    lasting = _joined_into(tx, who, found) if found else None
    if lasting is None:
        raise NotFound(reference)
    return lasting


def _scope(who: Actor) -> Select[Inquiry]:
    whole = selectinload(Inquiry.strands).options(joinedload(Strand.acting), joinedload(Strand.taken_by))
    known = not_about(who) if may(who, Do.SECOND_CALL) else may_know_of(who)
    return select(Inquiry).where(known).options(whole)


def _told(
    tx: Session, who: Actor, called_as: ColumnElement[bool], numbered: ColumnElement[bool], now: datetime
) -> list[Told]:
    """What was called in by somebody, while it is remembered; what is `numbered` is found however old it is."""
    remembered = or_(_is_open(), Inquiry.received_at > now - REMEMBERED)
    wanted = _scope(who).where(or_(and_(called_as, remembered), numbered))
    newest = wanted.order_by(_is_open().desc(), Inquiry.received_at.desc(), Inquiry.id.desc()).limit(MOST_TOLD)
    found: dict[int, Told] = {}
    for inquiry in tx.scalars(newest):
        if lasting := _joined_into(tx, who, inquiry):
            found.setdefault(lasting.id, _as_told(lasting, inquiry.reference))
    return sorted(found.values(), key=lambda told: not told.is_open)


def _joined_into(tx: Session, who: Actor, inquiry: Inquiry) -> Inquiry | None:
    """The inquiry itself, or the one it was joined to; None where that is about `who`."""
    lasting: Inquiry | None = inquiry
    seen: set[int] = set()
    while lasting is not None and lasting.joined_into_id is not None and lasting.id not in seen:
        seen.add(lasting.id)
        lasting = tx.scalar(_scope(who).where(Inquiry.id == lasting.joined_into_id))
    return lasting


def _is_open() -> ColumnElement[bool]:
    return exists().where(Strand.inquiry_id == Inquiry.id, Strand.state.in_(OPEN)).correlate(Inquiry)


def _exactly(name: str) -> list[ColumnElement[bool]]:
    key = formats.name_key(name)
    return [_calls(Journalist.key == key)] if key else []


def _partly(name: str) -> list[ColumnElement[bool]]:
    """By part of a name only what is ordinary is found."""
    words = [word for word in formats.name_key(name).split() if len(word) >= SHORTEST_PART]
    partly = _calls(*(Journalist.key.contains(word) for word in words))
    return [and_(Inquiry.restriction == Restriction.NONE, partly)] if words else []


def _rings_from(phone: str) -> list[ColumnElement[bool]]:
    digits = formats.phone_key(phone)
    is_number = len(digits) >= SHORTEST_PHONE and not re.search(r"[^\W\d_]", phone)
    return [_calls(Journalist.phone_key == digits)] if is_number else []


def _calls(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return Inquiry.journalist_id.in_(select(Journalist.id).where(*conditions))


def _as_told(inquiry: Inquiry, asked_as: str) -> Told:
    """The inquiry without everything that may not be said of it.

    While nobody has said whether a person is concerned, it says no more aloud than where a person is."""
    is_for_few = inquiry.restriction is not Restriction.NONE
    says_who = not is_for_few and not inquiry.text_is_held
    parts = tuple(_part(strand, says_who) for strand in inquiry.strands if strand.state is not State.LAPSED)
    return Told(
        reference=inquiry.reference,
        asked_as=asked_as,
        version=inquiry.version,
        is_for_few=is_for_few,
        received_at=inquiry.received_at,
        nudged_at=inquiry.nudged_at,
        parts=parts,
    )


def _part(strand: Strand, says_who: bool) -> ToldPart:
    person = strand.taken_by or strand.acting
    return ToldPart(
        state=strand.state,
        kind=strand.kind if says_who else None,
        person=person.name if says_who and person else None,
        outcome=strand.outcome if says_who else None,
        clock=strand.clock if says_who else None,
        due_at=strand.due_at,
        answered_at=strand.answered_at,
        ending=strand.ending if says_who else None,
    )
