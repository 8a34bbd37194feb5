"""A text cut into tokens, with the phrases of a language other than English that are found in it."""

import re
from bisect import bisect_left
from typing import Final

from service.evidence.reading.budget import ReadingBudget
from service.evidence.reading.languages.detecting import is_wrapped
from service.evidence.reading.languages.function_words import SPELLED
from service.evidence.reading.languages.shape import SPACED_TOKEN, TOKEN, Language, Lexicon, Tag
from service.evidence.reading.reasons import reasons

_ENDS: Final = frozenset(".;!?。！？；\n")
CLAUSE_MARKS: Final = frozenset(",，、:：()（）|–—")
REACH: Final = 24
_MARGIN: Final = 8
_OF_OTHERS: Final[frozenset[Tag]] = frozenset({"up", "down", "cut", "rise", "fall", "loss", "doubt", "deny"})
# a number and the one that it was before
_REVISED: Final = re.compile("[→⇒]|(?:従来|前回|当初|期初)(?:予想|計画)?の?[0-9]")
_DIGIT: Final = re.compile("[0-9]")
_DECIMAL_COMMA: Final = re.compile(r"[0-9],[0-9]{1,2}(?![0-9,.])")
# "vingt-deux", "treinta y dos", "cent deux": a part of a number word
_COMPOUNDING: Final = frozenset(
    ["-", "et", "y", "cent", "cents", "mille", "mil", "ciento", "hundert", "tausend"]
)
# between a number and what it counts
_BEFORE_COUNTED: Final = frozenset(
    ["neue", "neuen", "nouveaux", "nouvelles", "nuevos", "nuevas", "nouvelle", "weitere", "weiteren", "eigene", "eigenen",
     "der", "ihrer", "seiner", "unserer", "insgesamt", "des", "de", "ses", "leurs", "nos", "sus", "los", "las"]
)  # fmt: skip


