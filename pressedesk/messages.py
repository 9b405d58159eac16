"""What messages say. No case content: reference, newsroom and deadline, and a link for one person to one inquiry."""

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from pressedesk import formats
from pressedesk.clocks import Step
from pressedesk.models import Inquiry, MessageKind, Reminder, Strand


@dataclass(frozen=True)
class Text:
    subject: str
    body: str


@dataclass(frozen=True)
class Caller:
    """Who called, for a contact that is only passed on."""

    name: str
    outlet: str
    phone: str
    email: str
    wants: str  # the capacity he asked for, as a Norwegian phrase


STEPS = {
    Step.TOLD: "Ny pressehenvendelse",
    Step.NOT_TAKEN: "Ikke tatt ennå",
    Step.UP_THE_LINE: "Ikke tatt ennå",
    Step.AMBER: "Innsynskrav venter på svar",
    Step.RED: "Innsynskrav haster",
    Step.BEFORE_DUE: "Fristen nærmer seg",
    Step.DUE: "Fristen er nå",
    Step.OVERDUE: "Over fristen",
    Step.OVERDUE_TWO_HOURS: "Fortsatt over fristen",
    Step.NEXT_MORNING: "Over fristen siden i går",
}


def compose(
    kind: MessageKind,
    inquiry: Inquiry,
    strand: Strand | None,
    reminder: Reminder | None,
    url: str | None,
    now: datetime,
) -> Text:
    """The words of one message. `url` is the receiver's own link."""
    return Text(f"{_heading(kind, reminder)}: {inquiry.reference}", _body(kind, inquiry, strand, reminder, url, now))


def _heading(kind: MessageKind, reminder: Reminder | None) -> str:
    match kind:
        case MessageKind.REMINDER:
            return STEPS[reminder.step] if reminder else STEPS[Step.TOLD]
        case MessageKind.ANSWERED:
            return "Journalisten har fått svar"
        case MessageKind.CHANGED:
            return "Ikke lenger din"
        case MessageKind.INFORM:
            return "Til orientering"
        case MessageKind.UNREACHABLE:
            return "Ingen er å få tak i"
        case MessageKind.CONTACT:
            return "Beskjed fra en journalist"
        case _:
            assert_never(kind)


def _body(
    kind: MessageKind,
    inquiry: Inquiry,
    strand: Strand | None,
    reminder: Reminder | None,
    url: str | None,
    now: datetime,
) -> str:
    lines = [f"{_heading(kind, reminder)}.", "", f"Sak: {inquiry.reference}"]
    if inquiry.outlet is not None:
        lines.append(f"Redaksjon: {inquiry.outlet.name}")
    if strand is not None and strand.due_at is not None and kind is not MessageKind.ANSWERED:
        lines.append(f"Frist: {formats.when(strand.due_at, now)}")
    if url is not None:
        lines += ["", "Åpne saken her. Lenken er bare for deg:", url]
    lines += ["", "Meldingen kan ikke besvares."]
    return "\n".join(lines)


def contact(caller: Caller) -> Text:
    """That a journalist called somebody in another capacity than the municipality's. Nothing about why."""
    where = [
        line for line in (caller.outlet, formats.phone(caller.phone) if caller.phone else "", caller.email) if line
    ]
    lines = [
        f"{caller.name} ringte til kommunen og ville ha tak i deg {caller.wants}.",
        "",
        *where,
        "",
        "Du avgjør selv om du vil ringe tilbake. Kommunen har ikke notert hva det gjelder, og sletter denne beskjeden.",
    ]
    return Text("Beskjed fra en journalist", "\n".join(lines))
