"""The words of `languages.table_words` as patterns and sets."""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from service.evidence.reading.languages.all import IDEOGRAPHIC
from service.evidence.reading.languages.table_words import TABLE_WORDS


class HeadWords(NamedTuple):
    """The words of one language in the heads and row names of tables."""

    plain: frozenset[str]
    plain_phrases: re.Pattern[str]  # in languages that do not separate words
    change: re.Pattern[str]
    percent: re.Pattern[str]
    per_share: re.Pattern[str]
    losses: re.Pattern[str]
    less: re.Pattern[str]
    other: re.Pattern[str]


@lru_cache(maxsize=8)
def head_words(language: str) -> HeadWords:
    """The words of a language; those of English for one without words here."""
    words = TABLE_WORDS.get(language, TABLE_WORDS["en"])
    wide = language in IDEOGRAPHIC

    def pattern(phrases: str, separator: str) -> re.Pattern[str]:
        listed = sorted(
            (one.strip() for one in phrases.split(separator) if one.strip()), key=len, reverse=True
        )
        parts = [re.escape(one).replace(r"\ ", r"\s+") for one in listed]
        edged = [one if wide or not one[-1].isalpha() else rf"(?<!\w){one}(?!\w)" for one in parts]
        return re.compile("|".join(edged), re.IGNORECASE)

    return HeadWords(
        plain=frozenset() if wide else frozenset(words.plain.split()) | _ENGLISH,
        plain_phrases=pattern(words.plain, ";") if wide else re.compile(r"(?!)"),
        change=pattern(words.change, ";"),
        percent=pattern(words.percent, ";"),
        per_share=pattern(words.per_share, ";"),
        losses=pattern(words.losses, " "),
        less=pattern(words.less, " "),
        other=pattern(words.other, " "),
    )


_ENGLISH: Final = frozenset(TABLE_WORDS["en"].plain.split())
# a part of something: "% of revenue"
RATIO: Final = re.compile(
    r"(?:%|\bpercent(?:age)?|\bprozent|\bpourcentage|\bporcentaje)\s+(?:of|des|der|vom|von|du|de|d['’]|sobre)\b"
    r"|\bas\s+an?\s+%|占[^\s]{0,12}比|構成比|\bmix\b",
    re.IGNORECASE,
)
EITHER: Final = re.compile(
    r"\b(?:income|profit|earnings|gains?|results?)\b|überschuss|gewinn|bénéfice|beneficio|利益|利润",
    re.IGNORECASE,
)
# of amounts per share: "Basic earnings per share (pence)"
HUNDREDTHS: Final = re.compile(
    r"\(\s*(?:in\s+)?(?:(?P<pence>p|pence)|(?:US\s+|euro\s+)?cents?|c|¢)\s*\)|(?<=[\s,–-])(?:(?:in\s+)?pence|cents)(?=\s*$)",
    re.IGNORECASE,
)
_BRACKETS: Final = re.compile(r"\([^()]*\)|（[^（）]*）|\[[^\[\]]*\]")


def without_brackets(text: str) -> str:
    """The text without what stands in brackets: "Net income (loss)" without "(loss)"."""
    return _BRACKETS.sub(" ", text)
