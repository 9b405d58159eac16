"""People and their accounts. Passwords come hashed: hashing is slow, and no transaction waits for it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from pressedesk.access import Do
from pressedesk.administration.change import By, Edit, Invalid, change, demand_version, found
from pressedesk.channels.mail import is_address
from pressedesk.events import EventKind
from pressedesk.formats import clean_line, name_key
from pressedesk.models import Account, Duty, Holder, LogIn, Person

LEAST_PASSWORD, MOST_PASSWORD = 15, 128  # characters
USERNAME_SIGNS = frozenset("abcdefghijklmnopqrstuvwxyzæøå0123456789._-@")


@dataclass(frozen=True)
class Contact:
    """Who somebody is, and where messages reach him. The telephone number is kept as it is written."""

    name: str
    email: str = ""
    phone: str = ""


def add_person(by: By, contact: Contact, now: datetime) -> int:
    """Somebody new; returns the id. Raises Refused, Invalid."""
    with change(by, Do.ADMINISTER, now) as edit:
        return _add(edit, contact).id


def change_person(by: By, person_id: int, contact: Contact, now: datetime, seen: int | None = None) -> None:
    """Another name, address or number. Raises Refused, NotFound, Stale, Invalid."""
    with change(by, Do.ADMINISTER, now) as edit:
        person: Person = found(edit.tx, Person, person_id)
        demand_version(edit.tx, Person, person_id, seen)
        old = (person.name, person.email, person.phone)
        person.name, person.email, person.phone = new = _checked(contact)
        fields = ("name", "email", "phone")
        edit.record(person, "person_changed", changed=[fields[at] for at in range(3) if old[at] != new[at]])


def leave(by: By, person_id: int, now: datetime) -> None:
    """The person works here no longer: every office ends today, and so do the account and its log-ins.

    Raises Refused, NotFound, Invalid."""
    with change(by, Do.ADMINISTER_ACCOUNTS, now) as edit:
        person: Person = found(edit.tx, Person, person_id)
        if person.left_at is not None:
            raise Invalid("person_id", "Personen er alt meldt ut.")
        account = edit.tx.scalar(select(Account).where(Account.person_id == person_id))
        if account is not None and account.disabled_at is None:
            _shut(edit, account)
        person.left_at = edit.now
        holding = select(Holder).where(Holder.person_id == person_id, Holder.to_on.is_(None))
        offices = []
        for row in edit.tx.scalars(holding):
            row.to_on = max(row.from_on, edit.today)
            offices.append(row.office_id)
        edit.record(person, "person_left", offices=offices)


def create_account(
    by: By, person: int | Contact, username: str, password_hash: str, duties: Collection[Duty], now: datetime
) -> int:
    """A way to log in for somebody who is here (an id) or new (a Contact); returns the id of the account.

    Raises Refused, NotFound, Invalid."""
    with change(by, Do.ADMINISTER_ACCOUNTS, now) as edit:
        person_id = person if isinstance(person, int) else _add(edit, person).id
        theirs: Person = found(edit.tx, Person, person_id)
        if theirs.left_at is not None or edit.tx.scalar(select(Account.id).where(Account.person_id == person_id)):
            raise Invalid("person_id", "Personen har alt en bruker, eller er meldt ut.")
        account = Account(
            person_id=person_id,
            username=_free_username(edit, username),
            password_hash=password_hash,
            duties=_codes(duties),
        )
        edit.tx.add(account)
        edit.tx.flush()
        edit.record(account, "account_created", EventKind.ACCOUNT_CHANGED, person=person_id, new=_codes(duties))
        return account.id


def set_duties(by: By, account_id: int, duties: Collection[Duty], now: datetime, seen: int | None = None) -> None:
    """What the account does at the desk. Raises Refused, NotFound, Stale, and Invalid for the last administrator."""
    with change(by, Do.ADMINISTER_ACCOUNTS, now) as edit:
        account: Account = found(edit.tx, Account, account_id)
        demand_version(edit.tx, Account, account_id, seen)
        if Duty.ADMIN not in duties:
            _demand_another_admin(edit, account, "duties")
        old, account.duties = account.duties, _codes(duties)
        edit.record(account, "duties_set", EventKind.ACCOUNT_CHANGED, old=old, new=account.duties)


def set_password(by: By, account_id: int, password_hash: str, now: datetime) -> None:
    """A new password; every log-in with the old one ends. Raises Refused, NotFound."""
    with change(by, Do.ADMINISTER_ACCOUNTS, now) as edit:
        account: Account = found(edit.tx, Account, account_id)
        account.password_hash = password_hash
        _end_log_ins(edit, account)
        edit.record(account, "password_set", EventKind.ACCOUNT_CHANGED)


def disable_account(by: By, account_id: int, now: datetime) -> None:
    """The account opens nothing from now on, log-ins in use included. Raises Refused, NotFound, Invalid."""
    with change(by, Do.ADMINISTER_ACCOUNTS, now) as edit:
        account: Account = found(edit.tx, Account, account_id)
        if account.disabled_at is not None:
            raise Invalid("account_id", "Brukeren er alt stengt.")
        _shut(edit, account)
        edit.record(account, "account_disabled", EventKind.ACCOUNT_CHANGED)


def enable_account(by: By, account_id: int, password_hash: str, now: datetime) -> None:
    """Open a disabled account again, with a new password. Raises Refused, NotFound, Invalid."""
    with change(by, Do.ADMINISTER_ACCOUNTS, now) as edit:
        account: Account = found(edit.tx, Account, account_id)
        if account.disabled_at is None or account.person.left_at is not None:
            raise Invalid("account_id", "Brukeren er ikke stengt, eller personen er meldt ut.")
        account.disabled_at, account.password_hash = None, password_hash
        edit.record(account, "account_enabled", EventKind.ACCOUNT_CHANGED)


def check_password(password: str, username: str) -> None:
    """Raises Invalid for a password that is too short, too long, or built on the username."""
    if len(password) < LEAST_PASSWORD:
        raise Invalid("password", f"Passordet må ha minst {LEAST_PASSWORD} tegn. En hel setning er lett å huske.")
    if len(password) > MOST_PASSWORD:
        raise Invalid("password", f"Passordet kan ha {MOST_PASSWORD} tegn på det meste.")
    if (len(username) > 2 and username.casefold() in password.casefold()) or len(set(password)) < 5:
        raise Invalid("password", "Passordet er lett å gjette. Velg noe uten brukernavnet, og med flere ulike tegn.")


def _add(edit: Edit, contact: Contact) -> Person:
    name, email, phone = _checked(contact)
    person = Person(name=name, email=email, phone=phone)
    edit.tx.add(person)
    edit.tx.flush()
    edit.record(person, "person_added")
    return person


def _checked(contact: Contact) -> tuple[str, str | None, str | None]:
    return _name(contact.name), _email(contact.email), clean_line(contact.phone) or None


def _name(raw: str) -> str:
    name = clean_line(raw)
    if not name_key(name):
        raise Invalid("name", "Skriv hva personen heter.")
    return name


def _email(raw: str) -> str | None:
    """Exactly one address, as «navn@kommune.no»; empty is none. Not a list, and no name in front of it."""
    address = clean_line(raw)
    if not address:
        return None
    if not is_address(address):
        raise Invalid("email", "Skriv én e-postadresse, slik: navn@kommune.no.")
    return address


def _free_username(edit: Edit, raw: str) -> str:
    username = raw.strip().casefold()
    if not 2 <= len(username) <= 64 or not set(username) <= USERNAME_SIGNS:
        raise Invalid("username", "Brukernavnet må ha fra 2 til 64 tegn: små bokstaver, tall, punktum og bindestrek.")
    if edit.tx.scalar(select(Account.id).where(Account.username == username)):
        raise Invalid("username", "Brukernavnet er i bruk. Velg et annet.")
    return username


def _codes(duties: Collection[Duty]) -> list[str]:
    return [duty.value for duty in Duty if duty in duties]


def _shut(edit: Edit, account: Account) -> None:
    _demand_another_admin(edit, account, "account_id")
    account.disabled_at = edit.now
    _end_log_ins(edit, account)


def _end_log_ins(edit: Edit, account: Account) -> None:
    theirs = update(LogIn).where(LogIn.account_id == account.id, LogIn.ended_at.is_(None))
    edit.tx.execute(theirs.values(ended_at=edit.now))


def _demand_another_admin(edit: Edit, account: Account, field: str) -> None:
    """Somebody must always be able to let people in."""
    if Duty.ADMIN not in account.duties:
        return
    others = select(Account.duties).where(Account.id != account.id, Account.disabled_at.is_(None))
    if not any(Duty.ADMIN in duties for duties in edit.tx.scalars(others)):
        raise Invalid(field, "Dette er den eneste administratoren. Gjør først en annen til administrator.")
