"""Numbers in the cells of a table: what stands over and beside each one, and what that makes of it.

`check` is the one way in. `lines` finds the cells of tables that are written in text. `grid` has the places of cells, `figures`
their numbers, `columns` the period of a column, and `owners` whether row and column are the fact's.
"""
