"""Whether a number is supposed, a threshold, an average, or of a longer time than a period of the accounts."""

import re
from typing import Final

from service.evidence.owners.look import GROWTH, RATES, WORD, Look, clause_start, is_among
from service.evidence.reading.languages.en import MONTHS, vocabulary
from service.evidence.subjects import stem

_CONDITION: Final = re.compile(
    r"\b(?:if|unless|assuming|provided\s+that|in\s+case|in\s+the\s+event|whether|as\s+long\s+as"
    r"|(?:once|when|whenever|until|till|before|after|where|as\s+soon\s+as|by\s+the\s+time)\s+(?:[\w-]+\s+){1,5}?"
    r"(?:reach(?:es)?|hits?|exceeds?|passes|tops|surpass(?:es)?|crosses|climbs|drops|falls|rises|gets|goes|equals|attains))\b"
    r"(?!\s+any)(?:(?!,\s)[^;])*$",
    re.IGNORECASE,
)
_IF_BEHIND: Final = re.compile(
    r"[^.;0-9]{0,60}?\s(?:if|unless|provided\s+that|on\s+condition|should\s+(?:the|it|they|all|any|both|its|shareholders|regulators|everybody)|were\s+(?:the|it|they)"
    r"|in\s+the\s+event)\s(?!(?:needed|necessary|any|possible)\b)"
    r"|[^.;0-9]{0,20}?,?\s(?:all\s+(?:going|being)\s+well|with\s+(?:any\s+)?luck|in\s+an?\s+(?:good|bad|normal|typical|average|lean|decent)\s+year)\b"
)
_THRESHOLD: Final = re.compile(
    r"\b(?:threshold|covenant|break-?even|companies\s+with|firms\s+with|businesses\s+with|any\s+company|each\s+company"
    r"|(?:an?|another|for)\s+(?:[\w-]+\s+){0,3}(?:company|business|firm|chain|\w*maker|operation|group|retailer|brand"
    r"|start-?up)\s+with)\b[^;,]*$",
    re.IGNORECASE,
)
_TOWARDS: Final = re.compile(
    r"\b(?:towards?|closed\s+in\s+on|closing\s+in\s+on|closes\s+in\s+on|nearer\s+to|closer\s+to|on\s+track\s+for"
    r"|on\s+course\s+for|(?:to|will|would|could|may)\s+top)\s+$",
    re.IGNORECASE,
)
_RULED_OUT: Final = re.compile(
    r"(?:\s+of\s+\w+)?\s+(?:was|were|is|are|has\s+been|have\s+been)\s+(?:ruled\s+out|excluded|dismissed|rejected)\b"
)
_BOUGHT: Final = vocabulary("cost charge fine price deal spend cost.rd cost.sales cost.opex wages rent")
_COSTS: Final = re.compile(r"\bcost(?:s|ing)?\s+(?:it|them|us|the\s+\w+|[A-Z]\w+)?\s*$")
_TYPICAL: Final = re.compile(
    r"\b(?:the|an?|its|their)\s+(?:average|typical|median|mean|mid-size[d]?|maximum|minimum|theoretical)\b"
    r"(?!\s+(?:capacity|selling|price|fare|order|cost|rate|yield|daily|monthly|revenue\s+per|interest))"
    r"|\bmedian\b|(?<!return\s)(?<!returns\s)\bon average\b",
    re.IGNORECASE,
)
_SORTS: Final = ("average", "typical", "median", "mean", "maximum", "minimum", "theoretical")
_YEARLY: Final = re.compile(
    r"[^.;,]{0,40}?\s(?:since\s+(?:19|20)[0-9]{2}|on\s+average|over\s+(?:the\s+)?(?:(?:past|last|next)\s+)?\w+\s+years|CAGR)\b"
)
_YEARLY_BEFORE: Final = re.compile(
    r"\b(?:compound(?:ed)?\s+annual|average\s+annual|CAGR|annual\s+average)\b", re.IGNORECASE
)
_OTHER_SPAN: Final = re.compile(
    r"\b(?:over|in|during|across|for)\s+(?:the\s+)?(?:past|last|previous|next|coming)\s+(?:two|three|four|five|six|seven"
    r"|eight|nine|ten|[0-9]+|several"
    r"|few)\s+(?:years|decades)\b|\bsince\s+(?:its\s+\w+|(?:19|20)[0-9]{2}|inception|launch|then|the|their|he|she|it|they)\b"
    r"|\b(?:annuali[sz]ed|run-rate|run rate)\b|\bto\s+date\b|\blifetime\b|\ball-time\b",
    re.IGNORECASE,
)


