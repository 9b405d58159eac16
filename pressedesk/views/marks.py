"""How the state of a strand looks: words first, with a colour and an icon that only repeat them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from pressedesk import formats
from pressedesk.models import Restriction
from pressedesk.regulation.vocabulary import Clock, Kind, Outcome
from pressedesk.search import Row
from pressedesk.workflow import OPEN, UNTAKEN, Ending, State

SOON = timedelta(hours=1)


@dataclass(frozen=True)
class Mark:
    """A tag of components/show.html. Colours: neutral info success warning danger."""

    text: str
    color: str = "neutral"
    icon: str = ""


SILENT_REFUSAL = Mark("Regnes som avslag, svar likevel", "danger", "!")  # offentleglova § 32


class Clocked(Protocol):
    """What a due time is read from: a strand, or its row in a list."""

    @property
    def state(self) -> State: ...
    @property
    def clock(self) -> Clock | None: ...
    @property
    def due_at(self) -> datetime | None: ...
    @property
    def answered_at(self) -> datetime | None: ...
    @property
    def was_in_time(self) -> bool | None: ...


def due(strand: Clocked, now: datetime) -> Mark | None:
    """What is left of the time of an open strand, or how an answered one came out. None where no clock runs."""
    if strand.answered_at is not None:
        return answered_in(strand)
    if strand.due_at is None or strand.state not in OPEN:
        return None
    left = formats.countdown(strand.due_at, now)
    if strand.due_at < now and strand.clock is Clock.INNSYN:
        return SILENT_REFUSAL
    if strand.due_at < now:
        return Mark(formats.capital(left), "danger", "!")
    words = f"{'Innsynsfrist' if strand.clock is Clock.INNSYN else 'Frist'} {left}"
    return Mark(words, "warning", "◆") if strand.due_at - now <= SOON else Mark(words, "neutral", "○")


def answered_in(strand: Clocked) -> Mark | None:
    """Whether the answer came in time."""
    if strand.was_in_time is None:
        return None
    return Mark("I tide", "success", "✓") if strand.was_in_time else Mark("For sent", "warning", "◆")


MARKS = {
    State.NEW: Mark("Ingen er varslet", "danger", "!"),
    State.TOLD: Mark("Varslet, ikke tatt", "info", "○"),
    State.CLARIFYING: Mark("Venter på svar fra andre", "info", "○"),
    State.ANSWERED: Mark("Besvart", "success", "✓"),
}


def state(
    state: State, taken_by: str | None, ending: Ending | None, *, acting: str | None = None, is_mine: bool = False
) -> Mark:
    """Where a strand stands. `acting`: whose it is, also while KIS finds out whether it should be."""
    if state is State.NEW and acting is not None:
        return Mark("KIS avklarer", "info", "?")
    if state is State.TAKEN:
        return Mark("Tatt av deg" if is_mine or not taken_by else f"Tatt av {taken_by}", "success", "✓")
    if state is State.CLOSED and ending is not None:
        return Mark(ending.label)
    return MARKS.get(state) or Mark(state.label)


def restriction(restriction: Restriction, text_is_held: bool) -> Mark | None:
    """Whether an inquiry is for few eyes, or its text is until somebody has said."""
    if restriction is not Restriction.NONE:
        return Mark("Begrenset", "warning", "■")
    return Mark("Ikke avklart om enkeltperson", "neutral", "□") if text_is_held else None


def red(row: Row) -> Iterable[Mark]:
    """Why somebody should ring."""
    if row.is_unreachable:
        yield Mark("Ingen å få tak i", "danger", "!")
    if row.is_undelivered:
        yield Mark("Varselet kom ikke fram", "danger", "!")
    if row.is_silent and not row.is_unreachable:
        yield Mark("Ikke tatt", "warning", "◆")
    if row.is_uncertain:
        yield Mark("Usikkert hvor den hører hjemme", "info", "?")


NEXT = {
    Outcome.ANSWER: "Svar journalisten.",
    Outcome.LIMITED: "Svar i generelle vendinger.",
    Outcome.DECLINE: "Avslå høflig, og si hvorfor.",
    Outcome.NO_REPLY: "Skal ikke besvares. Lukk saken.",
    Outcome.REPLY_BY_LETTER: "Rett faktafeilen i et leserbrev, etter samråd.",
    Outcome.CORRECT: "Rett faktafeilen.",
    Outcome.HANDLE_AS_INNSYN: "Behandle innsynskravet.",
    Outcome.CRISIS_LEADERSHIP: "Kriseledelsen svarer.",
    Outcome.PASS_CONTACT: "Formidle kontakten.",
}


WITH_KIS = "KIS finner ut hvor saken hører hjemme. Du får beskjed hvis den er din."


def next_step(row: Row, person_id: int) -> str:
    """What the person should do with a strand of his now, in one sentence."""
    if row.state is State.ANSWERED:
        return "Journalisten har fått svar. Lukk saken."
    if row.state in UNTAKEN:
        is_with_kis = row.state is State.NEW and row.acting is not None
        return WITH_KIS if is_with_kis else "Ta saken, så ser de andre at noen har den."
    if row.state is State.CLARIFYING and row.taken_by_id == person_id:
        return "Du har spurt noen først, og venter på svar."
    if row.taken_by_id != person_id:
        return f"{row.taken_by} har tatt den."
    if row.restriction is Restriction.UNCONFIRMED or row.text_is_held:
        return "Si om en enkeltperson er berørt, før du svarer."
    return NEXT[row.outcome]


def why_no_text(row: Row) -> str:
    """What stands in a list where the question does not."""
    if row.restriction is Restriction.NONE:
        return "Teksten er holdt tilbake."
    return "Åpne saken for å lese spørsmålet. Det blir notert hvem som åpner den."


def heading(outlet: str | None, caller: str) -> str:
    """Who asks, as one line: the newsroom, or the caller where none was given."""
    return outlet or caller


def part(kind: Kind) -> str:
    """The kind of a strand where it is worth saying: the administrative one is the ordinary one."""
    return "" if kind is Kind.ADMINISTRATIVE else kind.label


def deadline(due_at: datetime, now: datetime) -> Mark:
    """How long there is to something that is to be done by a time, apart from the clock of the answer."""
    left = formats.countdown(due_at, now)
    if due_at < now:
        return Mark(formats.capital(left), "danger", "!")
    return Mark(f"Frist {left}", "warning", "◆") if due_at - now <= SOON else Mark(f"Frist {left}", "neutral", "○")
