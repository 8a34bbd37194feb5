"""Whether the sentence of a number is built of known forms, from the measure or the verb to the number.

The other rules know words that take a number away from the fact. These know the words that do not: verbs of being,
having, reporting and moving, prepositions, words of time, the measure, names. What else governs the number makes it
doubtful, since a verb or a lead that nobody has thought of may do anything with it. Words that hang on behind the number
or beside the clause are free.
"""

import re
from typing import Final

from service.evidence.owners.counts import DONE_WITH_FLOWS, PLACES, STANDING, counted, is_flowing, is_standing
from service.evidence.owners.frame_leads import of_lead, told_by
from service.evidence.owners.frame_tails import said_behind
from service.evidence.owners.frame_words import (
    BODIES,
    PARTIES,
    RESULTS,
    SPOKEN,
    SUMS,
    TIME,
    VERBS,
    unknown,
)
from service.evidence.owners.look import (
    RATES,
    WORDS_OF_MEASURES,
    Look,
    clause_start,
    is_among,
)
from service.evidence.owners.measures import masked, owner_of
from service.evidence.owners.scopes import is_presupposed
from service.evidence.reading.languages.en import vocabulary
from service.evidence.reading.languages.en_words import WORDS
from service.evidence.subjects import stem


def out_of_frame(look: Look) -> str | None:
    """Why the words that govern the number are not of a known form; None if they are."""
    if not _is_sentence(look.text) or not (look.families or not look.reading.unit):
        return None  # of a subject that is not known nothing is decided
    for rule in (of_lead, told_by, _subject, _before_measure, _before_count, _governed, said_behind):
        if (reason := rule(look)) is not None:
            return reason
    return None


def _is_sentence(text: str) -> bool:
    """Whether it is prose with a verb of its own, and no row or heading."""
    return len([one for one in SPOKEN.findall(text) if one[0].islower()]) > 1


_RESTRICTED: Final = re.compile(
    r"\b(?:[Tt]he|[Aa]n?|[Oo]ne|[Aa]ny|[Aa]nother|[Tt]hose|[Ss]ome)\s+(?:[a-z-]+\s+)?(?P<who>company|companies"
    r"|firm|firms|business|businesses|group|maker|bank|chain"
    r"|retailer|start-?up|rival|supplier|operator|airline|insurer|outfit|concern|enterprise|entity|buyer|target|unit)\s+"
    r"(?:that|which|it|he|she|they|we|[A-Z][\w&-]+)\s+(?!(?:said|says|reported|had|has)\b)[a-z]+"
)
_TARGET: Final = re.compile(
    r"\b[Tt]he\s+(?:target|seller|acquired\s+\w+)(?:,[^,;]*,)?\s+(?:has|had|posted|reported|made|generated|generates|employs"
    r"|earned)\b"
)
_WHERE: Final = re.compile(r"[\w.]\s*,?\s+(?P<joint>where|of\s+which)\s+(?!necessary|applicable|possible)")
_POSSESSED: Final = re.compile(
    r"\b(?:[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|[Oo]ur|[A-Z][\w&-]+['’]s?|(?:company|group|firm|bank|retailer|maker"
    r"|airline)['’]s)\s+(?P<words>(?:[\w-]+\s+){0,3}?)"
    r"(?P<noun>[a-z][a-z-]+)(?:,[^,;]{1,60},)?\s+(?:also\s+|now\s+|then\s+)?"
    r"(?:posted|posts|reported|reports|had|has|have|earned|earns|generated|generates|recorded|booked|employs?"
    r"|employed|operates?"
    r"|runs?|ran|owns?|owned|holds?|held|controls?|made|makes|turned|sold|sells|carried|carries|serves?)\b"
)
_AT_WHOM: Final = re.compile(
    r"\s+(?P<joint>at|of|by|for)\s+(?:the|an?|its|their|our|one|another|some)\s+(?P<words>(?:[\w'’-]+\s+){0,4}?)"
    r"(?P<noun>[a-z][a-z-]+)\s+(?:(?:also|then|later|again)\s+)?(?:was|were|is|are|came|comes|stood|stands|reached"
    r"|rose|fell|grew|hit|amounted|totall?ed|climbed|dropped"
    r"|declined|increased|decreased|ran|runs)\b"
)


