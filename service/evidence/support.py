"""Decide whether a quantity read in a passage supports a number of a fact, and if not, why."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from msgspec import structs

from service.core.kinds import Number
from service.core.quantities import BOUND_WORDS, Bound, Quantity, rounded
from service.evidence.reading.languages.en import vocabulary
from service.evidence.reading.readings import Reading

_MEASURES: Final = frozenset({"percent", "percentage_points", "basis_points"})
_TIMES: Final = frozenset({"pure", "times", "x", "multiple", "multiples"})
_MONEY: Final = re.compile(r"([A-Z]{3})(?:/([A-Za-z_-]+))?$")
_FLIPPED: Final[dict[Bound, Bound]] = {"at_least": "at_most", "at_most": "at_least"}

_NO_UNIT: Final = (
    "(?! (?:reporting )?(?:unit|segment|operations|subsidiar))"  # behind a nation, which then tells no money
)
# words nearby that show which currency a shared symbol ($, ¥, kr) stands for
_OTHER_DOLLARS: Final = {
    "CAD": rf"\b(?:C|CA|CDN)\$|\bCAD\b|Canadian{_NO_UNIT}",
    "AUD": rf"\b(?:A|AU)\$|\bAUD\b|Australian{_NO_UNIT}",
    "HKD": r"\bHK\$|\bHKD\b|Hong Kong dollar",
    "SGD": r"\b(?:S|SG)\$|\bSGD\b|Singapore dollar",
    "NZD": r"\bNZ\$|\bNZD\b|New Zealand dollar",
    "TWD": r"\bNT\$|\b(?:TWD|NTD)\b|Taiwan(?:ese)? dollar",
    "BRL": r"\bR\$|\bBRL\b",
    "MXN": r"\bM(?:X|EX)\$|\bMXN\b|[Pp]eso",
}
_DECLARED: Final = re.compile(
    r"\bin (?:\w+ ){0,3}(Canadian|Australian|Hong Kong|Singapore|New Zealand|New Taiwan) dollars",
    re.IGNORECASE,
)
_DECLARED_CODES: Final = {
    "canadian": "CAD", "australian": "AUD", "hong kong": "HKD", "singapore": "SGD", "new zealand": "NZD",
    "new taiwan": "TWD",
}  # fmt: skip
_ANY_OTHER_DOLLAR: Final = re.compile(
    rf"{'|'.join(_OTHER_DOLLARS.values())}|\$\s?[0-9][^()$\n]{{0,24}}\(US\$\s?[0-9]"
)
_SAYS_YUAN: Final = re.compile(r"yuan|renminbi|\b(?:RMB|CNY|CNH)\b|CN¥|元", re.IGNORECASE)
_SAYS_YEN: Final = re.compile(r"\byen\b|\bJPY\b|JP¥|円", re.IGNORECASE)
# whose money it is that several countries call alike
_NATIONS: Final = {
    unit: {code: re.compile(rf"\b{code}\b|{named}", re.IGNORECASE) for code, named in nations.items()}
    for unit, nations in {
        "kr": {
            "SEK": "Swed|Schwed|su[ée]doi|suec", "NOK": "Norw|norvég|norueg", "DKK": "Danish|Denmark|dän|danoi|dan[eé]s",
            "ISK": "Iceland|isländ|islanda", "CZK": "Czech|tschech|tchèque|chec[oa]",
        },
        "peso": {
            "MXN": "M[eé][xj]ic|Mexi[kq]", "CLP": "Chil[ei]", "COP": "[CK]olombi", "ARS": "Argentin", "UYU": "Urugua[yi]",
            "PHP": "[PF]h?ilip", "DOP": "Domini[ck]an",
        },
        "franc": {
            "CHF": "suisse|schweiz|Swiss", "FRF": "fran[çc](?:ais|és|oes|ösisch)", "BEF": "bel[gq]", "XOF": "CFA|FCFA",
            "LUF": "luxemb",
        },
    }.items()
}  # fmt: skip

_IRREGULAR: Final = {
    "people": "person", "men": "man", "women": "woman", "children": "child", "staff": "staff",
    "personnel": "personnel", "aircraft": "aircraft", "series": "series", "species": "species",
    "data": "data", "headcount": "headcount", "payroll": "payroll", "workforce": "workforce", "criteria": "criterion",
    "membership": "membership", "premises": "premises",
    "centres": "center", "centre": "center", "feet": "foot", "indices": "index", "analyses": "analysis",
}  # fmt: skip
_NO_PLURALS: Final = vocabulary("business access process campus status virus bus gas loss less plus thus")
_STAFF: Final = frozenset(
    {"employee", "headcount", "staff", "worker", "staffer", "personnel", "workforce", "payroll"}
)
_POSTS: Final = frozenset({"job", "position", "post", "role"})  # what those had who are dismissed
_SAME: Final = (
    _STAFF,
    _POSTS,
    frozenset({"customer", "client"}),
    frozenset({"person", "individual"}),
    frozenset({"member", "membership"}),
    frozenset({"country", "nation"}),
    vocabulary("""shop store boutique supermarket superstore hypermarket drugstore retaillocation retailoutlet retailstore
    retailshop"""),
    frozenset({"car", "automobile"}),
    frozenset({"mw", "megawatt"}),
    frozenset({"gw", "gigawatt"}),
    frozenset({"programme", "program"}),
)
# "300 square foot stores" are no 300 stores
_MEASURED: Final = vocabulary(
    "square sq foot inch mile star acre bed room seat storey story page volt watt megawatt mw gw"
)
_NOT_REALLY: Final = vocabulary(
    "former potential prospective possible non ex fake lost missing would be fewer planned"
)
_AFTER_HEAD: Final = vocabulary("worldwide globally nationwide online overall alone combined globally")

# words of a subject that show whether its numbers are declines (3), growth (-3) or levels (3)
_LESS: Final = vocabulary("""reduction reductions decline declines decrease decreases drop fall loss losses cut cuts saving
    savings discount deficit outflow outflows contraction shrinkage layoffs shortfall reduced saved lost lower subsidy used
    closures closure dismissals dismissal burn closing closings departures departure layoff redundancies redundancy offs
    resignations exits sackings terminations retirements disposals closed dismissed fired axed terminated""")
_MORE: Final = vocabulary("""growth change changes increase increases rise added additions adds gain gains expansion improvement
    boost new net-adds uplift hike hikes hires hiring recruits recruitment""")
_GAPS: Final = vocabulary("""gap difference miss beat surprise variance spread discrepancy overrun excess shortfall deviation
    above below""")
_PLANS: Final = vocabulary("""plan plans planned target targets goal goals pipeline hires hiring recruitment openings opening
    additions expected forecast guidance future ambition recruits created creation""")
_RESULT: Final = vocabulary("income profit profits earnings result results ebit ebitda ebita cash eps return")
_LEVEL: Final = vocabulary("""share margin rate ratio penetration yield utilization utilisation occupancy stake ownership
    proportion part""")
# what is a sum, so that a percentage is told of its growth alone
_SUMS: Final = vocabulary(
    "revenue revenues sales turnover profit profits income earnings premiums orders backlog"
)
_SUBJECT_WORD: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_RATES: Final = frozenset({"percent", "percentage_points", "basis_points", "times"})
# whether a reading has the subject's sign, the opposite one, or cannot be compared
_Turn = Literal["as it is", "turned", "no"]


class Setting(NamedTuple):
    """Context of a reading: the text around it, and the words that name the number (subject, field, label)."""

    around: str
    label: str


class Match(NamedTuple):
    """The result of a comparison: `reason` None means support; `nearness` (0 to 9) ranks the failures."""

    nearness: int
    reason: str | None


def weigh(number: Number, reading: Reading, setting: Setting) -> Match:
    """Compare a reading with a number of the fact."""
    if isinstance(number.quantity, int):
        return _weigh_whole(number, number.quantity, reading)
    return _weigh_quantity(number.quantity, reading, setting)


def _weigh_whole(number: Number, value: int, reading: Reading) -> Match:
    if reading.role != number.role:
        return Match(0, f"it tells of no {number.field.replace('_', ' ')}")
    if reading.value != value:
        return Match(2, f"it says {said(reading)}, not {value}")
    if reading.bound != "exact":
        return Match(3, f"it says {said(reading)}, not {value} alone")
    return Match(9, None)


def _weigh_quantity(quantity: Quantity, reading: Reading, setting: Setting) -> Match:
    doubt = _unit_doubt(quantity, reading, setting)
    if doubt is not None:
        nearness = 1 if _same_digits(quantity, reading) else 0
        return Match(nearness, f"it says {said(reading)}, not {told(quantity)}{doubt}")
    signed = _signed(reading, setting.label)
    if signed is None:
        return Match(2, _UNSIGNED.get(reading.change, _UNSIGNED["unsure"]))
    nearness = 3 + 2 * _same_numbers(quantity, signed) + (quantity.bound == signed.bound)
    if (quantity.value is None) != (signed.value is None) or not _same_numbers(quantity, signed):
        return Match(nearness, f"it says {said(signed)}, not {told(quantity)}")
    if quantity.bound != signed.bound:
        return Match(nearness, f"it says {said(signed)}, not {told(quantity)}")
    if quantity.decimals is not None and quantity.decimals > signed.decimals:
        return Match(
            nearness,
            f"its last digit is accurate to {_unit_of(signed.decimals)}, the fact's to {_unit_of(quantity.decimals)}",
        )
    return Match(9, None)


def _same_digits(quantity: Quantity, reading: Reading) -> bool:
    return (
        reading.value is not None
        and quantity.value is not None
        and abs(reading.value) == abs(Decimal(quantity.value))
    )


def _same_numbers(quantity: Quantity, reading: Reading) -> bool:
    if quantity.bound in _FLIPPED and quantity.decimals is not None:
        # "over 738.52 million" is not at least 739 million
        coarse = (
            rounded(Decimal(quantity.value or 0), reading.decimals) if reading.value is not None else None
        )
        return coarse is not None and coarse == rounded(reading.value or Decimal(0), reading.decimals)
    pairs = ((quantity.value, reading.value), (quantity.low, reading.low), (quantity.high, reading.high))
    return all(_same(text, read, quantity.decimals, reading.decimals) for text, read in pairs)


def _same(text: str | None, read: Decimal | None, decimals: int | None, written: int) -> bool:
    if text is None or read is None:
        return text is None and read is None
    value = Decimal(text)
    if decimals is None:
        return value == read
    return rounded(value, written) == rounded(read, written) or rounded(read, decimals) == value


def _signed(reading: Reading, label: str) -> Reading | None:
    """The reading with the sign that the fact's subject needs, or None if it cannot be told.

    "fell 3%" is -3 for a subject of growth and 3 for one of decline.
    """
    if not reading.change and (reading.value or 0) >= 0:
        return reading
    words = {word.lower() for word in _SUBJECT_WORD.findall(label)}
    if not reading.change:
        # "净利润为-3亿元" is a net loss of 3, "en baisse de 25 M$ (-1,8 %)" a fall of 1.8 percent
        is_less = not words.isdisjoint(_LESS) if reading.unit in _RATES else "loss" in words
        return _negative(reading) if is_less and words.isdisjoint(_RESULT) else reading
    if any(number is not None and number < 0 for number in (reading.value, reading.low)):
        return None
    turn = _turn(reading, words)
    if turn == "no":
        return None
    return reading if turn == "as it is" else _negative(reading)


def _turn(reading: Reading, subject: set[str]) -> _Turn:
    """How a change counts for a subject: "rose $5 billion" does not support a revenue of 5 billion."""
    less, more = not subject.isdisjoint(_LESS), not subject.isdisjoint(_MORE)
    amount = reading.unit not in _RATES
    level = amount or (reading.unit != "times" and not subject.isdisjoint(_LEVEL | _SUMS))
    match reading.change:
        case "up":
            return "no" if less or (level and not more) else "as it is"
        case "down" | "cut":
            if less:
                return "no" if more else "as it is"
            if more or not level:
                return "as it is" if reading.change == "cut" and not more else "turned"
            return "no"
        case "gap":
            return "no" if subject.isdisjoint(_GAPS) else "as it is"
        case "planned":
            return "no" if subject.isdisjoint(_PLANS | _MORE) else "as it is"
        case "loss":
            return "as it is" if less and (subject.isdisjoint(_RESULT) or "burn" in subject) else "turned"
        case _:
            return "no"


def _negative(reading: Reading) -> Reading:
    return Reading(
        start=reading.start,
        end=reading.end,
        value=None if reading.value is None else -reading.value,
        low=None if reading.high is None else -reading.high,
        high=None if reading.low is None else -reading.low,
        decimals=reading.decimals,
        bound=_FLIPPED.get(reading.bound, reading.bound),
        unit=reading.unit,
        per=reading.per,
        nouns=reading.nouns,
    )


# --- units ------------------------------------------------------------------------------------------


def _unit_doubt(quantity: Quantity, reading: Reading, setting: Setting) -> str | None:
    """None if the reading has the fact's unit, else a reason to add to the message ("" if nothing to add)."""
    unit, label, around = quantity.unit, setting.label, setting.around
    if reading.role != "quantity" and not (reading.role == "duration" and unit.lower() in {"years", "year"}):
        return ""
    if unit in _MEASURES:
        return None if reading.unit == unit and not (reading.per and _is_rate(reading.per, label)) else ""
    if money := _MONEY.match(unit):
        per = money[2] or ""
        if reading.per == "piece" and "dividend" in label:
            reading = structs.replace(reading, per="share")  # "a dividend of $1.30 apiece"
        if any(set(_SUBJECT_WORD.findall(label)) >= one for one in _SHARE_PRICES) and (
            (per and not reading.per) or (not per and reading.per == "share")
        ):
            per = reading.per  # "shares closed at $18.50"
        if not per and (_rate_named(reading.per, label) or _shared_out(reading, label)):
            reading = structs.replace(reading, per="")
        return _money_doubt(money[1], per, reading, around)
    if unit.lower() in _TIMES:
        plain = not reading.unit and not reading.nouns and not reading.per and unit == "pure"
        return None if reading.unit == "times" or plain else ""
    if reading.unit:
        return ""
    noun, _, per = unit.partition("/")
    if _shared_out(reading, label) or (not per and _rate_named(reading.per, label)):
        reading = structs.replace(reading, per="")
    if _singular(reading.per) != _singular(per.lower()) and not _yearly_flow(reading.per, per, label):
        return ""
    return None if _counts(noun, reading) else ""


