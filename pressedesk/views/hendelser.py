"""/hendelser: several inquiries of one story as one, with one answer for all who wait for it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from werkzeug import Response
from wtforms import SelectMultipleField, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from pressedesk import access, auth, clock, formats, topics
from pressedesk.access import Do, InStory, Refused
from pressedesk.auth import me, requires
from pressedesk.desk import shared_answers, stories
from pressedesk.desk.answering import Channel
from pressedesk.desk.change import Stale
from pressedesk.desk.shared_answers import Spoken
from pressedesk.events import EventKind
from pressedesk.models import Story
from pressedesk.regulation.vocabulary import MUNICIPAL, Role, Statement, in_order
from pressedesk.views import marks
from pressedesk.views.at_large import UntilForm, who_was_first
from pressedesk.views.fields import CodeField, CodesField, Form, LineField, TextField, VersionField
from pressedesk.views.marks import Mark
from pressedesk.views.ny.beside import Typed, beside
from pressedesk.views.sak.forms import CodeList, PastField
from pressedesk.views.sak.routes import Late
from pressedesk.views.shared_answer import MOST_TITLE, words_of
from pressedesk.views.words import listed
from pressedesk.workflow import OPEN

bp = Blueprint("hendelser", __name__)

EXCERPT = 240  # characters
SHORTEST_WORD = 4  # letters of a word that a title and a call may have in common
PUNCTUATION = '.,:;!?«»"()'
MOST_PROPOSED = 4
KINDS: dict[StrEnum, str] = {kind: formats.capital(kind.label) for kind in Statement}
CHANNELS: dict[StrEnum, str] = {channel: channel.label for channel in Channel}


class TitleForm(Form):
    """What a story is called."""

    title = LineField("Hva skal hendelsen hete?", needed="Skriv hva hendelsen skal hete.", most=MOST_TITLE)


class RenameForm(TitleForm):
    """Another title."""

    version = VersionField()


class ButtonForm(Form):
    """A mere button."""

    version = VersionField()


class SharedAnswerForm(UntilForm, ButtonForm):
    """One answer for all, and how long it holds."""

    text = TextField("Felles svar", needed="Skriv svaret.")
    kinds = CodesField("Hva slags svar er det?", titles=KINDS)

    def validate_kinds(self, field: CodesField) -> None:
        """Without it, nobody can see what the regulation says of the answer."""
        if not field.data:
            raise ValidationError("Velg minst ett av dem.")


class GivenForm(ButtonForm):
    """Those who have been given the answer: by whom, when and how."""

    strands = SelectMultipleField(
        "Hvem har fått svaret?",
        coerce=lambda raw: int(raw) if str(raw).isascii() and str(raw).isdigit() else 0,
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    by = LineField("Hvem svarte?", needed="Skriv hvem som svarte.")
    role = CodeList("I hvilken rolle?", codes=in_order(MUNICIPAL))
    at = PastField("Når fikk de svar?", needed="Skriv når de fikk svar, for eksempel «nå».")
    channel = CodeField("Hvordan?", titles=CHANNELS, needed="Velg hvordan de fikk svar.")

    def validate_strands(self, field: SelectMultipleField) -> None:
        """At least one."""
        if not field.data:
            raise ValidationError("Velg dem som har fått svaret.")

    def validate_at(self, field: PastField) -> None:
        """Not in the future."""
        if field.data:
            field.read(clock.now())


@dataclass(frozen=True)
class Item:
    """One strand of a story as its page shows it. `is_his`: open, and the person may record its answer."""

    strand_id: int
    reference: str
    heading: str
    excerpt: str | None
    received: str
    with_whom: str
    marks: list[Mark]
    is_open: bool
    is_his: bool


@bp.get("/hendelser")
@requires(Do.LOG)
def index() -> Response:
    """The open stories this person may know of."""
    return _index(TitleForm(formdata=None), 200)


@bp.post("/hendelser")
@requires(Do.STORY)
def make() -> Response:
    """A new story."""
    form = TitleForm()
    if not form.validate():
        return _index(form, 422)
    story_id = stories.make(me().person_id, form.title.data or "", clock.now())
    return redirect(url_for(".show", story_id=story_id), 303)


@bp.get("/hendelser/<int:story_id>")
@requires(Do.LOG)
def show(story_id: int) -> Response:
    """One story: its answer, and what of it is this person's."""
    return _page(access.visible_story(auth.reader(), me(), story_id))


