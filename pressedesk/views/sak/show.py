"""The page of one inquiry; for the switchboard the shell of a restricted one, and for nobody else a trace of it."""

from flask import make_response, render_template
from werkzeug import Response

from pressedesk import access, auth, clock
from pressedesk.access import Do, NotFound
from pressedesk.auth import me, requires
from pressedesk.desk.openings import is_noted, note_opening
from pressedesk.views.sak.buttons import PersonForm
from pressedesk.views.sak.note import NoteForm
from pressedesk.views.sak.page import build, last_seen
from pressedesk.views.sak.routes import bp


@bp.get("/sak/<reference>")
@requires(Do.SEE)
def show(reference: str) -> Response:
    """The inquiry as this person may see it. Opening a restricted one is written down."""
    now, who = clock.now(), me()
    try:
        case = access.open_case(auth.reader(), who, reference)
    except NotFound:
        return _shell(reference)
    if is_noted(access.relations(who, case.inquiry), case.inquiry) and note_opening(who.person_id, reference, now):
        case = access.open_case(auth.read_again(), me(), reference)
    page = build(auth.reader(), me(), case, now)
    hidden = {"version": case.inquiry.version, "seen": last_seen(case)}
    return make_response(
        render_template(
            "sak/sak.html",
            page=page,
            inquiry=case.inquiry,
            person_form=PersonForm(formdata=None, data=hidden),
            note_form=NoteForm(formdata=None, data=hidden),
        )
    )


def _shell(reference: str) -> Response:
    """What the switchboard needs to ring somebody. Raises NotFound for everybody else."""
    shells = access.shells(auth.reader(), me(), reference)
    if not shells:
        raise NotFound(reference)
    return make_response(render_template("sak/skall.html", reference=reference, shells=shells))
