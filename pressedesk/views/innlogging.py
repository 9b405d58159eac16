"""/logg-inn and /logg-ut. What somebody had typed when the log-in ran out travels through the log-in and back."""

from collections.abc import Iterable

from flask import Blueprint, flash, g, make_response, redirect, render_template, request, session, url_for
from flask_login import current_user
from werkzeug import Response
from wtforms import HiddenField, PasswordField, StringField

from pressedesk import auth, clock, config
from pressedesk.auth import Failure, public
from pressedesk.views import errors
from pressedesk.views.addresses import own_address
from pressedesk.views.fields import Form, LineField, Needed

bp = Blueprint("innlogging", __name__)

DEMO_PASSWORD = "pressedesk"  # noqa: S105  (known to all, on loopback only)
DEMO_LOG_INS = {
    "sentralbord": "Sentralbord",
    "leder": "Virksomhetsleder",
    "kommunalsjef": "Kommunalsjef",
    "radmann": "Rådmann",
    "ordforer": "Ordfører",
    "kis": "Leder for KIS",
    "admin": "Administrator",
}
FAILURES = {
    Failure.WRONG: (422, "Brukernavnet eller passordet er feil. Prøv igjen."),
    Failure.TOO_MANY: (429, "For mange forsøk på kort tid. Vent et par minutter og prøv igjen."),
}


class LogInForm(Form):
    """Who, and where to go afterwards."""

    username = LineField("Brukernavn", needed="Skriv brukernavnet ditt.")
    password = PasswordField("Passord", [Needed("Skriv passordet ditt.")])
    next = HiddenField()


class DemoForm(Form):
    """One press for one of the log-ins of the demo municipality."""

    account = StringField()
    next = HiddenField()


@bp.get("/logg-inn")
@public
def show() -> Response:
    """The log-in page; whoever is logged in already goes on."""
    onward = request.args.get("next", "")
    if current_user.is_authenticated:
        return redirect(own_address(onward) or "/")
    return _page(LogInForm(data={"next": onward}))


@bp.post("/logg-inn")
@public
def log_in() -> Response:
    """Begin a log-in, and go on to what the person wanted, or back to the form that was being filled in."""
    if config.current().demo and request.form.get("account") in DEMO_LOG_INS:
        demo = DemoForm()
        if demo.validate():
            return _try(LogInForm(), demo.account.data or "", DEMO_PASSWORD)
    form = LogInForm()
    if not form.validate():
        return _page(form, 422, _carried())
    return _try(form, form.username.data or "", form.password.data or "")


@bp.post("/logg-ut")
@public
def log_out() -> Response:
    """End the log-in, on the server as well, and forget what this browser was told."""
    if not Form().validate():
        return redirect("/", 303)
    auth.log_out(clock.now())
    session.clear()
    flash("Du er logget ut.")
    return redirect(url_for(".show"), 303)


def _try(form: LogInForm, username: str, password: str) -> Response:
    failure = auth.log_in(username, password, request.remote_addr or "", clock.now())
    if failure is not None:
        status, message = FAILURES[failure]
        form.password.errors = [message]
        return _page(form, status, _carried())
    for kept in (session, g):  # a page opened before the log-in cannot act after it
        kept.pop("csrf_token", None)
    onward, fields = form.next.data or "", errors.unpacked(request.form)
    return errors.carry_on(onward, fields) if fields else redirect(own_address(onward) or "/", 303)


def _carried() -> list[tuple[str, str]]:
    """What came with the log-in form and must go on with it."""
    return [(name, value) for name, value in request.form.items(multi=True) if name.startswith(errors.CARRY_PREFIX)]


def _page(form: LogInForm, status: int = 200, carried: Iterable[tuple[str, str]] = ()) -> Response:
    return make_response(
        render_template(
            "innlogging/logg_inn.html",
            form=form,
            carried=list(carried),
            demo_log_ins=DEMO_LOG_INS if config.current().demo else {},
        ),
        status,
    )


@auth.manager.unauthorized_handler  # type: ignore[untyped-decorator]
def _ask_to_log_in() -> Response:
    """To the log-in page, and back. A form that was sent is not carried out: the page takes its fields along."""
    onward = request.full_path.removesuffix("?")
    if request.method in ("GET", "HEAD"):
        return redirect(url_for("innlogging.show", next=onward if onward != "/" else None))
    return _page(LogInForm(formdata=None, data={"next": onward}), 401, errors.packed(request.form))
