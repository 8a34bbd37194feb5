"""Words of German, French and Spanish by which an amount is what came out, though they tell a change elsewhere."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from service.evidence.reading.languages.en import vocabulary
from service.evidence.reading.languages.measures import MEASURE_WORDS
from service.evidence.reading.languages.shape import listed

_REACH: Final = 24  # tokens
_LAY: Final = vocabulary("lag lagen liegt liegen blieb blieben bleibt bleiben war waren ist sind")
_FELL: Final = frozenset(["fiel", "fielen", "fällt", "fallen"])
ARTICLES: Final = frozenset(["le", "la", "les", "el", "los", "las", "su", "sus", "son", "sa", "ses"])
_EARNED: Final = vocabulary(
    "gagne gagné gagnent gagnait gagnaient ganaba ganaban ganó gana ganan ganaron ganado ganancia ganancias"
)
_LOST: Final = vocabulary("perdu perd perdent perdait perdió pierde perdieron perdido perdía")
_BOUGHT: Final = frozenset(["hizo", "compró", "adquirió", "compra", "adquiere", "comprado", "adquirido"])
_BETWEEN: Final = frozenset(["en", "total", "près", "de"])
NEGATIVE: Final = frozenset(["minus", "moins", "menos"])
BEFORE_NEGATIVE: Final = frozenset(["mit", "bei", "auf", "à", "en", "a", "de", "von"])
# to pass from one number to another: "est passé de 231 à 275 millions" is no span
PASSING: Final = frozenset(
    ["passé", "passée", "passés", "passées", "passe", "passent", "pasó", "pasaron", "pasa", "pasado"]
)
BLACK: Final = ("の黒字", "黒字", "的盈利", "盈利")  # behind a number that is no loss
# to be, or to have: a number behind "de" is then no fall
BEING: Final = frozenset(
    ["est", "était", "sont", "étaient", "es", "era", "son", "eran", "fue", "fueron", "compose", "composait", "composent",
     "compone", "componía", "consta", "constaba", "dispose", "disposait", "dispone", "disponía"]
)  # fmt: skip
NOW: Final = frozenset(["hoy", "hui", "aujourd'", "ya", "désormais"])

# verbs that bound the number that they govern: "dépasse désormais 5 millions"
BOUNDING: Final = re.compile(
    r"über(?:st(?:ieg|eig)|schr(?:itt|eit)|tr(?:a|i)f)\w*|unterschr(?:itt|eit)\w*|näher(?:t|te|ten|n)"
    r"|dépass(?!ement)\w*|franchi\w*|exc[éè]d\w*|avoisin\w*|frôl\w*|approch(?:e|ent|ait|aient)|plafonn\w*"
    r"|super(?:a|an|ó|aron|aba|ado|ará)|sobrepas\w*|exced(?:e|en|ió|ía)|rebas\w*|roz(?:a|an|ó|aba)|rond(?:a|an|ó|aron|aba)"
)
_BESIDE_BOUND: Final = frozenset(
    ["erstmals", "nun", "inzwischen", "mittlerweile", "bereits", "damit", "somit", "deutlich", "klar", "leicht", "knapp", "weit",
     "zum", "ersten", "mal", "désormais", "maintenant", "déjà", "ainsi", "donc", "pour", "la", "première", "fois", "les", "le",
     "cap", "seuil", "des", "ya", "ahora", "por", "primera", "vez", "los", "las", "así"]
)  # fmt: skip


def beside_bound(low: Sequence[str]) -> bool:
    """Whether words between a bounding verb and its number leave it as it is: "pour la première fois"."""
    return all(one in _BESIDE_BOUND or one.endswith(("ment", "mente")) for one in low)


def is_outcome(code: str, low: Sequence[str], left: tuple[int, int], behind: Sequence[str]) -> bool:
    """Whether a word of change tells the amount itself: "a gagné 5 millions", "lag mit 5 Millionen höher".

    `low` has the words of a text, `left` the place of those before the amount in its clause.
    """
    before = low[slice(*left)]
    if not before or code not in {"de", "fr", "es"}:
        return False
    if code == "de":
        verbs = behind if before == ["mit"] else before
        if before[-1] != "mit" or "minus" in behind:
            return False
        return not _LAY.isdisjoint(verbs) or ("aus" in behind and not _FELL.isdisjoint(verbs))
    if before[-1] == "por" and not _BOUGHT.isdisjoint(low[max(0, left[1] - _REACH) : left[1]]):
        return True
    place = len(before) - 1
    while place > 0 and before[place] in _BETWEEN:
        place -= 1
    # "le bénéfice a gagné 5 millions" is a rise
    return before[place] in _EARNED and not _is_measured(code, before[:place])


def _is_measured(code: str, before: Sequence[str]) -> bool:
    """Whether what is measured stands behind an article in the words before a verb, so that it is what moved."""
    return any(one in ARTICLES and two in measured(code) for one, two in pairwise(before))


def is_lost(code: str, before: Sequence[str]) -> bool:
    """Whether somebody lost an amount of money that the words stand before: "perdió 5 millones", "a perdu 5 millions"."""
    return bool(before) and before[-1] in _LOST and not _is_measured(code, before)


def _phrases(code: str) -> Iterator[str]:
    return (phrase for told in MEASURE_WORDS[code].measures.values() for phrase in listed(told))


@lru_cache(maxsize=8)
def measured(code: str) -> frozenset[str]:
    """The last words of what is measured in a language: "tesorería"."""
    return frozenset(phrase.replace("'", " ").split()[-1] for phrase in _phrases(code))


@lru_cache(maxsize=8)
def mention_of_measure(code: str) -> re.Pattern[str]:
    """Finds what is measured in a text of a language in small letters."""
    longest = "|".join(map(re.escape, sorted({one.lower() for one in _phrases(code)}, key=len, reverse=True)))
    return re.compile(longest if code in {"zh", "ja"} else rf"\b(?:{longest})\b")
