"""what each person was told of which commitment, on which list."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_WHY = ("left", "cover", "late", "today", "soon", "risen", "tell")


def upgrade() -> None:
    """Apply. What was told before isn't known: everybody is told once more what is so."""
    op.create_table(
        "reminded",
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.Enum(*_WHY, name="why", native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["deliveries.id"], name=op.f("fk_reminded_delivery_id_deliveries"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["commitment_id"], ["commitments.id"], name=op.f("fk_reminded_commitment_id_commitments")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_reminded_person_id_people")),
        sa.PrimaryKeyConstraint("delivery_id", "commitment_id", name=op.f("pk_reminded")),
    )
    op.create_index(op.f("ix_reminded_commitment_id"), "reminded", ["commitment_id"])
    op.create_index(op.f("ix_reminded_person_id"), "reminded", ["person_id"])


def downgrade() -> None:
    """Undo."""
    op.drop_table("reminded")
