"""who has opened their own page, and when."""

import sqlalchemy as sa
from alembic import op

import bot.database

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("accounts", sa.Column("home_opened_at", bot.database.UtcDateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Undo."""
    op.drop_column("accounts", "home_opened_at")
