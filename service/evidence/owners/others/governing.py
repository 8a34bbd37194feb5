"""Which unknown words of a clause are free, since they do not govern its number: German, French and Spanish.

What governs a number is the verb of its clause, what is measured, who or what the verb is said of, and the preposition
before the number. If the verb is known, the other phrases are told apart by their first words: an adjective, an adverb, a
noun behind a preposition of cause or time, or the noun for the company may be any. If what is measured comes to the number
("der Umsatz … auf"), the verb may be any that is not of guessing.
"""

from collections.abc import Sequence

from service.evidence.owners.look import Look
from service.evidence.owners.others.free_german import free_german
from service.evidence.owners.others.free_romance import free_romance
from service.evidence.owners.others.patterns import Patterns
from service.evidence.owners.others.word_kinds import clause_of, is_doubtful, kinds_of


def free_words(
    look: Look, patterns: Patterns, spoken: Sequence[str], language: str, *, parted: bool
) -> frozenset[int]:
    """The places of the words that may be any. `parted`: what is measured has parts, so places are not free."""
    clause, kinds = clause_of(spoken), kinds_of(language)
    if language == "de":
        is_opened = look.left[:1].isspace()
        free = free_german(clause, kinds, patterns, parted=parted, is_opened=is_opened)
    else:
        free = free_romance(clause, kinds, patterns, parted=parted)
    return frozenset(clause.places[at] for at in free if not is_doubtful(language, clause.words[at]))
