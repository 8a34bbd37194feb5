"""Whether a number in a passage is of something else than the fact's quantity.

A sentence often has several numbers: of revenue and of profit, of this company and of another, of the whole and of a part,
of this year and of the one before. What the words beside a number say that it is of is its owner. A number whose owner is
known and is not the fact's supports nothing. Where no owner can be told, nothing is decided here.

`rules` is the one way in. `english` and `others` have the rules of the languages, which know nothing of each other.
"""
