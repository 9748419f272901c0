"""how many readers an approval was for, new words beside those that are out, and who agreed to them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_STATES = ("draft", "waiting", "scheduled", "sending", "paused", "done", "cancelled")


def upgrade() -> None:
    """Apply. Words agreed to so far stay so, and an approval is taken to be for as many as were asked for."""
    op.add_column("updates", sa.Column("agreed_by_id", sa.Integer(), nullable=True))
    op.create_foreign_key(op.f("fk_updates_agreed_by_id_people"), "updates", "people", ["agreed_by_id"], ["id"])
    op.add_column("updates", sa.Column("worded", sa.Integer(), nullable=False, server_default="1"))
    op.alter_column("updates", "worded", server_default=None)
    op.add_column("updates", sa.Column("proposed", postgresql.JSONB(), nullable=True))
    op.execute("UPDATE updates SET worded = version")
    op.execute("UPDATE updates SET agreed_version = version WHERE speaker_id = author_id")
    state = sa.Enum(*_STATES, name="held_from", native_enum=False, create_constraint=True, length=40)
    op.add_column("broadcasts", sa.Column("approved_size", sa.Integer(), nullable=False, server_default="0"))
    op.alter_column("broadcasts", "approved_size", server_default=None)
    op.add_column("broadcasts", sa.Column("held_from", state, nullable=True))
    op.execute("UPDATE broadcasts SET approved_size = size WHERE approved_by_id IS NOT NULL")


def downgrade() -> None:
    """Undo. Words that waited for approval are gone."""
    op.execute("UPDATE broadcasts SET state = held_from WHERE held_from IS NOT NULL")
    op.drop_column("broadcasts", "held_from")
    op.drop_column("broadcasts", "approved_size")
    op.execute("UPDATE updates SET agreed_version = version WHERE agreed_version = worded")
    op.drop_column("updates", "proposed")
    op.drop_column("updates", "worded")
    op.drop_constraint(op.f("fk_updates_agreed_by_id_people"), "updates", type_="foreignkey")
    op.drop_column("updates", "agreed_by_id")
