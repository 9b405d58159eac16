"""Who is asked first, what is passed on, the crisis switch, stories, tasks, and how requests for documents ended."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "crisis",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("started_by_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("spokesperson_id", sa.Integer(), nullable=True),
        sa.Column("next_information_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ended_by_id"], ["person.id"], name=op.f("fk_crisis_ended_by_id")),
        sa.ForeignKeyConstraint(["spokesperson_id"], ["person.id"], name=op.f("fk_crisis_spokesperson_id")),
        sa.ForeignKeyConstraint(["started_by_id"], ["person.id"], name=op.f("fk_crisis_started_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crisis")),
    )
    op.create_table(
        "story",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answer_kinds", sa.JSON(), nullable=False),
        sa.Column("answer_by_id", sa.Integer(), nullable=True),
        sa.Column("answer_at", sa.DateTime(), nullable=True),
        sa.Column("answer_until_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["answer_by_id"], ["person.id"], name=op.f("fk_story_answer_by_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_story_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story")),
    )
    op.create_table(
        "topic_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("phrase", sa.String(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("is_accepted", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["person.id"], name=op.f("fk_topic_proposal_proposed_by_id")),
        sa.ForeignKeyConstraint(["settled_by_id"], ["person.id"], name=op.f("fk_topic_proposal_settled_by_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_topic_proposal_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic_proposal")),
    )
    op.create_table(
        "expected_story",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("phrases", sa.JSON(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("office_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("until_at", sa.DateTime(), nullable=False),
        sa.Column("staff_informed_at", sa.DateTime(), nullable=True),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_expected_story_made_by_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_expected_story_office_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_expected_story_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expected_story")),
    )
    op.create_table(
        "silence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inquiry_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("from_at", sa.DateTime(), nullable=False),
        sa.Column("until_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiry.id"], name=op.f("fk_silence_inquiry_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_silence_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_silence")),
    )
    op.create_index(op.f("ix_silence_inquiry_id"), "silence", ["inquiry_id"], unique=False)
    op.create_table(
        "access_ruling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("strand_id", sa.Integer(), nullable=False),
        sa.Column("granted", sa.String(64), nullable=False),
        sa.Column("provision", sa.String(), nullable=True),
        sa.Column("openness_considered", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_access_ruling_recorded_by_id")),
        sa.ForeignKeyConstraint(["strand_id"], ["strand.id"], name=op.f("fk_access_ruling_strand_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_ruling")),
        sa.UniqueConstraint("strand_id", name=op.f("uq_access_ruling_strand_id")),
    )
    op.create_table(
        "handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("strand_id", sa.Integer(), nullable=False),
        sa.Column("from_person_id", sa.Integer(), nullable=False),
        sa.Column("to_unit_id", sa.Integer(), nullable=True),
        sa.Column("to_office_id", sa.Integer(), nullable=True),
        sa.Column("to_person_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("offered_at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(64), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["from_person_id"], ["person.id"], name=op.f("fk_handover_from_person_id")),
        sa.ForeignKeyConstraint(["settled_by_id"], ["person.id"], name=op.f("fk_handover_settled_by_id")),
        sa.ForeignKeyConstraint(["strand_id"], ["strand.id"], name=op.f("fk_handover_strand_id")),
        sa.ForeignKeyConstraint(["to_office_id"], ["office.id"], name=op.f("fk_handover_to_office_id")),
        sa.ForeignKeyConstraint(["to_person_id"], ["person.id"], name=op.f("fk_handover_to_person_id")),
        sa.ForeignKeyConstraint(["to_unit_id"], ["unit.id"], name=op.f("fk_handover_to_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
    )
    op.create_index(op.f("ix_handover_strand_id"), "handover", ["strand_id"], unique=False)
    op.create_index(op.f("ix_handover_to_office_id_state"), "handover", ["to_office_id", "state"], unique=False)
    op.create_index(op.f("ix_handover_to_person_id"), "handover", ["to_person_id"], unique=False)
    op.create_table(
        "request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("strand_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("replied_at", sa.DateTime(), nullable=True),
        sa.Column("replied_by_id", sa.Integer(), nullable=True),
        sa.Column("replied_role", sa.String(64), nullable=True),
        sa.Column("agreed", sa.Boolean(), nullable=True),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_request_asked_by_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_request_office_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_request_person_id")),
        sa.ForeignKeyConstraint(["replied_by_id"], ["person.id"], name=op.f("fk_request_replied_by_id")),
        sa.ForeignKeyConstraint(["strand_id"], ["strand.id"], name=op.f("fk_request_strand_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request")),
    )
    op.create_index(op.f("ix_request_office_id_replied_at"), "request", ["office_id", "replied_at"], unique=False)
    op.create_index(op.f("ix_request_person_id"), "request", ["person_id"], unique=False)
    op.create_index(op.f("ix_request_strand_id"), "request", ["strand_id"], unique=False)
    op.create_table(
        "task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("inquiry_id", sa.Integer(), nullable=False),
        sa.Column("strand_id", sa.Integer(), nullable=True),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("office_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("reminded_at", sa.DateTime(), nullable=True),
        sa.Column("escalated_at", sa.DateTime(), nullable=True),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["done_by_id"], ["person.id"], name=op.f("fk_task_done_by_id")),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiry.id"], name=op.f("fk_task_inquiry_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_task_office_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_task_person_id")),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_task_request_id")),
        sa.ForeignKeyConstraint(["strand_id"], ["strand.id"], name=op.f("fk_task_strand_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint("request_id", name=op.f("uq_task_request_id")),
    )
    op.create_index(op.f("ix_task_done_at_due_at"), "task", ["done_at", "due_at"], unique=False)
    op.create_index(op.f("ix_task_inquiry_id"), "task", ["inquiry_id"], unique=False)
    op.create_index(op.f("ix_task_office_id"), "task", ["office_id"], unique=False)
    op.create_index(op.f("ix_task_person_id"), "task", ["person_id"], unique=False)
    op.create_index(op.f("ix_task_strand_id"), "task", ["strand_id"], unique=False)
    fk = sa.ForeignKey
    for table, column in (
        ("draft", sa.Column("parked_at", sa.DateTime())),
        ("draft", sa.Column("is_call", sa.Boolean(), nullable=False, server_default=sa.false())),
        ("draft", sa.Column("undone_inquiry_id", sa.Integer(), fk("inquiry.id", name="fk_draft_undone_inquiry_id"))),
        ("inquiry", sa.Column("undone_at", sa.DateTime())),
        ("inquiry", sa.Column("is_afterwards", sa.Boolean(), nullable=False, server_default=sa.false())),
        ("inquiry", sa.Column("source_url", sa.String())),
        ("inquiry", sa.Column("story_id", sa.Integer(), fk("story.id", name="fk_inquiry_story_id"))),
        ("inquiry", sa.Column("joined_into_id", sa.Integer(), fk("inquiry.id", name="fk_inquiry_joined_into_id"))),
        ("inquiry", sa.Column("split_from_id", sa.Integer(), fk("inquiry.id", name="fk_inquiry_split_from_id"))),
        ("inquiry", sa.Column("nudged_at", sa.DateTime())),
        ("message", sa.Column("request_id", sa.Integer(), fk("request.id", name="fk_message_request_id"))),
        ("message", sa.Column("handover_id", sa.Integer(), fk("handover.id", name="fk_message_handover_id"))),
        ("message", sa.Column("task_id", sa.Integer(), fk("task.id", name="fk_message_task_id"))),
        ("strand", sa.Column("first_due_at", sa.DateTime())),
        ("strand", sa.Column("transferred_at", sa.DateTime())),
        ("strand", sa.Column("in_print", sa.String(64))),
        ("strand", sa.Column("journal", sa.String(64))),
    ):
        op.add_column(table, column, inline_references=True)
    for column_name in ("joined_into_id", "split_from_id", "story_id"):
        op.create_index(op.f(f"ix_inquiry_{column_name}"), "inquiry", [column_name], unique=False)
    op.execute("UPDATE strand SET first_due_at = due_at")


def downgrade() -> None:
    for name, columns in {
        "strand": ("journal", "in_print", "transferred_at", "first_due_at"),
        "message": ("task_id", "handover_id", "request_id"),
        "inquiry": (
            "nudged_at",
            "split_from_id",
            "joined_into_id",
            "story_id",
            "source_url",
            "is_afterwards",
            "undone_at",
        ),
        "draft": ("undone_inquiry_id", "is_call", "parked_at"),
    }.items():
        for column in columns:
            if column in ("split_from_id", "joined_into_id", "story_id"):
                op.drop_index(op.f(f"ix_inquiry_{column}"), table_name="inquiry")
            op.drop_column(name, column)
    for table in (
        "task",
        "request",
        "handover",
        "access_ruling",
        "silence",
        "expected_story",
        "topic_proposal",
        "story",
        "crisis",
    ):
        op.drop_table(table)
