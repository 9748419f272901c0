"""Alembic's environment: runs on the connection it's given by `bot.schema`."""

from alembic import context
from sqlmodel import SQLModel

import bot.domain.tables  # noqa: F401 - every table, so that autogenerate sees them

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    include_name=lambda name, kind, _parents: not (kind == "table" and (name or "").startswith("procrastinate_")),
)
with context.begin_transaction():
    context.run_migrations()
