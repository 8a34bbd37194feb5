"""Numbers of a language other than English with what belongs to them: sign, scale, currency, unit, bound, or what they count."""

import re
from decimal import Decimal
from typing import Final

from service.core.quantities import ARITHMETIC, Bound
from service.evidence.reading.languages.en import CODES, SYMBOLS
from service.evidence.reading.languages.shape import Tag
from service.evidence.reading.outcomes import BEFORE_NEGATIVE, NEGATIVE, PASSING
from service.evidence.reading.phrase_text import REACH, PhraseText

_LONGEST: Final = 40  # characters of a number
_COMMAS_BEHIND: Final = frozenset(",，、")
_ENDING: Final = frozenset(["", *'.,;:!?)"“”»。，、；！？）」だでと'])
_APART: Final = 5  # times
CLASSIFIERS: Final = frozenset("家名间個个户戶位座件头頭款项所处套条艘只")
_BRACKET: Final = 7  # tokens of brackets with the number of the year before
_GROUP: Final = 3  # digits behind a separator of thousands
_MYRIAD: Final = 4  # powers of ten
_POINT: Final = re.compile(r"(?:0|[1-9][0-9]*)(?:\.([0-9]+))?")
_COMMAS: Final = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.([0-9]+))?")
_COMMA: Final = re.compile(r"(?:0|[1-9][0-9]*)(?:,((?<=^0,)[0-9]{3,4}|[0-9]{1,2}))?")
_THOUSANDTHS: Final = re.compile(r"[0-9]{1,3},[0-9]{3}")
_SHORT_POINT: Final = re.compile(r"(?:0|[1-9][0-9]*)\.([0-9]{1,2})")
_POINTS: Final = re.compile(r"[1-9][0-9]{0,2}(?:[.'\u2009 ][0-9]{3})+(?:,([0-9]+))?")
PERCENTS: Final = frozenset({"percent", "percentage_points", "basis_points", "times"})
_MEASURING: Final[frozenset[Tag]] = frozenset({"scale", "currency", "unit", "noun"})
_DASHES: Final = frozenset("-–~〜～")
BOUNDS: Final[dict[Tag, Bound]] = {"at_least": "at_least", "at_most": "at_most", "about": "about"}
_BEHIND: Final[dict[Tag, Bound]] = {
    "behind_at_least": "at_least", "behind_at_most": "at_most", "behind_about": "about",
}  # fmt: skip
YEAR: Final = re.compile("(?:19|20)[0-9]{2}")

_HUNDREDTHS: Final = {
    "cent": "EUR", "cents": "EUR", "centimes": "EUR", "centime": "EUR", "céntimos": "EUR", "céntimo": "EUR", "rappen": "CHF",
    "港仙": "HKD", "美分": "USD", "美仙": "USD", "欧分": "EUR", "便士": "GBP", "セント": "$", "ペンス": "GBP", "銭": "JPY",
}  # fmt: skip
_IN_ONE: Final = {"mdp": "peso", "mdd": "USD"}  # a scale and its currency
_NO_TENTHS: Final = frozenset("引合れ安高り当")  # "割引", "割合"
_SIGN_OF_DOLLAR: Final = re.compile(r"[$]|d[oó]l", re.IGNORECASE)
_DOLLARS: Final = re.compile(
    r"[$]|\b(?:US-)?(?:Dollar|Cents|dollars?|dólar|CHF|Franken|francs?|CAD|AUD)", re.IGNORECASE
)


class Amount:
    """A number being read: tokens `first` to `after`."""

    __slots__ = (
        "after", "based", "bound", "decimals", "first",
        "high", "leads", "like", "negative", "noun", "per", "scaled", "signed", "unit", "value", "whole", "year",
    )  # fmt: skip

    def __init__(self, first: int, after: int, value: Decimal, decimals: int) -> None:
        self.first, self.after, self.value, self.decimals = first, after, value, decimals
        self.unit = self.noun = self.per = ""
        self.high: Decimal | None = None
        self.bound: Bound | None = "exact"
        self.based = False  # a percentage of it is meant
        self.like: Amount | None = None  # the amount that it was before: "从420家增至460家"
        self.leads = False  # "to" and another amount of its unit follow
        self.scaled = self.signed = self.negative = False
        # the token behind a year that stands before it; the number that it is a part of: "150 des 855 emplois"
        self.year, self.whole = 0, -1


