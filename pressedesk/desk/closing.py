"""Closing a strand: how it ended, why, and what follows from it."""

from collections.abc import Sequence
from datetime import datetime

from pressedesk import outbox
from pressedesk.access import Do, Refused
from pressedesk.desk import following, offers, promising, waiting
from pressedesk.desk.answering import stop_clock, waits_for_ruling
from pressedesk.desk.change import Edit, change_strand
from pressedesk.desk.following import NOTHING, Follow
from pressedesk.events import EventKind
from pressedesk.models import Strand
from pressedesk.workflow import Action, Ending

TOLD_THE_JOURNALIST = frozenset({Ending.DECLINED, Ending.REFERRED})
BY_CALLER = frozenset({Ending.WITHDRAWN, Ending.REFERRED})


def close(
    person_id: int,
    reference: str,
    strand_id: int,
    seen: int,
    ending: Ending,
    reason: str,
    now: datetime,
    follow: Follow = NOTHING,
) -> None:
    """Close a strand with how it ended; an ending that says an answer was given needs one on record.

    A refusal and a referral tell the journalist something, so they stop the clock as well; withdrawn and «no answer»
    do not. A request for documents is not closed like this but decided (rulings.py), unless it went away. `follow`:
    what was said at the same time of print, employees and the public record.

    Raises NotFound, Refused, NeedsRuling, Stale, NotNow."""
    needs: Sequence[Do] = (Do.CLOSE, Do.CLOSE_BY_CALLER) if ending in BY_CALLER else (Do.CLOSE,)
    with change_strand(person_id, reference, strand_id, seen, now, *needs) as (edit, strand):
        if needs_ruling(strand, ending):
            raise NeedsRuling
        if ending.needs_answer and not strand.answers:
            raise Refused("Skriv først hva journalisten fikk vite, eller velg et utfall uten svar.")
        if ending.needs_reason and not reason:
            raise Refused("Skriv kort hvorfor.")
        end(edit, strand, ending, reason)
        if ending in TOLD_THE_JOURNALIST:
            stop_clock(edit, strand, now)
        if follow != NOTHING:
            following.put(edit, strand, follow)


class NeedsRuling(Refused):
    """A request for documents ends with a decision, never with an ending alone (offentleglova §§ 29 and 31)."""

    def __init__(self) -> None:
        super().__init__("Et innsynskrav må avgjøres før det kan lukkes slik.")


def needs_ruling(strand: Strand, ending: Ending) -> bool:
    """Whether this ending would let a request for documents go away without a decision."""
    return ending not in BY_CALLER and waits_for_ruling(strand)


def end(edit: Edit, strand: Strand, ending: Ending, reason: str) -> None:
    """The strand is closed, inside a change: nobody is waited for, chased or told any longer. Raises NotNow."""
    edit.move(strand, Action.CLOSE)
    offers.withdraw_open(edit, strand)
    promising.finish(edit, strand)
    waiting.withdraw_all(edit, strand)
    strand.ending, strand.ending_reason, strand.ended_at = ending, reason or None, edit.now
    outbox.cancel(edit.tx, strand, edit.now)
    edit.record(EventKind.CLOSED, strand, ending=ending.value)
