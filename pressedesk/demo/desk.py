"""The hands of the demo desk: acts in the order of time, each through the use case that a person would have used."""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from sqlalchemy import bindparam

from pressedesk import access, db, organisation
from pressedesk.access import NotFound, Refused
from pressedesk.demo.founding import Ids
from pressedesk.demo.municipality import FIELDS, OUTLETS, PEOPLE, UNITS, WEIGHTS
from pressedesk.demo.questions import Text, spoken
from pressedesk.desk import answering, closing, handling, intake, rulings
from pressedesk.desk.answering import Channel, Consulted, Said
from pressedesk.desk.closing import BY_CALLER
from pressedesk.desk.rulings import Ruling
from pressedesk.formats import name_key
from pressedesk.models import Granted, Inquiry, Strand
from pressedesk.regulation.vocabulary import Kind, Outcome, Role, Statement
from pressedesk.workflow import OPEN, Ending
from pressedesk.workhours import Calendar

Act = Callable[[datetime], object]
ActOnPart = Callable[[datetime, str, "Part"], None]
KINDS = {
    Outcome.LIMITED: (Statement.GENERAL_INFO,),
    Outcome.DECLINE: (Statement.DECLINE,),
    Outcome.REPLY_BY_LETTER: (Statement.LETTER,),
}
OF_THE_CALL = ("received_at", "addressed_office_id", "source_url")
CALLERS = [(outlet, name) for outlet, names in OUTLETS.items() for name in names]
OFTEN = dict(zip(OUTLETS, WEIGHTS, strict=True))


@dataclass(frozen=True)
class Part:
    """A strand as the desk sees it before it acts."""

    id: int
    version: int
    kind: Kind
    outcome: Outcome
    is_open: bool
    role: Role | None
    office_id: int | None
    acting_id: int | None
    due_at: datetime | None
    received_at: datetime
    inquiry_version: int
    is_held: bool


COLUMNS = (
    Strand.id, Strand.version, Strand.kind, Strand.outcome, Strand.state.in_(OPEN), Strand.owner_role,
    Strand.owner_office_id, Strand.acting_id, Strand.due_at, Strand.received_at, Inquiry.version, Inquiry.text_is_held,
)  # fmt: skip
PARTS = (
    access.unscoped_strands()
    .where(Inquiry.reference == bindparam("reference"))
    .order_by(Strand.position)
    .with_only_columns(*COLUMNS)
)


