"""A note: a line that everybody with the inquiry reads. It is never an answer."""

from flask import make_response, render_template
from werkzeug import Response

from pressedesk import access, auth, clock
from pressedesk.access import Case, Do
from pressedesk.auth import me, requires
from pressedesk.desk import handling
from pressedesk.desk.change import Stale
from pressedesk.events import EventKind
from pressedesk.views.fields import TextField
from pressedesk.views.sak.forms import SeenForm
from pressedesk.views.sak.routes import Late, bp, bring_up_to_date, is_done, late, to_case

MOST_NOTE = 2000


class NoteForm(SeenForm):
    """One text."""

    text = TextField("Notat", needed="Skriv notatet.", most=MOST_NOTE)


@bp.post("/sak/<reference>/notat")
@requires(Do.NOTE)
def add_note(reference: str) -> Response:
    """Add it; with a fault, or when another was first, the form comes back with the text."""
    form = NoteForm()
    if not form.validate():
        case = access.open_case(auth.reader(), me(), reference)
        return _page(case, form, None, 422)
    try:
        handling.note(me().person_id, reference, form.made_from, form.text.data or "", clock.now())
    except Stale as error:
        case = access.open_case(auth.read_again(), me(), reference)
        if is_done(case, form.last_seen, {EventKind.NOTED}) and form.text.data in case.notes.values():
            return to_case(reference)
        told = late(case, form.last_seen, error)
        bring_up_to_date(form, case)
        return _page(case, form, told, 409)
    return to_case(reference, "Notatet er lagt til.")


def _page(case: Case, form: NoteForm, told: Late | None, status: int) -> Response:
    return make_response(render_template("sak/notat.html", case=case, form=form, late=told), status)
