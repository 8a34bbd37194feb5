"""What a number in a cell may be: an amount with the scale and currency that its table says, a rate, a count."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from msgspec import structs

from service.core.quantities import ARITHMETIC
from service.evidence.cells.figures import CellFigure, Style, number_of
from service.evidence.cells.grid import CellSurroundings, Grid
from service.evidence.cells.words import EITHER, HUNDREDTHS, RATIO, HeadWords, head_words, without_brackets
from service.evidence.reading import tables
from service.evidence.reading.change import Movement
from service.evidence.reading.readings import Reading

HEAD_ABOVE: Final = 4000  # code points above a table in which a head with a scale may stand


class FigureSpot(NamedTuple):
    """A number in its table."""

    grid: Grid
    row: int
    figure: CellFigure
    beside: CellSurroundings
    language: str


def readings_of(
    spot: FigureSpot, style: Style | None, text: str, quote: tuple[int, int]
) -> Iterator[Reading]:
    """The ways in which a number may be meant; none if it is not understood. `quote` is where the quote stands in the text."""
    figure, beside = spot.figure, spot.beside
    value = number_of(figure.digits, style)
    words = head_words(spot.language)
    change = _movement(spot.grid, spot.row, beside.name, words)
    if value is None or change is None or not _is_read(figure, beside, words):
        return
    made = Reading(
        start=max(figure.start, quote[0]) - quote[0],
        end=min(figure.end, quote[1]) - quote[0],
        value=-value if figure.negative and change != "loss" else value,
        decimals=-int(value.as_tuple().exponent),
        change=change,
    )
    is_rate = words.percent.search(" ".join(beside.heads)) or words.percent.search(beside.name)
    if figure.unit == "percent" or (is_rate and not figure.currency):
        yield structs.replace(made, unit="percent", change="" if change == "loss" else change)
        return
    scale = None if is_rate else _scale(spot.grid, beside, text)
    if scale is None:
        return
    near = [beside.name, *beside.heads, *beside.sections[:1]]
    if any(words.per_share.search(one) for one in near):
        yield from _per_share(spot, scale, made, " ".join(near))
        return
    if figure.unit != "p":
        yield from _amounts(spot, scale, made)


def _per_share(spot: FigureSpot, scale: "_Scale", made: Reading, near: str) -> Iterator[Reading]:
    """A number as an amount per share; in pence or cents where its row, section or column says so."""
    currency = spot.figure.currency or _column_currency(spot.grid, spot.figure) or scale.currency
    if scale.is_near or scale.power is None:
        return
    pence = spot.figure.unit == "p"
    if not (pence or _CENTS.search(near)):
        if currency:
            yield structs.replace(made, unit=currency, per="share")
        return
    if spot.figure.currency:
        return
    if not pence:
        said = HUNDREDTHS.search(near)
        if said is None or _CENTS.search(HUNDREDTHS.sub(" ", near)):
            return
        pence = bool(said["pence"])
    if pence:
        currency = "GBP" if currency in {"", "GBP"} else ""
    if currency:
        yield _scaled(made, -2, unit=currency, per="share")


def _is_read(figure: CellFigure, beside: CellSurroundings, words: HeadWords) -> bool:
    """Whether nothing beside a number makes it another one than it seems."""
    return (
        figure.is_whole
        and figure.unit in {"", "percent", "p"}
        and figure.currency != "?"
        and RATIO.search(" ".join(beside.heads)) is None
        and tables.scale_said(beside.behind).power is None
        and _PER.search(words.per_share.sub("", beside.name)) is None
    )


def _amounts(spot: FigureSpot, scale: "_Scale", made: Reading) -> Iterator[Reading]:
    """A number as an amount of money, and as a count of what is named beside it."""
    figure, beside = spot.figure, spot.beside
    counted = tables.COUNTED.search(beside.name) is not None and not figure.currency
    currency = figure.currency or ("" if counted else _column_currency(spot.grid, figure) or scale.currency)
    if currency and scale.currency not in {"", currency} and {currency, scale.currency} not in _SAME_SIGN:
        return
    if currency and scale.power is not None:
        yield _scaled(made, scale.power, unit=currency if currency != "$" else scale.currency or "$")
    if figure.currency or scale.power is None:
        return
    power = scale.power
    if power and not scale.is_near and not _counts_said(spot, scale):
        if not _is_beside_money(spot, scale, made):
            return
        power = 0
    for names in (beside.name, *beside.heads[-1:], *beside.sections[:1]):
        if nouns := _counted_nouns(names):
            yield _scaled(made, power, nouns=nouns)


def _is_beside_money(spot: FigureSpot, scale: "_Scale", made: Reading) -> bool:
    """Whether a head's scale is that of the money beside a count, as in "Employees" below "Mio. €" or "in millions"."""
    is_told = (
        scale.currency or (scale.power or 0) > _THOUSANDS or _EXCEPTED.search(spot.grid.title) is not None
    )
    return bool(is_told) and made.decimals == 0 and _WHOLE_COUNTS.search(spot.beside.name) is not None