def _subject(look: Look) -> str | None:
    """Whether what has the number is somebody else than the company: "the firm that it bought", "its landlord"."""
    clause = look.left[clause_start(look) :]
    if found := _RESTRICTED.search(clause):
        return f'it is said of "{found.group()}"'
    if (found := _WHOSE.search(clause)) and (found["before"].strip() or not _is_company(look, found["who"])):
        return f'it is said of "{found["who"]}"'
    if (found := _TARGET.search(clause)) and stem("target") not in look.words:
        return f'it is said of "{found.group()}"'
    if found := _WHERE.search(clause):
        return f'it is said of what stands before "{found["joint"]}"'
    found = _POSSESSED.search(clause)
    is_run = "rate.occupancy" in look.families  # "Marathon's refineries ran at 97% of capacity"
    if found and not is_run and (not _is_own(look, found["noun"]) or _ANOTHERS.match(found.group())):
        return f'it is said of its "{found["noun"]}"'
    owner = owner_of(look)
    if owner is None or owner.mention.end > look.start or look.reading.unit in RATES:
        return None
    found = _AT_WHOM.match(look.text, owner.mention.end)
    if found is None or _is_own(look, found["noun"], measured=found["joint"] == "of"):
        return None
    if any(stem(word) in look.words for word in SPOKEN.findall(found["words"])):
        return None  # "revenues for the Americas segment" of a fact of the Americas
    return f'it is said of "{found.group().strip()}"'


def _of_some(look: Look, between: str) -> str | None:
    """Whether words directly behind the measure, before its verb, may make it that of a part: "wages in the sector rose"."""
    if is_among(look.families, _WITH_OBJECTS) or is_among(look.families, _OF_CONTRACTS):
        return None
    if found := _AMONG.match(between):
        return f'it is said of what is "{found.group().strip()}"'
    word = unknown(look, SPOKEN.findall(between), _IN_NAMES)
    return f'"{word}" stands behind the measure' if word else None


_IN_NAMES: Final = vocabulary(
    "de des du di da la le el y et und von van der den hotels properties segment taxation securities homes taxes offices malls"
)


_AMONG: Final = re.compile(
    r"\s+(?:among|received|lost|owed|in\s+(?:the|this|its|that)\s+(?:sector|industry|market|trade))\b"
)
# what is named behind these is what they are of: a share of a market, a stake in a company
_WITH_OBJECTS: Final = (
    "share",
    "stake",
    "deal",
    "fine",
    "charge",
    "spend",
    "funding",
    "buyback",
    "subsidy",
    "valuation",
    "orders",
    "volume",
)
# who has the measure must be what the sentence is about
_WHOSE: Final = re.compile(
    r"^\W*(?P<before>.*?)(?P<who>(?:(?:[Tt]he|[Aa]n?|[Ii]ts)\s+)?(?:[\w&.-]+\s+){0,3}?[\w&.-]+),?\s+whose\s+[^,;]*$"
)


def _is_company(look: Look, who: str) -> bool:
    """Whether words may name the fact's company: its own name, or the noun for a company that is not beside another."""
    words = who.split()
    if look.names and words[-1][0].isupper() and not any(stem(word) in look.names for word in words):
        return False
    return words[0] != "Its" and not any(word.lower() in _OTHERS for word in words)


_OTHERS: Final = vocabulary(
    "rival competitor peer supplier customer client partner target neighbour neighbor landlord tenant"
)


def _is_own(look: Look, noun: str, *, measured: bool = True) -> bool:
    if is_among(look.families, _DEALS) and noun in PARTIES:
        return True
    if noun in _OWN or noun in TIME or stem(noun) in look.words or noun.endswith("maker"):
        return True
    return measured and stem(noun) in WORDS_OF_MEASURES


