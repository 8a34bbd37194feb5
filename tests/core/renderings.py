"""Quantities as business text writes them: what Hypothesis draws, with the words for it.

Every rendering comes with the quantity that it says, so that a test can ask for it back, or for another
one that differs in one thing.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from hypothesis import strategies as st

from service.core.quantities import Bound

SCALES: Final = {
    "": 0, " thousand": 3, " million": 6, " billion": 9, " trillion": 12, "bn": 9, " bn": 9, "mn": 6, " mn": 6,
    "m": 6, "M": 6, "B": 9, "b": 9, "tn": 12, "-billion": 9, " crore": 7, " lakh": 5, " lakh crore": 12, "k": 3,
}  # fmt: skip
# letters that mean nothing without a currency or a noun behind them
WORDED: Final = [scale for scale in SCALES if scale[:1] in {"", " "} and scale != ""]
PREFIXES: Final = {
    "US$": "USD", "USD ": "USD", "$": "USD", "€": "EUR", "EUR ": "EUR", "EUR": "EUR", "£": "GBP", "HK$": "HKD",
    "C$": "CAD", "A$": "AUD", "RMB": "CNY", "RMB ": "CNY", "CNY ": "CNY", "₹": "INR", "Rs ": "INR", "Rs. ": "INR",
    "CHF ": "CHF", "SEK ": "SEK", "₩": "KRW", "¥": "CNY", "JPY ": "JPY", "CN¥": "CNY", "R$": "BRL", "NT$": "TWD",
}  # fmt: skip
SUFFIXES: Final = {
    " dollars": "USD", " US dollars": "USD", " U.S. dollars": "USD", " USD": "USD", " euros": "EUR", " EUR": "EUR",
    " yuan": "CNY", " renminbi": "CNY", " yen": "JPY", " rupees": "INR", " Swiss francs": "CHF",
    " Hong Kong dollars": "HKD", " Canadian dollars": "CAD", " won": "KRW", " pounds sterling": "GBP",
}  # fmt: skip
MEASURES: Final = {
    "%": "percent", " %": "percent", " percent": "percent", " per cent": "percent", " pct": "percent",
    " percentage points": "percentage_points", "pp": "percentage_points", " ppts": "percentage_points",
    " basis points": "basis_points", "bps": "basis_points", " bps": "basis_points", "x": "pure",
}  # fmt: skip
BOUNDS: Final[dict[str, Bound]] = {
    "": "exact", "over ": "at_least", "more than ": "at_least", "at least ": "at_least", "upwards of ": "at_least",
    "in excess of ": "at_least", "no less than ": "at_least", "well over ": "at_least", "up to ": "at_most",
    "as much as ": "at_most", "at most ": "at_most", "no more than ": "at_most", "less than ": "at_most",
    "under ": "at_most", "about ": "about", "around ": "about", "roughly ": "about", "nearly ": "about",
    "almost ": "about", "approximately ": "about", "some ": "about", "close to ": "about",
}  # fmt: skip
SPANS: Final = {
    "{0}–{1}%": ("percent", 0), "{0}-{1} percent": ("percent", 0), "{0}% to {1}%": ("percent", 0),
    "between {0} and {1} percent": ("percent", 0), "${0}-{1} billion": ("USD", 9),
    "${0} billion to ${1} billion": ("USD", 9), "between {0} and {1} million users": ("users", 6),
    "€{0}bn–€{1}bn": ("EUR", 9), "{0}-{1} basis points": ("basis_points", 0),
}  # fmt: skip
NOUNS: Final = (
    "users",
    "downloads",
    "models",
    "employees",
    "stores",
    "data centers",
    "customers",
    "tokens",
    "shares",
)
ADJECTIVES: Final = ("", "", "active ", "new ", "free ", "open-source ", "registered ")
# none of the numbers here is a quantity
BEFORE: Final = (
    "",
    "In 2025 the figure reached ",
    "On September 30, 2025 it came to ",
    "In Q3 2025, according to section 4.2, it had ",
    "By the end of fiscal 2024 that made ",
    "With Qwen3-235B and the A100 it reached ",
    "In the third quarter the company reported ",
    "(1) The report (see note 12) names ",
)
AFTER: Final = (
    "",
    ".",
    " in 2025.",
    ", it said.",
    " for the year.",
    " at the end of 2025.",
    " (see page 17).",
    "; GPT-4 came later.",
)


@dataclass(frozen=True)
class Said:
    """A quantity, and the words that say it: `text` is `lead` + `words` + `trail`."""

    words: str
    low: Decimal
    high: Decimal | None
    unit: str
    decimals: int
    bound: Bound
    lead: str = ""
    trail: str = ""
    less: bool = False

    @property
    def text(self) -> str:
        """The passage."""
        return f"{self.lead}{self.words}{self.trail}"


MARKS: Final = {"swiss": "'", "thin": "\u2009", "nbsp": "\u00a0"}
ZEROS: Final = {"wide": 0xFF10, "arabic": 0x0660}


def grouped(number: Decimal, style: str) -> str:
    """The digits with thousands and decimal marks of a style."""
    text = f"{number:,f}"
    if style in MARKS:
        return text.replace(",", MARKS[style])
    if style in ZEROS:
        return text.translate({ord(digit): ZEROS[style] + int(digit) for digit in "0123456789"})
    return text


def with_places(whole: int, places: int, tail: int) -> Decimal:
    """A number with as many decimal places as asked, none of them a trailing zero of the tail alone."""
    return Decimal(whole) + Decimal(tail % 10**places).scaleb(-places) if places else Decimal(whole)


mantissas = st.builds(with_places, st.integers(1, 999_999), st.sampled_from([0, 0, 1, 2]), st.integers(1, 99))
small = st.builds(with_places, st.integers(1, 999), st.sampled_from([0, 0, 1, 2]), st.integers(1, 99))
styles = st.sampled_from(
    ["english", "english", "english", "plain", "swiss", "thin", "nbsp", "wide", "arabic"]
)


def _places(number: Decimal) -> int:
    return -int(number.as_tuple().exponent)


@st.composite
def money(draw: st.DrawFn) -> Said:
    """An amount: prefix or suffix, any scale."""
    number = draw(mantissas | small)
    digits = grouped(number, draw(styles))
    power = 0
    if draw(st.booleans()):
        prefix, unit = draw(st.sampled_from(sorted(PREFIXES.items())))
        scale = draw(st.sampled_from(sorted(SCALES)))
        words = f"{prefix}{digits}{scale}"
    else:
        suffix, unit = draw(st.sampled_from(sorted(SUFFIXES.items())))
        scale = draw(st.sampled_from(["", *WORDED]))
        words = f"{digits}{scale}{suffix}"
    power = SCALES[scale]
    value = number.scaleb(power)
    return Said(words, value, None, unit, _places(number) - power, "exact")


@st.composite
def measure(draw: st.DrawFn) -> Said:
    """A number of percent, points or times."""
    number = draw(small)
    suffix, unit = draw(st.sampled_from(sorted(MEASURES.items())))
    return Said(f"{grouped(number, draw(styles))}{suffix}", number, None, unit, _places(number), "exact")


@st.composite
def count(draw: st.DrawFn) -> Said:
    """A number of things."""
    scale = draw(st.sampled_from(["", *WORDED]))
    number = draw(small) if scale else Decimal(draw(st.integers(2100, 9_999_999) | st.integers(2, 999)))
    noun = draw(st.sampled_from(NOUNS))
    digits = grouped(number, draw(styles))
    power = SCALES[scale]
    unit = noun.replace(" ", "_")
    return Said(
        f"{digits}{scale} {draw(st.sampled_from(ADJECTIVES))}{noun}",
        number.scaleb(power), None, unit, _places(number) - power, "exact",
    )  # fmt: skip


@st.composite
def span(draw: st.DrawFn) -> Said:
    """Two numbers of one unit."""
    low, high = sorted(draw(st.lists(st.integers(1, 999), min_size=2, max_size=2, unique=True)))
    style = draw(st.sampled_from(sorted(SPANS)))
    unit, power = SPANS[style]
    return Said(
        style.format(low, high), Decimal(low).scaleb(power), Decimal(high).scaleb(power), unit, -power, "exact"
    )  # fmt: skip


def _split(words: str) -> list[str]:
    return words.split()


_ONES: Final = _split(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen"
)
_TENS: Final = _split("_ _ twenty thirty forty fifty sixty seventy eighty ninety")


def worded(number: int) -> str:
    """A number in words, in British style."""
    for power, name in ((12, "trillion"), (9, "billion"), (6, "million"), (3, "thousand")):
        above, rest = divmod(number, 10**power)
        if above:
            joint = " and " if 0 < rest < 100 else " "
            return f"{worded(above)} {name}" + (f"{joint}{worded(rest)}" if rest else "")
    hundreds, rest = divmod(number, 100)
    if hundreds:
        return f"{_ONES[hundreds]} hundred" + (f" and {worded(rest)}" if rest else "")
    if number < 20:
        return _ONES[number]
    tens, ones = divmod(number, 10)
    return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")


@st.composite
def in_words(draw: st.DrawFn) -> Said:
    """A number in words, of percent, euros or things."""
    number = draw(st.integers(2, 999) | st.integers(2, 10**13 - 1))
    text = worded(number)
    decimals = 0
    for power, name in ((12, "trillion"), (9, "billion"), (6, "million"), (3, "thousand"), (2, "hundred")):
        if text.endswith(name):
            decimals = -power
            break
    suffix, unit = draw(st.sampled_from([(" percent", "percent"), (" euros", "EUR"), (" users", "users")]))
    return Said(text + suffix, Decimal(number), None, unit, decimals, "exact")


@st.composite
def placed(draw: st.DrawFn) -> Said:
    """A quantity with a bound, within a sentence that holds other numbers."""
    said = draw(money() | measure() | count() | span() | in_words())
    lead = draw(st.sampled_from(BEFORE))
    trail = draw(st.sampled_from(AFTER))
    if said.high is None:
        bound = draw(st.sampled_from(sorted(BOUNDS)))
        said = replace(said, words=bound + said.words, bound=BOUNDS[bound])
    return replace(said, lead=lead, trail=trail)
