"""Inquiries for tests of the desk and its pages: logged, taken, answered and closed through the use cases.

    sak = call(town, now, question="Hvor mange elever?", asks={Ask.FACTS})
    sak.take("leder", now);  sak.answer("leder", now, text="214.");  sak.strand().state
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from pressedesk import db
from pressedesk.desk import answering, closing, handling, intake, rulings
from pressedesk.desk.answering import Channel, Said
from pressedesk.desk.following import NOTHING, Follow
from pressedesk.desk.handling import Concerns, Correction
from pressedesk.desk.rulings import Ruling
from pressedesk.events import Event, EventKind
from pressedesk.models import Answer, Granted, Inquiry, Message, Strand
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.vocabulary import NO, Ask, Kind, Level, Role, Statement
from pressedesk.workflow import Ending
from tests.organisation import Town

QUESTION = "Hvor mange elever går på skolen i høst?"
ORDINARY: dict[str, Any] = {
    "asks": {Ask.FACTS},
    "level": Level.UNIT,
    "personnel": NO,
    "client_case": NO,
}


@dataclass(frozen=True)
class Sak:
    """One inquiry, with the acts of the desk by short names of people."""

    town: Town
    reference: str

    def inquiry(self) -> Inquiry:
        """The row as it stands."""
        with db.reading() as tx:
            found = select(Inquiry).where(Inquiry.reference == self.reference)
            return tx.scalars(found.options(joinedload(Inquiry.strands), joinedload(Inquiry.decisions))).unique().one()

    def strands(self) -> dict[Kind, Strand]:
        """The strands as they stand, by kind."""
        with db.reading() as tx:
            found = select(Strand).join(Inquiry, Inquiry.id == Strand.inquiry_id)
            rows = tx.scalars(found.where(Inquiry.reference == self.reference).order_by(Strand.position))
            return {strand.kind: strand for strand in rows}

    def strand(self, kind: Kind | None = None) -> Strand:
        """One strand; without a kind the leading one."""
        strands = self.strands()
        return strands[kind] if kind else next(iter(strands.values()))

    def answers(self) -> list[Answer]:
        """The answers of all strands, oldest first."""
        with db.reading() as tx:
            found = select(Answer).where(Answer.strand_id.in_([strand.id for strand in self.strands().values()]))
            return list(tx.scalars(found.order_by(Answer.id)))

    def events(self) -> list[EventKind]:
        """What the record says, in order."""
        inquiry = self.inquiry()
        with db.reading() as tx:
            return list(tx.scalars(select(Event.kind).where(Event.inquiry_id == inquiry.id).order_by(Event.id)))

    def told(self) -> list[str]:
        """The short names of those to whom a message was written, in order."""
        inquiry, names = self.inquiry(), {person_id: name for name, person_id in self.town.people.items()}
        with db.reading() as tx:
            wanted = select(Message.person_id).where(Message.inquiry_id == inquiry.id).order_by(Message.id)
            return [names[person_id] for person_id in tx.scalars(wanted)]

    def take(self, by: str, now: datetime, kind: Kind | None = None) -> None:
        strand = self.strand(kind)
        handling.take(self.town.people[by], self.reference, strand.id, strand.version, now)

    def give_back(self, by: str, now: datetime) -> None:
        strand = self.strand()
        handling.give_back(self.town.people[by], self.reference, strand.id, strand.version, now)

    def say_person(self, by: str, concerns: Concerns, now: datetime) -> None:
        handling.say_person(self.town.people[by], self.reference, self.inquiry().version, concerns, now)

    def correct(self, by: str, now: datetime, unit: str | None = "skole", **facts: Any) -> None:
        """Facts as JSON holds them."""
        correction = Correction(facts, self.town.units[unit] if unit else None, self.inquiry().addressed_office_id)
        handling.correct_facts(self.town.people[by], self.reference, self.inquiry().version, correction, now)

    def restrict(self, by: str, now: datetime) -> None:
        handling.restrict(self.town.people[by], self.reference, self.inquiry().version, now)

    def lift(self, by: str, now: datetime) -> bool:
        return handling.lift(self.town.people[by], self.reference, self.inquiry().version, now)

    def note(self, by: str, text: str, now: datetime) -> None:
        handling.note(self.town.people[by], self.reference, self.inquiry().version, text, now)

    def answer(self, by: str, now: datetime, kind: Kind | None = None, **said: Any) -> None:
        """Facts, by telephone, in the owner's role, unless said otherwise."""
        strand = self.strand(kind)
        told = {
            "text": "Det er 214 elever.",
            "kinds": (Statement.FACTS,),
            "role": strand.owner_role or Role.RADMANN,
            "by": "Tone Berg",
            "at": now,
            "channel": Channel.PHONE,
            **said,
        }
        answering.record_answer(
            self.town.people[by], self.reference, strand.id, strand.version, Said(**told), now
        )

    def close(
        self,
        by: str,
        now: datetime,
        ending: Ending = Ending.STATEMENT,
        reason: str = "",
        kind: Kind | None = None,
        follow: Follow = NOTHING,
    ) -> None:
        strand = self.strand(kind)
        closing.close(self.town.people[by], self.reference, strand.id, strand.version, ending, reason, now, follow)

    def rule(self, by: str, now: datetime, granted: Granted = Granted.FULL, **ruling: Any) -> None:
        """A request for documents is decided."""
        strand = self.strand(Kind.DOCUMENTS)
        told = {"provision": None, "openness_considered": False, "reason": "", "decided_by": "Liv Holm", **ruling}
        decided = Ruling(granted=granted, **{"decided_at": now, **told})
        rulings.rule(self.town.people[by], self.reference, strand.id, strand.version, decided, now)


def call(
    town: Town,
    now: datetime,
    *,
    question: str = QUESTION,
    by: str = "sentralbord",
    unit: str | None = "skole",
    caller: str = "Mari Nygård",
    outlet: str = "Granliposten",
    phone: str = "400 00 123",
    deadline_at: datetime | None = None,
    addressed_office: str | None = None,
    **facts: Any,
) -> Sak:
    """A journalist calls: an ordinary question of fact to the school, unless said otherwise."""
    logged = intake.log_call(
        town.people[by],
        secrets.token_hex(8),
        intake.Call(
            caller_name=caller,
            question=question,
            facts=Facts(**{**ORDINARY, **facts}),
            outlet_name=outlet,
            phone=phone,
            deadline_at=deadline_at,
            unit_id=town.units[unit] if unit else None,
            addressed_office_id=town.offices[addressed_office] if addressed_office else None,
        ),
        now,
    )
    assert logged.reference is not None
    return Sak(town, logged.reference)
