"""The journalist calls again: what to say, «Purr», and what was asked besides put into the inquiry that is open."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from pressedesk import access, db, formats, organisation, outbox
from pressedesk.access import Do, Refused, Told, ToldPart
from pressedesk.desk import silence
from pressedesk.desk.change import Edit, change_inquiry
from pressedesk.desk.clarifying import is_with_kis, of_kis
from pressedesk.desk.phrases import promised
from pressedesk.desk.routing import in_need
from pressedesk.events import EventKind
from pressedesk.models import Inquiry, MessageKind, Note, Restriction, Strand
from pressedesk.outbox import Occasion
from pressedesk.regulation.vocabulary import Clock, Kind, Outcome
from pressedesk.workflow import HELD, OPEN, Ending, State
from pressedesk.workhours import local_day

NUDGED_AT_MOST_EACH = timedelta(minutes=15)
TAKEN_IN = "Saken er tatt imot."
ENDED = "Saken er avsluttet."
LATE = "Svaret er forsinket. Jeg sier fra at du har ringt igjen."
PARTS = {
    Kind.CRISIS: "Spørsmålet om hendelsen",
    Kind.POLITICAL: "Det politiske spørsmålet",
    Kind.LETTER: "Leserbrevet",
    Kind.OWN_ACCOUNT: "Spørsmålet på kommunens konto",
    Kind.ADMINISTRATIVE: "Spørsmålet til administrasjonen",
    Kind.DOCUMENTS: "Innsynskravet",
}


# What to say


def status(told: Told, now: datetime) -> str:
    """What the desk says aloud of one inquiry. Of one for few eyes, or where nobody has said whether a person is
    concerned: that it is here, and when the journalist hears."""
    if not told.says_who:
        return _quietly(told, now)
    if not told.parts:
        return ENDED
    if len(told.parts) == 1:
        return _said_of("Saken", told.parts[0], now)
    return " ".join(_said_of(PARTS.get(part.kind, "Saken") if part.kind else "Saken", part, now) for part in told.parts)


def _quietly(told: Told, now: datetime) -> str:
    if told.is_open:
        due = [part.due_at for part in told.parts if part.state in OPEN and part.due_at]
        return f"{TAKEN_IN} {_promise(min(due, default=None), None, now)}"
    answered = [part.answered_at for part in told.parts if part.answered_at]
    return f"Saken ble besvart {formats.when(max(answered), now)}." if answered else ENDED


def _said_of(it: str, part: ToldPart, now: datetime) -> str:
    if part.state in OPEN and part.outcome is Outcome.NO_REPLY:
        return "Kommunen svarer som hovedregel ikke på leserbrev."
    if part.state in OPEN:
        return f"{_where(it, part)} {_promise(part.due_at, part.clock, now)}"
    if part.answered_at is not None:
        return f"{it} ble besvart {formats.when(part.answered_at, now)}."
    if part.ending is Ending.WITHDRAWN:
        return f"{it} er avsluttet, fordi spørsmålet ble trukket."
    return f"{it} er avsluttet uten svar."


def _where(it: str, part: ToldPart) -> str:
    if part.person is None:
        return f"{it} er tatt imot, men den som svarer, er ikke å få tak i nå."
    if part.state is State.NEW:
        return f"{it} er tatt imot, og vi finner ut hvem som svarer."
    if part.state is State.CLARIFYING:
        return f"{it} er tatt av {part.person}, som avklarer noe først."
    if part.state in HELD:
        return f"{it} er tatt av {part.person}."
    return f"{it} venter hos {part.person}, som har fått beskjed."


def _promise(due_at: datetime | None, clock: Clock | None, now: datetime) -> str:
    if due_at is None:
        return "Du får svar eller ny beskjed så snart vi kan."
    if due_at < now:
        return LATE
    if clock is Clock.INNSYN:
        return f"Du får svar innen {formats.day(local_day(due_at), local_day(now)).rstrip('.')}."
    return f"Du får svar eller ny beskjed innen {promised(due_at, now)}."


# «Purr»


def next_nudge(told: Told, now: datetime) -> datetime | None:
    """When whoever has it can be told again; None where that is now."""
    if told.nudged_at is None or now - told.nudged_at >= NUDGED_AT_MOST_EACH:
        return None
    return told.nudged_at + NUDGED_AT_MOST_EACH


def nudge(person_id: int, reference: str, now: datetime) -> None:
    """Tell whoever has each open strand that the journalist called again, at most once in fifteen minutes.

    Moves no due time and no version, so that nobody's open page grows old by it. Raises NotFound, and Refused: it was
    done just now, or nothing is open any longer."""
    with db.writing() as tx:
        org = organisation.snapshot(tx, now)
        who = access.actor(tx, person_id, now, org)
        if not access.may(who, Do.SECOND_CALL):
            raise Refused("Det er sentralbordet og KIS som purrer når journalisten ringer igjen.")
        inquiry = access.inquiry_called_about(tx, who, reference)
        strands = [strand for strand in inquiry.strands if strand.state in OPEN]
        if not strands:
            raise Refused("Saken er ikke åpen lenger. Har journalisten mer å spørre om, så ta det som en ny sak.")
        before = inquiry.nudged_at
        if not _is_first(tx, inquiry, now):
            last_at = before or now
            raise Refused(
                f"Det ble purret kl. {formats.clock_time(last_at)}. "
                f"Neste purring kan gå kl. {formats.clock_time(last_at + NUDGED_AT_MOST_EACH)}."
            )
        edit = Edit(tx, who, now, org, inquiry)
        _tell(edit, MessageKind.NUDGE, strands)
        edit.record(EventKind.NUDGED)


def _is_first(tx: Session, inquiry: Inquiry, now: datetime) -> bool:
    """Write down that it was nudged now, unless somebody did a moment ago: one statement, so that of two one wins."""
    long_ago = or_(Inquiry.nudged_at.is_(None), Inquiry.nudged_at <= now - NUDGED_AT_MOST_EACH)
    mark = update(Inquiry).where(Inquiry.id == inquiry.id, long_ago).values(nudged_at=now)
    return tx.connection().execute(mark).rowcount == 1


def _tell(edit: Edit, kind: MessageKind, strands: Iterable[Strand]) -> None:
    """Word to whoever has each strand; where nobody has, to those who find somebody, or find out whose it is. Of
    one who cannot now, or did not answer, and is the only one there, the next above hears too."""
    excluded = frozenset(exclusion.person_id for exclusion in edit.inquiry.exclusions)
    silent = organisation.passed_by(edit.tx, edit.inquiry.id, edit.now)
    for strand in strands:
        has_it = strand.taken_by_id or strand.acting_id
        people = in_need(edit.org, excluded) if has_it is None else [has_it]
        if has_it in silent and (above := silence.next_above(edit, strand)) is not None:
            people.append(above)
        if is_with_kis(strand):
            for_few = edit.inquiry.restriction is not Restriction.NONE
            people = [*of_kis(edit.tx, edit.org, excluded, for_few=for_few)]
        occasion = Occasion(f"{kind}:{strand.id}:{edit.now.isoformat()}", kind, edit.inquiry, strand)
        outbox.enqueue(edit.tx, occasion, [each for each in people if each != edit.who.person_id], edit.now)


# «Legg til»


def add(person_id: int, reference: str, seen: int, text: str, now: datetime) -> None:
    """Put what the journalist asked besides into an open inquiry, instead of a new one, and tell whoever has it.

    Raises NotFound, Refused (not his to do, or nothing is open any longer), Stale."""
    with change_inquiry(person_id, reference, seen, now, Do.ADD) as edit:
        strands = [strand for strand in edit.inquiry.strands if strand.state in OPEN]
        if not strands:
            raise Refused("Saken er ikke åpen lenger. Ta dette som en ny sak.")
        edit.tx.add(Note(inquiry_id=edit.inquiry.id, at=now, person_id=person_id, text=text))
        _tell(edit, MessageKind.ADDED, strands)
        edit.record(EventKind.ADDED)
