"""The only users of the driver: the pool, the statements, and one typed function for each use of them."""
