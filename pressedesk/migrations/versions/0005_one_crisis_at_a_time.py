"""Crisis leadership is established once at a time, also where two writers come at the same instant."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    standing = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_crisis_standing",
        "crisis",
        [sa.text("(ended_at IS NULL)")],
        unique=True,
        sqlite_where=standing,
        postgresql_where=standing,
    )


def downgrade() -> None:
    op.drop_index("uq_crisis_standing", "crisis")
