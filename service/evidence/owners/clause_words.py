"""The words that the clauses of a language other than English may have around a number."""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from service.evidence.reading.languages.all import LANGUAGES
from service.evidence.reading.languages.frames import FRAME_WORDS
from service.evidence.reading.languages.frames_wide import WIDE_FRAME_WORDS
from service.evidence.reading.languages.inflected import inflected, neutral_ends, telling_verbs
from service.evidence.reading.languages.measures import MEASURE_WORDS

PIECES: Final = re.compile(r"['’-]")
_LEFT_OUT: Final = frozenset({"doubt", "deny", "at_least", "at_most"})
# bounds belong to the number; short ideographs among them would hide other words
_BOUNDS: Final = frozenset(
    {"about", "behind_at_least", "behind_at_most", "behind_about", "within_at_least", "gone", "plan"}
)  # fmt: skip


class Frame(NamedTuple):
    """The words that the clauses of a language may have."""

    plain: frozenset[str]
    known: re.Pattern[str]  # of ideographs: all known phrases, the longest first
    ends: tuple[str, ...]
    free: re.Pattern[str]
    verbs: frozenset[str]  # that tell what a number is
    determiners: frozenset[str]
    verb_first: re.Pattern[str]


def _listed(phrases: str) -> list[str]:
    return [one.strip().lower() for one in phrases.split(";") if one.strip()]


@lru_cache(maxsize=8)
def frame_of(code: str) -> Frame:
    """The words of a language that has its own here."""
    language = next(one for one in LANGUAGES if one.code == code)
    further, measured = (FRAME_WORDS | WIDE_FRAME_WORDS)[code], MEASURE_WORDS[code]
    phrases = [
        one.strip("*")
        for listed in (
            *(words for name, words in language.words.items() if name not in _LEFT_OUT and not (
                language.ideographic and name in _BOUNDS
            )),
            *measured.measures.values(), measured.breaks, measured.bases, measured.to, measured.earlier, measured.joints,
            measured.wholes, further.plain,
        )
        for one in _listed(listed)
    ]  # fmt: skip
    phrases += [*language.scales, *language.currencies, *language.units, *language.nouns, *language.per]
    edge = "" if language.ideographic else r"(?<!\w)"
    behind = "" if language.ideographic else r"(?!\w)"

    def any_of(words: str) -> str:
        return "|".join(re.escape(one) for one in sorted(_listed(words), key=len, reverse=True))

    return Frame(
        plain=frozenset(
            piece for phrase in phrases for word in phrase.split() for piece in (word, *PIECES.split(word))
        )
        | inflected(code),
        known=re.compile("|".join(re.escape(one) for one in sorted(set(phrases), key=len, reverse=True))),
        ends=(*further.company_ends, *neutral_ends(code)),
        free=re.compile(f"{edge}(?:{any_of(further.free)}){behind}", re.IGNORECASE),
        verbs=telling_verbs(code),
        determiners=frozenset(_listed(further.determiners)),
        verb_first=re.compile(rf"\W*(?:{any_of(further.verb_first)}){behind}", re.IGNORECASE),
    )
