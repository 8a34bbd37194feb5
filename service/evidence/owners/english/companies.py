"""Whether the clause of a number is about a company that is not the fact's."""

import re
from typing import Final

from service.core.countries import COUNTRIES
from service.evidence.naming import LEGAL_FORM
from service.evidence.owners.english.measures import is_price
from service.evidence.owners.english.parts import NOT_PLACES, PERIODICAL, STOP_WORDS, WHOLE_WORDS
from service.evidence.owners.look import ASIDE, WORD, Look, clause_start, is_among
from service.evidence.reading.languages.en import vocabulary
from service.evidence.reading.languages.en_words import WORDS
from service.evidence.subjects import stem

_NAME: Final = r"(?P<name>[A-Z][\w&.’'-]*[\w](?:\s+[A-Z][\w&’'-]*)*)"
_SAYS: Final = re.compile(
    rf"(?:^|[\s(\"“]){_NAME}\s+(?:also\s+|now\s+|then\s+|last year\s+)?(?:reported"
    r"|posted|had|has|earned|earns|holds|held|owns|owned"
    r"|employs|employed|generated|generates|recorded|made|makes|booked|controls|controlled|operates|operated|took|takes|runs"
    r"|ran|saw|lost"
    r"|commands|commanded|claims|achieved|sold|sells|spent|spends|invested|invests|paid|pays|expects|expected|forecasts"
    r"|predicts|plans|targets|sees|leads|led|dominates|tops|topped|ranks|follows|trails)\b"
)
_BESIDE: Final = re.compile(
    rf"(?:^|[\s(\"“]){_NAME}(?:['’]s)?(?:,|\s+(?:with|on|at|had|has|holds|only|just|about|some))?\s+$"
)
_HELD_IN: Final = re.compile(r"\b(?:stakes?|shares|interests?|holdings?|shareholding|investments?)\s+in\s+$")
_AT_NAME: Final = re.compile(rf"(?:\s+(?:at|for|by)\s+(?:rival\s+)?|\s*\(){_NAME}")
_RELATIVE: Final = re.compile(
    rf"{_NAME}(?:\s+\([^()]*\))?(?:,\s+(?:whose|which|with|a|an|the|that)|\s+(?:whose|which|with))\s"
)
# as in: as Vega's slid 3%, or: according to Vega, its net income was
_OWN: Final = re.compile(
    rf"{_NAME}['’]s\s"
    r"|\b[Aa]ccording\s+to\s+(?P<said_by>[A-Z][\w&-]+),\s+its\b|\b(?:those|that)\s+of\s+(?:rival\s+)?(?P<that_of>[A-Z][\w&-]+)"
)
_FIRST: Final = re.compile(rf"\W*{_NAME}\s+(?:has\s+|had\s+|also\s+|will\s+)?(?P<verb>[a-z]+)\b")
_A_FIRM: Final = r"[a-z]*(?:er|or|company|group|firm|bank|giant|chain)"
# what stands before the name of a company and tells what it is: "Finnish metal products company"
_TOLD_OF: Final = re.compile(
    rf"\W*[A-Z][\w&’'-]*(?:\s+[a-z][\w-]*){{0,6}}?\s+(?:{_A_FIRM}|[a-z]*line)\s+(?=[A-Z])"
)
_COUNTRY: Final = "|".join(re.escape(name) for name in sorted(COUNTRIES, key=len, reverse=True))
# what a country tells of a company: "Japanese carmaker Mazda", "a bakery in Finland with sales of", "is Norway's largest bank"
_OF_NATION: Final = re.compile(rf"\W*(?:{_COUNTRY})\s+(?:[a-z-]+\s+){{0,5}}?{_A_FIRM}\s+{_NAME}")
_OF_COUNTRY: Final = re.compile(
    rf"\b(?:is|was)\s+(?:the|an?|one\s+of\s+the)\s+(?:(?!of\b)[\w-]+\s+){{1,8}}?in\s+(?:{_COUNTRY})\b(?!['’])"
    rf"|(?:\b(?:is|was)|,)\s+(?:{_COUNTRY})['’]s\s+(?:[a-z-]+\s+)?(?:largest|biggest|leading|oldest)\b"
)
_SAYING: Final = vocabulary("""said says estimates estimated reckons thinks put puts noted notes wrote writes reported and or
    chief executive ceo cfo boss analyst analysts in on at for of showed shows calculates calculated told credits praised covers
    rates""")
