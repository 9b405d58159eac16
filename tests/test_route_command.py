"""`pressedesk route`: facts in, decisions out, one a line; what is wrong is said in one line of bokmål."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pressedesk import rules
from pressedesk.regulation.facts import Facts

ROUTE = [sys.executable, "-m", "pressedesk.cli", "route"]
UNIT = '{"level": "unit"}'


def route(given: str | bytes, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """The command with this on its standard input, in a terminal that knows only ASCII."""
    raw = given.encode() if isinstance(given, str) else given
    ascii_only = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    return subprocess.run([*ROUTE, *arguments], input=raw, capture_output=True, check=False, env=ascii_only)


def decisions(answered: subprocess.CompletedProcess[bytes]) -> list[dict[str, Any]]:
    """The decisions it printed."""
    return [json.loads(line) for line in answered.stdout.decode().splitlines()]


def test_one_decision_a_line_in_the_same_order() -> None:
    """JSON Lines in, one decision a line out; empty lines are skipped, and Norwegian is written as it is."""
    answered = route(f'{UNIT}\n\n{{"level": "area"}}\r\n  \n{{"crisis": true}}')
    expected = [Facts.from_json(each) for each in ({"level": "unit"}, {"level": "area"}, {"crisis": True})]
    assert decisions(answered) == [rules.route(facts).to_json() for facts in expected]
    assert "Spørsmålet".encode() in answered.stdout
    assert (answered.returncode, answered.stderr) == (0, b"")


KEYS = [
    "regulation",
    "owner",
    "co_owners",
    "inform",
    "strands",
    "may_state",
    "consult",
    "prohibited",
    "guidance",
    "points",
    "gaps",
    "reasons",
]


def test_the_shape_of_a_decision() -> None:
    """The keys are those of the contract, in its order, at every level."""
    (decision,) = decisions(route('{"asks": ["facts"], "level": "unit"}'))
    assert list(decision) == KEYS
    rows = {name: decision[name][0] for name in KEYS if decision[name] and isinstance(decision[name][0], dict)}
    assert {name: list(row) for name, row in rows.items()} == {
        "strands": ["kind", "owner", "outcome", "clock", "sources"],
        "may_state": ["role", "kinds", "condition", "force", "source"],
        "consult": ["by", "any_of", "when", "force", "source"],
        "prohibited": ["what", "force", "source"],
        "guidance": ["code", "source"],
        "reasons": ["rule", "source", "force", "because", "text"],
    }


@pytest.mark.parametrize(
    "given",
    [
        '{\n  "level": "unit"\n}\n',
        '\n\n{"level":\n\n"unit"}',
        b"\xef\xbb\xbf" + UNIT.encode(),
        b'\xef\xbb\xbf{"level":\r\n "unit"\r\n}\r\n\r\n',
        '{"asks": ["facts",\n"facts"], "subject": null, "level": "unit"}',
    ],
    ids=str,
)
def test_one_object_may_stretch_over_lines(given: str | bytes) -> None:
    """A pretty-printed object, with or without a byte order mark, is one record."""
    answered = route(given)
    assert (len(decisions(answered)), answered.stderr) == (1, b"")
    assert decisions(answered)[0]["owner"] == "virksomhetsleder"


@pytest.mark.parametrize("given", ["", "\n\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n"], ids=repr)
def test_empty_input_prints_nothing(given: str | bytes) -> None:
    """Nothing in, nothing out, and nothing wrong."""
    answered = route(given)
    assert (answered.returncode, answered.stdout, answered.stderr) == (0, b"", b"")


def test_a_file_is_read_as_standard_input_is(tmp_path: Path) -> None:
    """A file by name, and «-» for standard input."""
    file = tmp_path / "æøå.jsonl"
    file.write_text(f"{UNIT}\n{UNIT}\n", encoding="utf-8")
    assert route("", str(file)).stdout == route(f"{UNIT}\n{UNIT}").stdout == route(f"{UNIT}\n{UNIT}", "-").stdout


LEVELS = "Lovlig: section, unit, area, cross_area, municipality, external, null."


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ('{"level": "unitt"}', f"Linje 1: «level» kan ikke være «unitt». {LEVELS} Mente du «unit»?"),
        (f'{UNIT}\n\n{{"level": 1}}\n{UNIT}', f"Linje 3: «level» kan ikke være tallet 1. {LEVELS}"),
        ('{"crisis": 1}', "Linje 1: «crisis» kan ikke være tallet 1. Lovlig: true, false. Mente du «true»?"),
        ('{"level": "unit",\n\n"level": "area"}', "Linje 1: Nøkkelen «level» står to ganger. Skriv den én gang."),
        ('{\n"asks": ["facts"],\n"form": "x"\n}', "Linje 3: «form» kan ikke være «x»."),
        ("[]", 'Linje 1: Opplysningene skal være ett JSON-objekt, slik: {"level": "unit"}.'),
        ("3", "Linje 1: Opplysningene skal være ett JSON-objekt"),
        ("{}{}", "Linje 1: Dette er ikke gyldig JSON, ved tegn 3."),
        ("{}\n}\n{}", "Linje 2: Dette er ikke gyldig JSON, ved tegn 1."),
        ('{\n"level": unit\n}', "Linje 2: Dette er ikke gyldig JSON, ved tegn 10."),
        (f'{{"level": "unit"\n{UNIT}\n', "Linje 1: Dette er ikke gyldig JSON: objektet er ikke avsluttet."),
        (f'{UNIT}\n{{"level":\n"unit"}}', "Linje 2: Dette er ikke gyldig JSON, ved tegn 10."),
        ('{"a\\"{": 1}', 'Linje 1: Nøkkelen «a"{» er ukjent.'),
        ('{"level": NaN}', "Linje 1: NaN er ikke et tall i JSON."),
        ('{"level": ' + "1" * 5000 + "}", "Linje 1: Dette er ikke gyldig JSON."),
        ("[" * 100_000, "Linje 1: Dette er ikke gyldig JSON"),
        ('{"level": "\\ud800"}', r"Linje 1: «level» kan ikke være «\ud800»."),
        (f"{UNIT}\n".encode() + b'{"level": "\xe5"}', "Linje 2: Teksten er ikke UTF-8."),
    ],
    ids=lambda value: str(value)[:40],
)
def test_the_first_bad_line_stops_it(given: str | bytes, told: str) -> None:
    """Nothing is printed for it; one line names line, key, what is allowed and the nearest match; the code is 2."""
    answered = route(given)
    assert answered.returncode == 2
    assert answered.stderr.decode().startswith(told)
    assert answered.stderr.count(b"\n") == 1
    before = told.startswith(("Linje 2", "Linje 3")) and not str(given).startswith("{\n")
    assert len(decisions(answered)) == before


@pytest.mark.parametrize(
    ("file", "told"),
    [("finnes-ikke.json", "filen finnes ikke."), (".", "det er en mappe, ikke en fil.")],
)
def test_a_file_that_cannot_be_read_is_named(file: str, told: str) -> None:
    """A missing file is an error like any other."""
    answered = route("", file)
    assert answered.returncode == 2
    assert answered.stderr.decode() == f"Kan ikke lese {file}: {told}\n"


def test_it_streams() -> None:
    """Each decision comes before the next record is sent."""
    with subprocess.Popen(ROUTE, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for level, owner in (("unit", b"virksomhetsleder"), ("area", b"kommunalsjef")):
            process.stdin.write(json.dumps({"level": level}).encode() + b"\n")
            process.stdin.flush()
            assert b'"owner": "' + owner + b'"' in process.stdout.readline()
        process.stdin.close()
        assert process.wait(10) == 0


def test_a_closed_pipe_ends_it_silently() -> None:
    """Whoever reads may have had enough."""
    with subprocess.Popen(ROUTE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(f"{UNIT}\n".encode())
        process.stdin.flush()
        process.stdout.readline()
        process.stdout.close()
        process.stdin.write(f"{UNIT}\n".encode() * 50)
        process.stdin.close()
        assert (process.stderr.read(), process.wait(10)) == (b"", 0)


def test_it_needs_no_web_and_no_database() -> None:
    """Neither importing the package and its commands nor routing loads Flask or SQLAlchemy."""
    code = (
        "import sys, pressedesk, pressedesk.cli; from pressedesk import rules;"
        "from pressedesk.regulation.facts import Facts; rules.route(Facts());"
        "print([name for name in ('flask', 'sqlalchemy', 'wtforms') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"[]\n"
