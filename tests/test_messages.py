"""What messages say: enough to act on, and nothing of the case."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from pressedesk import db, messages
from pressedesk.clocks import Step
from pressedesk.messages import Caller, Reader, Text
from pressedesk.models import Inquiry, MessageKind, Outlet, Reminder
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.vocabulary import NO, YES, Level
from tests.calls import log_call
from tests.organisation import Town

NINE = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
URL = "http://localhost/v/abc"
WITH_WORDS_OF_THEIR_OWN = {MessageKind.CONTACT, MessageKind.CRISIS, MessageKind.REQUEST, MessageKind.TASK}
ABOUT_AN_INQUIRY = [kind for kind in MessageKind if kind not in WITH_WORDS_OF_THEIR_OWN]
SECRETS = ("gymsal", "Nygård", "skole", "Bjerke", "Rektor", "Berg", "personal", "begrenset")


def compose(
    town: Town, kind: MessageKind, reader: Reader = Reader.HAS_IT, step: Step | None = None, **facts: object
) -> Text:
    """A message about a call on the school, due at one."""
    known = {"level": Level.UNIT, "personnel": NO, "client_case": NO, **facts}
    case = log_call(town, NINE, facts=Facts(**known))  # type: ignore[arg-type]
    with db.reading() as tx:
        inquiry = tx.scalars(select(Inquiry).where(Inquiry.reference == case.reference)).one()
        strand = inquiry.strands[0]
        reminder = tx.scalars(select(Reminder).where(Reminder.step == step)).first() if step else None
        return messages.compose(kind, reader, messages.About(inquiry, strand, reminder), URL, NINE)


def test_the_first_word(town: Town) -> None:
    """Who asks, by when, what to do now, and the way in."""
    text = compose(town, MessageKind.REMINDER, step=Step.TOLD)
    assert text.subject.startswith("Ny pressehenvendelse: PD-2026-")
    for part in ("«Jeg tar den»", "Redaksjon: Granliposten", "Frist: tirsdag 24.11. kl. 13.00", URL, "bare for deg"):
        assert part in text.body


@pytest.mark.parametrize("reader", Reader)
@pytest.mark.parametrize("kind", ABOUT_AN_INQUIRY)
def test_no_message_tells_what_the_case_is_about(town: Town, kind: MessageKind, reader: Reader) -> None:
    """Reference, newsroom and deadline alone; a restricted inquiry gets the very words of an ordinary one."""
    ordinary = compose(town, kind, reader)
    restricted = compose(town, kind, reader, personnel=YES)
    assert [secret for secret in SECRETS if secret.casefold() in (ordinary.subject + ordinary.body).casefold()] == []
    assert restricted.body.replace("0002", "0001") == ordinary.body


@pytest.mark.parametrize("words", [*messages.PLAIN.values(), *messages.REQUESTS.values(), *messages.TASKS.values()])
def test_every_kind_has_a_heading_and_advice(words: messages.Words) -> None:
    """Whole sentences, and nothing of a case."""
    assert words.heading
    assert words.has_it.endswith((".", "?"))
    assert [secret for secret in SECRETS if secret.casefold() in words.has_it.casefold()] == []


@pytest.mark.parametrize("step", Step)
def test_every_step_says_what_to_do(step: Step) -> None:
    """To whoever has it, and to whoever is to help, in whole sentences."""
    words = messages.STEPS[step]
    for advice in (words.advice(Reader.HAS_IT), words.advice(Reader.HELPS)):
        assert advice.endswith(".")
        assert "  " not in advice
        assert any(f"{verb} " in f"{advice} ".replace(".", " ").replace(",", " ") for verb in DO_NOW), advice


DO_NOW = ("Åpne", "åpne", "Svar", "svar", "ring", "Ring", "Sørg", "Hør", "Ta", "ta")


def test_a_helper_is_told_to_log_in(town: Town) -> None:
    """The link of his own is for whoever has the strand."""
    assert "Du må logge inn" in compose(town, MessageKind.REMINDER, Reader.HELPS, Step.OVERDUE).body


@pytest.mark.parametrize("name", ["Granli\r\nBcc: x", "Granli\u2028posten", "G" * 300, "\u202eposten"])
def test_a_newsroom_stays_on_its_line(town: Town, name: str) -> None:
    """It was typed by somebody, so it makes no line of its own and no wall of text."""
    case = log_call(town, NINE)
    with db.writing() as tx:
        tx.scalars(select(Outlet)).one().name = name
    with db.reading() as tx:
        inquiry = tx.scalars(select(Inquiry).where(Inquiry.reference == case.reference)).one()
        text = messages.compose(MessageKind.INFORM, Reader.HELPS, messages.About(inquiry), None, NINE)
    (line,) = [line for line in text.body.splitlines() if line.startswith("Redaksjon: ")]
    assert len(line) <= len("Redaksjon: ") + messages.LONGEST
    assert "Bcc" not in text.body.replace(line, "")


def test_a_contact_says_who_called_and_nothing_of_why() -> None:
    """The person decides; what was passed on is not kept."""
    caller = Caller("Mari\nNygård", "Granliposten", "91234567", "mari@granliposten.example", "som tillitsvalgt")
    text = messages.contact(caller)
    assert text.body.startswith("Mari Nygård har ringt til kommunen og vil ha tak i deg som tillitsvalgt.")
    for part in ("Granliposten", "912 34 567", "mari@granliposten.example", "Du avgjør selv", "slettes"):
        assert part in text.body
    assert "Mari" not in text.subject


def test_several_messages_make_one_mail() -> None:
    """Each under its own heading; one alone keeps its subject."""
    one, two = Text("Ny: PD-1", "Åpne PD-1."), Text("Over fristen: PD-2", "Svar PD-2.")
    assert messages.as_mail([one]) == Text("Ny: PD-1", f"Åpne PD-1.\n\n{messages.NO_REPLY}")
    both = messages.as_mail([one, two])
    assert both.subject == "2 varsler om pressehenvendelser"
    assert [part in both.body for part in ("Ny: PD-1\n\nÅpne PD-1.", "Over fristen: PD-2\n\nSvar PD-2.")] == [True] * 2
    assert both.body.count(messages.NO_REPLY) == 1
