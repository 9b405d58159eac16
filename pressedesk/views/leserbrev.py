"""/leserbrev: KIS enters a letter to the editor, with where it can be read. The caller is the newspaper."""

import secrets
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from werkzeug import Response
from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from pressedesk import access, auth, clock
from pressedesk.access import Do, NotFound
from pressedesk.auth import me, requires
from pressedesk.desk import intake
from pressedesk.desk.chips import Chips, Concerned, facts_of
from pressedesk.desk.intake import Call
from pressedesk.formats import capital
from pressedesk.organisation import Organisation
from pressedesk.regulation.facts import FIELDS
from pressedesk.regulation.vocabulary import Form as CameAs
from pressedesk.regulation.vocabulary import Role
from pressedesk.views.fields import CodeField, Form, LineField
from pressedesk.views.ny.form import KnownField, unit_choices
from pressedesk.views.sak.forms import CodeList

bp = Blueprint("leserbrev", __name__)

WRITERS = (Role.SEKSJONSLEDER, Role.VIRKSOMHETSLEDER, Role.KOMMUNALSJEF, Role.RADMANN, Role.ORDFORER)
LONGEST_ADDRESS = 500


class AddressField(LineField):
    """Where something can be read: an address of the web, and nothing that a browser would carry out."""

    def pre_validate(self, form: Any) -> None:
        if not self.data:
            return
        try:
            parts = urlsplit(self.data)
        except ValueError as error:
            raise ValidationError(NOT_AN_ADDRESS) from error
        if parts.scheme not in ("http", "https") or not parts.hostname or " " in self.data:
            raise ValidationError(NOT_AN_ADDRESS)


NOT_AN_ADDRESS = "Lim inn hele lenken. Den begynner med https:// eller http://."


class Written(Form):
    """Something that somebody has published about us: where, what it says, and where it belongs."""

    token = HiddenField()
    source_url = AddressField("Lenke", most=LONGEST_ADDRESS, needed="Lim inn lenken.")
    question = LineField("Hva står det om kommunen?", most=500, needed="Skriv med en linje hva det står om kommunen.")
    letter_error = KnownField(FIELDS["letter_error"].question)
    concerned = CodeField("Gjelder det en enkeltperson?", titles={each: capital(each.label) for each in Concerned})
    unit = SelectField("Hvilken virksomhet gjelder det?", coerce=lambda raw: int(raw) if str(raw).isdecimal() else None)

    def __init__(self, org: Organisation) -> None:
        super().__init__(data={"token": secrets.token_urlsafe(24)})
        self.org = org
        self.unit.choices = [SelectChoice("", "Vet ikke"), *unit_choices(org)]

    def validate_letter_error(self, field: KnownField) -> None:
        """What is to come of it hangs on this."""
        if field.data is None or field.data.value is None:
            raise ValidationError("Svar ja eller nei. Er du i tvil, så spør den det gjelder.")

    @property
    def has_error(self) -> bool:
        return self.letter_error.data is not None and self.letter_error.data.value is True

    def chips(self, came_as: CameAs) -> Chips:
        """The facts as the form says them."""
        return Chips(
            concerned=self.concerned.data,
            unit_id=self.unit.data,
            form=came_as,
            letter_error=self.has_error,
        )


class LetterForm(Written):
    """A letter to the editor: also whether it is political, and who would write our answer."""

    outlet = LineField("Hvilken avis?", needed="Skriv hvilken avis det står i.")
    letter_political = KnownField(FIELDS["letter_political"].question)
    letter_author = CodeList(FIELDS["letter_author"].question, codes=WRITERS, nothing="Ikke bestemt")

    def call(self) -> Call:
        """The letter as a call from the newspaper. Who wrote it is not kept."""
        chips = replace(self.chips(CameAs.LETTER), letter_political=self._is_political)
        return Call(
            caller_name=self.outlet.data or "",
            outlet_name=self.outlet.data or "",
            question=self.question.data or "",
            facts=replace(facts_of(chips, self.org), letter_author=self.letter_author.data),
            unit_id=self.unit.data,
            source_url=self.source_url.data or "",
        )

    @property
    def _is_political(self) -> bool:
        return self.letter_political.data is not None and self.letter_political.data.value is True


@bp.route("/leserbrev", methods=["GET", "POST"])
@requires(Do.LETTER)
def show() -> Response:
    """The form, and saving."""
    form = LetterForm(auth.organisation_now())
    if not form.is_submitted() or not form.validate():
        status = 422 if form.is_submitted() else 200
        return make_response(render_template("leserbrev/leserbrev.html", form=form), status)
    logged = intake.log_call(me().person_id, form.token.data or "", form.call(), clock.now())
    flash(f"Leserbrevet er notert som {logged.reference}.")
    return redirect(way_on(logged.reference, url_for(".show")), 303)


def way_on(reference: str | None, otherwise: str) -> str:
    """To the inquiry for whoever may see it now, else back."""
    try:
        access.visible_inquiry(auth.read_again(), me(), reference or "")
    except NotFound:
        return otherwise
    return url_for("sak.show", reference=reference)
