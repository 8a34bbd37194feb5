"""Read one number with its sign, brackets, currency, scale, unit and "per" word."""

import re
from decimal import Decimal
from typing import Final

from service.core.quantities import ARITHMETIC, Bound
from service.evidence.reading.languages.en import (
    ABBREVIATIONS,
    CENTS,
    CODES,
    CURRENCY_ONLY,
    DOLLARS,
    NAMES,
    SCALES,
    SHORT,
    SYMBOLS,
    YENS,
    vocabulary,
)
from service.evidence.reading.numerals import Numeral, from_digits, from_words, scaled
from service.evidence.reading.tokens import Tokens
from service.evidence.reading.units import (
    FAMILIES,
    GLUED,
    SHORT_RATES,
    UNREADABLE,
    currency,
    hyphened,
    measure,
    per_before,
    per_what,
    rate_before,
    rate_behind,
)

SIGNS: Final = frozenset("-−+")
DASHES: Final = frozenset("-–")
# signs that may stand before or after a number without a space
_OPENERS: Final = frozenset("([{\"'“‘«—|:;~<>≤≥*•·¡¿`")
_CLOSERS: Final = frozenset(")]}\"'”’»—–-|:;,.!?…%+/`")
_BEFORE_CODE: Final = frozenset("([|:-–—~<>≤≥/\"'")
_PREFIXES: Final = {"$": DOLLARS, "¥": YENS}
_NATION_MARKS: Final = frozenset({"US", "HK", "NT", "NZ", "AU", "CA", "SG"})
_ABBREVIATED: Final = frozenset({"mrd", "mio", "bn", "mn", "cr"})  # may end in a full stop


class Term:
    """A number being read: from token `first` up to token `after`."""

    __slots__ = (
        "after", "bound", "bracket", "bracketed", "cents", "currency", "decimals", "digits", "first", "limit", "multiple",
        "negative", "numeral", "per", "place", "scale", "short", "signed", "unit", "value",
    )  # fmt: skip

    def __init__(self, numeral: Numeral, first: int, after: int, limit: int, *, digits: bool) -> None:
        self.numeral = numeral
        self.value: Decimal = numeral.value
        self.decimals = numeral.decimals
        self.place = first  # of the digits
        self.first = first
        self.after = after
        self.limit = limit
        self.digits = digits  # written in digits, not words
        self.currency = ""  # ISO code, or one of FAMILIES
        self.cents = False  # written in cents or pence
        self.unit = ""  # percent, percentage_points, basis_points, times
        self.per = ""  # share, month, barrel …
        self.bound: Bound = "exact"  # written after the number: "300+"
        self.scale = ""  # the first word or letter for a power of ten
        self.short = False  # the scale is one letter, which needs a currency or a noun beside it
        self.negative = False
        self.signed = False  # written with a sign
        self.bracketed = False  # in the brackets that accountants use for negative numbers
        self.multiple = ""  # the power of ten before the currency: "MEUR 307.8"
        self.bracket = ""  # where a bracket opens: before the digits (inner) or before the currency (outer)

    @property
    def measured(self) -> bool:
        """Whether it has a currency or a unit."""
        return bool(self.currency or self.unit)

    @property
    def bare(self) -> bool:
        """Whether it is digits alone, as years, marks and counts are."""
        return self.numeral.plain and not self.measured and not self.scale


def term(t: Tokens, place: int, *, limit: int = -1, joined_by_and: bool = True) -> Term | None:
    """The number at token `place` (digits or first number word) with all that belongs to it; None if unreadable.

    Tokens before `limit` do not belong to it, because a dash or a word there joins it to another number.
    """
    if t.raw[place][0].isdigit():
        numeral = from_digits(t.raw[place])
        if numeral is None:
            return None
        found = Term(numeral, place, place + 1, limit, digits=True)
    else:
        words = from_words(t, place, joined_by_and=joined_by_and)
        if words is None:
            return None
        found = Term(words[0], place, words[1], limit, digits=False)
    return found if _complete(t, found) else None


