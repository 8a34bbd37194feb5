"""A capability: standard concepts such as `revenue`, which stand for the tags that filers use for one thing."""
