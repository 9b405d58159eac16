"""/v/<token>: what a message said, for whoever holds its link, without logging in.

Three facts and, for an ordinary inquiry, whom to ring and the buttons to take it, or to say that it is another's.
Never the question, an answer, or anything more of a restricted one. Only a button changes something: mail scanners
open links.
"""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug import Response

from pressedesk import auth, clock, formats
from pressedesk.access import NotFound, Refused
from pressedesk.auth import public
from pressedesk.desk import handling, offers, passing
from pressedesk.desk.change import NotNow, Stale
from pressedesk.models import Link, Restriction
from pressedesk.views import marks
from pressedesk.views.fields import Form, VersionField
from pressedesk.views.marks import Mark
from pressedesk.workflow import UNTAKEN

bp = Blueprint("lenke", __name__)


class PressForm(Form):
    """The buttons «Jeg tar den» and «Ikke min»."""

    version = VersionField()


@dataclass(frozen=True)
class Shown:
    """What the link shows. `caller` and `phone` only for an ordinary inquiry."""

    reference: str
    outlet: str
    due: str
    mark: Mark | None
    caller: str
    phone: str
    is_restricted: bool
    is_taken: bool
    is_mine: bool
    is_offered: bool  # somebody else was asked to take it


@bp.get("/v/<token>")
@public
def show(token: str) -> Response:
    """The three facts. Opening it changes nothing, however often."""
    return _page(auth.reader(), token, clock.now())


@bp.post("/v/<token>")
@public
def take(token: str) -> Response:
    """«Jeg tar den», as the person whom the link was made for."""
    now, form = clock.now(), PressForm()
    try:
        link = auth.find_link(auth.reader(), token, now)
    except NotFound:
        return _dead()
    if not form.validate() or link.strand.inquiry.restriction is not Restriction.NONE:
        return _page(auth.reader(), token, now)
    strand = link.strand
    try:
        handling.take(link.person_id, strand.inquiry.reference, strand.id, form.version.data or 0, now)
    except (Stale, NotNow, Refused, NotFound):
        auth.read_again()
        if strand.taken_by_id != link.person_id:  # else it is the second press of a double click
            flash("Noen gjorde noe med saken i mellomtiden. Slik står den nå.", "warning")
    return redirect(url_for(".show", token=token), 303)


@bp.post("/v/<token>/ikke-min")
@public
def not_mine(token: str) -> Response:
    """«Ikke min»: KIS finds out whose it is. It stays with the person whom the link was made for until it is taken."""
    now, form = clock.now(), PressForm()
    try:
        link = auth.find_link(auth.reader(), token, now)
    except NotFound:
        return _dead()
    strand, is_ordinary = link.strand, link.strand.inquiry.restriction is Restriction.NONE
    if not form.validate() or not is_ordinary or strand.state not in UNTAKEN:
        return _page(auth.reader(), token, now)
    seen = form.version.data or 0
    try:
        passing.offer(link.person_id, strand.inquiry.reference, strand.id, seen, None, None, "", "", now)
    except (Stale, NotNow, Refused, NotFound):
        auth.read_again()
        if offers.open_offer(strand) is None:  # else it is the second press of a double click
            flash("Noen gjorde noe med saken i mellomtiden. Slik står den nå.", "warning")
    return redirect(url_for(".show", token=token), 303)


def _page(tx: Session, token: str, now: datetime) -> Response:
    try:
        link = auth.find_link(tx, token, now)
    except NotFound:
        return _dead()
    shown = _shown(link, now)
    form = None
    if not shown.is_restricted and link.strand.state in UNTAKEN:
        form = PressForm(formdata=None, data={"version": link.strand.version})
    return make_response(render_template("lenke/lenke.html", shown=shown, form=form, token=token))


def _dead() -> Response:
    """The same for a link that never was, has run out, or has done its work."""
    return make_response(render_template("lenke/virker_ikke.html"), 404)


def _shown(link: Link, now: datetime) -> Shown:
    strand, inquiry = link.strand, link.strand.inquiry
    is_restricted = inquiry.restriction is not Restriction.NONE
    return Shown(
        reference=inquiry.reference,
        outlet=inquiry.outlet.name if inquiry.outlet else "",
        due=formats.when(strand.due_at, now) if strand.due_at else "",
        mark=marks.due(strand, now),
        caller="" if is_restricted else inquiry.caller_name,
        phone="" if is_restricted else inquiry.caller_phone or "",
        is_restricted=is_restricted,
        is_taken=strand.taken_by_id is not None,
        is_mine=strand.taken_by_id == link.person_id,
        is_offered=offers.open_offer(strand) is not None,
    )
