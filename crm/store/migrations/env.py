"""Alembic's entry: runs the migrations on the connection `crm.store.migrate` hands over."""

from alembic import context

from crm.store.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite changes a table by copying it
    transactional_ddl=True,  # true of SQLite too, since the engine begins explicitly
)
with context.begin_transaction():
    context.run_migrations()
