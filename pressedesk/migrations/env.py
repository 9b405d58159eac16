"""Alembic's way in: runs on the connection that `db.migrate()` hands over."""

from alembic import context

from pressedesk import db, models  # noqa: F401  (the models register their tables)

connection = context.config.attributes.get("connection")
if connection is None:
    raise SystemExit("Kjør «pressedesk migrate»; databasen velges av DATABASE_URL.")
context.configure(
    connection=connection, target_metadata=db.Base.metadata, render_as_batch=True, transaction_per_migration=True
)
with context.begin_transaction():
    context.run_migrations()
if connection.in_transaction():
    connection.commit()
