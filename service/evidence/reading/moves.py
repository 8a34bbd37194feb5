"""Whether an amount of a language other than English is a level, or how much something rose, fell or was lost."""

from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import Final, cast

from service.core.quantities import Bound
from service.evidence.reading.amounts import BOUNDS, PERCENTS, Amount
from service.evidence.reading.change import Movement
from service.evidence.reading.languages.en import vocabulary
from service.evidence.reading.languages.shape import Tag
from service.evidence.reading.outcomes import (
    ARTICLES,
    BEING,
    BLACK,
    BOUNDING,
    NOW,
    beside_bound,
    is_lost,
    is_outcome,
    measured,
    mention_of_measure,
)
from service.evidence.reading.phrase_text import REACH, PhraseText

_NOUNS_OF_CHANGE: Final[frozenset[Tag]] = frozenset({"rise", "fall"})
TURNS: Final[dict[Tag, Movement]] = {"up": "up", "down": "down", "cut": "cut", "rise": "up", "fall": "down"}
_GOVERNING: Final[frozenset[Tag]] = frozenset({"level", "up", "down", "cut"})
_WITH: Final = frozenset(["mit", "bei", "avec", "con", "damit"])
_PLACED: Final = vocabulary(
    "cifra cifraron cifraban cifran mantuvo mantuvieron mantiene permaneció permanecieron plantó estancó"
    " estabilizó situó situaba situaban situaron sitúa sitúan cifró fijó colocó cerró quedó quedaron"
    " estableció situado cifrado colocado cerrado quedado mantenido fijado establecido estancado estabilizado permanecido"
)
# directly behind a number: "un 9 % más", "4.4%高で引けた"
_JUST_BEHIND: Final[dict[tuple[str, str], Movement]] = {
    ("es", "más"): "up", ("es", "menos"): "down", ("ja", "高"): "up",
}  # fmt: skip
_ONLY: Final = frozenset(["qu'", "que"])
_NEAR: Final = 4  # tokens behind a number in which a loss is its own
_FEW: Final = 2
_QUOTES: Final = frozenset('"«»“”')
# a loss behind these is that of an earlier time: "5 Mio. Euro nach einem Verlust von 3 Mio. Euro"
_AGAINST: Final = vocabulary(
    "nach gegenüber gegen statt verglichen après contre comparé frente tras contra ante"
)
_RISING: Final = {
    "zu": frozenset(["nahm", "nahmen", "nimmt", "nehmen"]),
    "an": frozenset(["zog", "zogen", "zieht", "ziehen", "stieg", "stiegen"]),
}


