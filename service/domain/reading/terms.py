"""One number with what belongs to it: sign, brackets, currency, scale, unit, and "per" what."""

from decimal import Decimal
from typing import Final

from service.domain.quantities import ARITHMETIC, Bound
from service.domain.reading.numerals import Numeral, from_digits, from_words, scaled
from service.domain.reading.tokens import Tokens
from service.domain.reading.words import (
    ABBREVIATIONS,
    CENTS,
    CODES,
    COMPARED,
    CURRENCY_ONLY,
    DOLLARS,
    NAMES,
    NATIONAL,
    NATIONS,
    PER_NOUNS,
    RATES,
    SCALES,
    SHORT,
    SYMBOLS,
    YENS,
    vocabulary,
)

SIGNS: Final = frozenset("-−+")
DASHES: Final = frozenset("-–")
FAMILIES: Final = frozenset({"$", "¥", "kr"})  # several currencies write themselves so
# what may stand glued before a number, and behind one
_OPENERS: Final = frozenset("([{\"'“‘«—|:;~<>≤≥*•·¡¿`")
_CLOSERS: Final = frozenset(")]}\"'”’»—–-|:;,.!?…%+/`")
_GLUED_UNITS: Final = vocabulary("mw gw kw mwh gwh kwh twh tb pb gb km kg") | frozenset(
    {"x", "pp", "ppt", "ppts", "pps", "bps", "bp", "bips", "pct", "fold", "euro", "euros"}
)
_ABBREVIATED: Final = frozenset({"mrd", "mio", "bn", "mn", "cr"})  # may end in a full stop


class Term:
    """A number being read: from token `first` up to token `after`."""

    __slots__ = (
        "after", "bound", "bracket", "bracketed", "currency", "decimals", "digits", "first", "limit", "negative", "numeral", "per",
        "place", "scale", "short", "signed", "unit", "value",
    )  # fmt: skip

    def __init__(self, numeral: Numeral, first: int, after: int, limit: int, *, digits: bool) -> None:
        self.numeral = numeral
        self.value: Decimal = numeral.value
        self.decimals = numeral.decimals
        self.place = first  # of the digits
        self.first = first
        self.after = after
        self.limit = limit
        self.digits = digits  # in digits rather than words
        self.currency = ""  # ISO code, or one of FAMILIES
        self.unit = ""  # percent, percentage_points, basis_points, times
        self.per = ""  # share, month, barrel …
        self.bound: Bound = "exact"  # written behind the number: "300+"
        self.scale = ""  # the first word or letter for a power of ten
        self.short = False  # that letter needs a currency or a noun to confirm it
        self.negative = False
        self.signed = False  # a sign is written
        self.bracketed = False  # the accountant's brackets, which say loss or decline by themselves
        self.bracket = ""  # one opens right before the digits (inner) or before the currency (outer)

    @property
    def measured(self) -> bool:
        """Whether it has a currency or a unit."""
        return bool(self.currency or self.unit)

    @property
    def bare(self) -> bool:
        """Whether it is digits alone, such as years, marks and numbers of things are."""
        return self.numeral.plain and not self.measured and not self.scale


