"""Read quantities by the phrases of a language other than English, which its module under `languages` lists.

The grammar is small, and closed where English is open: a number is read only if its unit or what it counts is known. A
percentage needs a word that says whether it is a change or a level. A sentence with a word of doubt is not read.
"""

import re
from decimal import Decimal
from itertools import repeat
from typing import Final, cast

from service.core.quantities import ARITHMETIC, Bound
from service.evidence.reading.budget import ReadingBudget
from service.evidence.reading.change import Movement
from service.evidence.reading.languages.en import CODES, SYMBOLS
from service.evidence.reading.languages.shape import SPACED_TOKEN, TOKEN, Language, Lexicon, Tag
from service.evidence.reading.nearby import LONGEST, Nearby
from service.evidence.reading.outcomes import (
    BEFORE_NEGATIVE,
    BEING,
    NEGATIVE,
    NOW,
    PASSING,
    is_outcome,
    measured,
)
from service.evidence.reading.readings import Reading

_LONGEST: Final = 40  # characters of a number
_POINT: Final = re.compile(r"(?:0|[1-9][0-9]*)(?:\.([0-9]+))?")
_COMMAS: Final = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.([0-9]+))?")
_COMMA: Final = re.compile(r"(?:0|[1-9][0-9]*)(?:,([0-9]{1,2}))?")
_SHORT_POINT: Final = re.compile(r"(?:0|[1-9][0-9]*)\.([0-9]{1,2})")
_POINTS: Final = re.compile(r"[1-9][0-9]{0,2}(?:[.'\u2009 ][0-9]{3})+(?:,([0-9]+))?")
_ENDS: Final = frozenset(".;!?。！？；\n")
_CLAUSE_MARKS: Final = frozenset(",，、:：()（）|–—")
_PERCENTS: Final = frozenset({"percent", "percentage_points", "basis_points", "times"})
_DASHES: Final = frozenset("-–~〜～")
# doubtful words of what somebody expected, which leave the number of a clause before them as it is
_EXPECTED: Final = frozenset(
    {"一倍", "两倍", "翻倍", "翻番", "翻了", "三倍", "翻一番", "倍増",
     "预期", "市场预测", "低于预期", "高于预期", "好于预期", "不及预期", "超预期", "超出预期", "市場予想", "予想を",
     "予想に", "予想より", "コンセンサス"}
)  # fmt: skip
_COMMAS_WIDE: Final = frozenset(",，、")
_CLASSIFIERS: Final = frozenset("家名间個个户戶位座件")
_COUNTED_BEFORE: Final = frozenset(
    {"employees", "stores", "users", "customers", "members", "downloads", "subscribers", "patents"}
)
# of people, what they are: "利用者数は1200万人"
_PEOPLE: Final = frozenset({"users", "customers", "members", "subscribers"})
_TOTALS: Final = frozenset("数数量总総總人合计計已共为達达")
_BETWEEN_NOUN: Final[frozenset[Tag]] = frozenset(
    {"level", "filler", "at_least", "at_most", "about", "to", "up", "clause"}
)
_JUST_BEHIND: Final = 3  # tokens behind a number where a Japanese verb tells whose the people are
_NEAR_NOUN: Final = 10  # tokens from a number back to what it counts
_REACH: Final = 24
# Characters for each unit of work, of which a number takes two; an ideograph has three bytes.
_CHARACTERS: Final = 8
_CHARACTERS_IDEOGRAPHIC: Final = 3
_MARGIN: Final = 8
_BOUNDS: Final[dict[Tag, Bound]] = {"at_least": "at_least", "at_most": "at_most", "about": "about"}
_BEHIND: Final[dict[Tag, Bound]] = {
    "behind_at_least": "at_least", "behind_at_most": "at_most", "behind_about": "about",
}  # fmt: skip
_NOUNS_OF_CHANGE: Final[frozenset[Tag]] = frozenset({"rise", "fall"})
_TURNS: Final[dict[Tag, Movement]] = {"up": "up", "down": "down", "cut": "cut", "rise": "up", "fall": "down"}


class _Amount:
    """A number being read: tokens `first` to `after`."""

    __slots__ = (
        "after", "based", "bound", "decimals", "first",
        "high", "leads", "negative", "noun", "per", "scaled", "signed", "unit", "value",
    )  # fmt: skip

    def __init__(self, first: int, after: int, value: Decimal, decimals: int) -> None:
        self.first, self.after, self.value, self.decimals = first, after, value, decimals
        self.unit = self.noun = self.per = ""
        self.high: Decimal | None = None
        self.bound: Bound | None = "exact"
        self.based = False  # a percentage of it is meant
        self.leads = False  # "to" and another amount of its unit follow
        self.scaled = self.signed = self.negative = False


