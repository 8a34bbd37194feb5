"""Numbers in the cells of an HTML table: what stands over and beside each one, and what that makes of it.

`check` is the one way in. `grid` has the places of cells, `figures` their numbers, `scales` the unit that heads give, `columns`
the period of a column, and `owners` whether row and column are the fact's.
"""
