"""Closing: an outcome with its reason, and what follows from it."""

from datetime import timedelta

import pytest

from pressedesk.access import Refused
from pressedesk.events import EventKind
from pressedesk.models import ReminderState
from pressedesk.workflow import Ending, State
from tests.conftest import NOON
from tests.desk.test_handling import ledger
from tests.inquiries import call
from tests.organisation import Town

LATER = NOON + timedelta(hours=1)

CLOSING = [  # the ending, the reason, is there an answer, does it close
    (Ending.STATEMENT, "", True, True),
    (Ending.STATEMENT, "", False, False),
    (Ending.INTERVIEW, "", False, False),
    (Ending.BACKGROUND, "", True, True),
    (Ending.DOCUMENT, "", False, False),
    (Ending.DECLINED, "Punkt 13.", False, True),
    (Ending.DECLINED, "", False, False),
    (Ending.WITHDRAWN, "Løst.", False, True),
    (Ending.WITHDRAWN, "", False, False),
    (Ending.REFERRED, "Til politiet.", False, True),
    (Ending.NO_ANSWER, "Rakk det ikke.", False, True),
    (Ending.NO_ANSWER, "", True, False),
]


@pytest.mark.parametrize(("ending", "reason", "is_answered", "closes"), CLOSING)
def test_closing(town: Town, ending: Ending, reason: str, is_answered: bool, closes: bool) -> None:
    """An ending that says an answer was given needs one; every other needs a reason."""
    sak = call(town, NOON)
    if is_answered:
        sak.answer("leder", NOON)
    if closes:
        sak.close("leder", LATER, ending, reason)
        strand = sak.strand()
        assert (strand.state, strand.ending, strand.ended_at) == (State.CLOSED, ending, LATER)
    else:
        with pytest.raises(Refused):
            sak.close("leder", LATER, ending, reason)
        assert sak.strand().state is not State.CLOSED


STOPS = {Ending.DECLINED: True, Ending.REFERRED: True, Ending.WITHDRAWN: False, Ending.NO_ANSWER: False}


@pytest.mark.parametrize("ending", STOPS)
def test_which_endings_tell_the_journalist_something(town: Town, ending: Ending) -> None:
    """A refusal and a referral stop the clock that is measured; the others do not pretend to be answers."""
    sak = call(town, NOON)
    sak.close("leder", LATER, ending, "Grunn.")
    assert (sak.strand().answered_at is not None) is STOPS[ending]
    assert ReminderState.PLANNED not in ledger(sak).values()
    assert sak.events()[-1] is EventKind.CLOSED


def test_the_switchboard_closes_what_the_caller_takes_back(town: Town) -> None:
    """«Trukket» and «vist videre», on an ordinary inquiry; nothing else."""
    for ending in Ending:
        sak = call(town, NOON)
        if ending in (Ending.WITHDRAWN, Ending.REFERRED):
            sak.close("sentralbord", LATER, ending, "Ringte selv.")
        else:
            with pytest.raises(Refused):
                sak.close("sentralbord", LATER, ending, "Grunn.")
