"""The form in which the words of a language are written down, and how they are found in a text."""

import re
from typing import Final, Literal, NamedTuple, cast

# what a phrase does; one phrase may do several things
Tag = Literal[
    "scale", "currency", "unit", "noun", "at_least", "at_most", "about", "behind_at_least", "behind_at_most",
    "behind_about", "within_at_least", "up", "down", "cut", "rise", "fall", "loss", "level",
    "level_noun",
    "amount_noun", "of_whole", "by", "to", "behind_to", "from", "of", "deny", "doubt", "near_doubt", "rate",
    "expected", "fraction", "gone", "plan", "per",
    "per_before", "joint", "between", "and",
    "clause", "filler", "employing",
]  # fmt: skip


class Language(NamedTuple):
    """The words of a language. Phrases are separated by `;`; a `*` stands for any ending, or for any beginning of a compound."""

    code: str
    decimal_comma: bool  # 3,5 and 1.234; else 3.5 and 1,234
    spaced: bool  # 12 500 is one number
    verb_last: bool  # a verb behind a number may belong to it
    by_needed: bool  # "of 5 %" after an unknown word may be a fall ("reculent de"), so the word must be known
    ideographic: bool  # words are not separated
    grouped_scaled: bool  # "18.600 millones" is 18,600 million, not 18.6
    scales: dict[str, int]  # exponents of ten
    currencies: dict[str, str]  # ISO codes
    units: dict[str, str]  # percent, percentage_points, basis_points, times
    nouns: dict[str, str]  # what is counted, as the units of facts name it
    per: dict[str, str]  # what follows an amount: "je Aktie"
    words: dict[Tag, str]


def listed(phrases: str) -> list[str]:
    """The phrases that `;` separates, without spaces around them; what is empty is left out."""
    return [one for one in map(str.strip, phrases.split(";")) if one]


def lowered(phrases: str) -> list[str]:
    """`listed`, in small letters."""
    return listed(phrases.lower())


def families(table: str) -> dict[str, str]:
    """The phrases of each family of measures in a table: "revenue: umsatz; erlös | profit: gewinn"."""
    return {name: phrases for name, _, phrases in (one.partition(": ") for one in table.split(" | "))}


# forms of regular verbs, by the end of their infinitive
_FORMS: Final = {
    "er": "e ent ait aient é ée és ées er era eront ant a èrent",
    "issir": "it issent i ie is ies ir ira iront issait issaient issant",
    "ar": "a an ó aron aba aban ado ada ados adas ar ará arán ando",
    "cer": "ce cen ció cieron cía cían cido cida cer cerá cerán ciendo",
    "ir": "e en ió ieron ía ían ido ida ir irá irán iendo",
}


def tagged(table: str) -> dict[Tag, str]:
    """The phrases of each tag in a table: "by: um | from: von"; "augment~er" stands for the forms of a verb that it has not."""
    said = families(table)
    known = frozenset(one for phrases in said.values() for one in listed(phrases))
    return {
        cast("Tag", name): "; ".join(
            form for one in listed(phrases) for form in _conjugated(one) if form == one or form not in known
        )
        for name, phrases in said.items()
    }


def _conjugated(verb: str) -> list[str]:
    stem, _, end = verb.partition("~")
    return [f"{stem}{one}" for one in _FORMS[end].split()] if end else [verb]


def by_phrase(table: str) -> dict[str, str]:
    """What each phrase of a table stands for: "employees: mitarbeiter; angestellte | users: nutzer"."""
    return {phrase: name for name, phrases in families(table).items() for phrase in listed(phrases)}


def counted(code: str, table: str) -> dict[str, str]:
    """What a French or Spanish number counts, also behind "of": "12 millions de clients", "d'euros"."""
    named = by_phrase(table)
    of = {
        f"d'{one}" if code == "fr" and one[0] in _VOWELS else f"de {one}": said for one, said in named.items()
    }
    return named | of


_VOWELS: Final = frozenset("aeiouhéêà")


