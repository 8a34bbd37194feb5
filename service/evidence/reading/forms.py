"""Read numbers that are not cardinals: fractions, "double-digit", "tripled", ranks, streaks."""

import re
from collections.abc import Callable
from decimal import Context, Decimal
from typing import Final, NamedTuple

from service.core.quantities import Role
from service.evidence.reading import bounds, context, roles
from service.evidence.reading.change import change
from service.evidence.reading.languages.en import (
    COMPARED,
    DIGITS_OF,
    DOWN,
    FRACTIONS,
    LABELS,
    ORDINALS,
    TIMES_WORDS,
    UNITS,
    UP,
    vocabulary,
)
from service.evidence.reading.numerals import scaled_part
from service.evidence.reading.readings import Reading
from service.evidence.reading.tokens import Tokens

_THIRDS: Final = Context(prec=30)
_EXACT_PLACES: Final = 4  # a fraction with more decimal places in percent has the accuracy of a whole percent
_YEAR: Final = re.compile("(?:19|20)[0-9]{2}")
_GROWTH: Final = (
    UP | DOWN | vocabulary("rate rates percent percentage pace margin margins inflation yoy year")
)
_NO_PERCENT: Final = vocabulary(
    "million millions billion billions thousand thousands trillion number numbers dollar dollars basis inflation temperatures"
    " sum sums points point"
)
_SHADED: Final = frozenset({"low", "mid", "high", "-", "to", "upper", "lower"})
_DETERMINED: Final = vocabulary(
    "the its their our all total that those these this his her global worldwide revenue sales"
)
_ALL_OF: Final = frozenset({"the", "its", "their", "our", "all"})
_SPANS_OF_TIME: Final = vocabulary("year years day month week quarter decade century time")
_NO_HALF: Final = vocabulary("first second last latter back other h and - better")
_PLACED: Final = frozenset({"ranked", "ranks", "ranking", "rank", "placed"})
_SHARED: Final = frozenset({"joint", "tied", "equal", "and", "or", "-"})
_HELD: Final = frozenset({"the", "as", "is", "remains", "ranked", "ranks"})
_BUSINESS: Final = vocabulary(
    "provider vendor player company supplier maker manufacturer operator platform retailer bank carrier group firm brand"
    " producer lender insurer exporter employer network marketplace market community app chipmaker automaker carmaker"
)


class Form(NamedTuple):
    """The result of a handler: the token to go on at, and the reading with its first token, if there is one."""

    resume: int
    first: int = 0
    reading: Reading | None = None


def number_form(t: Tokens, at: int) -> Form | None:
    """Read an ordinal in digits, "No. 1" or "#1" at token `at`; None if the digits are a plain number."""
    digits = t.raw[at]
    if not digits.isdigit() or len(digits) > 3:
        return None
    if t.glued(at + 1) and t.low[at + 1] in {"st", "nd", "rd", "th"}:
        return _ordinal(t, at, at + 2, int(digits))
    split = t.glued(at + 1) and t.raw[at + 1][:1] in "-/%"  # No. 10-123
    if len(digits) < 3 and not split and _after_number_mark(t, at):
        return _rank(t, at - 1 if t.raw[at - 1] == "#" else at - 2, at + 1, int(digits))
    return None


def _after_number_mark(t: Tokens, at: int) -> bool:
    """Whether "No." or "#" stands before, and before that no word that makes it a label ("Rule No. 1")."""
    if t.raw[at - 1] == "#" and t.glued(at):
        before = at - 2
    elif t.raw[at - 1] == "." and t.raw[at - 2] in {"No", "NO"}:
        before = at - 3
    elif t.raw[at - 1] == "No":
        before = at - 2
    else:
        return False
    word = t.raw[before]
    if t.glued(before + 1) and word[:1].isalnum():
        return False
    titled = word[:1].isupper() or t.low[before] in LABELS
    return not titled or word.endswith("'s") or word in {"The", "As"}


def _rank(t: Tokens, first: int, after: int, value: int) -> Form:
    return _held(t, first, after, "rank", value)


def _held(t: Tokens, first: int, after: int, role: Role, value: int) -> Form:
    """A rank or streak, unless the clause denies it, only hopes for it, or says that it is over."""
    if context.unheld(t, first):
        return Form(after)
    made = Reading(start=t.start[first], end=t.end[after - 1], role=role, value=Decimal(value))
    return Form(after, first, made)


def _ordinal_word(t: Tokens, at: int, _: int) -> Form | None:
    return _ordinal(t, at, at + 1, ORDINALS[t.low[at]])


def _ordinal(t: Tokens, at: int, after: int, value: int) -> Form | None:
    """Takes "Third-largest", "third place", "ranked third", "third straight quarter"."""
    hyphened = after + 1 if t.raw[after] == "-" and t.glued(after) else after
    if end := roles.streak(t, hyphened):
        return _held(t, at, end, "streak", value)
    if t.low[at - 1] in _SHARED or t.low[at - 2] in {"tied", "joint"}:
        return Form(after)
    if end := roles.rank(t, after):
        return _rank(t, at, end, value)
    if t.low[at - 1] in _PLACED and t.low[after] not in {"quarter", "half", "-"}:
        return _rank(t, at - 1, after, value)
    return Form(after)


def _number_one(t: Tokens, at: int, _: int) -> Form | None:
    """Takes "China's number one provider"."""
    place = at + 2 if t.low[at + 1] == "-" else at + 1
    value = UNITS.get(t.low[place], 0)
    held = t.low[at - 1] in _HELD or t.low[at - 1].endswith("'s")
    return _rank(t, at, place + 1, value) if value and held and t.low[place + 1] != "of" else None


