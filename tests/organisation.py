"""A small invented municipality for tests: one of everything, and a log-in for every role of the access table.

`build(now)` makes it through the use cases of administration; the fixture `town` (conftest.py) hands out a copy of one
that is made once. Everything has a short name:

    town.people["leder"]   town.offices["rektor"]   town.units["skole"]   town.accounts["kis"]
    sign_in(client, town, "leder")
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

from argon2 import PasswordHasher
from flask.testing import FlaskClient

from pressedesk import auth, clock
from pressedesk.administration import holders, people, service, units
from pressedesk.administration.change import System
from pressedesk.models import Duty, UnitKind
from pressedesk.regulation.vocabulary import Role
from pressedesk.workhours import Span, local_day

SYSTEM = System()
PASSWORD = "pressedesk"
SINCE = timedelta(days=400)  # how long everybody has been in office


@dataclass(frozen=True)
class Town:
    """The ids of a municipality, by short names. A person with an account has the account's name."""

    units: dict[str, int]
    offices: dict[str, int]
    people: dict[str, int]
    accounts: dict[str, int]


UNITS = {  # short name: kind, name, what it stands under
    "kommune": (UnitKind.MUNICIPALITY, "Granli kommune", None),
    "oppvekst": (UnitKind.AREA, "Oppvekst", "kommune"),
    "lokalsamfunn": (UnitKind.AREA, "Lokalsamfunn", "kommune"),
    "skole": (UnitKind.UNIT, "Bjerke skole", "oppvekst"),
    "barnehage": (UnitKind.UNIT, "Trollskogen barnehage", "oppvekst"),
    "teknisk": (UnitKind.UNIT, "Teknisk drift", "lokalsamfunn"),
    "vann": (UnitKind.SECTION, "Vann og avløp", "teknisk"),
    "kis": (UnitKind.UNIT, "KIS", "lokalsamfunn"),
}

PEOPLE = {  # short name: name, duties of the account (None: no account)
    "sentralbord": ("Siv Eng", (Duty.SWITCHBOARD,)),
    "leder": ("Tone Berg", ()),  # head of the school
    "kommunalsjef": ("Arne Moen", ()),  # oppvekst
    "radmann": ("Randi Aas", ()),
    "ordforer": ("Ola Haugen", ()),
    "kis": ("Kari Dahl", ()),  # leader of KIS
    "kis_adviser": ("Per Lunde", (Duty.KIS_ADVISER,)),
    "admin": ("Nils Vik", (Duty.ADMIN,)),
    "auditor": ("Eva Strand", (Duty.AUDITOR,)),
    "ansatt": ("Jon Bakke", ()),  # engineer, water and sewage
    "arkiv": ("Liv Holm", ()),
    "annen_leder": ("Hanne Lie", ()),  # head of the kindergarten
    "seksjonsleder": ("Geir Sund", ()),  # water and sewage
    "inspektor": ("Mona Fjeld", ()),  # deputy at the school
    "kommunalsjef2": ("Bente Rud", None),  # lokalsamfunn
    "teknisk_leder": ("Leif Myhre", None),
    "varaordforer": ("Anne Krogh", None),
    "konto": ("Ida Wold", None),
}

