"""which digest told an update that was held back."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply. What was held back before counts as told by its reader's next digest, if one arrived within two weeks."""
    op.add_column("deliveries", sa.Column("told_in_id", sa.Integer(), nullable=True))
    op.create_foreign_key(op.f("fk_deliveries_told_in_id_deliveries"), "deliveries", "deliveries", ["told_in_id"], ["id"])
    told = sa.text("told_in_id IS NOT NULL")
    op.create_index(op.f("ix_deliveries_told_in_id"), "deliveries", ["told_in_id"], postgresql_where=told)
    untold = sa.text("state = 'digest' AND told_in_id IS NULL")
    op.create_index("ix_deliveries_untold", "deliveries", ["person_id"], postgresql_where=untold)
    op.execute("""
        UPDATE deliveries h SET told_in_id = found.digest_id, sent_at = coalesce(h.sent_at, found.sent_at)
        FROM (SELECT DISTINCT ON (h.id) h.id, d.id AS digest_id, d.sent_at FROM deliveries h
              JOIN people p ON p.id = h.person_id
              JOIN deliveries d ON d.person_id = h.person_id AND d.subject = 'digest' AND d.state = 'sent'
                AND d.sent_at > h.queued_at AND d.sent_at < h.queued_at + interval '14 days'
              WHERE h.subject = 'update' AND (h.state = 'digest' OR (h.state = 'sent' AND p.digest))
              ORDER BY h.id, d.sent_at) found
        WHERE h.id = found.id""")


def downgrade() -> None:
    """Undo."""
    op.drop_index("ix_deliveries_untold", table_name="deliveries")
    op.drop_index(op.f("ix_deliveries_told_in_id"), table_name="deliveries")
    op.drop_constraint(op.f("fk_deliveries_told_in_id_deliveries"), "deliveries", type_="foreignkey")
    op.drop_column("deliveries", "told_in_id")
