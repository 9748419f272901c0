"""what of a broadcast is with the platform, a row for many; whose turn it is on a lane."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_PLATFORM = ("slack", "teams", "console")


def upgrade() -> None:
    """Apply. What was marked as going when the program stopped stays in doubt."""
    platform = sa.Enum(*_PLATFORM, name="platform", native_enum=False, create_constraint=True, length=40)
    op.create_table(
        "lane_turns",
        sa.Column("platform", platform, nullable=False),
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("platform", "tenant", name=op.f("pk_lane_turns")),
    )
    op.create_table(
        "under_way",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("platform", platform, nullable=False),
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("delivery_ids", postgresql.ARRAY(sa.Integer()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_under_way")),
    )
    op.execute("""
        INSERT INTO under_way (platform, tenant, delivery_ids)
        SELECT platform, tenant, array_agg(id) FROM deliveries WHERE state = 'sending' AND broadcast_id IS NOT NULL
        GROUP BY platform, tenant""")
    op.execute("UPDATE deliveries SET state = 'queued' WHERE state = 'sending' AND broadcast_id IS NOT NULL")


def downgrade() -> None:
    """Undo."""
    op.execute(
        "UPDATE deliveries SET state = 'sending' WHERE id IN (SELECT unnest(delivery_ids) FROM under_way) AND state = 'queued'"
    )
    op.drop_table("under_way")
    op.drop_table("lane_turns")
