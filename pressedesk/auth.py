"""Who is asking: log-in, log-out, and links that open one inquiry for one person.

Log-ins live on the server, so that disabling an account, logging out and the time limits take effect at the next
request. The cookie holds only a random token; the database holds only its hash.
"""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache, wraps
from typing import ParamSpec, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from flask import Flask, abort, g
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from pressedesk import access, clock, config, db, organisation, outbox
from pressedesk.access import Actor, Do, NotFound
from pressedesk.models import Account, Link, LogIn, LogInAttempt, Person
from pressedesk.organisation import Organisation

TRIES_PER_ACCOUNT, TRIES_PER_ADDRESS = 5, 30
TRIES_WITHIN = timedelta(minutes=1)
SEEN_EVERY = timedelta(minutes=1)  # how often a log-in in use is written down

P = ParamSpec("P")
T = TypeVar("T")
manager = LoginManager()


@dataclass
class Visitor(UserMixin):
    """The person behind a request. `id` is the token of the log-in."""

    id: str
    log_in_id: int
    person_id: int


class Failure(StrEnum):
    WRONG = "wrong"
    TOO_MANY = "too_many"


def init_app(app: Flask) -> None:
    """Give `app` its log-ins, and close each request's reading session."""
    manager.init_app(app, add_context_processor=False)  # it asks the database, also for the page that says it is down
    manager.session_protection = None  # the log-in is a row on the server; the cookie proves nothing else
    app.teardown_appcontext(_close_reader)


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _dummy_hash() -> str:
    """Verified where there is no such account, so that the answer takes as long."""
    return _hasher().hash(secrets.token_hex(8))


def hash_password(password: str) -> str:
    """argon2id with the library's own parameters. Slow on purpose: never inside a transaction."""
    return _hasher().hash(password)


# --- Logging in and out ---------------------------------------------------------------------------------------------


def log_in(username: str, password: str, address: str, now: datetime) -> Failure | None:
    """Check a password and begin a log-in for this browser. None when it went well."""
    name_hash = _name_hash(username)
    with db.reading() as tx:
        if _is_throttled(tx, name_hash, address, now):
            return Failure.TOO_MANY
        account = tx.scalar(select(Account).where(Account.username == username.strip().casefold()))
        is_open = account is not None and account.disabled_at is None
        stored, account_id = (account.password_hash, account.id) if account and is_open else (_dummy_hash(), 0)
    if not _verify(stored, password) or not account_id:
        with db.writing() as tx:
            tx.add(LogInAttempt(username_hash=name_hash, address=address, at=now))
        return Failure.WRONG
    login_user(start_log_in(account_id, now))
    return None


def start_log_in(account_id: int, now: datetime) -> Visitor:
    """A new log-in of an account, with a token nobody has seen."""
    token = secrets.token_urlsafe(32)
    with db.writing() as tx:
        account = tx.get_one(Account, account_id)
        row = LogIn(account_id=account_id, token_hash=outbox.hash_token(token), created_at=now, seen_at=now)
        tx.add(row)
        tx.execute(delete(LogInAttempt).where(LogInAttempt.at < now - timedelta(days=1)))
        tx.flush()
        return Visitor(token, row.id, account.person_id)


def log_out(now: datetime) -> None:
    """End this browser's log-in, on the server as well."""
    if current_user.is_authenticated:
        with db.writing() as tx:
            tx.execute(update(LogIn).where(LogIn.id == current_user.log_in_id).values(ended_at=now))
    logout_user()


