"""Whether a number is only possible, wished for, refused, failed or at risk, so that it is not so yet or no more."""

import re
from functools import cache
from typing import Final, NamedTuple

from service.evidence.owners.look import RATES, Look, clause_start, is_among
from service.evidence.subjects import stem

# ", the company said" behind a forecast
_REPORTED: Final = r",\s+(?:[\w.,&’'-]+\s+){1,12}?(?:said|says|added|forecast|predicted|told)\b(?!\s+if\b)"
_WOULD_HAVE: Final = re.compile(r"\bwould\s+(?:\w+\s+)?have\b")


class _Sign(NamedTuple):
    """Words beside a number that make it none of the fact: all patterns that are given must fit."""

    reason: str
    clause: str = ""  # in the clause before the number
    left: str = ""  # in the sentence before it
    right: str = ""  # directly behind it
    unless: str = ""  # in the sentence before it
    said: str = ""  # anywhere behind it, if not "would have"
    subjects: frozenset[str] = frozenset()  # stems of a subject's words that mean it so
    of: frozenset[str] = frozenset()  # families that it goes for; none: all
    but: frozenset[str] = frozenset()  # families that it does not go for
    counts: bool = False  # only of counts
    unbounded: bool = False  # not of the most that there may be: "can cut costs by up to 50%"
    sums: bool = False  # only of money
    results: bool = False  # only of what a business earns; contracts require and entitle to other numbers


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words.split())


