"""Check whether a cited passage supports the fact that cites it."""
