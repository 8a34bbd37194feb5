"""Alembic's entry point. Migrations run on the connection that `service.postgres.migration` opened."""

from alembic import context
from sqlalchemy import Connection

connection: Connection | None = context.config.attributes.get("connection")
if connection is None:
    raise SystemExit("run `companyfacts migrate`: it takes the lock and sets the timeouts")
context.configure(connection=connection, transaction_per_migration=True)
with context.begin_transaction():
    context.run_migrations()