_SPENT: Final = frozenset({"spend", "spend.investment", "spend.capex"})
_RESULTS: Final = frozenset(
    {"revenue", "profit", "margin", "cashflow", "share", "orders", "pershare", "growth", "ratio"}
)
_POSSIBILITIES: Final = _stems("potential possible maximum capacity planned exposure risk seats beds rooms")
_A_OR_ITS: Final = r"(?:a|an|the|its|their|any|his|her)"
_SIGNS: Final = (
    # not what a forecast says: "could reach"
    _Sign(
        "it is only possible",
        clause=r"\b(?:could|might|may)\s+(?!(?:\w+\s+)?(?:reach|hit|exceed|top|total|surpass)\b)[a-z]+\b(?:(?!,\s)[^;])*$",
        subjects=_POSSIBILITIES,
    ),
    _Sign(
        "it is only possible",
        clause=r"\bcan\s+[a-z]+\b(?:(?!,\s)[^;])*$",
        subjects=_POSSIBILITIES,
        unbounded=True,
    ),
    _Sign(
        "it is only possible",
        right=r"[^.;,]{0,20}?\s(?:is|was)\s+(?:the\s+)?(?:best|most|maximum)\s+(?:that\s+)?(?:\w+\s+)?(?:can|could)\b",
        subjects=_POSSIBILITIES,
    ),
    _Sign("it is supposed", left=r"(?i:\bpro[\s-]forma\b)", subjects=frozenset({"forma"})),
    _Sign(
        "it came otherwise",
        clause=r"\b(?:expected|forecast|projected|supposed|predicted|due|scheduled|meant|slated)\s+to\s+\w+\b[^,;]*$",
        right=r"[^.;]{0,40}?,?\s+(?:but|yet|before\s+(?:it|they|the))\s",
    ),
    _Sign(
        "it is what others have together",
        left=r"^\W*(?!The(?:y|se)?\b|We\b)[A-Z][a-z]+s(?:\s+(?:from|of|made|in)\s+[A-Za-z]+)?\s+(?:now\s+)?(?:account|make\s+up|comprise|have|hold|control)\b[^,;]*$",
        of=frozenset({"share"}),
    ),
    _Sign(
        "it is what others have together",
        left=(
            r"(?i:^\W*(?!Its\b|Our\b|The\b)(?:[A-Z][a-z-]+\s+){0,2}(?:brands|\w*makers|rivals|firms|companies|producers|manufacturers|players|models|cars|products"
            r"|brewers|banks|insurers|retailers|airlines|operators|suppliers|upstarts|newcomers)\s+[a-z]+\b[^,;]*$)"
        ),
        of=frozenset({"share"}),
    ),
    _Sign(
        "it is said of what was done with it",
        right=(
            r"[^.;,]{0,20}?\s(?:was|were|is|being|will\s+be|has\s+been)\s+(?:\w+ly\s+)?(?:converted|repaid|redeemed|refinanced|retired|forgiven|written\s+off"
            r"|cancell?ed|extinguished|discharged|swapped|returned|distributed|seized|frozen|pledged"
            r"|(?:held|kept|parked|placed|set\s+aside)\s+(?:in|by|for|at)\s+(?:\w+\s+)?(?:escrow|trust|custody|others?|clients|customers))\b"
        ),
        of=frozenset({"debt", "debt.net", "cash", "backlog", "orders", "assets", "inventory"}),
    ),
    _Sign(
        "it is what is left",
        right=r"[^.;,]{0,20}?\s(?:remain(?:s|ed|ing)?|is|are|was|were)\s+(?:still\s+)?(?:available|unused|undrawn|unspent|left)\b",
        subjects=_stems("remaining available undrawn unused liquidity"),
        of=frozenset({"buyback", "debt", "spend", "spend.capex", "funding"}),
    ),
    _Sign(
        "it is put off",
        left=r"\b(?:deferr|postpon|shelv|cancell?|scrapp?|delay|axe|axed|slash|paus|froze|halt|trimm?|puts?\s+on\s+hold)(?:ed|es|s|ing)?\s+(?:(?:a|the|its|about|some|around|nearly|over)\s+)*$",
        of=frozenset({"spend", "spend.capex", "spend.investment", "buyback"}),
    ),
    _Sign(
        "it is only supposed",
        clause=(
            r"\bwould\s+(?:\w+ly\s+|also\s+)?(?:be|have|own|hold|reach|amount|total|cost|mean|bring|make|give|create|generate|control"
            r"|stand|come|rise|fall|grow|drop|shrink|climb|jump|increase|decrease|decline|exceed|swell|look)\b[^,;]*$"
        ),
        unless=(  # reported speech
            r"(?i:\b(?:sa(?:id|ys|ying)|expect\w*|forecast\w*|announc\w*|told|predict\w*|estimat\w*|project\w*|plan\w*|guid\w*|agreed"
            r"|promised|pledged|confirmed|according|thought|believed)\b)"
        ),
        said=_REPORTED,
    ),
    _Sign(
        "it is only wished for",
        clause=(
            r"\b(?:threaten(?:s|ed|ing)|fear(?:s|ed)?|wants?|wanted|seeks?|seeking|sought|hopes?|hoping|hoped|aspires?|aim(?:s|ed|ing)?\s+(?:for|at|to\s+(?:reach|hit|achieve|have|earn|make|get))|demand(?:s|ed|ing)|ask(?:s|ed|ing)?\s+for"
            r"|call(?:s|ed|ing)?\s+for)\b[^,;]*$"
        ),
        unless=r"\b(?:its|their|the)\s+(?:[\w-]+\s+){0,3}of\s+$",  # what there is, as in: to double its margin of 7%
        subjects=_stems("target goal plan planned ambition aim demand proposed sought"),
        but=_SPENT,
    ),
    _Sign(
        "it has yet to be",
        right=r"[^.;,]{0,30}?\s(?:that|which)\s+(?:has|have|is|are|was|were)\s+(?:yet\s+to|still\s+to|not\b|never\b|now\s+in\s+doubt)",
    ),
    _Sign(
        "it is what has to be",
        clause=r"\b(?:must|needs?\s+to|ha(?:s|ve)\s+to|ought\s+to)\s+(?!(?:come\s+in|land|reach|total|amount)\b)[a-z]+\b(?:(?!\bafter\b)[^,;])*$",
        but=frozenset({"fine"}),
    ),
    _Sign(
        "it is what has to be",
        clause=r"\bshould\s+(?!(?:come\s+in|land|reach|total|amount)\b)[a-z]+\b(?:(?!\bafter\b)[^,;])*$",
        said=_REPORTED,
    ),
    _Sign(
        "it is what has to be",
        right=r"[^.;,]{0,20}?\s(?:is|are|was|were)\s+(?:needed|required|necessary|called\s+for)\b",
        results=True,
    ),
    _Sign(
        "it is said of an error",
        right=r"[^,;]{0,30}?\s(?:too\s+early|prematurely|improperly|fraudulently|in\s+error|by\s+mistake|twice(?!\s+(?:as|the|that|those|its|what))|wrongly|incorrectly|falsely|erroneously|mistakenly)\b",
    ),
    _Sign(
        "it is a part of the sum",
        right=(
            r"\s+of\s+(?:that|those|these|this|the(?!\s+(?:[\w-]+\s+){0,2}?(?:[\w-]+['’]s?\s|(?:company|group|firm|bank|stock|shares|notes)\b)))\s+[a-z]"
            r"|\s+of\s+(?:its|their|our)\s+(?:[a-z-]+\s+){0,2}?(?:revenues?|sales|turnover|profits?|income|earnings|losses|cash|backlog|orders|costs?|expenses"
            r"|assets|capex|spending|expenditures?|budget|fine|total)\b"
        ),
        sums=True,
    ),
    _Sign(
        "it is what was moved or made good",
        left=(
            r"\b(?:mov(?:ed|es|ing)|shift(?:ed|s|ing)|push(?:ed|es|ing)|pull(?:ed|s|ing)|deferr(?:ed|ing)|reimburs(?:ed|es|ing)|recover(?:ed|s|ing)"
            r"|recoup(?:ed|s|ing)|compensat(?:ed|es|ing)|replac(?:ed|es|ing)|hid|hidden|divert(?:ed|s|ing)|siphon(?:ed|s|ing)|revers(?:ed|es|ing)"
            r"|reclassif(?:ied|ies|ying)|restor(?:ed|es|ing)|eliminat(?:ed|es|ing)|forgo(?:ne|es|ing)?|forwent|sacrific(?:ed|es|ing)|shield(?:ed|s|ing)|protect(?:ed|s|ing)|safeguard(?:ed|s|ing)|insulat(?:ed|es|ing)"
            r"|destroy(?:ed|s|ing)|wip(?:ed|es|ing)|erod(?:ed|es|ing)|shav(?:ed|es|ing)|drain(?:ed|s|ing)|endanger(?:ed|s|ing)|jeopardi[sz](?:ed|es|ing)|miss(?:ed|es|ing)\s+out\s+on)\s+"
            r"(?:(?:about|around|some|nearly|almost|roughly|over|another|a|an|its|the)\s+)*$"
        ),
        sums=True,
        but=_SPENT | {"fine", "charge", "deal", "subsidy"},
    ),
    _Sign(
        "it is of something beside it",
        clause=r"\b(?:on\s+top\s+of|in\s+addition\s+to|apart\s+from|besides|instead\s+of|rather\s+than)\s[^,;]*$",
    ),
    _Sign(
        "it is told as a part of something",
        left=(
            r"(?i:\b(?:cash|debt|assets|equity|inventor(?:y|ies)|liabilities|deposits|backlog|borrowings|orders)\s+(?:also\s+)?"
            r"(?:includes?|included|comprises?|contains?|covers?)\b[^,;]*$)"
        ),
    ),
    _Sign(
        "it is told as a part of something",
        left=r"(?i:\b(?:income|profits?|earnings|results?|revenues?|sales)\s+(?:also\s+)?(?:includes?|included)\b[^,;]*$)",
        results=True,
    ),
    _Sign("it is said of an error", right=r"[^.;]{0,40}?\s(?:was|were|is)\s+(?:meant|intended)\b"),
    _Sign(
        "it is taken out of something",
        right=r"\s+(?:out\s+of|off|away\s+from)\s+(?:[a-z-]+\s+){0,2}?(?:revenues?|sales|turnover|profits?|income|earnings|ebitda|cash|debt|costs?)\b",
        sums=True,
    ),
    _Sign(
        "it is out of reach",
        right=(
            r"[^.;]{0,60}?\s(?:is|are|was|were|remains?|seems?)\s+(?:well\s+|far\s+|still\s+)?(?:beyond\s+(?:its|their|the)|out\s+of\s+reach|unattainable"
            r"|unrealistic|a\s+long\s+way\s+off|some\s+way\s+off|far\s+off|wishful)\b"
        ),
    ),
    _Sign(
        "it is a measure for others",
        right=(
            r"\s+(?:was|is|are|were|remains)\s+(?:the|an?|its|their|still)\s+(?:[\w-]+\s+){0,3}?(?:norm|standard|benchmark|target|goal|aim|ambition|dream"
            r"|ceiling|threshold|minimum|median|rule|myth|illusion|fantasy|fiction|guess|bet|hope|condition|trigger|break-?even)\b"
        ),
        subjects=_stems("target goal ambition aim minimum ceiling threshold"),
    ),
    _Sign(
        "it is of what outran another",
        clause=r"\b(?:outpaced|outstripped|outgrew|outran|lagged|trailed|overtook)\b[^;]*,\s+\w+ing\s+(?:by\s+)?$",
    ),
    _Sign(
        "it is of what the company has a part of",
        left=r",\s+(?:in|of)\s+which\s+(?:it|they|we|he|she|the\s+\w+|[A-Z]\w+)\s+(?:also\s+)?(?:holds?|owns?|has|have|controls?|bought|acquired|sold)\b[^;]*,[^;]*$",
        results=True,
    ),
    _Sign("it is a distance", right=r"\s+(?:light|shy|heavy|adrift|wide\s+of|too\s+[a-z]+)\b"),
    _Sign(
        "it is only talked about",
        right=(
            r"(?:\s+(?:a\s+|per\s+)?(?!(?:was|were|is|are|and|which|that)\b)[\w-]+){0,4}\s+(?:(?:was|were|is|are|had|has|have|being|be|been)\s+){1,2}"
            r"(?:\w+ly\s+|also\s+|once\s+)?(?:considered|discussed(?!\s+(?:below|above|further|in)\b)|debated|mooted|floated|contemplated|rumou?red|demanded|sought|requested|claimed|alleged"
            r"|suggested|disputed|contested|questioned|challenged|imagined|envisaged|mentioned|hinted)\b"
        ),
    ),
    _Sign(
        "it is the size of something else",
        right=(
            r"\s+(?:[a-z-]+\s+){0,2}(?P<head>budgets?|programmes?|programs?|ceiling|limit|cap|hole|gap|shortfall|hit|boost|opportunity"
            r"|hurdle|milestone|threshold|covenant|mark|test|swap|package|contribution|uplift|dent|blow|buffer|headroom|warning)\b"
        ),
        subjects=_stems(
            "budget program programme limit shortfall gap contribution boost uplift package hit headroom buffer"
        ),
        but=_SPENT | {"buyback", "deal", "subsidy", "charge", "fine", "savings", "funding"},
        sums=True,
    ),
    _Sign(
        "it is a target",
        left=r"\b(?:target|goal|ambition|aim)s?\s+(?:is|was|are|were|has\s+been|stands\s+at|remains)\s+(?:to\s+\w+\s+)?(?:(?!to\b|was\b|rose\b)[a-z-]+\s+){0,4}$",
        subjects=_stems("target goal ambition aim"),
    ),
    _Sign(
        "it is refused",
        left=(
            r"\b(?:reject(?:ed|s)|rebuff(?:ed|s)|spurn(?:ed|s)|declin(?:ed|es)|turn(?:ed|s)\s+down|refus(?:ed|es)|skipp?(?:ed|s)"
            rf"|omitt?(?:ed|s)|waiv(?:ed|es)|escap(?:ed|es)|dodg(?:ed|es)|paus(?:ed|es)|suspend(?:ed|s)"
            rf"|halt(?:ed|s)|postpon(?:ed|es)|delay(?:ed|s)|froze)\s+{_A_OR_ITS}\s+(?:[\w-]+\s+){{0,2}}$"
        ),
    ),
    _Sign(
        "it is given up",
        left=rf"\b(?:sold|sells|selling|exited|divested|unwound|wrote\s+off|lost)\s+{_A_OR_ITS}\s+(?:[\w-]+\s+){{0,1}}$",
        of=_SPENT,
    ),
    # "talks to buy Orbis for $800 million have collapsed"
    _Sign(
        "it is said of what failed",
        clause=r"(?i:\b(?:talks|negotiations|plans?|bids?|offer|deal|proposal|merger|takeover|discussions|attempt|efforts?|project|target|goal)\b[^;]*$)",
        right=(
            r"(?i:[^;]{0,60}?\s(?:collapsed|failed|fell\s+(?:through|apart)|fallen\s+(?:through|apart)|broke(?:n)?\s+(?:down|off|up)|lapsed"
            r"|stalled|but\s+(?:lost|failed|withdrew|pulled|was\s+(?:outbid|rejected|rebuffed|blocked))|came\s+to\s+nothing|ended\s+without"
            r"|(?:is|was|are|were)\s+(?:now\s+)?(?:out\s+of\s+reach|off\b|unrealistic|unattainable|in\s+doubt)"
            r"|(?:was|were|been)\s+(?:dropped|blocked|halted|frozen|suspended|vetoed|rebuffed|terminated)))"
        ),
    ),
)


