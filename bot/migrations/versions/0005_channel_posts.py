"""what the bot posts in channels."""

import sqlalchemy as sa
from alembic import op

import bot.database

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_STATES = ("queued", "sending", "sent", "unconfirmed", "failed", "digest", "cancelled", "recalled")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "channel_posts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column(
            "platform",
            sa.Enum("slack", "teams", "console", name="platform", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("thread", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(*_STATES, name="deliverystate", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("conversation", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("queued_at", bot.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("sent_at", bot.database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("requested_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["requested_by_id"], ["people.id"], name=op.f("fk_channel_posts_requested_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_posts")),
        sa.UniqueConstraint(
            "subject",
            "subject_id",
            "platform",
            "channel",
            "thread",
            name=op.f("uq_channel_posts_subject_subject_id_platform_channel_thread"),
        ),
    )
    op.create_index(op.f("ix_channel_posts_requested_by_id"), "channel_posts", ["requested_by_id"], unique=False)


def downgrade() -> None:
    """Undo."""
    op.drop_index(op.f("ix_channel_posts_requested_by_id"), table_name="channel_posts")
    op.drop_table("channel_posts")