_THOUSANDS: Final = 3
_EXCEPTED: Final = re.compile(
    r"\bexcept\b[^()\n]*\b(?:employees?|headcount|stores?|restaurants?|locations?|count)\b", re.IGNORECASE
)
_EMPLOYEES: Final = (
    r"\bemployees?\b|\bheadcount\b|\bstaff\b|\b(?:mitarbeit|beschäftigt|belegschaft|salarié|effectif|emplead|plantilla)"
    r"|従業員|社員|职工|员工"
)
_STORES: Final = r"\bstores?\b|\b(?:filial|magasin|tienda)|店舗|门店"
_WHOLE_COUNTS: Final = re.compile(
    rf"{_EMPLOYEES}|{_STORES}|\b(?:restaurants?|hotels?|branches|countries|locations|sites|offices)\b",
    re.IGNORECASE,
)
_NAMES_ABROAD: Final = (
    ("employees", re.compile(_EMPLOYEES, re.IGNORECASE)),
    ("stores", re.compile(_STORES, re.IGNORECASE)),
)


def _counted_nouns(name: str) -> tuple[str, ...]:
    """The nouns of a name that may be what is counted, as the units of facts name it."""
    said = _counted(name)
    nouns = tuple(one.lower() for one in _NOUN.findall(said))
    known = next((noun for noun, pattern in _NAMES_ABROAD if pattern.search(said)), "")
    if not said.isascii():
        return (known,) if known else nouns
    if nouns[:2] == ("number", "of"):
        nouns = nouns[2:]
    return nouns if not known or known in nouns or "headcount" in nouns or "staff" in nouns else (known,)


def _counted(name: str) -> str:
    """What a name says is counted: "Stores" of "Stores, end of year"."""
    return _WHEN.split(without_brackets(name), maxsplit=1)[0]


def _counts_said(spot: FigureSpot, scale: "_Scale") -> bool:
    """Whether a title gives the scale of what is counted: "Customers (in thousands)" over a table without money."""
    if scale.currency or any(other.currency for row in spot.grid.rows for other in row.figures):
        return False
    said = {one.lower() for one in _NOUN.findall(spot.grid.title)}
    words = [one.lower() for one in _NOUN.findall(_counted(spot.beside.name))]
    return bool(words) and words[-1] in said


_WHEN: Final = re.compile(r",|\b(?:open|in operation|at|as of|end of)\b", re.IGNORECASE)
_NOUN: Final = re.compile(r"[^\W\d_]+")
_CENTS: Final = re.compile(r"\b(?:cents?|pence|p)\b|¢", re.IGNORECASE)
_PER: Final = re.compile(r"\bper\b|\bpro\b|\bje\b", re.IGNORECASE)
_SAME_SIGN: Final = ({"$", "USD"}, {"$", "CAD"}, {"$", "AUD"}, {"$", "HKD"}, {"¥", "CNY"}, {"¥", "JPY"})


def _scaled(
    reading: Reading, power: int, *, unit: str = "", nouns: tuple[str, ...] = (), per: str = ""
) -> Reading:
    value = (reading.value or Decimal(0)).scaleb(power, ARITHMETIC)
    return structs.replace(
        reading, value=value, decimals=reading.decimals - power, unit=unit, nouns=nouns, per=per
    )


def _movement(grid: Grid, at: int, name: str, words: HeadWords) -> Movement | None:
    """What the name of a row makes of its numbers; None if that cannot be told."""
    said = without_brackets(name)
    said = re.sub(r"(?<=\w)/\s?\w+", " ", said)  # "Net income/loss"
    if words.losses.search(said) and not EITHER.search(said):
        signs = {figure.negative for figure in grid.rows[at].figures if figure.unit != "percent"}
        return "loss" if len(signs) == 1 else None
    if words.less.search(said) and not EITHER.search(said):
        return "" if all(figure.negative for figure in grid.rows[at].figures) else "unsure"
    return ""


class _Scale(NamedTuple):
    power: int | None  # None: it cannot be told
    currency: str
    is_near: bool  # said by the row or the column


def _scale(grid: Grid, beside: CellSurroundings, text: str) -> _Scale | None:
    """The scale and currency of a number, by what stands nearest to it; None if heads contradict each other."""
    currency = ""
    # "T€" below "2024": the year is no number of it
    near = beside.name, " ".join(beside.heads), " | ".join(beside.heads), *beside.sections
    for place, words in enumerate((*near, "\n".join(beside.stubs), grid.title)):
        said = tables.scale_said(words)
        if said.unclear:
            return None
        currency = currency or said.currency
        if said.power is not None:
            return _Scale(said.power, currency, is_near=place < len(near))
        if said.currency and place == 0 and not _is_per_share(beside):
            return None  # "(in €)" in a table of millions
    head = tables.head_above(text[max(0, grid.start - HEAD_ABOVE) : grid.start])
    if head is None:
        said_below = tables.scale_said(text[_last_figure(grid) : grid.end]).power is not None
        return _Scale(None if said_below else 0, currency, is_near=False)
    inside = tables.head_above(text[max(grid.before, grid.start - HEAD_ABOVE) : grid.start])
    if inside is None or not head.power:
        return _Scale(None, currency, is_near=False)
    return _Scale(head.power, currency or head.currency, is_near=False)


def _last_figure(grid: Grid) -> int:
    """Where the numbers of a table end; what stands behind them in it is a note."""
    return max((row.figures[-1].end for row in grid.rows if row.figures), default=grid.end)


def _is_per_share(beside: CellSurroundings) -> bool:
    return any(head_words(one).per_share.search(beside.name) for one in ("en", "de", "fr", "es", "zh", "ja"))


def _column_currency(grid: Grid, figure: CellFigure) -> str:
    """The currency that other numbers of the same column have; "" if none has one, or they differ."""
    found = {
        other.currency
        for row in grid.rows
        for other in row.figures
        if other.currency and other.first < figure.last and figure.first < other.last
    }
    return found.pop() if len(found) == 1 and "?" not in found else ""