@dataclass
class Desk:
    """The desk at work until `now`. What is planned for later never happens, so that cases stand open."""

    ids: Ids
    now: datetime
    rng: Random
    calendar: Calendar
    inquiries: int = 0
    _queue: list[tuple[datetime, int, Act]] = field(default_factory=list)
    _order: Iterator[int] = field(default_factory=count)

    def plan(self, at: datetime, act: Act) -> None:
        """Do `act` at `at`."""
        if at <= self.now:
            heapq.heappush(self._queue, (at, next(self._order), act))

    def plan_for(self, at: datetime, reference: str, part_id: int, act: ActOnPart) -> None:
        """Do `act` at `at` to a strand as it has become by then."""
        self.plan(at, lambda at: act(at, reference, self.part(reference, part_id)))

    def work(self, worker: Act) -> None:
        """Act in the order of time; before each act, and at the end, `worker` does what has fallen due until then."""
        while self._queue:
            at, _, act = heapq.heappop(self._queue)
            worker(at)
            act(at)
        worker(self.now)

    def call(
        self, at: datetime, text: Text, deadline: tuple[datetime, str] | None = None, logger: str = "siv", **more: Any
    ) -> str:
        """A journalist calls, somebody logs it; returns the reference. `more`: facts, addressed_office_id,
        received_at, source_url."""
        self.inquiries += 1
        unit = self.rng.choice(text.units) if text.units else None
        outlet, name = self._caller(unit)
        more_of_call = {key: more.pop(key) for key in OF_THE_CALL if key in more}
        call = intake.Call(
            caller_name=name,
            question=spoken(text.question, UNITS[unit or "kommune"][1], self.rng, at),
            facts=text.facts(**more),
            outlet_name=outlet,
            phone=f"59 02 {CALLERS.index((outlet, name)):02} {len(name):02}",
            email=f"{name_key(name).split()[0]}@{name_key(outlet).replace(' ', '-')}.example".replace("ø", "o"),
            deadline_at=deadline[0] if deadline else None,
            deadline_words=deadline[1] if deadline else "",
            unit_id=self.ids.units[unit] if unit else None,
            **more_of_call,
        )
        logged = intake.log_call(self.ids.people[logger], f"demo-{self.inquiries}", call, at)
        if logged.reference is None:
            raise AssertionError(f"the demo asked something that is passed on: {text.question}")
        return logged.reference

    def _caller(self, unit: str | None) -> tuple[str, str]:
        """A newsroom that would ask about the unit, and one of its journalists."""
        asking = [outlet for outlet in OUTLETS if outlet not in FIELDS or unit in FIELDS[outlet]]
        outlet = self.rng.choices(asking, [OFTEN[each] for each in asking])[0]
        return outlet, self.rng.choice(OUTLETS[outlet])

    def parts(self, reference: str) -> list[Part]:
        """The strands of an inquiry as they stand now, the leading one first."""
        with db.reading() as tx:
            return [Part(*tuple(row)) for row in tx.connection().execute(PARTS, {"reference": reference})]

    def part(self, reference: str, part_id: int) -> Part:
        """One strand as it stands now."""
        return next(part for part in self.parts(reference) if part.id == part_id)

    def take(self, at: datetime, reference: str, part: Part) -> None:
        self.as_owner(part, at, lambda who: handling.take(who, reference, part.id, part.version, at))

    def say_person(self, at: datetime, reference: str, part: Part, concerns: handling.Concerns) -> None:
        self.as_owner(part, at, lambda who: handling.say_person(who, reference, part.inquiry_version, concerns, at))

    def answer(self, at: datetime, reference: str, part: Part, text: Text, channel: Channel | None = None) -> None:
        """The owner writes down what was said; a letter only after it was talked over (point 11)."""
        if part.kind is Kind.DOCUMENTS:
            return self.rule(at, reference, part, Granted.FULL)
        unit = next(iter(text.units), "kommune")
        asked = Consulted(Role.KOMMUNALSJEF, at - timedelta(minutes=15))
        said = Said(
            text=spoken(text.answer, UNITS[unit][1], self.rng, at),
            kinds=KINDS.get(part.outcome) or _substance(part.kind, text),
            role=part.role or Role.RADMANN,
            by="",
            at=at,
            channel=channel or self.rng.choice([Channel.PHONE] * 3 + [Channel.EMAIL]),
            consulted=asked if part.kind is Kind.LETTER else None,
        )
        return self.as_owner(part, at, lambda who: self._record(who, reference, part, said, at))

    def _record(self, who: int, reference: str, part: Part, said: Said, at: datetime) -> None:
        said = replace(said, by=self.name_of(who))
        answering.record_answer(who, reference, part.id, part.version, said, at)

    def close(self, at: datetime, reference: str, part: Part, ending: Ending, reason: str = "") -> None:
        if part.kind is Kind.DOCUMENTS and ending not in BY_CALLER:
            return self.rule(at, reference, part, Granted.REFUSED if ending is Ending.DECLINED else Granted.FULL)
        return self.as_owner(
            part, at, lambda who: closing.close(who, reference, part.id, part.version, ending, reason, at)
        )

    def rule(self, at: datetime, reference: str, part: Part, granted: Granted) -> None:
        """A request for documents is decided by whoever has it, unless it was before."""
        if part.is_open:
            self.as_owner(part, at, lambda who: self._rule(who, reference, part, granted, at))

    def _rule(self, who: int, reference: str, part: Part, granted: Granted, at: datetime) -> None:
        ground = ("offl_13", "Dokumentet handler om enkeltpersoner.") if granted is Granted.REFUSED else (None, "")
        ruling = Ruling(granted, ground[0], False, ground[1], self.name_of(who), at)
        rulings.rule(who, reference, part.id, part.version, ruling, at)

    def name_of(self, person_id: int) -> str:
        """What a person of the demo is called."""
        return next(PEOPLE[key] for key, each in self.ids.people.items() if each == person_id)

    def as_owner(self, part: Part, at: datetime, act: Callable[[int], None]) -> None:
        """As whoever was told; else as whoever answers for the office by now. Nobody there: nothing happens."""
        if part.acting_id is not None:
            try:
                return act(part.acting_id)
            except (NotFound, Refused):
                pass
        with db.reading() as tx:
            org = organisation.snapshot(tx, at)
        reached = org.reach(part.office_id).person_id if part.office_id in org.offices else None
        if reached is not None and reached != part.acting_id:
            act(reached)
        return None


def _substance(kind: Kind, text: Text) -> tuple[Statement, ...]:
    if kind is Kind.POLITICAL:
        return (Statement.POLITICAL,)
    wanted = {"facts": Statement.FACTS, "assessment": Statement.ASSESSMENTS}
    return tuple(wanted[ask] for ask in text.known["asks"] if ask in wanted) or (Statement.FACTS,)