@bp.post("/hendelser/<int:story_id>/navn")
@requires(Do.STORY)
def rename(story_id: int) -> Response:
    """Another title."""
    story, form = access.visible_story(auth.reader(), me(), story_id), RenameForm()
    if not form.validate():
        return _page(story, rename=form, status=422)
    try:
        stories.rename(me().person_id, story_id, form.version.data or 0, form.title.data or "", clock.now())
    except Stale:
        story = _again(story_id)
        if story.title != form.title.data:
            return _page(story, rename=_fresh(form, story), late=_late(story_id), status=409)
    return _to_story(story_id, "Hendelsen har fått nytt navn.")


@bp.post("/hendelser/<int:story_id>/avslutt")
@requires(Do.STORY)
def end(story_id: int) -> Response:
    """The story is over."""
    story, form = access.visible_story(auth.reader(), me(), story_id), ButtonForm()
    if form.validate() and story.ended_at is None:
        try:
            stories.end(me().person_id, story_id, form.version.data or 0, clock.now())
        except Stale:
            story = _again(story_id)
            if story.ended_at is None:
                return _page(story, late=_late(story_id), status=409)
    return _to_story(story_id, "Hendelsen er avsluttet. Sakene går videre hver for seg.")


@bp.post("/hendelser/<int:story_id>/svar")
@requires(Do.LOG)
def set_answer(story_id: int) -> Response:
    """The shared answer, in the place of the one before."""
    story, form = access.visible_story(auth.reader(), me(), story_id), SharedAnswerForm()
    if not form.validate():
        return _page(story, answer=form, status=422)
    text, kinds, until_at = form.text.data or "", tuple(form.kinds.data or ()), form.until_at
    version = form.version.data or 0
    try:
        shared_answers.set_answer(me().person_id, story_id, version, text, kinds, until_at, clock.now())
    except Stale:
        story = _again(story_id)
        if not (story.answer == text and story.answer_by_id == me().person_id):
            return _page(story, answer=_fresh(form, story), late=_late(story_id), status=409)
    return _to_story(story_id, "Det felles svaret er lagret.")


@bp.post("/hendelser/<int:story_id>/besvart")
@requires(Do.LOG)
def give(story_id: int) -> Response:
    """Those chosen have been given the shared answer, each with its own clock."""
    story, form = access.visible_story(auth.reader(), me(), story_id), GivenForm()
    if not form.validate():
        return _page(story, given=form, status=422)
    spoken = Spoken(form.by.data or "", form.role.data, form.at.told_at or clock.now(), Channel(form.channel.data))
    chosen, version = list(form.strands.data or ()), form.version.data or 0
    try:
        marked = shared_answers.answer_all(me().person_id, story_id, version, chosen, spoken, clock.now())
    except Refused as refused:
        form.form_errors.append(refused.reason)
        return _page(story, given=form, status=422)
    except Stale:
        story = _again(story_id)
        if any(each.is_open for each in _items(story) if each.strand_id in chosen):
            return _page(story, given=_fresh(form, story), late=_late(story_id), status=409)
        return _to_story(story_id)
    if marked.not_his:
        flash(f"Ikke dine, så de står som før: {listed(marked.not_his)}.", "warning")
    return _to_story(story_id, f"Besvart: {listed(marked.answered)}." if marked.answered else "")


@dataclass(frozen=True)
class Proposed:
    """A story that a call may belong to."""

    story_id: int
    title: str
    is_chosen: bool


@beside("hendelse")
def proposed(typed: Typed) -> list[Proposed]:
    """The open stories whose title the words speak for, or that have an inquiry about the same unit; and the chosen.

    Only the title is looked at: what others have asked shows nowhere."""
    open_ones = list(typed.tx.scalars(access.visible_stories(typed.who).where(Story.ended_at.is_(None))))
    spoken_for = {story.id for story in open_ones if _is_about(typed.form.question.data or "", story.title)}
    chosen, unit_id = typed.form.story.data, typed.form.unit.data
    same_unit = access.stories_of_unit(typed.tx, typed.who, unit_id) if open_ones and unit_id else set()
    wanted = [story for story in open_ones if story.id in spoken_for | same_unit | {chosen}]
    wanted.sort(key=lambda story: (story.id != chosen, story.id not in spoken_for, -story.id))
    return [Proposed(story.id, story.title, story.id == chosen) for story in wanted[:MOST_PROPOSED]]


def _is_about(question: str, title: str) -> bool:
    """Whether the two have a word in common, in any inflection, or as a part of a compound of either."""

    def has_words_of(text: str, other: str) -> bool:
        words = (word.strip(PUNCTUATION) for word in other.split())
        return bool(topics.propose(text, [topics.Topic(0, word) for word in words if len(word) >= SHORTEST_WORD]))

    return has_words_of(question, title) or has_words_of(title, question)


