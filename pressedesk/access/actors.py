"""Who somebody is at the desk: the person with his duties, his offices, and the line below them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from pressedesk import organisation
from pressedesk.models import (
    Account,
    Duty,
)
from pressedesk.organisation import Organisation
from pressedesk.regulation.vocabulary import Role

LEADERS = frozenset(
    {Role.ORDFORER, Role.VARAORDFORER, Role.RADMANN, Role.KOMMUNALSJEF, Role.VIRKSOMHETSLEDER, Role.SEKSJONSLEDER}
)


class NotFound(Exception):
    """There is no such thing, or it is not this person's to see. The two are never told apart."""


class Refused(Exception):
    """This person may not do this. `reason` is a Norwegian sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Actor:
    """Somebody at the desk, with everything that decides what he may see and do.

    `held` and `acting` are offices (acting as deputy now), `line` the offices below them, `roles` of held and acting.
    """

    person_id: int
    name: str
    duties: frozenset[Duty] = frozenset()
    held: frozenset[int] = frozenset()
    acting: frozenset[int] = frozenset()
    line: frozenset[int] = frozenset()
    roles: frozenset[Role] = frozenset()
    is_kis_leader: bool = False

    @property
    def offices(self) -> frozenset[int]:
        return self.held | self.acting

    @property
    def sees_restricted(self) -> bool:
        return self.is_kis_leader or Role.RADMANN in self.roles

    @property
    def sees_ordinary(self) -> bool:
        return bool(self.roles & LEADERS) or bool(self.duties & {Duty.SWITCHBOARD, Duty.KIS_ADVISER})


def actor(tx: Session, person_id: int, at: datetime, org: Organisation | None = None) -> Actor:
    """The person as he is at `at`. Raises NotFound for somebody who has left."""
    org = org or organisation.snapshot(tx, at)
    if person_id not in org.people:
        raise NotFound(person_id)
    held, acting = org.held_by(person_id), org.acted_by(person_id)
    account = tx.execute(
        select(Account.duties).where(Account.person_id == person_id, Account.disabled_at.is_(None))
    ).one_or_none()
    return Actor(
        person_id=person_id,
        name=org.people[person_id].name,
        duties=frozenset(Duty(duty) for duty in account.duties) if account else frozenset(),
        held=held,
        acting=acting,
        line=frozenset().union(*(org.line_below(office) for office in held | acting)),
        roles=frozenset(org.offices[office].role for office in held | acting),
        is_kis_leader=org.kis_leader is not None and org.kis_leader.id in held | acting,
    )