def _yearly_flow(said: str, asked: str, label: str) -> bool:
    """Whether a count "a year" is one of a period: "builds 320,000 vehicles a year" tells a production."""
    words = {word.lower() for word in _SUBJECT_WORD.findall(label)}
    return said == "year" and not asked and not words.isdisjoint(_YEARLY)


_YEARLY: Final = vocabulary("production output capacity deliveries shipments passengers sold")


def _shared_out(reading: Reading, label: str) -> bool:
    """Whether the number is said of each of several, and the field tells what each of them gets or costs."""
    words = _SUBJECT_WORD.findall(label)
    return reading.per == "each" and not _FOR_EACH.isdisjoint(words) and _OF_DEALS.isdisjoint(words)


_SHARE_PRICES: Final = (frozenset({"share", "price"}), frozenset({"price", "target"}))
_OF_DEALS: Final = frozenset({"acquisition", "purchase", "deal", "takeover"})
_FOR_EACH: Final = frozenset({"benefits", "benefit", "price", "each", "per"})


def _of_growth(label: str) -> bool:
    """Whether the subject is a change over the fact's period, which a rate per month is not."""
    words = {word.lower() for word in _SUBJECT_WORD.findall(label)}
    return not words.isdisjoint(_MORE) or not words.isdisjoint(_LESS)


