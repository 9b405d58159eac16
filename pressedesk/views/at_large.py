"""What the pages of a story and of an expected story share: a time to come, and word of who was first."""

from datetime import datetime

from sqlalchemy import select
from wtforms import ValidationError
from wtforms.widgets import DateTimeLocalInput

from pressedesk import auth, clock, formats
from pressedesk.events import Event, EventKind
from pressedesk.views.fields import Form
from pressedesk.views.sak.forms import ComingField
from pressedesk.views.sak.routes import Late
from pressedesk.workhours import OSLO


class UntilForm(Form):
    """Something that runs out, always: a text that may be used until a time."""

    until = ComingField("Hvor lenge gjelder teksten?")
    until_picked = ComingField("Eller velg tidspunktet", widget=DateTimeLocalInput())

    def validate_until(self, field: ComingField) -> None:
        """Written, or else picked."""
        if not field.data and not self.until_picked.data:
            raise ValidationError("Skriv hvor lenge teksten gjelder, for eksempel «i morgen kl. 10».")
        field.read(clock.now())

    def validate_until_picked(self, field: ComingField) -> None:
        """What is written goes before what is picked."""
        if not self.until.data:
            field.read(clock.now())

    @property
    def until_at(self) -> datetime:
        """Of a validated form."""
        return self.until.due_at or self.until_picked.due_at or clock.now()


def picked(at: datetime) -> str:
    """An instant as a picker holds it."""
    return at.astimezone(OSLO).strftime("%Y-%m-%dT%H:%M")


def who_was_first(kind: EventKind, name: str, row_id: int) -> Late:
    """What was done last to a story or an expected story, for whoever came second. `name`: its key in the record."""
    now = clock.now()
    wanted = select(Event).where(Event.kind == kind, Event.data[name].as_integer() == row_id)
    event = auth.reader().scalar(wanted.order_by(Event.id.desc()).limit(1))
    return Late([f"{event.kind.label} av {event.actor}, {formats.when(event.at, now)}."] if event else [], "")
