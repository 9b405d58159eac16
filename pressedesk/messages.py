"""What messages say. No case content: reference, newsroom, deadline, a link, and what to do now.

Names and newsrooms come from outside, so they are cleaned and cut before they stand in a mail. Times stand with their
date, since a mail may be read another day. Restricted inquiries get the same words as all others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pressedesk import formats
from pressedesk.clocks import Step
from pressedesk.models import Crisis, Inquiry, MessageKind, Reminder, Request, RequestKind, Strand, Task, TaskKind

LONGEST = 80  # characters of a name or a newsroom
BETWEEN = "\n\n– – –\n\n"
NO_REPLY = "Denne e-posten kan ikke besvares."


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


class Reader(StrEnum):
    """Who reads a message about a strand: whoever has it, or somebody who is to help."""

    HAS_IT = "has_it"
    HELPS = "helps"


@dataclass(frozen=True)
class Words:
    """The heading of a message, and what to do now."""

    heading: str
    has_it: str
    helps: str = ""  # where it differs

    def advice(self, reader: Reader) -> str:
        return self.helps if reader is Reader.HELPS and self.helps else self.has_it


STEPS = {
    Step.TOLD: Words(
        "Ny pressehenvendelse",
        "En journalist venter på svar. Åpne saken og trykk «Jeg tar den», så ser sentralbordet at du har den.",
    ),
    Step.NOT_TAKEN: Words(
        "Ikke tatt ennå",
        "Ingen har tatt saken, og journalisten venter. Åpne den og trykk «Jeg tar den». Kan du ikke, så ring "
        "sentralbordet.",
        "Ingen har tatt saken, og journalisten venter. Åpne den, og finn noen som kan svare.",
    ),
    Step.UP_THE_LINE: Words(
        "Ikke tatt ennå, og det haster",
        "Ingen har tatt saken, og det er kort tid til fristen. Åpne den og trykk «Jeg tar den», eller ring "
        "sentralbordet nå.",
        "Den som skulle svare, har ikke tatt saken, og det er kort tid til fristen. Ta den selv, eller sørg for at "
        "noen gjør det.",
    ),
    Step.AMBER: Words(
        "Innsynskrav venter på svar",
        "Kravet har ventet en virkedag. Svar i dag, om så bare på en del av det.",
    ),
    Step.RED: Words(
        "Innsynskrav haster",
        "Kravet har ventet i tre virkedager. Etter fem dager uten svar regnes det som avslag, og journalisten kan "
        "klage. Svar nå.",
        "Kravet har ventet i tre virkedager. Etter fem dager uten svar regnes det som avslag, og journalisten kan "
        "klage. Hør om den ansvarlige trenger hjelp.",
    ),
    Step.BEFORE_DUE: Words(
        "Fristen nærmer seg",
        "Svar journalisten nå, eller ring og si når svaret kommer.",
        "Journalisten har ikke fått svar ennå. Sørg for at noen svarer, eller ringer og sier når svaret kommer.",
    ),
    Step.DUE: Words(
        "Fristen er nå",
        "Svar journalisten, eller ring og si når svaret kommer. Skriv i saken når svaret er gitt, så slutter "
        "påminnelsene.",
        "Fristen er ute. Sørg for at journalisten får svar, eller får vite når det kommer.",
    ),
    Step.OVERDUE: Words(
        "Over fristen",
        "Journalisten har ikke fått svar i tide. Ring og si når svaret kommer, og svar så snart du kan. Er svaret "
        "gitt, så skriv det i saken.",
        "Journalisten har ikke fått svar i tide. Hør om den ansvarlige trenger hjelp, eller ta saken selv.",
    ),
    Step.OVERDUE_TWO_HOURS: Words(
        "Fortsatt over fristen",
        "Journalisten venter fortsatt. Ring nå og si når svaret kommer. Er svaret gitt, så skriv det i saken.",
        "Journalisten venter fortsatt. Sørg for at noen ringer nå og sier når svaret kommer.",
    ),
    Step.NEXT_MORNING: Words(
        "Fristen gikk ut, og journalisten venter",
        "Journalisten har fortsatt ikke fått svar. Svar i dag. Er svaret gitt, så skriv det i saken.",
        "Journalisten har fortsatt ikke fått svar. Sørg for at noen svarer i dag.",
    ),
    Step.DAILY: Words(
        "Fortsatt åpen",
        "Saken er ikke avsluttet. Svar journalisten, eller lukk saken og skriv hvorfor.",
        "Saken er ikke avsluttet. Hør om den ansvarlige trenger hjelp, eller sørg for at noen lukker den.",
    ),
}

ANSWERED = Words("Journalisten har fått svar", "Du trenger ikke gjøre noe. Ringer journalisten igjen, er svaret gitt.")
CHANGED = Words("Ikke lenger din", "En annen har nå ansvaret for saken. Du trenger ikke gjøre noe mer.")
DUE_MOVED = Words("Ny frist", "Fristen i en sak du har, er endret. Åpne saken og se hva som gjelder nå.")
INFORM = Words("Til orientering", "Andre svarer på denne henvendelsen. Du får beskjed så du kjenner til den.")
UNREACHABLE = Words(
    "Ingen å få tak i", "Ingen i den ansvarlige stillingen er å få tak i. Åpne saken, og finn noen som kan svare."
)
PLAIN = {
    MessageKind.ANSWERED: ANSWERED,
    MessageKind.CHANGED: CHANGED,
    MessageKind.DUE_MOVED: DUE_MOVED,
    MessageKind.INFORM: INFORM,
    MessageKind.UNREACHABLE: UNREACHABLE,
    MessageKind.CLARIFY: Words(
        "Hvor hører saken hjemme?",
        "Ingen vet ennå hvem som skal svare. Finn ut hvor saken hører hjemme, og rett opplysningene. Ellers får "
        "rådmannen den snart.",
    ),
    MessageKind.REPLIED: Words("Du har fått svar", "Den du spurte, har svart. Åpne saken og se hva som ble sagt."),
    MessageKind.HANDOVER: Words(
        "Kan du ta denne?",
        "En kollega mener at saken hører hjemme hos deg. Åpne den og ta den, eller si at den ikke er din. Kollegaen "
        "har den til du har svart.",
    ),
    MessageKind.NOT_YOURS: Words(
        "Saken du ville gi videre", "Den du ville gi saken til, har svart. Åpne saken og se hvem som har den."
    ),
    MessageKind.NOBODY_KNOWS: Words(
        "Ikke min, og ingen vet hvem sin", "Den som fikk saken, sier at den hører hjemme et annet sted. Finn ut hvor."
    ),
    MessageKind.TRANSFERRED: Words(
        "Journalisten settes over til deg nå",
        "Ta telefonen. Etterpå trykker du «Jeg tar den» eller skriver hva du svarte.",
    ),
    MessageKind.NOT_SPOKEN: Words(
        "Journalisten fikk ikke tak i noen",
        "Journalisten ble satt over, men ingen tok telefonen. Åpne saken og ring tilbake.",
    ),
    MessageKind.NUDGE: Words("Journalisten har ringt igjen", "Journalisten spør når svaret kommer. Svar, eller ring."),
    MessageKind.ADDED: Words("Nytt i saken", "Journalisten har ringt igjen og hatt mer å spørre om. Åpne saken."),
    MessageKind.PROMISE: Words(
        "Ring journalisten: ny tid", "Den som har saken, trenger mer tid. Ring journalisten og si når svaret kommer."
    ),
    MessageKind.STORY: Words("Flere har spurt om det samme", "Hendelsen du svarer for, har noe nytt. Åpne saken."),
}
REQUESTS = {
    RequestKind.CONSULTATION: Words(
        "Du blir spurt til råds",
        "En leder er i tvil og skal rådføre seg med deg før journalisten får svar. Svar med en linje.",
    ),
    RequestKind.AGREEMENT: Words(
        "En medarbeider ber om en avtale",
        "En medarbeider trenger en særskilt avtale med deg for å gi vurderinger i denne saken. Svar ja eller nei.",
    ),
    RequestKind.ADVICE: Words("Noen vil ha råd", "En kollega vil ha råd før journalisten får svar. Svar med en linje."),
    RequestKind.FACTS: Words(
        "Noen trenger fakta fra deg", "En kollega svarer en journalist og trenger fakta fra deg. Svar med en linje."
    ),
}
TASKS = {
    TaskKind.REPLY: Words(
        "Noen venter på svar fra deg",
        "Du er spurt om noe før en journalist får svar. Svar nå.",
        "En kollega er spurt om noe før en journalist får svar, og har ikke svart. Ring, eller finn en annen å spørre.",
    ),
    TaskKind.TRANSFER: PLAIN[MessageKind.NOT_SPOKEN],
    TaskKind.STAFF: Words(
        "Vet de ansatte det?",
        "Saken kommer i avisa. Sørg for at de ansatte får vite det først.",
        "Saken kommer i avisa, og ingen har skrevet at de ansatte vet det. Sørg for at noen sier det til dem.",
    ),
    TaskKind.CORRECTION: Words(
        "Noe ble feil på trykk",
        "Be redaksjonen rette. Skriv i saken når det er gjort.",
        "Noe ble feil på trykk, og ingen har skrevet at redaksjonen er bedt om å rette. Sørg for at noen gjør det.",
    ),
    TaskKind.PROMISE: Words(
        PLAIN[MessageKind.PROMISE].heading,
        PLAIN[MessageKind.PROMISE].has_it,
        "Den som har saken, trenger mer tid, og ingen har sagt det til journalisten. Ring nå.",
    ),
    TaskKind.JOURNAL: Words(
        "Skal svaret journalføres?",
        "Et skriftlig svar er gitt. Vurder om det skal journalføres.",
        "Et skriftlig svar er gitt, og ingen har vurdert om det skal journalføres. Sørg for at noen gjør det.",
    ),
}


@dataclass(frozen=True)
class About:
    """What a message is about."""

    inquiry: Inquiry
    strand: Strand | None = None
    reminder: Reminder | None = None
    request: Request | None = None
    task: Task | None = None


def compose(
    kind: MessageKind,
    reader: Reader,
    about: About,
    url: str | None,
    now: datetime,
) -> Text:
    """The words of one message. `url` is the way in: the reader's own link where he has it, else the page of it."""
    inquiry, strand = about.inquiry, about.strand
    words = _words(kind, about)
    lines = [words.advice(reader), "", f"Sak: {inquiry.reference}"]
    is_for_the_archive = about.task is not None and about.task.kind is TaskKind.JOURNAL
    if inquiry.outlet is not None and not is_for_the_archive:
        lines.append(f"Redaksjon: {_line(inquiry.outlet.name)}")
    if strand is not None and strand.due_at is not None:
        lines.append(f"Frist: {formats.day_and_time(strand.due_at, now)}")
    if url is not None:
        own = strand is not None and reader is Reader.HAS_IT
        lines += ["", "Til saken. Lenken er bare for deg:" if own else "Til saken. Du må logge inn:", url]
    return Text(f"{words.heading}: {inquiry.reference}", "\n".join(lines))


