"""/saker: every inquiry this person may see, with search and filters in the address."""

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug import Response
from wtforms import DateField, SelectField, StringField
from wtforms import Form as PlainForm
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, ValidationError

from pressedesk import access, auth, clock, formats, organisation, search
from pressedesk.access import Do
from pressedesk.auth import me, requires
from pressedesk.formats import clean_line
from pressedesk.models import Inquiry
from pressedesk.search import MOST_COUNTED, Found, Row, Wanted
from pressedesk.standings import Standing
from pressedesk.views import marks
from pressedesk.views.marks import Mark
from pressedesk.views.units import units_to_narrow_by

bp = Blueprint("saker", __name__)

EXCERPT = 110  # characters
LAST_PAGE = 10_000
COUNTED = "svartid"  # narrows the list to what the report counts
_REFERENCE = re.compile(r"PD-\d{4}-\d{4,6}", re.IGNORECASE)
STANDINGS = [SelectChoice(standing.value, standing.label) for standing in Standing]


class FilterForm(PlainForm):
    """What the list is narrowed to. It stands in the address, so it carries no token and changes nothing."""

    class Meta:
        locales = ("nb",)

    q = StringField("Søk", filters=[lambda text: clean_line(text) if text else ""])
    status = SelectField("Status", choices=STANDINGS, default=Standing.ALL.value)
    enhet = SelectField("Virksomhet", choices=[], default="")
    redaksjon = SelectField("Redaksjon", choices=[], default="")
    fra = DateField("Fra og med", [Optional()])
    til = DateField("Til og med", [Optional()])

    def validate_til(self, field: DateField) -> None:
        """A period that ends before it begins is a slip."""
        if field.data and self.fra.data and field.data < self.fra.data:
            raise ValidationError("Til-datoen er før fra-datoen.")


@dataclass(frozen=True)
class Item:
    """One strand as a line of the table."""

    row: Row
    heading: str
    part: str
    excerpt: str | None
    no_text: str
    received: str
    marks: list[Mark]
    with_whom: str


@bp.get("/saker")
@requires(Do.SEE)
def show() -> Response | str:
    """The list; a whole reference leads straight to its inquiry."""
    tx, who, now = auth.reader(), me(), clock.now()
    form = _form(tx, now)
    if _REFERENCE.fullmatch(form.q.data or "") and _exists(tx, form.q.data.upper()):
        return redirect(url_for("sak.show", reference=form.q.data.upper()))
    form.validate()
    found = search.find(tx, who, _wanted(form), now, _page_number())
    return render_template(
        "saker/saker.html",
        form=form,
        items=[_item(row, now) for row in found.rows],
        found=found,
        count=_count(found),
        counted=COUNTED in request.args,
        is_narrowed=bool(request.args),
        before=_address(found.page - 1) if found.page > 1 else "",
        after=_address(found.page + 1) if found.has_next else "",
    )


def _exists(tx: Session, reference: str) -> bool:
    """Whether there is a page for this person at that reference, be it a shell."""
    seen = access.visible_inquiries(me()).where(Inquiry.reference == reference).with_only_columns(Inquiry.id)
    return tx.scalar(seen) is not None or bool(access.shells(tx, me(), reference))


def _form(tx: Session, now: datetime) -> FilterForm:
    form = FilterForm(request.args)
    form.enhet.choices = list(units_to_narrow_by(organisation.snapshot(tx, now)))
    newsrooms = (SelectChoice(str(outlet.id), outlet.name) for outlet in search.outlets(tx, me()))
    form.redaksjon.choices = [SelectChoice("", "Alle"), *newsrooms]
    return form


def _wanted(form: FilterForm) -> Wanted:
    """What can be read of the form; a filter that cannot is said beside its field, and narrows nothing."""
    return Wanted(
        text=form.q.data or "",
        unit_id=_number(form.enhet),
        from_on=form.fra.data,
        to_on=None if form.til.errors else form.til.data,
        standing=Standing.ALL if form.status.errors else Standing(form.status.data),
        outlet_id=_number(form.redaksjon),
        counted=COUNTED in request.args,
    )


def _number(field: SelectField) -> int | None:
    return int(field.data) if field.data and not field.errors else None


def _page_number() -> int:
    asked = request.args.get("side", "1")
    return min(max(int(asked), 1), LAST_PAGE) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1


def _address(page: int) -> str:
    """This list at another page: the filters stay."""
    return f"{url_for('saker.show')}?{urlencode({**request.args.to_dict(), 'side': page})}"


def _count(found: Found) -> str:
    """«1 sak», «312 saker», «1 000+ saker»."""
    if found.is_more:
        return f"{formats.number(MOST_COUNTED)}+ saker"
    return formats.count(found.total, "sak", "saker")


def _item(row: Row, now: datetime) -> Item:
    state = marks.state(row.state, row.taken_by, row.ending, acting=row.acting)
    few_eyes = marks.restriction(row.restriction, row.text_is_held)
    person = row.taken_by or row.acting
    return Item(
        row=row,
        heading=marks.heading(row.outlet, row.caller),
        part=marks.part(row.kind),
        excerpt=formats.excerpt(row.question, EXCERPT) if row.question is not None else None,
        no_text=marks.why_no_text(row),
        received=formats.when(row.received_at, now),
        marks=[mark for mark in (state, marks.due(row, now), few_eyes) if mark],
        with_whom=", ".join(filter(None, [row.office, person])),
    )
