"""The story an inquiry belongs to, on the page of the inquiry: put it in, take it out, and the shared answer."""

from dataclasses import dataclass

from flask import flash, redirect, url_for
from werkzeug import Response
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from pressedesk import access, auth, clock
from pressedesk.access import Do, NotFound, Refused
from pressedesk.auth import me, requires
from pressedesk.desk import stories
from pressedesk.desk.change import Stale
from pressedesk.events import EventKind
from pressedesk.models import Restriction, Story
from pressedesk.views.fields import LineField
from pressedesk.views.sak.forms import SeenForm, seen_form
from pressedesk.views.sak.page import last_seen
from pressedesk.views.sak.panels import Look, case_panel
from pressedesk.views.sak.routes import bp, press_again, second_press, to_case
from pressedesk.views.shared_answer import MOST_TITLE, AnswerWords, words_of


class PutForm(SeenForm):
    """One of the open stories, or a new one."""

    story = SelectField("Hendelse", coerce=lambda raw: int(raw) if str(raw).isdigit() else None)
    title = LineField("Eller lag en ny", most=MOST_TITLE)


@dataclass(frozen=True)
class StoryPanel:
    """The story of an inquiry, or the form that puts it into one. `leave`: a button, for whoever may take it out."""

    reference: str
    story: Story | None
    answer: AnswerWords | None
    put: PutForm | None
    leave: SeenForm | None


@case_panel("hendelse")
def panel(look: Look) -> StoryPanel | None:
    """For those who may know of the story; the form for those who make stories, where the inquiry is for all eyes."""
    inquiry, may_change = look.case.inquiry, access.may(look.who, Do.STORY)
    if inquiry.story_id is not None:
        try:
            story = access.visible_story(look.tx, look.who, inquiry.story_id)
        except NotFound:
            return None
        answer = words_of(access.shared_answer(look.tx, look.who, story, look.now), look.now)
        leave = seen_form(inquiry.version, last_seen(look.case)) if may_change else None
        return StoryPanel(inquiry.reference, story, answer, None, leave)
    if not may_change or inquiry.restriction is not Restriction.NONE:
        return None
    form = PutForm(formdata=None, data={"version": inquiry.version, "seen": last_seen(look.case)})
    form.story.choices = _open_stories()
    return StoryPanel(inquiry.reference, None, None, form, None)


@bp.post("/sak/<reference>/hendelse")
@requires(Do.SEE)
def put_in_story(reference: str) -> Response:
    """The inquiry belongs to a story from now on: one that is open, or a new one."""
    form = PutForm()
    form.story.choices = _open_stories()
    _demand(reference)
    if not form.validate() or not (form.story.data or form.title.data):
        if not form.carried:
            flash(next(iter(form.title.errors), "Velg en hendelse, eller skriv hva en ny skal hete."), "warning")
            return redirect(url_for("sak.show", reference=reference), 303)
        return press_again(reference)
    who, now = me().person_id, clock.now()
    try:
        story_id = form.story.data or stories.make(who, form.title.data or "", now)
        stories.put(who, story_id, reference, form.made_from, now)
    except Stale as error:
        return second_press(reference, form, error, {EventKind.PUT_IN_STORY})
    return to_case(reference, "Saken er lagt til hendelsen.")


@bp.post("/sak/<reference>/hendelse/ut")
@requires(Do.SEE)
def take_out_of_story(reference: str) -> Response:
    """The inquiry no longer belongs to its story."""
    form = SeenForm()
    _demand(reference)
    if not form.validate():
        return press_again(reference)
    try:
        stories.take_out(me().person_id, reference, form.made_from, clock.now())
    except (Stale, NotFound) as error:
        late = error if isinstance(error, Stale) else Stale()
        return second_press(reference, form, late, {EventKind.TAKEN_OUT_OF_STORY})
    return to_case(reference, "Saken er tatt ut av hendelsen.")


def _demand(reference: str) -> None:
    """Raises NotFound, and Refused for those who make no stories."""
    access.visible_inquiry(auth.reader(), me(), reference)
    if not access.may(me(), Do.STORY):
        raise Refused(stories.NOT_HIS)


def _open_stories() -> list[SelectChoice]:
    found = auth.reader().scalars(
        access.visible_stories(me()).where(Story.ended_at.is_(None)).order_by(Story.id.desc())
    )
    return [SelectChoice("", "Velg"), *(SelectChoice(str(story.id), story.title) for story in found)]
