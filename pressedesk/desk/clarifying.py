"""Nobody knows where a question belongs: it is the rådmann's by the rules, but KIS is asked first, and the rådmann is
told when nobody has found out in time.

A strand that waits for KIS is new, has its person, and a ledger that has not begun."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from pressedesk import config
from pressedesk.models import Account, Duty, Strand
from pressedesk.organisation import Organisation
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.vocabulary import NO, YES
from pressedesk.workflow import State
from pressedesk.workhours import Calendar, add_working_minutes, working_minutes


@dataclass(frozen=True)
class Clarifying:
    """Who of KIS finds out where it belongs, and when the owner is told all the same."""

    person_ids: tuple[int, ...]
    until_at: datetime


def ask_kis(
    tx: Session, org: Organisation, facts: Facts, due_at: datetime | None, calendar: Calendar, leave_out: frozenset[int]
) -> Clarifying | None:
    """Whom to ask, and how long to wait. None where the owner is told at once: an accusation, too little time for it,
    or nobody of KIS is there."""
    minutes = config.current().clarify_minutes
    if facts.accusation or not minutes:
        return None
    if due_at is not None and working_minutes(calendar, org.at, due_at) < 2 * minutes:
        return None
    people = of_kis(tx, org, leave_out, for_few=is_for_few(facts))
    return Clarifying(people, add_working_minutes(calendar, org.at, minutes)) if people else None


def of_kis(tx: Session, org: Organisation, leave_out: frozenset[int], *, for_few: bool) -> tuple[int, ...]:
    """The leader of KIS, whoever acts as such, and its advisers who are there; of what is for few eyes the leader."""
    leader = org.reach(org.kis_leader.id, leave_out).person_id if org.kis_leader else None
    found = [leader] if leader is not None else []
    if not for_few:
        rows = tx.execute(select(Account.person_id, Account.duties).where(Account.disabled_at.is_(None)))
        found += sorted(row.person_id for row in rows if Duty.KIS_ADVISER in row.duties)
    there = org.people.keys() - org.away.keys() - leave_out
    return tuple(dict.fromkeys(person_id for person_id in found if person_id in there))


def is_with_kis(strand: Strand) -> bool:
    """Whether KIS is finding out, and its owner has not been told."""
    return strand.state is State.NEW and strand.acting_id is not None


def is_for_few(facts: Facts) -> bool:
    """Whether a personnel or client case is known to be one, so that few may know of it."""
    return facts.personnel is YES or (NO if facts.case_public else facts.client_case) is YES
