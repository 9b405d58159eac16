"""Several messages to one person may leave in one mail: each remembers under which Message-ID it left."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("message", sa.Column("mail_id", sa.String(), nullable=True))
    op.create_index(op.f("ix_message_mail_id"), "message", ["mail_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_message_mail_id"), table_name="message")
    op.drop_column("message", "mail_id")
