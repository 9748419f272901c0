"""where commitments come from: the message, the day, the stage and the target."""

import sqlalchemy as sa
from alembic import op

import bot.database

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_FROM_ENGAGEMENTS = """
    UPDATE commitments SET heard_on = e.happened_on, stage = e.stage, target = e.evidence_target
    FROM engagements e WHERE e.id = commitments.engagement_id
"""
_FROM_THE_DAY_THEY_WERE_MADE = """
    UPDATE commitments SET heard_on = (made_at AT TIME ZONE coalesce(z.name, 'UTC'))::date
    FROM people p LEFT JOIN pg_timezone_names z ON z.name = p.zone
    WHERE p.id = commitments.promised_by_id AND heard_on IS NULL
"""


def upgrade() -> None:
    """Apply."""
    op.add_column("commitments", sa.Column("source_ref", sa.String(), server_default="", nullable=False))
    op.add_column("commitments", sa.Column("source_edited_at", bot.database.UtcDateTime(timezone=True), nullable=True))
    op.add_column("commitments", sa.Column("heard_on", sa.Date(), nullable=True))
    op.add_column("commitments", sa.Column("stage", sa.String(), server_default="", nullable=False))
    op.add_column("commitments", sa.Column("target", sa.String(), server_default="", nullable=False))
    op.execute(_FROM_ENGAGEMENTS)
    op.execute(_FROM_THE_DAY_THEY_WERE_MADE)
    op.alter_column("commitments", "heard_on", nullable=False)
    op.create_index(op.f("ix_commitments_source_ref"), "commitments", ["source_ref"], unique=False)


def downgrade() -> None:
    """Undo."""
    op.drop_index(op.f("ix_commitments_source_ref"), table_name="commitments")
    for name in ("target", "stage", "heard_on", "source_edited_at", "source_ref"):
        op.drop_column("commitments", name)
