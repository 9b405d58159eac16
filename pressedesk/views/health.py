"""/healthz: whether the process answers at all; /readyz: whether messages reach people; and the button of KIS that
starts sending again."""

from flask import Blueprint, flash, redirect, url_for
from sqlalchemy.exc import SQLAlchemyError
from werkzeug import Response

from pressedesk import auth, clock, delivery, pulse
from pressedesk.access import Do
from pressedesk.auth import public, requires
from pressedesk.views.fields import Form

bp = Blueprint("health", __name__)

PLAIN = {"Content-Type": "text/plain; charset=utf-8"}


@bp.get("/healthz")
@public
def alive() -> tuple[str, int, dict[str, str]]:
    """200 as long as the process can answer. It asks nobody else."""
    return "ok\n", 200, PLAIN


@bp.get("/readyz")
@public
def ready() -> tuple[str, int, dict[str, str]]:
    """200 «ok», or 503 and the names of what is red, one a line. No details: anybody may ask."""
    try:
        red = [light.value for light in pulse.red_lights(auth.reader(), clock.now())]
    except SQLAlchemyError:
        red = ["database"]
    return "\n".join(red or ["ok"]) + "\n", 503 if red else 200, PLAIN


@bp.post("/utsending")
@requires(Do.RELEASE_SENDING)
def release() -> Response:
    """Sending goes on."""
    if Form().validate():
        delivery.release_sending(auth.me().person_id, clock.now())
        flash("Utsendingen er i gang igjen.")
    return redirect(url_for("forside.show"), 303)
