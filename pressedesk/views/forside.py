"""/: to the page where this person's day begins."""

from flask import Blueprint, redirect
from werkzeug import Response

from pressedesk.access import Do
from pressedesk.auth import me, requires
from pressedesk.views.frame import start_page

bp = Blueprint("forside", __name__)


@bp.get("/")
@requires(Do.SEE)
def show() -> Response:
    """Each role has its own."""
    return redirect(start_page(me()))
