"""when a message may go: what is exempt from waiting for work, whoever caused it, urgent updates."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("deliveries", sa.Column("exempt", sa.String(), nullable=False, server_default=""))
    op.add_column("deliveries", sa.Column("requested_by_id", sa.Integer(), nullable=True))
    op.add_column("broadcasts", sa.Column("urgent", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.alter_column("deliveries", "exempt", server_default=None)
    op.alter_column("broadcasts", "urgent", server_default=None)


def downgrade() -> None:
    """Undo."""
    op.drop_column("broadcasts", "urgent")
    op.drop_column("deliveries", "requested_by_id")
    op.drop_column("deliveries", "exempt")
