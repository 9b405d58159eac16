"""Settings: where they come from, what is refused and in which words, and that each is documented."""

import stat
from pathlib import Path

import pytest

from pressedesk.config import ConfigError, Settings, instance_folder, load

DOCUMENTED = Path(__file__).parent.parent / "docs" / "configuration.md"
IN_EARNEST = {"PRESSEDESK_PRODUCTION": "1", "PRESSEDESK_BASE_URL": "https://presse.example.no"}


def test_defaults_run_without_a_word(tmp_path: Path) -> None:
    """An empty folder and an empty environment are enough, and nothing is open to others."""
    settings = load(tmp_path, {})
    assert settings.database_url == f"sqlite:///{tmp_path / 'pressedesk.sqlite3'}"
    assert (settings.host, settings.port, settings.production, settings.demo) == ("127.0.0.1", 8000, False, False)


def test_the_environment_wins_over_the_file_and_the_file_over_the_default(tmp_path: Path) -> None:
    """Order: default, instance/config.py, environment; each value tells where it came from."""
    (tmp_path / "config.py").write_text("PORT = 9000\nMUNICIPALITY_NAME = 'Ås'\nhelper = 1\n", "utf-8")
    settings = load(tmp_path, {"PRESSEDESK_PORT": "9001"})
    sources = {each.key: each.source for each in settings.described()}
    assert (settings.port, sources["PORT"]) == (9001, "miljøvariabelen PRESSEDESK_PORT")
    assert (settings.municipality_name, sources["MUNICIPALITY_NAME"]) == ("Ås", "instance/config.py")
    assert sources["HOST"] == "standard"


def test_database_url_is_understood_without_our_prefix(tmp_path: Path) -> None:
    """Hosts set DATABASE_URL; our own name for it wins when both are there."""
    assert load(tmp_path, {"DATABASE_URL": "sqlite://"}).database_url == "sqlite://"
    both = {"PRESSEDESK_DATABASE_URL": "sqlite:///ours", "DATABASE_URL": "sqlite://"}
    assert load(tmp_path, both).database_url == "sqlite:///ours"


@pytest.mark.parametrize(
    ("raw", "value"),
    [("1", True), ("ja", True), ("True", True), ("on", True), ("0", False), ("nei", False), ("", False)],
)
def test_yes_and_no_as_people_write_them(tmp_path: Path, raw: str, value: bool) -> None:
    """The environment holds text only."""
    assert load(tmp_path, {"PRESSEDESK_MAIL_STARTTLS": raw}).mail_starttls is value


def test_lists_by_comma(tmp_path: Path) -> None:
    """Names of hosts, with or without blanks."""
    assert load(tmp_path, {"PRESSEDESK_TRUSTED_HOSTS": "a.no, b.no,"}).trusted_hosts == ("a.no", "b.no")


@pytest.mark.parametrize(
    ("environ", "says"),
    [
        ({"PRESSEDESK_PORT": "åtte"}, ["PORT", "«åtte»", "1 til 65535", "PRESSEDESK_PORT"]),
        ({"PRESSEDESK_PORT": "70000"}, ["PORT", "«70000»"]),
        ({"PRESSEDESK_TICK_SECONDS": "0"}, ["TICK_SECONDS", "fra 1"]),
        ({"PRESSEDESK_DEMO": "kanskje"}, ["DEMO", "«kanskje»", "ja eller nei"]),
        ({"PRESSEDESK_PROT": "80"}, ["PROT", "Mente du PORT?"]),
        ({"PRESSEDESK_XYZZY": "80"}, ["XYZZY", "pressedesk config"]),
        ({"PRESSEDESK_BASE_URL": "presse.no"}, ["BASE_URL", "«presse.no»", "https://"]),
        ({"PRESSEDESK_PRODUCTION": "1"}, ["PRODUCTION", "https://"]),
        ({**IN_EARNEST, "PRESSEDESK_DEMO": "1"}, ["DEMO", "PRODUCTION"]),
        ({"PRESSEDESK_DEMO": "1", "PRESSEDESK_HOST": "0.0.0.0"}, ["DEMO", "HOST", "«0.0.0.0»"]),
    ],
)
def test_what_cannot_be_used_stops_with_one_line(tmp_path: Path, environ: dict[str, str], says: list[str]) -> None:
    """The line names the key, its value, what is allowed, and the nearest key that exists."""
    with pytest.raises(ConfigError) as stopped:
        load(tmp_path, environ)
    line = str(stopped.value)
    assert "\n" not in line
    assert [word for word in says if word not in line] == [], line


@pytest.mark.parametrize("text", ["PORT = 'ni'", "PORT = True", "TRUSTED_HOSTS = 1", "PROT = 1", "PORT ="])
def test_a_fault_in_the_file_names_the_file(tmp_path: Path, text: str) -> None:
    """Also when the file is not Python."""
    (tmp_path / "config.py").write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=r"instance/config\.py"):
        load(tmp_path, {})


def test_a_secret_is_never_told(tmp_path: Path) -> None:
    """Neither `pressedesk config` nor an error shows a key or a password, also not one inside an address."""
    environ = {
        "PRESSEDESK_SECRET_KEY": "hemmelig",
        "PRESSEDESK_MAIL_PASSWORD": "hemmelig",
        "DATABASE_URL": "postgresql://desk:hemmelig@db.example.no/desk",
    }
    shown = repr(load(tmp_path, environ).described())
    assert "hemmelig" not in shown
    assert "postgresql://desk:••••••@db.example.no/desk" in shown


def test_the_secret_key_is_made_once_and_for_the_owner_alone(tmp_path: Path) -> None:
    """Made on the first start, mode 0600, and the same on the next."""
    first = load(tmp_path / "new", {}).secret_key
    file = tmp_path / "new" / "secret_key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(first) >= 32
    assert load(tmp_path / "new", {}).secret_key == first


def test_production_does_not_run_on_a_passing_key() -> None:
    """Where the key cannot be kept, production stops; anything else takes a key for this start."""
    read_only = Path("/proc")  # for root too
    with pytest.raises(ConfigError, match="PRESSEDESK_SECRET_KEY"):
        load(read_only, IN_EARNEST)
    assert load(read_only, {}).secret_key != load(read_only, {}).secret_key


def test_hosts_follow_the_address_that_people_use(tmp_path: Path) -> None:
    """In production only that name is answered; elsewhere this machine as well."""
    assert load(tmp_path, IN_EARNEST).trusted_hosts == ("presse.example.no",)
    assert set(load(tmp_path, {}).trusted_hosts) == {"127.0.0.1", "localhost"}


def test_the_instance_folder_can_be_moved(tmp_path: Path) -> None:
    """PRESSEDESK_INSTANCE says where; otherwise it lies beside the code."""
    assert instance_folder({"PRESSEDESK_INSTANCE": str(tmp_path)}) == tmp_path
    assert instance_folder({}).name == "instance"
    assert load(None, {"PRESSEDESK_INSTANCE": str(tmp_path)}).instance_path == tmp_path


def test_every_setting_is_documented() -> None:
    """docs/configuration.md has a row for each key with its meaning, word for word as `pressedesk config` says it."""
    text = DOCUMENTED.read_text("utf-8")
    described = Settings(instance_path=Path()).described()
    missing = [each.key for each in described if f"| `{each.key}` |" not in text or each.meaning not in text]
    assert not missing, f"write these in docs/configuration.md: {missing}"
