"""Sets up the servers, asks them in turn, prints the table."""

import argparse
import json
import os
import platform
import secrets
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from flask.sessions import SecureCookieSessionInterface

from bench import data
from bench.measure import Call, Pair, Result, interleaved
from bench.servers import Browser, ours, plain, served
from pressedesk import access, auth, config, create_app, db, rules
from pressedesk.config import Settings
from pressedesk.models import Inquiry
from pressedesk.regulation.facts import FIELDS, Facts
from pressedesk.reports.figures import last_twelve_months, report
from pressedesk.workhours import local_day
from tests.organisation import Town
from tests.pages import filled, read

SMALL, LARGE = 1_000, 10_000  # inquiries
ROUTED = 2_000  # decisions timed one by one


def main(arguments: Sequence[str]) -> None:
    """Measure everything; a table for people, and JSON for programs."""
    parser = argparse.ArgumentParser(prog="dev.py bench")
    parser.add_argument("--json", type=Path, metavar="FILE", help="skriv tallene som JSON hit")
    parser.add_argument("--rounds", type=int, default=100, help="hvor mange ganger hver side hentes (100)")
    options = parser.parse_args(arguments)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        results = measure(folder, options.rounds, stack)
    print(f"{'':44}{'forhold':>9}{'mål':>7}{'n':>7}{'spredning':>11}")
    for each in results:
        goal = "" if each.goal is None else f"{each.goal:g}"
        print(f"{each.name:44}{each.ratio:9.2f}{goal:>7}{each.n:7}{each.spread:11.0%}")
    if options.json:
        machine = {"cores": os.cpu_count(), "python": platform.python_version(), "sqlite": sqlite3.sqlite_version}
        found = {"machine": machine, "results": [each.as_dict() for each in results]}
        options.json.write_text(json.dumps(found, indent=2), "utf-8")


def measure(folder: Path, rounds: int, stack: ExitStack) -> list[Result]:
    """Every figure, in one run."""
    now = datetime.now(UTC)
    made = {}
    for size in (LARGE, SMALL):
        (folder / str(size)).mkdir()
        made[size] = data.make(folder / str(size), size, now)
    small, large = (Desk(stack, *made[size]) for size in (SMALL, LARGE))
    bare = Bare(stack.enter_context(served(plain, folder / "bare.sqlite3")))
    pages = {
        "/innboks": ("leder", 3.5),
        small.a_case: ("leder", 4),
        "/saker": ("radmann", 3.5),
        "/rapport": ("radmann", None),
    }
    pairs = [Pair("POST /ny : to rader satt inn", small.log, bare.insert, 3)]
    for address, (who, goal) in pages.items():
        name = "/sak/…" if address.startswith("/sak/") else address
        size = len(small.get(who, address)())
        pairs.append(Pair(f"{name} : bar side, {size / 1000:.0f} kB", small.get(who, address), bare.page(size), goal))
    for address, (who, _) in pages.items():
        name, there = ("/sak/…", large.a_case) if address.startswith("/sak/") else (address, address)
        pairs.append(Pair(f"{name} med {LARGE} : {SMALL}", large.get(who, there), small.get(who, address), 1.3))
    pairs.append(Pair("bar side : seg selv (støyen)", bare.page(30_000), bare.page(30_000), None))
    return [*interleaved(pairs, rounds), *_report_by_yardstick(made[LARGE][0], now, max(rounds // 4, 5)), _decision()]


class Bare(Browser):
    """The bare routes."""

    def page(self, size: int) -> Call:
        """A page of so many bytes."""
        return lambda: self.ask("GET", f"/page?bytes={size}")

    def insert(self) -> str:
        """Two rows."""
        return self.ask("POST", "/insert", [("title", "Svømmehallen"), ("body", data.QUESTION)])


class Desk:
    """Our application with its people logged in."""

    def __init__(self, stack: ExitStack, settings: Settings, town: Town) -> None:
        config.activate(settings)
        db.connect(settings.database_url)
        with db.reading() as tx:
            newest = tx.scalars(access.unscoped_inquiries().order_by(Inquiry.id.desc())).first()
            assert newest
            self.a_case = f"/sak/{newest.reference}"
        port = stack.enter_context(served(ours, settings))
        self.browsers = {who: self._signed_in(who, port, settings, town) for who in ("sentralbord", "leder", "radmann")}
        page = read(self.browsers["sentralbord"].ask("GET", "/ny"))
        self.typed = filled(page, next(each for each in page.all("form") if each.get("action") == "/ny"))
        for name, value in {**data.TYPED, "concerned": "nobody", "unit": str(town.units["skole"])}.items():
            self.typed.setlist(name, [value])

    def _signed_in(self, who: str, port: int, settings: Settings, town: Town) -> Browser:
        app = create_app(settings)
        visitor = auth.start_log_in(town.accounts[who], datetime.now(UTC))
        signer = SecureCookieSessionInterface().get_signing_serializer(app)
        assert signer
        cookie = signer.dumps({"_user_id": visitor.get_id(), "_fresh": True})
        return Browser(port, f"{app.config['SESSION_COOKIE_NAME']}={cookie}")

    def get(self, who: str, address: str) -> Call:
        return lambda: self.browsers[who].ask("GET", address)

    def log(self) -> str:
        """A new call, with everything the form holds."""
        self.typed.setlist("token", [secrets.token_urlsafe(24)])
        return self.browsers["sentralbord"].ask("POST", "/ny", list(self.typed.items(multi=True)))


# In this process


def _report_by_yardstick(settings: Settings, now: datetime, rounds: int) -> list[Result]:
    """The report's own work beside one grouped query for each of its two tables, on the same data."""
    config.activate(settings)
    engine = db.connect(settings.database_url)
    period = last_twelve_months(local_day(now))
    raw = sqlite3.connect(str(engine.url.database))
    grouped = "SELECT {0}, working_minutes, count(*), sum(was_in_time) FROM strand GROUP BY 1, 2"

    def made() -> object:
        with db.reading() as tx:
            return report(tx, None, period, None, now)

    def yardstick() -> object:
        return [raw.execute(grouped.format(by)).fetchall() for by in ("unit_id", "substr(received_at, 1, 7)")]

    found = interleaved([Pair(f"report() : målestokken, {LARGE} saker", made, yardstick, 1.5)], rounds)
    raw.close()
    return found


def _decision() -> Result:
    """The median of route() over different facts, in microseconds."""
    chance = Random(15)
    taken = []
    for facts in [_some_facts(chance) for _ in range(ROUTED)]:
        started = time.perf_counter()
        rules.route(facts)
        taken.append((time.perf_counter() - started) * 1e6)
    low, middle, high = statistics.quantiles(taken, n=4)
    return Result("route(), median i mikrosekunder", round(middle, 1), 25, ROUTED, round((high - low) / middle, 2))


def _some_facts(chance: Random) -> Facts:
    """Each fact known or not, any way it may be."""
    literals = {"true": True, "false": False, "null": None}
    record: dict[str, object] = {}
    for name, field in FIELDS.items():
        value = literals.get(chosen := chance.choice(field.allowed), chosen)
        record[name] = [value] if field.many and value is not None else value
    return Facts.from_json(record)


if __name__ == "__main__":
    main(sys.argv[1:])
