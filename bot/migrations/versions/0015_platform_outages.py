"""when a platform refused the bot, so that its administrators are told once."""

import sqlalchemy as sa
from alembic import op

import bot.database

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    platform = sa.Enum("slack", "teams", "console", name="platform", native_enum=False, length=40, create_constraint=True)
    op.create_table(
        "platform_outages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("platform", platform, nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("began_at", bot.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", bot.database.UtcDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_platform_outages")),
    )
    op.create_index(
        "uq_platform_outages_open", "platform_outages", ["platform"], unique=True, postgresql_where=sa.text("ended_at IS NULL")
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("platform_outages")