@manager.user_loader  # type: ignore[untyped-decorator]
def _load(token: str) -> Visitor | None:
    now, settings = clock.now(), config.current()
    row = (
        reader()
        .execute(
            select(LogIn.id, LogIn.seen_at, Account.person_id)
            .join(Account, Account.id == LogIn.account_id)
            .join(Person, Person.id == Account.person_id)
            .where(
                LogIn.token_hash == outbox.hash_token(token),
                LogIn.ended_at.is_(None),
                LogIn.created_at > now - timedelta(minutes=settings.session_absolute_minutes),
                LogIn.seen_at > now - timedelta(minutes=settings.session_idle_minutes),
                Account.disabled_at.is_(None),
                or_(Person.left_at.is_(None), Person.left_at > now),
            )
        )
        .one_or_none()
    )
    if row is None:
        return None
    if now - row.seen_at > SEEN_EVERY:
        with db.writing() as tx:
            tx.execute(update(LogIn).where(LogIn.id == row.id).values(seen_at=now))
    return Visitor(token, row.id, row.person_id)


def _verify(stored: str, password: str) -> bool:
    try:
        return _hasher().verify(stored, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


def _name_hash(username: str) -> str:
    key = config.current().secret_key.encode()[:64]
    return hashlib.blake2b(username.strip().casefold().encode(), key=key, digest_size=16).hexdigest()


def _is_throttled(tx: Session, name_hash: str, address: str, now: datetime) -> bool:
    recent = select(func.count()).select_from(LogInAttempt).where(LogInAttempt.at > now - TRIES_WITHIN)
    by_name = tx.scalar(recent.where(LogInAttempt.username_hash == name_hash)) or 0
    by_address = tx.scalar(recent.where(LogInAttempt.address == address)) or 0
    return by_name >= TRIES_PER_ACCOUNT or by_address >= TRIES_PER_ADDRESS


# --- The request ----------------------------------------------------------------------------------------------------


def reader() -> Session:
    """This request's one view of the data."""
    if "reader" not in g:
        g.reader = db.open_reader()
    session: Session = g.reader
    return session


def read_again() -> Session:
    """A fresh view, after a change in the same request."""
    reader().rollback()
    reader().expire_all()
    for kept in ("actor", "organisation"):
        g.pop(kept, None)
    return reader()


def _close_reader(error: BaseException | None) -> None:
    session = g.pop("reader", None)
    if session is not None:
        session.close()


def organisation_now() -> Organisation:
    """The organisation as it is in this request: read once, for its person and for its page."""
    if "organisation" not in g:
        g.organisation = organisation.snapshot(reader(), clock.now())
    org: Organisation = g.organisation
    return org


def me() -> Actor:
    """The person of this request, with everything that decides what he may see and do."""
    if "actor" not in g:
        try:
            g.actor = access.actor(reader(), current_user.person_id, clock.now(), organisation_now())
        except NotFound:
            abort(401)
    actor: Actor = g.actor
    return actor


def requires(do: Do) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """The permission of a route. What concerns one inquiry is checked against it by the use case or the scope."""

    def decorate(view: Callable[P, T]) -> Callable[P, T]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> T:
            if not current_user.is_authenticated:
                return manager.unauthorized()  # type: ignore[no-any-return]
            if do in access.AT_LARGE and not access.may(me(), do):
                abort(403)
            return view(*args, **kwargs)

        guarded.permission = do  # type: ignore[attr-defined]
        return guarded

    return decorate


def public(view: Callable[P, T]) -> Callable[P, T]:
    """A route that is open to anybody; the log-in page, links and health are, and nothing else."""
    view.permission = "public"  # type: ignore[attr-defined]
    return view


# --- Links ----------------------------------------------------------------------------------------------------------


def find_link(tx: Session, token: str, now: datetime) -> Link:
    """The link that `token` opens, if it still does. Raises NotFound: forged, expired, answered or another's alike.

    It opens for whoever was sent the strand, took it, or answers for the owner's office now."""
    link = tx.scalar(select(Link).where(Link.token_hash == outbox.hash_token(token)))
    if link is None or link.ended_at is not None or link.expires_at <= now:
        raise NotFound("link")
    strand, who = link.strand, access.actor(tx, link.person_id, now)
    if link.person_id not in {strand.acting_id, strand.taken_by_id} and strand.owner_office_id not in who.offices:
        raise NotFound("link")
    if not access.may_receive(tx, link.person_id, strand.inquiry_id, now):
        raise NotFound("link")
    return link
