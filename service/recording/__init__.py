"""Writes to the log. `ledger` decides, `writer` loads and saves; nothing else writes to the log."""
