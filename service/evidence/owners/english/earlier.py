"""Whether a number is only what another one is compared with: of the year before, a forecast, a target."""

import re
from collections.abc import Sequence
from typing import Final

from service.evidence import expressions, periods
from service.evidence.owners.look import RATES, WORD, Look, clause_start, numbers_like
from service.evidence.reading.languages.en import CUT, DOWN, UP

_FILLER: Final = (
    r"(?:(?:the|a|an|its|their|our|that|last|prior|previous|preceding|year-ago|year-earlier|same|year|quarter|period|month|fiscal"
    r"|half|restated|revised|reported|recorded|comparable|corresponding|figure|figures|level|total|of|about|some|around|just|only"
    r"|consensus|wall|street|city|market|zacks|factset|lseg|refinitiv|bloomberg|mean|median|average|analysts?|estimated?|estimates|forecasts?|targets?|expected|expectations?|guidance|projected|planned|budgeted"
    r"|loss|losses|profit|profits|net|operating|gross|pre-tax|pretax|income|revenue|revenues|sales|earnings|margin|debt|stood|at|share"
    r"|earlier|initial|original|peak|record|high|low|best|worst)(?:['’]s?)?(?:\s+|-))"
)
_BASE: Final = re.compile(
    rf"\b(?P<word>from|versus|vs\.?|against|than|relative\s+to|compar(?:ed|es|ing)\s+(?:with|to)|after|exceed(?:ed|s|ing)|beat(?:s|ing)?"
    rf"|missed|missing|topp(?:ed|ing)|surpass(?:ed|ing)|below|above|ahead\s+of|in\s+line\s+with|short\s+of|up\s+on|down\s+on|improv(?:ed|ing)\s+on|behind)"
    rf"\s+(?P<filler>{_FILLER}*)$",
    re.IGNORECASE,
)
_COMPARED_WITH: Final = re.compile(
    r"\bcompared\s+(?:with|to)(?:\s+(?!to\b|was\b|were\b|is\b|rose\b|fell\b|grew\b)[a-z’'-]+){1,6}\s+[A-Z]{0,3}[$€£¥]?$"
)
_ALWAYS_BASE: Final = frozenset({"versus", "vs", "vs.", "against", "than"})
_AGO: Final = (
    r"(?:only\s+|just\s+)?(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|[0-9]+|several|(?:a\s+)?few|some)\s+"
    r"(?:years?|quarters?|months?|decades?|weeks?)\s+(?:earlier|ago|before|previously)"
)
_A_YEAR_AGO: Final = re.compile(
    r"(?:\s+(?!from\b|over\b|than\b|and\b|but\b|on\b|against\b|as\b|vs\b|versus\b|with\b|to\b)[a-z]+){0,2}?\s*,?\s+(?:(?:recorded|reported|posted|seen|made|earned|spent|achieved)\s+)?(?:(?:in|for|during|of|at)\s+)?"
    rf"(?:{_AGO}|at\s+(?:its|their|the)\s+(?:peak|height)"
    r"|(?:the\s+)?same\s+(?:three\s+months|six\s+months|nine\s+months|period|quarter|month|time|half)\s+(?:(?:of|in)\s+)?"
    r"(?:last|a\s+year|the\s+(?:prior|previous|year))"
    r"|(?:the\s+)?(?:prior|previous|preceding|year-ago|year-earlier|prior-year|corresponding|comparable)(?:[\s-](?:year|quarter|period|fiscal|half|month))+"
    r"|the\s+(?:year|quarter|month)\s+(?:before|earlier|ago)|before\s+(?:the|its|their)\s+\w+)",
    re.IGNORECASE,
)
_EARLIER_FIRST: Final = re.compile(
    rf"\W*(?:{_AGO}|in\s+the\s+(?:prior|previous|preceding)[\s-]"
    r"(?:year|quarter|period|fiscal year)"
    r"|(?:in|for)\s+the\s+same\s+(?:quarter|period|month|half|months)\s+(?:last|a|of|one|the)\b"
    r"|(?:previously|formerly|originally),|the\s+(?:year|quarter|month|season)\s+(?:before|prior)\b|at\s+one\s+(?:time|point)\b)",
    re.IGNORECASE,
)
_IN_BRACKETS: Final = re.compile(
    r"\((?:in\s+)?(?:the\s+)?(?:prior|previous|last|preceding)[\s-](?:year|quarter|period|month|fiscal year)\b[^()]*$",
    re.IGNORECASE,
)
_ONCE: Final = re.compile(
    r"\bonce\s+(?:had|held|owned|employed|operated|controlled|commanded|ran|made|served|boasted|generated|earned|sold)\b[^,;]*$|\b(?:once|formerly|previously|originally|initially)\s+$"
    r"|\bused\s+to\s+\w+\s+$|\bat\s+(?:its|their|the)\s+(?:peak|height|high)\b[^;]*$"
    r"|\b(?:after|following|having)\s+(?:growing|rising|falling|declining|shrinking|gaining|dropping|climbing"
    r"|an?\s+(?:\w+\s+){0,2}(?:of|by))\s+(?:by\s+)?$",
    re.IGNORECASE,
)
# "from $187 million, or $1.25 a share": the second number is of the same time
_OR: Final = re.compile(
    r"(?:[A-Z]{0,3}[$€£¥]\s?)?(?:[0-9][0-9.,]*|one|two|three|four|five|six|seven|eight|nine|ten)\s*%?\s*(?:(?!(?:from|to|and|versus|vs|against|than|compared)\b)[a-z]+\s*){0,4}(?:,\s*|\s+)or\s+[A-Z]{0,3}[$€£¥]?$"
)
# the past of the past: "it had been $9 million"
_HAD_BEEN: Final = re.compile(
    r"\bhad\s+(?:\w+ly\s+|already\s+|also\s+)?(?:been|stood|come|reached|totall?ed|amounted|risen|fallen|grown|earned|posted|reported|made|had"
    r"|generated|recorded|booked|seen|employed|held|owned|operated)\b(?:\s+(?!\w+ed\b)[\w'-]+){0,4}\s*$"
)
# what was expected before it came otherwise
_HAD_EXPECTED: Final = re.compile(
    r"\bhad\s+(?:\w+\s+){0,2}?(?:forecast|expected|pencill?ed|estimated|predicted|projected|anticipated|targeted|guided|planned|budgeted|hoped)\b"
)
_TOLD: Final = re.compile(
    r"\b(?:said|reported|announced|showed|told|disclosed|revealed|added)\b", re.IGNORECASE
)  # reported speech
_BY_THEN: Final = re.compile(r"\W*(?:by|as\s+of|at)\s", re.IGNORECASE)
_BEFORE_THAT: Final = re.compile(r"\W*(?:Before|Prior\s+to|Until)\s[^,;]*,")
_TAIL_END: Final = re.compile(
    r"[;]|\s(?:as\s+)?compared\s|,\s+(?!(?:and\s+)?(?:19|20)[0-9]{2}\b|or\b|(?:at|as\s+of)\s+[A-Z])|\.\s|\s(?:to|and|from|versus|vs\.?|against|than)\s+(?:[a-z]+\s+)?(?!(?:19|20)[0-9]{2}\b)(?:[A-Z]{3}\s?|[$€£¥])?[0-9]"
)
_TAIL: Final = 160  # characters behind a number in which its own year may stand
_MOVES: Final = UP | DOWN | CUT | {"to", "reached", "was", "were"}