class Phrases(NamedTuple):
    """The phrases found at each token: the token after the longest one, and what it does."""

    after: dict[int, int]
    tags: dict[int, dict[Tag, str]]
    ending: dict[int, int]  # by the token after a phrase, its first token


_PIECE: Final = (
    r"[0-9]+(?:[.,'\u2009][0-9]+)*"
    r"|M(?:ds?)?(?=E(?:UR)?\b)"  # a scale and a currency in one word: "57,2 ME"
    r"|[\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff\uf900-\ufaff]"  # an ideograph or kana stands alone
    r"|[^\W\d_\u3041-\u3096\u30a1-\u30fc\u3400-\u9fff\uf900-\ufaff]+'?"
    r"|\S"
)
TOKEN: Final = re.compile(_PIECE)
SPACED_TOKEN: Final = re.compile(rf"[0-9]{{1,3}}(?: [0-9]{{3}})+(?:,[0-9]+)?(?![0-9])|{_PIECE}")
_LEAST_STEM: Final = 3
_LONGEST_STEM: Final = 24
_LEAST_COMPOUND: Final = 7
_LONGEST_END: Final = 10


class Lexicon:
    """The phrases of a language, and how long those are that begin with a word."""

    def __init__(self, language: Language) -> None:
        lengths: dict[str, set[int]] = {}
        self._phrases: dict[tuple[str, ...], dict[Tag, str]] = {}
        self._stems: dict[str, dict[Tag, str]] = {}
        self._ends: dict[str, dict[Tag, str]] = {}
        found: dict[str, dict[Tag, str]] = {}
        named: tuple[tuple[Tag, dict[str, str]], ...] = (
            ("scale", {phrase: str(power) for phrase, power in language.scales.items()}),
            ("currency", language.currencies), ("unit", language.units), ("noun", language.nouns), ("per", language.per),
        )  # fmt: skip
        for tag, phrases in named:
            for phrase, value in phrases.items():
                found.setdefault(phrase, {})[tag] = value
        for tag, phrases in language.words.items():
            for phrase in lowered(phrases):
                found.setdefault(phrase, {})[tag] = ""
                found.setdefault(phrase.replace("ß", "ss"), {})[tag] = ""  # as it is written in Switzerland
        for phrase, tags in found.items():
            words = [one.group() for one in TOKEN.finditer(phrase.lower())]
            if phrase.startswith("*"):
                self._ends[phrase[1:]] = tags
            elif phrase.endswith("*"):
                self._stems.setdefault("".join(words[:-1]), {}).update(tags)
            elif words:
                lengths.setdefault(words[0], set()).add(len(words))
                self._phrases[tuple(words)] = tags
        self._by_first = {first: sorted(those, reverse=True) for first, those in lengths.items()}
        self.single = {phrase for phrase in found if phrase.isalpha() and len(phrase) > 3}

    def find(self, low: list[str]) -> Phrases:
        """The phrases in a text, from left to right, each as long as it can be."""
        found = Phrases({}, {}, {})
        at, count = 0, len(low)
        while at < count:
            after, tags = self._at(low, at)
            if tags is None:
                at += 1
                continue
            found.after[at], found.tags[at], found.ending[after] = after, tags, at
            at = after
        return found

    def _at(self, low: list[str], at: int) -> tuple[int, dict[Tag, str] | None]:
        word = low[at]
        for length in self._by_first.get(word, ()):
            if (tags := self._phrases.get(tuple(low[at : at + length]))) is not None:
                return at + length, tags
        if self._stems and len(word) > _LEAST_STEM:
            for length in range(min(len(word), _LONGEST_STEM), _LEAST_STEM - 1, -1):
                if (tags := self._stems.get(word[:length])) is not None:
                    return at + 1, tags
        if self._ends and len(word) > _LEAST_COMPOUND:
            for length in range(_LEAST_COMPOUND - _LEAST_STEM, min(len(word) - _LEAST_STEM, _LONGEST_END)):
                if (tags := self._ends.get(word[-length:])) is not None:
                    return at + 1, tags
        return at, None
