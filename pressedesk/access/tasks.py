"""What somebody is to do beside answering, as queries: also where he may not see the inquiry it follows from."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, case, or_, select
from sqlalchemy.orm import Session, joinedload

from pressedesk.access.actors import Actor, NotFound, actor
from pressedesk.access.permissions import Relation, relations
from pressedesk.access.scopes import may_receive, not_about, visible_inquiries
from pressedesk.models import Inquiry, Restriction, Strand, Task, TaskKind
from pressedesk.organisation import Organisation

MAY_FINISH = frozenset({Relation.OWNER, Relation.LINE, Relation.KIS_LEADER})


@dataclass(frozen=True)
class Given:
    """One open task as somebody reads it. Where he may not see the inquiry there is its reference, and no more."""

    task: Task
    reference: str
    sees_inquiry: bool


def _sees(who: Actor) -> ColumnElement[bool]:
    return Inquiry.id.in_(visible_inquiries(who).with_only_columns(Inquiry.id))


def _is_given_to(who: Actor) -> ColumnElement[bool]:
    """His office's or his own. Of what is for few eyes he is given nothing that he may not see."""
    his = or_(Task.office_id.in_(list(who.offices)), Task.person_id == who.person_id)
    return his & not_about(who) & or_(Inquiry.restriction == Restriction.NONE, _sees(who))


def _open() -> Select[Task]:
    return select(Task).join(Inquiry, Inquiry.id == Task.inquiry_id).where(Task.done_at.is_(None))


def tasks_of(tx: Session, who: Actor, kinds: Collection[TaskKind]) -> list[Given]:
    """What of these kinds `who` and his offices are to do, the first due first."""
    found = _open().where(_is_given_to(who), Task.kind.in_(list(kinds))).order_by(Task.due_at, Task.id)
    rows = tx.execute(
        found.add_columns(Inquiry.reference, case((_sees(who), True), else_=False)).options(
            joinedload(Task.office), joinedload(Task.strand).joinedload(Strand.owner_office)
        )
    )
    return [Given(*row) for row in rows]


def tasks_in(tx: Session, who: Actor, inquiry: Inquiry, kinds: Collection[TaskKind]) -> list[Task]:
    """The open tasks of an inquiry that is in the scope of `who`, the first due first."""
    found = _open().where(Task.inquiry_id == inquiry.id, Task.kind.in_(list(kinds)), _sees(who))
    return list(tx.scalars(found.options(joinedload(Task.office), joinedload(Task.person)).order_by(Task.due_at)))


def open_task(tx: Session, who: Actor, task_id: int) -> Task:
    """A task, also one that is done, for whoever may do it: whose it is, and whoever has the inquiry. Raises
    NotFound."""
    mine = select(Task).join(Inquiry, Inquiry.id == Task.inquiry_id).where(Task.id == task_id)
    task = tx.scalar(mine.where(or_(_is_given_to(who), _sees(who))))
    if task is None or not may_finish(who, task):
        raise NotFound(task_id)
    return task


def may_be_reminded(tx: Session, person_id: int, task: Task, at: datetime, org: Organisation | None = None) -> bool:
    """Whether this person may be told of a task: it is his, or he may know of the inquiry."""
    if may_receive(tx, person_id, task.inquiry_id, at, org):
        return True
    try:
        who = actor(tx, person_id, at, org)
    except NotFound:
        return False
    mine = select(Task.id).join(Inquiry, Inquiry.id == Task.inquiry_id).where(Task.id == task.id, _is_given_to(who))
    return tx.scalar(mine) is not None


def may_finish(who: Actor, task: Task) -> bool:
    """Whether `who` may say that it is done: his own, or of an inquiry that he owns, stands over, or leads KIS for."""
    if task.office_id in who.offices or task.person_id == who.person_id:
        return True
    return bool(relations(who, task.inquiry, task.strand) & MAY_FINISH)
