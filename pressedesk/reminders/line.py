"""Who can be told of an inquiry now: an office and the line above it, as they are at this minute."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from pressedesk import access, organisation
from pressedesk.models import Inquiry
from pressedesk.organisation import OfficeRow, Organisation
from pressedesk.regulation.vocabulary import Role


@dataclass
class Line:
    """The persons of an office and of those above it. `has_it`: whoever took it, else whoever answers for the office.

    Whoever may not know of the inquiry (above all the person it is about), and whoever is silent for a while, is
    passed by, and the next one is told. Where only silent ones are left, silence does not count."""

    tx: Session
    org: Organisation
    inquiry: Inquiry
    office_id: int | None
    now: datetime
    taken_by_id: int | None = None
    acting_id: int | None = None  # whom it was sent to
    may_know: Callable[[int], bool] | None = None  # where that is another question than seeing the inquiry
    barred: set[int] = field(default_factory=set)  # found on the way, who may not know of it
    silent: frozenset[int] = field(init=False)
    has_it: int | None = field(init=False)

    def __post_init__(self) -> None:
        self.silent = organisation.passed_by(self.tx, self.inquiry.id, self.now)
        self.has_it = self._who_has_it()

    def somebody(self, find: Callable[[], Iterable[int | None]]) -> list[int]:
        """Whom `find` finds, without repetition; else whoever is next, never nobody while somebody above or in KIS is
        there."""
        found = _each_once(find())
        if not found and self.silent:
            found = _each_once([self.superior()])
        found = found or _each_once(self.at_the_top())
        if found or not self.silent:
            return found
        self.silent = frozenset()
        self.has_it = self._who_has_it()
        return self.somebody(find)

    def _who_has_it(self) -> int | None:
        """Whoever took it, while he is there; else whoever answers for the office, or stands in for it."""
        if self.taken_by_id is not None and self._is_there(self.taken_by_id):
            return self.taken_by_id
        reached = self._reach(self.office)
        if reached is None and self.acting_id is not None and self._is_there(self.acting_id):
            return self.acting_id
        return reached

    def _is_there(self, person_id: int) -> bool:
        is_here = person_id in self.org.people and person_id not in self.org.away
        return is_here and person_id not in self.silent and self._knows(person_id)

    @property
    def office(self) -> OfficeRow | None:
        return self.org.offices.get(self.office_id or 0)

    def next_in_office(self) -> int | None:
        """The next reachable person of the office: its deputy, as a rule."""
        return self._reach(self.office, self.has_it)

    def superior(self) -> int | None:
        """The nearest on the line above the office."""
        return self._above(self.office)

    def kommunalsjef(self) -> int | None:
        """The kommunalsjef the office stands under; from there on up where it is the kommunalsjef's own."""
        office = self.office
        area = self.org.office(Role.KOMMUNALSJEF, office.unit_id) if office else None
        if office is None or area is None or office.id not in self.org.line_below(area.id):
            return self.superior()
        return self._at_or_above(area)

    def kis(self) -> int | None:
        """The leader of KIS, whoever acts as such."""
        return self._reach(self.org.kis_leader)

    def at_the_top(self) -> list[int | None]:
        """Rådmann and the leader of KIS, whoever acts for them."""
        offices = [*self.org.every(Role.RADMANN), self.org.kis_leader]
        return [self._reach(office) for office in offices if not self._is_subject(office)]

    def _at_or_above(self, office: OfficeRow | None) -> int | None:
        """Somebody else than who has it: in this office, or on the line above it."""
        found = None if self._is_subject(office) else self._reach(office, self.has_it)
        return self._above(office) if found is None and office is not None else found

    def _is_subject(self, office: OfficeRow | None) -> bool:
        """Whether the inquiry is about this office: then it is passed by as a whole, deputies too."""
        return office is not None and office.id == self.inquiry.subject_office_id

    def _above(self, office: OfficeRow | None) -> int | None:
        superior = self.org.superior(office.id) if office else None
        return self._at_or_above(superior)

    def _reach(self, office: OfficeRow | None, beside: int | None = None) -> int | None:
        """The first of an office who is there and may know, `beside` left out."""
        while office is not None:
            passed = self.silent | self.barred | ({beside} if beside is not None else set())
            person_id = self.org.reach(office.id, frozenset(passed)).person_id
            if person_id is None or self._knows(person_id):
                return person_id
            self.barred.add(person_id)
        return None

    def _knows(self, person_id: int) -> bool:
        if self.may_know is not None:
            return self.may_know(person_id)
        return access.may_receive(self.tx, person_id, self.inquiry.id, self.now, self.org)


def _each_once(found: Iterable[int | None]) -> list[int]:
    return [person_id for person_id in dict.fromkeys(found) if person_id is not None]