_PLACED: Final = frozenset(
    [
        "cifra",
        "cifraron",
        "cifraban",
        "cifran",
        "mantuvo",
        "mantuvieron",
        "mantiene",
        "permaneció",
        "permanecieron",
        "plantó",
        "estancó",
        "estabilizó",
        "situó",
        "situaba",
        "situaban",
        "situaron",
        "sitúa",
        "sitúan",
        "cifró",
        "fijó",
        "colocó",
        "cerró",
        "quedó",
        "quedaron",
        "estableció",
    ]
)
# heads of what is counted, and words that say it in one
_COUNTS: Final = frozenset(["zahl", "anzahl", "nombre", "número"])
_HEADCOUNTS: Final = frozenset(
    [
        "mitarbeiterzahl",
        "beschäftigtenzahl",
        "personalbestand",
        "belegschaft",
        "effectif",
        "effectifs",
        "plantilla",
    ]
)
# behind these stands which of them are counted: "die Zahl der Beschäftigten in Kurzarbeit"
_NARROWING: Final = frozenset(
    ["in", "im", "bei", "beim", "mit", "ohne", "en", "chez", "con", "del", "de", "von", "der", "des"]
)
_YEAR: Final = re.compile("(?:19|20)[0-9]{2}")
# what an opening leaves out: "Corrigé des changes, …"
_ADJUSTED: Final = frozenset(
    [
        "retraité",
        "retraitée",
        "retraités",
        "corrigé",
        "corrigée",
        "corrigés",
        "corregido",
        "corregida",
        "corregidos",
    ]
)
_RISING: Final = {
    "zu": frozenset(["nahm", "nahmen", "nimmt", "nehmen"]),
    "an": frozenset(["zog", "zogen", "zieht", "ziehen", "stieg", "stiegen"]),
}
_GROUPED: Final = re.compile(r"[1-9][0-9]{0,2}(?:[.'\u2009\u202f\xa0 ][0-9]{3})+")
_CLOSED: Final = frozenset(
    [*".,;:!?)", "", "à", "au", "fin", "contre", "en", "al", "a", "frente", "zurück", "gestiegen", "gesunken", "nach",
     "im", "gegenüber", "zum", "und", "et", "y"]
)  # fmt: skip
_DECIMAL_COMMA: Final = re.compile(r"[0-9],[0-9]{1,2}(?![0-9,.])")


