"""Read the figures in a row of a table whose head gives a scale, such as "(in thousands)"."""

import re
from decimal import Decimal
from typing import Final, NamedTuple

from service.core.quantities import ARITHMETIC
from service.evidence.reading.languages.en import LOSSES
from service.evidence.reading.readings import Reading

_SCALE: Final = (
    r"thousands?|millions?|billions?|lakhs?|crores?|hundreds|mm|mn|bn|mln|bln|mio\.?|mrd\.?|tsd\.?|tausend|millionen|milliarden"
    r"|milliers|milliards|miles|millones"
)
_MONEY: Final = (
    r"(?:[$€£¥₹]|\b(?-i:USD|EUR|RMB|CNY|GBP|JPY|INR|US|CHF|SEK|NOK|DKK|CAD|AUD|HKD|Rs|TEUR|HK\$|US\$))"
)
_NAMED: Final = (
    r"(?:the |constant |current )?(?:U\.?S|dollars|euros?|yuan|RMB|renminbi|yen|pounds|rupees|won|EUR|USD|CNY|Canadian"
    r"|Australian|Hong Kong|Swiss|Danish|Swedish|Norwegian)"
)
# "(in millions)", "RMB in millions", "US$ million", but neither "in millions of homes" nor "$5 million"
_HEAD: Final = re.compile(
    # in brackets, without a digit: "(dollars in thousands, except per share data)"
    rf"\((?:[^()0-9]{{0,60}}[^\w()])?(?P<bracketed>{_SCALE})(?:[^\w()][^()0-9]{{0,100}})?\)|\((?:in\s+)?(?P<short>m|k|b)\)"
    # "in thousands", "in thousands of euros"
    rf"|\bin\s+(?:\w+[$€£¥]?\s+){{0,3}}(?:[$€£¥]\s?)?(?P<plural>millions|thousands|billions)\b(?!\s+of\s+(?!{_NAMED}))"
    r"|\bin\s+(?P<abroad>mio\.?|mrd\.?|tsd\.?|tausend|millionen|milliarden)(?!\w)"
    r"|(?m:^)[ \t]*(?P<line>thousands|millions|billions)(?:[ \t]+of[ \t]+[^\n0-9]{0,40})?(?m:$)"
    r"|\ben\s+(?P<romance>milliers|millions|milliards|miles|millones)\b"
    # "US$ million", "£'000", "RMB'000"
    rf"|{_MONEY}\s?(?:in\s+)?(?P<after>{_SCALE}|m|b|k)(?!\w)|(?:{_MONEY}\s?|\(|\bin\s)'?(?P<zeros>000)'?s?(?![.,]?\d|\w)"
    r"|(?<![\d.,])(?<![\d.,]\s)\b(?P<before>mio|mrd|tsd)\.?\s?(?:€|eur\b|euro\b|us-dollar|usd\b|chf\b)"
    r"|(?<![\d.,])(?<![\d.,]\s)\b(?:(?P<teur>TEUR|T€|k€)|(?P<meur>M€|Md€))(?!\w)"
    r"|(?<![\d点])(?P<cjk>百万|千万|百億|十亿|千|万|億|亿)(?:人民币)?(?:元|円|美元|港元)(?=\s*[)）\]】,，;；\n|\t]|$)",
    re.IGNORECASE,
)
# every head has one of these; a text without them need not be searched
_HINTS: Final = (
    "(", "illions", "housands", "ILLIONS", "HOUSANDS", "illionen", "ILLIONEN", "illones", "illier", "illiard", "miles",
    "Miles", "mio", "Mio", "MIO", "mrd", "Mrd", "MRD", "tsd", "Tsd", "TSD", "ausend", "'000", "n 000", "$ ", "€ ", "£ ",
    "$m", "€m", "£m", "$M", "€M", "£M", "$b", "€b", "£b", "$B", "€B", "£B", "$k", "€k", "£k", "$t", "€t", "£t", "$000",
    "€000", "£000", "¥", "₹", "k€", "M€", "d€", "T€", "EUR", "USD", "RMB", "CNY", "GBP", "JPY", "INR", "CHF", "SEK",
    "NOK", "DKK", "CAD", "AUD", "HKD", "Rs", "US ", "US$", "rore", "akh", "元", "円",
)  # fmt: skip
_POWERS: Final = {
    "thousand": 3, "thousands": 3, "k": 3, "000": 3, "tsd": 3, "tausend": 3, "milliers": 3, "miles": 3, "lakh": 5,
    "lakhs": 5, "crore": 7, "crores": 7, "million": 6, "millions": 6, "mm": 6, "mn": 6, "mln": 6, "m": 6, "mio": 6,
    "millionen": 6, "millones": 6, "billion": 9, "billions": 9, "bn": 9, "bln": 9, "b": 9, "mrd": 9, "milliarden": 9,
    "milliards": 9, "hundreds": 2, "teur": 3, "t€": 3, "k€": 3, "m€": 6, "md€": 9, "千": 3, "万": 4, "百万": 6,
    "千万": 7, "億": 8, "亿": 8, "百億": 10, "十亿": 9,
}  # fmt: skip
_CURRENCIES: Final = (
    ("EUR", re.compile(r"€|\beuros?\b|\bEUR\b|TEUR|d'euros", re.IGNORECASE)),
    ("GBP", re.compile(r"£|\bGBP\b|sterling", re.IGNORECASE)),
    ("CNY", re.compile(r"\bRMB|\bCNY\b|renminbi|yuan|人民币|(?<![美港])元", re.IGNORECASE)),
    ("JPY", re.compile(r"\bJPY\b|\byen\b|円", re.IGNORECASE)),
    ("CHF", re.compile(r"\bCHF\b|Swiss", re.IGNORECASE)),
    ("INR", re.compile(r"₹|\bINR\b|\bRs\b|rupees", re.IGNORECASE)),
    ("AUD", re.compile(r"\bAU?\$|\bAUD\b|Australian", re.IGNORECASE)),
    ("CAD", re.compile(r"\bC(?:A|DN)?\$|\bCAD\b|Canadian", re.IGNORECASE)),
    ("HKD", re.compile(r"\bHK\$|\bHKD\b|Hong Kong", re.IGNORECASE)),
    ("USD", re.compile(r"\bUSD\b|US\$|U\.S\.|美元", re.IGNORECASE)),
    ("$", re.compile(r"\$|dollars", re.IGNORECASE)),
)
_CONTINENTAL: Final = frozenset({"abroad", "romance", "before", "teur", "meur"})
# the numbers below these have decimal commas, also where they stand in brackets
_CONTINENTAL_SCALES: Final = frozenset(
    {"mio", "mrd", "tsd", "tausend", "millionen", "milliarden", "milliers", "milliards", "miles", "millones"}
)


