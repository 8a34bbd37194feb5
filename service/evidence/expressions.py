"""Find the expressions for periods in a sentence: "in 2024", "the third quarter of 2025", "the year ended December 31"."""

import re
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

PeriodSort = Literal["year", "quarter", "half", "nine", "month", "day", "span"]

_MONTHS: Final = (
    "january januar janvier enero", "february februar février febrero", "march märz mars marzo",
    "april avril abril", "may mai mayo", "june juni juin junio", "july juli juillet julio",
    "august août agosto", "september septembre septiembre", "october oktober octobre octubre",
    "november novembre noviembre", "december dezember décembre diciembre",
)  # fmt: skip
_MONTH_NUMBER: Final = {name: n for n, names in enumerate(_MONTHS, 1) for name in names.split()} | {
    short: n for n, short in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)
} | {"sept": 9}  # fmt: skip
MONTH: Final = "|".join(sorted(_MONTH_NUMBER, key=len, reverse=True))
_ORDINALS: Final = {
    "first": 1, "1st": 1, "ersten": 1, "erstes": 1, "1.": 1, "premier": 1, "primer": 1, "一": 1, "1": 1,
    "second": 2, "2nd": 2, "zweiten": 2, "zweites": 2, "2.": 2, "deuxième": 2, "second trimestre": 2, "segundo": 2, "二": 2,
    "2": 2, "third": 3, "3rd": 3, "dritten": 3, "drittes": 3, "3.": 3, "troisième": 3, "tercer": 3, "三": 3, "3": 3,
    "fourth": 4, "4th": 4, "final": 4, "vierten": 4, "viertes": 4, "4.": 4, "quatrième": 4, "cuarto": 4, "四": 4, "4": 4,
}  # fmt: skip
_TH: Final = (
    r"first|second|third|fourth|final|1st|2nd|3rd|4th|erste[ns]|zweite[ns]|dritte[ns]|vierte[ns]|[1-4]\."
    r"|premier|deuxième|troisième|quatrième|primer|segundo|tercer|cuarto"
)
_Y: Final = r"(?:19|20)[0-9]{2}"
_OF: Final = r"(?:\s+(?:of|for|in|de|del|des|du|the|our|its|calendar|Geschäftsjahre?s?|Jahres|año|exercice|ejercicio))*"
_FISCAL: Final = r"(?:fiscal|financial|FY|Geschäftsjahr\w*|exercice(?:\s+fiscal)?|ejercicio(?:\s+fiscal)?)"
_COUNT: Final = r"three|six|nine|twelve|3|6|9|12|thirteen|twenty-six|thirty-nine|fifty-two|fifty-three|13|14|26|39|40|52|53"
_SORT_OF_COUNT: Final[dict[str, PeriodSort]] = {
    "three": "quarter", "3": "quarter", "thirteen": "quarter", "13": "quarter", "14": "quarter", "six": "half", "6": "half",
    "twenty-six": "half", "26": "half", "nine": "nine", "9": "nine", "thirty-nine": "nine", "39": "nine", "40": "nine",
    "twelve": "year", "12": "year", "fifty-two": "year", "52": "year", "fifty-three": "year", "53": "year",
}  # fmt: skip
_DATE: Final = rf"(?:(?P<month>{MONTH})\.?\s+(?P<day>[0-9]{{1,2}})(?:\s*,\s*|\s+)(?P<y>{_Y}))"
_DAY_FIRST: Final = rf"(?:(?P<e_day>[0-9]{{1,2}})\s+(?P<e_month>{MONTH})\s+(?P<e_y>{_Y}))"
_EXPRESSION: Final = re.compile(
    r"(?<![\w.,/$€£¥-])(?:"
    # the three and nine months ended June 30, 2025
    rf"(?:(?P<also>{_COUNT})-?\s+and\s+)?(?P<lead>(?P<count>{_COUNT})[\s-]+(?:months?|weeks?)|(?:fiscal\s+)?(?:years?|quarters?|months?|periods?))"
    rf"(?:\s+periods?)?\s+(?:ended|ending|to)(?:\s+on)?\s+(?:{_DATE}|{_DAY_FIRST})"
    # from July 1, 2023 to July 21, 2023
    rf"|{_DATE.replace('P<', 'P<a_')}(?:\s+\(\w+\))?\s*(?:to|through|until|–|-)\s*{_DATE.replace('P<', 'P<b_')}"
    rf"|(?P<th>{_TH})\s+(?:(?P<thf>fiscal|financial)\s+)?(?:quarter|Quartals?|trimestre){_OF}(?:\s+(?P<qf>{_FISCAL})(?:\s+year)?)?,?\s+(?P<qy>{_Y})"
    rf"|Q(?P<q>[1-4])(?:\s+of)?(?:[\s/-]*(?P<qf2>FY|fiscal))?[\s/'’-]*(?P<qy2>{_Y}|[0-9]{{2}}(?![0-9%.,]))"
    rf"|(?P<q3>[1-4])Q[\s'’-]*(?P<qy3>{_Y}|[0-9]{{2}}(?![0-9%]))|(?P<qf4>FY)?(?P<qy4>{_Y})[\s-]?Q(?P<q4>[1-4])"
    rf"|(?P<half>first|second|ersten|zweiten|1\.|2\.|premier|primer|segundo)\s+(?:half|Halbjahrs?|semestre)(?:{_OF}|\s+of\s+(?P<hf>fiscal))(?:\s+year)?,?\s+(?P<hy>{_Y})"
    rf"|H(?P<h2>[12])[\s'’-]*(?P<hy2>{_Y}|[0-9]{{2}}(?![0-9%]))|(?P<h3>[12])H[\s'’-]*(?P<hy3>{_Y}|[0-9]{{2}}(?![0-9%]))"
    rf"|first\s+(?P<firstn>three|six|nine)\s+months\s+of\s+(?:(?P<nf>fiscal)\s+)?(?P<ny>{_Y})|{_DATE.replace('P<', 'P<d_')}"
    rf"|(?P<day2>[0-9]{{1,2}})\.?\s+(?:de\s+)?(?P<month2>{MONTH})\s+(?:de\s+)?(?P<y2>{_Y})"
    rf"|(?P<y3>{_Y})-(?P<month3>[0-9]{{2}})-(?P<day3>[0-9]{{2}})|(?P<day4>[0-9]{{1,2}})\.(?P<month4>[0-9]{{1,2}})\.(?P<y4>{_Y})"
    # July-September 2008, from January to September 2008
    rf"|(?:from\s+)?(?P<first_month>{MONTH})\.?\s*(?:-|–|to|through)\s*(?P<last_month>{MONTH})(?:\s+of)?,?\s+(?P<my>{_Y})"
    rf"|(?P<month5>{MONTH})(?:\s+(?:of|de|del))?,?\s+(?P<y5>{_Y})|(?P<pair>{_Y})/(?P<pair2>{_Y}|[0-9]{{2}})(?![0-9/])"
    rf"|(?:from\s+|between\s+)?(?P<from>{_Y})\s*(?:-|–|—|to|through|and|bis|à)\s*(?P<to>{_Y})(?=[^0-9])(?P<ranged>)"
    rf"|(?:(?P<yf>{_FISCAL})(?:\s+years?)?(?:\s+of)?|(?P<ys>calendar|full)[\s-]+years?|years?|Jahre?s?|año|année)\s*'?(?P<year>{_Y}|(?<=FY)[0-9]{{2}}|(?<=FY\s)[0-9]{{2}}|(?<=FY')[0-9]{{2}})(?![0-9,.]?[0-9])"
    rf"|(?P<weak>{_Y})(?:\s+(?P<wf>fiscal|financial)\s+year)?(?![0-9%]|[,.][0-9]|\s?(?:million|billion|percent))"
    r")(?!\w)"
    # 2025年第三季度, 2025年9月30日, 2025年度, 2025年3月期
    rf"|(?P<cy>{_Y})\s?年(?P<cd>度)?(?:第?(?P<cq>[一二三四1-4])(?:季度?|四半期)|(?P<ch>上半年|下半年)|(?P<cm>[0-9]{{1,2}})月(?:(?P<cday>[0-9]{{1,2}})日|(?P<cki>期))?)?",
    re.IGNORECASE,
)  # fmt: skip
# ", 2024 and 2023" behind an expression
_FURTHER: Final = re.compile(
    rf"\s*(?:,\s*and|,|and|&|or|or|und|et|y|、|和|及)\s*(?:(?P<month>{MONTH})\.?\s+(?P<day>[0-9]{{1,2}}),?\s+)?(?P<y>{_Y})(?![0-9]|[,.][0-9]|\s?(?:million|billion|percent|%))(?!\w)",
    re.IGNORECASE,
)
_LEADS: Final = re.compile(
    r"(?:^|[\s(])(?P<strong>in|during|for|of|throughout|im|en|pour)(?:\s+(?:the|das|jahr|l'|all))*\s*$|(?P<bound>\b(?:since"
    r"|by|until|till|before|after|due|through|beyond|founded in|established in|act of|matur\w+(?:\s+in)?|expir\w+(?:\s+in)?"
    r"|seit|bis|depuis|desde|hasta)\s*(?:the\s+)?(?:end\s+of\s+)?)$",
    re.IGNORECASE,
)
_END_OF: Final = re.compile(
    r"(?:\b(?:end|close)\s+of(?:\s+the)?(?:\s+(?:fiscal|financial|calendar))?(?:\s+year)?|\byear[\s-]end|\bende)\s*$",
    re.IGNORECASE,
)
_AS_OF: Final = re.compile(r"(?:\bas\s+(?:of|at)|\bat|\bzum|\bau|\ba)\s*$", re.IGNORECASE)
# "the 2022 Plan", "2029 notes"; behind "in", a word with a capital may begin another phrase
_THING: Final = r"[A-Za-z]*\s?(?:notes?|bonds?|plans?|act|debentures|facility|agreement|program|programme)\b"
_NAME_BEHIND: Final = re.compile(rf"\s+(?:[A-Z][a-z]+|(?i:{_THING}))|-")
_NAMED_THING: Final = re.compile(rf"\s+(?i:{_THING})|-")