# with "its" these are other companies
_ANOTHERS: Final = re.compile(
    r"(?:[Ii]ts|[Tt]heir|[Oo]ur|[Hh]is|[Hh]er)\s+(?:[\w-]+\s+){0,3}?(?:bank|insurer|lender|retailer|airline|carrier|brewer"
    r"|miner|builder|developer"
    r"|operator|producer|manufacturer|distributor|grocer|broker|publisher|exporter|importer|provider|steelmaker)\s"
)
_OWN: Final = BODIES - vocabulary(
    "parent owner owners subsidiaries regulator bidder supplier shareholders holders brand label"
) | vocabulary("board management operations executives results accounts report statement network fleet base")


_PRICED: Final = re.compile(
    r"\bfor\s+(?:(?:about|around|some|nearly|almost|up|to|over|more|than|a|total|of)\s+)*[A-Z]{0,3}[$€£¥]?$"
)
_LAST: Final = re.compile(r"(?P<word>[^\W\d_]+(?:['’-][^\W\d_]+)*)(?P<gap>[^\w]*)$")
_FILLING: Final = vocabulary(
    "a an the its their our his her another some about around roughly nearly almost approximately over more than"
    " less at least up"
    " many further additional only just all of total by fewer most under above exactly to in on out off with for as much"
    " well estimated further record"
)
_EARNED: Final = frozenset({"revenue", "profit", "cashflow"})  # nothing is worth so much of these
_PRONOUNS: Final = frozenset({"it", "them", "us", "him", "her"})
_OF_SUM: Final = re.compile(
    r"\bof\s+(?:(?:a|about|around|some|more|than|over|nearly|almost|at|least|up|to|just|only)\s+)*[A-Z]{0,3}[$€£¥]?$"
)
_SAYINGS: Final = frozenset({"claim", "claims"})
_SUMMED: Final = vocabulary(
    "consist consists consisted consisting comprised composed made out capable because instead worth excess"
    " upwards north short shy base"
    " group chain fleet workforce"
)
_PLACED: Final = re.compile(
    r"\b(?:in|on|at|for|with|to|across|from)\s+(?:(?:all|its|the|about|around|some|over|more|than|nearly|almost)\s+)*[$€£¥]?$"
)
# what is said of the measure: the words before its verb are of the measure itself
_FINITE: Final = re.compile(
    r"\b(?:was|were|is|are|kept|keeps|held|holds|rose|fell|grew|beat|came|comes|stood|stands|reached|reaches|hit|slid|sank|shrank|leapt"
    r"|leaped|ran|runs|sat|sits|went|goes"
    r"|equals|totals|amounts|represents|exceeds|tops|(?:totall?|amount|climb|increas|decreas|declin|exceed|dropp"
    r"|slipp|edg|jump|surg|soar|improv|narrow"
    r"|widen|remain|averag|equall?|represent|end|finish|advanc|gain|plung|expand|contract|topp|surpass|inch|tick"
    r"|tumbl|slump|eas|rebound|recover|doubl"
    r"|tripl|miss|slow|accelerat|ballon|balloon|swell|dipp|retreat|plummet|crater|rocket|near|pass|cross|approach)ed)\b"
)


