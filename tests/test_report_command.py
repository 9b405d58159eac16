"""`pressedesk report` as a person types it: the whole municipality, as text, CSV or JSON."""

import json

import pytest
from click.testing import CliRunner, Result

from pressedesk.cli import main
from pressedesk.clock import FrozenClock
from pressedesk.config import Settings
from pressedesk.regulation.vocabulary import YES
from tests.organisation import Town
from tests.reporting import Desk


@pytest.fixture
def run(town: Town, settings: Settings, at_noon: FrozenClock):
    """Run `pressedesk report` with these arguments, after a week at the desk."""
    desk = Desk(town)
    desk.answered(6)
    desk.answered(5, personnel=YES)

    def report(*arguments: str) -> Result:
        environment = {"PRESSEDESK_INSTANCE": str(settings.instance_path), "DATABASE_URL": settings.database_url}
        return CliRunner().invoke(main, ["report", *arguments], env=environment)

    return report


def test_text_csv_and_json_tell_the_same(run) -> None:
    """The command acts for the system, so restricted ones are counted."""
    text, csv, of_json = run(), run("--format", "csv"), run("--format", "json")
    assert [each.exit_code for each in (text, csv, of_json)] == [0, 0, 0]
    assert text.output.startswith("11 henvendelser siden 1. desember 2025: alle fikk svar i tide")
    assert csv.output.splitlines()[1].split(";")[:4] == ["alle", "Alle", "11", "11"]
    assert json.loads(of_json.output)["groups"][0]["figures"]["n"] == 11


def test_a_period_of_ones_own(run) -> None:
    """The days are included; nothing is found outside them."""
    assert run("--from", "2026-11-23", "--to", "2026-11-23").output.startswith("11 henvendelser 23. november 2026")
    assert run("--to", "2026-11-22").output.startswith("Ingen henvendelser fra 1. desember 2025 til 22. november 2026.")


WRONG = [
    (["--from", "i går"], "--from i går: skriv datoen som år, måned og dag, slik: 2026-01-31."),
    (["--from", "2026-11-24", "--to", "2026-11-01"], "Perioden må ha en rekkefølge, og være på høyst 5 år."),
    (["--from", "1990-01-01"], "Perioden må ha en rekkefølge, og være på høyst 5 år."),
]


@pytest.mark.parametrize(("arguments", "message"), WRONG)
def test_what_cannot_be_read_is_said_in_one_line(arguments: list[str], message: str, run) -> None:
    """In Norwegian, with what to write instead."""
    result = run(*arguments)
    assert (result.exit_code, result.output) == (1, f"Error: {message}\n")
