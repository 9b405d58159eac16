"""The database: what its errors say."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from pressedesk import db
from tests.organisation import Town


def test_an_error_of_the_database_quotes_nobody(town: Town) -> None:
    """It may be logged, so the values of the statement are left out of it."""
    with db.reading() as tx, pytest.raises(OperationalError) as error:
        tx.execute(text("SELECT nothing FROM nowhere WHERE name = :name"), {"name": "Tone Berg"})
    assert "nowhere" in str(error.value)
    assert "Tone Berg" not in str(error.value)
