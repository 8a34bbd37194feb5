"""A number in its sentence, the fact that it is to support, and the words for what texts measure."""

import re
from collections.abc import Container, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from service.evidence.about import About
from service.evidence.periods import RESPECTIVELY
from service.evidence.reading.languages.en import CUT, DOWN, UP, vocabulary
from service.evidence.reading.languages.en_measures import MEASURES
from service.evidence.reading.readings import Reading
from service.evidence.subjects import stem

RATES: Final = frozenset({"percent", "percentage_points", "basis_points", "times"})


class Mention(NamedTuple):
    """A word for something that texts measure, such as "net income"."""

    start: int
    end: int
    text: str
    families: frozenset[str]  # names of `MEASURES`


class Look(NamedTuple):
    """A number in its sentence, and the fact that it is to support."""

    text: str  # the sentence
    start: int  # of the number, with its bound
    end: int
    reading: Reading
    about: About
    families: frozenset[str]  # what the fact's subject measures; empty if that is not known
    names: frozenset[str]  # stems of the words in the company's names
    words: frozenset[str]  # stems of the words of the fact's subject, places, company

    @property
    def left(self) -> str:
        """The sentence before the number."""
        return self.text[: self.start]

    @property
    def right(self) -> str:
        """The sentence behind the number."""
        return self.text[self.end :]

    @property
    def parts(self) -> set[str]:
        """Stems of the words of the parts that the fact is of: the members of its dimensions, and its places."""
        return {stem(word) for one in (*self.about.members, *self.about.places) for word in WORD.findall(one)}


WORD: Final = re.compile(r"[^\W\d_]+")
_PIECES: Final = re.compile(r"[\s-]+")


def _pattern(phrases: Sequence[str]) -> re.Pattern[str]:
    listed = sorted(phrases, key=len, reverse=True)
    parts = [
        r"[\s-]+".join(re.escape(word).replace("'", "['’]") for word in _PIECES.split(one)) for one in listed
    ]
    return re.compile(rf"(?<![\w$])(?:{'|'.join(parts)})(?!\w|-[^\W\d_]|['’]s)", re.IGNORECASE)


def _by_phrase() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for family, phrases in MEASURES.items():
        for phrase in phrases.split(";"):
            found.setdefault(_normal(phrase.strip()), set()).add(family)
    return {phrase: telling(families) for phrase, families in found.items()}


def _normal(phrase: str) -> str:
    return " ".join(_PIECES.split(phrase.lower().replace("’", "'")))


def telling(families: set[str]) -> frozenset[str]:
    """The families without those that another one is a sort of."""
    return frozenset(one for one in families if not any(other.startswith(f"{one}.") for other in families))


_FAMILIES: Final = _by_phrase()
WORDS_OF_MEASURES: Final = frozenset(stem(word) for phrase in _FAMILIES for word in WORD.findall(phrase))
MEASURE_STEMS: Final = frozenset(stem(phrase) for phrase in _FAMILIES if WORD.fullmatch(phrase))
_MENTION: Final = _pattern(list(_FAMILIES))
_DEAL: Final = (
    r"\b(?:deals?|contracts?|acquisition|takeover|agreement|transaction|merger|buyout|orders?|bid|offer)\s+"
)
# where the words for a measure mean something else: what stands before them and behind them
_NO_MEASURES: Final = tuple(
    (frozenset(words.split("; ")), re.compile(f"(?:{before})$", re.IGNORECASE), re.compile(behind))
    for words, before, behind in (
        ("share", r"\b(?:per|a|each|every|diluted|common|ordinary)\s+", ""),
        ("share", "", " capital"),
        ("result", "as a ", ""),
        ("owned; acquired; tax; loss", "-", ""),  # "family-owned", "a pre-tax gain", "a weight-loss drug"
        (
            "loss; losses; capital loss; operating loss; net operating loss",
            "",
            "[ -]carry-?(?:forward|over|back)",
        ),
        ("gain; gains", "", " in "),  # of what is named behind
        ("investment", "", " bank"),
        ("interest", "% ", " in "),  # a stake
        ("equity", "private[- ]", ""),
        ("pay", r"\b(?:to|will|would|must|should|can|not|could|may|might)\s+", ""),
        ("annual rate", r"\bcompound(?:ed)?\s+", ""),
        ("is worth; was worth", _DEAL, ""),
    )
)
_DOUBTFUL: Final = frozenset[str]().union(*(words for words, _, _ in _NO_MEASURES))
_BEFORE: Final = 20  # characters that may tell it


def _means_another(said: str, text: str, start: int, end: int) -> bool:
    return said in _DOUBTFUL and any(
        said in words and before.search(text, max(0, start - _BEFORE), start) and behind.match(text, end)
        for words, before, behind in _NO_MEASURES
    )


@lru_cache(maxsize=16)  # several rules ask it of one sentence
def measured_in(text: str, *, per_share: bool) -> tuple[Mention, ...]:
    """What a text says that it measures. `per_share`: "profit" then stands for that per share."""
    found: list[Mention] = []
    for match in _MENTION.finditer(text):
        said = _normal(match.group())
        if _means_another(said, text, match.start(), match.end()):
            continue
        families = _FAMILIES[said]
        if per_share:
            families = each_share(families)
        found.append(Mention(match.start(), match.end(), match.group(), families))
    return tuple(found)


def each_share(families: frozenset[str]) -> frozenset[str]:
    """What stands for the families where the number is said per share: "profit" for earnings per share."""
    return frozenset(_PER_SHARE.get(one.partition(".")[0], one) for one in families)


_PER_SHARE: Final = {
    "profit": "pershare.eps",
    "dividend": "pershare.dividend",
    "shareprice": "pershare.price",
    "price": "pershare.price",
}

