"""The commands of `pressedesk`. Each imports what it needs when it runs, so that none waits for another's libraries."""

from __future__ import annotations

import getpass
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NoReturn

import click

from pressedesk.config import ConfigError

if TYPE_CHECKING:
    from pressedesk.administration.change import System
    from pressedesk.config import Settings
    from pressedesk.models import Account


THREADS = 8  # a browser opens six connections at once


class Commands(click.Group):
    """A group that says what is wrong with the settings in one line."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ConfigError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Kommunens pressevakt."""


def connected() -> Settings:
    """The settings, with this process bound to the database they name. Raises ConfigError."""
    from pressedesk import config, db

    settings = config.load()
    config.activate(settings)
    db.connect(settings.database_url)
    return settings


def up_to_date() -> Settings:
    """As `connected`, with a database at the newest schema. Raises ConfigError."""
    from pressedesk import db

    settings = connected()
    if not db.is_at_head():
        raise ConfigError("Databasen er eldre enn programmet. Kjør først: pressedesk migrate")
    return settings


@main.command()
def migrate() -> None:
    """Lag databasen, eller bring den til nyeste utgave."""
    from pressedesk import db

    connected()
    if db.is_at_head():
        click.echo("Databasen er i nyeste utgave.")
        return
    db.migrate()
    click.echo("Databasen er brakt til nyeste utgave.")


@main.command()
def demo() -> None:
    """Fyll en tom database med demokommunen."""
    from pressedesk import clock, demo
    from pressedesk.config import LOOPBACK

    settings = up_to_date()
    if settings.production or settings.host not in LOOPBACK:
        raise ConfigError(
            "Demokommunen har kjente passord. Den lastes ikke i ekte drift eller der andre kan nå tjeneren."
        )
    if not demo.is_empty():
        click.echo("Databasen har folk i seg fra før. Demokommunen ble ikke lastet.")
        return
    click.echo("Lager demokommunen med et år av henvendelser. Det tar noen sekunder …")
    loaded = demo.load(clock.now())
    if loaded is None:
        return
    click.echo(f"Demokommunen er lastet: {loaded.people} personer og {loaded.inquiries} henvendelser.")
    click.echo(f"Logg inn som {', '.join(demo.LOG_INS)}. Passordet er {demo.PASSWORD}.")


@main.command()
def serve() -> None:
    """Svar på nettsidene, send varsler og påminnelser."""
    from waitress.server import create_server

    from pressedesk import create_app
    from pressedesk.worker import running

    settings = up_to_date()
    app = create_app(settings)
    try:
        server = create_server(app, host=settings.host, port=settings.port, threads=THREADS, ident=None)
    except OSError as error:
        raise click.ClickException(
            f"Kan ikke lytte på {settings.host}:{settings.port} ({error.strerror}). Velg en annen PORT."
        ) from error
    click.echo(f"Pressedesk svarer på {settings.base_url} (Ctrl+C stopper).")
    if settings.demo:
        from pressedesk import demo

        click.echo(f"Logg inn som {', '.join(demo.LOG_INS)}. Passordet er {demo.PASSWORD}.")
    _say_where_mail_goes(settings)
    _stop_when_told()
    with running(settings):
        server.run()


@main.command()
def worker() -> None:
    """Send varsler og påminnelser, uten nettsidene."""
    from threading import Event

    from pressedesk.worker import running

    settings = up_to_date()
    click.echo("Arbeideren er i gang (Ctrl+C stopper).")
    _say_where_mail_goes(settings)
    _stop_when_told()
    with running(settings), suppress(KeyboardInterrupt):
        Event().wait()


@main.command()
@click.option("--at", "at", metavar="TID", help="Som om klokka var dette (2026-11-24T09:30, norsk tid). Ellers nå.")
def sweep(at: str | None) -> None:
    """Legg det som har forfalt av påminnelser, i køen. Arbeideren gjør det hvert minutt; to ganger gjør ingenting."""
    from pressedesk import clock, reminders
    from pressedesk.desk import crisis

    up_to_date()
    now = _instant(at) if at else clock.now()
    crisis.settle(now)
    ticked = reminders.tick(now)
    reminded = ticked.steps + ticked.tasks
    click.echo(f"{ticked.strands} delspørsmål sett på, {reminded} påminnelser lagt i køen.")
    if ticked.failed:
        raise click.ClickException(f"{ticked.failed} kunne ikke behandles. Loggen sier hvor det stoppet.")


