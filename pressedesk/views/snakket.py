"""/snakket: «Jeg har snakket med en journalist». What was said on behalf of the municipality, in a few taps."""

import secrets
from enum import StrEnum

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug import Response
from wtforms import HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from pressedesk import access, auth, clock, formats
from pressedesk.access import Do, NotFound
from pressedesk.auth import me, requires
from pressedesk.desk import afterwards
from pressedesk.desk.afterwards import Offer, Spoken
from pressedesk.desk.answering import Channel, Said
from pressedesk.desk.chips import Chips, Concerned, facts_of
from pressedesk.organisation import Organisation
from pressedesk.regulation.vocabulary import Ask, Role, Statement
from pressedesk.views.errors import CARRIED
from pressedesk.views.fields import CodeField, CodesField, Form, LineField
from pressedesk.views.ny.form import unit_choices
from pressedesk.views.sak.forms import PastField

bp = Blueprint("snakket", __name__)

EMPLOYEE = "ansatt"  # in no office of his own
KINDS: dict[StrEnum, str] = {kind: formats.capital(kind.label) for kind in Statement if kind is not Statement.LETTER}
CHANNELS: dict[StrEnum, str] = {channel: channel.label for channel in Channel if channel is not Channel.WEB}
CONCERNED: dict[StrEnum, str] = {
    each: formats.capital(each.label) for each in Concerned if each is not Concerned.LEADER
}
POLITICAL = frozenset({Role.ORDFORER, Role.VARAORDFORER})


class When(StrEnum):
    """When it was, as a chip."""

    NOW = "nå"
    TODAY = "i dag"
    YESTERDAY = "i går"


WHEN: dict[StrEnum, str] = {When.NOW: "Nå nettopp", When.TODAY: "Tidligere i dag", When.YESTERDAY: "I går"}


class SpokenForm(Form):
    """With whom, what was said, when, and in which role."""

    token = HiddenField()
    caller_name = LineField("Hvem snakket du med?")
    outlet = LineField("Redaksjon")
    text = LineField("Hva sa du?", most=500, needed="Skriv med en setning hva du sa.")
    kinds = CodesField("Hva slags svar var det?", titles=KINDS)
    concerned = CodeField("Gjaldt det en enkeltperson?", titles=CONCERNED, needed="Velg ett av svarene.")
    when = CodeField("Når var det?", titles=WHEN)
    at = PastField("Klokkeslett")
    received = PastField("Når tok journalisten kontakt?")
    office = RadioField("I hvilken rolle?", validate_choice=True)
    unit = SelectField("Hvilken virksomhet gjaldt det?", coerce=lambda raw: int(raw) if str(raw).isdecimal() else None)
    channel = CodeField("Hvordan?", titles=CHANNELS, needed="Velg hvordan dere snakket sammen.")

    def __init__(self, org: Organisation, own: list[int]) -> None:
        offices = [org.offices[each] for each in own]
        first = str(offices[0].id) if offices else EMPLOYEE
        unit_id = offices[0].unit_id if offices else None
        super().__init__(
            data={
                "token": secrets.token_urlsafe(24),
                "when": When.NOW,
                "office": first,
                "unit": unit_id,
                "channel": Channel.PHONE,
            }
        )
        self.org = org
        titles = {str(each.id): each.title for each in offices}
        self.office.choices = [*titles.items(), (EMPLOYEE, "Ansatt")]
        self.unit.choices = [SelectChoice("", "Velg"), *unit_choices(org)]

    def validate_caller_name(self, field: LineField) -> None:
        """A name, or at least the newsroom."""
        if not field.data and not self.outlet.data:
            raise ValidationError("Skriv navnet på journalisten eller redaksjonen.")

    def validate_kinds(self, field: CodesField) -> None:
        """Without it, nobody can see what the regulation says of it."""
        if not field.data:
            raise ValidationError("Velg minst ett av dem.")

    def validate_unit(self, field: SelectField) -> None:
        """Where it belongs decides whose it is."""
        if not field.data:
            raise ValidationError("Velg hvilken virksomhet det gjaldt.")

    @property
    def at_words(self) -> str:
        """When it was, in words that can be read: the day of the chip before the clock."""
        typed, day = self.at.data or "", self.when.data
        return f"{day} {typed}" if day in (When.TODAY, When.YESTERDAY) else typed or When.NOW.value

    def validate_at(self, field: PastField) -> None:
        """«Nå», the clock of today or yesterday, or any words that say when."""
        if not field.data and self.when.data in (When.TODAY, When.YESTERDAY):
            raise ValidationError("Skriv omtrent når, for eksempel «10.15».")
        typed, field.data = field.data, self.at_words
        try:
            field.read(clock.now())
        finally:
            field.data = typed

    def validate_received(self, field: PastField) -> None:
        """Not after the answer; empty is at the same time."""
        field.read(clock.now())
        if field.told_at and self.at.told_at and field.told_at > self.at.told_at:
            raise ValidationError("Det er etter at du svarte.")

    @property
    def is_new(self) -> bool:
        """Whether somebody has said that it was about nothing that is open already."""
        return "ny" in request.form

    @property
    def role(self) -> Role:
        return Role.ANSATT if self.office.data == EMPLOYEE else self.org.offices[int(self.office.data)].role

    def spoken(self) -> Spoken:
        """The validated form."""
        now, channel = clock.now(), Channel(self.channel.data)
        at = self.at.told_at or now
        asks = frozenset({Ask.POLITICAL}) if self.role in POLITICAL else frozenset()
        chips = Chips(asks=asks, concerned=self.concerned.data, unit_id=self.unit.data)
        return Spoken(
            caller_name=self.caller_name.data or self.outlet.data or "",
            outlet_name=self.outlet.data or "",
            unit_id=self.unit.data,
            facts=facts_of(chips, self.org),
            received_at=self.received.told_at or at,
            said=Said(self.text.data or "", tuple(self.kinds.data or ()), self.role, me().name, at, channel),
        )


