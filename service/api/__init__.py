"""Endpoints of companies, facts, look-ups, sources, the log, and the service itself."""