_TOGETHER: Final = re.compile(
    r"\bcreat(?:e|es|ed|ing)\s+(?:a|an|the)\s(?!(?:[\w-]+\s+){0,3}(?:provision|reserve|charge|impairment|loss|gain|jobs?)\b)|\b(?:combined|merged|enlarged)\s+(?:company|group|entity|business|firm)\b"
    r"|\b[Tt]ogether,?\s+(?:the\s+(?:two|three|four|companies|firms|groups)|they|with)\b|\b(?:two|three|four"
    r"|both)\s+(?:companies|firms|groups|banks|airlines|carmakers|businesses|rivals)\b"
    r"|\bcombined\s+(?:[\w-]+\s+){1,3}with\s+[A-Z]|\bTogether,?\s+[A-Z][\w&-]+\s+and\s+[A-Z]|\b(?:together|collectively"
    r"|between\s+them)\s+(?:hold|held|have|had|control|controlled|account|employ|own|owned|operate|generate|make|made"
    r"|command|sell|sold)\b|\band\s+(?:its|their)\s+(?:partners|affiliates|allies|rivals|peers)\b|\bjointly\b"
)
_RIVALS_ACT: Final = re.compile(
    r"(?:\b(?:its|their|the)\s|['’]s?\s|^\W*)\s*(?:\w+\s+){0,2}?(?P<who>(?:[Rr]ival|[Cc]ompetitor|[Pp]eer)s?)\s+(?:\w+ly\s+"
    r"|also\s+)?(?!(?:said|says|told|and|or|of|in|at|on|by|for|to|with)\b)[a-z]+(?<!ing)(?<!ly)\b"
)
_WITH_IT: Final = re.compile(rf"[^,;]{{0,40}},\s+{_NAME}\s")
_OF_RIVAL: Final = re.compile(
    r"\s+(?:of|at|by|for|from)\s+(?:(?:its|the|their|a)\s+)?(?:\w+\s+){0,2}?(?:rival|competitor|peer)s?\b"
)
_RIVAL: Final = re.compile(r"\b(?:rivals?|competitors?|peers?|industry average)\b(?:['’]s)?", re.IGNORECASE)

# somebody beside the company that is named: "Rival Corvo, with 31% of the market"
_A_RIVAL: Final = re.compile(
    r"(?:^|[.;]\s|\b(?:and|while|but)\s+|,\s+)(?:(?:[Ii]ts|[Tt]heir)\s+)?(?:[a-z]+\s+)?(?:[Rr]ival|[Cc]ompetitor|[Pp]eer"
    r"|[Ss]upplier|[Cc]ustomer|[Pp]artner|[Pp]arent)\s+[A-Z]"
)
# somebody beside the company: "Vega's landlord reported"
_RELATION: Final = re.compile(
    r"['’]s?\s+(?:(?!board\b)[a-z-]+\s+){0,2}?(?P<who>landlord|founder|chairman|owner|lender|insurer|auditor|neighbou?r"
    r"|supplier|customer|client|partner"
    r"|parent|investor|shareholder|licensee|franchisee|contractor|subcontractor|buyer|backer|ally|creditor|host|tenant"
    r"|distributor|predecessor|bank|broker|advis[eo]r)s?(?:,[^,;]{1,40},)?\s+"
    r"(?:(?:reported|posted|had|has|have|earned|generated|recorded|made|makes|booked|employs?|operates?|runs?|sold|bought"
    r"|owns?|holds?|paid|raised|expects?)\b|(?!(?:said|says|told|expects)\b)[a-z]+(?:ed|s)\b)"
)

