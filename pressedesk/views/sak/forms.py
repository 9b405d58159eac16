"""What every form of an inquiry carries: the version it was made from, and how much of the record was seen."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from wtforms import SelectField, ValidationError
from wtforms.fields.choices import SelectChoice

from pressedesk import formats, timephrases
from pressedesk.regulation.vocabulary import Code
from pressedesk.timephrases import Past, Read, WithoutTime
from pressedesk.views.fields import Form, LineField, VersionField

MINUTE = timedelta(minutes=1)
NOW_WORDS = frozenset({"nå", "no", "nettopp"})


class SeenForm(Form):
    """Alone it is a mere button."""

    version = VersionField()
    seen = VersionField()  # the last line of the record on the page

    @property
    def made_from(self) -> int:
        return self.version.data or 0

    @property
    def last_seen(self) -> int:
        return self.seen.data or 0

    def bring_up_to(self, version: int, seen: int) -> None:
        """Let the form be sent again from what stands now; what was typed stays."""
        self.version.data, self.seen.data = version, seen
        self.version.raw_data = self.seen.raw_data = None


def seen_form(version: int, seen: int) -> SeenForm:
    """A button's form for a page that is shown, not sent."""
    return SeenForm(formdata=None, data={"version": version, "seen": seen})


class CodeList(SelectField):
    """One of some codes of the regulation in a list, or None."""

    def __init__(self, label: str = "", *, codes: Iterable[Code], nothing: str = "", **rest: Any) -> None:
        codes = list(codes)
        choices = [SelectChoice(code.value, formats.capital(code.label)) for code in codes]
        super().__init__(
            label,
            coerce=lambda raw: next((code for code in codes if code == raw), raw) if raw else None,
            choices=[SelectChoice("", nothing), *choices] if nothing else choices,
            **rest,
        )


class PastField(LineField):
    """When something happened, as it is said: «nå», «kl. 10.15», «i går kl. 14». Empty where that may be.

    `told_at` is the instant, set when the field is validated."""

    told_at: datetime | None = None

    def read(self, now: datetime, earliest_at: datetime | None = None) -> None:
        """Find the instant. Raises ValidationError: not understood, still to come, or before the inquiry came."""
        words = (self.data or "").casefold()
        if not words:
            return
        if words in NOW_WORDS:
            self.told_at = now
            return
        self.told_at = _past(words, now)
        if earliest_at is not None and self.told_at < earliest_at:
            if earliest_at - self.told_at >= MINUTE:
                raise ValidationError(f"Det er før henvendelsen kom, {formats.when(earliest_at, now)}.")
            self.told_at = earliest_at


def _past(words: str, now: datetime) -> datetime:
    reading = timephrases.read(words, now)
    if isinstance(reading, Past):
        return reading.at
    if isinstance(reading, Read):
        raise ValidationError(f"Tidspunktet er ikke kommet ennå: {formats.when(reading.at, now)}.")
    raise ValidationError("Forstår ikke tidspunktet. Skriv «nå», «kl. 10.15», «i går kl. 14» eller «20.11. kl. 9».")


class ComingField(LineField):
    """By when something is to be done, as it is said: «kl. 14», «i morgen kl. 10». Empty where that may be.

    `due_at` is the instant, set when the field is validated."""

    due_at: datetime | None = None

    def read(self, now: datetime) -> None:
        """Find the instant. Raises ValidationError: not understood, without a time, or gone."""
        if not self.data:
            return
        reading = timephrases.read(self.data, now)
        if not isinstance(reading, Read):
            raise ValidationError(timephrases.EXAMPLES if isinstance(reading, WithoutTime) else reading.sentence)
        self.due_at = reading.at