class PeriodExpression(NamedTuple):
    """An expression for a period: where it stands, and what it says."""

    start: int
    end: int
    sort: PeriodSort
    year: int
    number: int = 0  # of the quarter, half or month; 1 of a year written "2023/24"
    begins: date | None = None  # its first day, if it says so
    ends: date | None = None  # its last day, if it says so
    fiscal: bool = False
    calendar: bool = False
    strong: bool = True  # not only a year that may belong to a name
    bound: bool = False  # behind "since", "by", "due"
    at_end: bool = False  # "end of"
    as_of: bool = False


def expressions(text: str) -> list[PeriodExpression]:
    """The expressions for periods in a text, in order."""
    found: list[PeriodExpression] = []
    at = 0
    while match := _EXPRESSION.search(text, at):
        at = match.end()
        made = _made(match)
        if made is None:
            continue
        before = text[max(0, made[0].start - 40) : made[0].start]
        lead = _LEADS.search(before)
        for one in made:
            is_led = lead is not None and lead["strong"] is not None
            is_name = not one.strong and _NAME_BEHIND.match(text, one.end) is not None
            is_name = is_name and (not is_led or _NAMED_THING.match(text, one.end) is not None)
            strong = one.strong or (is_led and not is_name)
            bound = is_name or (
                lead is not None and lead["bound"] is not None and one.sort in {"year", "month", "day"}
            )
            ended = _END_OF.search(before) is not None
            found.append(
                one._replace(
                    strong=strong or ended,
                    bound=bound and not ended,
                    at_end=ended,
                    as_of=_AS_OF.search(before) is not None,
                )
            )
        last = found[-1]
        while last.sort != "span" and (more := _FURTHER.match(text, at)):
            last = _further(last, more)
            found.append(last)
            at = more.end()
    return found


