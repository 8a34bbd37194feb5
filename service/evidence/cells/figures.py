"""The numbers of a row of cells. Filings put "$", ")" and "%" into cells of their own; here they are joined to their number."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final, Literal, NamedTuple

Style = Literal["point", "comma"]  # what separates decimals

_CURRENCY: Final = (
    r"US\$|HK\$|C\$|CA\$|A\$|NT\$|R\$|S\$|\$|€|£|¥|￥|₹|RMB|CNY|EUR|USD|GBP|CHF|JPY|SEK|NOK|DKK|CAD|AUD|HKD"
)
_CODES: Final = {
    "$": "$", "US$": "USD", "HK$": "HKD", "C$": "CAD", "CA$": "CAD", "A$": "AUD", "NT$": "TWD", "R$": "BRL", "S$": "SGD",
    "€": "EUR", "£": "GBP", "¥": "¥", "￥": "¥", "₹": "INR", "RMB": "CNY",
}  # fmt: skip
_MINUS: Final = "-−–‐‑△▲"
_DIGITS: Final = r"[0-9]+(?:[.,'’ \u00a0\u2009\u202f][0-9]+)*"
_FIGURE: Final = re.compile(
    rf"(?P<before>{_CURRENCY})?\s*(?P<open>\()?\s*(?P<sign>[{_MINUS}+])?\s*(?P<inner>{_CURRENCY})?\s*(?P<open2>\()?"
    rf"(?P<digits>{_DIGITS})\s*(?P<close>\))?\s*(?P<unit>%|％|{_CURRENCY}|pp|p|pts?|bps|x)?\s*(?P<close2>\))?"
)
_LEADING: Final = re.compile(rf"(?P<currency>{_CURRENCY})?\s*(?P<open>\()?")
_TRAILING: Final = re.compile(r"(?P<close>\))?\s*(?P<unit>%|％|pp|pts?|bps|x)?\s*(?P<close2>\))?")
_NOTHING: Final = re.compile(
    r"[\s$€£¥()%]*(?:[-−–—―]+|n/?a\.?|n\.?m\.?|nil|\*+|N/?A|NM|N\.M\.|n\.s\.|ns)[\s)%]*", re.IGNORECASE
)
_DATE: Final = re.compile(r"[0-9]{1,2}\.\s?[0-9]{1,2}\.\s?(?:[0-9]{4}|[0-9]{2})?")
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")
_GROUPS: Final = re.compile(
    r"[0-9]{1,3}(?P<mark>[.,'’ \u00a0\u2009\u202f])[0-9]{3}(?:(?P=mark)[0-9]{3})*(?:(?P<point>[.,])(?P<rest>[0-9]+))?"
)
_PLAIN: Final = re.compile(r"[0-9]+(?:(?P<point>[.,])(?P<rest>[0-9]+))?")


class CellFigure(NamedTuple):
    """A number of a row, with the marks in the cells beside it."""

    first: int  # the columns that it has with its marks
    last: int
    column: int  # of its digits
    start: int  # in the text, with its marks
    end: int
    quoted: int  # where a quote of it must begin at the latest, and end at the earliest
    quoted_end: int
    digits: str
    currency: str  # "" if none is beside it
    unit: str  # "percent", "p" for pence, "" for none, or what is not read
    negative: bool
    is_whole: bool  # its brackets are complete


def is_nothing(text: str) -> bool:
    """Whether a cell says that there is no number: a dash, "n/a"."""
    return _NOTHING.fullmatch(text.strip()) is not None


def is_figure(text: str) -> bool:
    """Whether a cell has a number alone, with its marks."""
    words = text.strip()
    return _FIGURE.fullmatch(words) is not None and _DATE.fullmatch(words) is None


def is_mark(text: str) -> bool:
    """Whether a cell has only marks of the number beside it."""
    words = text.strip()
    return bool(words) and (_LEADING.fullmatch(words) is not None or _TRAILING.fullmatch(words) is not None)


def is_year(text: str) -> bool:
    """Whether a cell has a year alone."""
    return _YEAR.fullmatch(text.strip()) is not None


def figures_of(cells: Sequence[tuple[int, int, int, int, str]], first: int) -> list[CellFigure]:
    """The numbers of a row. `cells`: column, columns, start, end, text of each; `first`: the column of the names."""
    found: list[CellFigure] = []
    lead: tuple[int, int, re.Match[str]] | None = None  # of a cell that has "$" or "(": column, start
    for column, columns, start, end, text in cells:
        words = text.strip()
        at = start + text.index(words)
        if column == first and (is_year(words) or not any(one[0] != first for one in cells)):
            lead = None
            continue
        if (
            (match := _FIGURE.fullmatch(words)) is not None
            and not is_year(words)
            and not _DATE.fullmatch(words)
        ):
            found.append(_figure(match, column, columns, at, end, lead))
            lead = None
        elif words and (match := _LEADING.fullmatch(words)) is not None:
            lead = column, start, match
        elif found and words and (match := _TRAILING.fullmatch(words)) is not None:
            found[-1] = _closed(found[-1], match, column + columns, end)
        else:
            lead = None
    return found


def _figure(
    match: re.Match[str],
    column: int,
    columns: int,
    at: int,
    end: int,
    lead: tuple[int, int, re.Match[str]] | None,
) -> CellFigure:
    opened = match["open"] or match["open2"] or (lead and lead[2]["open"])
    closed = match["close"] or match["close2"]
    behind = match["unit"] or ""
    currencies = {one for one in (match["before"], match["inner"], lead and lead[2]["currency"]) if one}
    if behind in _CODES or re.fullmatch(_CURRENCY, behind):
        currencies.add(behind)
        behind = ""
    sign = match["sign"] or ""
    starts = [match.start(one) for one in ("open", "sign", "open2", "digits") if match[one]]
    return CellFigure(
        first=column if lead is None else lead[0],
        last=column + columns,
        column=column,
        start=at if lead is None else lead[1],
        end=end,
        quoted=at + min(starts),
        quoted_end=at + match.end("digits"),
        digits=match["digits"],
        currency=_code(currencies),
        unit=_unit(behind),
        negative=bool(opened) or sign not in {"", "+"},
        is_whole=bool(opened) == bool(closed) and not (opened and sign),
    )


def _code(signs: set[str]) -> str:
    """The ISO code of a sign, or the sign if it stands for several; "" for none, "?" for different ones."""
    if len(signs) > 1:
        return "?"
    return "".join(_CODES.get(one, one) for one in signs)


def _closed(figure: CellFigure, match: re.Match[str], last: int, end: int) -> CellFigure:
    """A number with the marks of the cell behind it."""
    closed = bool(match["close"] or match["close2"])
    return figure._replace(
        last=last,
        end=end,
        unit=figure.unit or _unit(match["unit"] or ""),
        is_whole=figure.is_whole != closed,  # a bracket that was open is closed
    )


def _unit(mark: str) -> str:
    return "percent" if mark in {"%", "％"} else mark


def style_of(digits: str) -> Style | None:
    """What the digits of a number show of its marks; None if they may be read in two ways."""
    if (grouped := _GROUPS.fullmatch(digits)) is not None:
        mark, point = grouped["mark"], grouped["point"]
        if point is not None:
            return None if point == mark else "point" if point == "." else "comma"
        if mark in ".,":
            if digits.count(mark) > 1 or digits[0] == "0":
                return (
                    ("point" if mark == "," else "comma")
                    if digits[0] != "0"
                    else ("comma" if mark == "," else "point")
                )
            return None
        return None
    plain = _PLAIN.fullmatch(digits)
    if plain is None or plain["point"] is None:
        return None
    return "point" if plain["point"] == "." else "comma"


def number_of(digits: str, style: Style | None) -> Decimal | None:
    """The value of digits in a style; None if they do not fit it, or have a mark and the style is not known."""
    own = style_of(digits)
    if own is not None and style is not None and own != style:
        return None
    style = own or style
    point, group = (".", ",") if style != "comma" else (",", ".")
    if style is None and (point in digits or group in digits):
        return None
    whole, _, rest = digits.partition(point)
    parts = re.split(rf"[{re.escape(group)}'’ \u00a0\u2009\u202f]", whole)
    if len(parts) > 1 and (len(parts[0]) > 3 or any(len(one) != 3 for one in parts[1:])):
        return None
    if rest and not rest.isdigit():
        return None
    return Decimal("".join(parts) + (f".{rest}" if rest else ""))