def _complete(t: Tokens, found: Term) -> bool:
    """Take in everything that belongs to the number; False if that is ambiguous."""
    if not _left(t, found):
        return False
    closed = found.bracket == "inner" and t.raw[found.after] == ")"
    if closed:
        found.after += 1
    if not (_scale(t, found) and _unit(t, found) and _brackets(t, found, closed=closed)):
        return False
    if not _marks_make_sense(found) or _unfinished(t, found):
        return False
    if not found.measured and t.low[found.first - 2 : found.first] == ["factor", "of"]:
        found.unit = "times"
    if found.negative:
        found.value = -found.value
    return True


def _left(t: Tokens, found: Term) -> bool:
    """Take in sign, bracket and currency before the number; False if it is part of something else."""
    raw = t.raw
    at = found.first
    if at == found.limit:
        return True
    if raw[at - 1] == "." and t.glued(at) and found.digits:
        # ".50", never the end of a sentence without its space
        if not raw[at].isdigit() or (t.glued(at - 1) and raw[at - 2] not in SYMBOLS):
            return False
        found.numeral = Numeral(Decimal(f"0.{raw[at]}"), len(raw[at]))
        found.value, found.decimals = found.numeral.value, found.numeral.decimals
        at -= 1
    at = _bracket(t, found, _sign(t, found, at), "inner")
    before = _currency_before(t, found, at)
    if before < 0:
        return False
    if before < at:
        at = _bracket(t, found, _sign(t, found, before), "outer")
    found.first = at
    if at == found.limit:
        return True
    if found.signed and (raw[at - 1][:1].isdigit() or raw[at - 1] == "%"):
        return False  # "10 -12%": a sign or a span
    return not t.glued(at) or bool(found.bracket) or raw[at - 1] in _OPENERS


def _sign(t: Tokens, found: Term, at: int) -> int:
    """The token of a sign directly before `at`; `at` itself if there is none, or only a hyphen."""
    if t.raw[at - 1] not in SIGNS or not t.glued(at) or found.signed or at == found.limit:
        return at
    if t.glued(at - 1) and t.raw[at - 2] not in SYMBOLS and t.raw[at - 2] not in "([|:":
        return at
    found.signed = True
    found.negative = t.raw[at - 1] != "+"
    return at - 1


def _bracket(t: Tokens, found: Term, at: int, where: str) -> int:
    if t.raw[at - 1] != "(" or not t.glued(at) or found.bracket or at == found.limit:
        return at
    if t.glued(at - 1) and t.raw[at - 2] not in SYMBOLS:
        return at
    found.bracket = where
    return at - 1


def _currency_before(t: Tokens, found: Term, at: int) -> int:
    """The token of the currency before `at`; `at` itself if there is none, -1 if unknown letters stand there."""
    raw = t.raw
    mark = raw[at - 1]
    gap = t.start[at] - t.end[at - 1]
    if gap > 2 or at == found.limit:
        return at
    if mark in SYMBOLS:
        found.currency = SYMBOLS[mark]
        return _nation_before(t, found, at - 1)
    if raw[at - 2] == "$" and gap == 0 and t.glued(at - 1) and mark.isupper() and mark.lower() in DOLLARS:
        found.currency = DOLLARS[mark.lower()]
        return at - 2  # "$US5 million"
    if mark in CODES and (not t.glued(at - 1) or raw[at - 2] in _BEFORE_CODE):
        found.currency = CODES[mark]
        return at - 1
    if mark[:1] in _MULTIPLES and mark[1:] in CODES and not t.glued(at - 1):
        found.multiple, found.currency = _MULTIPLES[mark[:1]], CODES[mark[1:]]
        return at - 1
    if mark == "." and t.glued(at - 1) and raw[at - 2] == "Rs":
        found.currency = "INR"
        return at - 2
    return -1 if gap == 0 and mark.isalnum() else at


