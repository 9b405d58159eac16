"""Calls from the press as reminders and delivery meet them: logged, taken and answered through the use cases."""

import random
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from pressedesk import db
from pressedesk.clocks import Step
from pressedesk.desk import answering, handling, intake
from pressedesk.models import DeliveryState, Message, Person, Reminder, ReminderState, Strand
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.vocabulary import NO, Level, Role, Statement
from tests.organisation import Town

NOBODY_CONCERNED = Facts(level=Level.UNIT, personnel=NO, client_case=NO)


@dataclass(frozen=True)
class Case:
    """One call that was logged, with its one strand."""

    town: Town
    reference: str
    strand_id: int

    def _version(self) -> int:
        return self.strand().version

    def strand(self) -> Strand:
        """The strand as it stands."""
        with db.reading() as tx:
            return tx.get_one(Strand, self.strand_id)

    def take(self, by: str, now: datetime) -> None:
        """«Jeg tar den»."""
        handling.take(self.town.people[by], self.reference, self.strand_id, self._version(), now)

    def give_back(self, by: str, now: datetime) -> None:
        """«Legg tilbake»."""
        handling.give_back(self.town.people[by], self.reference, self.strand_id, self._version(), now)

    def answer(self, by: str, now: datetime) -> None:
        """The journalist has been told."""
        said = answering.Said(
            "Svar.", (Statement.FACTS,), Role.VIRKSOMHETSLEDER, "Tone Berg", now, answering.Channel.PHONE
        )
        answering.record_answer(self.town.people[by], self.reference, self.strand_id, self._version(), said, now)

    def ledger(self) -> dict[Step, ReminderState]:
        """The steps of the present due version, in order."""
        with db.reading() as tx:
            rows = tx.scalars(select(Reminder).where(Reminder.strand_id == self.strand_id).order_by(Reminder.id))
            return {row.step: row.state for row in rows if row.due_version == self.strand().due_version}

    def planned_at(self, step: Step) -> datetime:
        """When a step of the present due version comes."""
        with db.reading() as tx:
            version = self.strand().due_version
            wanted = (Reminder.strand_id == self.strand_id, Reminder.due_version == version, Reminder.step == step)
            return tx.scalars(select(Reminder.planned_at).where(*wanted)).one()

    def told(self) -> list[tuple[str, str]]:
        """Who was told what of the strand, in order: short name and heading. What was superseded is left out."""
        with db.reading() as tx:
            found = tx.scalars(select(Message).where(Message.strand_id == self.strand_id).order_by(Message.id))
            names = {person_id: name for name, person_id in self.town.people.items()}
            return [
                (names[row.person_id], row.subject.partition(":")[0])
                for row in found
                if row.state is not DeliveryState.SUPERSEDED
            ]


def log_call(
    town: Town,
    now: datetime,
    unit: str | None = "skole",
    facts: Facts = NOBODY_CONCERNED,
    deadline_at: datetime | None = None,
    outlet_name: str = "Granliposten",
) -> Case:
    """A journalist calls the switchboard."""
    call = intake.Call(
        caller_name="Mari Nygård",
        question="Hva koster den nye gymsalen?",
        facts=facts,
        outlet_name=outlet_name,
        unit_id=town.units[unit] if unit else None,
        deadline_at=deadline_at,
    )
    logged = intake.log_call(town.people["sentralbord"], f"token-{random.random()}", call, now)
    assert logged.reference is not None
    with db.reading() as tx:  # the newest ledger: also where nobody was there to be told
        strand_id = tx.scalars(select(Reminder.strand_id).order_by(Reminder.id.desc())).first()
    assert strand_id is not None
    return Case(town, logged.reference, strand_id)


def set_address(town: Town, name: str, address: str | None) -> None:
    """Give somebody another address, past every check: as an import would."""
    with db.writing() as tx:
        tx.get_one(Person, town.people[name]).email = address


def messages(*states: DeliveryState) -> list[Message]:
    """Every message in the queue and beyond, oldest first; only those in `states` where some are given."""
    with db.reading() as tx:
        found = select(Message).order_by(Message.id)
        return list(tx.scalars(found.where(Message.state.in_(states)) if states else found))
