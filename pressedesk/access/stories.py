"""What somebody may see of a story, and of inquiries that were joined or split.

KIS, the rådmann and the switchboard see every inquiry of a story that is in their scope. Whoever else has one of them
sees those he owns or stands above, and neither what another journalist asked nor how many did."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, or_, select, true
from sqlalchemy.orm import Session, joinedload

from pressedesk.access.actors import Actor, NotFound
from pressedesk.access.permissions import Do, Relation, may, may_do, relations
from pressedesk.access.scopes import may_know_of, not_about, owned_by, question_for, visible_inquiries
from pressedesk.models import Duty, Inquiry, Restriction, Story, Strand
from pressedesk.regulation.vocabulary import Clock
from pressedesk.workflow import OPEN


def sees_whole_stories(who: Actor) -> bool:
    """Whether every inquiry of a story that is in his scope is shown to him on the page of the story."""
    return may(who, Do.STORY) or Duty.SWITCHBOARD in who.duties


def _is_own(who: Actor) -> ColumnElement[bool]:
    """Owned by his offices or the line below, sent to him, or taken by him. To be asked first is not to own."""
    with_him = or_(Strand.acting_id == who.person_id, Strand.taken_by_id == who.person_id)
    return or_(
        owned_by(who.offices | who.line), exists().where(Strand.inquiry_id == Inquiry.id, with_him).correlate(Inquiry)
    )


def _in_stories(who: Actor) -> ColumnElement[bool]:
    shown = true() if sees_whole_stories(who) else _is_own(who)
    return may_know_of(who) & shown


def visible_stories(who: Actor) -> Select[Story]:
    """The stories `who` may know of: all for those who see them whole, else those he has something of."""
    if sees_whole_stories(who):
        return select(Story)
    has_one = select(Inquiry.story_id).where(Inquiry.story_id.is_not(None), _in_stories(who))
    return select(Story).where(Story.id.in_(has_one))


def visible_story(tx: Session, who: Actor, story_id: int) -> Story:
    """One story. Raises NotFound."""
    wanted = visible_stories(who).where(Story.id == story_id)
    story = tx.scalar(wanted.options(joinedload(Story.made_by), joinedload(Story.answer_by)))
    if story is None:
        raise NotFound(story_id)
    return story


@dataclass(frozen=True)
class InStory:
    """One strand of a story as somebody is shown it. `question` is None where the text is held."""

    strand: Strand
    question: str | None
    may_answer: bool


def strands_of_story(tx: Session, who: Actor, story_id: int) -> list[InStory]:
    """What `who` is shown of a story, newest inquiry first."""
    found = (
        select(Strand, question_for(who))
        .join(Strand.inquiry)
        .where(_in_stories(who), Inquiry.story_id == story_id, Inquiry.joined_into_id.is_(None))
        .order_by(Inquiry.received_at.desc(), Strand.position)
        .options(
            joinedload(Strand.inquiry).joinedload(Inquiry.outlet),
            joinedload(Strand.owner_office),
            joinedload(Strand.acting),
            joinedload(Strand.taken_by),
        )
    )
    return [InStory(strand, question, _may_answer(who, strand)) for strand, question in tx.execute(found)]


def _may_answer(who: Actor, strand: Strand) -> bool:
    """A request for documents is decided, one by one."""
    if strand.clock is Clock.INNSYN:
        return False
    return any(may_do(who, do, strand.inquiry, strand) for do in (Do.ANSWER, Do.REGISTER_ANSWER))


def stories_of_unit(tx: Session, who: Actor, unit_id: int) -> set[int]:
    """The stories that have an inquiry about this unit which `who` is shown there."""
    of_unit = select(Inquiry.story_id).where(_in_stories(who), Inquiry.unit_id == unit_id)
    return {story_id for story_id in tx.scalars(of_unit) if story_id is not None}


def may_set_answer(tx: Session, who: Actor, story_id: int) -> bool:
    """Whether `who` may write the shared answer: rådmann, leader of KIS, and whoever may answer one of the strands."""
    return who.sees_restricted or any(
        may_do(who, Do.ANSWER, each.strand.inquiry, each.strand) for each in strands_of_story(tx, who, story_id)
    )


@dataclass(frozen=True)
class SharedAnswer:
    """The shared answer as somebody reads it. `text` is None once it has run out, or the story is over."""

    text: str | None
    kinds: tuple[str, ...]
    by: str
    at: datetime
    until_at: datetime


def shared_answer(tx: Session, who: Actor, story: Story, now: datetime) -> SharedAnswer | None:
    """The answer, for those who may use it: KIS, the rådmann, and whoever may answer a strand of the story."""
    if story.answer is None or story.answer_at is None or story.answer_until_at is None or story.answer_by is None:
        return None
    if not may(who, Do.STORY) and not may_set_answer(tx, who, story.id):
        return None
    holds = now < story.answer_until_at and story.ended_at is None
    text = story.answer if holds else None
    return SharedAnswer(text, tuple(story.answer_kinds), story.answer_by.name, story.answer_at, story.answer_until_at)


# --- Joined and split -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Beside:
    """An inquiry that was joined with another or split from it. `question` is None where the text is held."""

    inquiry: Inquiry
    question: str | None


def joinable(tx: Session, who: Actor, inquiry: Inquiry) -> list[Beside]:
    """Open inquiries of the same journalist that could be joined with this one, oldest first."""
    is_open = exists().where(Strand.inquiry_id == Inquiry.id, Strand.state.in_(OPEN)).correlate(Inquiry)
    is_ordinary = Inquiry.restriction == Restriction.NONE
    same_eyes = is_ordinary if inquiry.restriction is Restriction.NONE else ~is_ordinary
    found = (
        visible_inquiries(who)
        .with_only_columns(Inquiry, question_for(who))
        .where(Inquiry.id != inquiry.id, Inquiry.joined_into_id.is_(None), is_open, same_eyes)
        .where(Inquiry.journalist_id.is_not(None), Inquiry.journalist_id == inquiry.journalist_id)
        .order_by(Inquiry.received_at, Inquiry.id)
        .options(joinedload(Inquiry.outlet))
    )
    rows = [Beside(each, question) for each, question in tx.execute(found)]
    return [each for each in rows if may_do(who, Do.JOIN, each.inquiry)]


def joined_into(tx: Session, who: Actor, older: Inquiry) -> list[Beside]:
    """What was joined into an inquiry that `who` sees. Whoever answers for that one reads what was asked here too."""
    answers_for_it = bool(relations(who, older) & {Relation.OWNER, Relation.LINE, Relation.KIS_LEADER})
    scope = true() if answers_for_it else may_know_of(who)
    text = Inquiry.question if answers_for_it else question_for(who)
    found = select(Inquiry, text).where(not_about(who), scope, Inquiry.joined_into_id == older.id)
    rows = tx.execute(found.order_by(Inquiry.received_at, Inquiry.id).options(joinedload(Inquiry.outlet)))
    return [Beside(inquiry, question) for inquiry, question in rows]


def related(tx: Session, who: Actor, inquiry: Inquiry) -> tuple[str | None, str | None, list[str]]:
    """References in scope: what this was joined into, what it was split from, and what was split from it."""

    def reference(wanted: ColumnElement[bool]) -> list[str]:
        found = visible_inquiries(who).where(wanted).with_only_columns(Inquiry.reference)
        return list(tx.scalars(found.order_by(Inquiry.id)))

    into = reference(Inquiry.id == inquiry.joined_into_id) if inquiry.joined_into_id else []
    origin = reference(Inquiry.id == inquiry.split_from_id) if inquiry.split_from_id else []
    return next(iter(into), None), next(iter(origin), None), reference(Inquiry.split_from_id == inquiry.id)