_TIMES_IT: Final = re.compile(r"\btimes\s+(?:(?:the|its|their|all|that)\s+)?(?:[a-z-]+\s+){0,2}$")
# "a market with annual revenue of", "a contract with guaranteed revenue of"
_THING_WITH: Final = re.compile(
    r"\b(?:an?|the|any|this|that|another|one)\s+(?:[\w-]+\s+){0,2}?(?P<noun>[a-z-]+)\s+with\s+(?:[a-z-]+\s+){0,4}$"
)
_BEFORE_IT: Final = re.compile(r"^.*,\s")
# "strong demand helped the miner double its profit to", "price increases lifted revenue to": the cause is free
_CAUSE: Final = re.compile(
    r"^.*\b(?:(?:help(?:ed|s)|allowed|allows|enabled|enables|led|let|pushed|drove|spurred)\s+(?:it|(?:the"
    r"|[A-Z])[\w&.’'-]*(?:\s+[\w&.’'-]+)?)\s+"
    r"(?:(?:to|more\s+than|nearly|almost)\s+)*(?:lift|raise|increase|grow|boost|double|triple|cut|reduce|trim|narrow|widen|swing)"
    r"|(?:(?:help(?:ed|s)\s+)?(?:lift|push|boost|driv|propell?|rais|increas|reduc|cut|dragg?|pull|depress|nudg|swell|trimm?"
    r"|knock)(?:ed|es|s|ing)|drove|sent|took"
    r"|brought))\s+(?=(?:[\w’'&-]+\s+){0,4}$)"
)
# "has 1,400 shops and generated sales of"
_AND_THEN: Final = re.compile(r"^.*[0-9].*\band\s+(?=(?:also\s+|then\s+)?[a-z]+(?:ed|s|ing|de|t|w|n|d)\s)")


# what a company makes or is: "the oilfield services firm"
_NAMED_BODIES: Final = "|".join(sorted(BODIES - vocabulary("owner owners shareholders holders parent")))
_NO_AGENTS: Final = (
    "(?:rival|competitor|peer|supplier|customer|partner|dealer|buyer|seller|number|order|quarter|power|water|paper|matter|user|member|consumer|worker"
    "|offer|transfer|other|former|latter|major|minor|factor|sector|winter|summer|labor|number|further|higher|lower|better|larger|greater|smaller"
    "|weaker|stronger|longer|earlier|later|never|ever|over|under|after|either|neither|whether|together|rather|per|neighbou?r|employer|contractor"
    "|reorder|disorder|error|center|letter|chapter|driver|shareholder|stakeholder|holder|lever|river|tower|trailer|container|computer|server|printer)"
)
_OF_BODY: Final = re.compile(
    rf"\b(?:[Tt]he|[Aa]n?)\s+(?:[\w-]+\s+){{0,4}}?(?:{_NAMED_BODIES}|\w*maker|(?!(?:{_NO_AGENTS})\b)[a-z]{{2,}}(?:er|or))"
    rf"(?:\s+(?!(?:{_NO_AGENTS})\b)(?:[a-z]{{2,}}(?:er|or)|group|company|firm|business|chain)\b)?(?:['’]s)?(?=\s)"
)


_MAKER_OF: Final = re.compile(
    r"\b(?:[Tt]he|[Aa]n?)\s+(?:maker|producer|operator|owner|seller|provider|distributor|publisher|developer"
    r"|supplier)\s+of\s+(?:[\w-]+\s+){1,4}?"
    r"(?=(?:said|says|reported|reports|posted|had|has|generated|recorded|lost|made|earned|sold|expects?|saw|swung|will)\b)"
)
# "Pfizer's vaccine brought in"
_EARNER: Final = re.compile(
    r"^\W*[A-Z][\w&-]*['’]s?\s+[a-z-]+\s+(?=(?:brought|brings|took|takes)\s+in\b|(?:ran|run|runs)\s+at\b)"
)
_HELPED: Final = re.compile(
    r"^.*\bhelp(?:ed|s)\s+(?:it|the\s+[\w-]+|[A-Z][\w&.’'-]*)\s+(?:to\s+)?(?=(?:post|report|achieve|record|deliver|earn"
    r"|generate|reach|book)\b)"
)
_TO_IT: Final = re.compile(
    r"\bto\s+(?:(?:a|about|around|nearly|almost|over|more|than|some|record)\s+)*[A-Z]{0,3}[$€£¥]?$"
)


