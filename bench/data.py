"""A year of inquiries, quickly: some are made through the use cases, then their rows are copied."""

from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from sqlalchemy import Column, Connection, String, Table, func, select

from pressedesk import access, config, db
from pressedesk.config import Settings
from pressedesk.db import Base
from pressedesk.desk import answering, closing, intake
from pressedesk.models import Inquiry
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.vocabulary import NO, Level, Role, Statement
from pressedesk.workflow import Ending
from tests.organisation import Town, build

MADE, OPEN = 100, 50  # through the use cases: finished, and waiting with one leader
COPIED = ("inquiry", "decision", "strand", "answer", "event", "reminder", "message")
UNITS = ("skole", "barnehage", "teknisk")
QUESTION = "Hvorfor er svømmehallen stengt, når åpner den igjen, og hva har det kostet? " * 4

TYPED = {"caller_name": "Mari Nygård", "outlet": "Granliposten", "phone": "91234567", "question": QUESTION}


def make(folder: Path, inquiries: int, now: datetime) -> tuple[Settings, Town]:
    """A database in `folder` with the municipality of the tests and about so many inquiries of the past year."""
    settings = Settings(
        instance_path=folder,
        database_url=f"sqlite:///{folder / 'pressedesk.sqlite3'}",
        base_url="http://127.0.0.1",
        secret_key="a key for measuring",
        trusted_hosts=("127.0.0.1",),
    )
    config.activate(settings)
    db.connect(settings.database_url)
    db.migrate()
    town, chance = build(now), Random(2026)
    for n in range(MADE):
        at = now - timedelta(days=chance.randint(3, 330), minutes=chance.randint(0, 400))
        reference = _log(town, chance.choice(UNITS), f"made {n}", at)
        _finish(town, reference, at + timedelta(minutes=chance.randint(5, 400)), chance)
    with db.engine().begin() as connection:
        _copy(connection, inquiries // MADE - 1)
    for n in range(OPEN):
        _log(town, "skole", f"open {n}", now - timedelta(minutes=n))
    db.engine().dispose()
    return settings, town


def _log(town: Town, unit: str, token: str, at: datetime) -> str:
    facts = Facts(level=Level.UNIT, personnel=NO, client_case=NO)
    call = intake.Call("Mari Nygård", QUESTION, facts, "Granliposten", "91234567", unit_id=town.units[unit])
    reference = intake.log_call(town.people["sentralbord"], token, call, at).reference
    assert reference
    return reference


def _finish(town: Town, reference: str, at: datetime, chance: Random) -> None:
    with db.reading() as tx:
        strand = tx.scalars(access.unscoped_strands().where(Inquiry.reference == reference)).one()
    who = town.people["kis"]
    if chance.random() < 0.05:
        closing.close(who, reference, strand.id, strand.version, Ending.NO_ANSWER, "Ble ikke noe av.", at)
        return
    kinds, channel = (Statement.FACTS,), answering.Channel.PHONE
    said = answering.Said("Den åpner i januar.", kinds, Role.VIRKSOMHETSLEDER, "Tone Berg", at, channel)
    answering.record_answer(who, reference, strand.id, strand.version, said, at)


def _copy(connection: Connection, times: int) -> None:
    """Every row of the inquiries so far, `times` times, with ids and unique texts of their own."""
    tables = [table for table in Base.metadata.sorted_tables if table.name in COPIED]
    most = {table.name: connection.scalar(select(func.max(table.c.id))) or 0 for table in tables}
    for turn in range(1, times + 1):
        for table in tables:
            values = [_shifted(column, table, most, turn) for column in table.columns]
            rows = select(*values).where(table.c.id <= most[table.name])
            connection.execute(table.insert().from_select([column.name for column in table.columns], rows))


def _shifted(column: Column[object], table: Table, most: dict[str, int], turn: int) -> object:
    if column.primary_key:
        return column + most[table.name] * turn
    points_to = {key.column.table.name for key in column.foreign_keys} & most.keys()
    if points_to:
        return column + most[points_to.pop()] * turn
    if column.unique and isinstance(column.type, String):
        return column + f"-{turn}"
    return column
