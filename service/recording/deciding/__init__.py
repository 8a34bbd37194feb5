"""What each kind of request does to the state of a `Ledger`; one file for each kind."""