def not_there(look: Look) -> str | None:
    """Whether the words beside the number make it only possible, wished for, refused, failed or at risk."""
    clause = look.left[clause_start(look) :]
    return next(
        (sign.reason for sign in _SIGNS if _goes_for(sign, look) and _stands(sign, look, clause)), None
    )


def _goes_for(sign: _Sign, look: Look) -> bool:
    if sign.unbounded and look.reading.bound == "at_most":
        return False
    if sign.counts and look.reading.unit:
        return False
    if sign.sums and (not look.reading.unit or look.reading.unit in RATES):
        return False
    if sign.results and not is_among(look.families, _RESULTS):
        return False
    if sign.of and look.families.isdisjoint(sign.of):
        return False
    return look.families.isdisjoint(sign.but) and look.words.isdisjoint(sign.subjects)


def _stands(sign: _Sign, look: Look, clause: str) -> bool:
    if sign.clause and not _compiled(sign.clause).search(clause):
        return False
    if sign.left and not _compiled(sign.left).search(look.left):
        return False
    if sign.right and not _compiled(sign.right).match(look.text, look.end):
        return False
    if sign.said and _compiled(sign.said).search(look.text, look.end) and not _WOULD_HAVE.search(clause):
        return False
    return not (sign.unless and _compiled(sign.unless).search(look.left))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
