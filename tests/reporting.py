"""The press desk at work, for the tests of figures: calls are logged, answered and closed through the use cases."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pressedesk import access, db
from pressedesk.desk import answering, closing, intake
from pressedesk.models import Inquiry
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.vocabulary import NO, YES, Ask, Level, Role, Statement
from pressedesk.workflow import Ending
from pressedesk.workhours import OSLO
from tests.organisation import Town

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=OSLO)  # due at 13.00: the target is 240 working minutes, from 8 to 15.30
TODAY = datetime(2026, 11, 24, 11, 0, tzinfo=OSLO)  # an hour before NOON
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Case:
    """An inquiry, and its first strand."""

    reference: str
    strand_id: int


class Desk:
    """The desk at work: logs, answers, closes. The leader of KIS may do all of it."""

    def __init__(self, town: Town) -> None:
        self.town, self.logged = town, 0
        self.kis = town.people["kis"]

    def log(self, at: datetime, unit: str | None = "skole", by: str = "sentralbord", **facts: object) -> Case:
        self.logged += 1
        known: dict[str, object] = {
            "level": Level.UNIT if unit else Level.MUNICIPALITY,
            "personnel": NO,
            "client_case": NO,
        }
        call = intake.Call(
            caller_name="Kåre Hansen",
            question="Hva skjer?",
            facts=Facts(**{**known, **facts}),  # type: ignore[arg-type]
            unit_id=self.town.units[unit] if unit else None,
        )
        reference = intake.log_call(self.town.people[by], f"token {self.logged}", call, at.astimezone(UTC)).reference
        assert reference
        return Case(reference, self.strand(reference)[0])

    def strand(self, reference: str) -> tuple[int, int]:
        with db.reading() as tx:
            strand = tx.scalars(access.unscoped_strands().where(Inquiry.reference == reference)).first()
            assert strand
            return strand.id, strand.version

    def answer(self, case: Case, at: datetime) -> None:
        said = answering.Said(
            "Svaret.", (Statement.FACTS,), Role.VIRKSOMHETSLEDER, "Tone Berg", at, answering.Channel.PHONE
        )
        answering.record_answer(self.kis, case.reference, case.strand_id, self.strand(case.reference)[1], said, at)

    def close(self, case: Case, ending: Ending, at: datetime) -> None:
        seen = self.strand(case.reference)[1]
        closing.close(self.kis, case.reference, case.strand_id, seen, ending, "Slik ble det.", at)

    def answered(
        self, n: int, unit: str | None = "skole", at: datetime = MONDAY, after: timedelta = HOUR, **rest: object
    ) -> None:
        """`n` inquiries received at `at`, each answered."""
        for _ in range(n):
            self.answer(self.log(at, unit, **rest), at + after)  # type: ignore[arg-type]

    def busy_week(self) -> None:
        """6 of the school, 7 of the kindergarten (by the adviser), 8 of water, 9 political, 5 on one employee."""
        self.answered(6, "skole")
        self.answered(7, "barnehage", by="kis_adviser")
        self.answered(8, "vann", level=Level.SECTION)
        self.answered(9, None, asks=frozenset({Ask.POLITICAL}))
        self.answered(5, "skole", personnel=YES)
