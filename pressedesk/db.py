"""The database: engine, transactions, migrations.

Reading and writing are two things. `writing()` opens with BEGIN IMMEDIATE on SQLite, so a transaction that will
write never loses its snapshot to another writer; everything in it commits together or not at all. `reading()` never
commits. Instants are stored in UTC and come back aware.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import DateTime, Dialect, Engine, MetaData, String, create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

BUSY_TIMEOUT_MS = 10_000
CACHE_KIB = 65_536
MIGRATIONS = Path(__file__).parent / "migrations"


class Base(DeclarativeBase):
    """Every table. Constraints are named, so that a migration can find them on every database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Instant(TypeDecorator[datetime]):
    """An aware instant, stored as UTC. A naive one is a mistake and is refused."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"an instant without a time zone: {value!r}")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class Code(TypeDecorator[StrEnum]):
    """A member of a closed set, stored as its value."""

    impl = String(64)
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: StrEnum | str | None, dialect: Dialect) -> str | None:
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        return None if value is None else self.kind(value)


class NotConnected(RuntimeError):
    """`connect()` has not been called in this process."""


_engine: Engine | None = None


def connect(url: str) -> Engine:
    """Bind this process to the database at `url`; a second call with another address replaces the first."""
    global _engine
    if _engine is not None:
        if _engine.url.render_as_string(hide_password=False) == url:
            return _engine
        _engine.dispose()
    _engine = create_engine(url, hide_parameters=True)  # an error that is logged quotes nobody
    if _engine.dialect.name == "sqlite":
        event.listen(_engine, "connect", _prepare_sqlite)
        event.listen(_engine, "begin", _begin_sqlite)
    return _engine


def engine() -> Engine:
    if _engine is None:
        raise NotConnected("db.connect(url) must come first")
    return _engine


def _prepare_sqlite(connection: DBAPIConnection, record: object) -> None:
    connection.isolation_level = None  # SQLAlchemy says BEGIN, not the driver
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",  # a call that was acknowledged survives a power cut
        "foreign_keys=ON",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "secure_delete=ON",  # a contact that was only passed on leaves nothing behind
        f"cache_size=-{CACHE_KIB}",
        "mmap_size=268435456",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextmanager
def writing() -> Iterator[Session]:
    """One writing transaction: commits at the end, rolls back on any error. No network or hashing inside."""
    with Session(engine().execution_options(writing=True), expire_on_commit=False) as session, session.begin():
        yield session


@contextmanager
def reading() -> Iterator[Session]:
    """One consistent view of the data; nothing done in it is kept."""
    with open_reader() as session:
        yield session


def open_reader() -> Session:
    """A session for reading that its owner closes (a web request keeps one until its answer is sent)."""
    return Session(engine(), autoflush=False, expire_on_commit=False)


def _alembic_config() -> Any:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def migrate(revision: str = "head") -> None:
    """Bring the schema to `revision` (the newest by default)."""
    from alembic import command

    config = _alembic_config()
    with engine().connect() as connection:
        config.attributes["connection"] = connection
        if revision == "base":
            command.downgrade(config, revision)
        else:
            command.upgrade(config, revision)


def is_at_head() -> bool:
    """Whether the schema is the newest one this code knows."""
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    heads = set(ScriptDirectory.from_config(_alembic_config()).get_heads())
    with engine().connect() as connection:
        return set(MigrationContext.configure(connection).get_current_heads()) == heads
