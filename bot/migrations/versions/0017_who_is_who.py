"""who people are where they come from; emails, customers' names and countries in the form that is compared."""

import sqlalchemy as sa
from alembic import op

from bot.domain.errors import Refusal
from bot.domain.words import countries
from bot.domain.words.emails import folded_email
from bot.domain.words.lookalikes import folded

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_PEOPLE = sa.table("people", sa.column("id"), sa.column("email"), sa.column("country"))
_CUSTOMERS = sa.table("customers", sa.column("id"), sa.column("name"), sa.column("folded_name"))


def upgrade() -> None:
    """Apply. Two that now look the same both keep what they have: which of them is meant, only people know."""
    op.add_column("people", sa.Column("external_id", sa.String(), nullable=False, server_default=""))
    op.alter_column("people", "external_id", server_default=None)
    op.create_index("uq_people_external_id", "people", ["external_id"], unique=True, postgresql_where=sa.text("external_id <> ''"))
    connection = op.get_bind()
    people = connection.execute(sa.select(_PEOPLE)).all()
    _rewrite(_PEOPLE, "email", [(one.id, one.email, folded_email(one.email)) for one in people])
    customers = connection.execute(sa.select(_CUSTOMERS)).all()
    _rewrite(_CUSTOMERS, "folded_name", [(one.id, one.folded_name, folded(one.name)) for one in customers])
    for one in people:
        if one.country and _code(one.country) != one.country:
            connection.execute(_PEOPLE.update().where(_PEOPLE.c.id == one.id).values(country=_code(one.country)))


def _rewrite(table: sa.TableClause, column: str, rows: list[tuple[int, str, str]]) -> None:
    taken = {before for _, before, _ in rows}
    for key, before, after in rows:
        if after and after != before and after not in taken:
            taken.add(after)
            op.get_bind().execute(table.update().where(table.c.id == key).values({column: after}))


def _code(country: str) -> str:
    try:
        return countries.code(country)
    except Refusal:
        return country


def downgrade() -> None:
    """Undo."""
    op.drop_index("uq_people_external_id", table_name="people")
    op.drop_column("people", "external_id")
