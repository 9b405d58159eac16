"""What the installer sets: each key, its type, its default, what it means, and where its value came from.

Order: the defaults here, then `config.py` in the instance folder, then the environment (`PRESSEDESK_<KEY>`;
`DATABASE_URL` alone is understood too). A value of the wrong type, or a key that does not exist, stops the start
with one line.
"""

import difflib
import os
import re
import runpy
import secrets
import sys
from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any, get_type_hints
from urllib.parse import urlsplit

PREFIX = "PRESSEDESK_"
INSTANCE = "INSTANCE"  # the one key that only the environment can hold: it says where config.py is
DEFAULT_SOURCE = "standard"
DOTS = "••••••"
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
TRUE, FALSE = frozenset({"1", "true", "ja", "on"}), frozenset({"0", "false", "nei", "off", ""})


class ConfigError(Exception):
    """A setting that cannot be used; the message is one line for the installer."""


def _key(default: Any, meaning: str, *, secret: bool = False, least: int = 0, most: int | None = None) -> Any:
    """One setting. `least` and `most` bound a number; a secret is never shown."""
    return field(default=default, metadata={"meaning": meaning, "secret": secret, "least": least, "most": most})


@dataclass(frozen=True)
class Described:
    """One setting as `pressedesk config` shows it."""

    key: str
    shown: str
    source: str
    meaning: str


@dataclass(frozen=True, kw_only=True)
class Settings:
    """All settings, checked. Make them with `load`; in tests directly."""

    instance_path: Path
    sources: Mapping[str, str] = field(default_factory=dict)

    municipality_name: str = _key("Løten kommune", "Kommunens navn, slik det står øverst på sidene og i meldinger.")
    press_phone: str = _key("", "Telefonnummeret pressen kan ringe, til meldinger og feilsider.")
    base_url: str = _key("http://127.0.0.1:8000", "Adressen folk bruker. Alle lenker i meldinger lages av den.")
    database_url: str = _key("", "Databasen. Tom: SQLite i filen pressedesk.sqlite3 i instance-mappen.")
    secret_key: str = _key(
        "",
        "Nøkkelen som signerer innlogginger og lenker. Tom: lages i filen secret_key i instance-mappen.",
        secret=True,
    )
    production: bool = _key(False, "Ekte drift: krever https, sikrer informasjonskapslene og nekter demodata.")
    demo: bool = _key(False, "Demokommunen med kjente passord. Lytter bare på egen maskin.")
    host: str = _key("127.0.0.1", "Nettverksadressen tjeneren lytter på.")
    port: int = _key(8000, "Porten tjeneren lytter på.", least=1, most=65535)
    trusted_hosts: tuple[str, ...] = _key(
        (),
        "Vertsnavn tjeneren svarer på, med komma mellom. Tom: det i BASE_URL, utenfor ekte drift også egen maskin.",
    )
    trusted_proxies: int = _key(0, "Antall omvendte mellomtjenere foran oss som setter X-Forwarded-*.", most=5)
    session_idle_minutes: int = _key(120, "Minutter uten bruk før innloggingen løper ut.", least=5)
    session_absolute_minutes: int = _key(720, "Minutter før alle må logge inn på nytt.", least=5)
    tick_seconds: int = _key(60, "Sekunder mellom hver gang påminnelser og utsending blir sett på.", least=1, most=60)
    clarify_minutes: int = _key(
        15, "Arbeidsminutter KIS får til å finne ut hvor en sak hører hjemme, før rådmannen får den. 0: straks."
    )
    mail_host: str = _key("", "SMTP-tjeneren som sender e-post. Tom: ingen e-post sendes.")
    mail_port: int = _key(25, "Porten til SMTP-tjeneren.", least=1, most=65535)
    mail_starttls: bool = _key(True, "Krev kryptert forbindelse til SMTP-tjeneren. Uten den sendes ingenting.")
    mail_user: str = _key("", "Brukernavn hos SMTP-tjeneren. Tomt: ingen innlogging.")
    mail_password: str = _key("", "Passordet til MAIL_USER.", secret=True)
    mail_from: str = _key("pressedesk@localhost", "Avsenderadressen på e-post.")

    @property
    def mail_domain(self) -> str:
        """The part after @ of the sender's address, for Message-IDs."""
        return self.mail_from.rpartition("@")[2] or "localhost"

    def described(self) -> tuple[Described, ...]:
        """Every setting with its value (secrets masked), its source and its meaning, for people."""
        return tuple(
            Described(
                key=_name(each),
                shown=_shown(getattr(self, each.name), each),
                source=self.sources.get(_name(each), DEFAULT_SOURCE),
                meaning=each.metadata["meaning"],
            )
            for each in _keys()
        )


