"""Alembic's way in: runs on the connection that `db.migrate()` hands over."""

from typing import Any, Literal

from alembic import context

from pressedesk import db, events, models  # noqa: F401  (they register their tables)

connection = context.config.attributes.get("connection")
if connection is None:
    raise SystemExit("Kjør «pressedesk migrate»; databasen velges av DATABASE_URL.")


def render(kind: str, item: Any, autogen: Any) -> str | Literal[False]:
    """Our own column types as what they are in the database, so that a migration never needs our code."""
    if kind == "type" and isinstance(item, db.Instant):
        return "sa.DateTime()"
    if kind == "type" and isinstance(item, db.Code):
        return "sa.String(64)"
    return False


context.configure(
    connection=connection,
    target_metadata=db.Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    render_item=render,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
if connection.in_transaction():
    connection.commit()