OFFICES = {  # short name: unit, role, title, holder, deputies in order
    "ordforer": ("kommune", Role.ORDFORER, "Ordfører", "ordforer", ("varaordforer",)),
    "varaordforer": ("kommune", Role.VARAORDFORER, "Varaordfører", "varaordforer", ()),
    "radmann": ("kommune", Role.RADMANN, "Rådmann", "radmann", ("kommunalsjef",)),
    "kriseledelse": ("kommune", Role.KRISELEDELSE, "Kriseledelsen", "radmann", ("kommunalsjef2",)),
    "kommunalsjef": ("oppvekst", Role.KOMMUNALSJEF, "Kommunalsjef oppvekst", "kommunalsjef", ("kommunalsjef2",)),
    "kommunalsjef2": (
        "lokalsamfunn",
        Role.KOMMUNALSJEF,
        "Kommunalsjef lokalsamfunn",
        "kommunalsjef2",
        ("kommunalsjef",),
    ),
    "rektor": ("skole", Role.VIRKSOMHETSLEDER, "Rektor", "leder", ("inspektor",)),
    "styrer": ("barnehage", Role.VIRKSOMHETSLEDER, "Styrer", "annen_leder", ()),
    "teknisk_leder": ("teknisk", Role.VIRKSOMHETSLEDER, "Leder for teknisk drift", "teknisk_leder", ("seksjonsleder",)),
    "seksjonsleder": ("vann", Role.SEKSJONSLEDER, "Seksjonsleder vann og avløp", "seksjonsleder", ()),
    "ingenior": ("vann", Role.ANSATT, "Ingeniør vann og avløp", "ansatt", ()),
    "kis": ("kis", Role.VIRKSOMHETSLEDER, "Leder for KIS", "kis", ("kis_adviser",)),
    "arkiv": ("kis", Role.ARKIV_POSTMOTTAK, "Arkiv og postmottak", "arkiv", ("kis_adviser",)),
    "konto": ("kis", Role.KONTOADMINISTRATOR, "Administrator for kommunens konto", "konto", ("kis_adviser",)),
}

TOPICS = {
    "skole": ("bjerke skole", "elev", "rektor", "mobbing", "skolemat"),
    "barnehage": ("trollskogen", "barnehage", "barnehageplass"),
    "vann": ("drikkevann", "vannlekkasje", "kloakk", "vatn og avløp"),
    "teknisk": ("brøyting", "vei", "veg", "asfalt"),
    "kis": ("bibliotek", "kulturskole"),
}


def build(now: datetime) -> Town:
    """Make the municipality in the empty database that the process is connected to."""
    town = Town({}, {}, {}, {})
    from_on = local_day(now - SINCE)
    for key, (kind, name, parent) in UNITS.items():
        town.units[key] = units.add_unit(
            SYSTEM, kind, name, town.units[parent] if parent else None, now, is_kis=key == "kis"
        )
    _build_people(town, now)
    for key, (unit, role, title, holder, deputies) in OFFICES.items():
        office = units.add_office(SYSTEM, town.units[unit], role, title, f"59 01 40 {len(town.offices):02}", now)
        town.offices[key] = office
        holders.appoint(SYSTEM, office, town.people[holder], from_on, now)
        if deputies:
            holders.set_deputies(SYSTEM, office, [town.people[deputy] for deputy in deputies], now)
    _build_service(town, from_on, now)
    return town


def _build_people(town: Town, now: datetime) -> None:
    for number, (key, (name, duties)) in enumerate(PEOPLE.items()):
        email = f"{key}@granli.example"
        town.people[key] = people.add_person(SYSTEM, people.Contact(name, email, f"59 01 10 {number:02}"), now)
        if duties is not None:
            town.accounts[key] = people.create_account(SYSTEM, town.people[key], key, cheap_hash(PASSWORD), duties, now)


def _build_service(town: Town, from_on: date, now: datetime) -> None:
    for unit, phrases in TOPICS.items():
        for phrase in phrases:
            service.add_topic(SYSTEM, town.units[unit], phrase, now)
    service.set_target(SYSTEM, urgent=False, minutes=240, from_on=from_on, now=now)
    service.set_target(SYSTEM, urgent=True, minutes=60, from_on=from_on, now=now)
    office_hours: Iterable[Span] = (Span(time(8), time(15, 30)),)
    service.set_opening_hours(SYSTEM, [tuple(office_hours)] * 5 + [(), ()], from_on, now)


@cache
def cheap_hash(password: str) -> str:
    """A real argon2 hash with the smallest cost, so that no test waits for it."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(password)


def sign_in(client: FlaskClient, town: Town, username: str) -> None:
    """Log somebody in without the log-in page: a real row on the server, its token in the browser."""
    visitor = auth.start_log_in(town.accounts[username], clock.now())
    with client.session_transaction() as session:
        session["_user_id"] = visitor.get_id()
        session["_fresh"] = True