def _instant(text: str) -> datetime:
    """A point in time as typed, local where it does not say."""
    from pressedesk.workhours import OSLO

    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.ClickException(f"--at {text}: skriv dag og tid slik: 2026-11-24T09:30.") from error
    return at if at.tzinfo else at.replace(tzinfo=OSLO)


def _say_where_mail_goes(settings: Settings) -> None:
    """In the demo no mail is sent, and without a mail server none can be: whoever starts it must know."""
    from pressedesk import channels
    from pressedesk.channels.folder import Folder

    channel = channels.configured(settings)
    if channel is None:
        click.echo("MAIL_HOST er ikke satt. Varsler blir liggende i køen til den er det.", err=True)
    elif isinstance(channel, Folder):
        click.echo(f"Ingen e-post sendes. Varsler skrives til {channel.path}.")


def _stop_when_told() -> None:
    """SIGTERM ends the process the way Ctrl+C does: the mail under way is finished first."""
    import signal

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))


@main.command()
@click.argument("file", required=False, metavar="[FIL]")
def route(file: str | None) -> None:
    """Spør reglementet hvem som svarer, hva som kan sies, og hvorfor.

    FIL er opplysninger som JSON: ett objekt, eller ett på hver linje. Uten FIL leses standard inn. Svaret er ett
    objekt på hver linje, i samme rekkefølge.
    """
    from pressedesk import rules
    from pressedesk.regulation import records

    out = sys.stdout.buffer
    try:
        with sys.stdin.buffer if file in (None, "-") else open(file, "rb") as lines:
            for facts in records.read(lines):
                out.write(json.dumps(rules.route(facts).to_json(), ensure_ascii=False).encode() + b"\n")
                out.flush()
    except BrokenPipeError:  # whoever reads has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except records.BadLine as error:
        _refuse(str(error))
    except OSError as error:
        _refuse(f"Kan ikke lese {file or 'standard inn'}: {records.why(error)}")


def _refuse(message: str) -> NoReturn:
    """One line on standard error, whatever the terminal can show, and exit code 2."""
    sys.stderr.buffer.write(" ".join(message.split()).encode(errors="backslashreplace") + b"\n")
    sys.exit(2)


@main.command()
@click.option("--from", "from_on", metavar="DATO", help="Fra og med denne dagen (2026-01-31). Ellers elleve måneder.")
@click.option("--to", "to_on", metavar="DATO", help="Til og med denne dagen. Ellers i dag.")
@click.option("--format", "form", type=click.Choice(["text", "csv", "json"]), default="text", help="text, csv, json.")
def report(from_on: str | None, to_on: str | None, form: str) -> None:
    """Svartida til pressen for hele kommunen."""
    from pressedesk import clock, db
    from pressedesk.reports import export
    from pressedesk.reports.figures import MOST_YEARS, Period, last_twelve_months
    from pressedesk.reports.figures import report as make_report
    from pressedesk.workhours import local_day

    up_to_date()
    now = clock.now()
    year = last_twelve_months(_day(to_on, "--to") or local_day(now))
    try:
        period = Period(_day(from_on, "--from") or year.from_on, year.to_on)
    except ValueError as error:
        raise click.ClickException(f"Perioden må ha en rekkefølge, og være på høyst {MOST_YEARS} år.") from error
    with db.reading() as tx:
        made = make_report(tx, None, period, None, now)
    write = {"text": export.as_text, "csv": export.as_csv, "json": export.as_json}[form]
    click.echo(write(made), nl=form != "csv")


