"""Expected stories: what may be read out and when, whom the words of a call speak for, and who writes them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pressedesk import db
from pressedesk.access import NotFound, Refused
from pressedesk.desk import expected
from pressedesk.desk.change import Stale
from pressedesk.desk.expected import Expects, phrases_of
from pressedesk.models import ExpectedStory
from tests.conftest import NOON
from tests.organisation import Town

HOUR = timedelta(hours=1)
TEXT = "Kommunestyret avgjør saken torsdag."


def expects(town: Town) -> Expects:
    return Expects(
        "Ny skolestruktur", ("skolestruktur", "nedlegge skole"), town.units["skole"], None, TEXT, NOON + HOUR
    )


def make(town: Town) -> int:
    return expected.expect(town.people["kis"], expects(town), NOON)


def row(expected_id: int) -> ExpectedStory:
    with db.reading() as tx:
        return tx.get_one(ExpectedStory, expected_id)


def inform(town: Town, expected_id: int) -> None:
    expected.staff_informed(town.people["kis"], expected_id, row(expected_id).version, NOON)


def test_staff_first(town: Town) -> None:
    """Strategy 2.1.4: nothing is read out before the employees know; a changed text has to be told them anew."""
    expected_id = make(town)
    assert expected.text_to_read(row(expected_id), NOON) is None
    inform(town, expected_id)
    assert expected.text_to_read(row(expected_id), NOON) == TEXT
    later = replace(expects(town), until_at=NOON + 2 * HOUR)
    expected.rewrite(town.people["kis"], expected_id, row(expected_id).version, later, NOON)
    assert expected.text_to_read(row(expected_id), NOON + HOUR) == TEXT
    other = replace(later, text="Noe annet.")
    expected.rewrite(town.people["kis"], expected_id, row(expected_id).version, other, NOON)
    assert expected.text_to_read(row(expected_id), NOON) is None


def test_what_has_run_out_or_ended_is_not_read(town: Town) -> None:
    """From the minute it runs out, and from the moment it is ended."""
    expected_id = make(town)
    inform(town, expected_id)
    minute = timedelta(minutes=1)
    assert expected.text_to_read(row(expected_id), NOON + HOUR - minute) == TEXT
    assert expected.text_to_read(row(expected_id), NOON + HOUR) is None
    expected.end(town.people["kis"], expected_id, row(expected_id).version, NOON)
    assert expected.text_to_read(row(expected_id), NOON) is None


MATCHES = {
    "Hva sier dere om skolestrukturen?": True,
    "Skal dere nedlegge skolen på Bjerke?": True,
    "Når åpner biblioteket?": False,
    "": False,
}


@pytest.mark.parametrize(("asked", "found"), MATCHES.items())
def test_the_words_of_a_call_find_it(town: Town, asked: str, found: bool) -> None:
    """In any inflection; what is ended is not found."""
    expected_id = make(town)

    def matching() -> bool:
        with db.reading() as tx:
            return bool(expected.matching(tx, asked))

    assert matching() is found
    expected.end(town.people["kis"], expected_id, row(expected_id).version, NOON)
    assert matching() is False


@pytest.mark.parametrize("who", ["radmann", "leder", "sentralbord", "admin"])
def test_kis_writes_them(town: Town, who: str) -> None:
    """Nobody else."""
    with pytest.raises(Refused):
        expected.expect(town.people[who], expects(town), NOON)
    with pytest.raises(Refused):
        expected.end(town.people[who], make(town), 1, NOON)


def test_twice_and_too_late(town: Town) -> None:
    """A double click makes one; an old form changes nothing; what is ended stays so."""
    expected_id = make(town)
    assert make(town) == expected_id
    with pytest.raises(Stale):
        expected.rewrite(town.people["kis"], expected_id, 99, expects(town), NOON)
    with pytest.raises(NotFound):
        expected.end(town.people["kis"], 99, 1, NOON)
    expected.end(town.people["kis_adviser"], expected_id, row(expected_id).version, NOON)
    with pytest.raises(Refused):
        inform(town, expected_id)
    assert make(town) != expected_id


def test_phrases_are_lines() -> None:
    """Each once, without blanks."""
    assert phrases_of(" skole \n\nflom\r\nskole\n") == ("skole", "flom")
