"""The patterns of the words beside a number, in a language other than English."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from service.evidence.owners.look import telling
from service.evidence.reading.languages.all import IDEOGRAPHIC
from service.evidence.reading.languages.measures import MEASURE_WORDS
from service.evidence.reading.languages.shape import lowered


class Patterns(NamedTuple):
    """What `MeasureWords` has, as patterns."""

    language: str
    families: dict[str, frozenset[str]]
    measures: re.Pattern[str]
    breaks: re.Pattern[str]
    bases: re.Pattern[str]
    to: re.Pattern[str]
    earlier: re.Pattern[str]
    parts: re.Pattern[str]
    joints: re.Pattern[str]
    wholes: frozenset[str]
    rivals: re.Pattern[str]
    supposed: re.Pattern[str]
    costs: re.Pattern[str]
    touched: re.Pattern[str]
    is_ideographic: bool


def _listed(phrases: Iterable[str]) -> str:
    """A pattern of any of the phrases, the longest first; a star at a phrase's end is for more letters."""
    return "|".join(
        (re.escape(one.rstrip("*")) + (r"\w*" if one.endswith("*") else ""))
        .replace(r"\ ", r"\s+")
        .replace("'", "['’]\\s?")
        for one in sorted(phrases, key=len, reverse=True)
    )


@lru_cache(maxsize=8)
def patterns_of(language: str) -> Patterns:
    """The patterns of a language that has its words here."""
    words = MEASURE_WORDS[language]
    wide = language in IDEOGRAPHIC

    def one_of(phrases: list[str], *, prefix: str = "", suffix: str = "") -> re.Pattern[str]:
        if not phrases:
            return re.compile(r"(?!)")
        listed = _listed(phrases)
        edges = ("", "") if wide else (r"(?<!\w)", r"(?!\w)")
        if any(one.endswith("'") for one in phrases):
            edges = edges[0], r"(?:(?<=['’\s])|(?!\w))"
        return re.compile(f"{prefix}{edges[0]}(?:{listed}){edges[1]}{suffix}", re.IGNORECASE)

    families: dict[str, set[str]] = {}
    for family, phrases in words.measures.items():
        for phrase in lowered(phrases):
            families.setdefault(phrase, set()).add(family)
    # a German compound such as "Auslandsumsatz" has its measure at the end
    before = r"(?<!\w)(?P<prefix>[^\W\d_]*?-?)" if language == "de" else "" if wide else r"(?<!\w)"
    behind = "" if wide else r"(?!\w)"
    case = r"(?:s?es|s|en)?" if language == "de" else ""  # "des Bruttoergebnisses"
    return Patterns(
        language=language,
        families={phrase: telling(named) for phrase, named in families.items()},
        measures=re.compile(f"{before}(?P<phrase>{_listed(families)}){case}{behind}", re.IGNORECASE),
        breaks=one_of(lowered(words.breaks)),
        bases=one_of(
            lowered(words.bases), suffix=r"(?:\s+(?:den|dem|die|der|les|los|las|un|una|einem|einer))?\s*$"
        ),
        to=one_of(lowered(words.to), prefix=r"^\s*"),
        earlier=one_of(lowered(words.earlier), suffix=r"(?![同期一度]{0,2}比)"),
        parts=one_of(lowered(words.parts)),
        joints=one_of(lowered(words.joints), prefix=r"^\s+", suffix=r"\s*"),
        wholes=frozenset(lowered(words.wholes)),
        rivals=one_of(lowered(words.rivals)),
        supposed=one_of(lowered(words.supposed)),
        costs=one_of(lowered(words.costs)),
        touched=one_of(lowered(words.touched)),
        is_ideographic=wide,
    )