def _day(text: str | None, option: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise click.ClickException(f"{option} {text}: skriv datoen som år, måned og dag, slik: 2026-01-31.") from error


@main.command("config")
def show_config() -> None:
    """Vis hver innstilling: verdi, hvor den kommer fra, og hva den betyr."""
    from pressedesk import config

    rows = [(each.key, each.shown, each.source, each.meaning) for each in config.load().described()]
    _table(("NØKKEL", "VERDI", "KILDE", "BETYDNING"), rows)


@main.group()
def user() -> None:
    """Brukere: list, add, password, disable."""


@user.command("list")
def list_users() -> None:
    """Vis alle brukere."""
    from sqlalchemy import select
    from sqlalchemy.orm import selectinload

    from pressedesk import db
    from pressedesk.models import Account

    up_to_date()
    with db.reading() as tx:
        accounts = tx.scalars(select(Account).options(selectinload(Account.person)).order_by(Account.username))
        rows = [
            (each.username, each.person.name, ", ".join(each.duties), "stengt" if each.disabled_at else "åpen")
            for each in accounts
        ]
    _table(("BRUKERNAVN", "NAVN", "OPPGAVER", "TILSTAND"), rows)


@user.command("add")
@click.argument("username")
@click.option("--name", required=True, help="Hele navnet.")
@click.option("--email", default="", help="E-postadressen varslene går til.")
@click.option("--phone", default="", help="Telefonnummeret.")
@click.option("--duty", "duties", multiple=True, help="switchboard, kis_adviser, admin eller auditor. Kan gjentas.")
def add_user(username: str, name: str, email: str, phone: str, duties: tuple[str, ...]) -> None:
    """Lag en person med en bruker. Passordet spørres det om."""
    from pressedesk import auth, clock
    from pressedesk.administration import people
    from pressedesk.models import Duty

    up_to_date()
    unknown = set(duties) - set(Duty)
    if unknown:
        raise click.ClickException(f"Oppgaven {min(unknown)} finnes ikke. Lovlig: {', '.join(Duty)}.")
    password_hash = auth.hash_password(_new_password(username))
    with _saying_what_is_wrong():
        who = people.Contact(name, email, phone)
        people.create_account(_by(), who, username, password_hash, [Duty(duty) for duty in duties], clock.now())
    click.echo(f"Brukeren {username} er laget.")


@user.command("password")
@click.argument("username")
def set_password(username: str) -> None:
    """Gi en bruker nytt passord. Alle innlogginger med det gamle avsluttes."""
    from pressedesk import auth, clock
    from pressedesk.administration import people

    up_to_date()
    account = _account(username)
    password_hash = auth.hash_password(_new_password(username))
    people.set_password(_by(), account.id, password_hash, clock.now())
    click.echo(f"Brukeren {username} har fått nytt passord.")


@user.command("disable")
@click.argument("username")
def disable_user(username: str) -> None:
    """Steng en bruker, også der den er logget inn nå."""
    from pressedesk import clock
    from pressedesk.administration import people

    up_to_date()
    account = _account(username)
    with _saying_what_is_wrong():
        people.disable_account(_by(), account.id, clock.now())
    click.echo(f"Brukeren {username} er stengt.")


def _by() -> System:
    """A command acts for the system, and the record names who was logged in on the machine."""
    from pressedesk.administration.change import System

    return System(f"system:{getpass.getuser()}")


def _account(username: str) -> Account:
    from sqlalchemy import select

    from pressedesk import db
    from pressedesk.models import Account

    with db.reading() as tx:
        account = tx.scalar(select(Account).where(Account.username == username.strip().casefold()))
    if account is None:
        raise click.ClickException(f"Brukeren {username} finnes ikke. «pressedesk user list» viser dem som finnes.")
    return account


def _new_password(username: str) -> str:
    from pressedesk.administration import people

    password: str = click.prompt("Nytt passord", hide_input=True, confirmation_prompt="Én gang til")
    with _saying_what_is_wrong():
        people.check_password(password, username)
    return password


@contextmanager
def _saying_what_is_wrong() -> Iterator[None]:
    from pressedesk.administration.change import Invalid

    try:
        yield
    except Invalid as error:
        raise click.ClickException(error.message) from error


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Rows in columns; the last one may be as long as it is."""
    widths = [max(len(row[at]) for row in (headings, *rows)) for at in range(len(headings) - 1)]
    for row in (headings, *rows):
        click.echo("  ".join([*(f"{cell:{width}}" for cell, width in zip(row, widths, strict=False)), row[-1]]))


if __name__ == "__main__":
    main()
