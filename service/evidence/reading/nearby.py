"""Whether words for a part, a multiple, or what was expected are said of a number of their sentence.

"Die Hälfte von 5 Mio. Euro" and "die Erwartungen von 5 Mio. Euro" take the number with them. "Der Umsatz stieg um ein
Drittel auf 5 Mio. Euro" and "mit einem Umsatz von 5 Mio. Euro übertraf das Haus die Erwartungen" do not: what is said so
belongs to another clause, or the number has a measure and a preposition of its own.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from service.evidence.reading.languages.en import vocabulary
from service.evidence.reading.languages.shape import Phrases, Tag

LONGEST: Final = 120  # tokens of a sentence in which such words are told apart
_MARKS: Final = frozenset(",;:()–—")
# a clause with one of these says by itself what its number is
_TELLING: Final[frozenset[Tag]] = frozenset({"level", "to", "up", "down", "rise", "fall"})
# another clause of its own begins with these
_OWN_CLAUSE: Final = frozenset(
    {"dessen", "deren", "der", "die", "das", "weil", "obwohl", "nachdem", "während", "da", "wobei", "indem", "dont", "qui", "que",
     "bien", "alors", "tandis", "cuya", "cuyo", "aunque", "porque", "mientras"}
)  # fmt: skip
_AND: Final = frozenset({"und", "et", "y"})
_AT: Final = frozenset({"mit", "bei", "avec", "con", "à", "a"})
_BETWEEN: Final = frozenset({"entre", "zwischen"})
_BESIDE: Final = frozenset({"über", "unter", "hinter", "oberhalb", "unterhalb"})
_RELATIVE: Final = frozenset(
    {"der", "die", "das", "denen", "dem", "was", "dass", "deren", "dessen", "qui", "que", "qu'", "dont", "ce", "lo", "cuya",
     "cuyo", "quienes", "davon", "soit", "namely", "nämlich"}
)  # fmt: skip
_ARTICLES: Final = frozenset({"der", "die", "das"})
# a person or a paper that a forecast comes from
_SOURCES: Final = frozenset({"analysten", "analysteneinschätzung", "analystes", "analistas"})
_BY: Final = vocabulary("so nach laut selon d' según zufolge erwarten erwartet rechnen tablent esperan")
_CONFIRMED: Final = frozenset(
    {"bekräftigt", "bekräftigte", "bestätigt", "bestätigte", "confirme", "confirmé", "maintient", "maintenu", "réitère",
     "confirmant", "confirmés", "maintenus", "maintenues", "confirma", "confirmó", "confirmados", "mantiene",
     "mantuvo", "reitera", "reiteró", "ratifica", "ratificó", "reafirma", "reafirmó", "hält", "hielt", "reconduit"}
)  # fmt: skip
_AGAINST: Final = frozenset({"contre", "frente", "gegenüber", "versus", "contra"})
_FORESEEN: Final = frozenset({"prévu", "prévue", "previsto", "prevista"})
_THAN: Final = frozenset(
    {"als", "wie", "que", "über", "unter", "au", "aux", "oberhalb", "unterhalb", "por", "las", "la", "los"}
)


def is_relative(raw: Sequence[str], at: int) -> bool:
    """Whether a clause that goes on with what was said begins at a token, and none with an article: ", der Umsatz stieg"."""
    word = raw[at].lower()
    return word in _RELATIVE and not (word in _ARTICLES and raw[at + 1][:1].isupper())


class Nearby:
    """The words of a sentence that may spoil a number beside them. `first` to `last` are its tokens."""

    def __init__(self, raw: list[str], found: Phrases, first: int, last: int) -> None:
        self.raw, self.found = raw, found
        marks = [at for at in range(first, last) if raw[at] in _MARKS]
        self.edges = [first - 1, *marks, last]
        self.said: list[tuple[int, Tag]] = [
            (at, tag)
            for at in range(first, last)
            for tag in ("expected", "fraction")
            if tag in found.tags.get(at, ())
        ]

    def spoils(self, start: int, after: int) -> bool:
        """Whether one of the words is said of the number in tokens `start` to `after`."""
        floor = max(edge for edge in self.edges if edge < start) + 1
        ceiling = min((edge for edge in self.edges if edge >= after), default=self.edges[-1])
        return any(
            self._is_fraction_of(at, start, floor, ceiling)
            if tag == "fraction"
            else self._is_expected(at, start, after, floor, ceiling)
            for at, tag in self.said
        )

    def _tags(self, first: int, last: int) -> Iterator[Tag]:
        for at in range(first, last):
            yield from self.found.tags.get(at, ())

    def _is_to(self, start: int) -> bool:
        """Whether the number is what something came to: "auf", "à", "hasta" stands before it."""
        before = self.found.ending.get(start, -1)
        if before >= 0 and "filler" in self.found.tags[before]:
            before = self.found.ending.get(before, -1)
        return before >= 0 and "to" in self.found.tags[before]

    def _tells(self, start: int, floor: int) -> bool:
        """Whether the clause of the number says by itself what it is."""
        if is_relative(self.raw, floor):
            return False
        return self._is_to(start) or not _TELLING.isdisjoint(self._tags(floor, start))

    def _is_fraction_of(self, at: int, start: int, floor: int, ceiling: int) -> bool:
        if floor <= at < start:
            return not self._is_to(start)
        if at < floor:
            edge = max(one for one in self.edges if one < at)
            is_clause = edge >= 0 and self.raw[edge + 1].lower() in _OWN_CLAUSE
            return not (self._tells(start, floor) or (is_clause and start > floor))
        return at < ceiling and at == start

    def _is_expected(self, at: int, start: int, after: int, floor: int, ceiling: int) -> bool:
        if self.raw[at].lower() in _FORESEEN and "per_before" in set(self._tags(floor, ceiling)):
            return False  # "un dividende de 2 euros par action est prévu"
        if at < start and any(one.lower() in _CONFIRMED for one in self.raw[self.edges[0] + 1 : start]):
            return any(self.raw[one].lower() in _SOURCES for one, _ in self.said)
        if floor <= at < start:
            # "übertraf mit 5 Mio. Euro die Erwartungen"
            return not (self.raw[start - 1].lower() in _AT | _BETWEEN and self.found.after[at] == start - 1)
        if at < floor:
            is_own = not is_relative(self.raw, floor) and "amount_noun" in set(self._tags(floor, start))
            return self.raw[at].lower() in _SOURCES or not (is_own or self._tells(start, floor))
        if at < ceiling:
            if any(self._passes(one) for one in range(after, at)):
                return False  # "… auf 5 Mio. Euro und übertraf die Erwartungen"
            if not _AGAINST.isdisjoint(one.lower() for one in self.raw[max(after, at - 3) : at]):
                return False  # "1,74 dollar contre un consensus de"
            # "mit einem Umsatz von 5 Mio. Euro übertraf", "übertraf mit 5 Mio. Euro die Erwartungen", "lag mit 5 Mio. Euro über"
            with_it = self.raw[floor].lower() in _AT or self.raw[start - 1].lower() in _AT
            is_beside = any(one.lower() in _BESIDE for one in self.raw[after:at])
            return not (with_it and (at == after or is_beside or self._follows(after, at, floor)))
        word, before = self.raw[at].lower(), self.raw[ceiling + 1].lower()
        if before in _BY:
            return True
        others = any(one > after and self.raw[one].lower() not in _SOURCES for one, _ in self.said)
        return word in _SOURCES and not (
            others or any(one.lower() in _THAN for one in self.raw[ceiling + 1 : at])
        )

    def _passes(self, at: int) -> bool:
        """Whether "and" stands at a token, and what was expected or a verb of exceeding behind it."""
        behind = self.found.tags.get(at + 1, {})
        return self.raw[at].lower() in _AND and not behind.keys().isdisjoint({"expected", "at_least"})

    def _follows(self, after: int, at: int, floor: int) -> bool:
        """Whether another of the words stands directly behind the number, or before it in its clause."""
        return any(one == after or floor <= one < after for one, _ in self.said if one < at)
