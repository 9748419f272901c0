"""the order of jobs with one lock follows from their times, whoever changes these: a retry, or a moved clock."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply. Priorities count seconds from 2020: they are 32 bits, and last until 2088."""
    op.execute("""
        CREATE FUNCTION earliest_job_first() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            NEW.priority := -floor(extract(epoch FROM coalesce(NEW.scheduled_at, clock_timestamp()) - timestamptz '2020-01-01 00:00+00'));
            RETURN NEW;
        END $$""")
    op.execute("""
        CREATE TRIGGER earliest_job_first BEFORE INSERT OR UPDATE OF scheduled_at ON procrastinate_jobs
        FOR EACH ROW EXECUTE FUNCTION earliest_job_first()""")
    op.execute("UPDATE procrastinate_jobs SET scheduled_at = scheduled_at WHERE status = 'todo' AND scheduled_at IS NOT NULL")


def downgrade() -> None:
    """Undo."""
    op.execute("DROP TRIGGER earliest_job_first ON procrastinate_jobs")
    op.execute("DROP FUNCTION earliest_job_first()")
