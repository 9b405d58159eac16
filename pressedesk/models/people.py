"""People, their accounts and their log-ins."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pressedesk.db import Base, Instant


class Duty(StrEnum):
    """What an account does at the desk besides the offices its person holds."""

    SWITCHBOARD = "switchboard"
    KIS_ADVISER = "kis_adviser"
    ADMIN = "admin"
    AUDITOR = "auditor"


class Person(Base):
    """Somebody who works for, or is elected in, the municipality."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str | None]
    phone: Mapped[str | None]
    left_at: Mapped[datetime | None] = mapped_column(Instant)

    account: Mapped["Account | None"] = relationship(back_populates="person")


class Account(Base):
    """A way to log in. `duties` is a list of `Duty` values."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    username: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    duties: Mapped[list[str]] = mapped_column(JSON, default=list)
    disabled_at: Mapped[datetime | None] = mapped_column(Instant)

    person: Mapped[Person] = relationship(back_populates="account")


class LogIn(Base):
    """One log-in on one device, kept on the server so that it can be ended from there."""

    __tablename__ = "log_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)

    account: Mapped[Account] = relationship()


class LogInAttempt(Base):
    """A failed log-in, for the throttle. The name is kept as a keyed hash: people type passwords into it."""

    __tablename__ = "log_in_attempt"
    __table_args__ = (Index(None, "username_hash", "at"), Index(None, "address", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    username_hash: Mapped[str]
    address: Mapped[str]
    at: Mapped[datetime] = mapped_column(Instant)