class AmountText(PhraseText):
    """Reads amounts: a number in digits with its sign, scale, unit and bound, or a span of two."""

    def _span(self, at: int, last: int) -> Amount | None:
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
            if between and self.raw[low.first - 1] != "在":  # "控制在100亿元以内" is no span
                low.bound = None
            return low
        high = self._amount(start)
        if high is None:
            low.bound = None
            return low
        bare = not low.unit and not low.noun
        is_moved = not (between or dash) and self._moved_by(low, high)
        between = between or dash or not self.language.by_needed
        if is_moved or (not between and self._passes(low.first)):
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

    def _are_two(self, low: Amount, joint: int) -> bool:
        """Whether two amounts of two things stand beside each other, or a year: "ses ventes 2023 à 918 millions"."""
        is_year = low.after == low.first + 1 and YEAR.fullmatch(self.raw[low.first]) is not None
        return self.raw[joint] == "和" or (is_year and not self.language.ideographic)

    def _moved_by(self, low: Amount, high: Amount) -> bool:
        """Whether something moved by one amount to another that is too far for a span: "增加8.2亿元至96.5亿元"."""
        moved = self.before(low.first, "up") >= 0 or self.before(low.first, "down") >= 0
        is_apart = low.unit not in PERCENTS and high.value > _APART * low.value
        return self.language.ideographic and moved and is_apart

    def _passes(self, first: int) -> bool:
        """Whether "de" stands before a number, and a verb of moving in its clause."""
        said = range(max(0, first - 1 - REACH), first - 1)
        return self.low[first - 1] in {"de", "del"} and any(
            self.low[one] in PASSING or any(self.has(one, tag) for tag in ("up", "down", "cut"))
            for one in said
        )

    def _names_span(self, at: int) -> bool:
        """Whether the word at `at` is a noun that a span is of: "une croissance de 3 % à 5 %"."""
        if self.low[at + 1] not in {"de", "del"}:
            return False
        first = self.before(at + 1, "rise")
        return max(first, self.before(at + 1, "fall"), self.before(at + 1, "amount_noun")) >= 0

    def _power_of(self, amount: Amount) -> int:
        for at in range(amount.first, amount.after):
            if self.has(at, "scale"):
                return int(self.found.tags[at]["scale"])
        return 0

    def _amount(self, at: int) -> Amount | None:
        """The number in digits at `at`, with its sign, scale, currency, unit, or what it counts."""
        digits = self.raw[at]
        number = self._number(digits) or self._thousandths(at)
        if number is None or not self._stands_free(at):
            return None
        amount = Amount(at, at + 1, number[0], number[1])
        grouped = "." in digits and number[1] == 0 and not (self.language.grouped_scaled or self.has_comma)
        self._rest(amount)
        if not self._scaled(amount, doubtful=grouped):
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

    def _bounded_behind(self, amount: Amount) -> None:
        """Take in a bound behind the amount; behind a comma it must end its clause: "5 Millionen Euro, eher mehr"."""
        at = amount.after + (self.raw[amount.after] in _COMMAS_BEHIND)
        after = self.found.after.get(at, at)
        if at > amount.after and self.raw[after] not in _ENDING:
            return
        for tag, bound in _BEHIND.items():
            if self.has(at, tag):
                amount.bound = bound if amount.bound == "exact" else None
                amount.after = after
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

    def _thousandths(self, at: int) -> tuple[Decimal, int] | None:
        """A number with three places behind its comma, which the text's other numbers tell to be one of decimals.

        "um 28,4 Prozent auf 1,186 Milliarden Euro"
        """
        digits = self.raw[at]
        if not (self.has_comma and self.has(at + 1, "scale") and _THOUSANDTHS.fullmatch(digits)):
            return None
        return Decimal(digits.replace(",", ".")), 3

    def _stands_free(self, at: int) -> bool:
        """Whether no letter, mark or other number touches the digits."""
        before, behind = self.raw[at - 1] if at else "", self.raw[at + 1]
        if (
            at
            and self.glued(at)
            and not (before in SYMBOLS or before in CODES or before in "(+-−–△▲~約约（(:：/｜|「→⇒\"'„“«¥￥")
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

    def _scaled(self, amount: Amount, *, doubtful: bool) -> bool:
        """Take in the words for powers of ten; False if the number is then ambiguous."""
        # the last myriad ("億"), and the last power of ten within the present one ("千")
        smallest = within = 99
        last_power = 0
        total = part = Decimal(0)
        current = amount.value
        while True:
            at = amount.after
            if self.has(at, "within_at_least") and self.has(self.found.after[at], "scale"):
                amount.bound = "at_least"
                at = self.found.after[at]
            if not self.has(at, "scale"):
                break
            power = int(self.found.tags[at]["scale"])
            rank, last_power = power % _MYRIAD if power >= _MYRIAD else power, power
            if doubtful or rank >= within or power - rank >= smallest:
                return False
            within = rank
            part += current.scaleb(rank, ARITHMETIC)
            if power >= _MYRIAD:  # "7千3百万" is 7,300 myriads
                smallest, within = power - rank, 99
                total, part = total + part.scaleb(smallest, ARITHMETIC), Decimal(0)
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
            amount.value = total + part + current
            amount.decimals -= last_power
        return True

    def _rest(self, amount: Amount) -> None:
        """Take in what stands between the digits and their scale."""
        if self.language.code == "es":
            self._compound(amount)
        if not self.language.ideographic and self.raw[amount.after] == "(":
            self._past_former(amount)

    def _past_former(self, amount: Amount) -> None:
        """Go past the number of the year before that stands before a scale of both: "auf 102,9 (Vj. 89,3) Mio. Euro"."""
        at = amount.after
        end = next((one for one in range(at, min(at + _BRACKET, self.count)) if self.raw[one] == ")"), 0)
        if end and self.has(end + 1, "scale") and any(one[:1].isdigit() for one in self.raw[at:end]):
            amount.after = end + 1

    def _compound(self, amount: Amount) -> None:
        """Take in the rest of a Spanish number of thousands: "25 mil 824 millones", "7 millones 899 mil"."""
        scale, rest = (self.found.tags.get(at, {}).get("scale") for at in (amount.after, amount.after + 2))
        further = self.raw[amount.after + 1]
        if not further.isdecimal() or len(further) > _GROUP:
            return
        if scale == "3" and amount.decimals <= 0:
            amount.value, amount.after = amount.value * 1000 + Decimal(further), amount.after + 2
        elif (scale, rest) == ("6", "3"):
            amount.value = (amount.value * 1000 + Decimal(further)).scaleb(3, ARITHMETIC)
            amount.after, amount.decimals, amount.scaled = amount.after + 3, -3, True

    def _currency_before(self, amount: Amount) -> str:
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

    def _sign(self, amount: Amount) -> None:
        at = amount.first - 1
        if (
            at >= 0
            and (
                self.raw[at] in {"+", "-", "−", "–"} or (self.language.code == "ja" and self.raw[at] in "△▲")
            )
            and self.glued(amount.first)
            and not self._joined(at)
        ):
            amount.signed, amount.negative = True, self.raw[at] != "+"
            amount.first = at

    def _negative_word(self, amount: Amount) -> None:
        """Take in "minus" before an amount of money: "bei minus 12 Millionen Euro"."""
        at = amount.first - 1
        if (
            at > 0
            and self.low[at] in NEGATIVE
            and self.low[at - 1] in BEFORE_NEGATIVE
            and not amount.signed
            and amount.unit
            and amount.unit not in PERCENTS
        ):
            amount.signed = amount.negative = True
            amount.first = at

    def _joined(self, at: int) -> bool:
        """Whether a dash is none of a minus: letters, a number or its unit touch it, as in "12亿元-14亿元"."""
        before = self.raw[at - 1][:1] if at > 0 and self.glued(at) else ""
        place = at
        while (first := self.found.ending.get(place, -1)) > 0 and not _MEASURING.isdisjoint(
            self.found.tags[first]
        ):
            place = first
        if place < at and self.raw[place - 1][:1].isdigit():
            return True
        return before.isdigit() or (
            before.isalpha() and not (self.language.ideographic and ord(before) > 0x3000)
        )

    def _unit(self, amount: Amount, before: str) -> bool:
        """Take in the unit, the currency or what is counted; False if they contradict."""
        at = amount.after
        tags = self.found.tags.get(at, {})
        mark = self.raw[at]
        code = tags.get("currency") or SYMBOLS.get(mark) or (CODES.get(mark) if mark in CODES else None)
        if "unit" in tags:
            amount.unit, amount.after = tags["unit"], self.found.after[at]
            return not before
        if not before and amount.scaled and self.low[at - 1] in _IN_ONE:
            amount.unit = _IN_ONE[self.low[at - 1]]
            return True
        if not before and (code := code or "") == "" and (self._hundredths(amount) or self._tenths(amount)):
            return True
        if code:
            amount.unit, amount.after = code, self.found.after.get(at, at + 1)
            if mark == "元" and before.endswith("D") and self.language.ideographic:
                amount.unit = before  # "港币35.6亿元"
                return True
            return before in {"", code}
        if before:
            amount.unit = before
            return True
        if self.language.ideographic and mark in CLASSIFIERS and self.has(at + 1, "noun"):
            self._unit_at(amount, at + 1)
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
        if not amount.noun and not self.language.ideographic and (place := self.counted_at(at)):
            amount.noun = self.found.tags[place]["noun"]
            amount.whole = next((one for one in range(at, place) if self.raw[one].isdecimal()), -1)
        return True

    def _hundredths(self, amount: Amount) -> bool:
        """Take in hundredths of a currency: "80 Cent", "28港仙". Cents are of euros, unless dollars are named."""
        at = amount.after
        lengths = (3, 2, 1) if self.language.ideographic else (1,)
        count = next((one for one in lengths if "".join(self.low[at : at + one]) in _HUNDREDTHS), 0)
        code = _HUNDREDTHS["".join(self.low[at : at + count])] if count else ""
        if code == "EUR" and (others := _DOLLARS.search(self.text)):
            code = "$" if _SIGN_OF_DOLLAR.search(others.group()) and "cent" in self.low[at] else ""
        if not code or amount.scaled:
            return False
        amount.unit, amount.after = code, at + count
        amount.value, amount.decimals = amount.value.scaleb(-2, ARITHMETIC), amount.decimals + 2
        return True

    def _tenths(self, amount: Amount) -> bool:
        """Take in tenths as percent: "3割"."""
        at = amount.after
        is_tenth = self.language.code == "ja" and self.raw[at] == "割" and self.raw[at + 1] not in _NO_TENTHS
        if not is_tenth or amount.scaled:
            return False
        amount.unit, amount.after = "percent", at + 1
        amount.value, amount.decimals = amount.value * 10, amount.decimals - 1
        return True

    def _unit_at(self, amount: Amount, at: int) -> None:
        amount.noun, amount.after = self.found.tags[at]["noun"], self.found.after[at]

    def _sen(self, amount: Amount) -> None:
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

    def _bound(self, amount: Amount, floor: int = -1) -> tuple[int, Bound | None]:
        """The first token of the bound before the amount, and the bound; None if two contradict."""
        bound: Bound | None = amount.bound
        start = amount.first
        for _ in range(2):
            for tag, side in BOUNDS.items():
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