# the power of ten is that of both numbers: "EUR 105.8 (83.4) million"
_BRACKETED: Final = re.compile(
    r"\s\((?:approximately\s)?(?:[A-Z]{3}\s?|[$€£])?[0-9][0-9.,]*\)\s(?P<scale>million|billion|mn|mln|bn|bln)\b"
)
_MULTIPLES: Final = {"M": "million", "T": "thousand", "K": "thousand", "k": "thousand"}


def _nation_before(t: Tokens, found: Term, at: int) -> int:
    """Take in the country before a currency symbol: `US$`, `HK $`, `U.S.$`, `USD $`; returns its token."""
    raw, low = t.raw, t.low
    prefixes = _PREFIXES.get(found.currency, {})
    code, place = "", at
    if t.glued(at) and low[at - 4 : at] == ["u", ".", "s", "."]:
        code, place = "USD", at - 4
    elif t.glued(at) and raw[at - 1].isalnum():
        code, place = prefixes.get(low[at - 1], ""), at - 1
        if not code or (t.glued(place) and raw[place - 1] not in _OPENERS):
            return -1
    elif t.start[at] - t.end[at - 1] == 1 and (raw[at - 1] in _NATION_MARKS or raw[at - 1] in CODES):
        code, place = prefixes.get(low[at - 1], CODES.get(raw[at - 1], "")), at - 1
        if code != found.currency and code not in prefixes.values():
            return -1
    found.currency = code or found.currency
    return place


def _scale(t: Tokens, found: Term) -> bool:
    """Take in "million", "bn", "lakh crore", "300-plus"; False if what directly follows makes it no number."""
    raw, low = t.raw, t.low
    _take_half(found, t)
    if not _powers(t, found) or (raw[found.after] and t.glued(found.after) and not _may_follow(t, found)):
        return False
    at = found.after
    if raw[at] == "+" and t.glued(at):
        found.bound, found.after = "at_least", at + 1
    elif raw[at] == "-" and t.glued(at) and low[at + 1] in {"plus", "odd"}:
        found.bound, found.after = ("at_least" if low[at + 1] == "plus" else "about"), at + 2
    elif low[at] == "plus" and not (raw[at + 1][:1].isdigit() or low[at + 1] in {"or", "a", "the"}):
        found.bound, found.after = "at_least", at + 1
    _take_half(found, t)
    return bool(found.scale) or found.bound == "exact" or _powers(t, found)


_BEFORE_HALF: Final = frozenset({"and", "-"})


def _take_half(found: Term, t: Tokens) -> None:
    """Take in "and a half", as in "a million and a half"."""
    at = found.after
    if t.low[at] not in _BEFORE_HALF:
        return
    words: list[str] = []
    while len(words) < 3:
        if t.low[at] != "-":
            words.append(t.low[at])
        at += 1
    if words in (["and", "a", "half"], ["and", "one", "half"]) and found.decimals <= 0:
        found.value += Decimal(5).scaleb(-found.decimals - 1)
        found.decimals, found.after = found.decimals + 1, at


