"""HTTP: the only handlers. Each reads its parameters, calls one operation, and answers."""
