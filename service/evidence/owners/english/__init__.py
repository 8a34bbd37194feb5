"""The rules for English. `rules` is the way in; each other module has those for one kind of owner."""
