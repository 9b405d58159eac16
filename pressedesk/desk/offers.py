"""An open offer to pass a strand on: found, and settled. Making one is passing.py's; here is what routing and answering
need as well, so that nothing is offered any longer once a strand is answered, over, or another's."""

from pressedesk.desk.change import Edit
from pressedesk.events import EventKind
from pressedesk.models import Handover, HandoverState, Strand


def open_offer(strand: Strand) -> Handover | None:
    """The offer that waits for an answer; a strand has one at most."""
    return next((each for each in strand.handovers if each.state is HandoverState.OFFERED), None)


def settle(edit: Edit, handover: Handover, state: HandoverState) -> None:
    """The offer waits no longer. The event is the caller's, who knows why."""
    handover.state, handover.settled_at, handover.settled_by_id = state, edit.now, edit.who.person_id


def withdraw_open(edit: Edit, strand: Strand) -> None:
    """Take back what is still offered of a strand that was answered, ended, lapsed or moved; nothing where nothing is.

    To be called in the transaction of what settled it."""
    handover = open_offer(strand)
    if handover is not None:
        settle(edit, handover, HandoverState.WITHDRAWN)
        edit.record(EventKind.OFFER_WITHDRAWN, strand, handover=handover.id, kept=False)
