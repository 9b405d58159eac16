"""The frame of every page: the menu by role, how many wait in the inbox, and who is logged in."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from flask import request
from flask_login import current_user

from pressedesk import access, auth, channels, clock, config, formats, pulse, search
from pressedesk.access import Actor, Do
from pressedesk.models import Duty
from pressedesk.organisation import Organisation
from pressedesk.regulation.vocabulary import Role, in_order
from pressedesk.views.fields import Form

DUTIES = {
    Duty.SWITCHBOARD: "sentralbord",
    Duty.KIS_ADVISER: "rådgiver i KIS",
    Duty.ADMIN: "administrator",
    Duty.AUDITOR: "revisor",
}


@dataclass(frozen=True)
class Entry:
    """One line of the menu."""

    href: str
    title: str
    is_current: bool
    count: int = 0
    is_more: bool = False  # under «Mer»


@dataclass(frozen=True)
class Account:
    """Who is logged in, and the button to log out."""

    name: str
    role: str
    log_out: Form


@dataclass(frozen=True)
class Standstill:
    """That messages do not reach people now, in words; with the button that starts them again, for whoever may."""

    text: str
    release: Form | None = None


@dataclass(frozen=True)
class CrisisBanner:
    """That crisis leadership is established, in words. `is_overdue`: the next information should have been out."""

    text: str
    is_overdue: bool


class Frame:
    """What base.html prints around a page. Asks the database only when it is printed: a page of errors need not."""

    @cached_property
    def navigation(self) -> list[Entry]:
        if not current_user.is_authenticated:
            return []
        who, here = auth.me(), request.path
        return [
            Entry(href, title, here == href or here.startswith(f"{href}/"), self._waiting(who, href), href in MORE)
            for href, title in menu(who).items()
        ]

    @staticmethod
    def _waiting(who: Actor, href: str) -> int:
        return search.count_of_mine(auth.reader(), who) if href == "/innboks" else 0

    @cached_property
    def account(self) -> Account | None:
        if not current_user.is_authenticated:
            return None
        who = auth.me()
        return Account(who.name, role_of(who), Form(formdata=None))

    @cached_property
    def crisis(self) -> CrisisBanner | None:
        return crisis_banner(auth.organisation_now(), clock.now()) if current_user.is_authenticated else None

    @cached_property
    def standstill(self) -> Standstill | None:
        return standstill(auth.me(), clock.now()) if current_user.is_authenticated else None


def crisis_banner(org: Organisation, now: datetime) -> CrisisBanner | None:
    """Since when, who speaks, and when there is more to hear."""
    crisis = org.crisis
    if crisis is None:
        return None
    words = [f"Kriseledelsen er etablert {formats.when(crisis.started_at, now)}, og svarer pressen."]
    spokesperson = org.people.get(crisis.spokesperson_id or 0)
    if spokesperson is not None:
        words.append(f"{spokesperson.name} uttaler seg.")
    next_at = crisis.next_information_at
    is_overdue = next_at is not None and next_at < now
    if next_at is not None:
        comes = "skulle vært ute" if is_overdue else "kommer"
        words.append(f"Ny informasjon {comes} {formats.when(next_at, now)}.")
    return CrisisBanner(" ".join(words), is_overdue)


def standstill(who: Actor, now: datetime) -> Standstill | None:
    """Whether reminders and messages stand still, as somebody who waits for them must know."""
    tx = auth.reader()
    paused_at = pulse.paused_since(tx)
    if paused_at is not None:
        text = (
            f"Utsendingen av varsler ble stanset {formats.when(paused_at, now)} fordi klokka på tjeneren ble flyttet."
        )
        if access.may(who, Do.RELEASE_SENDING):
            return Standstill(f"{text} Se at klokka er riktig, og start utsendingen igjen.", Form(formdata=None))
        return Standstill(f"{text} KIS starter den igjen. Ring den det haster for.")
    if pulse.is_stale(tx, now):
        beat_at = pulse.last_beat(tx)
        since = f"har stått stille siden {formats.when(beat_at, now)}" if beat_at else "er ikke i gang ennå"
        return Standstill(f"Påminnelser og varsler {since}. Ring den det haster for.")
    if channels.configured(config.current()) is None:
        return Standstill("E-post er ikke satt opp, så varsler blir liggende i kø. Ring den det haster for.")
    return None


def menu(who: Actor) -> dict[str, str]:
    """The screens of this person, in the order of his day; from MORE on they stand under «Mer»."""
    handles = bool(who.offices or who.duties & {Duty.SWITCHBOARD, Duty.KIS_ADVISER})
    logs = access.may(who, Do.LOG)
    entries = {
        "/ny": ("Ny henvendelse", logs),
        "/innboks": ("Innboks", handles),
        "/saker": ("Saker", handles),
        "/ringer-igjen": ("Ringer igjen", access.may(who, Do.SECOND_CALL)),
        "/rapport": ("Rapport", access.may(who, Do.REPORT)),
        "/hvem-kan-si-hva": ("Hvem kan si hva", access.may(who, Do.READ_RULES)),
        "/snakket": ("Jeg har snakket med en journalist", logs),
        "/hendelser": ("Hendelser", logs),
        "/forventet": ("Forventede saker", logs),
        "/leserbrev": ("Leserbrev", access.may(who, Do.LETTER)),
        "/egen-konto": ("Egne kontoer", logs),
        "/reglement": ("Reglementet", access.may(who, Do.READ_RULES)),
        "/krise": ("Kriseledelse", access.may(who, Do.READ_RULES)),
        "/admin": ("Admin", access.may(who, Do.ADMINISTER)),
        "/admin/fravaer": ("Fravær", not access.may(who, Do.ADMINISTER)),
    }
    return {href: title for href, (title, is_shown) in entries.items() if is_shown}


MORE = frozenset(
    {
        "/snakket",
        "/hendelser",
        "/forventet",
        "/leserbrev",
        "/egen-konto",
        "/reglement",
        "/krise",
        "/admin",
        "/admin/fravaer",
    }
)


def start_page(who: Actor) -> str:
    """Where the day begins: the switchboard logs, the rådmann looks at the report, leaders and KIS see what waits."""
    if Duty.SWITCHBOARD in who.duties:
        return "/ny"
    if Role.RADMANN in who.roles:
        return "/rapport"
    if who.offices or Duty.KIS_ADVISER in who.duties:
        return "/innboks"
    if Duty.ADMIN in who.duties:
        return "/admin"
    return "/rapport" if Duty.AUDITOR in who.duties else "/ny"


def role_of(who: Actor) -> str:
    """What the person is here, in words: «sentralbord», «kommunalsjef og rådgiver i KIS»."""
    found = ["leder for KIS"] if who.is_kis_leader else []
    found += [role.label for role in in_order(who.roles) if not (who.is_kis_leader and role is Role.VIRKSOMHETSLEDER)]
    found += [title for duty, title in DUTIES.items() if duty in who.duties]
    return " og ".join(filter(None, [", ".join(found[:-1]), *found[-1:]])) or "ansatt"