def _powers(t: Tokens, found: Term) -> bool:
    """Take in at most two words or letters for powers of ten; False if the number's marks contradict them."""
    raw, low = t.raw, t.low
    numeral = found.numeral._replace(value=found.value, decimals=found.decimals)
    at = found.after
    for _ in range(2):
        word_at = at
        if raw[at] == "-" and t.glued(at) and t.glued(at + 1) and low[at + 1] in SCALES:
            word_at = at + 1
        word = low[word_at]
        exponent = SCALES.get(word, 0)
        if not exponent and found.digits and word_at == at:
            exponent = _abbreviated(word, glued=t.glued(at), money=bool(found.currency))
            found.short = found.short or (exponent > 0 and word in SHORT)
        if not exponent or (found.scale and found.scale in ABBREVIATIONS):
            break
        product = scaled(numeral, word, exponent)
        if product is None:
            return False
        numeral = product
        found.scale = found.scale or word
        at = word_at + 1
        if word in _ABBREVIATED and raw[at] == "." and t.glued(at) and _names_money(t, at + 1):
            at += 1
    behind = _BRACKETED.match(t.text, t.end[at - 1])
    word = found.multiple or (behind["scale"] if behind else "")
    if word and not found.scale:
        product = scaled(numeral, word, SCALES.get(word) or ABBREVIATIONS[word])
        if product is None:
            return False
        numeral, found.scale = product, word
    found.value, found.decimals, found.after = numeral.value, numeral.decimals, at
    return True


def _abbreviated(word: str, *, glued: bool, money: bool) -> int:
    if word not in ABBREVIATIONS or (word in SHORT and not (glued or money)):
        return 0
    if word in CURRENCY_ONLY and not (glued and money):
        return 0
    return ABBREVIATIONS[word]


def _names_money(t: Tokens, at: int) -> bool:
    return t.raw[at] in CODES or t.raw[at] in SYMBOLS or t.low[at] in NAMES or t.low[at] in {"us", "hong"}


def _unfinished(t: Tokens, found: Term) -> bool:
    """Whether a power of ten follows that was not taken in; the number is then not read at all."""
    at = found.after + 1 if t.raw[found.after] in {"(", ","} else found.after
    word = t.low[at]
    return word in SCALES or (word in ABBREVIATIONS and (word not in SHORT or bool(found.currency)))


def _may_follow(t: Tokens, found: Term) -> bool:
    """Whether the token directly after a number leaves it a number."""
    at = found.after
    mark = t.raw[at]
    if mark in "*†‡":
        return bool(found.scale) or (mark == "*" and _marked(t, at))  # 10² is no 10
    if mark in _CLOSERS:
        # 3.x and 10:xx are none
        return mark not in ".,:;" or not t.glued(at + 1) or not t.raw[at + 1][:1].isalnum()
    if mark in "([":
        return bool(found.scale)  # else a footnote, or 401(k)
    if mark in {"p", "P"}:
        return _pence(t, found)
    return mark in SYMBOLS or mark in "×¢" or mark in CODES or t.low[at] in GLUED


def _marked(t: Tokens, at: int) -> bool:
    """Whether no unit stands after the footnote mark or bold mark directly after a number."""
    while t.raw[at] == "*":
        at += 1
    word = t.low[at]
    if word in SCALES or word in ABBREVIATIONS or word in NAMES or word in _UNIT_WORDS:
        return False
    return t.raw[at] not in CODES and t.raw[at] not in SYMBOLS and not t.raw[at][:1].isdigit()


_UNIT_WORDS: Final = vocabulary("% percent per percentage pct basis bps pp points times fold us hong swiss")


def _unit(t: Tokens, found: Term) -> bool:
    """Take in percent, points or times, or a currency and its "per" word; False if units contradict."""
    measured = measure(t, found.after, whole=found.decimals <= 0)
    if measured is not None:
        found.unit, found.after = measured
        if found.unit == UNREADABLE or found.currency:
            return False
        found.per = _short_rate(t, found)
        if t.raw[found.after] == "+" and t.glued(found.after):
            found.bound, found.after = "at_least", found.after + 1
        elif hyphened(t, found.after) and t.low[found.after + 1] == "plus":
            found.bound, found.after = "at_least", found.after + 2
        return not (t.glued(found.after) and t.raw[found.after][:1].isalnum())
    named = currency(t, found.after, found.currency)
    if named is not None:
        if t.low[named.after - 1] in CENTS:
            if found.scale:
                return False
            _into_whole(found)
        found.currency, found.after = named
    elif _pence(t, found):
        _into_whole(found)
        found.currency, found.after = "GBP", found.after + 1
    if found.currency:
        found.per, found.after = per_what(t, found.after)
        found.per = found.per or _per_share(t, found)
        found.per = found.per or rate_before(t, found.first, money=True) or rate_behind(t, found.after)
    return found.currency != UNREADABLE