class Grammar:
    """Reads the sentences of one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.lexicon = Lexicon(language)
        self.characters = _CHARACTERS_IDEOGRAPHIC if language.ideographic else _CHARACTERS

    def read(self, text: str, first: int, budget: ReadingBudget) -> list[Reading]:
        """The quantities of a text in this language, in order. Takes time linear in its length.

        The text begins at `first` of the text that the budget is of, and the readings' places are in that text.
        """
        return _Text(self.language, self.lexicon, text, first, budget).read()


class _Text:
    def __init__(
        self, language: Language, lexicon: Lexicon, text: str, first: int, budget: ReadingBudget
    ) -> None:
        self.language, self.text = language, text
        self.first, self.budget = first, budget
        self.gone = self.planned = False  # of the present sentence
        self.begins = 0  # its first token
        # "4,8 %" beside it tells that the point of "3.217 Mio." is none of a decimal
        self.has_comma = language.decimal_comma and _DECIMAL_COMMA.search(text) is not None
        pattern = SPACED_TOKEN if language.spaced else TOKEN
        self.raw = [one.group() for one in pattern.finditer(text)]
        self.start = [one.start() for one in pattern.finditer(text)]
        self.count = len(self.raw)
        self.raw += [""] * _MARGIN
        self.start += [len(text) + 2 + 2 * at for at in range(_MARGIN)]
        self.low = [one.lower() for one in self.raw]
        self.found = lexicon.find(self.low[: self.count])
        self.shown = frozenset[str]().union(*self.found.tags.values())  # sorts of phrases in the text

    def read(self) -> list[Reading]:
        made: list[Reading] = []
        for first, last in self._sentences():
            made += self._sentence(first, last)
        return made

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
            line = at > start and "\n" in self.text[self.end(at - 1) : self.start[at]]
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
        return self.start[at] + len(self.raw[at])

    def glued(self, at: int) -> bool:
        return at > 0 and self.start[at] == self.end(at - 1)

    def has(self, at: int, tag: Tag) -> bool:
        return tag in self.found.tags.get(at, {})

    def some(self, tag: Tag, first: int, last: int) -> bool:
        """Whether a phrase of this sort begins at one of these tokens."""
        tags = self.found.tags
        return tag in self.shown and any(tag in tags[at] for at in range(first, last) if at in tags)

    def before(self, at: int, tag: Tag) -> int:
        """The first token of a phrase of this sort that ends at `at`; -1 if there is none."""
        first = self.found.ending.get(at, -1)
        return first if first >= 0 and tag in self.found.tags[first] else -1

    # -- a sentence ------------------------------------------------------------------------------------------

    def _sentence(self, first: int, last: int) -> list[Reading]:
        said = frozenset[str]().union(*map(self.found.tags.get, range(first, last), repeat(())))
        if "doubt" in said:
            last = self._before_expected(first, last)
        if last == first:
            return []
        self.gone, self.planned, self.begins = "gone" in said, "plan" in said, first
        amounts: list[_Amount] = []
        at = first
        while at < last:
            if not self.raw[at][:1].isdigit() or at in self.found.after:
                at = self.found.after.get(at, at + 1)
                continue
            amount = self._span(at, last) if self._affords(at) else None
            if amount is None:
                at += 1
                while at < last and (self.has(at, "scale") or self._goes_on(at)):
                    at += 1
                continue
            amounts.append(amount)
            at = max(at + 1, amount.after)
        made: list[Reading] = []
        if last - first > LONGEST and said & {"expected", "fraction"}:
            return []
        nearby = Nearby(self.raw, self.found, first, last) if said & {"expected", "fraction"} else None
        for place, amount in enumerate(amounts):
            if nearby is not None and nearby.spoils(self._bound(amount)[0], amount.after):
                continue
            floor = self._past_turn(amounts[place - 1].after) if place else first
            ceiling = amounts[place + 1].first if place + 1 < len(amounts) else last
            following = amounts[place + 1] if place + 1 < len(amounts) else None
            if following is not None and self._turns_next(amount, following):
                ceiling = amount.after
            amount.leads = self._leads(amount, following)
            amount.based = place > 0 and self._is_base(amounts[place - 1], amount)
            if (reading := self._reading(amount, floor, ceiling)) is not None:
                made.append(reading)
        return made

    def _is_month(self, at: int) -> bool:
        """Whether a month is named, as in "10月销量"; sales by the month are "月销量"."""
        return self.raw[at] == "月" and at > 0 and self.raw[at - 1].isdecimal()

    def _before_expected(self, first: int, last: int) -> int:
        """Where the clauses end that stand before one of what was expected, if nothing else is doubtful in a sentence."""
        doubts = [at for at in range(first, last) if self.has(at, "doubt") and not self._is_month(at)]
        is_opening = doubts == [first] and self.low[first] in _ADJUSTED and self.raw[first][:1].isupper()
        if not doubts or is_opening:
            return last
        if not all("".join(self.raw[at : self.found.after[at]]) in _EXPECTED for at in doubts):
            return first
        return max((at for at in range(first, doubts[0]) if self.raw[at] in _COMMAS_WIDE), default=first)

    def _affords(self, at: int) -> bool:
        """Whether the number at `at` may be read; its work is then counted."""
        if self.budget.spent_at(self.first + self.start[at]):
            return False
        self.budget.spend(2)
        return True

    def _goes_on(self, at: int) -> bool:
        """Whether a letter or digit at `at` belongs to the number before it, which is not read."""
        first = self.raw[at][:1]
        return self.glued(at) and first.isalnum() and not (self.language.ideographic and ord(first) > 0x3000)

    def _past_turn(self, at: int) -> int:
        """The token after a word of change directly behind an amount, as in "8.8%減の312億円"."""
        turned = (
            self.language.verb_last
            and self.language.ideographic
            and not _TURNS.keys().isdisjoint(self.found.tags.get(at, {}))
        )
        return self.found.after[at] if turned else at

    def _turns_next(self, amount: _Amount, following: _Amount) -> bool:
        """Whether a word of change between two amounts is of the second, as in "较去年的15.2亿元增长22.4%"."""
        if self.language.verb_last or not self.language.ideographic:
            return False
        turned = not _TURNS.keys().isdisjoint(self.found.tags.get(amount.after, {}))
        return turned and self.found.after[amount.after] >= self._bound(following)[0]

    def _is_base(self, before: _Amount, amount: _Amount) -> bool:
        """Whether the amount is what a percentage is taken of: "40 % von 50 Mio. Euro"."""
        if before.unit != "percent" or amount.unit in _PERCENTS:
            return False
        at, start = before.after, self._bound(amount)[0]
        if not (self.has(at, "of") or self.has(at, "of_whole")):
            return False
        while at < start and at in self.found.after:
            at = self.found.after[at]
        return at >= start

    def _leads(self, amount: _Amount, following: _Amount | None) -> bool:
        """Whether "to" and an amount of the same unit follow."""
        if following is None or not self.has(amount.after, "to") or following.unit != amount.unit:
            return False
        return self._bound(following)[0] <= self.found.after[amount.after]

    # -- numbers ---------------------------------------------------------------------------------------------

    def _span(self, at: int, last: int) -> _Amount | None:
        """The amount at the digits at `at`, or the span of two."""
        low = self._amount(at)
        if low is None:
            return None
        joint = low.after
        between = any(self.has(one, "between") for one in range(max(0, low.first - 3), low.first))
        dash = self.raw[joint] in _DASHES and self.glued(joint) == self.glued(joint + 1)
        joined = dash or self.has(joint, "joint") or (between and self.has(joint, "and"))
        if not (between or dash) and self._are_two(low, joint):
            joined = False
        start = joint + 1 if dash else self.found.after.get(joint, joint)
        while self.raw[start] in SYMBOLS or self.raw[start] in CODES or self.has(start, "filler"):
            start += 1
        if not joined or start >= last or not self.raw[start][:1].isdigit():
            if between:
                low.bound = None
            return low
        high = self._amount(start)
        if high is None:
            low.bound = None
            return low
        bare = not low.unit and not low.noun
        between = between or dash or not self.language.by_needed
        if not between and self._passes(low.first):
            return low  # "est passé de 231 à 275 millions"
        if not bare and (low.unit != high.unit or low.noun != high.noun):
            return low
        if not bare and not between and not self._names_span(low.first - 2):
            return low  # "de 28 % à 36 %" is no span
        if self.raw[joint] == "か" and self.raw[high.after] in {"に", "へ"}:
            return low  # "5億円から6億円に増加" neither
        if bare and high.scaled and not low.scaled:
            shift = self._power_of(high)
            low.value, low.decimals = low.value.scaleb(shift, ARITHMETIC), low.decimals - shift
        fits = low.value < high.value and not (low.scaled and not high.scaled) and not (bare and low.signed)
        low.high, low.after = high.value, high.after
        low.unit, low.noun, low.per = high.unit, high.noun, high.per
        low.decimals = min(low.decimals, high.decimals)
        low.scaled = high.scaled
        if not fits or high.bound != "exact":
            low.bound = None
        return low

    def _are_two(self, low: _Amount, joint: int) -> bool:
        """Whether two amounts of two things stand beside each other, or a year: "ses ventes 2023 à 918 millions"."""
        is_year = low.after == low.first + 1 and _YEAR.fullmatch(self.raw[low.first]) is not None
        return self.raw[joint] == "和" or (is_year and not self.language.ideographic)

    def _passes(self, first: int) -> bool:
        """Whether "de" stands before a number, and a verb of moving in its clause."""
        said = range(max(0, first - 1 - _REACH), first - 1)
        return self.low[first - 1] in {"de", "del"} and any(
            self.low[one] in PASSING or self.has(one, "up") or self.has(one, "down") for one in said
        )

    def _names_span(self, at: int) -> bool:
        """Whether the word at `at` is a noun that a span is of: "une croissance de 3 % à 5 %"."""
        if self.low[at + 1] not in {"de", "del"}:
            return False
        first = self.before(at + 1, "rise")
        return max(first, self.before(at + 1, "fall"), self.before(at + 1, "amount_noun")) >= 0

    def _power_of(self, amount: _Amount) -> int:
        for at in range(amount.first, amount.after):
            if self.has(at, "scale"):
                return int(self.found.tags[at]["scale"])
        return 0

    def _amount(self, at: int) -> _Amount | None:
        """The number in digits at `at`, with its sign, scale, currency, unit, or what it counts."""
        digits = self.raw[at]
        number = self._number(digits)
        if number is None or not self._stands_free(at):
            return None
        amount = _Amount(at, at + 1, number[0], number[1])
        grouped = "." in digits and number[1] == 0 and not (self.language.grouped_scaled or self.has_comma)
        if self._scaled(amount, doubtful=grouped) is False:
            return None
        before = self._currency_before(amount)
        self._sign(amount)
        if not self._unit(amount, before):
            return None
        self._negative_word(amount)
        self._sen(amount)
        if self.has(amount.after, "within_at_least") and self.glued(amount.after):
            if not self.has(self.found.after[amount.after], "noun"):
                return None
            amount.bound = "at_least"  # "8600余人"
            self._unit_at(amount, self.found.after[amount.after])
        per = self.found.tags.get(amount.after, {}).get("per")
        if per is not None:
            amount.per, amount.after = per, self.found.after[amount.after]
        self._bounded_behind(amount)
        if amount.negative:
            amount.value = -amount.value
        return amount

    def _bounded_behind(self, amount: _Amount) -> None:
        for tag, bound in _BEHIND.items():
            if self.has(amount.after, tag):
                amount.bound = bound if amount.bound == "exact" else None
                amount.after = self.found.after[amount.after]
                break

    def _number(self, digits: str) -> tuple[Decimal, int] | None:
        if len(digits) > _LONGEST:
            return None
        if self.language.decimal_comma:
            for shape in (_COMMA, _SHORT_POINT, _POINTS):
                if match := shape.fullmatch(digits):
                    places = len(match[1] or "")
                    if shape is _SHORT_POINT:
                        return Decimal(digits), places
                    return Decimal(re.sub(r"[.'\u2009 ]", "", digits).replace(",", ".")), places
            return None
        for shape in (_POINT, _COMMAS):
            if match := shape.fullmatch(digits):
                return Decimal(digits.replace(",", "")), len(match[1] or "")
        return None

    def _stands_free(self, at: int) -> bool:
        """Whether no letter, mark or other number touches the digits."""
        before, behind = self.raw[at - 1] if at else "", self.raw[at + 1]
        if (
            at
            and self.glued(at)
            and not (before in SYMBOLS or before in CODES or before in "(+-−–~約约（(:：/｜|「\"'„“«¥￥")
        ):
            ideograph = self.language.ideographic and len(before) == 1 and ord(before) > 0x3000
            if not ideograph or before in "第号":
                return False
        if self.glued(at + 1) and behind[:1].isalpha() and at + 1 not in self.found.after:
            return self.language.ideographic and ord(behind[0]) > 0x3000
        if self.glued(at + 1) and behind in ":/" and self.raw[at + 2][:1].isdigit():
            return False
        if at and not self.glued(at) and self.raw[at - 1][:1].isdigit():
            return False
        return not (self.raw[at + 1][:1].isdigit() and not self.language.ideographic)

    def _scaled(self, amount: _Amount, *, doubtful: bool) -> bool:
        """Take in the words for powers of ten; False if the number is then ambiguous."""
        smallest = 99
        last_power = 0
        total = Decimal(0)
        current = amount.value
        while True:
            at = amount.after
            if self.has(at, "within_at_least") and self.has(self.found.after[at], "scale"):
                amount.bound = "at_least"
                at = self.found.after[at]
            if not self.has(at, "scale"):
                break
            power = int(self.found.tags[at]["scale"])
            if doubtful or power >= smallest:
                return False
            smallest, last_power = power, power
            total += current.scaleb(power, ARITHMETIC)
            amount.after, amount.scaled = self.found.after[at], True
            current = Decimal(0)
            further = self.raw[amount.after]
            if not self.language.ideographic or not further[:1].isdigit():
                break
            number = self._number(further)
            if number is None:
                return False
            current, amount.decimals = number
            amount.after += 1
            last_power = 0
        if amount.scaled:
            amount.value = total + current
            amount.decimals -= last_power
        return True

    def _currency_before(self, amount: _Amount) -> str:
        at = amount.first - 1
        mark = self.raw[at] if at >= 0 else ""
        code = SYMBOLS.get(mark) or CODES.get(mark) or ""
        if mark in {"¥", "￥"}:
            code = {"zh": "CNY", "ja": "JPY"}.get(self.language.code, "¥")
        if code:
            amount.first = at
            nation = {"us": "USD", "hk": "HKD", "c": "CAD", "a": "AUD", "nt": "TWD", "s": "SGD"}
            if mark == "$" and self.glued(at) and self.low[at - 1] in nation:
                amount.first, code = at - 1, nation[self.low[at - 1]]
            return code
        first = self.before(amount.first, "currency")
        if first >= 0:
            amount.first = first
            return self.found.tags[first]["currency"]
        return ""

    def _sign(self, amount: _Amount) -> None:
        at = amount.first - 1
        if (
            at >= 0
            and self.raw[at] in {"+", "-", "−", "–"}
            and self.glued(amount.first)
            and not self._joined(at)
        ):
            amount.signed, amount.negative = True, self.raw[at] != "+"
            amount.first = at

    def _negative_word(self, amount: _Amount) -> None:
        """Take in "minus" before an amount of money: "bei minus 12 Millionen Euro"."""
        at = amount.first - 1
        if (
            at > 0
            and self.low[at] in NEGATIVE
            and self.low[at - 1] in BEFORE_NEGATIVE
            and not amount.signed
            and amount.unit
            and amount.unit not in _PERCENTS
        ):
            amount.signed = amount.negative = True
            amount.first = at

    def _joined(self, at: int) -> bool:
        before = self.raw[at - 1][:1] if at > 0 and self.glued(at) else ""
        return before.isdigit() or (
            before.isalpha() and not (self.language.ideographic and ord(before) > 0x3000)
        )

    def _unit(self, amount: _Amount, before: str) -> bool:
        """Take in the unit, the currency or what is counted; False if they contradict."""
        at = amount.after
        tags = self.found.tags.get(at, {})
        mark = self.raw[at]
        code = tags.get("currency") or SYMBOLS.get(mark) or (CODES.get(mark) if mark in CODES else None)
        if "unit" in tags:
            amount.unit, amount.after = tags["unit"], self.found.after[at]
            return not before
        if code:
            amount.unit, amount.after = code, self.found.after.get(at, at + 1)
            if mark == "元" and before.endswith("D") and self.language.ideographic:
                amount.unit = before  # "港币35.6亿元"
                return True
            return before in {"", code}
        if before:
            amount.unit = before
            return True
        for place in range(at, at + 3):
            if self.has(place, "noun"):
                self._unit_at(amount, place)
                break
            word = self.raw[place]
            if (
                self.language.ideographic
                or not word.isalpha()
                or (place in self.found.tags and not self.has(place, "filler"))
            ):
                break
        return True

    def _unit_at(self, amount: _Amount, at: int) -> None:
        amount.noun, amount.after = self.found.tags[at]["noun"], self.found.after[at]

    def _sen(self, amount: _Amount) -> None:
        """Take in the hundredths of a yen: "124円56銭"."""
        at = amount.after
        if (
            amount.unit == "JPY"
            and not amount.scaled
            and self.raw[at].isdecimal()
            and self.raw[at + 1] == "銭"
        ):
            amount.value += Decimal(self.raw[at]).scaleb(-2, ARITHMETIC)
            amount.decimals, amount.after = 2, at + 2

    # -- the words around ------------------------------------------------------------------------------------

    def _reading(self, amount: _Amount, floor: int, ceiling: int) -> Reading | None:
        if self.language.ideographic and not amount.unit and amount.noun in {"", "people", "items"}:
            self._counted_wide(amount, floor)
        if amount.bound is None:
            return None
        start, bound = self._bound(amount, floor)
        if not amount.unit and not amount.noun:
            amount.noun = self._counted_before(amount, self._clause_left(start, floor))
            if not amount.noun:
                return None
        if bound is None:
            return None
        if amount.based:
            return None
        left = self._clause_left(start, floor)
        right = self._clause_right(amount.after, ceiling)
        if self._denied(left, start) or self._denied(amount.after, right):
            return None
        change = self._change(amount, (left, start), (amount.after, right))
        if change is None:
            return None
        if amount.noun:
            change = self._counted(change, left, right)
        per = amount.per or self._per_before(amount, start)
        value = amount.value
        return Reading(
            start=self.first + self.start[start],
            end=self.first + self.end(amount.after - 1),
            value=value if amount.high is None else None,
            low=None if amount.high is None else value,
            high=amount.high,
            decimals=amount.decimals,
            bound=bound,
            unit=amount.unit,
            per=per,
            change=change,
            nouns=self._nouns(amount, left),
        )

    def _counted_before(self, amount: _Amount, left: int) -> str:
        """What a number counts if that stands before it: "die Zahl der Beschäftigten lag bei 23.610"."""
        if self.language.ideographic or amount.high is not None or amount.scaled or amount.signed:
            return ""
        if not _GROUPED.fullmatch(self.raw[amount.after - 1]) or self.low[amount.after] not in _CLOSED:
            return ""
        for at in range(left, amount.first):
            if self.low[at] in _HEADCOUNTS:
                return "employees"
            if self.low[at] in _COUNTS:
                named = [place for place in range(at + 1, at + 4) if self.has(place, "noun")]
                is_all = bool(named) and self.low[self.found.after[named[0]]] not in _NARROWING
                return self.found.tags[named[0]]["noun"] if is_all else ""
        return ""

    def _nouns(self, amount: _Amount, left: int) -> tuple[str, ...]:
        """What is counted. Of people, whether the words before say that they are employed."""
        nouns = tuple(amount.noun.split())
        behind = amount.after + _JUST_BEHIND if self.language.verb_last else amount.after
        beside = (*range(self._within_commas(left), amount.first), *range(amount.after, behind))
        if nouns == ("people",) and any(self.has(at, "employing") for at in beside):
            return ("employed", *nouns)
        return nouns

    def _within_commas(self, left: int) -> int:
        """Where the words before a number begin in German, whose "die" between is mostly an article."""
        floor = max(self.begins, left - _REACH)
        while self.language.code == "de" and left > floor and self.raw[left - 1] not in _CLAUSE_MARKS:
            left -= 1
        return left

    def _counted_wide(self, amount: _Amount, floor: int) -> None:
        """Take what is counted from the noun before the number: "门店2,315家", "用户达1.2亿"."""
        is_classified = self.raw[amount.after] in _CLASSIFIERS
        if not (is_classified or amount.scaled or amount.noun):
            return
        at = amount.first - 1
        while at >= max(floor, amount.first - _NEAR_NOUN):
            first = self.found.ending.get(at + 1, -1)
            tags = self.found.tags.get(first, {})
            if "noun" in tags:
                named = tags["noun"]
                is_person = amount.noun == "people" and named in _PEOPLE
                is_item = amount.noun == "items" and named in _COUNTED_BEFORE
                if is_person or is_item or (named in _COUNTED_BEFORE and not amount.noun):
                    amount.noun = f"people {named}" if is_person else named
                    amount.after += is_classified
                    if is_classified:
                        self._bounded_behind(amount)
                return
            if first < 0 and self.raw[at] not in _TOTALS:
                return
            if first >= 0 and _BETWEEN_NOUN.isdisjoint(tags):
                return
            at = first - 1 if first >= 0 else at - 1

    def _bound(self, amount: _Amount, floor: int = -1) -> tuple[int, Bound | None]:
        """The first token of the bound before the amount, and the bound; None if two contradict."""
        bound: Bound | None = amount.bound
        start = amount.first
        for _ in range(2):
            for tag, side in _BOUNDS.items():
                first = self.before(start, tag)
                if first < 0:  # "dépassent les 7 milliards"
                    first = self.before(self.before(start, "filler"), tag)
                if first == floor and self.has(first, "to"):
                    continue  # "crecieron un 6 % hasta 18 millones" is a level
                if first >= 0:
                    if bound not in {"exact", side} or amount.high is not None:
                        return first, None
                    start, bound = first, side
                    break
            else:
                break
        return start, bound

    def _clause_left(self, at: int, floor: int) -> int:
        place, lowest = at - 1, max(floor, at - _REACH)
        while place >= lowest and self.raw[place] not in _CLAUSE_MARKS and not self.has(place, "clause"):
            place -= 1
        return place + 1

    def _clause_right(self, at: int, ceiling: int) -> int:
        place, limit = at, min(ceiling, at + _REACH)
        while place < limit and self.raw[place] not in _CLAUSE_MARKS and not self.has(place, "clause"):
            place += 1
        return place

    def _denied(self, first: int, last: int) -> bool:
        return self.some("deny", first, last)

    def _per_before(self, amount: _Amount, start: int) -> str:
        if amount.unit in _PERCENTS or amount.scaled or not amount.unit:
            return ""
        left = self._clause_left(start, self.begins)
        left = self._with_before((left, amount.first))
        return "share" if self.some("per_before", left, amount.first) else ""

    def _counted(self, change: Movement, left: int, right: int) -> Movement:
        """The change of a count: what its own clause says counts before what the sentence says."""
        if (
            self.language.ideographic
            and self.some("plan", left, right)
            and not self.some("gone", left, right)
        ):
            return "planned"
        if self.gone:
            return "cut" if change in {"", "cut", "down"} else "unsure"
        if self.planned:
            return "planned"
        return change

    def _change(self, amount: _Amount, left: tuple[int, int], right: tuple[int, int]) -> Movement | None:
        """What the words of the clause make of the amount; None if that cannot be told."""
        rate = amount.unit in _PERCENTS
        money = not rate and not amount.noun
        marker = self._marker(left[1], left[0])
        nearest, nouns, verbs = self._left(left)
        behind = self._right(right, near_only=not self.language.verb_last or bool(nouns or verbs))
        to = marker == "to" or self.has(right[0], "behind_to")
        losing = self.some("loss", self._with_before(left), left[1]) or self._loss_behind(right)
        if amount.signed:
            below = amount.negative and money  # "à -12 millions", "war mit minus 12 Millionen negativ"
            return None if nouns or verbs or behind or ((losing or to) and not below) else ""
        outcome = money and is_outcome(self.language.code, self.low, left, self.low[slice(*right)])
        if marker == "from" and (verbs or self.has(right[0], "to")):
            to = True  # "from 28 %" is a level, "a fall of 9 %" is none
        if marker == "of" and amount.leads and self.language.by_needed:
            if verbs:
                return None  # by so much, or from so much
            to = True
        if losing:
            turned = bool(nouns or verbs or behind)
            return None if rate or (turned and not to) or not money else "loss"
        if to:
            turned = nouns or (verbs and self.language.ideographic)
            return None if rate and turned else ""
        turns: set[Movement] = set() if outcome else nouns | behind
        if money and (sign := self._sign_behind(left, right[0])) is not None:
            return sign
        if nearest != "level" and not outcome:
            turns |= verbs
        if len(turns) > 1:
            return None
        if turns:
            return next(iter(turns))
        if marker == "by":
            return self._by(left, right, rate=rate)
        if marker == "of" and self.language.by_needed and not self._known_before(left):
            return None
        return "" if not rate or self._is_level(left, right) else None

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
            turns = _TURNS.keys() & tags.keys()
            if turns & _NOUNS_OF_CHANGE:
                turns &= _NOUNS_OF_CHANGE  # "ein Minus von"
            for tag in turns:
                nearest = nearest or "turn"
                (nouns if tag in _NOUNS_OF_CHANGE else verbs).add(_TURNS[tag])
        return nearest, nouns, verbs

    def _right(self, clause: tuple[int, int], *, near_only: bool) -> set[Movement]:
        found: set[Movement] = set()
        limit = min(clause[1], clause[0] + 3) if near_only else clause[1]
        for at in range(clause[0], limit):
            if tags := self.found.tags.get(at):
                found.update(_TURNS[tag] for tag in _TURNS.keys() & tags.keys())
            if found and near_only:
                break
        return found

    def _loss_behind(self, clause: tuple[int, int]) -> bool:
        return any(self.has(at, "loss") for at in range(clause[0], min(clause[1], clause[0] + 4)))

    def _is_level(self, left: tuple[int, int], right: tuple[int, int]) -> bool:
        """Whether a word says that a percentage is a share or a rate, not a change."""
        if self.has(right[0], "of_whole"):
            return True
        near = (
            *range(*left),
            *range(right[0], min(right[1], right[0] + (10 if self.language.ideographic else 5))),
        )
        return any(self.has(at, "level_noun") or self.has(at, "level") for at in near)

    def _known_before(self, left: tuple[int, int]) -> bool:
        """Whether the word before "of" is a noun that is known, and no verb that may be one of falling."""
        at = left[1]
        for tag in ("of", "filler", "of"):
            first = self.before(at, cast("Tag", tag))
            at = first if first >= 0 else at
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
        known = frozenset[Tag](("level_noun", "amount_noun", "level", "noun", "of", "per", "per_before"))
        if first < 0 and at - 2 > left[0] and at - 1 not in self.found.after:
            # an adjective behind a noun that has an article: "un niveau confortable de"
            first = self.found.ending.get(at - 1, -1)
            before = self.low[first - 1] if first > 0 else ""
            return (
                first >= 0 and before in {"un", "une", "una"} and not known.isdisjoint(self.found.tags[first])
            )
        return first >= 0 and not known.isdisjoint(self.found.tags[first])