def _before_measure(look: Look) -> str | None:
    """Whether unknown words stand in the clause before the measure: who has it, or what is done with it."""
    if not look.reading.unit or not look.families or is_among(look.families, _OF_CONTRACTS):
        return None
    if "rate.interest" in look.families or is_presupposed(look.left):
        return None
    owner = owner_of(look)
    is_before = owner is not None and owner.mention.end <= look.start
    end = owner.mention.start if owner is not None and is_before else look.start
    if is_before and look.reading.unit not in RATES and is_among(look.families, RESULTS):
        if _TIMES_IT.search(look.text, 0, end):
            return "it is a part or a multiple of something"
        thing = _THING_WITH.search(look.text, 0, end)
        if thing and thing["noun"] not in BODIES | TIME and not _is_own(look, thing["noun"], measured=False):
            return f'it is said of "{thing["noun"]}"'
    said = _AND_THEN.sub("", _BEFORE_IT.sub("", masked(look)[clause_start(look) : end]))
    if look.reading.change or _TO_IT.search(look.left):
        said = _CAUSE.sub("", said)
    said = _APPOSED.sub("", _UNDER.sub("", said))
    said = _OF_BODY.sub(" ", _MAKER_OF.sub(" ", _EARNER.sub("", _HELPED.sub("", said))))
    free = _free(look)
    if is_before and look.reading.unit in RATES and not is_among(look.families, RESULTS):
        said = _SORT_OF.sub(" ", said)  # "hotel occupancy"
    elif is_among(look.families, _DEALS) and _PRICED.search(said):
        said = said[
            : max((one.end() for one in SPOKEN.finditer(said) if one.group() in _BUYING), default=len(said))
        ]
    word = unknown(look, _as_said(look, said), free)
    return f'"{word}" stands before it' if word else None


def _free(look: Look) -> frozenset[str]:
    if is_among(look.families, _DEALS):
        return PARTIES
    return _BRANDS if look.reading.unit in RATES and "share" in look.families else frozenset()


_BRANDS: Final = frozenset({"brand", "product", "model"})
_BUYING: Final = vocabulary(
    "buy buys bought buying acquire acquires acquired acquiring purchase purchased purchases sell sells sold selling supply supplies supplied"
    " build built deliver delivered take taken took taking acquisition"
)
_UNDER: Final = re.compile(
    r"^\W*Under\s+(?:an?|the|its)\s+(?:[\w-]+\s+){0,2}?(?:programme|program|scheme|plan|agreement|deal)\s+"
)
_SORT_OF: Final = re.compile(
    r"(?:^\W*|\b(?:the|its|our|their|an?|all|total|net)\s+|['’]s?\s+)[A-Za-z-]+\s+(?:[a-z-]+\s+)?$"
)
# contracts tell the sums of loans, rents and prices in clauses of any kind
_OF_CONTRACTS: Final = ("interest", "price", "rent", "fee", "repayment", "offer", "tax", "market")
_DEALS: Final = (
    "deal",
    "stake",
    "fine",
    "buyback",
    "funding",
    "spend",
    "valuation",
    "subsidy",
    "charge",
    "debt",
)


def _as_said(look: Look, said: str) -> list[str]:
    """The words of a clause, the first one in small letters if it is no name: "Power", and not "General Motors"."""
    words = SPOKEN.findall(_SITE.sub("", said))
    if not words or not look.left.lstrip(_MARKS).startswith(words[0]):
        return words
    is_alone = len(words) == 1 or (words[1][0].islower() and words[1] not in _HAS)
    is_maker = any(one in BODIES or one.endswith("maker") for one in words[1:3])
    if is_alone and not is_maker and words[0].lower() in WORDS and stem(words[0]) not in look.words:
        words[0] = words[0].lower()
    return words