def _cell(digits: str) -> re.Pattern[str]:
    return re.compile(
        r"(?:(?<=[\s|])|^)(?:(?P<sign>[$€£¥]|US\$|HK\$|RMB|EUR|USD)[ \u00a0]?)?(?P<open>\(|-|–|−|)(?P<inner>[$€£])?"
        rf"(?P<digits>{digits}[0-9]{{1,3}}(?:,[0-9]{{3}})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
        r"|[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?|[0-9]+,[0-9]+)(?P<close>\)|)(?=[\s|]|$)(?!\s?(?:%|percent|pp|bps|x\b))"
    )


_CELL: Final = _cell("")
_SPACED_CELL: Final = _cell("[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+(?:,[0-9]+)?|")  # "9 840"
_PARTED: Final = re.compile(r"[|\t]")
_SIGNS: Final = {
    "$": "$",
    "€": "EUR",
    "£": "GBP",
    "¥": "¥",
    "US$": "USD",
    "HK$": "HKD",
    "RMB": "CNY",
    "EUR": "EUR",
    "USD": "USD",
}
_WORD: Final = re.compile(r"[^\W\d_]+")
COUNTED: Final = re.compile(
    r"\b(?:employees|headcount|shares|customers|stores|users|numbers?|units|days|ratio|staff|per|eps|average|rate|people|members)\b|%",
    re.IGNORECASE,
)
_ROW: Final = 8  # most words in a line that counts as a row of a table
_PROSE: Final = 14  # words from which on a line counts as prose


class TableHead(NamedTuple):
    """The scale that the head of a table gives for its figures."""

    power: int  # exponent of ten; 0 if it cannot be told
    currency: str  # ISO code or "$"; "" if the head names none
    comma: bool  # its numbers have decimal commas
    per_share: bool  # figures per share are excepted


def scale_in_header(text: str) -> bool:
    """Whether the text declares a scale for its figures, such as "(in millions)"."""
    for hint in _HINTS:  # a loop takes half the time of any()
        if hint in text:
            return _HEAD.search(text) is not None
    return False


