"""The bare routes that ours are held against: as little as Flask, Jinja and the ORM can do."""

from pathlib import Path

from flask import Flask, redirect, request
from sqlalchemy import ForeignKey, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from werkzeug import Response

ROW_BYTES = 600  # fifty rows of a list are 30 kB
CELLS = 6
PAGE = """<!doctype html>
<html lang="nb"><head><meta charset="utf-8"><title>{{ title }}</title></head><body><h1>{{ title }}</h1><table>
{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>
{% endfor %}</table></body></html>"""


class Base(DeclarativeBase):
    """Two tables."""


class Ticket(Base):
    """A row with a text."""

    __tablename__ = "ticket"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    body: Mapped[str]


class Line(Base):
    """A row that belongs to it."""

    __tablename__ = "line"

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    what: Mapped[str]


def create_app(file: Path) -> Flask:
    """GET /page?bytes=N: a table of about N bytes. POST /insert: two rows in one transaction."""
    engine = create_engine(f"sqlite:///{file}")
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    Base.metadata.create_all(engine)
    app = Flask(__name__)
    template = app.jinja_env.from_string(PAGE)

    @app.get("/page")
    def page() -> str:
        rows = [[f"{'æ' * 3}{n:<{ROW_BYTES // CELLS - 14}}{cell}" for cell in range(CELLS)] for n in _rows()]
        return template.render(title="Liste", rows=rows)

    @app.post("/insert")
    def insert() -> Response:
        with Session(engine) as session, session.begin():
            ticket = Ticket(title=request.form["title"], body=request.form["body"])
            session.add(ticket)
            session.flush()
            session.add(Line(ticket_id=ticket.id, what="made"))
        return redirect("/page?bytes=1000", 303)

    return app


def _rows() -> range:
    return range(int(request.args["bytes"]) // ROW_BYTES)


def _prepare(connection: object, record: object) -> None:
    connection.isolation_level = None  # type: ignore[attr-defined]
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]
