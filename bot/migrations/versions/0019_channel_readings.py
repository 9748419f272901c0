"""when a channel's members were read, and which of them the platform couldn't name; those read before are read again before they count."""

import sqlalchemy as sa
from alembic import op

import bot.database

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("channel_members", sa.Column("unknown", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.alter_column("channel_members", "unknown", server_default=None)
    op.create_table(
        "channel_readings",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("read_at", bot.database.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("platform", "channel", name=op.f("pk_channel_readings")),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("channel_readings")
    op.drop_column("channel_members", "unknown")
