"""Read two numbers joined by a dash, "to" or "and": a span, or two quantities."""

from typing import Final, Literal

from service.core.quantities import ARITHMETIC
from service.evidence.reading import bounds, context, modality
from service.evidence.reading.languages.en import CODES, DOLLARS, SYMBOLS, vocabulary
from service.evidence.reading.numerals import NUMBER_WORDS
from service.evidence.reading.terms import DASHES, SIGNS, Term, term
from service.evidence.reading.tokens import Tokens
from service.evidence.reading.units import narrows

Joint = Literal["", "dash", "to", "and", "broken"]
# a span; two quantities; only the first; or none, because it cannot be told
Sense = Literal["span", "both", "first", "none"]

_UNEVEN: Final = 100  # "$1,500 to $2 billion" is no span
_APART: Final = 3  # times: "by €310m to €1.4bn"
_SPREAD: Final = vocabulary("ranging range ranges ranged anywhere of between")
_BEFORE_DIGITS: Final = SYMBOLS.keys() | CODES.keys() | SIGNS | {"(", "."}


def second(t: Tokens, first: Term, *, between: bool) -> tuple[Term | None, Joint]:
    """The number joined to `first`, and how; "broken" if what follows is ambiguous."""
    at = first.after
    joint = _joint(t, at, between=between)
    if joint in {"", "broken"}:
        unclear = between or (t.low[at] == "or" and _starts_number(t, at + 1))
        return None, "broken" if joint == "broken" or (unclear and not first.measured) else ""
    start = next_number(t, at + 1)
    if start < 0:
        return None, "broken" if joint == "and" else ""
    found = term(t, start, limit=at + 1)
    if found is None or found.first != at + 1:
        return None, "" if joint == "to" else "broken"
    after = found.after
    if joint == "dash" and t.raw[after] in DASHES and t.glued(after) and t.raw[after + 1][:1].isdigit():
        return found, "broken"  # a telephone number, a date
    return found, joint


def _joint(t: Tokens, at: int, *, between: bool) -> Joint:
    if t.raw[at] in DASHES:
        if t.glued(at) == t.glued(at + 1):
            return "dash"
        return "broken" if t.raw[at + 1][:1].isdigit() else ""
    if t.low[at] == "to":
        return "to"
    return "and" if t.low[at] == "and" and between else ""


def _starts_number(t: Tokens, at: int) -> bool:
    return t.raw[at][:1].isdigit() or t.low[at] in NUMBER_WORDS


def next_number(t: Tokens, at: int) -> int:
    """The token of the digits or number word at `at`, or after a currency there; -1 if there is none."""
    for place in range(at, at + 4):
        if _starts_number(t, place):
            return place
        if t.raw[place] not in _BEFORE_DIGITS and t.low[place] not in DOLLARS:
            break
    return -1


def sense(t: Tokens, first: Term, other: Term, joint: Joint) -> Sense:
    """Decide what two joined numbers are. Copies the unit, currency and scale of one to the other."""
    _, start = bounds.before(t, first.first)
    both_measured = first.measured and other.measured
    alike = _unified(first, other)
    if joint == "to":
        if (t.low[start - 1] == "from" and t.low[start - 2] not in _SPREAD) or _from_a_low(t, start):
            return "both" if alike else "first" if both_measured else "none"
        given = first.currency and first.scale and not other.scale and context.nouns(t, other.after)[0]
        if (not alike and first.measured) or given:
            return "first"  # "rose 26% to $33 billion", "gave $340 million to 1,100 schools"
        is_forecast = first.unit == "percent" and modality.is_expected(t, start, other.after)
        if context.moved(t, start) and (both_measured or not first.measured) and not is_forecast:
            # "rose by 5 to 40"; but "rose $3 billion to $5 billion" may be a span
            apart = t.low[start - 1] == "by" and other.value > _APART * abs(first.value)
            return "both" if alike and apart and both_measured == first.measured else "none"
    years = first.bare and other.bare and 1900 <= first.value <= 2099
    uneven = first.decimals >= 0 > other.decimals and other.value > _UNEVEN * abs(first.value)
    return "span" if alike and first.value < other.value and not (years or uneven) else "none"


def _from_a_low(t: Tokens, start: int) -> bool:
    """Whether "from a low of" or the like stands before the number."""
    return t.low[start - 4 : start - 2] == ["from", "a"] and t.low[start - 1] == "of"


def _unified(first: Term, other: Term) -> bool:
    """Copy unit, currency and scale between two joined numbers; False if they contradict."""
    # "$1 to 58 cents", "58 cents to 62", and not "95 cents to $1.05"
    mixed = first.cents != other.cents and (not other.currency if first.cents else first.measured)
    if not _same_currency(first, other):
        return False
    if not first.measured:
        first.unit = other.unit
    first.per = first.per or other.per
    if mixed or first.unit != other.unit or first.per != other.per:
        return False
    if other.cents and not first.cents:
        first.value, first.decimals = first.value.scaleb(-2, ARITHMETIC), first.decimals + 2
    power = (
        0
        if other.cents
        else other.numeral.decimals - other.decimals
        if other.digits
        else max(0, -other.decimals)
    )
    if power and not first.scale and first.decimals >= 0:
        if first.numeral.grouped or abs(first.value) >= 1000:
            return power > 0
        first.value = first.value.scaleb(power, ARITHMETIC)
        first.decimals -= power
    return not (first.scale and not other.scale and not other.numeral.grouped and other.digits)


def _same_currency(first: Term, other: Term) -> bool:
    if not first.measured:
        first.currency = other.currency
    elif not other.measured:
        other.currency = first.currency
    if narrows(first.currency, other.currency):
        first.currency = other.currency
    elif narrows(other.currency, first.currency):
        other.currency = first.currency
    return first.currency == other.currency
