"""The words that the clauses of a language other than English may have around a number."""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from service.evidence.owners.look import Look
from service.evidence.reading.languages.all import LANGUAGES
from service.evidence.reading.languages.frames import FRAME_WORDS
from service.evidence.reading.languages.frames_wide import WIDE_FRAME_WORDS
from service.evidence.reading.languages.inflected import inflected, neutral_ends
from service.evidence.reading.languages.measures import MEASURE_WORDS
from service.evidence.reading.languages.shape import listed, lowered

PIECES: Final = re.compile(r"['’-]")
BRACKETS: Final = re.compile(r"\([^()]*\)|（[^（）]*）")
# bounds belong to the number, and have words of doubt: "wenn nicht mehr"
_LEFT_OUT: Final = frozenset(
    {"doubt", "near_doubt", "deny", "at_least", "at_most", "behind_at_least", "behind_at_most", "behind_about"}
)  # fmt: skip
_BOUNDS: Final = frozenset(
    {"about", "within_at_least", "gone", "plan"}
)  # short ideographs would hide other words


class Frame(NamedTuple):
    """The words that the clauses of a language may have."""

    plain: frozenset[str]
    known: re.Pattern[str]  # of ideographs: all known phrases, the longest first
    turning: re.Pattern[str]  # what goes, or is to come
    lessening: re.Pattern[str]
    ends: tuple[str, ...]
    free: re.Pattern[str]
    determiners: frozenset[str]
    verb_first: re.Pattern[str]


@lru_cache(maxsize=8)
def frame_of(code: str) -> Frame:
    """The words of a language that has its own here."""
    language = next(one for one in LANGUAGES if one.code == code)
    further, measured = (FRAME_WORDS | WIDE_FRAME_WORDS)[code], MEASURE_WORDS[code]
    phrases = [
        one.strip("*")
        for said in (
            *(words for name, words in language.words.items() if name not in _LEFT_OUT and not (
                language.ideographic and name in _BOUNDS
            )),
            *measured.measures.values(), measured.breaks, measured.bases, measured.to, measured.earlier, measured.joints,
            measured.wholes, further.plain,
        )
        for one in lowered(said)
    ]  # fmt: skip
    phrases += [*language.scales, *language.currencies, *language.units, *language.nouns, *language.per]
    edge = "" if language.ideographic else r"(?<!\w)"
    behind = "" if language.ideographic else r"(?!\w)"

    def any_of(words: str) -> str:
        return "|".join(re.escape(one) for one in sorted(lowered(words), key=len, reverse=True))

    return Frame(
        plain=frozenset(
            piece.replace("ß", "ss") if is_swiss else piece
            for said in (phrases, inflected(code))
            for phrase in said
            for word in phrase.split()
            for piece in (word, *PIECES.split(word))
            for is_swiss in (False, True)
        ),
        known=re.compile("|".join(re.escape(one) for one in sorted(set(phrases), key=len, reverse=True))),
        turning=re.compile(any_of(f"{language.words['gone']}; {language.words['plan']}")),
        lessening=re.compile(any_of(f"{language.words['down']}; {language.words['cut']}")),
        ends=(*listed(further.company_ends), *neutral_ends(code)),
        free=re.compile(f"{edge}(?:{any_of(further.free)}){behind}", re.IGNORECASE),
        determiners=frozenset(lowered(further.determiners)),
        verb_first=re.compile(rf"\W*(?:{any_of(further.verb_first)}){behind}", re.IGNORECASE),
    )


def begun_with_verb(look: Look, frame: Frame) -> str | None:
    """Why the number is in doubt if its sentence begins with a verb; None if it does not."""
    is_opened = look.left[:2] == "  "  # a cause that is blank stands there
    first = None if is_opened else frame.verb_first.match(look.left)
    return None if first is None else f'the sentence begins with "{first.group().strip()}"'