def _is_rate(per: str, label: str) -> bool:
    """Whether a percentage is of each, or per month, and the fact's change is not."""
    return (per in {"each", "?"} or _of_growth(label)) and not _rate_named(per, label)


def _rate_named(per: str, label: str) -> bool:
    """Whether the fact's subject names the rate, as `monthly-revenue` does."""
    words = {word.lower() for word in _SUBJECT_WORD.findall(label)}
    return not words.isdisjoint(
        _RATE_WORDS.get(per, {per, f"{per}s"} if "per" in words else _AVERAGES.get(per, set()))
    )


_AVERAGES: Final[dict[str, set[str]]] = {
    "user": {"arpu"},
    "unit": {"arpu", "asp"},
    "customer": {"arpc", "arpu"},
}
_RATE_WORDS: Final[dict[str, set[str]]] = {
    "month": {"month", "monthly"}, "week": {"week", "weekly"}, "day": {"day", "daily"}, "hour": {"hour", "hourly"},
}  # fmt: skip


def _money_doubt(code: str, per: str, reading: Reading, around: str) -> str | None:
    if _singular(per.lower()) != _singular(reading.per):
        return ""
    match reading.unit:
        case "$":
            if code == "USD":
                return "; other dollars stand near it" if _other_dollars(around) else None
            return None if _declared_dollar(around) == code else ""
        case "¥":
            if code == "CNY":
                return "; yen stand near it" if _says(_SAYS_YEN, around) else None
            return None if code == "JPY" and not _says(_SAYS_YUAN, around) else ""
        case "kr" | "peso" | "franc":
            nations = _NATIONS[reading.unit]
            named = {nation for nation, pattern in nations.items() if _says(pattern, around)}
            return None if named == {code} or (reading.unit != "kr" and code in nations and not named) else ""
        case _:
            return None if reading.unit == code else ""