@bp.route("/snakket", methods=["GET", "POST"])
@requires(Do.LOG)
def show() -> Response:
    """The form; first whether it was about something that is open already."""
    org, tx = auth.organisation_now(), auth.reader()
    form = SpokenForm(org, sorted(me().offices))
    if not form.is_submitted():
        return _page(form, afterwards.own_open(tx, me()), 200)
    if not form.validate():
        return _page(form, [], 422)
    if not form.is_new:
        offers = afterwards.open_of_caller(tx, me(), form.caller_name.data or "", form.outlet.data or "")
        if offers:
            return _page(form, offers, 200)
    reference = afterwards.log_afterwards(me().person_id, form.token.data or "", form.spoken(), clock.now())
    return _receipt(reference)


def _page(form: SpokenForm, offers: list[Offer], status: int) -> Response:
    """With offers after something was typed, what was typed goes along to whichever of them is chosen."""
    typed = _carried(form) if form.is_submitted() and offers else []
    lines = [(offer, formats.when(offer.received_at, clock.now())) for offer in offers]
    page = render_template("snakket/snakket.html", form=form, offers=lines, typed=typed, mark=CARRIED)
    return make_response(page, status)


def _carried(form: SpokenForm) -> list[tuple[str, str]]:
    """What was typed, under the names of the form of an answer."""
    return [
        ("text", form.text.data or ""),
        *(("kinds", kind.value) for kind in form.kinds.data or ()),
        ("role", form.role.value),
        ("by", me().name),
        ("at", form.at_words),
        ("channel", form.channel.data.value),
    ]


def _receipt(reference: str | None) -> Response:
    """To the inquiry; to whoever may not see it, for it stands with another, the number of it."""
    message = f"Samtalen er notert som {reference}. Ingen blir purret på den."
    flash(message)
    try:
        access.visible_inquiry(auth.read_again(), me(), reference or "")
    except NotFound:
        return redirect(url_for(".show"), 303)
    return redirect(url_for("sak.show", reference=reference), 303)
