"""Whether a passage bears out what cites it."""