# "net loss was EUR 5 million (EUR 3 million)": the second is of the year before; "RMB8.75 (US$1.22)" is no other sum
_BEFORE_BRACKET: Final = re.compile(
    r"(?P<unit>(?<![A-Za-z])[A-Z]{2,3}\$?|[$€£¥])?\s?(?<![\w.])[0-9][0-9.,]*\s?(?P<rest>(?:thousand|million|billion|trillion|mln|bln|bn|mn|m|b|k)\b)?\s?"
    r"(?P<behind>%|percent|per\s+cent|pct|p\b|pence|cents|cts|euros?|dollars|dlrs|pounds|yen|yuan|[A-Z]{3}\b)?(?:\s+[a-z]+)?\s*\(\s*$"
)
_UNITS: Final = re.compile(
    r"[A-Z]{2,3}\$?|[$€£¥%]|percent|per\s+cent|pct|p\b|pence|cents|cts|euros?|dollars|dlrs|pounds|yen|yuan"
)
_GUESSED: Final = re.compile(
    r"\((?:[\w’']+\s+){0,4}(?:estimates?|consensus|forecasts?|expected|est\.?|expectations?|guidance)\s?:[^()]*$",
    re.IGNORECASE,
)


def _second_in_brackets(look: Look) -> bool:
    """Whether the number stands alone in brackets behind another of its unit, or behind a word for a guess in them."""
    if _GUESSED.search(look.left):
        return True
    found = _BEFORE_BRACKET.search(look.left)
    if found is None or not look.right.startswith(")"):
        return False
    own = {one.replace(" ", "") for one in _UNITS.findall(look.text[look.start : look.end])}
    return own <= {found["unit"], found["behind"]}


