"""Pages for what went wrong: what happened, why, what to do now. Nothing typed is lost.

A form that was sent with an old token, or by somebody whose log-in ran out, is never carried out. Its fields come
back with a fresh token and the mark `carried`; the form class in `fields.py` sees the mark and shows the form again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus

from flask import Flask, Response, jsonify, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import Conflict, Forbidden, HTTPException, InternalServerError, NotFound, SecurityError

from pressedesk import access, logs
from pressedesk.desk.change import NotNow, Stale
from pressedesk.views.addresses import own_address

CARRIED = "carried"  # the hidden input that marks a form as brought back
CARRY_PREFIX = "carry."  # before the names of fields that travel through another form, the log-in
LEFT_BEHIND = frozenset({"csrf_token", "password", CARRIED})


@dataclass(frozen=True)
class Explanation:
    """What a page about an error says."""

    title: str
    why: str
    now: str


EXPLANATIONS = {
    400: Explanation(
        "Vi forsto ikke forespørselen",
        "Noe i adressen eller skjemaet var ikke slik vi ventet.",
        "Gå tilbake i nettleseren og prøv én gang til. Det du skrev, står der fortsatt.",
    ),
    401: Explanation(
        "Du er ikke logget inn",
        "Innloggingen er løpt ut eller avsluttet.",
        "Gå til forsiden og logg inn på nytt.",
    ),
    403: Explanation(
        "Du har ikke tilgang til dette",
        "Siden er for dem som har en annen rolle enn deg.",
        "Trenger du tilgang, kan du spørre den som er administrator.",
    ),
    404: Explanation(
        "Fant ikke siden",
        "Enten finnes den ikke, eller så er den ikke åpen for deg.",
        "Se om adressen er riktig skrevet, eller gå til forsiden og let derfra.",
    ),
    405: Explanation(
        "Siden kan ikke åpnes slik",
        "Adressen tar bare imot et utfylt skjema.",
        "Gå til forsiden og finn fram derfra.",
    ),
    409: Explanation(
        "Noen andre var først",
        "Det du ville endre, er endret av en annen mens du hadde siden åpen.",
        "Gå tilbake, last siden på nytt og se hva som er gjort, før du prøver igjen.",
    ),
    413: Explanation(
        "Det ble for mye på én gang",
        "Skjemaet er større enn vi kan ta imot.",
        "Gå tilbake i nettleseren, kort ned teksten og send på nytt.",
    ),
    429: Explanation(
        "Det gikk litt for fort",
        "Vi har fått for mange forsøk herfra på kort tid.",
        "Vent et par minutter og prøv igjen.",
    ),
    500: Explanation(
        "Noe gikk galt hos oss",
        "Feilen er vår, og den er skrevet i loggen. Det du sendte inn nå, ble ikke lagret.",
        "Gå tilbake i nettleseren, der står teksten din fortsatt, og prøv igjen. Haster det, så ring KIS.",
    ),
}


def register(app: Flask) -> None:
    """Give every error of `app` its page."""
    app.register_error_handler(CSRFError, _bring_back)
    app.register_error_handler(SecurityError, _unknown_host)
    app.register_error_handler(HTTPException, _explain)
    app.register_error_handler(access.NotFound, lambda error: _explain(NotFound()))
    app.register_error_handler(access.Refused, _refuse)
    app.log_exception = (  # type: ignore[method-assign]
        lambda exc_info: app.logger.error(_what_failed(exc_info[1]))
    )
    for late in (Stale, NotNow):  # a page with a text of one's own shows it again instead
        app.register_error_handler(late, lambda error: _explain(Conflict()))


def carry_on(path: str, fields: Iterable[tuple[str, str]]) -> Response:
    """The page that holds `fields` and takes the person back to the form at `path`, with one button.

    For a log-in that ran out while somebody typed: the log-in page carries the fields (`packed`), and after the
    log-in this page brings them back (`unpacked`). A `path` that takes no form of ours becomes the front page.
    """
    path = own_address(path, "POST") or "/"
    return make_response(render_template("videre.html", path=path, fields=list(fields), mark=CARRIED))


def packed(form: MultiDict[str, str]) -> list[tuple[str, str]]:
    """The fields of a form that could not be received, named so that the log-in form can carry them."""
    return [(CARRY_PREFIX + name, value) for name, value in _kept(form)]


def unpacked(form: MultiDict[str, str]) -> list[tuple[str, str]]:
    """The fields that came with the log-in form, under their own names again."""
    return _kept(
        MultiDict(
            (name.removeprefix(CARRY_PREFIX), value)
            for name, value in form.items(multi=True)
            if name.startswith(CARRY_PREFIX)
        )
    )


def _kept(form: MultiDict[str, str]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in form.items(multi=True) if name not in LEFT_BEHIND]


def _bring_back(error: CSRFError) -> Response:
    if _wants_json():
        return _explain(error)
    response = carry_on(request.full_path.removesuffix("?"), _kept(request.form))
    response.status_code = HTTPStatus.BAD_REQUEST
    return response


def _unknown_host(error: SecurityError) -> Response:
    """No links here: under a name that is not ours we can make none."""
    text = "Tjeneren svarer ikke på dette navnet. Se om adressen er riktig skrevet."
    return Response(text, HTTPStatus.BAD_REQUEST, mimetype="text/plain")


def _explain(error: HTTPException) -> Response:
    if error.code is None or error.code < HTTPStatus.BAD_REQUEST:  # a redirect
        return make_response(error.get_response())
    return _answer(error, EXPLANATIONS.get(error.code) or EXPLANATIONS[error.code // 100 * 100])


def _answer(error: HTTPException, explanation: Explanation) -> Response:
    """The explanation as a page, or as a problem document for a program."""
    if _wants_json():
        problem = {
            "type": "about:blank",  # RFC 9457: no more is to be said than the status says
            "status": error.code,
            "title": explanation.title,
            "detail": f"{explanation.why} {explanation.now}",
        }
        response = jsonify(problem)
        response.mimetype = "application/problem+json"
    else:
        bare = isinstance(error, InternalServerError)  # the menu asks the database, which may be what failed
        response = make_response(render_template("feil.html", explanation=explanation, bare=bare))
    response.status_code = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    return response


def _what_failed(error: BaseException | None) -> str:
    """For the log: the route and where it failed; never the address, which may hold the token of a link."""
    return f"Feil på {request.method} {request.url_rule}\n{logs.where_failed(error)}"


def _refuse(error: access.Refused) -> Response:
    refused = Explanation("Dette kan du ikke gjøre", error.reason, EXPLANATIONS[403].now)
    return _answer(Forbidden(), refused)


def _wants_json() -> bool:
    accepts = request.accept_mimetypes
    best = accepts.best_match(["text/html", "application/json", "application/problem+json"], default="text/html")
    return best != "text/html"
