"""The whole log carried away: sent as lines, and taken by a copy that follows it."""
