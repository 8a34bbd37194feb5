"""The kernel's SQL statements and one typed function for each use of them. No rules, no HTTP."""