# What is around is looked through once for all the readings of a text: it may be the whole of a long one.


@lru_cache(maxsize=1)
def _other_dollars(around: str) -> bool:
    return _ANY_OTHER_DOLLAR.search(around) is not None


@lru_cache(maxsize=1)
def _declared_dollar(around: str) -> str:
    """The code of the one other dollar that the text says its figures are in; "" if there is none, or also US dollars."""
    declared = {_DECLARED_CODES[match.lower()] for match in _DECLARED.findall(around)}
    return declared.pop() if len(declared) == 1 and "US" not in around else ""


@lru_cache(maxsize=2 + sum(map(len, _NATIONS.values())))
def _says(pattern: re.Pattern[str], around: str) -> bool:
    return pattern.search(around) is not None


def _counts(unit: str, reading: Reading) -> bool:
    """Whether the nouns beside the number name the unit, or a synonym of it."""
    nouns = _gone(reading.nouns) if reading.change else reading.nouns
    if not nouns or any(word in _NOT_REALLY for word in nouns):
        return False
    head = _head(nouns, single=reading.value == 1)
    if head < 0:
        return False
    wanted = _key(_UNIT_WORD.findall(unit.lower()))
    if nouns[0] == "employed" and (wanted in _STAFF or (reading.change == "cut" and wanted in _POSTS)):
        return True
    if nouns[0] == "people" and wanted == "person":
        return True
    firsts = (0,) if nouns[0] in _MEASURED else range(head, max(-1, head - 4), -1)
    return any(_alike(_key(list(nouns[first : head + 1])), wanted) for first in firsts)


