"""While crisis leadership is established: whether an inquiry is with it, and giving one back to the line."""

from dataclasses import dataclass

from flask import flash, redirect, url_for
from werkzeug import Response

from pressedesk import access, auth, clock
from pressedesk.access import Do, NotFound, Refused, may_do
from pressedesk.auth import me, requires
from pressedesk.desk import crisis
from pressedesk.desk.change import NotNow, Stale
from pressedesk.events import EventKind
from pressedesk.views.sak.forms import SeenForm, seen_form
from pressedesk.views.sak.page import last_seen
from pressedesk.views.sak.panels import Look, case_panel
from pressedesk.views.sak.routes import bp, press_again, second_press, to_case

WITH_IT = "Kriseledelsen svarer på denne så lenge den er etablert."
RELEASED = "Kriseledelsen har gitt saken tilbake til linja. Den besvares på vanlig måte."


@dataclass(frozen=True)
class InCrisis:
    """How an inquiry stands to crisis leadership. `release`: the button of whoever may give it back."""

    text: str
    release: SeenForm | None


@case_panel("krise")
def panel(look: Look) -> InCrisis | None:
    """Nothing outside a crisis."""
    inquiry, facts = look.case.inquiry, look.case.decision.facts
    if crisis.is_with_crisis_leadership(inquiry):
        may = may_do(look.who, Do.RELEASE, inquiry)
        return InCrisis(WITH_IT, seen_form(inquiry.version, last_seen(look.case)) if may else None)
    return InCrisis(RELEASED, None) if facts.get("crisis") and facts.get("crisis_released") else None


@bp.post("/sak/<reference>/frigi")
@requires(Do.RELEASE)
def release(reference: str) -> Response:
    """Give it back to the line. Whoever may not see it any longer goes to his inbox."""
    form = SeenForm()
    if not form.validate():
        return press_again(reference)
    try:
        crisis.release(me().person_id, reference, form.made_from, clock.now())
    except (Stale, NotNow, Refused) as error:
        return second_press(reference, form, error, {EventKind.RELEASED})
    message = "Saken er gitt tilbake til linja."
    try:
        access.visible_inquiry(auth.read_again(), me(), reference)
    except NotFound:
        flash(message)
        return redirect(url_for("innboks.show"), 303)
    return to_case(reference, message)
