"""The grammar: which numbers of a text are quantities, and of what."""

import re
from collections.abc import Callable
from decimal import Context, Decimal
from typing import Final, Literal

from msgspec import Struct, structs

from service.domain.quantities import ARITHMETIC, Bound
from service.domain.reading import bounds, context, roles
from service.domain.reading.change import Change, Sort, change
from service.domain.reading.folding import fold
from service.domain.reading.numerals import Numeral
from service.domain.reading.terms import DASHES, Term, finished, narrows, per_what, term
from service.domain.reading.tokens import Tokens
from service.domain.reading.words import (
    BOUNDS,
    CLAUSE_ENDS,
    CODES,
    COMPARED,
    CUT,
    DIGITS_OF,
    DOLLARS,
    DOWN,
    FRACTIONS,
    LABELS,
    MONTHS,
    OPPOSITE,
    ORDINALS,
    PER_NOUNS,
    PHRASE_ENDS,
    SCALES,
    SYMBOLS,
    TENS,
    TIME_UNITS,
    TIMES_WORDS,
    UNITS,
    UP,
    vocabulary,
)

Role = Literal["quantity", "streak", "rank", "duration"]


class Reading(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One number that the text gives, as far as it can be told.

    `start` and `end` count code points of the text that was read. A span has `low` and `high` instead of
    `value`. Magnitudes are as written: `change` tells whether the words make it one of less.
    """

    start: int
    end: int
    role: Role = "quantity"
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    decimals: int = 0  # of the last digit written, as XBRL counts: "53 billion" is -9
    bound: Bound = "exact"
    unit: str = ""  # ISO code, percent, percentage_points, basis_points, times; "$", "¥", "kr": which is open
    per: str = ""  # share, month, barrel …
    change: Change = ""
    nouns: tuple[str, ...] = ()  # the phrase counted, lower case; its head is the last noun


_YEAR: Final = re.compile("(?:19|20)[0-9]{2}")
_THIRDS: Final = Context(prec=30)
_NUMBER_WORDS: Final = UNITS.keys() | TENS.keys()
_GROWTH: Final = (
    vocabulary(
        "growth rate rates percent percentage increase increases increased gain gains pace expansion margin margins"
        " inflation yoy year"
    )
    | UP
    | DOWN
)
_NO_PERCENT: Final = vocabulary(
    "million millions billion billions thousand thousands trillion number numbers dollar dollars basis inflation"
    " temperatures sum sums points point"
)
_DETERMINED: Final = vocabulary(
    "the its their our all total that those these this his her global worldwide revenue sales"
)
_TIMES_OF: Final = vocabulary("year years day month week quarter decade century time 2023 2024 2025 2026")
_PLACED: Final = frozenset({"ranked", "ranks", "ranking", "rank", "placed"})
_HOPES: Final = vocabulary(
    "once formerly former previously aims aim aimed wants want hopes hope seeks seek vying become becoming"
    " aspires could would might ambition used ended snapped broke ending snapping breaking"
)
_RATE_UNITS: Final = frozenset({"percent", "percentage_points", "basis_points", "times"})
_COMPARISON: Final = vocabulary("year over on - from a earlier quarter month sequentially annually")
_JOINING: Final = frozenset({",", "or", "and", "(", "&"})
_STOPS: Final = frozenset({".", ";", "!", "?"})
_EMPLOYING: Final = vocabulary("employ employs employed employing workforce staff headcount payroll")
_NEAR: Final = 12  # tokens
_BUSINESS: Final = vocabulary(
    "provider vendor player company supplier maker manufacturer operator platform retailer bank carrier group"
    " firm brand producer lender insurer exporter employer network marketplace market community app"
    " chipmaker automaker carmaker"
)
_HOLDERS: Final = frozenset(
    {"has", "have", "had", "with", "employs", "employed", "operates", "operated", "hired", "hire"}
)
_FIRM_BOUNDS: Final = frozenset({"over", "than", "least", "nearly", "almost", "to", "exceeding", "above"})
_FEW: Final = vocabulary("several few many couple every each another first next last initial final")
_NAME_SAFE: Final = PHRASE_ENDS | BOUNDS.keys() | UP | DOWN | CUT | _HOLDERS


def read(text: str) -> tuple[Reading, ...]:
    """Every quantity of `text` that can be told without doubt, in the order they stand.

    Years, dates, times, names of products, section numbers, marks of notes and lists, phone numbers are no
    quantities. What could be read two ways is left out. Takes time linear in the length of `text` and never
    fails, whatever it holds.
    """
    folded, places = fold(text)
    found = _Reader(Tokens(folded)).run()
    if places is None:
        return tuple(found)
    return tuple(_replaced(one, places) for one in found)


class _Reader:
    """One pass over the tokens of a text; every handler answers with the place to go on at."""

    __slots__ = ("after_last", "first_of_last", "found", "last_change", "last_sort", "scale_in_header", "t")

    def __init__(self, tokens: Tokens) -> None:
        self.t = tokens
        self.found: list[Reading] = []
        self.after_last = 0  # the token after the last quantity
        self.first_of_last = 0
        self.last_change: Change = ""
        self.last_sort: Sort = "count"
        self.scale_in_header = context.scale_in_header(tokens.text)

    def run(self) -> list[Reading]:
        t = self.t
        low = t.low
        at, count = 0, t.count
        while at < count:
            word = low[at]
            if word[0] in "0123456789":
                at = self._digits(at)
            elif word in _HANDLERS:
                at = _HANDLERS[word](self, at)
            else:
                at += 1
        return self.found

    # --- what a token may start -------------------------------------------------------------------

    def _digits(self, at: int) -> int:
        t = self.t
        digits = t.raw[at]
        if len(digits) < 4 and digits.isdigit():
            if t.glued(at + 1) and t.low[at + 1] in {"st", "nd", "rd", "th"}:
                return self._ordinal(at, at + 2, int(digits))
            if (
                len(digits) < 3
                and self._after_number_mark(at)
                and not (t.glued(at + 1) and t.raw[at + 1][:1] in "-/%")
            ):
                self._add(
                    at - 1 if t.raw[at - 1] == "#" else at - 2, at + 1, role="rank", value=Decimal(digits)
                )
                return at + 1
        return self.number(at)

    def _after_number_mark(self, at: int) -> bool:
        """Whether "No." or "#" stands before, and no title of a document, rule or product before that."""
        t = self.t
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
        return (
            not word[:1].isupper()
            and t.low[before] not in LABELS
            or word.endswith("'s")
            or word in {"The", "As"}
        )

    def word(self, at: int) -> int:
        low = self.t.low
        hyphen = low[at + 1] == "-"
        name = low[at + 2] if hyphen else low[at + 1]
        after = at + 3 if hyphen else at + 2
        part = low[after] == "of" and low[after + 1] in {"a", "an"}  # "three quarters of a million"
        if name in FRACTIONS and (hyphen or part or (name.endswith("s") and name != "quarters")):
            return self._fraction(at) or after
        return self._fraction(at) or self.number(at)

    def article(self, at: int) -> int:
        low = self.t.low
        following = low[at + 1]
        if low[at - 1] == "of" and (low[at - 2] in FRACTIONS or low[at - 2] in {"couple", "few"}):
            return at + 2  # "a quarter of a million"
        if following in SCALES or following == "dozen":
            return self.number(at)
        return (following in FRACTIONS and self._fraction(at)) or at + 1

    def number(self, at: int) -> int:
        t = self.t
        low = t.low
        between = "between" in low[max(at - 6, self.after_last) : at]
        first = term(t, at, joined_by_and=not between)
        if first is None or first.first < self.after_last:
            return self._past(at)
        if not first.measured and not first.scale:
            if end := roles.streak(t, first.after):
                self._add(first.first, end, role="streak", value=first.value, bounded=True)
                return end
            span, end = roles.years(t, first)
            if end:
                hyphen = low[first.after] == "-"
                self._add(
                    first.first,
                    end,
                    role="duration",
                    value=Decimal(span),
                    nouns=("years",),
                    unit="",
                    bounded=hyphen,
                )
                return end
            if low[first.after] == "-" and low[first.after + 1] in TIME_UNITS:
                return first.after + 1  # "a three-year low"
        if self._other_use(first) or _is_tolerance(t, first.first) or low[first.first - 1] in {"per", "mid"}:
            return first.after
        second, joint = self._second(first, between=between)
        if joint == "broken":
            following = self._next_number(first.after + 1)
            return second.after if second else self._past(following) if following > 0 else first.after
        if second is not None:
            return self._pair(first, second, joint)
        self._emit(first)
        return first.after

    def _past(self, at: int) -> int:
        """The place after the digits or number words at `at`."""
        low = self.t.low
        at += 1
        while low[at] in _NUMBER_WORDS or (low[at] == "-" and low[at + 1] in _NUMBER_WORDS):
            at += 1
        return at

    def ordinal_word(self, at: int) -> int:
        return self._ordinal(at, at + 1, ORDINALS[self.t.low[at]])

    def _ordinal(self, at: int, after: int, value: int) -> int:
        t = self.t
        hyphened = after + 1 if t.raw[after] == "-" and t.glued(after) else after
        if end := roles.streak(t, hyphened):
            self._add(at, end, role="streak", value=Decimal(value))
            return end
        doubtful = t.low[at - 1] in {"joint", "tied", "equal", "and", "or", "-"} or t.low[at - 2] in {
            "tied",
            "joint",
        }
        if not doubtful and (end := roles.rank(t, after)):
            self._add(at, end, role="rank", value=Decimal(value))
            return end
        if not doubtful and t.low[at - 1] in _PLACED and t.low[after] not in {"quarter", "half", "-"}:
            self._add(at - 1, after, role="rank", value=Decimal(value))
        return after

    def number_one(self, at: int) -> int:
        t = self.t
        place = at + 2 if t.low[at + 1] == "-" else at + 1
        value = UNITS.get(t.low[place], 0)
        held = t.low[at - 1] in {"the", "as", "is", "remains", "ranked", "ranks"} or t.low[at - 1].endswith(
            "'s"
        )
        if value and held and t.low[place + 1] != "of":
            self._add(at, place + 1, role="rank", value=Decimal(value))
            return place + 1
        return at + 1

    def largest(self, at: int) -> int:
        t = self.t
        low = t.low
        before = at - 2 if low[at - 1] == "single" else at - 1
        held = low[before] == "the" or low[before].endswith("'s")
        one_of_many = low[before - 1] in {"of", "among", "amongst"} or low[before - 2] in {"of", "among"}
        phrase, after = context.nouns(t, at + 1)
        if held and not one_of_many and any(word in _BUSINESS for word in phrase) and low[after] != "after":
            self._add(at, at + 1, role="rank", value=Decimal(1))
        return at + 1

    def digit_count(self, at: int) -> int:
        """ "double-digit", "triple digits": a span of percent where the words around speak of growth."""
        t = self.t
        low = t.low
        place = at + 2 if low[at + 1] == "-" else at + 1
        if low[place] not in {"digit", "digits"}:
            return at + 1
        start = at
        if low[at - 1] in {"low", "mid", "high", "-", "to", "upper", "lower"}:
            return place + 1
        after = place + 1
        unit = ""
        if low[after] in {"percentage", "percent", "%"}:
            unit, after = "percent", after + 1
        around = low[after : after + 5]
        if any(word in _NO_PERCENT for word in around[:3]):
            return after
        if not unit and not any(word in _GROWTH for word in low[max(0, at - 6) : at] + around):
            return after
        lowest, highest = DIGITS_OF[low[at]]
        bound, start = bounds.before(t, at)
        if bound == "exact" and not context.negated(t, start, 0):
            self._add(
                start,
                after,
                low=Decimal(lowest),
                high=Decimal(highest),
                unit="percent",
                change=change(t, start, after, self.after_last, "rate"),
            )
        return after

    def times_word(self, at: int) -> int:
        t = self.t
        word = t.low[at]
        following = t.low[at + 1]
        if following == "down" or (word in {"twice", "thrice"} and following not in COMPARED):
            return at + 1
        if t.glued(at + 1) and t.raw[at + 1] == "-":
            return at + 1
        bound, start = bounds.before(t, at)
        if bound is not None and not context.negated(t, start, 0):
            self._add(start, at + 1, value=Decimal(TIMES_WORDS[word]), unit="times", bound=bound)
        return at + 1

    def half(self, at: int) -> int:
        t = self.t
        low = t.low
        if low[at - 1] in {"first", "second", "last", "latter", "back", "other", "h", "and", "-", "better"}:
            return at + 1
        place = at + 1
        if low[place] == "-" and t.glued(place):
            place += 1
        if low[place] in {"a", "an"}:
            place += 1
        word = low[place]
        if place == at + 1 and word not in SCALES:
            return self._fraction(at) or at + 1
        scale = SCALES.get(word, 0)
        if scale > 2 and low[place + 1] not in SCALES:
            numeral = Numeral(Decimal(5).scaleb(scale - 1), 1 - scale)
            return self._built(at, place + 1, numeral)
        if word in {"percent", "percentage"}:
            return self._built(at, place, Numeral(Decimal("0.5"), 1))
        return place

    def _built(self, at: int, after: int, numeral: Numeral) -> int:
        """Emits a number whose words are no cardinal: "half a million"."""
        found = finished(self.t, numeral, at, after)
        if found is None:
            return after
        self._emit(found)
        return found.after

    def _fraction(self, at: int) -> int:
        """The place after "a third of", "two-thirds of", "by half" at `at`; 0 where it is no fraction."""
        t = self.t
        low = t.low
        place = at
        above = 1
        if low[at] != "half":
            above = 1 if low[at] in {"a", "one"} else UNITS.get(low[at], 0)
            place += 1
            if low[place] == "-" and t.glued(place):
                place += 1
        name = low[place]
        below = FRACTIONS.get(name, 0)
        if not 0 < above < below or (above > 1) != name.endswith("s"):
            return 0
        after = place + 1
        hyphened = low[place - 1] == "-"
        bound, start = bounds.before(t, at)
        if low[at - 1] in {"and", "-"} or not self._of_something(after, name, hyphened=hyphened, start=start):
            return 0
        if bound is not None and not context.negated(t, start, 0):
            share = _THIRDS.divide(Decimal(100 * above), Decimal(below))
            exponent = share.normalize().as_tuple().exponent
            places = -int(exponent)
            self._add(
                start,
                after,
                value=share,
                decimals=max(places, 0) if places < 4 else 0,
                unit="percent",
                bound=bound,
                change=change(t, start, after, self.after_last, "rate"),
            )
        return after

    def _of_something(self, after: int, name: str, *, hyphened: bool, start: int) -> bool:
        t = self.t
        low = t.low
        if low[start - 1] == "by":
            return low[after] != "of" and not low[after][:1].isalnum()
        if low[after] == "of":
            thing = low[after + 1]
            deep = low[after + 2] if thing in {"the", "this", "last", "that", "fiscal", "its", "a"} else thing
            if deep in _TIMES_OF or _YEAR.fullmatch(deep) or thing in {"a", "an"}:
                return False
            if name in {"quarter", "quarters"} and not hyphened:
                return thing in _DETERMINED or thing.endswith("'s")
            return True
        return (
            name == "half"
            and low[after] in {"the", "its", "their", "our", "all"}
            and low[after + 1] not in _TIMES_OF
        )

    # --- what a number is not ---------------------------------------------------------------------

    def _other_use(self, found: Term) -> bool:
        """Whether a number without unit is a year, a date, a time, part of a name, a mark, or split by a space."""
        t = self.t
        if found.digits and self._split_by_space(found.place):
            return True
        if found.measured or found.scale:
            return False
        raw, low = t.raw, t.low
        at, after = found.first, found.after
        before = raw[at - 2] if raw[at - 1] == "." and t.glued(at - 1) else raw[at - 1]
        lower = before.lower()
        if self._out_of(at) or lower in _FEW or (lower in LABELS and not found.numeral.grouped):
            return True
        if not found.digits:
            starts_sentence = not raw[at - 1][:1].isalnum() and raw[at - 1] != "-"
            return raw[at][0].isupper() and not starts_sentence
        if found.numeral.grouped:
            return False
        if (
            any(letter.isupper() for letter in before[:3])
            and lower not in _NAME_SAFE
            and not lower.endswith("'s")
        ):
            return True
        if not found.numeral.plain:
            return False
        if found.value <= 31 and (before in _MONTH_NAMES or raw[after] in _MONTH_NAMES):
            return True
        if low[after] in {"am", "pm", "o'clock"} or (low[after] in {"a", "p"} and raw[after + 1] == "."):
            return True
        if 1900 <= found.value <= 2099:
            return not self._clearly_counted(found)
        starts_line = at == 0 or "\n" in t.text[t.end[at - 1] : t.start[at]]
        return starts_line and raw[after] in {".", ")"}

    def _out_of(self, at: int) -> bool:
        """Whether it is the second number of "one in five users", "9 out of 10", "300 x 400"."""
        t = self.t
        before = at - 3 if t.low[at - 2] == "out" else at - 2
        if t.low[at - 1] in {"x", "×", "plus", "minus", "times"}:
            return t.raw[at - 2][:1].isdigit()
        if t.low[at - 1] not in {"in", "of"} or (t.low[at - 1] == "of" and t.low[before] == "one"):
            return False
        return t.raw[before][:1].isdigit() or t.low[before] in _NUMBER_WORDS

    def _split_by_space(self, place: int) -> bool:
        """Whether a plain space may be a thousands mark: "53 000" is either two numbers or one."""
        t = self.t
        digits = t.raw[place]
        if t.start[place] - t.end[place - 1] == 1 and _group(digits) and _leads(t.raw[place - 1]):
            return True
        return t.start[place + 1] - t.end[place] == 1 and _leads(digits) and _group(t.raw[place + 1])

    def _clearly_counted(self, found: Term) -> bool:
        """Whether a number like a year counts things: "over 2000 employees"."""
        phrase, _ = context.nouns(self.t, found.after)
        before = self.t.low[found.first - 1]
        _, start = bounds.before(self.t, found.first)
        return bool(phrase) and (before in _HOLDERS or (start < found.first and before in _FIRM_BOUNDS))

    # --- spans ------------------------------------------------------------------------------------

    def _second(self, first: Term, *, between: bool) -> tuple[Term | None, str]:
        """The number joined to `first` by a dash, "to" or "and", and how; "broken" where it cannot be told."""
        t = self.t
        at = first.after
        mark, joint = t.raw[at], t.low[at]
        if mark in DASHES:
            if t.glued(at) != t.glued(at + 1):
                return None, "broken" if t.raw[at + 1][:1].isdigit() else ""
            joint = "dash"
        elif joint == "or":
            either = t.raw[at + 1][:1].isdigit() or t.low[at + 1] in _NUMBER_WORDS
            return None, "broken" if either and not first.measured else ""
        elif joint != "to" and not (joint == "and" and between):
            return None, "broken" if between and not first.measured else ""
        start = self._next_number(at + 1)
        if start < 0:
            return None, "broken" if between and joint == "and" else ""
        second = term(t, start, limit=at + 1)
        if second is None or second.first != at + 1:
            return None, "" if joint == "to" else "broken"
        if (
            joint == "dash"
            and (t.raw[second.after] in DASHES and t.glued(second.after))
            and t.raw[second.after + 1][:1].isdigit()
        ):
            return second, "broken"  # a telephone number, a date
        return second, joint

    def _next_number(self, at: int) -> int:
        """The place of the digits or number word from `at` on, past a currency; -1 where none follows."""
        t = self.t
        for place in range(at, at + 4):
            raw, word = t.raw[place], t.low[place]
            if raw[:1].isdigit() or word in _NUMBER_WORDS:
                return place
            if (
                raw not in SYMBOLS
                and raw not in CODES
                and word not in DOLLARS
                and raw not in {"-", "−", "+", "(", "."}
            ):
                return -1
        return -1

    def _pair(self, first: Term, second: Term, joint: str) -> int:
        t = self.t
        _, start = bounds.before(t, first.first)
        plain_from = t.low[start - 1] == "from"
        spread = plain_from and t.low[start - 2] in {
            "ranging",
            "range",
            "ranges",
            "ranged",
            "anywhere",
            "of",
            "between",
        }
        both_measured = first.measured and second.measured
        alike = _unified(first, second)
        if joint == "to" and plain_from and not spread:
            if alike:
                self._emit(first)
                self._emit(second)
                return second.after
            if both_measured:
                self._emit(first)
            return first.after
        moved = joint == "to" and context.moved(t, start)
        if joint == "to" and not alike and first.measured:
            self._emit(first)  # "rose 26% to $33 billion"
            return first.after
        if not alike or first.value >= second.value or (moved and (both_measured or not first.measured)):
            return second.after
        if first.bare and second.bare and self._span_of_years(first, second):
            return second.after
        self._emit(first, second)
        return second.after

    def _span_of_years(self, first: Term, second: Term) -> bool:
        del second
        return 1900 <= first.value <= 2099

    # --- what is told -----------------------------------------------------------------------------

    def _emit(self, first: Term, last: Term | None = None) -> None:
        """Adds the reading of a number, or of the span of two, if the words around leave no doubt."""
        t = self.t
        final = last or first
        bound, start = bounds.before(t, first.first)
        behind, after = bounds.behind(t, final.after)
        if _tolerance(t, final.after):
            behind = "about"
        for written in (first.bound, final.bound, behind):
            if written not in {None, "exact", bound}:
                bound = written if bound == "exact" else None
        if bound is None or (last and bound in OPPOSITE) or context.negated(t, start, 0):
            return
        unit, per = final.currency or final.unit, final.per
        phrase: tuple[str, ...] = ()
        if not unit:
            # "300 or more models", but "300 models or more"
            phrase, end = context.nouns(t, final.after + 2 if t.low[final.after] == "or" else final.after)
            if phrase and t.raw[final.after] == "-":
                phrase = phrase[:1]  # "300-bed hotels" are no 300 hotels
            if not phrase:
                phrase = self._counted_before(start, first, row=final.numeral.grouped)
            else:
                per, _ = per_what(t, end)
                if phrase == ("people",) and not _EMPLOYING.isdisjoint(t.low[max(0, start - 4) : start]):
                    phrase = ("employed", "people")
            if not self._counts(final, phrase, start):
                return
        if self.scale_in_header and not final.scale and not per and final.unit == "":
            return
        value, low, high = (first.value, None, None) if last is None else (None, first.value, last.value)
        self._add(
            start,
            after if behind else final.after,
            value=value,
            low=low,
            high=high,
            decimals=min(first.decimals, final.decimals),
            unit=unit,
            per=per,
            bound=bound,
            change=self._change(first, start, final.after, _sort(final)),
            nouns=phrase,
        )

    def _counted_before(self, start: int, first: Term, *, row: bool) -> tuple[str, ...]:
        """The things counted where they stand before the number, also past a rate: "users rose 3% to 5 million"."""
        low = self.t.low
        place = start
        if low[start - 1] == "to" and self.last_sort == "rate" and self.last_change:
            back = start - 2
            while low[back] in _COMPARISON and back >= self.after_last:
                back -= 1
            if back + 1 == self.after_last:
                place = self.first_of_last
        verbal = start < first.first and low[start].endswith("ed")
        return context.counted_before(self.t, place, verbal=verbal, row=row, moved=place < start)

    def _counts(self, found: Term, phrase: tuple[str, ...], start: int) -> bool:
        """Whether a number without unit is a quantity at all: it counts something, or is no mere mark."""
        if found.short:
            few = found.scale == "k" and found.numeral.value in {2, 4, 8, 10}  # screens, runs and forms
            return bool(phrase) and not few and found.after < self.t.count and found.digits
        if phrase:
            return not (phrase[0] in PER_NOUNS and self.t.low[start] == "over")
        return bool(found.scale) or found.numeral.grouped or (found.digits and found.decimals > 0)

    def _change(self, first: Term, start: int, after: int, sort: Sort) -> Change:
        """The direction that the words give, or that of the quantity before in "fell 3%, or $5 million"."""
        if first.bracketed:
            return ""
        found = self._change_in_words(start, after, sort)
        return "" if found == "up" and first.signed else found

    def _change_in_words(self, start: int, after: int, sort: Sort) -> Change:
        low = self.t.low
        own = change(self.t, start, after, self.after_last, sort)
        if own or not self.found or low[start - 1] not in _JOINING:
            return own
        place = start - 1
        while low[place] in _JOINING:
            place -= 1
        between = low[self.after_last : start]
        if place + 1 == self.after_last:
            return self.last_change if "or" in between or sort == self.last_sort else ""
        if sort == self.last_sort == "rate" and low[after] != "of" and len(between) <= _NEAR:
            # "fell 5% in China and 7% in Europe"
            return "" if any(sign in _STOPS for sign in between) else self.last_change
        return ""

    def _unheld(self, at: int) -> bool:
        """Whether the clause denies a rank, streak or span, or only hopes for it, or tells of the past."""
        low = self.t.low
        if context.negated(self.t, at, 0):
            return True
        for place in range(at - 1, at - 10, -1):
            if low[place] in CLAUSE_ENDS:
                return False
            if low[place] in _HOPES:
                return True
        return False

    def _add(
        self,
        first: int,
        after: int,
        *,
        value: Decimal | None = None,
        low: Decimal | None = None,
        high: Decimal | None = None,
        decimals: int = 0,
        role: Role = "quantity",
        bound: Bound = "exact",
        bounded: bool = False,
        unit: str = "",
        per: str = "",
        change: Change = "",
        nouns: tuple[str, ...] = (),
    ) -> None:
        """Adds a reading from token `first` up to token `after`; `bounded` looks for a bound before it."""
        t = self.t
        if role != "quantity" and self._unheld(first):
            return
        if bounded:
            before, first = bounds.before(t, first)
            if before is None or context.negated(t, first, 0):
                return
            bound = before
        self.found.append(
            Reading(
                start=t.start[first], end=t.end[after - 1], role=role, value=value, low=low, high=high,
                decimals=decimals, bound=bound, unit=unit, per=per, change=change, nouns=nouns,
            )
        )  # fmt: skip
        self.first_of_last = first
        self.after_last = after
        self.last_change = change
        self.last_sort = "rate" if unit in _RATE_UNITS else "money" if unit else "count"


def _sort(found: Term) -> Sort:
    return "money" if found.currency else "rate" if found.unit else "count"


def _group(token: str) -> bool:
    return token[:3].isdigit() and len(token) >= 3 and not token[3:4].isdigit()


def _leads(token: str) -> bool:
    return token.isdigit() and len(token) <= 3 and token[0] != "0"


def _is_tolerance(t: Tokens, at: int) -> bool:
    """Whether the number tells how far another may be off."""
    return t.raw[at - 1] == "±" or t.low[at - 3 : at] in (
        ["plus", "or", "minus"],
        ["+", "/", "-"],
        ["give", "or", "take"],
    )


def _tolerance(t: Tokens, at: int) -> bool:
    """Whether "±2%" or "plus or minus 2%" follows."""
    if t.raw[at] == ",":
        at += 1
    return t.raw[at] == "±" or t.low[at : at + 3] in (
        ["plus", "or", "minus"],
        ["+", "/", "-"],
        ["give", "or", "take"],
    )


def _unified(first: Term, second: Term) -> bool:
    """Gives each of two joined numbers what only the other has; False where they differ in kind."""
    if first.currency != second.currency:
        if not first.currency and not first.unit:
            first.currency = second.currency
        elif not second.currency and not second.unit:
            second.currency = first.currency
        elif narrows(first.currency, second.currency):
            first.currency = second.currency
        elif narrows(second.currency, first.currency):
            second.currency = first.currency
        else:
            return False
    if not first.unit and not first.currency:
        first.unit = second.unit
    first.per = first.per or second.per
    if first.unit != second.unit or first.per != second.per:
        return False
    power = second.numeral.decimals - second.decimals if second.digits else max(0, -second.decimals)
    if power and not first.scale and first.decimals >= 0:
        if first.numeral.grouped or abs(first.value) >= 1000:
            return power > 0
        first.value = first.value.scaleb(power, ARITHMETIC)
        first.decimals -= power
    return not (first.scale and not second.scale and not second.numeral.grouped and second.digits)


def _replaced(one: Reading, places: list[int]) -> Reading:
    """The reading with places of the text as it was before folding."""
    return structs.replace(one, start=places[one.start], end=places[one.end - 1] + 1)


_MONTH_NAMES: Final = frozenset(month.capitalize() for month in MONTHS)
_HANDLERS: Final[dict[str, Callable[[_Reader, int], int]]] = (
    dict.fromkeys(UNITS, _Reader.word)
    | dict.fromkeys(TENS, _Reader.number)
    | dict.fromkeys(ORDINALS, _Reader.ordinal_word)
    | dict.fromkeys(TIMES_WORDS, _Reader.times_word)
    | dict.fromkeys(DIGITS_OF, _Reader.digit_count)
    | dict.fromkeys(("a", "an"), _Reader.article)
    | dict.fromkeys(("largest", "biggest"), _Reader.largest)
    | {"half": _Reader.half, "number": _Reader.number_one}
)