def of_earlier(look: Look) -> str | None:
    """Whether the number is what another is compared with, and no year beside it says that it is the fact's own."""
    if _second_in_brackets(look):
        return "it stands in brackets behind the number of the period"
    if _of_other_year(look):
        return "it is said of another period"
    why = _compared(look)
    return None if why is None or _has_own_year(look) else why


_WITH_YEAR: Final = re.compile(
    r"[0-9][^()]*\((?:in\s+|(?:FY|[1-4]?[HQ][1-4]?|9M)\s?)?(?:(?:19|20)[0-9]{2}|[0-9]{2}):?\s*$",
    re.IGNORECASE,
)  # "$2.9 billion (2023: $2.7 billion)"


def _of_other_year(look: Look) -> bool:
    """Whether the sentence gives numbers for several periods, and this one to another than the fact's."""
    period, fiscal = look.about.period, look.about.fiscal
    if _WITH_YEAR.search(look.left):
        return (
            period is not None and periods.said(look.text, (look.start, look.end), period, fiscal) == "other"
        )
    if period is None:
        return False
    if _of_other_side(look):
        return True
    whole = periods.said(look.text, None, period, fiscal)
    listed = periods.said(look.text, (look.start, look.end), period, fiscal)
    if whole == "stated":
        return listed != "stated"  # its period is named only behind "from" or "compared with"
    if whole != "mixed" or listed != "mixed":
        return whole == "mixed" and listed == "other"
    return periods.said(_tail(look), None, period, fiscal) == "other"


# what another number is compared with, up to the comma behind it
_SIDE: Final = re.compile(
    r"\bwhich\s+(?:exceed|surpass|top|beat|compare|is\s+up|was\s+up)(?:[^;.]|\.(?=\S))*|\((?:[A-Z0-9]+\s)?(?:19|20)[0-9]{2}:[^()]*\)|\b(?:compar(?:ed|es|ing)\s+(?:with|to)|versus|vs\.?|from|against|relative\s+to)\s(?:[^,;.]|,\s?(?=[0-9])|[.](?=\S))*"
)

_NONE: Final = re.compile(
    r"\b(?:with|to|versus|vs\.?|from|against)\s+(?:no|nil|none|zero)\b"
)  # "compared to no debt"


def _of_other_side(look: Look) -> bool:
    """Whether two sides of a comparison have years, and that of the fact's period is the other side's, or neither's."""
    period = look.about.period
    sides = [one.span() for one in _SIDE.finditer(look.text)]
    if period is None or not sides:
        return False
    dated = [one for one in expressions.expressions(look.text) if one.sort != "day" or one.as_of]
    at = _side_at(sides, look.start - 1)
    numbers = [
        start for start, _ in numbers_like(look) if not any(one.start <= start < one.end for one in dated)
    ]
    told = {_side_at(sides, start) for start in numbers} if at < 0 else {-1, *range(len(sides))} - {at}
    told |= {place for place, (first, last) in enumerate(sides) if _NONE.search(look.text, first, last)}
    own = {one.year for one in dated if _side_at(sides, one.start) == at}
    compared = {one.year for one in dated if _side_at(sides, one.start) in told - {at}}
    years = periods.years_of(period, look.about.fiscal)
    return bool(compared) and own.isdisjoint(years) and (bool(own) or (at < 0 and bool(compared & years)))