def _largest(t: Tokens, at: int, _: int) -> Form | None:
    """Takes "The largest cloud provider" ranks first; "one of the largest" does not."""
    low = t.low
    before = at - 2 if low[at - 1] == "single" else at - 1
    held = low[before] == "the" or low[before].endswith("'s")
    one_of_many = low[before - 1] in {"of", "among", "amongst"} or low[before - 2] in {"of", "among"}
    phrase, after = context.nouns(t, at + 1)
    if not held or one_of_many or low[after] == "after" or _BUSINESS.isdisjoint(phrase):
        return None
    return _rank(t, at, at + 1, 1)


def _digit_count(t: Tokens, at: int, floor: int) -> Form | None:
    """Takes "Double-digit", "triple digits": a span of percent where the words around speak of growth."""
    low = t.low
    place = at + 2 if low[at + 1] == "-" else at + 1
    if low[place] not in {"digit", "digits"}:
        return None
    after = place + 1
    percent = low[after] in {"percentage", "percent", "%"}
    after += percent
    ahead = low[after : after + 5]
    other = low[at - 1] in _SHADED or not _NO_PERCENT.isdisjoint(ahead[:3])
    if other or not (percent or not _GROWTH.isdisjoint(low[max(0, at - 6) : at] + ahead)):
        return Form(after)
    bound, start = bounds.before(t, at)
    if bound != "exact" or context.negated(t, start, 0):
        return Form(after)
    lowest, highest = DIGITS_OF[low[at]]
    made = Reading(
        start=t.start[start],
        end=t.end[after - 1],
        low=Decimal(lowest),
        high=Decimal(highest),
        unit="percent",
        change=change(t, start, after, floor, "rate"),
    )
    return Form(after, start, made)


def _times_word(t: Tokens, at: int, _: int) -> Form | None:
    """Takes "Tripled", "threefold", "twice the level"."""
    word, following = t.low[at], t.low[at + 1]
    compound = t.glued(at + 1) and following == "-"
    if compound or following == "down" or (word in {"twice", "thrice"} and following not in COMPARED):
        return None
    bound, start = bounds.before(t, at)
    if bound is None or context.negated(t, start, 0):
        return None
    value = Decimal(TIMES_WORDS[word])
    made = Reading(start=t.start[start], end=t.end[at], value=value, unit="times", bound=bound)
    return Form(at + 1, start, made)


def fraction(t: Tokens, at: int, floor: int) -> Form | None:
    """Takes "a third of", "two-thirds of", "half its sales", "by half"; None if it is no fraction."""
    low = t.low
    place, above = at, 1
    if low[at] != "half":
        above = 1 if low[at] in {"a", "one"} else UNITS.get(low[at], 0)
        place = at + 2 if low[at + 1] == "-" and t.glued(at + 1) else at + 1
    name = low[place]
    below = FRACTIONS.get(name, 0)
    if not 0 < above < below or (above > 1) != name.endswith("s") or low[at - 1] in _NO_HALF:
        return None
    after = place + 1
    hyphen = low[place - 1] == "-"
    bound, start = bounds.before(t, at)
    if below == 4 and scaled_part(t, after):
        return None  # "a quarter of a million" is a number
    if not _of_something(t, after, start, timed=name.startswith("quarter") and not hyphen):
        # "three quarters" may be a time; "two-thirds" may not
        other = low[after : after + 2] == ["of", "a"] or hyphen or (name.endswith("s") and name != "quarters")
        return Form(after) if other and above > 1 else None
    if bound is None or context.negated(t, start, 0):
        return Form(after)
    share = _THIRDS.divide(Decimal(100 * above), Decimal(below))
    places = -int(share.normalize().as_tuple().exponent)
    made = Reading(
        start=t.start[start],
        end=t.end[after - 1],
        value=share,
        decimals=max(places, 0) if places < _EXACT_PLACES else 0,
        unit="percent",
        bound=bound,
        change=change(t, start, after, floor, "rate"),
    )
    return Form(after, start, made)


def _of_something(t: Tokens, after: int, start: int, *, timed: bool) -> bool:
    """Whether a fraction is a share of something; not "a quarter of 2025" or "half of a million"."""
    low = t.low
    if low[start - 1] == "by":
        return low[after] != "of" and not low[after][:1].isalnum()
    if low[after] == "of":
        thing = low[after + 1]
        deep = low[after + 2] if thing in {"the", "this", "last", "that", "fiscal", "its"} else thing
        if deep in _SPANS_OF_TIME or _YEAR.fullmatch(deep) or thing in {"a", "an"}:
            return False
        return not timed or thing in _DETERMINED or thing.endswith("'s")
    return low[after - 1] == "half" and low[after] in _ALL_OF and low[after + 1] not in _SPANS_OF_TIME


# handlers by the first word; the last argument is the token after the quantity before
FORMS: Final[dict[str, Callable[[Tokens, int, int], Form | None]]] = (
    dict.fromkeys((*UNITS, "a", "an", "half"), fraction)
    | dict.fromkeys(ORDINALS, _ordinal_word)
    | dict.fromkeys(TIMES_WORDS, _times_word)
    | dict.fromkeys(DIGITS_OF, _digit_count)
    | dict.fromkeys(("largest", "biggest"), _largest)
    | {"number": _number_one}
)