# "The index fund, its largest holder, has"
_BESIDE_IT: Final = re.compile(
    r",\s+(?:its|the\s+company['’]s|one\s+of\s+its)\s+(?:[\w-]+\s+){0,3}?(?P<who>holder|shareholder|stockholder|investor|customer|client|supplier"
    r"|lender|landlord|rival|competitor|parent|owner|creditor|backer|partner|distributor|licensee|auditor)s?(?:\s+company)?,"
)
_ITS_PARENT: Final = re.compile(
    r"^\W*(?:[Ii]ts|[Tt]heir)\s+(?:[a-z-]+\s+){0,2}?(?P<who>parent|owner|majority\s+owner|controlling\s+shareholder|predecessor|landlord|sister)"
    r"(?:\s+(?:company|group|firm))?\b(?!\s+(?:said|says|expects|told|announced))"
)
# those of one sort are nobody's company: "partners report", "dealers hold"
_ALL_OF_A_SORT: Final = re.compile(
    r"^\W*(?P<who>[A-Z][a-z]+s)\s+(?:[a-z]+ly\s+|also\s+|often\s+|now\s+|have\s+|had\s+)*"
    r"(?:hold|have|had|employ|operate|own|run|report|see|earn|generate|make|sell|buy|spend|invest|pay|save|cut|raise|use"
    r"|serve|carry|ship|deliver|produce"
    r"|held|employed|operated|owned|ran|reported|saw|earned|generated|made|sold|bought|spent|invested|paid|saved|raised|used"
    r"|poured|lost|gained|lose|gain)\b"
)
_SORTS: Final = vocabulary("""partners dealers competitors rivals peers clients customers suppliers investors consumers users
    farmers retailers franchisees distributors companies firms banks shops stores households employers importers exporters
    landlords tenants merchants schools hospitals drivers workers employees members businesses manufacturers producers operators
    airlines carmakers insurers brokers traders funds vendors startups agencies sellers licensees subcontractors contractors
    wholesalers""")


def _beside_the_company(look: Look, clause: str) -> str | None:
    """Who has the number, if that is a rival, a parent, a holder, or all of a sort."""
    kin = _BESIDE_IT.search(clause)
    if kin and not _own_after(look, clause[kin.end() :]):
        return kin["who"]
    if (parent := _ITS_PARENT.match(clause)) and stem(parent["who"]) not in look.words:
        return parent["who"]
    sort = _ALL_OF_A_SORT.match(clause)
    if sort and sort["who"].lower() in _SORTS and stem(sort["who"]) not in look.words:
        return sort["who"]
    rival = _A_RIVAL.search(clause)
    return rival.group().strip() if rival and not _own_after(look, clause[rival.end() - 1 :]) else None


def of_other_company(look: Look) -> str | None:
    """Whether the clause is about a company that is not the fact's."""
    clause = look.left[clause_start(look) :]
    if _TOGETHER.search(clause):
        return "it is said of several companies together"
    if (rivals := _RIVALS_ACT.search(clause)) and not _own_after(look, clause[rivals.end() :]):
        return f'it is said of "{rivals["who"]}"'
    if beside_it := _beside_the_company(look, clause):
        return f'it is said of "{beside_it}"'
    related = _RELATION.search(clause)
    if related and stem(related["who"]) not in look.words and not _own_after(look, clause[related.end() :]):
        return f'it is said of "{related["who"]}"'
    if not look.about.names:
        return None
    if found := _OF_RIVAL.match(look.text, look.end):
        return f'it is said of a rival: "{found.group().strip()}"'
    clause = ASIDE.sub(lambda match: " " * len(match.group()), clause)
    if (told := _OF_COUNTRY.search(clause)) and _own_after(look, clause[: told.start()]):
        clause = clause[: told.start()] + " " * len(told.group()) + clause[told.end() :]
    beside = _BESIDE.search(clause)
    next_words = WORD.findall(re.split(r",\s|\sand\s", look.right)[0])
    if beside is not None and (
        _HELD_IN.search(clause, 0, beside.start("name"))
        or any(stem(word) in look.words - look.names for word in next_words if word[0].isupper())
    ):
        beside = None  # "holds 20% of Vega, 51% in Orbis"
    if _is_object(look) or (beside is not None and _is_own(look, beside["name"])):
        return None
    owned = [found["name"] or found["said_by"] or found["that_of"] for found in _OWN.finditer(clause)][-1:]
    within = (
        () if is_price(look) else (_behind(look), _acting(look, clause), *owned)
    )  # what is bought may do anything
    for name in (beside and beside["name"], *within, _first(look, clause)):
        if name and _other(look, name):
            return f"it is said of {name}"
    rivals = list(_RIVAL.finditer(clause))
    behind = clause[rivals[-1].end() :] if rivals else ""
    if behind.strip() and not _own_after(look, behind):
        return f'it is said of a "{rivals[-1].group()}"'
    return None


