"""What is done to an inquiry with one press: take it, put it back, say if a person is concerned, restrict, lift."""

from enum import StrEnum

from flask import flash, redirect, url_for
from werkzeug import Response

from pressedesk import access, auth, clock
from pressedesk.access import Do, NotFound, Refused
from pressedesk.auth import me, requires
from pressedesk.desk import handling
from pressedesk.desk.change import NotNow, Stale
from pressedesk.desk.handling import Concerns
from pressedesk.events import EventKind
from pressedesk.views.fields import CodeField
from pressedesk.views.sak.forms import SeenForm
from pressedesk.views.sak.routes import bp, press_again, second_press, to_case

CONCERNS: dict[StrEnum, str] = {
    Concerns.NOBODY: "Nei",
    Concerns.EMPLOYEE: "En ansatt",
    Concerns.CLIENT: "En bruker, elev eller pasient",
}


class PersonForm(SeenForm):
    """The one tap."""

    concerns = CodeField("Gjelder dette en enkeltperson?", titles=CONCERNS, needed="Velg ett av svarene.")


@bp.post("/sak/<reference>/<int:strand_id>/ta")
@requires(Do.TAKE)
def take(reference: str, strand_id: int) -> Response:
    """«Jeg tar den», or from above on the line «Ta over»."""
    form = SeenForm()
    if not form.validate():
        return press_again(reference)
    try:
        handling.take(me().person_id, reference, strand_id, form.made_from, clock.now())
    except (Stale, NotNow, Refused) as error:
        return second_press(reference, form, error, {EventKind.TAKEN, EventKind.TAKEN_OVER}, strand_id)
    return to_case(reference, "Saken er din. De andre ser at du har den.")


@bp.post("/sak/<reference>/<int:strand_id>/legg-tilbake")
@requires(Do.GIVE_BACK)
def give_back(reference: str, strand_id: int) -> Response:
    """Undo having taken it."""
    form = SeenForm()
    if not form.validate():
        return press_again(reference)
    try:
        handling.give_back(me().person_id, reference, strand_id, form.made_from, clock.now())
    except (Stale, NotNow, Refused) as error:
        return second_press(reference, form, error, {EventKind.GIVEN_BACK}, strand_id)
    return to_case(reference, "Saken er lagt tilbake. Den står som ikke tatt.")


@bp.post("/sak/<reference>/person")
@requires(Do.SAY_PERSON)
def say_person(reference: str) -> Response:
    """The one tap: whether a person is concerned."""
    form = PersonForm()
    if not form.validate():
        return press_again(reference)
    concerns = Concerns(form.concerns.data)
    try:
        handling.say_person(me().person_id, reference, form.made_from, concerns, clock.now())
    except (Stale, NotNow, Refused) as error:
        return second_press(reference, form, error, {EventKind.PERSON_SAID})
    if concerns is Concerns.NOBODY:
        return to_case(reference, "Avklart: Saken gjelder ingen enkeltperson.")
    return to_case(reference, "Avklart: Saken er begrenset, og regelsvaret er nytt.")


@bp.post("/sak/<reference>/begrens")
@requires(Do.RESTRICT)
def restrict(reference: str) -> Response:
    """«Gjør begrenset». Whoever may not see it any longer goes to his inbox."""
    form = SeenForm()
    if not form.validate():
        return press_again(reference)
    try:
        handling.restrict(me().person_id, reference, form.made_from, clock.now())
    except (Stale, NotNow, Refused) as error:
        return second_press(reference, form, error, {EventKind.RESTRICTED})
    return _after_restricting(reference)


@bp.post("/sak/<reference>/opphev")
@requires(Do.LIFT)
def lift(reference: str) -> Response:
    """The first of two proposes to lift the restriction, the second lifts it."""
    form = SeenForm()
    if not form.validate():
        return press_again(reference)
    try:
        is_lifted = handling.lift(me().person_id, reference, form.made_from, clock.now())
    except (Stale, NotNow, Refused) as error:
        return second_press(reference, form, error, {EventKind.LIFT_PROPOSED, EventKind.LIFTED})
    if is_lifted:
        return to_case(reference, "Begrensningen er opphevet.")
    return to_case(reference, "Forslaget er notert. En annen som kan, må også oppheve begrensningen.")


def _after_restricting(reference: str) -> Response:
    """To the inquiry, or to the inbox for somebody for whom it no longer exists."""
    message = "Saken er begrenset fra nå av."
    try:
        access.visible_inquiry(auth.read_again(), me(), reference)
    except NotFound:
        flash(f"{message} Du har ikke lenger tilgang til den.")
        return redirect(url_for("innboks.show"), 303)
    return to_case(reference, message)
