"""`pressedesk serve` as a person starts it: a process of its own, on a port of its own."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

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


def _run(command: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*PRESSEDESK, command], env=environment, capture_output=True, text=True, check=False)


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
