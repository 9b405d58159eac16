"""The form every form is, and the fields they share: cleaned text, Norwegian messages, no act by mistake."""

from enum import StrEnum
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField, SelectMultipleField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from pressedesk.formats import clean_line, clean_text
from pressedesk.views.errors import CARRIED

MOST_LINE, MOST_TEXT = 200, 10_000  # characters


class Form(FlaskForm):
    """A posted form. Also a mere button has one: `validate()` is what stands between a request and a change."""

    class Meta(FlaskForm.Meta):
        locales = ("nb",)

    @property
    def carried(self) -> bool:
        """Whether the fields were brought back by us, so that the person has not yet pressed the button again."""
        return request.form.get(CARRIED) == "1"

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether the use case may be called. A carried form never is: it is shown again."""
        return not self.carried and super().validate(extra_validators)


class LineField(StringField):
    """Text on one line. `needed` is what to say when it is empty; without it the field may be empty."""

    def __init__(self, label: str = "", *, most: int = MOST_LINE, needed: str = "", **rest: Any) -> None:
        super().__init__(label, [*_needed(needed), AtMost(most)], filters=[_cleaner(clean_line)], **rest)


class TextField(TextAreaField):
    """Text of several lines. `needed` as for LineField."""

    def __init__(self, label: str = "", *, most: int = MOST_TEXT, needed: str = "", **rest: Any) -> None:
        super().__init__(label, [*_needed(needed), AtMost(most)], filters=[_cleaner(clean_text)], **rest)


class CodeField(RadioField):
    """One of the members of an enum, or None: what nobody touched is not an answer."""

    def __init__(self, label: str = "", *, titles: dict[StrEnum, str], needed: str = "", **rest: Any) -> None:
        kind = type(next(iter(titles)))
        super().__init__(label, _needed(needed), coerce=_coercer(kind), choices=_choices(titles), **rest)

    def pre_validate(self, form: Any) -> None:
        if self.data is not None:
            super().pre_validate(form)


class CodesField(SelectMultipleField):
    """Any number of members of an enum, as check boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: str = "", *, titles: dict[StrEnum, str], **rest: Any) -> None:
        kind = type(next(iter(titles)))
        super().__init__(label, coerce=_coercer(kind), choices=_choices(titles), **rest)


class VersionField(IntegerField):
    """The version of the row that the form was made from."""

    widget = HiddenInput()

    def __init__(self, **rest: Any) -> None:
        super().__init__("", [Needed("Siden er for gammel. Last den på nytt.")], **rest)

    def process_formdata(self, valuelist: list[str]) -> None:
        raw = valuelist[0] if valuelist else ""
        self.data = int(raw) if raw.isascii() and raw.isdigit() else None


class AtMost:
    """At most `most` characters. Said here and not by `maxlength`, which cuts what is pasted without a word."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, form: Any, field: Any) -> None:
        length = len(field.data or "")
        if length > self.most:
            raise ValidationError(f"Teksten er på {length} tegn. Kort den ned til {self.most}.")


def _needed(message: str) -> list[Any]:
    return [Needed(message)] if message else []


class Needed:
    """Something other than blanks, after cleaning."""

    def __init__(self, message: str) -> None:
        self.message = message
        self.field_flags = {"required": True}

    def __call__(self, form: Any, field: Any) -> None:
        if not field.data:
            raise ValidationError(self.message)


def _cleaner(clean: Any) -> Any:
    return lambda text: clean(text) if text else ""


def _choices(titles: dict[StrEnum, str]) -> list[SelectChoice]:
    return [SelectChoice(code.value, title) for code, title in titles.items()]


def _coercer(kind: type[StrEnum]) -> Any:
    return lambda raw: None if raw in (None, "", "None") else kind(raw)
