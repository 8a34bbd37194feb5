"""Connections, statements, the schema and the embedded Postgres. Knows nothing of companies or facts."""
