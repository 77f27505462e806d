"""Alembic's entry: runs on the connection that `adapters.database` hands over, in its transaction."""

from alembic import context

from domein.model import metadata

verbinding = context.config.attributes["connection"]

context.configure(
    connection=verbinding,
    target_metadata=metadata,
    render_as_batch=True,  # SQLite cannot change a column in place
    compare_type=True,
    transactional_ddl=True,  # a migration that fails halfway leaves nothing behind, on SQLite too
)
context.run_migrations()
