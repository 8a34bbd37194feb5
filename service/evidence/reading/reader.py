"""Read all quantities of a text in one pass."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from msgspec import structs

from service.core.quantities import Bound
from service.evidence.reading import bounds, context, denials, doubts, modality, roles, spans, tables, uses
from service.evidence.reading.budget import ReadingBudget
from service.evidence.reading.change import Movement, NumberSort, change
from service.evidence.reading.folding import fold
from service.evidence.reading.forms import FORMS, number_form
from service.evidence.reading.languages import detecting
from service.evidence.reading.languages.all import LANGUAGES
from service.evidence.reading.languages.en import CENTS, DOWN, OPPOSITE, PER_NOUNS, TIME_UNITS, vocabulary
from service.evidence.reading.languages.traditional import simplified
from service.evidence.reading.numerals import NUMBER_WORDS
from service.evidence.reading.phrases import Grammar
from service.evidence.reading.readings import Reading
from service.evidence.reading.terms import DASHES, Term, term
from service.evidence.reading.tokens import Tokens
from service.evidence.reading.units import hyphened, per_what, rate_before

_DIGITS: Final = frozenset("0123456789")
_STARTERS: Final = NUMBER_WORDS | {"a", "an", "half"}
_RATE_UNITS: Final = frozenset({"percent", "percentage_points", "basis_points", "times"})
_COMPARISON: Final = vocabulary(
    "year over on - from a the same last previous ago earlier quarter month period sequentially annually"
)
_JOINING: Final = frozenset({",", "or", "and", "(", "&", "-", "–"})
_STOPS: Final = frozenset({".", ";", "!", "?"})
_MONEY_ROWS: Final = vocabulary("revs revenue revenues sales net profit income backlog assets deposits loans")
_WIRES: Final = vocabulary("cts dlrs dlr")
_DETERMINERS: Final = frozenset({"its", "their", "our", "the"})
_TALLIES: Final = vocabulary("count base numbers tally traffic")
_EMPLOYING: Final = vocabulary("employ employs employed employing workforce staff headcount payroll")
# "downloaded 600 million times"
_HOW_OFTEN: Final = {
    "downloaded": ("downloads",), "viewed": ("views",), "installed": ("installs",), "cited": ("citations",),
    "streamed": ("streams",),
}  # fmt: skip
# Characters for each unit of work. A number takes one, and two more if it may be a quantity. Where there is nothing but
# numbers, reading all would take thirty times as long as prose.
_CHARACTERS: Final = 20
_NEAR: Final = 12  # tokens over which one change of a list carries on
_DIVIDEND: Final = 5  # tokens between "dividend" and its cents
_SCREENS: Final = frozenset({2, 4, 8, 10})  # 4K screens, 10K runs, 10-K forms


class TextRead(NamedTuple):
    """The quantities of a text, and where its denied numbers stand, which are not read."""

    readings: tuple[Reading, ...]
    denied: tuple[tuple[int, int], ...]


def read(text: str, otherwise: str = "") -> tuple[Reading, ...]:
    """The quantities of `text`, as `read_all` finds them."""
    return read_all(text, otherwise).readings


def read_all(text: str, otherwise: str = "") -> TextRead:
    """Every unambiguous quantity of `text`, in order.

    A sentence in a language without words here is not read. `otherwise` is the language of the text around, for
    sentences that are too short to tell.

    Years, dates, times, product names, numbers of sections, notes, lists and telephones are no quantities. A number
    that could be read in two ways is left out. Takes time linear in the length of `text`. Never raises.
    """
    folded, places = fold(text)
    found, denied = _by_language(folded, otherwise)
    if places is None:
        return TextRead(tuple(found), tuple(denied))
    return TextRead(
        tuple(structs.replace(one, start=places[one.start], end=places[one.end - 1] + 1) for one in found),
        tuple((places[start], places[end - 1] + 1) for start, end in denied),
    )


def _by_language(text: str, otherwise: str) -> tuple[list[Reading], list[tuple[int, int]]]:
    """The readings of each stretch of `text` by the words of its language, and the denied numbers of English ones."""
    parts = detecting.parts(text, otherwise)
    if all(part.language == "en" for part in parts):
        whole = _Pass(Tokens(text), ReadingBudget(_CHARACTERS))
        return whole.run(), whole.denied
    text = "".join(simplified(text[part.start : part.end], part.language) for part in parts)
    denied: list[tuple[int, int]] = []
    found: list[Reading] = []
    masked: list[str] = []  # what is not English is blank
    budgets = {code: _budget(parts, code) for code in {part.language for part in parts}}
    for part in parts:
        stretch = text[part.start : part.end]
        if part.language == "en":
            masked.append(stretch)
            continue
        masked.append(_INK.sub(" ", stretch))
        if (grammar := _GRAMMARS.get(part.language)) is not None:
            read = grammar.read(stretch, part.start, budgets[part.language])
            found += [_abroad(one, part.language, text) for one in read]
        if part.language == detecting.UNSURE:
            read = _Pass(Tokens(stretch), budgets[part.language], first=part.start).run()
            found += [_moved(one, part.start) for one in read if _universal(stretch, one)]
    header = tables.scale_in_header(text)
    if header:
        found = [
            one for one in found if not one.unit or one.decimals < 0 or one.per or one.unit in _RATE_UNITS
        ]
    if any(part.language == "en" for part in parts):
        english = _Pass(Tokens("".join(masked)), budgets["en"], header=header)
        found += english.run()
        denied = english.denied
        found.sort(key=lambda one: one.start)
    return found, denied


def _abroad(reading: Reading, language: str, text: str) -> Reading:
    """The reading in another language, with its modality."""
    if not modality.is_expected_in(language, text, reading.start, reading.end):
        return reading
    return structs.replace(reading, modality="expected")


def _budget(parts: Sequence[detecting.LanguageStretch], language: str) -> ReadingBudget:
    """The budget for reading the stretches in a language."""
    grammar = _GRAMMARS.get(language)
    others = [(part.start, part.end) for part in parts if part.language != language]
    return ReadingBudget(grammar.characters if grammar else _CHARACTERS, others)


_GRAMMARS: Final = {one.code: Grammar(one) for one in LANGUAGES}


def _universal(text: str, reading: Reading) -> bool:
    """Whether all languages read an amount alike; "1,234 €" may have a decimal comma, "$1,234" has none."""
    words = text[reading.start : reading.end]
    return not reading.unit or not _COMMA.search(words) or not _SIGN_FIRST.isdisjoint(words[:3])


_INK: Final = re.compile(r"\S")
_SIGN_FIRST: Final = frozenset("$£¥₹")
_COMMA: Final = re.compile(r"(?<![0-9,])[0-9]{1,3},[0-9]{3}(?![0-9,.])")


def _moved(reading: Reading, by: int) -> Reading:
    return structs.replace(reading, start=reading.start + by, end=reading.end + by) if by else reading


class _Pass:
    """The state of the pass: the readings so far, and the tokens of the last one."""

    __slots__ = (
        "after_last", "budget", "denied", "first", "first_of_last", "found", "last", "scale_in_header", "t",
    )  # fmt: skip

    def __init__(
        self, tokens: Tokens, budget: ReadingBudget, *, first: int = 0, header: bool | None = None
    ) -> None:
        self.t = tokens
        self.budget = budget
        self.first = first  # where the tokens' text begins in the text that the budget is of
        tokens.doubts = denials.marked(tokens.low)
        tokens.hopes = modality.marked(tokens.low)
        self.found: list[Reading] = []
        self.denied: list[tuple[int, int]] = []  # where denied numbers stand in the text
        self.after_last = 0  # the token after the last reading
        self.first_of_last = 0
        self.last: tuple[Movement, NumberSort] = "", "count"
        self.scale_in_header = tables.scale_in_header(tokens.text) if header is None else header

    def run(self) -> list[Reading]:
        t = self.t
        low = t.low
        at, count = 0, t.count
        while at < count:
            word = low[at]
            if word[0] in _DIGITS:
                form = number_form(t, at)
            elif word in FORMS:
                form = FORMS[word](t, at, self.after_last)
            elif word in _STARTERS:
                form = None
            else:
                at += 1
                continue
            if form is not None:
                at = form.resume
                if form.reading is not None:
                    self._keep(form.first, form.resume, form.reading)
            elif word[0] in _DIGITS or word in _STARTERS:
                at = self._number(at)
            else:
                at += 1
        return self.found

    def _number(self, at: int) -> int:
        """Read the number, span or pair of numbers at token `at`; returns the token to go on at."""
        t = self.t
        if self.budget.spent_at(self.first + t.start[at]):
            return at + 1
        self.budget.spend(1)
        if t.raw[at - 1][:1] in _DIGITS and t.raw[at + 1][:1] in _DIGITS and t.raw[at].isdigit():
            return at + 1  # one of a row of numbers
        between = "between" in t.low[max(at - 6, self.after_last) : at]
        first = term(t, at, joined_by_and=not between)
        if first is None or first.first < self.after_last:
            return at + 1 if t.low[at] in {"a", "an", "half"} else self._past(at)
        if end := self._streak_or_years(first):
            return end
        if uses.other_use(t, first):
            return first.after
        if self._from_flat(first):
            return first.after
        other, joint = spans.second(t, first, between=between)
        if joint == "broken":
            following = spans.next_number(t, first.after + 1)
            return other.after if other else self._past(following) if following > 0 else first.after
        if other is None:
            self._emit(first)
            return first.after
        sense = spans.sense(t, first, other, joint)
        if sense == "span":
            self._emit(first, other)
        elif sense != "none":
            self._emit(first)
            if sense == "both":
                self._emit(other)
        return first.after if sense == "first" else other.after

    def _from_flat(self, found: Term) -> bool:
        """Read "flat to up 5%" as a span that begins at nothing, and say whether it is one."""
        t = self.t
        turned = t.low[found.first - 1] if not found.signed else ""
        at = found.first - 1 - bool(turned)
        goes_on = t.low[found.after] in {"to", "or"} or t.raw[found.after] in DASHES
        if t.low[at - 1 : at + 1] != ["flat", "to"] or goes_on or not (found.signed or turned in _TURNED):
            return False
        is_held = context.negated(t, at, 0) or denials.is_denied(t, at, found.after)
        if found.unit in _RATE_UNITS and not is_held:
            made = Reading(
                start=t.start[at - 1],
                end=t.end[found.after - 1],
                low=Decimal(0),
                high=abs(found.value),
                decimals=found.decimals,
                unit=found.unit,
                change="down" if turned in DOWN or found.value < 0 else "up",
                modality="expected" if modality.is_expected(t, at, found.after) else "stated",
            )
            self._keep(at - 1, found.after, made)
        return True

    def _past(self, at: int) -> int:
        """The token after the digits or number words at `at`."""
        low = self.t.low
        at += 1
        while low[at] in NUMBER_WORDS or (low[at] == "-" and low[at + 1] in NUMBER_WORDS):
            at += 1
        return at

    def _streak_or_years(self, found: Term) -> int:
        """Read "eight consecutive quarters" or "three-year"; returns the token after it, or 0 if it is neither."""
        t = self.t
        if found.measured or found.scale:
            return 0
        hyphen = hyphened(t, found.after)
        end = roles.streak(t, found.after)
        made: Reading | None = None
        start: int = found.first
        bound: Bound | None = "exact"
        if end:
            bound, start = bounds.before(t, found.first)
            made = Reading(start=0, end=0, role="streak", value=found.value)
        else:
            span, end = roles.years(t, found)
            if end and hyphen:
                bound, start = bounds.before(t, found.first)
            if end:
                made = Reading(start=0, end=0, role="duration", value=Decimal(span), nouns=("years",))
            elif hyphen and t.low[found.after + 1] in TIME_UNITS:
                return found.after + 1  # "a three-year low"
        if made is not None and bound is not None and not context.unheld(t, start):
            self._keep(
                start, end, structs.replace(made, start=t.start[start], end=t.end[end - 1], bound=bound)
            )
        return end

    def _emit(self, first: Term, last: Term | None = None) -> None:
        """Add the reading of a number, or of a span of two, unless the words around make it ambiguous."""
        self.budget.spend(2)
        t = self.t
        final = last or first
        bound, start = bounds.before(t, first.first)
        behind, after = bounds.behind(t, final.after)
        if uses.tolerance(t, final.after + (t.raw[final.after] == ",")) or t.raw[final.after] == "±":
            behind = "about"
        for written in (first.bound, final.bound, behind):
            if written not in {None, "exact", bound}:
                bound = written if bound == "exact" else None
        if context.negated(t, start, 0) or denials.is_denied(t, start, final.after):
            self.denied.append((t.start[first.first], t.end[final.after - 1]))
            return
        if (
            bound is None
            or (last and bound in OPPOSITE)
            or doubts.doubtful(t, start, final, rate=bool(final.unit))
        ):
            return
        if not final.measured and self._in_row_of_money(start, final.after):
            first.currency = final.currency = "$"
        phrase, per = ((), final.per or first.per) if final.measured else self._counted(first, final, start)
        if not per and not final.unit and doubts.each(t, start, final):
            per = "each"
        if (
            not per
            and t.low[final.after - 1] in CENTS
            and "dividend" in t.low[max(0, start - _DIVIDEND) : start]
        ):
            per = "share"  # "a dividend of 32 cents"
        if not final.measured and not self._counts(final, phrase, start, alone=last is None):
            return
        if self.scale_in_header and not final.scale and not per and not final.unit:
            return
        made = Reading(
            start=t.start[start],
            end=t.end[after - 1] if behind else t.end[final.after - 1],
            value=first.value if last is None else None,
            low=None if last is None else first.value,
            high=None if last is None else last.value,
            decimals=min(first.decimals, final.decimals),
            unit=final.currency or final.unit,
            per=per,
            bound=bound,
            change=self._change(first, start, final.after, _sort(final)),
            nouns=phrase,
            modality="expected" if modality.is_expected(t, start, final.after) else "stated",
        )
        self._keep(start, final.after, made)

    def _keep(self, first: int, after: int, made: Reading) -> None:
        self.found.append(made)
        self.first_of_last, self.after_last = first, after
        self.last = made.change, "rate" if made.unit in _RATE_UNITS else "money" if made.unit else "count"

    def _in_row_of_money(self, start: int, after: int) -> bool:
        """Whether a row of a newswire gives the number in dollars: "Oper shr 18 cts vs 24 cts Revs 16.3 mln vs 19.8 mln"."""
        low = self.t.low
        name = start - 1 - (low[start - 1] in {"loss", "profit"} and low[start - 2] in _MONEY_ROWS)
        is_row = low[name] in _MONEY_ROWS and low[after] in {"vs", "versus"}
        return is_row and not self.t.words.isdisjoint(_WIRES)

    # --- what is counted --------------------------------------------------------------------------

    def _counted(self, first: Term, final: Term, start: int) -> tuple[tuple[str, ...], str]:
        """The noun phrase that a number without unit counts, and what the count is per."""
        t = self.t
        # the bound of "300 or more models" stands before the phrase
        phrase, end = context.nouns(t, final.after + 2 if t.low[final.after] == "or" else final.after)
        if not phrase and t.low[final.after] == "of" and t.low[final.after + 1] in _DETERMINERS:
            is_of_all = t.raw[final.after + 2][:1] in _DIGITS  # "lay off 30,000 of its 93,000 workers"
            held, end = context.nouns(t, final.after + 2 + is_of_all)
            phrase = (
                held if is_of_all or held[-1:] == ("shares",) else ()
            )  # "sold 5,200 of its ordinary shares"
        if not phrase and t.low[final.after] == "times":
            return _HOW_OFTEN.get(t.low[start - 1], ()), ""
        if not phrase:
            row = final.numeral.grouped or self._is_cell(final)
            is_note = t.raw[start - 1] == "|" and not row
            return () if is_note else self._counted_before(start, first, row=row), ""
        if t.raw[final.after] == "-":
            phrase = _compound(phrase)
        elif phrase[0] == "people" and (
            not _EMPLOYING.isdisjoint((*t.low[max(0, start - 4) : start], *t.low[end : end + 3]))
            or (t.low[end] in {"work", "worked"} and t.low[end + 1] in {"for", "at"})
        ):
            phrase = ("employed", *phrase)
        elif phrase == ("people",) and t.low[end] in {"use", "used", "visit", "play"}:
            phrase = (*phrase, "users")
        if t.low[end] == "of":
            _, end = context.nouns(t, end + 1)  # "500,000 tonnes of steel a year"
        return phrase, per_what(t, end).unit or rate_before(t, start, money=True)

    def _is_cell(self, found: Term) -> bool:
        """Whether a number stands behind a label and a mark, and is neither a year nor that of a note: "Employees | 318"."""
        t, at = self.t, found.first
        is_parted = t.raw[at - 1] in {"|", ":"} or "\t" in t.text[t.start[at - 1] : t.start[at]]
        return is_parted and found.digits and found.value >= _NOTES and not 1900 <= found.value <= 2099

    def _counted_before(self, start: int, first: Term, *, row: bool) -> tuple[str, ...]:
        """The noun phrase counted if it stands before the number; of a "store count" and a "user base" what is counted."""
        phrase = self._phrase_before(start, first, row=row)
        if len(phrase) < 2 or phrase[-1] not in _TALLIES:
            return phrase
        owned = max((at + 1 for at, word in enumerate(phrase) if word.endswith("'s")), default=0)
        *before, noun = phrase[owned:-1] or phrase[:-1]
        return (*before, noun if noun.endswith("s") or noun in {"staff", "people"} else f"{noun}s")

    def _phrase_before(self, start: int, first: Term, *, row: bool) -> tuple[str, ...]:
        """The noun phrase before the number, even past a rate: "users rose 3% to 5 million"."""
        low = self.t.low
        place = start
        if low[start - 1] == "to" and (phrase := context.counted_from(self.t, start)):
            return phrase
        if low[start - 3] == "by" and low[start - 1] == "to" and self.t.raw[start - 2][:1].isdigit():
            place = start - 2  # "headcount fell by 320 to 6,100"
        elif low[start - 1] == "to" and self.last[0]:
            back = start - 2
            while low[back] in _COMPARISON and back >= self.after_last:
                back -= 1
            if back + 1 == self.after_last:
                place = self.first_of_last
        verbal = start < first.first and low[start].endswith("ed")
        return context.counted_before(self.t, place, verbal=verbal, row=row, moved=place < start)

    def _counts(self, found: Term, phrase: tuple[str, ...], start: int, *, alone: bool) -> bool:
        """Whether a number without unit is a quantity: it counts something, or has a scale, decimals or groups."""
        if found.short:
            screens = found.scale == "k" and found.numeral.value in _SCREENS
            return bool(phrase) and not screens and found.digits
        if phrase:
            return not (phrase[0] in PER_NOUNS and self.t.low[start] == "over")
        return bool(found.scale) or (
            alone and (found.numeral.grouped or (found.digits and found.decimals > 0))
        )

    # --- more or less -----------------------------------------------------------------------------

    def _change(self, first: Term, start: int, after: int, sort: NumberSort) -> Movement:
        """The change of this number, or that of the quantity before it, as in "fell 3%, or $5 million"."""
        if first.bracketed:
            return ""
        low = self.t.low
        is_beside = start - 1 == self.after_last > 0 and (low[start - 1], low[after]) == ("(", ")")
        if is_beside and (last := self.last[0]) and self.last[1] == sort == "money":
            return last  # "the loss narrowed to EUR 500,000 (USD 680,000)"
        own = change(self.t, start, after, self.after_last, sort)
        if not own and self.found and self.t.low[start - 1] in _JOINING:
            own = self._change_of_last(start, after, sort)
        return "" if own == "up" and first.signed else own

    def _change_of_last(self, start: int, after: int, sort: NumberSort) -> Movement:
        low = self.t.low
        last, last_sort = self.last
        between = low[self.after_last : start]
        if all(word in _JOINING for word in between):
            return last if "or" in between or sort == last_sort else ""
        # as in: fell 5% in China and 7% in Europe
        goes_on = sort == last_sort == "rate" and low[after] != "of" and len(between) <= _NEAR
        return last if goes_on and _STOPS.isdisjoint(between) else ""


def _compound(phrase: tuple[str, ...]) -> tuple[str, ...]:
    """What the number of a compound counts: "a 40-store chain"; "300-bed hotels" are no 300 hotels."""
    if phrase[0] == "strong":
        return phrase[1:]  # "a 3,400-strong workforce"
    return (f"{phrase[0]}s",) if phrase[1:2] and phrase[1] in _HAVING_MANY else phrase[:1]


_NOTES: Final = 100  # smaller numbers beside the name of a row may be those of notes
_TURNED: Final = frozenset({"up", "down", "higher", "lower"})
_HAVING_MANY: Final = frozenset({"chain", "group", "network", "portfolio", "estate"})


def _sort(found: Term) -> NumberSort:
    return "money" if found.currency else "rate" if found.unit else "count"