def _is_own(look: Look, name: str) -> bool:
    """Whether a name is the fact's own company's."""
    return not _other(look, name) and _own_after(look, name)


def _is_object(look: Look) -> bool:
    """Whether the fact's own company is what is bought: "is buying Orbis for $2 billion"."""
    if not is_among(look.families, ("deal", "price")):
        return False
    found = _FOR_NAME.match(look.right) or _BUYS.search(look.left)
    return found is not None and _is_own(look, found["name"])


_FOR_NAME: Final = re.compile(rf"\s+(?:in\s+(?:cash|stock|shares)\s+)?for\s+{_NAME}")
_BUYS: Final = re.compile(
    rf"\b(?:buy(?:s|ing)?|bought|acquir(?:e|es|ed|ing)|acquisition\s+of|purchas(?:e\s+of|es|ed|ing)|takeover\s+of|tak(?:e|es|ing)\s+over)\s+"
    rf"(?:[a-z]+\s+){{0,4}}{_NAME}(?:\s+\([^()]*\))?,?\s+(?:in\s+a\s+deal\s+worth|for)\s[^;]*$"
)


def _behind(look: Look) -> str | None:
    """The name behind the number: "$3 billion at Beta", "with a share of 31%, Beta leads"."""
    if (at := _AT_NAME.match(look.text, look.end)) and _other(look, at["name"]):
        return at["name"]
    with_it = _WITH_IT.match(look.text, look.end) if look.left.lstrip().startswith("With ") else None
    return with_it and with_it["name"]


def _acting(look: Look, clause: str) -> str | None:
    """The last name before a word such as "reported" or "whose", unless the fact's company is named behind it."""
    found = [match for pattern in (_SAYS, _RELATIVE) for match in pattern.finditer(clause)]
    if not found:
        return None
    last = max(found, key=lambda match: match.start("name"))
    return None if _own_after(look, clause[last.end("name") :]) else last["name"]


def _first(look: Look, clause: str) -> str | None:
    """The name that the clause begins with, if it does something: not "Finnish metal products company Acme"."""
    if body := _OF_NATION.match(clause):
        return body["name"]
    found = _FIRST.match(clause)
    if found is None or found["verb"] in _SAYING:
        return None
    told = _TOLD_OF.match(clause)
    return None if told and _own_after(look, clause[told.end() :].split(" ", 1)[0]) else found["name"]


def _own_after(look: Look, text: str) -> bool:
    """Whether the fact's own company stands in the text."""
    own = {stem(word) for one in look.about.names for word in WORD.findall(one) if len(word) > 2}
    return any(stem(word) in own for word in WORD.findall(text) if word[0].isupper())


def _other(look: Look, name: str) -> bool:
    words = WORD.findall(name)
    if not words or any(stem(word) in look.words for word in words):
        return _is_kin(look, words)
    small = [word.lower() for word in words]
    if small[-1] == "based":
        return False  # "the Oslo-based company"
    if (len(small) == 1 and small[0] in WORDS) or not _DEFINED.isdisjoint(small):
        return False
    return not (PERIODICAL.match(name) or all(word in _COMMON or word in NOT_PLACES for word in small))


def _is_kin(look: Look, words: list[str]) -> bool:
    """Whether a name begins as the company's and goes on otherwise: "Corvin Aerospace", where the company is "Corvin Tyre"."""
    if not words or any(len(WORD.findall(LEGAL_FORM.sub("", one))) < _TWO for one in look.about.names):
        return False
    told = WORD.findall(LEGAL_FORM.sub("", " ".join(words)))
    first = {stem(WORD.findall(one)[0]) for one in look.about.names}
    return stem(told[0]) in first and not any(
        stem(word) in look.words or word.lower() in _COMMON for word in told[1:] or told
    )


_TWO: Final = 2
# capitalised terms of contracts
_DEFINED: Final = vocabulary("""note notes agreement date amount shares stock settlement closing merger plan act offering
    facility loan award awards option options bonds warrants trust committee board period price""")
_COMMON: Final = (
    STOP_WORDS
    | WHOLE_WORDS
    | vocabulary("""it we they he she company group firm bank analysts analyst management shares stock revenue sales profit
    income earnings net operating total cash debt orders investors customers employees the chief executive officer ceo cfo
    chairman however meanwhile separately overall today demand predecessor successor registrant issuer parent board""")
)
