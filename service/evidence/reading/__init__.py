"""Reading quantities out of business text, by the language of each sentence.

`reader.read` is the one way in. Text is folded to one alphabet (`folding`), and `languages.detecting` tells the
language of each sentence. English is cut into tokens (`tokens`) and read number by number: what the digits or words
say (`numerals`), the currency, scale and unit beside them (`terms`), what the words around make of them (`context`,
`change`, `apart`, `doubts`), and the numbers that measure nothing (`roles`). `reader` holds it together;
`languages.en` is the vocabulary. Precision comes first: what could be read two ways is left unread.

Its tables take a moment to make, so this module imports none of them.
"""
