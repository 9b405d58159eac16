"""The commands of whoever installs pressedesk: migrate, demo, config and user."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from pressedesk import auth, db
from pressedesk.cli import main
from pressedesk.events import Event
from pressedesk.models import Account, Person

WORD = "fire grønne hester"


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation of its own, with nothing in it."""
    monkeypatch.setenv("PRESSEDESK_INSTANCE", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path


def run(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, arguments, input=typed)


@pytest.fixture
def migrated_instance(instance: Path) -> Path:
    """An installation with an empty database."""
    assert run("migrate").exit_code == 0
    return instance


def add(username: str, *more: str, word: str = WORD) -> Result:
    return run("user", "add", username, "--name", "Nils Vik", *more, typed=f"{word}\n{word}\n")


def test_migrate_twice(instance: Path) -> None:
    """The first makes the database, the second says that there is nothing to do."""
    assert "brakt til nyeste utgave" in run("migrate").output
    assert (instance / "pressedesk.sqlite3").exists()
    assert "er i nyeste utgave" in run("migrate").output


@pytest.mark.parametrize("arguments", [("demo",), ("user", "list")])
def test_an_old_database_is_named(instance: Path, arguments: tuple[str, ...]) -> None:
    """Before migrate one line says what to run."""
    result = run(*arguments)
    assert (result.exit_code, "pressedesk migrate" in result.output) == (1, True)


def test_config_masks_secrets(instance: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each key with value, source and meaning; what is secret is shown as dots, in addresses too."""
    monkeypatch.setenv("PRESSEDESK_MAIL_PASSWORD", "hemmelig-ord")
    monkeypatch.setenv("DATABASE_URL", "postgresql://desk:hemmelig-ord@db/desk")
    shown = run("config").output
    assert "hemmelig-ord" not in shown
    assert (instance / "secret_key").read_text("ascii").strip() not in shown
    for words in ("MAIL_PASSWORD", "miljøvariabelen DATABASE_URL", "Porten tjeneren lytter på."):
        assert words in shown


@pytest.mark.parametrize("setting", [("PRODUCTION", "ja"), ("HOST", "0.0.0.0")])
def test_the_demo_stays_at_home(
    migrated_instance: Path, monkeypatch: pytest.MonkeyPatch, setting: tuple[str, str]
) -> None:
    """Known passwords are never loaded where others can reach them."""
    monkeypatch.setenv(f"PRESSEDESK_{setting[0]}", setting[1])
    monkeypatch.setenv("PRESSEDESK_BASE_URL", "https://presse.example")
    result = run("demo")
    assert (result.exit_code, "kjente passord" in result.output) == (1, True)
    with db.reading() as tx:
        assert tx.scalar(select(Person.id)) is None


def test_the_demo_leaves_people_alone(migrated_instance: Path) -> None:
    """Where somebody is already, nothing is loaded."""
    add("nils", "--duty", "admin")
    assert "Demokommunen ble ikke lastet" in run("demo").output
    with db.reading() as tx:
        assert len(tx.scalars(select(Person)).all()) == 1


def test_the_life_of_a_user(migrated_instance: Path) -> None:
    """Made with a password that is asked for, listed, given another, shut; the record names the machine's user."""
    assert add("Nils", "--duty", "admin").exit_code == 0
    assert add("siv", "--duty", "switchboard", "--email", "siv@granli.example").exit_code == 0
    listed = run("user", "list").output
    assert ("nils" in listed, "switchboard" in listed, "stengt" in listed) == (True, True, False)
    assert run("user", "password", "siv", typed=f"{WORD}!\n{WORD}!\n").exit_code == 0
    with db.reading() as tx:
        account = tx.scalars(select(Account).where(Account.username == "siv")).one()
        line = tx.scalars(select(Event).order_by(Event.id.desc())).first()
    assert auth._verify(account.password_hash, f"{WORD}!")
    assert line is not None
    assert line.actor.startswith("system:")
    assert run("user", "disable", "siv").exit_code == 0
    assert "stengt" in run("user", "list").output


@pytest.mark.parametrize(
    ("arguments", "typed", "says"),
    [
        (("user", "add", "nils", "--name", "Nils Vik"), "kort\nkort\n", "minst 15 tegn"),
        (("user", "add", "nils", "--name", "Nils Vik", "--duty", "konge"), "", "Oppgaven konge finnes ikke"),
        (("user", "add", "nils", "--name", " "), f"{WORD}\n{WORD}\n", "Skriv hva personen heter"),
        (("user", "add", "n", "--name", "Nils Vik"), f"{WORD}\n{WORD}\n", "Brukernavnet må ha"),
        (("user", "password", "ingen"), "", "Brukeren ingen finnes ikke"),
        (("user", "disable", "ingen"), "", "Brukeren ingen finnes ikke"),
    ],
)
def test_faults_are_one_line(migrated_instance: Path, arguments: tuple[str, ...], typed: str, says: str) -> None:
    """Exit code 1, a Norwegian sentence, and nothing made."""
    result = run(*arguments, typed=typed)
    assert (result.exit_code, says in result.output) == (1, True)
    with db.reading() as tx:
        assert tx.scalar(select(Person.id)) is None


def test_the_last_administrator_cannot_be_shut(migrated_instance: Path) -> None:
    """Somebody must be able to let people in."""
    add("nils", "--duty", "admin")
    assert "eneste administratoren" in run("user", "disable", "nils").output