def _words(kind: MessageKind, about: About) -> Words:
    if kind is MessageKind.REMINDER:
        return STEPS[about.reminder.step if about.reminder else Step.TOLD]
    if kind is MessageKind.REQUEST and about.request is not None:
        return REQUESTS[about.request.kind]
    if kind is MessageKind.TASK and about.task is not None:
        return TASKS[about.task.kind]
    return PLAIN[kind]  # a contact and the crisis are about no inquiry: see contact() and crisis()


def contact(caller: Caller) -> Text:
    """That somebody called for a person in another capacity than the municipality's. Nothing about why."""
    where = (caller.outlet, formats.phone(caller.phone), caller.email)
    lines = [
        f"{_line(caller.name)} har ringt til kommunen og vil ha tak i deg {caller.wants}.",
        "",
        *(_line(line) for line in where if line),
        "",
        "Du avgjør selv om du vil ringe tilbake. Kommunen har ikke notert hva det gjelder, og denne beskjeden slettes "
        "hos oss når den er levert.",
    ]
    return Text("Noen vil ha tak i deg", "\n".join(lines))


def crisis(turned: Crisis, url: str, now: datetime) -> Text:
    """That crisis leadership was established, or has ended. Nothing about why."""
    if turned.ended_at is None:
        heading, at = "Kriseledelsen er etablert", turned.started_at
        what = "Den svarer pressen til den er avsluttet, også på spørsmålene som var åpne. Se hva som venter."
    else:
        heading, at = "Kriseledelsen er avsluttet", turned.ended_at
        what = "De åpne sakene er tilbake hos dem som svarer til vanlig. Du trenger ikke gjøre noe mer."
    lines = [f"{heading}, {formats.day_and_time(at, now)}.", what, "", "Du må logge inn:", url]
    return Text(heading, "\n".join(lines))


def as_mail(texts: Sequence[Text]) -> Text:
    """The messages that leave together as one mail, each under its own heading where there are several."""
    if len(texts) == 1:
        return Text(texts[0].subject, f"{texts[0].body}\n\n{NO_REPLY}")
    bodies = BETWEEN.join(f"{text.subject}\n\n{text.body}" for text in texts)
    return Text(f"{len(texts)} varsler om pressehenvendelser", f"{bodies}{BETWEEN}{NO_REPLY}")


def _line(text: str) -> str:
    """What came from outside, on one line and no longer than a name is."""
    return formats.excerpt(text, LONGEST)
