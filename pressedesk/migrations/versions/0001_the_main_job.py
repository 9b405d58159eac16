"""The tables of the main job: people, organisation, inquiries, delivery. Events can be added, never changed."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "contact_count",
        sa.Column("day_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day_on", "kind", name=op.f("pk_contact_count")),
    )
    op.create_table(
        "heartbeat",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("beat_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_heartbeat")),
    )
    op.create_table(
        "lease",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("worker", sa.String(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("until_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lease")),
    )
    op.create_table(
        "log_in_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username_hash", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_in_attempt")),
    )
    op.create_index(op.f("ix_log_in_attempt_address_at"), "log_in_attempt", ["address", "at"], unique=False)
    op.create_index(op.f("ix_log_in_attempt_username_hash_at"), "log_in_attempt", ["username_hash", "at"], unique=False)

    op.create_table(
        "opening_hours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("opens_minute", sa.Integer(), nullable=False),
        sa.Column("closes_minute", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening_hours")),
    )
    op.create_table(
        "outlet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outlet")),
        sa.UniqueConstraint("key", name=op.f("uq_outlet_key")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("left_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_table(
        "reference_counter",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_reference_counter")),
    )
    op.create_table(
        "special_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day_on", sa.Date(), nullable=False),
        sa.Column("opens_minute", sa.Integer(), nullable=True),
        sa.Column("closes_minute", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_special_day")),
        sa.UniqueConstraint("day_on", name=op.f("uq_special_day_day_on")),
    )
    op.create_table(
        "target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clock", sa.String(64), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target")),
    )
    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("is_kis", sa.Boolean(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_unit_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("name", name=op.f("uq_unit_name")),
    )
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("from_at", sa.DateTime(), nullable=False),
        sa.Column("to_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_absence_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index(op.f("ix_absence_person_id"), "absence", ["person_id"], unique=False)

    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("duties", sa.JSON(), nullable=False),
        sa.Column("disabled_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_account_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("person_id", name=op.f("uq_account_person_id")),
        sa.UniqueConstraint("username", name=op.f("uq_account_username")),
    )
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_draft_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("reference", name=op.f("uq_draft_reference")),
        sa.UniqueConstraint("token", name=op.f("uq_draft_token")),
    )
    op.create_index(op.f("ix_draft_person_id"), "draft", ["person_id"], unique=False)

    op.create_table(
        "journalist",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("outlet_id", sa.Integer(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("phone_key", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlet.id"], name=op.f("fk_journalist_outlet_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journalist")),
        sa.UniqueConstraint("key", "outlet_id", name=op.f("uq_journalist_key_outlet_id")),
    )
    op.create_index(op.f("ix_journalist_key"), "journalist", ["key"], unique=False)
    op.create_index(op.f("ix_journalist_phone_key"), "journalist", ["phone_key"], unique=False)

    op.create_table(
        "office",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(64), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_office_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office")),
    )
    op.create_index(op.f("ix_office_unit_id"), "office", ["unit_id"], unique=False)

    op.create_table(
        "sending_pause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("since_at", sa.DateTime(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("released_at", sa.DateTime(), nullable=True),
        sa.Column("released_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["released_by_id"], ["person.id"], name=op.f("fk_sending_pause_released_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sending_pause")),
    )
    op.create_table(
        "topic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("phrase", sa.String(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_topic_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic")),
        sa.UniqueConstraint("unit_id", "phrase", name=op.f("uq_topic_unit_id_phrase")),
    )
    op.create_table(
        "deputy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_deputy_office_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_deputy_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deputy")),
        sa.UniqueConstraint("office_id", "position", name=op.f("uq_deputy_office_id_position")),
    )
    op.create_index(op.f("ix_deputy_office_id"), "deputy", ["office_id"], unique=False)
    op.create_index(op.f("ix_deputy_person_id"), "deputy", ["person_id"], unique=False)

    op.create_table(
        "holder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_holder_office_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_holder_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holder")),
    )
    op.create_index(op.f("ix_holder_office_id"), "holder", ["office_id"], unique=False)
    op.create_index(op.f("ix_holder_person_id"), "holder", ["person_id"], unique=False)

    op.create_table(
        "inquiry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("logged_by_id", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("logged_at", sa.DateTime(), nullable=False),
        sa.Column("journalist_id", sa.Integer(), nullable=True),
        sa.Column("caller_name", sa.String(), nullable=False),
        sa.Column("outlet_id", sa.Integer(), nullable=True),
        sa.Column("caller_phone", sa.String(), nullable=True),
        sa.Column("caller_email", sa.String(), nullable=True),
        sa.Column("question", sa.Text(), nullable=True),
        sa.Column("question_key", sa.Text(), nullable=True),
        sa.Column("deadline_at", sa.DateTime(), nullable=True),
        sa.Column("deadline_words", sa.String(), nullable=True),
        sa.Column("promised_at", sa.DateTime(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("addressed_office_id", sa.Integer(), nullable=True),
        sa.Column("subject_office_id", sa.Integer(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("restriction", sa.String(64), nullable=False),
        sa.Column("restriction_lift_by_id", sa.Integer(), nullable=True),
        sa.Column("text_is_held", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["addressed_office_id"], ["office.id"], name=op.f("fk_inquiry_addressed_office_id")),
        sa.ForeignKeyConstraint(["journalist_id"], ["journalist.id"], name=op.f("fk_inquiry_journalist_id")),
        sa.ForeignKeyConstraint(["logged_by_id"], ["person.id"], name=op.f("fk_inquiry_logged_by_id")),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlet.id"], name=op.f("fk_inquiry_outlet_id")),
        sa.ForeignKeyConstraint(
            ["restriction_lift_by_id"], ["person.id"], name=op.f("fk_inquiry_restriction_lift_by_id")
        ),
        sa.ForeignKeyConstraint(["subject_office_id"], ["office.id"], name=op.f("fk_inquiry_subject_office_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_inquiry_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiry")),
        sa.UniqueConstraint("reference", name=op.f("uq_inquiry_reference")),
        sa.UniqueConstraint("token", name=op.f("uq_inquiry_token")),
    )
    op.create_index(op.f("ix_inquiry_journalist_id"), "inquiry", ["journalist_id"], unique=False)
    op.create_index(op.f("ix_inquiry_outlet_id"), "inquiry", ["outlet_id"], unique=False)
    op.create_index(op.f("ix_inquiry_received_at"), "inquiry", ["received_at"], unique=False)
    op.create_index(op.f("ix_inquiry_unit_id"), "inquiry", ["unit_id"], unique=False)

    op.create_table(
        "log_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_log_in_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_in")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_log_in_token_hash")),
    )
    op.create_index(op.f("ix_log_in_account_id"), "log_in", ["account_id"], unique=False)

    op.create_table(
        "co_owner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inquiry_id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiry.id"], name=op.f("fk_co_owner_inquiry_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_co_owner_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_co_owner")),
        sa.UniqueConstraint("inquiry_id", "office_id", name=op.f("uq_co_owner_inquiry_id_office_id")),
    )
    op.create_index(op.f("ix_co_owner_office_id"), "co_owner", ["office_id"], unique=False)

    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inquiry_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("regulation", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("decision", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiry.id"], name=op.f("fk_decision_inquiry_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_decision_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    op.create_index(op.f("ix_decision_inquiry_id"), "decision", ["inquiry_id"], unique=False)

    op.create_table(
        "exclusion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inquiry_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiry.id"], name=op.f("fk_exclusion_inquiry_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_exclusion_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exclusion")),
        sa.UniqueConstraint("inquiry_id", "person_id", name=op.f("uq_exclusion_inquiry_id_person_id")),
    )
    op.create_index(op.f("ix_exclusion_person_id"), "exclusion", ["person_id"], unique=False)

    op.create_table(
        "note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inquiry_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiry.id"], name=op.f("fk_note_inquiry_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_note_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    op.create_index(op.f("ix_note_inquiry_id"), "note", ["inquiry_id"], unique=False)

    op.create_table(
        "opening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("inquiry_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiry.id"], name=op.f("fk_opening_inquiry_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_opening_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening")),
    )
    op.create_index(op.f("ix_opening_inquiry_id"), "opening", ["inquiry_id"], unique=False)

    op.create_table(
        "strand",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inquiry_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("state", sa.String(64), nullable=False),
        sa.Column("outcome", sa.String(64), nullable=False),
        sa.Column("clock", sa.String(64), nullable=True),
        sa.Column("owner_role", sa.String(64), nullable=True),
        sa.Column("owner_office_id", sa.Integer(), nullable=True),
        sa.Column("acting_id", sa.Integer(), nullable=True),
        sa.Column("resolution", sa.JSON(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("logged_at", sa.DateTime(), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("taken_by_id", sa.Integer(), nullable=True),
        sa.Column("due_at", sa.DateTime(), nullable=True),
        sa.Column("due_version", sa.Integer(), nullable=False),
        sa.Column("due_trace", sa.JSON(), nullable=False),
        sa.Column("ending", sa.String(64), nullable=True),
        sa.Column("ending_reason", sa.String(), nullable=True),
        sa.Column("working_minutes", sa.Integer(), nullable=True),
        sa.Column("was_in_time", sa.Boolean(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["acting_id"], ["person.id"], name=op.f("fk_strand_acting_id")),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiry.id"], name=op.f("fk_strand_inquiry_id")),
        sa.ForeignKeyConstraint(["owner_office_id"], ["office.id"], name=op.f("fk_strand_owner_office_id")),
        sa.ForeignKeyConstraint(["taken_by_id"], ["person.id"], name=op.f("fk_strand_taken_by_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_strand_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_strand")),
        sa.UniqueConstraint("inquiry_id", "kind", name=op.f("uq_strand_inquiry_id_kind")),
    )
    op.create_index(op.f("ix_strand_owner_office_id_state"), "strand", ["owner_office_id", "state"], unique=False)
    op.create_index(op.f("ix_strand_received_at"), "strand", ["received_at"], unique=False)
    op.create_index(op.f("ix_strand_state_due_at"), "strand", ["state", "due_at"], unique=False)
    op.create_index(op.f("ix_strand_unit_id"), "strand", ["unit_id"], unique=False)

    op.create_table(
        "agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("strand_id", sa.Integer(), nullable=False),
        sa.Column("with_role", sa.String(64), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("agreed_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_agreement_recorded_by_id")),
        sa.ForeignKeyConstraint(["strand_id"], ["strand.id"], name=op.f("fk_agreement_strand_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
    )
    op.create_index(op.f("ix_agreement_strand_id"), "agreement", ["strand_id"], unique=False)

    op.create_table(
        "answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("strand_id", sa.Integer(), nullable=False),
        sa.Column("said_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("spoken_by_role", sa.String(64), nullable=False),
        sa.Column("spoken_by", sa.String(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("touched", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_answer_recorded_by_id")),
        sa.ForeignKeyConstraint(["strand_id"], ["strand.id"], name=op.f("fk_answer_strand_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
    )
    op.create_index(op.f("ix_answer_strand_id"), "answer", ["strand_id"], unique=False)

    op.create_table(
        "consultation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("strand_id", sa.Integer(), nullable=False),
        sa.Column("with_role", sa.String(64), nullable=False),
        sa.Column("consulted_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_consultation_recorded_by_id")),
        sa.ForeignKeyConstraint(["strand_id"], ["strand.id"], name=op.f("fk_consultation_strand_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation")),
    )
    op.create_index(op.f("ix_consultation_strand_id"), "consultation", ["strand_id"], unique=False)

    op.create_table(
        "deviation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("strand_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("consulted_role", sa.String(64), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_deviation_recorded_by_id")),
        sa.ForeignKeyConstraint(["strand_id"], ["strand.id"], name=op.f("fk_deviation_strand_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deviation")),
    )
    op.create_index(op.f("ix_deviation_strand_id"), "deviation", ["strand_id"], unique=False)

    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("inquiry_id", sa.Integer(), nullable=True),
        sa.Column("strand_id", sa.Integer(), nullable=True),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiry.id"], name=op.f("fk_event_inquiry_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_event_person_id")),
        sa.ForeignKeyConstraint(["strand_id"], ["strand.id"], name=op.f("fk_event_strand_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_index(op.f("ix_event_inquiry_id_id"), "event", ["inquiry_id", "id"], unique=False)

    op.create_table(
        "link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("strand_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_link_person_id")),
        sa.ForeignKeyConstraint(["strand_id"], ["strand.id"], name=op.f("fk_link_strand_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_link_token_hash")),
    )
    op.create_index(op.f("ix_link_strand_id"), "link", ["strand_id"], unique=False)

    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("strand_id", sa.Integer(), nullable=False),
        sa.Column("due_version", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(64), nullable=False),
        sa.Column("planned_at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(64), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["strand_id"], ["strand.id"], name=op.f("fk_reminder_strand_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint("strand_id", "due_version", "step", name=op.f("uq_reminder_strand_id_due_version_step")),
    )
    op.create_index(op.f("ix_reminder_state_planned_at"), "reminder", ["state", "planned_at"], unique=False)

    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("reminder_id", sa.Integer(), nullable=True),
        sa.Column("inquiry_id", sa.Integer(), nullable=True),
        sa.Column("strand_id", sa.Integer(), nullable=True),
        sa.Column("due_version", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("claimed_by", sa.String(), nullable=True),
        sa.Column("claimed_epoch", sa.Integer(), nullable=True),
        sa.Column("claimed_at", sa.DateTime(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiry.id"], name=op.f("fk_message_inquiry_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_message_person_id")),
        sa.ForeignKeyConstraint(["reminder_id"], ["reminder.id"], name=op.f("fk_message_reminder_id")),
        sa.ForeignKeyConstraint(["strand_id"], ["strand.id"], name=op.f("fk_message_strand_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("key", name=op.f("uq_message_key")),
        sa.UniqueConstraint("message_id", name=op.f("uq_message_message_id")),
    )
    op.create_index(op.f("ix_message_inquiry_id"), "message", ["inquiry_id"], unique=False)
    op.create_index(op.f("ix_message_person_id_sent_at"), "message", ["person_id", "sent_at"], unique=False)
    op.create_index(op.f("ix_message_reminder_id"), "message", ["reminder_id"], unique=False)
    op.create_index(op.f("ix_message_state_next_try_at"), "message", ["state", "next_try_at"], unique=False)
    op.create_index(op.f("ix_message_strand_id"), "message", ["strand_id"], unique=False)

    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(64), nullable=False),
        sa.Column("error", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_attempt_message_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )
    op.create_index(op.f("ix_attempt_message_id"), "attempt", ["message_id"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER event_no_{act.lower()} BEFORE {act} ON event "
                "BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END"
            )


def downgrade() -> None:
    op.drop_index(op.f("ix_attempt_message_id"), table_name="attempt")

    op.drop_table("attempt")
    op.drop_index(op.f("ix_message_strand_id"), table_name="message")
    op.drop_index(op.f("ix_message_state_next_try_at"), table_name="message")
    op.drop_index(op.f("ix_message_reminder_id"), table_name="message")
    op.drop_index(op.f("ix_message_person_id_sent_at"), table_name="message")
    op.drop_index(op.f("ix_message_inquiry_id"), table_name="message")

    op.drop_table("message")
    op.drop_index(op.f("ix_reminder_state_planned_at"), table_name="reminder")

    op.drop_table("reminder")
    op.drop_index(op.f("ix_link_strand_id"), table_name="link")

    op.drop_table("link")
    op.drop_index(op.f("ix_event_inquiry_id_id"), table_name="event")

    op.drop_table("event")
    op.drop_index(op.f("ix_deviation_strand_id"), table_name="deviation")

    op.drop_table("deviation")
    op.drop_index(op.f("ix_consultation_strand_id"), table_name="consultation")

    op.drop_table("consultation")
    op.drop_index(op.f("ix_answer_strand_id"), table_name="answer")

    op.drop_table("answer")
    op.drop_index(op.f("ix_agreement_strand_id"), table_name="agreement")

    op.drop_table("agreement")
    op.drop_index(op.f("ix_strand_unit_id"), table_name="strand")
    op.drop_index(op.f("ix_strand_state_due_at"), table_name="strand")
    op.drop_index(op.f("ix_strand_received_at"), table_name="strand")
    op.drop_index(op.f("ix_strand_owner_office_id_state"), table_name="strand")

    op.drop_table("strand")
    op.drop_index(op.f("ix_opening_inquiry_id"), table_name="opening")

    op.drop_table("opening")
    op.drop_index(op.f("ix_note_inquiry_id"), table_name="note")

    op.drop_table("note")
    op.drop_index(op.f("ix_exclusion_person_id"), table_name="exclusion")

    op.drop_table("exclusion")
    op.drop_index(op.f("ix_decision_inquiry_id"), table_name="decision")

    op.drop_table("decision")
    op.drop_index(op.f("ix_co_owner_office_id"), table_name="co_owner")

    op.drop_table("co_owner")
    op.drop_index(op.f("ix_log_in_account_id"), table_name="log_in")

    op.drop_table("log_in")
    op.drop_index(op.f("ix_inquiry_unit_id"), table_name="inquiry")
    op.drop_index(op.f("ix_inquiry_received_at"), table_name="inquiry")
    op.drop_index(op.f("ix_inquiry_outlet_id"), table_name="inquiry")
    op.drop_index(op.f("ix_inquiry_journalist_id"), table_name="inquiry")

    op.drop_table("inquiry")
    op.drop_index(op.f("ix_holder_person_id"), table_name="holder")
    op.drop_index(op.f("ix_holder_office_id"), table_name="holder")

    op.drop_table("holder")
    op.drop_index(op.f("ix_deputy_person_id"), table_name="deputy")
    op.drop_index(op.f("ix_deputy_office_id"), table_name="deputy")

    op.drop_table("deputy")
    op.drop_table("topic")
    op.drop_table("sending_pause")
    op.drop_index(op.f("ix_office_unit_id"), table_name="office")

    op.drop_table("office")
    op.drop_index(op.f("ix_journalist_phone_key"), table_name="journalist")
    op.drop_index(op.f("ix_journalist_key"), table_name="journalist")

    op.drop_table("journalist")
    op.drop_index(op.f("ix_draft_person_id"), table_name="draft")

    op.drop_table("draft")
    op.drop_table("account")
    op.drop_index(op.f("ix_absence_person_id"), table_name="absence")

    op.drop_table("absence")
    op.drop_table("unit")
    op.drop_table("target")
    op.drop_table("special_day")
    op.drop_table("reference_counter")
    op.drop_table("person")
    op.drop_table("outlet")
    op.drop_table("opening_hours")
    op.drop_index(op.f("ix_log_in_attempt_username_hash_at"), table_name="log_in_attempt")
    op.drop_index(op.f("ix_log_in_attempt_address_at"), table_name="log_in_attempt")

    op.drop_table("log_in_attempt")
    op.drop_table("lease")
    op.drop_table("heartbeat")
    op.drop_table("contact_count")
