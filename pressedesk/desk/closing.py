"""Closing a strand: how it ended, and why."""

from collections.abc import Sequence
from datetime import datetime

from pressedesk import outbox
from pressedesk.access import Do, Refused
from pressedesk.desk import offers, promising, waiting
from pressedesk.desk.answering import stop_clock
from pressedesk.desk.change import change_strand
from pressedesk.events import EventKind
from pressedesk.workflow import Action, Ending

TOLD_THE_JOURNALIST = frozenset({Ending.DECLINED, Ending.REFERRED})
BY_CALLER = frozenset({Ending.WITHDRAWN, Ending.REFERRED})


def close(
    person_id: int, reference: str, strand_id: int, seen: int, ending: Ending, reason: str, now: datetime
) -> None:
    """Close a strand with how it ended; an ending that says an answer was given needs one on record.

    A refusal and a referral tell the journalist something, so they stop the clock as well; withdrawn and «no answer»
    do not. Raises NotFound, Refused, Stale, NotNow."""
    needs: Sequence[Do] = (Do.CLOSE, Do.CLOSE_BY_CALLER) if ending in BY_CALLER else (Do.CLOSE,)
    with change_strand(person_id, reference, strand_id, seen, now, *needs) as (edit, strand):
        if ending.needs_answer and not strand.answers:
            raise Refused("Skriv først hva journalisten fikk vite, eller velg et utfall uten svar.")
        if ending.needs_reason and not reason:
            raise Refused("Skriv kort hvorfor.")
        edit.move(strand, Action.CLOSE)
        offers.withdraw_open(edit, strand)
        promising.finish(edit, strand)
        waiting.withdraw_all(edit, strand)
        if ending in TOLD_THE_JOURNALIST:
            stop_clock(edit, strand, now)
        strand.ending, strand.ending_reason, strand.ended_at = ending, reason or None, now
        outbox.cancel(edit.tx, strand, now)
        edit.record(EventKind.CLOSED, strand, ending=ending.value)