def term(t: Tokens, place: int, *, limit: int = -1, joined_by_and: bool = True) -> Term | None:
    """The number at `place` (its digits or first number word) with its surroundings; None if unreadable.

    Nothing before `limit` belongs to it: there a dash or a word joins it to another number.
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


def finished(t: Tokens, numeral: Numeral, first: int, after: int) -> Term | None:
    """The number that the words from `first` up to `after` give, with its surroundings."""
    found = Term(numeral, first, after, -1, digits=False)
    return found if _complete(t, found) else None


def _complete(t: Tokens, found: Term) -> bool:
    """Takes in all that belongs to the number; False where it cannot be told."""
    if not _left(t, found):
        return False
    closed = found.bracket == "inner" and t.raw[found.after] == ")"
    if closed:
        found.after += 1
    if not (_scale(t, found) and _unit(t, found) and _brackets(t, found, closed=closed)):
        return False
    if not _marks_make_sense(found) or _unfinished(t, found):
        return False
    if found.negative:
        found.value = -found.value
    return True


def _left(t: Tokens, found: Term) -> bool:
    """Takes in sign, bracket and currency before the number; False where it is part of something else."""
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
    """The place of a sign glued before `at`, where it is one and no hyphen."""
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
    """The place of the currency before `at`, `at` itself if there is none, -1 if letters make it unknown."""
    raw = t.raw
    mark = raw[at - 1]
    gap = t.start[at] - t.end[at - 1]
    if gap > 2 or at == found.limit:
        return at
    if mark in SYMBOLS:
        found.currency = SYMBOLS[mark]
        at -= 1
        return _nation_before(t, found, at, DOLLARS if mark == "$" else YENS if mark == "¥" else {})
    if mark in CODES and not (t.glued(at - 1) and raw[at - 2] not in "([|:-–—~<>≤≥/\"'"):
        found.currency = CODES[mark]
        return at - 1
    if mark == "." and t.glued(at - 1) and raw[at - 2] == "Rs":
        found.currency = "INR"
        return at - 2
    return -1 if gap == 0 and mark.isalnum() else at


def _nation_before(t: Tokens, found: Term, at: int, prefixes: dict[str, str]) -> int:
    """Takes in what tells the currencies of one symbol apart: `US$`, `HK $`, `U.S.$`."""
    raw, low = t.raw, t.low
    if t.glued(at) and raw[at - 1] == "." and low[at - 2] == "s" and low[at - 4] == "u" and t.glued(at - 1):
        found.currency = "USD"
        return at - 4
    if t.glued(at) and raw[at - 1].isalnum():
        found.currency = prefixes.get(low[at - 1], "")
        return at - 1 if found.currency and not (t.glued(at - 1) and raw[at - 2] not in _OPENERS) else -1
    spaced = t.start[at] - t.end[at - 1] == 1
    if spaced and raw[at - 1] in {"US", "HK", "NT", "NZ", "AU", "CA", "SG"} and prefixes is DOLLARS:
        found.currency = prefixes[low[at - 1]]
        return at - 1
    if spaced and raw[at - 1] in CODES and low[at - 1] not in {"rs", "kr"}:
        # "USD $5 million"
        family = {"$": DOLLARS, "¥": YENS}.get(found.currency, {})
        code = CODES[raw[at - 1]]
        if code == found.currency or family.get(low[at - 1]) == code:
            found.currency = code
            return at - 1
        return -1
    return at


def _scale(t: Tokens, found: Term) -> bool:
    """Takes in "million", "bn", "lakh crore", "300-plus"; False where what is glued on means something else."""
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


def _take_half(found: Term, t: Tokens) -> None:
    """Takes in "and a half": of a million, in "a million and a half"."""
    at = found.after
    words: list[str] = []
    while len(words) < 3:
        if t.low[at] != "-":
            words.append(t.low[at])
        at += 1
    if words in (["and", "a", "half"], ["and", "one", "half"]) and found.decimals <= 0:
        found.value += Decimal(5).scaleb(-found.decimals - 1)
        found.decimals, found.after = found.decimals + 1, at


def _powers(t: Tokens, found: Term) -> bool:
    """Takes in at most two words or letters for powers of ten; False where the marks do not go with them."""
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
    """Whether a power of ten is left over behind the number: better nothing than a millionth of it."""
    at = found.after + 1 if t.raw[found.after] in {"(", ","} else found.after
    word = t.low[at]
    return word in SCALES or (word in ABBREVIATIONS and (word not in SHORT or bool(found.currency)))


def _may_follow(t: Tokens, found: Term) -> bool:
    """Whether what is glued behind a number leaves it a number."""
    at = found.after
    mark = t.raw[at]
    if mark in "*†‡":
        return bool(found.scale) or (mark == "*" and _marked(t, at))  # 10² is no 10
    if mark in _CLOSERS:
        # not "3.x" or "10:xx"
        return mark not in ".,:;" or not t.glued(at + 1) or not t.raw[at + 1][:1].isalnum()
    if mark in "([":
        return bool(found.scale)  # else a footnote, or 401(k)
    return mark in SYMBOLS or mark in "×¢" or mark in CODES or t.low[at] in _GLUED_UNITS


def _marked(t: Tokens, at: int) -> bool:
    """Whether no unit stands behind the mark of a note, or of bold type, that is glued to the number."""
    while t.raw[at] == "*":
        at += 1
    word = t.low[at]
    if word in SCALES or word in ABBREVIATIONS or word in NAMES or word in _UNIT_WORDS:
        return False
    return t.raw[at] not in CODES and t.raw[at] not in SYMBOLS and not t.raw[at][:1].isdigit()


_UNIT_WORDS: Final = vocabulary("% percent per percentage pct basis bps pp points times fold us hong swiss")


def _unit(t: Tokens, found: Term) -> bool:
    """Takes in percent, points, times, a currency and "per" what; False where two units contradict."""
    raw, low = t.raw, t.low
    at = found.after
    hyphen = raw[at] == "-" and t.glued(at) and t.glued(at + 1)
    word_at = at + 1 if hyphen else at
    word, following = low[word_at], low[word_at + 1]
    glued = t.glued(word_at) and not hyphen
    if word == "%" or word in {"percent", "pct", "percents"}:
        found.unit, at = "percent", word_at + 1
        point = at + 1 if raw[at] == "-" and t.glued(at) else at
        if low[point] in {"point", "points", "pts"}:
            found.unit, at = "percentage_points", point + 1
    elif word == "per" and following == "cent":
        found.unit, at = "percent", word_at + 2
    elif word == "percentage":
        point = word_at + 2 if following == "-" else word_at + 1
        if low[point] not in {"point", "points"}:
            return False
        found.unit, at = "percentage_points", point + 1
    elif word in {"pp", "ppt", "ppts", "pps"}:
        found.unit, at = "percentage_points", word_at + 1
    elif word == "p" and following == "." and low[word_at + 2] == "p" and raw[word_at + 3] == ".":
        found.unit, at = "percentage_points", word_at + 4
    elif word == "basis":
        point = word_at + 2 if following == "-" else word_at + 1
        if low[point] not in {"point", "points"}:
            return False
        found.unit, at = "basis_points", point + 1
    elif word in {"bps", "bp", "bips"}:
        found.unit, at = "basis_points", word_at + 1
    elif word in {"x", "×"} and (glued or word == "×"):
        if raw[at + 1][:1].isdigit() or (t.glued(at + 1) and raw[at + 1][:1].isalnum()):
            return False
        found.unit, at = "times", word_at + 1
    elif word == "times":
        if following not in COMPARED and found.decimals <= 0:
            return False  # how often, rather than how many times as much
        found.unit, at = "times", word_at + 1
    elif word == "fold" and (hyphen or glued):
        found.unit, at = "times", word_at + 1
    elif word in {"‰", "°"}:
        return False
    if found.unit:
        found.after = at
        if found.currency:
            return False
        if raw[at] == "+" and t.glued(at):
            found.bound, found.after = "at_least", at + 1
        return not (t.glued(at) and raw[at][:1].isalnum())
    return _currency_after(t, found, word_at, hyphen=hyphen) and _per(t, found)


def _currency_after(t: Tokens, found: Term, at: int, *, hyphen: bool) -> bool:
    raw, low = t.raw, t.low
    mark, word = raw[at], low[at]
    found_at, code = at, ""
    if mark in SYMBOLS and not hyphen:
        if not raw[at + 1][:1].isdigit() and raw[at + 1] != "(" and not found.currency:
            code = SYMBOLS[mark]
    elif mark in CODES and not raw[at + 1][:1].isdigit():
        code = CODES[mark]
    elif word in NAMES:
        code = NAMES[word]
        if word in {"pound", "pounds"} and low[at + 1] == "of":
            return False
        found_at += low[at + 1] == "sterling"
    elif word in CENTS:
        if found.scale or found.currency:
            return False
        found.value, found.decimals = found.value.scaleb(-2, ARITHMETIC), found.decimals + 2
        code = CENTS[word]
    else:
        code, found_at = _nation_after(t, at)
    if not code:
        return True
    if found.currency and code != found.currency and not narrows(found.currency, code):
        if code not in FAMILIES or not narrows(code, found.currency):
            return False
        code = found.currency
    found.currency = code
    found.after = found_at + 1
    return True


def _nation_after(t: Tokens, at: int) -> tuple[str, int]:
    """The currency named in two or three words at `at`, and the place of its last word."""
    raw, low = t.raw, t.low
    word, following = low[at], low[at + 1]
    if (word, following) in NATIONAL:
        return NATIONAL[word, following], at + 1
    if word == "u" and raw[at + 1] == "." and low[at + 2] == "s":
        name = at + 4 if raw[at + 3] == "." else at + 3
        return ("USD", name) if low[name] in {"dollar", "dollars"} else ("", at)
    if word in {"hong", "new"}:
        nation, name = word + following, at + 2
    else:
        nation, name = word, at + 1
    if low[name] == "-":
        name += 1
    if nation in NATIONS and low[name] in {"dollar", "dollars"}:
        return NATIONS[nation], name
    return "", at


def narrows(family: str, code: str) -> bool:
    """Whether `code` is one of the currencies that `family` may stand for."""
    if family == "$":
        return code in DOLLARS.values()
    if family == "¥":
        return code in {"CNY", "JPY"}
    return family == "kr" and code in {"SEK", "NOK", "DKK", "ISK"}


def _per(t: Tokens, found: Term) -> bool:
    """Takes in "per share", "a month", "/barrel" behind an amount of money, and "EPS of" before it."""
    if found.currency:
        found.per, found.after = per_what(t, found.after)
        if not found.per and not found.scale:
            found.per = _per_share_before(t, found.first)
    return True


def _per_share_before(t: Tokens, at: int) -> str:
    """What an amount is per, where that stands before it in its clause: "earnings per ADS were $1.21"."""
    low = t.low
    for place in range(at - 1, at - 14, -1):
        word = low[place]
        if word == "eps":
            return "share"
        if word == "per" and low[place + 1].isalpha() and low[place - 1] != "except":
            return per_what(t, place)[0]
        if word in {".", ";", "and", "while", "except"}:
            return ""
    return ""


def per_what(t: Tokens, at: int) -> tuple[str, int]:
    """What an amount or count at `at` is per, or "", and the place after it."""
    low = t.low
    word = low[at]
    if word in RATES:
        return RATES[word], at + 1
    if word == "/" and t.glued(at):
        if low[at + 2] == "/":
            return "?", at + 2  # per user and month
        return (_singular(low[at + 1]), at + 2) if low[at + 1].isalpha() else ("", at)
    if (word == "per" and low[at + 1] != "cent") or (word in {"each", "every"} and low[at + 1] in PER_NOUNS):
        noun = at + 1
        while low[noun] in {
            "diluted",
            "basic",
            "common",
            "ordinary",
            "adjusted",
            "the",
            "american",
            "depositary",
        }:
            noun += 1
        if low[noun].isalpha():
            return _singular(low[noun]), noun + 1
        return "?", at + 1  # per something unknown: "per 1,000 users"
    if (
        word in {"a", "an"}
        and low[at + 1] in PER_NOUNS
        and low[at + 2] not in {"earlier", "ago", "before", "prior"}
    ):
        return low[at + 1], at + 2
    if word == "apiece":
        return "piece", at + 1
    return "", at


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and word not in {"ads"} else word


def _brackets(t: Tokens, found: Term, *, closed: bool) -> bool:
    """Decides what brackets around a number mean: a loss, or an aside."""
    if not found.bracket:
        return True
    before = t.raw[found.first - 1]
    if closed and not found.signed:
        # "(1,234)", "$(5) million": the accountant's minus, if nothing makes it a mark or an aside
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
    numeral = found.numeral
    if numeral.comma:
        return found.measured or bool(found.scale)
    if numeral.doubtful:
        return bool(found.scale) or found.unit != "" or found.per == "share"
    return True
