"""What the pages of a story and of an expected story share: a time to come, and word of who was first."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from wtforms import ValidationError
from wtforms.widgets import DateTimeLocalInput

from pressedesk import auth, clock, formats, timephrases
from pressedesk.events import Event, EventKind
from pressedesk.timephrases import Past, Read
from pressedesk.views.fields import LineField
from pressedesk.views.sak.routes import Late
from pressedesk.workhours import OSLO


class FutureField(LineField):
    """A time to come, as it is said: «kl. 14», «i morgen kl. 10». Empty where that may be.

    `told_at` is the instant, set when the field is validated."""

    told_at: datetime | None = None

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if not self.data or validation_stopped:
            return
        reading = timephrases.read(self.data, clock.now())
        if isinstance(reading, Past):
            raise ValidationError(f"Tidspunktet er passert: {formats.when(reading.at, clock.now())}. Velg et senere.")
        if not isinstance(reading, Read):
            raise ValidationError("Forstår ikke tidspunktet. Skriv «kl. 14», «i morgen kl. 10» eller «26.11. kl. 12».")
        self.told_at = reading.at


class PickedField(FutureField):
    """The same, picked in the browser's own picker."""

    widget = DateTimeLocalInput()


def picked(at: datetime) -> str:
    """An instant as a picker holds it."""
    return at.astimezone(OSLO).strftime("%Y-%m-%dT%H:%M")


def who_was_first(kind: EventKind, name: str, row_id: int) -> Late:
    """What was done last to a story or an expected story, for whoever came second. `name`: its key in the record."""
    now = clock.now()
    wanted = select(Event).where(Event.kind == kind, Event.data[name].as_integer() == row_id)
    event = auth.reader().scalar(wanted.order_by(Event.id.desc()).limit(1))
    return Late([f"{event.kind.label} av {event.actor}, {formats.when(event.at, now)}."] if event else [], "")
