"""What the pages of /ny share: the blueprint, and the form that names a call by its reference."""

from flask import Blueprint
from wtforms import HiddenField

from pressedesk.views.fields import Form

bp = Blueprint("ny", __name__)


class ReferenceForm(Form):
    """A button about one call."""

    reference = HiddenField()


def reference_form(reference: str) -> ReferenceForm:
    """The button's form for a page that is shown, not sent."""
    return ReferenceForm(formdata=None, data={"reference": reference})