def not_so(look: Look) -> str | None:
    """Whether the number stands in a condition, is a threshold, a distance or an average."""
    clause = look.left[clause_start(look) :]
    if _CONDITION.search(look.left):
        return "it stands in a condition"
    if _IF_BEHIND.match(look.right):
        return "it hangs on a condition"
    if _THRESHOLD.search(clause):
        return "it is a threshold"
    if _TOWARDS.search(look.left):
        return "it is what something comes close to"
    if _RULED_OUT.match(look.text, look.end):
        return "it is ruled out"
    if look.families and look.families.isdisjoint(_BOUGHT) and _COSTS.search(look.left):
        return "it is what something cost"
    typical = _TYPICAL.search(clause)
    if typical and not look.reading.unit and clause.rstrip().lower().endswith("an average of"):
        return None  # over the year
    if typical and not any(stem(word) in look.words for word in _SORTS):
        return "it is an average"
    return None


_THAN: Final = re.compile(
    r"\s+(?:faster|slower|quicker|more|less|higher|lower|larger|bigger|smaller|cheaper|better|worse)\s+(?:quickly\s+"
    r"|slowly\s+)?than\s+(?!(?:a|the|one|in|last|its|their|at|during|for|year|previously|before|what|on|this)\b)[a-z]+"
)

# as in: will cut 3% of its workforce
_OF_STAFF: Final = re.compile(
    r"\s+of\s+(?:the\s+(?!\w+\s+at)|its\s+|their\s+|[\w-]+['’]s\s+|all\s+)?(?:[a-z]+\s+)?(?:workforce|work\s+force|staff|jobs|employees|workers)\b"
)
_OF_SOME: Final = re.compile(r"\s+of\s+(?!(?:its|their|the|his|her)\s+(?:[\w-]+\s+)?value\b)")


def than_another(look: Look) -> str | None:
    """Of rates: whether it tells how two things differ, as in: revenue grew 32% faster than costs."""
    if look.reading.unit not in RATES:
        return None
    is_of_rate = not look.families.isdisjoint(("rate.interest", "rate.tax"))
    is_own = look.reading.change in {"cut", "down"} and _OF_STAFF.match(look.right)
    if _OF_SOME.match(look.right) and not is_own and (is_of_rate or _is_of_growth(look)):
        return "it is a part of something"
    found = _THAN.match(look.text, look.end)
    return f'it compares two things: "{found.group().strip()}"' if found else None


def _is_of_growth(look: Look) -> bool:
    """Whether the fact is a growth and nothing says that the percentage is one: "fell at 40% of its stores"."""
    return not look.words.isdisjoint(GROWTH) and not look.reading.nouns


def of_other_span(look: Look) -> str | None:
    """Whether money was taken or spent over another span of time than a period of the accounts."""
    if look.reading.unit in RATES:
        clause = look.left[clause_start(look) :]
        is_of_years = (
            _YEARLY.match(look.text, look.end) or _YEARLY_BEFORE.search(clause) or _ODD_MONTHS.search(clause)
        )
        is_growth = not look.words.isdisjoint(GROWTH) and look.words.isdisjoint(
            ("averag", "cagr", "compound", "annual")
        )
        return "it is said of another time than a period" if is_of_years and is_growth else None
    for span, names in _NAMES_OF_SPANS.items() if look.reading.unit and not look.reading.per else ():
        if span in look.words and not names.search(look.text):
            return f'nothing says that it is "{span}"'
    if not look.reading.unit or not is_among(look.families, _FLOWS):
        return None
    behind = _CLAUSE_END.split(look.right, maxsplit=1)[0]
    found = (
        _OTHER_SPAN.search(look.left[clause_start(look) :])
        or _OTHER_SPAN.search(behind)
        or _ODD_MONTHS.search(look.left[clause_start(look) :])
        or _ODD_MONTHS.search(behind)
    )
    if found is not None and "spend.investment" in look.families and _TO_COME.search(found.group()):
        return None  # an investment has a horizon
    own = found is None or any(
        stem(word) in look.words for word in ("cumulative", *WORD.findall(found.group()))
    )
    if found is None or own:
        return None
    return f'it is said of another time: "{found.group()}"'


# what a sentence says of a sum that is told for each such span, by the stem of a subject's word
_NAMES_OF_SPANS: Final = {
    stem("monthly"): re.compile(rf"(?i:month)|\b(?i:{'|'.join(sorted(MONTHS))})\b"),
    stem("weekly"): re.compile("(?i:week)"),
    stem("daily"): re.compile(r"(?i:\bda(?:y|ily))|24 hours"),
}
_CLAUSE_END: Final = re.compile(r"[,;:(]|\.\s|\b(?:and|from|after|versus)\b|[0-9]")
# no period of the accounts has so many
_ODD_MONTHS: Final = re.compile(
    r"\b(?:first|last|past|next|opening|final)\s+(?:two|four|five|seven|eight|ten|eleven)\s+months\b|\b(?:first|last|past"
    r"|next)\s+\w+\s+(?:weeks|days)\b"
)
_TO_COME: Final = re.compile(r"\b(?:next|coming)\b")
_FLOWS: Final = vocabulary(
    "revenue profit cashflow orders cost spend buyback dividend charge tax wages volume"
)