_SITE: Final = re.compile(r"\.(?:com|net|io|ai)\b(?:['’]s)?")
_HAS: Final = vocabulary(
    "has had have employs employed operates operated serves served owns runs reported posted said"
)
_MARKS: Final = " \"“'("
# what the number is a number of is there, whatever is done with a part of it: "half of its 500 stores", "its 7,800 employees"
_THERE: Final = re.compile(r"\b(?:of\s+)?(?:its|their|our)\s+(?:[a-z-]+\s+)?$")
_OTHER_COUNT: Final = re.compile(
    r"\b(?!(?:19|20)[0-9]{2}\b)[0-9][0-9.,]*\s+(?:(?:thousand|million|billion)\s+)?[a-z-]+"
)
# "Packaging maker Corvin said"
_APPOSED: Final = re.compile(
    r"^\W*(?:[\w-]+\s+){0,3}?(?:\w*maker|[a-z-]+(?:er|or)|company|group|firm|bank|giant|chain|airline)\s+(?=[A-Z])"
)
# what has users, guests and members
_USED: Final = vocabulary(
    "app apps game software service services platform site website portal network community club product tool"
    " browser system airport programme program channel newsletter podcast marketplace hotel park museum school"
    " course theatre streaming messaging card wallet"
)


_ITS_GOODS: Final = re.compile(r"^\W*(?:Its|Our|The\s+company['’]s|The)\s+[a-z]+\s+")


# "its smartphone shipments", "gold production"
_SORT_OF_FLOW: Final = re.compile(
    r"[\w-]+\s+(?=(?:shipments|deliveries|production|output|exports|imports)\b)"
)


def _before_count(look: Look) -> str | None:
    """Of what is counted and stands: whether unknown words stand in its clause, which may say what is done with it."""
    if look.reading.unit or not (counted(look) in STANDING or is_standing(look) or is_flowing(look)):
        return None
    if _THERE.search(look.left):
        return None
    said = _OF_BODY.sub(" ", _BEFORE_IT.sub("", masked(look)[clause_start(look) :]))
    said = _OTHER_COUNT.sub(" ", said)
    said = _SORT_OF_FLOW.sub(" ", said)
    said = _APPOSED.sub("", said)
    if counted(look) in PLACES:
        said = _ITS_GOODS.sub("", said)
    return _left_unknown(look, said)


def _left_unknown(look: Look, said: str) -> str | None:
    word = unknown(look, _as_said(look, said), _USED | DONE_WITH_FLOWS if is_flowing(look) else _USED)
    return f'"{word}" stands before what is counted' if word else None


def _governed(look: Look) -> str | None:
    """Whether an unknown word stands between the measure and the number, or is the verb that governs the number."""
    owner = owner_of(look)
    if owner is not None and owner.mention.end <= look.start and look.reading.unit:
        between = _OF_BODY.sub(" ", masked(look)[owner.mention.end :])
        if is_among(look.families, ("deal",)) and _PRICED.search(between):
            return None  # what is bought may be anything
        verbs = [one.end() for one in _FINITE.finditer(between)]
        if verbs and (reason := _of_some(look, between[: verbs[0]])):
            return reason
        word = unknown(look, SPOKEN.findall(between[verbs[-1] if verbs else 0 :]), _free(look))
        return f'"{word}" stands between it and "{owner.mention.text}"' if word else None
    if not look.reading.unit and counted(look) not in STANDING:
        return None
    left = masked(look)[clause_start(look) :]
    while (
        (last := _LAST.search(left)) and last["word"].lower() in _FILLING and not last["gap"].strip(" $€£¥-–")
    ):
        left = left[: last.start()]
    if last is not None and last["word"] in _PRONOUNS and _OF_SUM.search(look.left):
        last = _LAST.search(left[: last.start()])  # "robbed it of"
    if last is None or last["gap"].strip(" $€£¥:"):
        return None
    if last["word"] == "worth" and owner is not None and is_among(look.families, _EARNED):
        return "it is what something is worth"
    if _PLACED.search(look.left) and not last["word"].endswith("ed"):
        return None  # "64,000 people in 40 countries"
    word = unknown(look, [last["word"]])
    if (
        not word
        and _OF_SUM.search(look.left)
        and (last["word"].islower() or not left[: last.start()].strip())
    ):
        small = last["word"].lower()
        is_sum = small not in _SAYINGS and (
            small in SUMS or stem(small) in look.words or stem(small) in WORDS_OF_MEASURES or small in _SUMMED
        )
        word = "" if is_sum else small
    return f'it is governed by "{word}"' if word else None