def _side_at(sides: Sequence[tuple[int, int]], place: int) -> int:
    """Which of the sides a place of the sentence is in; -1 if in none."""
    return next((at for at, (first, last) in enumerate(sides) if first <= place < last), -1)


def _says_when(look: Look, clause: str) -> bool:
    """Whether words before the number name the fact's own period, and no other: "In 2024 it had been $9 million"."""
    period, fiscal = look.about.period, look.about.fiscal
    return period is not None and periods.said(clause, None, period, fiscal) == "stated"


# a number that surprised: "rose by a better than expected 9%"
_THAN_EXPECTED: Final = re.compile(
    r"\b[a-z]+er[\s-]than[\s-](?:expected|forecast|anticipated|predicted)\s+(?=(?:[A-Z]{0,3}[$€£¥])?$)"
)


def _compared(look: Look) -> str | None:
    left = _THAN_EXPECTED.sub("", _OR.sub("", look.left))
    clause = left[clause_start(look) :]
    if (
        _EARLIER_FIRST.match(clause)
        or _IN_BRACKETS.search(left)
        or _ONCE.search(left)
        or _HAD_EXPECTED.search(clause)
        or (
            _HAD_BEEN.search(clause)
            and not (
                look.reading.change or _BY_THEN.match(left) or _TOLD.search(left) or _says_when(look, clause)
            )
        )
        or _BEFORE_THAT.match(left)
    ):
        return "it is said of an earlier time"
    found = _BASE.search(left, max(0, len(left) - 120))
    if _COMPARED_WITH.search(left, max(0, len(left) - 120)):
        return "it is what another number is compared with"
    if found is None:
        behind = _A_YEAR_AGO.match(look.text, look.end)
        is_level = not look.reading.change and look.reading.unit != "times"
        return "it is said of an earlier time" if behind and is_level else None
    word, filler = found["word"].lower(), found["filler"].strip()
    if word == "from":
        if filler == "its" and "stake" in look.families:
            return None  # "income from its 16.7% stake"
        is_count = not look.reading.unit
        if is_count and _MOVES.isdisjoint(WORD.findall(left.lower()[-80:])):
            return None
        if (
            look.text[: found.start()]
            .rstrip()
            .lower()
            .endswith(("ranging", "range", "ranges", "ranged", "anywhere"))
        ):
            return None
        return "it is what another number is compared with"
    if word == "after" and (look.reading.unit in RATES or not look.reading.unit):
        return None
    if filler.endswith("at") and word not in _ALWAYS_BASE and not word.startswith(("compar", "relative")):
        return None  # as in: revenue missed estimates at $5 billion
    if word in _ALWAYS_BASE or word.startswith(("compar", "relative", "in ")):
        return "it is what another number is compared with"
    if word == "after" or filler:
        return "it is what another number is compared with"
    return None


def _has_own_year(look: Look) -> bool:
    """Whether an expression for the fact's period stands behind the number, in its own part of the sentence."""
    period, fiscal = look.about.period, look.about.fiscal
    if periods.RESPECTIVELY.search(look.right) and period is not None:
        return periods.said(look.text, (look.start, look.end), period, fiscal) in {"stated", "mixed"}
    tail = _tail(look)
    found = expressions.expressions(tail)
    if period is None or not found:
        return False
    return periods.said(tail, None, period, fiscal) in {"stated", "mixed"}


def _tail(look: Look) -> str:
    """The number's own part of the sentence behind it."""
    stop = _TAIL_END.search(look.text, look.end, look.end + _TAIL)
    return look.text[look.end : stop.start() if stop else look.end + _TAIL]