# What the pages show


def _index(form: TitleForm, status: int) -> Response:
    tx, who, now = auth.reader(), me(), clock.now()
    found = tx.scalars(access.visible_stories(who).where(Story.ended_at.is_(None)).order_by(Story.id.desc()))
    lines = [(story, formats.when(story.made_at, now), access.strands_of_story(tx, who, story.id)) for story in found]
    page = render_template(
        "hendelser/hendelser.html",
        form=form,
        lines=[(story, made, sum(each.strand.state in OPEN for each in shown)) for story, made, shown in lines],
        may_make=access.may(who, Do.STORY),
    )
    return make_response(page, status)


def _page(
    story: Story,
    *,
    rename: RenameForm | None = None,
    answer: SharedAnswerForm | None = None,
    given: GivenForm | None = None,
    late: Late | None = None,
    status: int = 200,
) -> Response:
    tx, who, now = auth.reader(), me(), clock.now()
    old: dict[str, Any] = {"version": story.version}
    answer_words, items = words_of(access.shared_answer(tx, who, story, now), now), _items(story)
    page = render_template(
        "hendelser/hendelse.html",
        story=story,
        made=f"Laget av {story.made_by.name}, {formats.when(story.made_at, now)}",
        items=items,
        his=[each for each in items if each.is_his],
        answer=answer_words,
        is_open=story.ended_at is None,
        may_change=access.may(who, Do.STORY) and story.ended_at is None,
        may_answer=access.may_set_answer(tx, who, story.id) and story.ended_at is None,
        answer_form=answer or SharedAnswerForm(formdata=None, data=old),
        answer_is_open=answer is not None or answer_words is None,
        given_form=given or _given(story),
        chosen=given.strands.data or [] if given else [each.strand_id for each in items if each.is_his],
        rename_form=rename or RenameForm(formdata=None, data={**old, "title": story.title}),
        rename_is_open=rename is not None,
        button=ButtonForm(formdata=None, data=old),
        late=late,
        faulty=answer or given or rename,
    )
    return make_response(page, status)


def _given(story: Story) -> GivenForm:
    """As the person who looks at it would speak; for whoever speaks in no role, as the owner of the answer would."""
    speaks = [role for role in in_order(MUNICIPAL) if role in me().roles]
    role = Role.VIRKSOMHETSLEDER_KIS if me().is_kis_leader else next(iter(speaks), Role.VIRKSOMHETSLEDER)
    by = me().name if speaks or story.answer_by is None else story.answer_by.name
    data = {"version": story.version, "by": by, "role": role, "at": "nå", "channel": Channel.PHONE}
    return GivenForm(formdata=None, data=data)


def _items(story: Story) -> list[Item]:
    return [_item(each, clock.now()) for each in access.strands_of_story(auth.reader(), me(), story.id)]


def _item(each: InStory, now: datetime) -> Item:
    strand = each.strand
    inquiry, person = strand.inquiry, strand.taken_by or strand.acting
    office = strand.owner_office.title if strand.owner_office else ""
    state = marks.state(strand.state, strand.taken_by.name if strand.taken_by else None, strand.ending)
    is_open = strand.state in OPEN
    return Item(
        strand_id=strand.id,
        reference=inquiry.reference,
        heading=marks.heading(inquiry.outlet.name if inquiry.outlet else None, inquiry.caller_name),
        excerpt=formats.excerpt(each.question, EXCERPT) if each.question is not None else None,
        received=formats.when(inquiry.received_at, now),
        with_whom=", ".join(filter(None, [office, person.name if person else ""])),
        marks=[mark for mark in (state, marks.due(strand, now)) if mark],
        is_open=is_open,
        is_his=is_open and each.may_answer,
    )


def _again(story_id: int) -> Story:
    return access.visible_story(auth.read_again(), me(), story_id)


def _late(story_id: int) -> Late:
    return who_was_first(EventKind.STORY_CHANGED, "story", story_id)


F = TypeVar("F", RenameForm, SharedAnswerForm, GivenForm)


def _fresh(form: F, story: Story) -> F:
    """A form that can be sent again from what stands now; what was typed stays."""
    form.version.data, form.version.raw_data = story.version, None
    return form


def _to_story(story_id: int, message: str = "") -> Response:
    if message:
        flash(message)
    return redirect(url_for(".show", story_id=story_id), 303)
