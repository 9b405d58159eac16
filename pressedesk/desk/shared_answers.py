"""The shared answer of a story: who wrote it and how long it holds, and one act that gives it to all who waited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pressedesk import access, db
from pressedesk.access import InStory, NotFound, Refused
from pressedesk.desk.answering import Channel, Said, put_answer
from pressedesk.desk.change import AtLarge, change_at_large
from pressedesk.desk.routing import decide_if_outdated
from pressedesk.desk.stories import story_of
from pressedesk.events import EventKind
from pressedesk.models import Story
from pressedesk.regulation.vocabulary import Role, Statement
from pressedesk.workflow import OPEN


@dataclass(frozen=True)
class Spoken:
    """Who gave the shared answer, in which role, when and how."""

    by: str
    role: Role
    at: datetime
    channel: Channel


@dataclass(frozen=True)
class Marked:
    """What came of marking strands answered: references. `not_his`: chosen, but another's to record."""

    answered: tuple[str, ...]
    not_his: tuple[str, ...]


def set_answer(
    person_id: int,
    story_id: int,
    seen: int,
    text: str,
    kinds: Sequence[Statement],
    until_at: datetime,
    now: datetime,
) -> None:
    """The shared answer from now until `until_at`, in the place of the one before; it is this person's.

    By the rådmann, the leader of KIS, or whoever may answer a strand of the story. Raises NotFound, Refused, Stale."""
    with change_at_large(person_id, now) as change:
        story = story_of(change, story_id, seen)
        if not access.may_set_answer(change.tx, change.who, story_id):
            raise Refused(
                "Det felles svaret skrives av rådmannen, lederen for KIS eller den som svarer for en av sakene."
            )
        if until_at <= now:
            raise Refused("Velg et tidspunkt som ikke har vært.")
        story.answer, story.answer_kinds = text, [kind.value for kind in kinds]
        story.answer_by_id, story.answer_at, story.answer_until_at = person_id, now, until_at
        change.record(EventKind.STORY_CHANGED, story=story.id, what="answer", until_at=until_at.isoformat())


def answer_all(
    person_id: int, story_id: int, seen: int, strand_ids: Sequence[int], spoken: Spoken, now: datetime
) -> Marked:
    """The chosen open strands have been given the shared answer, each with its own clock, in one transaction.

    What touched a ban stands with each. What has been answered meanwhile is left alone; what is another's to record
    is told apart. Raises NotFound (also for a strand that is not shown to him), Refused, Stale."""
    for reference in _references(person_id, story_id, strand_ids, now):
        decide_if_outdated(person_id, reference, now)
    with change_at_large(person_id, now) as change:
        story = story_of(change, story_id, seen)
        chosen = _chosen(change, story_id, strand_ids)
        said = _said(story, spoken)
        his = [each for each in chosen if each.may_answer]
        early = [each.strand.inquiry.reference for each in his if each.strand.received_at > spoken.at]
        if early:
            raise Refused(f"Det er før henvendelsen kom: {', '.join(early)}.")
        done = [_put(change, each, said) for each in his if each.strand.state in OPEN]
        if done:
            change.record(EventKind.STORY_CHANGED, story=story.id, what="answered", strands=[*strand_ids])
        not_his = dict.fromkeys(each.strand.inquiry.reference for each in chosen if not each.may_answer)
        return Marked(tuple(dict.fromkeys(done)), tuple(not_his))


def _references(person_id: int, story_id: int, strand_ids: Sequence[int], now: datetime) -> list[str]:
    """The inquiries of the chosen strands, as the person sees them. Raises NotFound."""
    with db.reading() as tx:
        who = access.actor(tx, person_id, now)
        access.visible_story(tx, who, story_id)
        shown = access.strands_of_story(tx, who, story_id)
        return [each.strand.inquiry.reference for each in shown if each.strand.id in strand_ids and each.may_answer]


def _chosen(change: AtLarge, story_id: int, strand_ids: Sequence[int]) -> list[InStory]:
    wanted = set(strand_ids)
    chosen = [each for each in access.strands_of_story(change.tx, change.who, story_id) if each.strand.id in wanted]
    if len(chosen) != len(wanted):
        raise NotFound(story_id)
    return chosen


def _said(story: Story, spoken: Spoken) -> Said:
    """The shared answer as one strand records it. Raises Refused where it did not hold when it was given."""
    if story.answer is None or story.answer_until_at is None:
        raise Refused("Det er ikke skrevet noe felles svar.")
    if spoken.at > story.answer_until_at:
        raise Refused("Det felles svaret var gått ut da. Skriv i hver sak hva journalisten fikk vite.")
    kinds = tuple(kind for kind in Statement if kind in story.answer_kinds)
    return Said(story.answer, kinds, spoken.role, spoken.by, spoken.at, spoken.channel)


def _put(change: AtLarge, each: InStory, said: Said) -> str:
    """The answer to one strand, with its own event and clock. The reference of its inquiry."""
    edit = change.edit(each.strand.inquiry)
    put_answer(edit, each.strand, said)
    return edit.inquiry.reference
