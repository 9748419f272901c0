"""several deliveries in one message."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("deliveries", sa.Column("carried_by_id", sa.Integer(), nullable=True))
    op.create_foreign_key(op.f("fk_deliveries_carried_by_id_deliveries"), "deliveries", "deliveries", ["carried_by_id"], ["id"])
    where = sa.text("carried_by_id IS NOT NULL")
    op.create_index(op.f("ix_deliveries_carried_by_id"), "deliveries", ["carried_by_id"], postgresql_where=where)


def downgrade() -> None:
    """Undo."""
    op.drop_index(op.f("ix_deliveries_carried_by_id"), table_name="deliveries")
    op.drop_column("deliveries", "carried_by_id")
