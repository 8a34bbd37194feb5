"""An English sentence as its rules look at it, and the sentence before it."""

import re
from typing import Final

from service.evidence import expressions, periods
from service.evidence.about import About

# the rules know these signs only as signs of money
_SIGNS: Final = str.maketrans("₹₩₽₺₪₫₱฿₴₦", "$" * 10)
_TORN: Final = re.compile(r"(\s)([,;]|['’]s?)(?=\s)")  # "Corvin 's sales , which"
_DATED: Final = re.compile(r"\W*(?:In|For|During|As\s+(?:of|at))\s")


def plain(sentence: str, about: About) -> str:
    """An English sentence with torn marks mended, signs of money alike, and two countries in one word each; places stay."""
    sentence = _TORN.sub(lambda one: f"{one[2]}{one[1]}", sentence.translate(_SIGNS))
    if any("United" in one for one in about.names):
        return sentence
    return sentence.replace("United States", "      America").replace("United Kingdom", "       Britain")


def is_of_next_period(text: str, first: int, sentence: str, about: About) -> bool:
    """Whether a sentence begins with another period than the fact's, which the sentence before it begins with."""
    before = text[max(0, first - 300) : first].rstrip().rstrip(".").rsplit(". ", 1)[-1]
    if about.period is None or not (_DATED.match(sentence) and _DATED.match(before)):
        return False
    years = periods.years_of(about.period, about.fiscal)
    said, said_before = ({one.year for one in expressions.expressions(each)} for each in (sentence, before))
    return bool(said) and said.isdisjoint(years) and not said_before.isdisjoint(years)
