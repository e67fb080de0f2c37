"""Run the migrations on the connection that the catalogue hands over."""

from alembic import context

from vectorstore.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