def head_above(text: str) -> TableHead | None:
    """The head nearest to the end of `text`, which stands above a row; None if there is none.

    Its power is 0 if prose stands between it and the end.
    """
    heads = list(_HEAD.finditer(text))
    if not heads:
        return None
    found = heads[-1]
    group = found.lastgroup or ""
    power = _POWERS.get(found[group].lower().strip(".'"), 0)
    line_end = text.find("\n", found.end())
    line = text[text.rfind("\n", 0, found.start()) + 1 : len(text) if line_end < 0 else line_end]
    below = "" if line_end < 0 else text[line_end:]
    if any(len(_WORD.findall(one)) >= _PROSE for one in below.split("\n")):
        power = 0
    return TableHead(
        power,
        currency_in(found[0]) or currency_in(line),
        _is_continental(found),
        re.search(r"per\s+(?:\w+\s+)?share", line) is not None,
    )


def _is_continental(head: re.Match[str]) -> bool:
    """Whether a scale is told in a language with decimal commas."""
    group = head.lastgroup or ""
    return group in _CONTINENTAL or head[group].lower().strip(".") in _CONTINENTAL_SCALES


class ScaleSaid(NamedTuple):
    """What the head of a table or column, or the name of a row, says of the scale and currency of amounts of money."""

    power: int | None = None  # exponent of ten; None if nothing is said
    currency: str = ""  # ISO code or "$"; "" if none is named
    comma: bool = False  # in words of a language with decimal commas
    counts: bool = False  # what is counted has a scale, too, perhaps another one
    unclear: bool = False  # it says several, which cannot be told apart


_PARTS_SAID: Final = re.compile(r"[,;]|\band\b|\bexcept\b|\bexcluding\b", re.IGNORECASE)
_WHICH: Final = re.compile(r",\s*which\b", re.IGNORECASE)
_SCALE_WORD: Final = re.compile(rf"(?<!\w)({_SCALE})(?!\w)", re.IGNORECASE)
_COUNTS_SAID: Final = re.compile(
    r"\b(?:shares?|units|number|employees|customers|users|homes|barrels|tons|tonnes|stores)\b", re.IGNORECASE
)
_CURRENCY_ALONE: Final = re.compile(
    r"(?:(?m:^)|[(（])\s*(?:(?:in|en|amounts in|expressed in|单位[:：]|単位[:：])\s*)?"
    r"(?P<said>[$€£¥]|US\$|USD|EUR|GBP|CHF|RMB|CNY|JPY|euros?|U\.?S\.? dollars|dollars|人民币元|元|円|美元)"
    r"(?:\s*(?:[)）]|$)|(?=\s*(?:\n|币种)))|\bin\s+(?P<bare>€|EUR|US\$|USD|CHF|GBP)(?!\w)",
    re.IGNORECASE,
)


def scale_said(text: str) -> ScaleSaid:
    """What a text says of the scale and currency of amounts: of the last head in it that says a scale."""
    powers: set[int] = set()
    said = ScaleSaid()
    for found in _HEAD.finditer(text) if any(hint in text for hint in _HINTS) else ():
        group = found.lastgroup or ""
        named = [(found[group], found[0])]
        if group == "bracketed":
            said_in = _WHICH.sub(" which", found[0])
            named = [(one, part) for part in _PARTS_SAID.split(said_in) for one in _SCALE_WORD.findall(part)]
        for word, part in named:
            power = _POWERS.get(word.lower().strip(".'"), 0)
            if _COUNTS_SAID.search(part):
                said = said._replace(counts=True)
                continue
            powers.add(power)
            end = text.find("\n", found.end())
            line = text[text.rfind("\n", 0, found.start()) + 1 : len(text) if end < 0 else end]
            said = said._replace(
                power=power, currency=currency_in(found[0]) or currency_in(line), comma=_is_continental(found)
            )
    if not said.currency and (alone := _CURRENCY_ALONE.search(text)) is not None:
        said = said._replace(currency=currency_in(alone["said"] or alone["bare"]))
    return said._replace(unclear=len(powers) > 1 or 0 in powers)


def currency_in(text: str) -> str:
    """The currency that a text names: its ISO code, or "$"; "" if it names none."""
    return next((code for code, pattern in _CURRENCIES if pattern.search(text)), "")


