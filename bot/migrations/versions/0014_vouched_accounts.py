"""when an account's platform last said that it is the company's own; whoever is signed in signs in anew.

Accounts linked before nobody vouched for: each is checked at its next use, or by `outside-in accounts check`.
"""

import sqlalchemy as sa
from alembic import op

import bot.database

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("accounts", sa.Column("vouched_at", bot.database.UtcDateTime(timezone=True), nullable=True))
    op.execute("UPDATE accounts SET vouched_at = now() WHERE platform = 'console'")
    op.execute("DELETE FROM web_sessions")
    op.execute("DELETE FROM sign_in_links")


def downgrade() -> None:
    """Undo."""
    op.drop_column("accounts", "vouched_at")
