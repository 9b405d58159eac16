"""Hendelse: several inquiries of one story as one. What belongs to it, and who has heard of it already.

The title is neutral and is read by whoever has one of them. What is for few eyes never stands in a story. The shared
answer is in shared_answers.py.
"""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm.attributes import flag_modified

from pressedesk import access
from pressedesk.access import Do, NotFound, Refused
from pressedesk.clocks import Step
from pressedesk.desk.change import AtLarge, Edit, Stale, change_at_large, change_inquiry
from pressedesk.events import EventKind
from pressedesk.models import DeliveryState, Inquiry, Message, MessageKind, Reminder, Restriction, Story
from pressedesk.workhours import local_day

NOT_HIS = "Hendelser lages og endres av rådmannen og KIS."
LEFT = (DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNKNOWN)


def make(person_id: int, title: str, now: datetime) -> int:
    """A new story; the same title as an open one gives that one. Its id. Raises Refused."""
    with change_at_large(person_id, now) as change:
        _demand(change)
        same = select(Story).where(Story.title == title, Story.ended_at.is_(None))
        story = change.tx.scalar(same)
        if story is None:
            story = Story(title=title, made_by_id=person_id, made_at=now)
            change.tx.add(story)
            change.tx.flush()
            change.record(EventKind.STORY_CHANGED, story=story.id, what="made")
        return story.id


def rename(person_id: int, story_id: int, seen: int, title: str, now: datetime) -> None:
    """Another title. Raises NotFound, Refused, Stale."""
    with change_at_large(person_id, now) as change:
        _demand(change)
        story = story_of(change, story_id, seen)
        story.title = title
        change.record(EventKind.STORY_CHANGED, story=story.id, what="renamed")


def end(person_id: int, story_id: int, seen: int, now: datetime) -> None:
    """The story is over: no call is added to it, and its answer can no longer be used. Raises NotFound, Refused, Stale.

    Its inquiries go on as they are."""
    with change_at_large(person_id, now) as change:
        _demand(change)
        story = story_of(change, story_id, seen)
        story.ended_at = now
        change.record(EventKind.STORY_CHANGED, story=story.id, what="ended")


def put(person_id: int, story_id: int, reference: str, seen: int, now: datetime) -> None:
    """An inquiry belongs to a story from now on; `seen` is the version of the inquiry.

    Raises NotFound, Refused (not his to do, a restricted inquiry, or a story that is over), Stale."""
    with change_inquiry(person_id, reference, seen, now, Do.SEE) as edit:
        if not access.may(edit.who, Do.STORY):
            raise Refused(NOT_HIS)
        if edit.inquiry.restriction is not Restriction.NONE:
            raise Refused("En begrenset sak kan ikke stå i en hendelse. Den ville blitt synlig for flere.")
        story = edit.tx.scalar(select(Story).where(Story.id == story_id))
        if story is None:
            raise NotFound(story_id)
        if story.ended_at is not None:
            raise Refused("Hendelsen er avsluttet. Velg en som er åpen.")
        edit.inquiry.story_id = story.id
        edit.record(EventKind.PUT_IN_STORY, story=story.id)


def take_out(person_id: int, reference: str, seen: int, now: datetime) -> None:
    """An inquiry no longer belongs to its story. Raises NotFound (also where it has none), Refused, Stale."""
    with change_inquiry(person_id, reference, seen, now, Do.SEE) as edit:
        if not access.may(edit.who, Do.STORY):
            raise Refused(NOT_HIS)
        if edit.inquiry.story_id is None:
            raise NotFound(reference)
        _leave(edit)


def enter(edit: Edit, story_id: int | None) -> None:
    """A call was logged as part of a story. Nothing happens where the story is over by now, or not his to know of."""
    known = access.visible_stories(edit.who)
    story = edit.tx.scalar(known.where(Story.id == story_id, Story.ended_at.is_(None)))
    if story is not None:
        edit.inquiry.story_id = story.id
        edit.record(EventKind.PUT_IN_STORY, story=story.id)


def keep_for_few(edit: Edit) -> None:
    """What has become restricted leaves its story, and takes along what was joined into it: in the same moment."""
    if edit.inquiry.restriction is Restriction.NONE:
        return
    if edit.inquiry.story_id is not None:
        _leave(edit)
    joined = access.unscoped_inquiries().where(
        Inquiry.joined_into_id == edit.inquiry.id, Inquiry.restriction == Restriction.NONE
    )
    for inquiry in edit.tx.scalars(joined).all():
        other = edit.beside(inquiry)
        inquiry.restriction = edit.inquiry.restriction
        other.record(EventKind.RESTRICTED, old=Restriction.NONE.value, new=inquiry.restriction.value)
        keep_for_few(other)


def is_told(edit: Edit, person_id: int) -> bool:
    """Whether word of another inquiry of the same story has left to this person today: then he gets no second.

    What still stands in the queue does not count: it may yet be superseded, and else leaves in one mail with this.
    Later steps of the ladder are not held back; they leave in one mail a quarter of an hour, as everything does."""
    story_id = edit.inquiry.story_id
    if story_id is None:
        return False
    of_story = access.unscoped_inquiries().where(Inquiry.story_id == story_id).with_only_columns(Inquiry.id)
    told = (
        select(Message.created_at)
        .outerjoin(Reminder, Reminder.id == Message.reminder_id)
        .where(
            Message.person_id == person_id,
            Message.inquiry_id.in_(of_story),
            Message.kind == MessageKind.REMINDER,
            or_(Message.reminder_id.is_(None), Reminder.step == Step.TOLD),
            Message.state.in_(LEFT),
        )
        .order_by(Message.id.desc())
        .limit(1)
    )
    last_at = edit.tx.scalar(told)
    return last_at is not None and local_day(last_at) == local_day(edit.now)


def story_of(change: AtLarge, story_id: int, seen: int) -> Story:
    """A story in this person's scope that is open, for a change: its version moves. Raises NotFound, Stale, Refused."""
    story = access.visible_story(change.tx, change.who, story_id)
    if story.version != seen:
        raise Stale
    if story.ended_at is not None:
        raise Refused("Hendelsen er avsluttet.")
    flag_modified(story, "title")
    return story


def _demand(change: AtLarge) -> None:
    if not access.may(change.who, Do.STORY):
        raise Refused(NOT_HIS)


def _leave(edit: Edit) -> None:
    left, edit.inquiry.story_id = edit.inquiry.story_id, None
    edit.record(EventKind.TAKEN_OUT_OF_STORY, story=left)
