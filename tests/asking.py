"""Asking first, for tests: by short names of people and offices, through the use cases.

    request_id = ask(sak, "leder", Way.DOUBT, "kommunalsjef", NOON);  reply(sak, request_id, "kommunalsjef", NOON)
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from pressedesk import access, db, organisation
from pressedesk.desk import answering, deviating, requests
from pressedesk.desk.answering import Consulted
from pressedesk.desk.deviating import Reasoned
from pressedesk.desk.requests import Question
from pressedesk.desk.whom import Asking, Way, ways
from pressedesk.models import Request, Strand, Task
from pressedesk.regulation.vocabulary import Kind, Role, Statement
from tests.inquiries import Sak

ASKED_TEXT = "Kan jeg si hvor mange som søkte?"


def ask(
    sak: Sak,
    by: str,
    way: Way,
    office: str,
    now: datetime,
    text: str = ASKED_TEXT,
    due_at: datetime | None = None,
    kind: Kind | None = None,
) -> int:
    """The id of the request."""
    strand, town = sak.strand(kind), sak.town
    question = Question(way, town.offices[office], text, due_at)
    return requests.ask(town.people[by], sak.reference, strand.id, strand.version, question, now)


def reply(
    sak: Sak, request_id: int, by: str, now: datetime, text: str = "Ja, tallet er klart.", agreed: bool | None = None
) -> None:
    requests.reply(sak.town.people[by], request_id, request(request_id).version, text, agreed, now)


def withdraw(sak: Sak, request_id: int, by: str, now: datetime) -> None:
    strand = sak.strand()
    requests.withdraw(sak.town.people[by], sak.reference, strand.id, request_id, strand.version, now)


def deviate(
    sak: Sak, by: str, now: datetime, reason: str = "Personen ba om det.", within: bool = True,
    consulted: Consulted | None = None,
) -> None:  # fmt: skip
    strand = sak.strand()
    reasoned = Reasoned(reason, within, consulted)
    deviating.deviate(sak.town.people[by], sak.reference, strand.id, strand.version, reasoned, now)


def request(request_id: int) -> Request:
    """The row as it stands."""
    with db.reading() as tx:
        found = select(Request).where(Request.id == request_id)
        return tx.scalars(found.options(joinedload(Request.office))).one()


def task(request_id: int) -> Task:
    """What whoever was asked is reminded of."""
    with db.reading() as tx:
        return tx.scalars(select(Task).where(Task.request_id == request_id)).one()


def offered(sak: Sak, by: str, now: datetime, kind: Kind | None = None) -> dict[Way, set[str]]:
    """The ways that are open to somebody, with the short names of the offices."""
    names = {office_id: name for name, office_id in sak.town.offices.items()}
    with db.reading() as tx:
        org = organisation.snapshot(tx, now)
        strand = tx.get_one(Strand, sak.strand(kind).id)
        who = access.actor(tx, sak.town.people[by], now, org)
        found = ways(Asking(who, org, strand, strand.inquiry.decisions[-1], now))
    return {way: {names[office.id] for office in offices} for way, offices in found.items()}


def may_say(sak: Sak, role: Role, kind: Statement, now: datetime) -> tuple[bool, tuple[str, ...]]:
    """Whether a role may give a statement by now, and what is lacking first."""
    with db.reading() as tx:
        strand = tx.get_one(Strand, sak.strand().id)
        permission = answering.may_answer(strand, strand.inquiry.decisions[-1], role, now)[kind]
        lacking = answering.missing(permission, strand, now)
        is_open = permission.allowed or answering.is_lifted(permission, strand, now)
    return is_open and not lacking, lacking
