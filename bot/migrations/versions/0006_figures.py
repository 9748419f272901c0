"""what figures are counted from: tenures, and each executive's days beside their engagements."""

import sqlalchemy as sa
from alembic import op

import bot.database

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_TRIGGERS = """
CREATE FUNCTION copy_engagement_to_link() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT happened_on, kind, stage, customer_id, deleted_at IS NULL INTO NEW.happened_on, NEW.kind, NEW.stage, NEW.customer_id, NEW.counts
  FROM engagements WHERE id = NEW.engagement_id FOR SHARE;
  RETURN NEW;
END $$;
CREATE TRIGGER copy_engagement BEFORE INSERT ON engagement_executives
FOR EACH ROW EXECUTE FUNCTION copy_engagement_to_link();
CREATE FUNCTION copy_engagement_to_links() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE engagement_executives
  SET happened_on = NEW.happened_on, kind = NEW.kind, stage = NEW.stage, customer_id = NEW.customer_id, counts = NEW.deleted_at IS NULL
  WHERE engagement_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER copy_to_links AFTER UPDATE OF happened_on, kind, stage, customer_id, deleted_at ON engagements
FOR EACH ROW EXECUTE FUNCTION copy_engagement_to_links();
CREATE FUNCTION count_engagement_months() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.counts THEN
    UPDATE engagement_months SET visits = visits - (OLD.kind <> 'call')::int, calls = calls - (OLD.kind = 'call')::int
    WHERE person_id = OLD.person_id AND month = date_trunc('month', OLD.happened_on)::date;
  END IF;
  IF TG_OP <> 'DELETE' AND NEW.counts THEN
    INSERT INTO engagement_months AS m (person_id, month, visits, calls)
    VALUES (NEW.person_id, date_trunc('month', NEW.happened_on)::date, (NEW.kind <> 'call')::int, (NEW.kind = 'call')::int)
    ON CONFLICT (month, person_id) DO UPDATE SET visits = m.visits + EXCLUDED.visits, calls = m.calls + EXCLUDED.calls;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER count_months AFTER INSERT OR UPDATE OR DELETE ON engagement_executives
FOR EACH ROW EXECUTE FUNCTION count_engagement_months();
"""

_COUNT_MONTHS = (
    "INSERT INTO engagement_months (person_id, month, visits, calls)"
    " SELECT person_id, date_trunc('month', happened_on)::date, count(*) FILTER (WHERE kind <> 'call'), count(*) FILTER (WHERE kind = 'call')"
    " FROM engagement_executives WHERE counts GROUP BY 1, 2"
)


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "tenures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("executive", sa.Boolean(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_tenures_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tenures")),
    )
    op.create_index("ix_tenures_person", "tenures", ["person_id", "first", "until"], postgresql_include=["department", "executive"])
    # Nobody noted tenures before: whoever is here counts as having been here always, whoever left as never.
    op.execute(
        "INSERT INTO tenures (person_id, department, executive, first, until, noted_on)"
        " SELECT id, department, 'executive' = ANY(roles), DATE '0001-01-01', DATE '9999-12-31', CURRENT_DATE FROM people WHERE active"
    )
    links = "engagement_executives"
    op.add_column(links, sa.Column("happened_on", sa.Date(), nullable=True))
    op.add_column(links, sa.Column("kind", sa.String(), nullable=True))
    op.add_column(links, sa.Column("stage", sa.String(), nullable=True))
    op.add_column(links, sa.Column("customer_id", sa.Integer(), nullable=True))
    op.add_column(links, sa.Column("counts", sa.Boolean(), nullable=True))
    op.execute(
        "UPDATE engagement_executives SET happened_on = e.happened_on, kind = e.kind, stage = e.stage, customer_id = e.customer_id,"
        " counts = e.deleted_at IS NULL FROM engagements e WHERE e.id = engagement_id"
    )
    for name in ("happened_on", "kind", "stage", "counts"):
        op.alter_column(links, name, nullable=False)
    op.create_table(
        "engagement_months",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("visits", sa.Integer(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_engagement_months_person_id_people")),
        sa.PrimaryKeyConstraint("month", "person_id", name=op.f("pk_engagement_months")),
    )
    op.execute(_COUNT_MONTHS)
    op.execute(_TRIGGERS)
    op.drop_index("ix_engagement_executives_person_id", table_name=links)
    op.create_index("ix_engagement_executives_person", links, ["person_id", "happened_on"])
    op.create_index("ix_engagement_executives_days", links, ["happened_on", "person_id", "kind", "stage", "customer_id", "counts"])
    op.drop_index("ix_engagements_customer_id", table_name="engagements")
    op.drop_index("ix_engagements_happened_on", table_name="engagements")
    op.create_index(
        "ix_engagements_days",
        "engagements",
        ["happened_on", "kind", "stage", "customer_id"],
        postgresql_include=["logged_at", "logged_by_id"],
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(
        "ix_engagements_customer", "engagements", ["customer_id", "happened_on"], postgresql_where=sa.text("deleted_at IS NULL")
    )
    op.create_index(
        "ix_engagements_evidence",
        "engagements",
        ["happened_on", "evidence_target", "evidence_holds"],
        postgresql_where=sa.text("evidence_target <> '' AND deleted_at IS NULL"),
    )
    op.create_index(op.f("ix_commitments_made_at"), "commitments", ["made_at"])
    op.create_index(op.f("ix_commitments_done_on"), "commitments", ["done_on"])
    op.add_column("prompts", sa.Column("answer_by", bot.database.UtcDateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_prompts_sent_at"), "prompts", ["sent_at"])


def downgrade() -> None:
    """Undo."""
    op.drop_index(op.f("ix_prompts_sent_at"), table_name="prompts")
    op.drop_column("prompts", "answer_by")
    op.drop_index(op.f("ix_commitments_done_on"), table_name="commitments")
    op.drop_index(op.f("ix_commitments_made_at"), table_name="commitments")
    for name in ("days", "customer", "evidence"):
        op.drop_index(f"ix_engagements_{name}", table_name="engagements")
    op.create_index("ix_engagements_happened_on", "engagements", ["happened_on"])
    op.create_index("ix_engagements_customer_id", "engagements", ["customer_id"])
    op.execute("DROP TRIGGER count_months ON engagement_executives; DROP FUNCTION count_engagement_months();")
    op.drop_table("engagement_months")
    op.execute("DROP TRIGGER copy_to_links ON engagements; DROP FUNCTION copy_engagement_to_links();")
    op.execute("DROP TRIGGER copy_engagement ON engagement_executives; DROP FUNCTION copy_engagement_to_link();")
    links = "engagement_executives"
    for name in ("days", "person"):
        op.drop_index(f"ix_engagement_executives_{name}", table_name=links)
    op.create_index("ix_engagement_executives_person_id", links, ["person_id"])
    for name in ("counts", "customer_id", "stage", "kind", "happened_on"):
        op.drop_column(links, name)
    op.drop_table("tenures")
