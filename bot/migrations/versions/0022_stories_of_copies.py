"""the story of a copy: what caused it, and each wait and try."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    for table in ("deliveries", "channel_posts"):
        op.add_column(table, sa.Column("trace", sa.String(), nullable=False, server_default=""))
        op.alter_column(table, "trace", server_default=None)
    op.add_column("channel_posts", sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"))
    op.alter_column("channel_posts", "attempts", server_default=None)
    op.create_table(
        "delivery_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("delivery_id", sa.Integer(), nullable=True),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["deliveries.id"], name=op.f("fk_delivery_events_delivery_id_deliveries"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["channel_posts.id"], name=op.f("fk_delivery_events_post_id_channel_posts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_events")),
    )
    op.create_index(op.f("ix_delivery_events_delivery_id"), "delivery_events", ["delivery_id"])
    op.create_index(op.f("ix_delivery_events_post_id"), "delivery_events", ["post_id"])


def downgrade() -> None:
    """Undo."""
    op.drop_table("delivery_events")
    op.drop_column("channel_posts", "attempts")
    for table in ("deliveries", "channel_posts"):
        op.drop_column(table, "trace")