def _into_whole(found: Term) -> None:
    """Turn cents into dollars, pence into pounds."""
    found.cents = True
    found.value, found.decimals = found.value.scaleb(-2, ARITHMETIC), found.decimals + 2


def _pence(t: Tokens, found: Term) -> bool:
    """Whether "p" directly after digits means pence: beside earnings, dividends or prices of shares."""
    at = found.after
    if not found.digits or found.scale or found.currency or t.low[at] != "p" or not t.glued(at):
        return False
    if per_what(t, at + 1).unit == "share":
        return True
    return not _PENNY_WORTH.isdisjoint(t.low[max(0, found.first - _PENCE_REACH) : found.first])


_FOR_EACH: Final = re.compile(
    r"(?:\s\([0-9.,]+\))?(?:\sin\scash)?\s(?:for|per)\s(?:(?:each|every)\s)?(?:\w+\s)?share\b"
)


def _per_share(t: Tokens, found: Term) -> str:
    """What an amount is per by the words around it: "share" behind "Shr", or before "for each share"."""
    before = t.low[max(0, found.first - _PENCE_REACH) : found.first]
    if t.low[found.after] == "each" and "shares" in before:
        found.after += 1
        return "share"
    if not found.scale and (per := per_before(t, found.first)):
        return per
    is_pence = found.cents and t.low[found.after - 1] == "p" and not _PAID_OUT.isdisjoint(before)
    is_each = not found.scale and _FOR_EACH.match(t.text, t.end[found.after - 1])
    return "share" if is_pence or is_each else ""


_PAID_OUT: Final = frozenset({"dividend", "dividends"})


def _short_rate(t: Tokens, found: Term) -> str:
    """What a percentage is per, if that is shorter than a year: "2% a month"; else ""."""
    per = per_what(t, found.after).unit
    return per if per in SHORT_RATES else rate_before(t, found.first, money=False)


_PENCE_REACH: Final = 16
_PENNY_WORTH: Final = frozenset({"eps", "share", "shares", "dividend", "dividends"})


def _brackets(t: Tokens, found: Term, *, closed: bool) -> bool:
    """Decide whether brackets around a number are a minus sign or an aside; False if that is ambiguous."""
    if not found.bracket:
        return True
    before = t.raw[found.first - 1]
    if closed and not found.signed:
        # "(1,234)", "$(5) million": a minus sign, unless it is a footnote mark or an aside
        found.negative = found.bracketed = True
        follows_amount = before[:1].isdigit() or before == "%" or t.low[found.first - 1] in SCALES
        return found.measured or bool(found.scale) or (found.numeral.grouped and not follows_amount)
    if t.raw[found.first] == "(" and not closed:
        found.first += 1
    if closed or found.signed or t.raw[found.after] != ")":
        return True
    # alone within brackets: "RMB8.75 (US$1.22)" is an aside, "(36%)" and "($5 million)" could be either
    word = t.low[found.first - 2]
    after_money = word in SCALES or word in ABBREVIATIONS or word in NAMES or t.raw[found.first - 2] in CODES
    if found.scale:
        return bool(found.currency) and (after_money or t.raw[found.first - 2][:1].isdigit())
    return bool(found.currency) and found.currency not in FAMILIES and t.raw[found.first - 2][:1].isdigit()


def _marks_make_sense(found: Term) -> bool:
    """Whether an ambiguous comma or point has a unit beside it that settles its meaning."""
    if found.numeral.comma:
        return found.measured or bool(found.scale)
    return not found.numeral.doubtful or bool(found.scale) or bool(found.unit) or found.per == "share"