def load(instance_path: Path | None = None, environ: Mapping[str, str] = os.environ) -> Settings:
    """Read and check all settings. Makes the instance folder and its secret key when they are missing.

    Raises ConfigError with a line that names the key, its value and what is allowed.
    """
    folder = (instance_path or instance_folder(environ)).resolve()
    values: dict[str, Any] = {}
    sources: dict[str, str] = {}
    for name, raw, source in (*_from_file(folder / "config.py"), *_from_environment(environ)):
        known = _known(name, source)
        values[known.name] = _value(known, raw, source)
        sources[name] = source
    folder.mkdir(parents=True, exist_ok=True)
    if not values.get("secret_key"):
        values["secret_key"], sources["SECRET_KEY"] = _secret_key(folder, production=values.get("production", False))
    if not values.get("database_url"):
        values["database_url"] = f"sqlite:///{folder / 'pressedesk.sqlite3'}"
    if not values.get("trusted_hosts"):
        values["trusted_hosts"] = _trusted_hosts(values)
    settings = Settings(instance_path=folder, sources=sources, **values)
    _check_together(settings)
    return settings


def instance_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Where this installation keeps what it owns: PRESSEDESK_INSTANCE, else beside the code or in the environment."""
    chosen = environ.get(PREFIX + INSTANCE)
    if chosen:
        return Path(chosen)
    root = Path(__file__).resolve().parent.parent
    return root / "instance" if (root / "setup.cfg").exists() else Path(sys.prefix) / "var" / "pressedesk-instance"


# Where values come from


def _from_file(file: Path) -> Iterator[tuple[str, Any, str]]:
    """The upper-case names of instance/config.py, which is Python."""
    if not file.exists():
        return
    try:
        found = runpy.run_path(str(file))
    except Exception as error:
        raise ConfigError(f"instance/config.py kan ikke leses: {type(error).__name__}: {error}") from error
    yield from ((name, value, "instance/config.py") for name, value in found.items() if name.isupper())


def _from_environment(environ: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """`DATABASE_URL`, and every variable with our prefix; the prefixed ones come last and win."""
    if environ.get("DATABASE_URL"):
        yield "DATABASE_URL", environ["DATABASE_URL"], "miljøvariabelen DATABASE_URL"
    for name, value in environ.items():
        if name.startswith(PREFIX) and name != PREFIX + INSTANCE:
            yield name.removeprefix(PREFIX), value, f"miljøvariabelen {name}"


def _secret_key(folder: Path, *, production: bool) -> tuple[str, str]:
    """The key in instance/secret_key, made on the first start and readable by its owner alone."""
    file = folder / "secret_key"
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text("ascii").strip(), "instance/secret_key"
    except OSError as error:
        if production:
            raise ConfigError(
                f"SECRET_KEY mangler, og {file} kan ikke lages ({error.strerror}). Sett PRESSEDESK_SECRET_KEY."
            ) from error
        return secrets.token_hex(32), "tilfeldig, til neste start"
    with os.fdopen(descriptor, "w") as opened:
        opened.write(key := secrets.token_hex(32))
    return key, "instance/secret_key"


def _trusted_hosts(values: Mapping[str, Any]) -> tuple[str, ...]:
    """The host that people use; in anything but production this machine too."""
    named = urlsplit(values.get("base_url", Settings.base_url)).hostname or ""
    return (named,) if values.get("production") else (named, *sorted(LOOPBACK - {named, "::1"}))


# What is allowed


def _keys() -> list[Field[Any]]:
    return [each for each in fields(Settings) if "meaning" in each.metadata]


def _name(key: Field[Any]) -> str:
    return key.name.upper()


def _known(name: str, source: str) -> Field[Any]:
    """The setting called `name`, or ConfigError with the nearest that exists."""
    by_name = {_name(each): each for each in _keys()}
    if name in by_name:
        return by_name[name]
    near = difflib.get_close_matches(name, by_name, n=1)
    hint = f"Mente du {near[0]}?" if near else "«pressedesk config» viser dem som finnes."
    raise ConfigError(f"Innstillingen {name} ({source}) finnes ikke. {hint}")


def _value(key: Field[Any], raw: Any, source: str) -> Any:
    """`raw` as the type of the setting: from the environment always text, from config.py mostly right already."""
    kind = get_type_hints(Settings)[key.name]
    value: Any
    if kind is bool:
        value, allowed = _truth(raw), "ja eller nei (1 eller 0)"
    elif kind is int:
        value, allowed = _number(raw, key), _bounds(key)
    elif kind is str:
        value, allowed = raw if isinstance(raw, str) else None, "tekst"
    else:
        value, allowed = _list(raw), "en liste av tekster, med komma mellom"
    if value is None:
        shown = "verdien" if key.metadata["secret"] else f"«{raw}»"
        raise ConfigError(f"Innstillingen {_name(key)} ({source}): {shown} kan ikke brukes. Tillatt: {allowed}.")
    return value


def _truth(raw: Any) -> bool | None:
    if isinstance(raw, bool):
        return raw
    word = str(raw).strip().lower()
    return True if word in TRUE else False if word in FALSE else None


def _number(raw: Any, key: Field[Any]) -> int | None:
    if isinstance(raw, bool) or not isinstance(raw, int | str):
        return None
    try:
        number = int(raw)
    except ValueError:
        return None
    most = key.metadata["most"]
    return number if key.metadata["least"] <= number and (most is None or number <= most) else None


def _bounds(key: Field[Any]) -> str:
    least, most = key.metadata["least"], key.metadata["most"]
    return f"et helt tall fra {least}" + ("" if most is None else f" til {most}")


def _list(raw: Any) -> tuple[str, ...] | None:
    if isinstance(raw, str):
        return tuple(part.strip() for part in raw.split(",") if part.strip())
    if isinstance(raw, list | tuple) and all(isinstance(part, str) for part in raw):
        return tuple(raw)
    return None


def _check_together(settings: Settings) -> None:
    """What no setting can know alone. Raises ConfigError."""
    address = urlsplit(settings.base_url)
    if address.scheme not in {"http", "https"} or not address.hostname:
        raise ConfigError(f"Innstillingen BASE_URL: «{settings.base_url}» kan ikke brukes. Tillatt: https://navn.")
    if settings.production and address.scheme != "https":
        raise ConfigError(f"PRODUCTION krever at BASE_URL begynner med https://, men den er «{settings.base_url}».")
    if settings.demo and settings.production:
        raise ConfigError("DEMO og PRODUCTION kan ikke være på samtidig: demokommunen har kjente passord.")
    if settings.demo and settings.host not in LOOPBACK:
        raise ConfigError(f"DEMO lytter bare på egen maskin, men HOST er «{settings.host}». Tillatt: 127.0.0.1.")


def _shown(value: Any, key: Field[Any]) -> str:
    """`value` as text; a secret, or the password inside an address, as dots."""
    if key.metadata["secret"] and value:
        return DOTS
    if isinstance(value, bool):
        return "ja" if value else "nei"
    text = ", ".join(value) if isinstance(value, tuple) else str(value)
    return re.sub(r"(//[^/@:]*:)[^/@]*@", rf"\1{DOTS}@", text)


# The settings of this process


_current: Settings | None = None


def activate(settings: Settings) -> None:
    """Make `settings` those of this process (the application, a worker or a command does it once, at its start)."""
    global _current
    _current = settings


def current() -> Settings:
    """The settings of this process. Raises ConfigError before `activate`."""
    if _current is None:
        raise ConfigError("Innstillingene er ikke lest ennå.")
    return _current