_LONGEST: Final = 5  # words of a subject with its field; longer ones are too special for the list of measures
AS_AMERICAN: Final = {
    "centre": "center",
    "centres": "centers",
    "programme": "program",
    "programmes": "programs",
}


@lru_cache(maxsize=1000)
def of_fact(label: str, concept: str, per_share: bool) -> tuple[frozenset[str], frozenset[str]]:
    """What a fact's subject measures, and the stems of its words."""
    said: set[str] = {
        one
        for mention in measured_in(f"{label} | {concept}", per_share=per_share)
        for one in mention.families
    }
    if len(label.replace("like for like", "like-for-like").split()) > _LONGEST:
        said.clear()
    words = frozenset(
        stem(AS_AMERICAN.get(word.lower(), word)) for word in WORD.findall(f"{label} {concept}")
    )
    return telling(said), words


def is_among(families: frozenset[str], sorts: Container[str]) -> bool:
    """Whether one of the families is of one of these sorts: "profit" for "profit.net"."""
    return any(family.partition(".")[0] in sorts for family in families)


def alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two sets of families have one in common, or one that is a sort of another."""
    return any(a == b or a.startswith(f"{b}.") or b.startswith(f"{a}.") for a in one for b in other)


VERBS: Final = vocabulary("""was were is are be been has have had rose fell grew dropped climbed jumped increased decreased
    declined reached hit came stood totaled totalled amounted reported posted made rising falling up down said says will would
    to and or but while as than that which who by with at after before on from for including excluding since until over under
    against into per""")
# verbs of change without -ed
_STRONG: Final = vocabulary("rose fell grew slid sank shrank leapt cut dived shed lost")
_MOVED: Final = _STRONG.union(one for one in UP | DOWN | CUT if one.endswith("ed"))
ASIDE: Final = re.compile(
    r", +(?:(?:the|an?|which|who|whose|with|one\s+of|[a-z]+ed)\s[^;0-9]{1,160}|[^,;]{1,120}),"
    r"(?= +(?:also +|[a-z]+ly +)?(?:was|were|is|are|will|came|totall?ed|reached|hit|edged|remained|amounted|stood|had|has"
    rf"|reported|posted|announced|doubled|tripled|{'|'.join(sorted(_MOVED))})\b)"
)
_NUMBER: Final = re.compile(
    r"(?<![\w.,])(?P<sign>[$€£¥]?)[0-9][0-9,]*(?:\.[0-9]+)?(?i:bn|mn|m|k|p|c)?(?!\w)\s?(?P<rate>%|per\s?cent)?"
)
_JOINED: Final = re.compile(r"[^0-9;.]{0,24}?(?:,|\band\b|&)\s*")


def numbers_like(look: Look) -> list[tuple[int, int]]:
    """Where the other numbers of the sentence with the same sign of money, or with none and a sign of percent, are."""
    numbers = list(_NUMBER.finditer(look.text))
    own = [one for one in numbers if look.start <= one.start() < look.end]
    return [
        one.span()
        for one in numbers
        if own
        and one not in own
        and one["sign"] == own[0]["sign"]
        and bool(one["rate"]) == bool(own[0]["rate"])
    ]


def place_in_list(look: Look, begin: int) -> tuple[int, int]:
    """The place of the number among those that the text lists from `begin` on, and how many they are.

    "$5 million and $1 million" are a list; with "respectively" behind them all numbers are one.
    """
    respectively = RESPECTIVELY.search(look.text, look.end)
    numbers = list(
        _NUMBER.finditer(look.text, begin, respectively.start() if respectively else len(look.text))
    )
    if not respectively:
        for at, (one, other) in enumerate(pairwise(numbers), 1):
            is_like = one["sign"] == other["sign"] and bool(one["rate"]) == bool(other["rate"])
            if not is_like or not _JOINED.fullmatch(look.text, one.end(), other.start()):
                numbers = numbers[:at]
                break
    return sum(one.start() < look.end for one in numbers) - 1, len(numbers)


# "$147 million and $151 million of borrowings"
MORE_AMOUNTS: Final = re.compile(
    r"(?:\s*(?:,|,?\s+and|\s+or)\s+[$€£¥]?[0-9][0-9.,]*\s*(?:%|percent|thousand|million|billion|trillion|bn)?)+(?=[\s,])"
)


def behind_list(look: Look) -> str:
    """The text behind the number, and behind those listed with it: " of sales" in "32% and 24%, respectively, of sales"."""
    more = MORE_AMOUNTS.match(look.right)
    return _RESPECTIVELY.sub("", look.right[more.end() :] if more else look.right, count=1)


_RESPECTIVELY: Final = re.compile(r"^,\s+respectively,")


def clause_start(look: Look) -> int:
    """Where the clause of the number begins in the sentence."""
    breaks = [match.end() for match in _CLAUSE.finditer(look.left)]
    return breaks[-1] if breaks else 0


_CLAUSE: Final = re.compile(
    # the last is a row of a newswire: "Revs 16 mln vs 19 mln Avg shrs"
    r"[;:•|]\s|\bvs\s+(?:(?:loss|profit)\s+)?[\w.,]+\s+(?:(?:mln|cts?|dlrs|mn|bln)\s+)?(?-i:(?=[A-Z]))|,\s+(?:and|while|but|whereas|although|though)\s|\b(?:while|whereas|although|but)\s",
    re.IGNORECASE,
)

GROWTH: Final = frozenset(
    stem(word) for word in ("growth", "change", "increase", "decrease", "decline", "reduction", "rise")
)
SAID_ADJUSTED: Final = frozenset(
    stem(word) for word in vocabulary("adjusted underlying core headline normalized normalised constant")
)
