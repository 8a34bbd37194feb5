"""What facts, versions, citations and evidence are, and the rules about them. Pure: no I/O of any kind."""
