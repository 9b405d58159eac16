"""Units, offices and who holds them; topics, targets and opening hours. All of it is data of the municipality."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pressedesk.db import Base, Code, Instant
from pressedesk.models.people import Person
from pressedesk.regulation.vocabulary import Clock, Role


class UnitKind(StrEnum):
    MUNICIPALITY = "municipality"
    AREA = "area"
    UNIT = "unit"
    SECTION = "section"


class Unit(Base):
    """A node of the tree municipality → area → unit → section."""

    __tablename__ = "unit"

    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    kind: Mapped[UnitKind] = mapped_column(Code(UnitKind))
    name: Mapped[str] = mapped_column(unique=True)
    is_kis: Mapped[bool] = mapped_column(default=False)  # its leader advises on information (point 14)
    closed_on: Mapped[date | None]

    parent: Mapped["Unit | None"] = relationship(remote_side=id)
    offices: Mapped[list["Office"]] = relationship(back_populates="unit")


class Office(Base):
    """A role of the regulation in one unit, under the title used here."""

    __tablename__ = "office"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    role: Mapped[Role] = mapped_column(Code(Role))
    title: Mapped[str]
    phone: Mapped[str | None]
    closed_on: Mapped[date | None]

    unit: Mapped[Unit] = relationship(back_populates="offices")


class Holder(Base):
    """A person in an office from a day up to and including another."""

    __tablename__ = "holder"

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    from_on: Mapped[date]
    to_on: Mapped[date | None]

    office: Mapped[Office] = relationship()
    person: Mapped[Person] = relationship()


class Deputy(Base):
    """Who acts when the holder is away, in order."""

    __tablename__ = "deputy"
    __table_args__ = (UniqueConstraint("office_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    position: Mapped[int]

    office: Mapped[Office] = relationship()
    person: Mapped[Person] = relationship()


class Absence(Base):
    """A person is away from one instant to another. Why is nobody's business here."""

    __tablename__ = "absence"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    from_at: Mapped[datetime] = mapped_column(Instant)
    to_at: Mapped[datetime] = mapped_column(Instant)

    person: Mapped[Person] = relationship()


class Topic(Base):
    """A word or phrase that proposes a unit while the question is typed."""

    __tablename__ = "topic"
    __table_args__ = (UniqueConstraint("unit_id", "phrase"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    phrase: Mapped[str]
    weight: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship()


class Target(Base):
    """What we aim at, in working minutes. The newest row that has begun holds."""

    __tablename__ = "target"

    id: Mapped[int] = mapped_column(primary_key=True)
    clock: Mapped[Clock] = mapped_column(Code(Clock))
    urgent: Mapped[bool] = mapped_column(default=False)  # a serious accusation
    minutes: Mapped[int]
    from_on: Mapped[date]


class OpeningHours(Base):
    """One span of one weekday (0 = Monday), in minutes after midnight, local time; several rows make a split day."""

    __tablename__ = "opening_hours"

    id: Mapped[int] = mapped_column(primary_key=True)
    weekday: Mapped[int]
    opens_minute: Mapped[int]
    closes_minute: Mapped[int]
    from_on: Mapped[date]
    to_on: Mapped[date | None]


class SpecialDay(Base):
    """A local closing day (no minutes) or a half day."""

    __tablename__ = "special_day"

    id: Mapped[int] = mapped_column(primary_key=True)
    day_on: Mapped[date] = mapped_column(unique=True)
    opens_minute: Mapped[int | None]
    closes_minute: Mapped[int | None]
    note: Mapped[str]
