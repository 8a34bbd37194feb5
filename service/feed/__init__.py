"""The log, followed: its entries in order, with what each changed."""
