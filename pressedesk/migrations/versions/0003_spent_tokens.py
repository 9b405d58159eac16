"""The tokens of forms that left no inquiry, so that one sent twice counts once."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "spent_token",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("spent_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_spent_token")),
    )


def downgrade() -> None:
    op.drop_table("spent_token")
