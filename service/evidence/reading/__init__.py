"""Reading quantities out of English business text.

`reader.read` is the one way in. Text is folded to one alphabet (`folding`), cut into tokens (`tokens`), and
read number by number: what the digits or words say (`numerals`), the currency, scale and unit beside
them (`terms`), what the words around make of them (`context`), and the numbers that measure nothing
(`roles`). `reader` holds it together; `words` is the vocabulary. Precision comes first: what could be read two
ways is left unread.

Its tables take a moment to make, so this module imports none of them.
"""