def _gone(nouns: tuple[str, ...]) -> tuple[str, ...]:
    """What goes or comes: the jobs of "650 job cuts"."""
    return (*nouns[:-2], f"{nouns[-2]}s") if len(nouns) > 1 and nouns[-1] in _GOING else nouns


_GOING: Final = vocabulary("cuts losses reductions openings additions")
_UNIT_WORD: Final = re.compile(r"[a-z0-9]+")


def _head(nouns: tuple[str, ...], *, single: bool) -> int:
    """The index of the noun that is counted; -1 if it cannot be told."""
    if single:
        return len(nouns) - 1
    place = next((at for at, word in enumerate(nouns) if _plural(word)), -1)
    if place < 0:
        return -1
    while place + 1 < len(nouns) and _plural(nouns[place + 1]):
        place += 1
    rest = nouns[place + 1 :]
    if any(_plural(word) for word in rest):
        return -1
    if rest and not (rest[0] in _AFTER_HEAD or rest[0].endswith(("ed", "ly", "ing"))):
        return -1
    return place


_ABBREVIATED: Final = vocabulary("mw gw kw mwh gwh kwh twh tb gb pb km kg oz koz moz kt mt bbl boe")


def _plural(word: str) -> bool:
    if word in _IRREGULAR:
        return word != "centre"
    if word in _ABBREVIATED:
        return True
    return (
        len(word) > 2
        and word.endswith("s")
        and not word.endswith(("ss", "us", "is", "'s"))
        and word not in _NO_PLURALS
    )


def _singular(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 2:
        return word[:-1]
    return word


def _key(words: list[str]) -> str:
    """A key equal for all spellings of a noun: "data centres", "data_centers", "datacenters"."""
    return (
        "".join([*words[:-1], _singular(words[-1])]).replace("centre", "center").replace("licence", "license")
        if words
        else ""
    )


def _alike(one: str, other: str) -> bool:
    return one == other or any(one in same and other in same for same in _SAME)


# --- messages --------------------------------------------------------------------------------------

_UNSIGNED: Final = {
    "up": "it tells by how much something rose, not how much there is",
    "down": "it tells by how much something fell, not how much there is",
    "cut": "it tells by how much something was cut, not how much there is",
    "gap": "it tells the distance to something else, not how much there is",
    "planned": "it tells what is planned, not what is there",
    "unsure": "the words around it do not tell whether it is more or less",
}


def told(quantity: Quantity) -> str:
    """A fact's quantity in words."""
    number = quantity.value if quantity.value is not None else f"{quantity.low} to {quantity.high}"
    return f"{BOUND_WORDS[quantity.bound]}{number} {quantity.unit.replace('_', ' ')}"


def said(reading: Reading) -> str:
    """A reading in words."""
    number = (
        _plain(reading.value)
        if reading.value is not None
        else f"{_plain(reading.low)} to {_plain(reading.high)}"
    )
    unit = reading.unit.replace("_", " ") or " ".join(reading.nouns)
    per = f" per {reading.per}" if reading.per and reading.per != "?" else ""
    change = {"down": "a fall of ", "cut": "a cut of ", "loss": "a loss of "}.get(reading.change, "")
    return f"{change}{BOUND_WORDS[reading.bound]}{number} {unit}{per}".strip()


def _plain(value: Decimal | None) -> str:
    if value is None:
        return ""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text)[:60]


def _unit_of(decimals: int) -> str:
    return _plain(Decimal(1).scaleb(-decimals))
