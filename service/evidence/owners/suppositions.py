"""Whether a number is supposed, a threshold, an average, or of a longer time than a period of the accounts."""

import re
from typing import Final

from service.evidence.owners.look import GROWTH, RATES, WORD, Look, clause_start, is_among
from service.evidence.subjects import stem

_CONDITION: Final = re.compile(
    r"\b(?:if|unless|assuming|provided\s+that|in\s+case|in\s+the\s+event|whether|as\s+long\s+as|once\s+\w+\s+(?:reaches|hits|exceeds)"
    r"|when\s+(?:its\s+|the\s+)?\w+\s+(?:reaches|reach|hits|hit|exceeds|exceed|passes))\b(?!\s+any)(?:(?!,\s)[^;])*$",
    re.IGNORECASE,
)
_THRESHOLD: Final = re.compile(
    r"\b(?:threshold|covenant|companies\s+with|firms\s+with|businesses\s+with|any\s+company|each\s+company|a\s+company\s+with)\b[^;,]*$",
    re.IGNORECASE,
)
_TOWARDS: Final = re.compile(
    r"\b(?:towards?|closed\s+in\s+on|closing\s+in\s+on|closes\s+in\s+on|nearer\s+to|closer\s+to|on\s+track\s+for|on\s+course\s+for)\s+$",
    re.IGNORECASE,
)
_RULED_OUT: Final = re.compile(
    r"(?:\s+of\s+\w+)?\s+(?:was|were|is|are|has\s+been|have\s+been)\s+(?:ruled\s+out|excluded|dismissed|rejected)\b"
)
# what might be, though not what a forecast says: "could reach"
_POSSIBLE: Final = re.compile(
    r"\b(?:could|might|may)\s+(?!(?:\w+\s+)?(?:reach|hit|exceed|top|total|surpass)\b)[a-z]+\b(?:(?!,\s)[^;])*$"
)
_PRO_FORMA: Final = re.compile(r"\bpro[\s-]forma\b", re.IGNORECASE)
_WOULD: Final = re.compile(
    r"\bwould\s+(?:\w+ly\s+|also\s+)?(?:be|have|own|hold|reach|amount|total|cost|mean|bring|make|give|create|generate|control)\b[^,;]*$"
)
_SAID: Final = re.compile(
    r"\b(?:sa(?:id|ys|ying)|expect\w*|forecast\w*|announc\w*|told|predict\w*|estimat\w*|project\w*|plan\w*|guid\w*|agreed|promised|pledged|confirmed"
    r"|according|thought|believed)\b",
    re.IGNORECASE,
)
_WISHED: Final = re.compile(
    r"\b(?:wants?|wanted|seeks?|seeking|sought|hopes?|hoping|hoped|aspires?|demand(?:s|ed|ing)|ask(?:s|ed|ing)?\s+for|call(?:s|ed|ing)?\s+for)\b[^,;]*$"
)
_OF_ITS: Final = re.compile(
    r"\b(?:its|their|the)\s+(?:[\w-]+\s+){0,3}of\s+$"
)  # what there is, as in: to double its margin of 7%
_WISHES: Final = frozenset(
    stem(word)
    for word in ("target", "goal", "plan", "planned", "ambition", "aim", "demand", "proposed", "sought")
)
_SPENT: Final = frozenset({"spend", "spend.investment", "spend.capex"})
_REFUSED: Final = re.compile(
    r"\b(?:reject(?:ed|s)|rebuff(?:ed|s)|spurn(?:ed|s)|declin(?:ed|es)|turn(?:ed|s)\s+down|refus(?:ed|es)|skipp?(?:ed|s)|omitt?(?:ed|s)|waiv(?:ed|es)"
    r"|escap(?:ed|es)|dodg(?:ed|es))\s+(?:a|an|the|its|their|any|his|her)\s+(?:[\w-]+\s+){0,2}$"
)
_GIVEN_UP: Final = re.compile(
    r"\b(?:sold|sells|selling|exited|divested|unwound|wrote\s+off|lost)\s+(?:its|their|a|an|the)\s+(?:[\w-]+\s+){0,1}$"
)
_AT_RISK: Final = re.compile(
    r"\s+(?:[a-z]+\s+){0,2}(?:are|is|were|was|being|put)\s+(?:at\s+(?:risk|stake)|under\s+threat|in\s+(?:danger|jeopardy|doubt|question)"
    r"|threatened)\b"
)
_ROOM: Final = re.compile(
    r"\b(?:capacity|room|space|enough|able|capable|designed|permit|permission|licen[cs]e)\s+(?:for|of|to)\b[^,;]*$"
)
_POSSIBILITIES: Final = frozenset(
    stem(word)
    for word in (
        "potential",
        "possible",
        "maximum",
        "capacity",
        "planned",
        "exposure",
        "risk",
        "seats",
        "beds",
        "rooms",
    )
)
# "talks to buy Orbis for $800 million have collapsed"
_INTENT: Final = re.compile(
    r"\b(?:talks|negotiations|plans?|bid|offer|deal|proposal|merger|takeover|discussions|attempt|efforts?|project|target|goal|bids?)\b[^;]*$",
    re.IGNORECASE,
)
_FAILED: Final = re.compile(
    r"[^;]{0,60}?\s(?:collapsed|failed|fell\s+(?:through|apart)|fallen\s+(?:through|apart)|broke(?:n)?\s+(?:down|off|up)|lapsed|stalled"
    r"|but\s+(?:lost|failed|withdrew|pulled|was\s+(?:outbid|rejected|rebuffed|blocked))"
    r"|(?:is|was|are|were)\s+(?:now\s+)?(?:out\s+of\s+reach|off\s+the\s+table|unrealistic|unattainable|in\s+doubt)"
    r"|came\s+to\s+nothing|ended\s+without|(?:is|are|was|were)\s+off\b|(?:was|were|been)\s+(?:dropped|blocked|halted|frozen|suspended"
    r"|vetoed|rebuffed|terminated))",
    re.IGNORECASE,
)
_BOUGHT: Final = (
    "cost",
    "charge",
    "fine",
    "price",
    "deal",
    "spend",
    "cost.rd",
    "cost.sales",
    "cost.opex",
    "wages",
    "rent",
)
_COSTS: Final = re.compile(r"\bcost(?:s|ing)?\s+(?:it|them|us|the\s+\w+|[A-Z]\w+)?\s*$")
_TYPICAL: Final = re.compile(
    r"\b(?:the|an?|its|their)\s+(?:average|typical|median|mean|mid-size[d]?)\b"
    r"(?!\s+(?:selling|price|fare|order|cost|rate|yield|daily|monthly|revenue\s+per|interest))|\b(?:median|on average)\b",
    re.IGNORECASE,
)
_YEARLY: Final = re.compile(
    r"[^.;,]{0,40}?\s(?:since\s+(?:19|20)[0-9]{2}|on\s+average|over\s+the\s+(?:past|last|next)\s+\w+\s+years|CAGR)\b"
)
_YEARLY_BEFORE: Final = re.compile(
    r"\b(?:compound(?:ed)?\s+annual|average\s+annual|CAGR|annual\s+average)\b", re.IGNORECASE
)
_OTHER_SPAN: Final = re.compile(
    r"\b(?:over|in|during|across|for)\s+(?:the\s+)?(?:past|last|previous|next|coming)\s+(?:two|three|four|five|six|seven|eight|nine|ten|[0-9]+|several"
    r"|few)\s+(?:years|decades)\b|\bsince\s+(?:its\s+\w+|(?:19|20)[0-9]{2}|inception|launch|then)\b"
    r"|\b(?:annuali[sz]ed|run-rate|run rate)\b"
    r"|\bto\s+date\b|\blifetime\b|\ball-time\b",
    re.IGNORECASE,
)


