"""`pressedesk serve` as a person starts it: a process of its own, on a port of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest
from sqlalchemy import Engine, create_engine, select
from sqlalchemy.orm import Session

from pressedesk import clock
from pressedesk.models import Heartbeat, Lease

PRESSEDESK = [sys.executable, "-c", "from pressedesk.cli import main; main(prog_name='pressedesk')"]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An installation with an empty instance folder and a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    ours = {key: value for key, value in os.environ.items() if not key.startswith("PRESSEDESK_")}
    return ours | {
        "PRESSEDESK_INSTANCE": str(tmp_path),
        "PRESSEDESK_PORT": str(port),
        "PRESSEDESK_BASE_URL": f"http://127.0.0.1:{port}",
        "PYTHONUNBUFFERED": "1",
    }


def _run(command: str, environment: dict[str, str], *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*PRESSEDESK, command, *more], env=environment, capture_output=True, text=True, check=False)


def test_migrate_then_serve_then_stop(environment: dict[str, str]) -> None:
    """Two commands from nothing to an answer; the server says where it is, and stops when told to."""
    assert _run("migrate", environment).returncode == 0
    with subprocess.Popen([*PRESSEDESK, "serve"], env=environment, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert environment["PRESSEDESK_BASE_URL"] in server.stdout.readline()
        with urlopen(f"{environment['PRESSEDESK_BASE_URL']}/healthz", timeout=10) as answer:
            assert (answer.read(), answer.headers["Server"]) == (b"ok\n", None)
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=10) == 0


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_the_process_ticks_and_ends_on_sigterm(environment: dict[str, str], command: str) -> None:
    """The first tick comes at once; told to end, it finishes and leaves the lease to the next."""
    assert _run("migrate", environment).returncode == 0
    engine = create_engine(f"sqlite:///{environment['PRESSEDESK_INSTANCE']}/pressedesk.sqlite3")
    with subprocess.Popen([*PRESSEDESK, command], env=environment, stdout=subprocess.PIPE, text=True) as process:
        give_up = time.monotonic() + 20
        while not _beats(engine):
            assert time.monotonic() < give_up
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
    with Session(engine) as tx:
        (lease,) = tx.scalars(select(Lease))
        assert lease.until_at <= clock.now()
    engine.dispose()


def _beats(engine: Engine) -> bool:
    with Session(engine) as tx:
        return tx.scalar(select(Heartbeat.beat_at)) is not None


def test_sweep_says_what_it_did_and_refuses_a_time_that_is_none(environment: dict[str, str]) -> None:
    """For whoever wants to see now what the worker would do."""
    assert _run("migrate", environment).returncode == 0
    assert "0 påminnelser lagt i køen" in _run("sweep", environment, "--at", "2026-11-24T09:30").stdout
    refused = _run("sweep", environment, "--at", "i morgen")
    assert (refused.returncode, "2026-11-24T09:30" in refused.stderr) == (1, True)


def test_serve_wants_a_database_of_today(environment: dict[str, str]) -> None:
    """An old or missing schema is said in one line, with the command that mends it."""
    refused = _run("serve", environment)
    assert refused.returncode != 0
    assert "pressedesk migrate" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_taken_port_is_said_as_such(environment: dict[str, str]) -> None:
    """In one line that names the address."""
    _run("migrate", environment)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", int(environment["PRESSEDESK_PORT"])))
        taken.listen()
        refused = _run("serve", environment)
    assert refused.returncode != 0
    assert f"127.0.0.1:{environment['PRESSEDESK_PORT']}" in refused.stderr
    assert "Traceback" not in refused.stderr