class PhraseText:
    """The tokens of a text and its phrases, by where they begin, and its sentences and clauses."""

    def __init__(
        self, language: Language, lexicon: Lexicon, text: str, first: int, budget: ReadingBudget
    ) -> None:
        self.language, self.text = language, text
        self.first, self.budget = first, budget
        self.gone = self.planned = self.falls = False  # of the present sentence
        self.begins = self.ends = 0  # its first token, and the one behind it
        self.floor = 0  # the first behind the number before
        # "4,8 %" beside it tells that the point of "3.217 Mio." is none of a decimal
        self.has_comma = language.decimal_comma and _DECIMAL_COMMA.search(text) is not None
        pattern = SPACED_TOKEN if language.spaced else TOKEN
        self.raw = [one.group() for one in pattern.finditer(text)]
        self.start = [one.start() for one in pattern.finditer(text)]
        self.stops: dict[int, int] = {}  # where words end that are rewritten in digits
        self.count = len(self.raw)
        self.raw += [""] * _MARGIN
        self.start += [len(text) + 2 + 2 * at for at in range(_MARGIN)]
        # French newswires have no "€", and billions are "G$" in Canada
        if not {"E", "G"}.isdisjoint(self.raw):
            signs = {at: "€" if one == "E" else "Md" for at, one in enumerate(self.raw) if self._is_sign(at)}
            self.raw = [signs.get(at, one) for at, one in enumerate(self.raw)]
        self.low = [one.lower() for one in self.raw]
        self.found = lexicon.find(self.low[: self.count])
        if language.ideographic and ("后" in text or "後" in text):
            for at, tags in self.found.tags.items():
                if "gone" in tags and self.raw[self.found.after[at]] in {"后", "後"}:
                    self.found.tags[at] = {"filler": ""}  # "裁员后仍有员工1800人"
        self.revises = language.code == "ja" and _REVISED.search(text) is not None
        if language.code == "ja":
            self._hide_reasons()
        if (spelled := SPELLED.get(language.code)) is not None and not spelled.keys().isdisjoint(self.low):
            self._spell(spelled)
        self.shown = frozenset[str]().union(*self.found.tags.values())  # sorts of phrases in the text
        self.losses = sorted(at for at, tags in self.found.tags.items() if "loss" in tags)

    def _hide_reasons(self) -> None:
        """Let words of movement and doubt in a clause that tells why say nothing of the numbers beside it."""
        for first, last in reasons(self.text):
            if _DIGIT.search(self.text, first, last):
                continue
            places = range(
                bisect_left(self.start, first, 0, self.count), bisect_left(self.start, last, 0, self.count)
            )
            for at in places:
                if not _OF_OTHERS.isdisjoint(tags := self.found.tags.get(at, {})):
                    self.found.tags[at] = {tag: value for tag, value in tags.items() if tag not in _OF_OTHERS}

    def _is_sign(self, at: int) -> bool:
        """Whether an "E" stands behind the scale that begins its word, as in "57,2 ME", or a "G" before a sign of money."""
        if self.raw[at] == "G":
            return self.raw[at + 1] in {"$", "€"}
        return self.raw[at] == "E" and at > 0 and self.raw[at - 1] in {"M", "Md", "Mds"}

    def _spell(self, spelled: dict[str, str]) -> None:
        """Write number words before a unit or a scale in digits: "zwölf Prozent", "zwei bis drei Millionen", "demi-milliard"."""
        for at in range(self.count - 1):
            if self.low[at] == "demi" and self.low[at + 1] == "-" and self.has(at + 2, "scale"):
                self.found.after[at + 1] = self.found.after[at + 2]
                self.found.tags[at + 1] = self.found.tags[at + 2]
            digits = spelled.get(self.low[at])
            if (
                digits is None
                or self.low[at - 1] in _COMPOUNDING
                or not (
                    self.has(at + 1, "unit")
                    or self.has(at + 1, "scale")
                    or (digits != "1" and self.counted_at(at + 1))
                )
            ):
                continue
            self._write(at, digits)
            lower = spelled.get(self.low[at - 2]) if at > 1 and self.has(at - 1, "joint") else None
            if lower is not None:
                self._write(at - 2, lower)
        for at in range(1, self.count - 2):
            end = self.found.after[at] if self.has(at, "scale") else 0
            is_half = self.low[end : end + 2] in (["et", "demi"], ["y", "medio"])
            if end and is_half and self.raw[at - 1].isdigit():
                self._write(at - 1, f"{self.raw[at - 1]},5")
                self.found.after[at] = end + 2

    def counted_at(self, at: int) -> int:
        """Where what is counted stands, also behind "new" or "of its", as in "12 ihrer 80 Läden"; 0 if nowhere."""
        while self.low[at] in _BEFORE_COUNTED or self.raw[at].isdecimal():
            at += 1
        return at if self.has(at, "noun") else 0

    def _write(self, at: int, digits: str) -> None:
        self.stops[at] = self.end(at)
        self.raw[at] = self.low[at] = digits
        for known in (self.found.after, self.found.tags):
            known.pop(at, None)

    def _sentences(self) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        start = 0
        has_lines = "\n" in self.text
        for at in range(self.count):
            if not has_lines and self.raw[at] not in _ENDS:
                continue
            stop = self.raw[at] in _ENDS and (at not in self.found.after) and not self._within_phrase(at)
            if self.raw[at] == "." and (self.raw[at + 1][:1].islower() or self.glued(at + 1)):
                stop = False
            broken = self.text.find("\n", self.end(at - 1), self.start[at]) if at > start else -1
            line = broken >= 0 and not is_wrapped(self.text, broken)
            if line:
                found.append((start, at))
                start = at
            if stop:
                found.append((start, at))
                start = at + 1
        found.append((start, self.count))
        return [one for one in found if one[0] < one[1]]

    def _within_phrase(self, at: int) -> bool:
        return self.low[at] == "." and at + 1 in self.found.ending

    def end(self, at: int) -> int:
        """Where the token ends in the text."""
        return self.stops.get(at) or self.start[at] + len(self.raw[at])

    def glued(self, at: int) -> bool:
        """Whether nothing stands between the token and the one before it."""
        return at > 0 and self.start[at] == self.end(at - 1)

    def has(self, at: int, tag: Tag) -> bool:
        """Whether a phrase of this sort begins at the token."""
        return tag in self.found.tags.get(at, {})

    def _in_phrase(self, at: int) -> bool:
        """Whether the token begins or ends a phrase."""
        return at in self.found.after or at + 1 in self.found.ending

    def some(self, tag: Tag, first: int, last: int) -> bool:
        """Whether a phrase of this sort begins at one of these tokens."""
        tags = self.found.tags
        return tag in self.shown and any(tag in tags[at] for at in range(first, last) if at in tags)

    def before(self, at: int, tag: Tag) -> int:
        """The first token of a phrase of this sort that ends at `at`; -1 if there is none."""
        first = self.found.ending.get(at, -1)
        return first if first >= 0 and tag in self.found.tags[first] else -1

    def _clause_left(self, at: int, floor: int) -> int:
        place, lowest = at - 1, max(floor, at - REACH)
        while place >= lowest and self.raw[place] not in CLAUSE_MARKS and not self.has(place, "clause"):
            place -= 1
        if self.language.ideographic or place < lowest or self.raw[place] != ")":
            return place + 1
        before = self._before_remark(place, lowest)
        return place + 1 if before == place else self._clause_left(before + 1, lowest)

    def _before_remark(self, at: int, lowest: int) -> int:
        """The token before the brackets that end at `at` if they hold words alone: "la marge (hors énergie) de"; else `at`."""
        place = at - 1
        while place > lowest and self.raw[place] not in {"(", ")"} and not self.raw[place][:1].isdigit():
            place -= 1
        return place - 1 if self.raw[place] == "(" and place > lowest else at

    def _clause_right(self, at: int, ceiling: int) -> int:
        place, limit = at, min(ceiling, at + REACH)
        while place < limit and self.raw[place] not in CLAUSE_MARKS and not self.has(place, "clause"):
            place += 1
        return place
