"""Checks: the evidence that an assertion would get, without recording anything."""