def without_scales(text: str) -> str:
    """The text with what it says of scales and currencies blanked."""
    for pattern in (_HEAD, _CURRENCY_ALONE):
        text = pattern.sub(lambda match: " " * len(match.group()), text)
    return text


LINES_ABOVE: Final = 40
YEAR: Final = re.compile(r"(?<![\w.,/$€£¥-])(?:19|20)[0-9]{2}(?![.,/-]?\w)")
_NUMBER_CELL: Final = re.compile(
    r"(?<![\w.,])[(\-–−]?(?:US|HK)?[$€£¥]?[ \u00a0]?\(?[0-9]+(?:[.,][0-9]+)*\)?(?P<rate>\s?(?:%|percent))?(?![\w])"
)


def column_of(row: str, start: int, *, rate: bool) -> tuple[int, int]:
    """Which of the row's figures contains the place `start` (-1: none), and how many it has.

    `rate`: percentages are counted, else the others.
    """
    cells = [one.span() for one in _NUMBER_CELL.finditer(row) if (one["rate"] is not None) == rate]
    at = next((n for n, (first, last) in enumerate(cells) if first <= start < last), -1)
    return at, len(cells)


def name_of_row(row: str) -> str:
    """The words of a row before its first figure."""
    first = _NUMBER_CELL.search(row)
    return (row[: first.start()] if first else row).strip(" \t|$€£¥(-–−:.")


_WIDE_MARK: Final = re.compile("[，。；、]")  # of a sentence in Chinese or Japanese


def is_prose(line: str) -> bool:
    """Whether a line is a sentence, and so no head of a table."""
    return len(_WORD.findall(line)) >= _PROSE or _WIDE_MARK.search(line) is not None


def heads_above(text: str) -> str:
    """The nearest lines at the end of a text that have no figures but years, up to prose: the heads of a table's rows."""
    found: list[str] = []
    for line in reversed(text.split("\n")[-LINES_ABOVE:]):
        if is_prose(line):
            break
        if not _CELL.search(YEAR.sub("", line)):
            found.insert(0, line)
    return "\n".join(found)


def is_row(line: str) -> bool:
    """Whether a line is short enough to be a row of a table."""
    return not _WIDE_MARK.search(line) and sum(word[:1].isalpha() for word in line.split()) <= _ROW


def figures(line: str, head: TableHead) -> list[Reading]:
    """The amounts of money in a row below `head`, with its scale."""
    if not head.power or not is_row(line):
        return []
    label = line[: match.start()] if (match := _CELL.search(line)) else line
    if COUNTED.search(label):
        return []
    loss = not LOSSES.isdisjoint(word.lower() for word in _WORD.findall(re.sub(r"\([^)]*\)", "", label)))
    found: list[Reading] = []
    is_parted = _PARTED.search(line) is not None
    for cell in (_SPACED_CELL if head.comma else _CELL).finditer(line):
        if " " in cell["digits"] and not is_parted:
            continue  # one number or two
        currency = _SIGNS.get(cell["sign"] or cell["inner"] or "", "") or head.currency
        number = _number(cell["digits"], comma=head.comma)
        negative = cell["open"] in {"-", "–", "−"} or (cell["open"] == "(" and cell["close"] == ")")
        if number is None or not currency or (bool(cell["close"]) != (cell["open"] == "(")):
            continue
        if (
            not cell["sign"]
            and "," not in cell["digits"]
            and "." not in cell["digits"]
            and 1900 <= number <= 2099
        ):
            continue  # a year
        if head.per_share and number < 1000 and number != number.to_integral_value():
            continue
        if loss and negative:
            continue
        value = (-number if negative else number).scaleb(head.power, ARITHMETIC)
        found.append(
            Reading(
                start=cell.start("sign") if cell["sign"] else cell.start("open"),
                end=cell.end(),
                value=value,
                decimals=-int(number.as_tuple().exponent) - head.power,
                unit=currency,
                change="loss" if loss else "",
            )
        )
    return found


_SPACES: Final = re.compile("[ \u00a0\u202f]")


def _number(digits: str, *, comma: bool) -> Decimal | None:
    """The number of a cell; None if its marks do not fit the head's language."""
    if comma:
        if "." in digits and not re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?", digits):
            return None
        if digits.count(",") > 1:
            return None
        return Decimal(_SPACES.sub("", digits).replace(".", "").replace(",", "."))
    if "," in digits and not re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?", digits):
        return None
    if digits.count(".") > 1:
        return None
    return Decimal(digits.replace(",", ""))