def _two_digits(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _day(year: str, month: str, day: str) -> date | None:
    number = int(month) if month.isdigit() else _MONTH_NUMBER[month.lower()]
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return None


def _made(m: re.Match[str]) -> list[PeriodExpression] | None:
    """The expressions of a match; two for "three and nine months ended"."""
    for sort in (_ended, _part, _dated, _yearly):
        if (found := sort(m)) is not None:
            return found
    return None


def _ended(m: re.Match[str]) -> list[PeriodExpression] | None:
    """Of "three months ended June 30, 2025", and of "from July 1, 2023 to July 21, 2023"."""
    start, end = m.span()
    if m["a_day"]:
        first, last = (_day(m[f"{one}_y"], m[f"{one}_month"], m[f"{one}_day"]) for one in "ab")
        whole = first is not None and last is not None
        return (
            [PeriodExpression(start, end, "span", last.year, begins=first, ends=last)]
            if whole and last
            else []
        )
    if not m["lead"]:
        return None
    day = _day(m["y"] or m["e_y"], m["month"] or m["e_month"], m["day"] or m["e_day"])
    if day is None:
        return []
    counts = [one.lower() for one in (m["also"], m["count"]) if one]
    sorts: list[PeriodSort] = [_SORT_OF_COUNT[one] for one in counts] or [_sort_of(m["lead"].lower())]
    return [PeriodExpression(start, end, sort, day.year, ends=day) for sort in sorts]


_QUARTERS: Final = (
    ("th", "qy", "qf"), ("q", "qy2", "qf2"), ("q3", "qy3", ""), ("q4", "qy4", "qf4"), ("cq", "cy", "cd"),
)  # fmt: skip
_HALVES: Final = (("half", "hy"), ("h2", "hy2"), ("h3", "hy3"))


def _part(m: re.Match[str]) -> list[PeriodExpression] | None:
    """Of a quarter, a half, or the first months of a year."""
    start, end = m.span()
    for q, y, f in _QUARTERS:
        if m[q]:
            is_fiscal = bool(f and m[f]) or (q == "th" and bool(m["thf"]))
            return [
                PeriodExpression(
                    start, end, "quarter", _two_digits(m[y]), _ORDINALS[m[q].lower()], fiscal=is_fiscal
                )
            ]
    for h, y in _HALVES:
        if m[h]:
            first = m[h].lower() in {"first", "ersten", "1.", "1", "premier", "primer"}
            return [PeriodExpression(start, end, "half", _two_digits(m[y]), 1 if first else 2)]
    if m["firstn"]:
        sort = _SORT_OF_COUNT[m["firstn"].lower()]
        return [PeriodExpression(start, end, sort, int(m["ny"]), 1, fiscal=bool(m["nf"]))]
    if m["ch"]:
        return [PeriodExpression(start, end, "half", int(m["cy"]), 1 if m["ch"] == "上半年" else 2)]
    return None


_DATES: Final = (
    ("d_y", "d_month", "d_day"), ("y2", "month2", "day2"), ("y3", "month3", "day3"), ("y4", "month4", "day4"),
    ("cy", "cm", "cday"),
)  # fmt: skip


def _dated(m: re.Match[str]) -> list[PeriodExpression] | None:
    """Of a day or a month."""
    start, end = m.span()
    for y, month, day in _DATES:
        if m[day]:
            found = _day(m[y], m[month], m[day])
            return [] if found is None else [PeriodExpression(start, end, "day", found.year, ends=found)]
    if m["my"]:
        first, last = (_MONTH_NUMBER[m[one].lower()] for one in ("first_month", "last_month"))
        year, ends = int(m["my"]), last_day_of(int(m["my"]), last)
        begins = date(year if first <= last else year - 1, first, 1)
        return [PeriodExpression(start, end, "span", year, begins=begins, ends=ends)]
    if m["cki"]:
        ends = last_day_of(int(m["cy"]), int(m["cm"]))
        return [] if ends is None else [PeriodExpression(start, end, "year", ends.year, ends=ends)]
    for y, month in (("y5", "month5"), ("cy", "cm")):
        if m[month]:
            number = int(m[month]) if m[month].isdigit() else _MONTH_NUMBER[m[month].lower()]
            return [PeriodExpression(start, end, "month", int(m[y]), number)] if 1 <= number <= 12 else []
    return None


def _yearly(m: re.Match[str]) -> list[PeriodExpression]:
    """Of a year, or of several."""
    start, end = m.span()
    if m["cy"]:
        return [PeriodExpression(start, end, "year", int(m["cy"]), fiscal=bool(m["cd"]))]
    if m["pair"]:
        other = m["pair2"]
        second = int(other) if len(other) == 4 else int(m["pair"][:2] + other)
        sort: PeriodSort = "year" if second == int(m["pair"]) + 1 else "span"
        return [PeriodExpression(start, end, sort, second, 1, fiscal=True)]
    if m["from"]:
        if _AND.search(m[0]) and not m[0].lower().startswith("between"):
            middle = m.end("from")
            return [
                PeriodExpression(m.start("from"), middle, "year", int(m["from"]), strong=False),
                PeriodExpression(m.start("to"), end, "year", int(m["to"]), strong=False),
            ]
        return [PeriodExpression(start, end, "span", int(m["to"]))]
    if m["year"]:
        is_calendar = bool(m["ys"]) and m["ys"].lower() == "calendar"
        return [
            PeriodExpression(
                start, end, "year", _two_digits(m["year"]), fiscal=bool(m["yf"]), calendar=is_calendar
            )
        ]
    return [PeriodExpression(start, end, "year", int(m["weak"]), fiscal=bool(m["wf"]), strong=bool(m["wf"]))]


_AND: Final = re.compile(r"\sand\s", re.IGNORECASE)


def _sort_of(lead: str) -> PeriodSort:
    return (
        "quarter"
        if "quarter" in lead
        else "month"
        if "month" in lead
        else "span"
        if "period" in lead
        else "year"
    )


def last_day_of(year: int, month: int) -> date | None:
    """The last day of a month; None if there is no such month."""
    if not 1 <= month <= 12:
        return None
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _further(last: PeriodExpression, more: re.Match[str]) -> PeriodExpression:
    """The next expression of a list, of the sort of the one before."""
    year = int(more["y"])
    ends = last.ends
    if more["month"]:
        ends = _day(more["y"], more["month"], more["day"])
    elif ends is not None:
        ends = in_year(ends, year)
    return last._replace(start=more.start("y"), end=more.end(), year=year, ends=ends)


def in_year(day: date, year: int) -> date:
    """This day in another year; February 28 for the 29th."""
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)
