"""where the bot is installed on Slack, when that is in several workspaces or a whole organization."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

import bot.database

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    words = ("enterprise_id", "team_id", "name", "bot_id", "bot_user_id", "scopes", "token", "refresh_token")
    op.create_table(
        "slack_installations",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in words),
        sa.Column("expires_at", bot.database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("teams", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("installed_at", bot.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("removed_at", bot.database.UtcDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slack_installations")),
        sa.UniqueConstraint("enterprise_id", "team_id", name=op.f("uq_slack_installations_enterprise_id_team_id")),
    )
    op.create_table(
        "slack_install_links",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("made_at", bot.database.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_slack_install_links")),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("slack_install_links")
    op.drop_table("slack_installations")