def not_so(look: Look) -> str | None:
    """Whether the number stands in a condition, is a threshold, a distance or an average."""
    clause = look.left[clause_start(look) :]
    if _CONDITION.search(look.left):
        return "it stands in a condition"
    if _THRESHOLD.search(clause):
        return "it is a threshold"
    if _TOWARDS.search(look.left):
        return "it is what something comes close to"
    if _FAILED.match(look.text, look.end) and _INTENT.search(clause):
        return "it is said of what failed"
    if _PRO_FORMA.search(look.left) and "forma" not in look.words:
        return "it is supposed"
    if _WOULD.search(clause) and not _SAID.search(look.left):
        return "it is only supposed"
    if (
        look.families.isdisjoint(_SPENT)
        and _WISHED.search(clause)
        and not _OF_ITS.search(clause)
        and look.words.isdisjoint(_WISHES)
    ):
        return "it is only wished for"
    if _REFUSED.search(look.left) or (not look.families.isdisjoint(_SPENT) and _GIVEN_UP.search(look.left)):
        return "it is said of what did not come or is gone"
    if _POSSIBLE.search(clause) and look.words.isdisjoint(_POSSIBILITIES):
        return "it is only possible"
    if _AT_RISK.match(look.text, look.end):
        return "it is only at risk"
    if not look.reading.unit and _ROOM.search(clause) and look.words.isdisjoint(_POSSIBILITIES):
        return "it is what there is room for"
    if _RULED_OUT.match(look.text, look.end):
        return "it is ruled out"
    if look.families and look.families.isdisjoint(_BOUGHT) and _COSTS.search(look.left):
        return "it is what something cost"
    typical = _TYPICAL.search(clause)
    if typical and not any(stem(word) in look.words for word in ("average", "typical", "median", "mean")):
        return "it is an average"
    return None


_THAN: Final = re.compile(
    r"\s+(?:faster|slower|quicker|more|less|higher|lower|larger|bigger|smaller|cheaper|better|worse)\s+(?:quickly\s+|slowly\s+)?than\s+"
    r"(?!(?:a|the|one|in|last|its|their|at|during|for|year|previously|before|what|on|this)\b)[a-z]+"
)


def than_another(look: Look) -> str | None:
    """Of rates: whether it tells how two things differ, as in: revenue grew 32% faster than costs."""
    if look.reading.unit not in RATES:
        return None
    found = _THAN.match(look.text, look.end)
    return f'it compares two things: "{found.group().strip()}"' if found else None


def of_other_span(look: Look) -> str | None:
    """Whether money was taken or spent over another span of time than a period of the accounts."""
    if look.reading.unit in RATES:
        is_of_years = _YEARLY.match(look.text, look.end) or _YEARLY_BEFORE.search(
            look.left[clause_start(look) :]
        )
        is_growth = not look.words.isdisjoint(GROWTH) and look.words.isdisjoint(
            ("averag", "cagr", "compound", "annual")
        )
        return "it is an average of several years" if is_of_years and is_growth else None
    if not look.reading.unit or not is_among(look.families, _FLOWS):
        return None
    found = _OTHER_SPAN.search(look.left[clause_start(look) :]) or _OTHER_SPAN.match(look.text, look.end + 1)
    if found is None or any(stem(word) in look.words for word in WORD.findall(found.group())):
        return None
    return f'it is said of another time: "{found.group()}"'


_FLOWS: Final = frozenset({"revenue", "profit", "cashflow", "orders", "cost", "spend"})