class MovesText(PhraseText):
    """Tells by the words of its clause what an amount is."""

    def _change(self, amount: Amount, left: tuple[int, int], right: tuple[int, int]) -> Movement | None:
        """What the words of the clause make of the amount; None if that cannot be told."""
        rate, at = amount.unit in PERCENTS, right[0]
        if not rate and not amount.noun and is_lost(self.language.code, self.low[slice(*left)]):
            return "loss"
        if (
            rate
            and self.has(at, "of")
            and self.has(self.found.after[at], "level_noun")
            and not self._left(left)[2]
        ):
            return ""  # "con un 18 % de cuota de mercado"
        return self._by_words(amount, left, right)

    def _by_words(self, amount: Amount, left: tuple[int, int], right: tuple[int, int]) -> Movement | None:
        rate = amount.unit in PERCENTS
        money = not rate and not amount.noun
        marker = self._marker(left[1], left[0])
        nearest, nouns, verbs = self._left(left)
        behind = self._right(right, near_only=not self.language.verb_last or bool(nouns or verbs))
        to = marker == "to" or self.has(right[0], "behind_to")
        losing = self.some("loss", self._with_before(left), left[1]) or self._loss_behind(right)
        losing = losing or (money and self._loses_on(left[1], right[0], to=to))
        if amount.signed:
            below = amount.negative and money  # "à -12 millions", "war mit minus 12 Millionen negativ"
            agrees = rate and nouns | verbs | behind == {
                "down" if amount.negative else "up"
            }  # "en croissance de +7,9 %"
            clashes = nouns or verbs or behind or ((losing or to) and not below)
            return None if clashes and not agrees else ""
        outcome = money and is_outcome(self.language.code, self.low, left, self.low[slice(*right)])
        if marker == "from" and (verbs or amount.leads or (self.has(right[0], "to") and not nouns)):
            to = True  # "from 28 %" is a level, "a fall of 9 %" is none
        if marker == "of" and amount.leads and self.language.by_needed:
            if verbs:
                return None  # by so much, or from so much
            to = True
        if losing:
            turned = bool(nouns or verbs or behind)
            return None if rate or (turned and not to) or not money else "loss"
        if to:
            return self._rate_come_to(nouns, verbs, left) if rate else ""
        turns: set[Movement] = set() if outcome else nouns | behind
        if money and (sign := self._sign_behind(left, right[0])) is not None:
            return sign
        is_price = money and self.low[left[1] - 1] in {"pour", "für"} and not nouns
        if nearest != "level" and not outcome and not is_price:
            turns |= verbs
        if len(turns) > 1:
            return None
        if turns:
            return next(iter(turns))
        if marker == "by":
            return self._by(left, right, rate=rate)
        if marker == "of" and self.language.by_needed and not (outcome or self._known_before(left)):
            return None
        return "" if not rate or self._is_level(left, right) else None

    def _rate_come_to(
        self, nouns: set[Movement], verbs: set[Movement], left: tuple[int, int]
    ) -> Movement | None:
        """What a percentage is that something came to: "增速放缓至5%" is a growth, "同比提升至5%" may be anything."""
        if self.some("level_noun", *left):  # "the interest rate was cut to 3.5%"
            (nouns if self.language.by_needed else verbs).clear()
        if self.language.ideographic and len(nouns) == 1 and not verbs:
            return next(iter(nouns))
        return None if nouns or (verbs and self.language.ideographic) else ""

    def _far_bound(self, left: int, start: int) -> Bound | None:
        """The bound by a verb that stands farther before its number: "dépasse désormais 5 millions"; None if doubtful."""
        if self.low[start - 1] == "hasta" and not self._is_moved(left, start):
            return "at_most"
        if self.shown.isdisjoint(BOUNDS) or self.low[start - 1] in _WITH or self._marker(start, left):
            return "exact"
        for at in range(start - 1, left - 1, -1):
            tags = self.found.tags.get(at, {})
            if BOUNDING.fullmatch(self.low[at]):
                is_beside = beside_bound(self.low[at + 1 : start])
                return next((side for tag, side in BOUNDS.items() if tag in tags and is_beside), None)
            if not tags.keys().isdisjoint(_GOVERNING):
                break
        return "exact"

    def _bound_over(self, left: int, start: int) -> Bound | None:
        """The bound before what a Chinese percentage is of: "约占总股本的1.6%"; None if it compares with another."""
        places = [at for at in range(left, start - 1) if self.found.after.get(at, at) > at + 1]
        sides: list[tuple[int, Bound]] = [
            (at, side) for at in places for tag, side in BOUNDS.items() if self.has(at, tag)
        ]
        is_compared = bool(sides) and self.raw[self.found.after[sides[-1][0]] - 1] == "于"
        return None if is_compared else sides[-1][1] if sides else "exact"

    def _is_moved(self, left: int, start: int) -> bool:
        """Whether a Spanish clause tells what came to the number behind "hasta", which is a limit otherwise."""
        named = any(
            self.low[at] in ARTICLES and self.low[at + 1] in measured("es")
            for at in range(self.begins, start - 1)
        )
        return named or any(self.some(tag, left, start) for tag in TURNS)

    def _with_before(self, left: tuple[int, int]) -> int:
        """Where the words of a number begin: those before a comma go with it if it has only "to", as in ", à 7,40 euros"."""
        alone = left[1] - left[0] <= 1 and left[0] > 0 and self.raw[left[0] - 1] == ","
        is_own = not alone or self.language.ideographic
        return left[0] if is_own else self._clause_left(left[0] - 1, self.begins)

    def _by(self, left: tuple[int, int], right: tuple[int, int], *, rate: bool) -> Movement | None:
        """What "by" makes of an amount if no known verb of moving stands beside it."""
        if self._is_separated(left, right):
            return "up"
        placed = self.low[left[1] - 1] == "en" and not rate and not _PLACED.isdisjoint(self.low[slice(*left)])
        return "" if placed else None  # "se situó al cierre en 5 millones"

    def _sign_behind(self, left: tuple[int, int], at: int) -> Movement | None:
        """Of Japanese money: whether it is told to be above or below nought, as in "68億円のマイナス"."""
        if self.language.code != "ja" or self.some("by", *left):
            return None
        told = self.text[self.end(at - 1) : self.end(at - 1) + 5]
        return "loss" if told == "のマイナス" else "" if told.startswith("のプラス") else None

    def _is_separated(self, left: tuple[int, int], right: tuple[int, int]) -> bool:
        """Whether a German verb of rising stands in two parts around the number: "nahm um 7 Prozent zu"."""
        parts = _RISING.get(self.low[right[0]])
        return (
            self.language.code == "de" and parts is not None and not parts.isdisjoint(self.low[slice(*left)])
        )

    def _marker(self, at: int, floor: int) -> str:
        for tag in ("to", "by", "from", "of"):
            first = self.before(at, cast("Tag", tag))
            if first >= floor:
                return tag
        return ""

    def _left(self, clause: tuple[int, int]) -> tuple[str, set[Movement], set[Movement]]:
        """The nearest decisive word, the nouns of change, the verbs of change."""
        nearest = ""
        nouns: set[Movement] = set()
        verbs: set[Movement] = set()
        for at in range(clause[1] - 1, clause[0] - 1, -1):
            tags = self.found.tags.get(at)
            if not tags:
                continue
            if "level" in tags or "to" in tags:
                nearest = nearest or "level"
            turns = TURNS.keys() & tags.keys()
            if turns & _NOUNS_OF_CHANGE:
                turns &= _NOUNS_OF_CHANGE  # "ein Minus von"
            for tag in turns:
                nearest = nearest or "turn"
                (nouns if tag in _NOUNS_OF_CHANGE else verbs).add(TURNS[tag])
        return nearest, nouns, verbs

    def _right(self, clause: tuple[int, int], *, near_only: bool) -> set[Movement]:
        found: set[Movement] = set()
        if (turn := _JUST_BEHIND.get((self.language.code, self.low[clause[0]]))) is not None:
            return {turn}
        end = self._before_next(clause) if self.language.by_needed else clause[1]
        limit = min(end, clause[0] + 3) if near_only else end
        for at in range(clause[0], limit):
            if tags := self.found.tags.get(at):
                found.update(TURNS[tag] for tag in TURNS.keys() & tags.keys())
            if found and near_only:
                break
        return found

    def _before_next(self, clause: tuple[int, int]) -> int:
        """Where a word of change before the next number begins, which is its own: "à 18,1 millions en baisse de 7,7 millions"."""
        of = (
            self.before(clause[1], "of")
            if self.language.by_needed and self.raw[clause[1]][:1].isdigit()
            else -1
        )
        turn = self.found.ending.get(of, -1)
        tags = self.found.tags.get(turn, {})
        return turn if turn >= clause[0] and not TURNS.keys().isdisjoint(tags) else clause[1]

    def _loss_behind(self, clause: tuple[int, int]) -> bool:
        behind = range(clause[0], min(clause[1], clause[0] + _NEAR))
        end = next((at for at in behind if self.low[at] in _AGAINST), behind.stop)
        return self.some("loss", clause[0], end)

    def _is_level(self, left: tuple[int, int], right: tuple[int, int]) -> bool:
        """Whether a word says that a percentage is a share or a rate, not a change."""
        if self.has(right[0], "of_whole"):
            return True
        far = right[0] + (10 if self.language.ideographic or self.language.verb_last else 5)
        near = (*range(*left), *range(right[0], min(right[1], far)))
        return any(self.has(at, "level_noun") or self.has(at, "level") for at in near)

    def _loses_on(self, at: int, after: int, *, to: bool) -> bool:
        """Whether the loss that was told before another number is told on: "der Verlust sank um 2 auf 12 Millionen Euro"."""
        place = bisect_left(self.losses, self.floor) - 1
        if place < 0 or self.losses[place] < self.begins or self.text.startswith(BLACK, self.end(after - 1)):
            return False
        between = range(self.floor, at)
        if not (to or self.language.ideographic) and not all(
            self._in_phrase(one) for one in between if self.raw[one].isalpha()
        ):
            return False
        named = bisect_right(self._measures, self.start[self.losses[place]])
        return named == len(self._measures) or self._measures[named] >= self.end(at - 1)

    @cached_property
    def _measures(self) -> list[int]:
        """Where in the text something that is measured is named."""
        return [one.start() for one in mention_of_measure(self.language.code).finditer(self.text.lower())]

    def _known_before(self, left: tuple[int, int]) -> bool:
        """Whether the word before "of" is a noun that is known, and no verb that may be one of falling."""
        at = left[1]
        first = self.before(at, "of")
        if self.low[first] == "por" or (self.low[first] in {"un", "una", "une"} and at - first > _FEW):
            return True  # "por 5 millones", "un total de"
        for tag in ("of", "filler", "of"):
            first = self.before(at, cast("Tag", tag))
            at = first if first >= 0 else at
        if at > left[0] and self.raw[at - 1] in _QUOTES:  # "un beneficio \"muy satisfactorio\" de"
            opened = [one for one in range(max(left[0], at - REACH), at - 1) if self.raw[one] in _QUOTES]
            at = opened[-1] if opened else at
        if at - 2 > left[0] and self.low[at - 2] in {"en", "au", "aux"} and self.raw[at - 1][:1].isupper():
            at -= 2  # "un investissement en France de"
        if at > left[0] and self.raw[at - 1] == ")":  # "el resultado bruto de explotación (ebitda) de"
            at = self._before_remark(at - 1, left[0]) + 1
        while at > left[0] and (
            (self.low[at - 1].endswith(("ment", "mente")) and at not in self.found.ending)
            or self.low[at - 1] in NOW
        ):
            at -= 1
        if at <= left[0] or self.low[at - 1] in BEING:
            return True
        first = self.found.ending.get(at, -1)
        if self.low[at - 1] in measured(self.language.code):
            return True
        known = frozenset[Tag](
            ("level_noun", "amount_noun", "level", "noun", "of", "per", "per_before", "gone", "plan")
        )
        if first < 0 and at - 2 > left[0] and at - 1 not in self.found.after:
            # an adjective behind a noun that has an article: "un niveau confortable de"
            first = self.found.ending.get(at - 1, -1)
            before = self.low[first - 1] if first > 0 else ""
            return (
                first >= 0 and before in {"un", "une", "una"} and not known.isdisjoint(self.found.tags[first])
            )
        return first >= 0 and not known.isdisjoint(self.found.tags[first])

    def _denied(self, first: int, last: int) -> bool:
        """Whether a word of denial is said of a number, and not "ne … que": "ne s'établira qu'à 33 millions"."""
        return self.some("deny", first, last) and not self._is_only(first, last)

    def _is_only(self, first: int, last: int) -> bool:
        said = {self.low[at] for at in range(first, last) if self.has(at, "deny")}
        return said <= {"ne", "n'"} and not _ONLY.isdisjoint(self.low[max(first, last - _NEAR) : last])
