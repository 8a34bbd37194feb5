"""Whether what has an English number is somebody else than the company: "the firm that it bought", "its landlord"."""

import re
from typing import Final

from service.evidence.owners.english.frame_words import BODIES, DEALS, PARTIES, SPOKEN, TIME, VERBS, is_agent
from service.evidence.owners.english.measures import owner_of
from service.evidence.owners.look import RATES, WORDS_OF_MEASURES, Look, clause_start, is_among
from service.evidence.reading.languages.en import vocabulary
from service.evidence.subjects import stem

_RESTRICTED: Final = re.compile(
    r"\b(?:[Tt]he|[Aa]n?|[Oo]ne|[Aa]ny|[Aa]nother|[Tt]hose|[Ss]ome)\s+(?:[a-z-]+\s+)?(?P<who>company|companies"
    r"|firm|firms|business|businesses|group|maker|bank|chain"
    r"|retailer|start-?up|rival|supplier|operator|airline|insurer|outfit|concern|enterprise|entity|buyer|target|units?|brands|stores|assets|operations|activities)\s+"
    r"(?:that|which|it|he|she|they|we|[A-Z][\w&-]+)\s+(?!(?:said|says|reported|had|has)\b)[a-z]+"
)
_TARGET: Final = re.compile(
    r"\b[Tt]he\s+(?:target|seller|acquired\s+\w+)(?:,[^,;]*,)?\s+(?:has|had|posted|reported|made|generated|generates|employs"
    r"|earned)\b"
)
_WHERE: Final = re.compile(r"[\w.]\s*,?\s+(?P<joint>where|of\s+which)\s+(?!necessary|applicable|possible)")
_POSSESSED: Final = re.compile(
    r"\b(?:[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|[Oo]ur|[A-Z][\w&-]+['’]s?|(?:company|group|firm|bank|retailer|maker"
    r"|airline)['’]s)\s+(?P<words>(?:[\w-]+\s+){0,3}?)(?P<noun>[a-z][a-z-]+)(?:,[^,;]{1,60},)?\s+(?:also\s+|now\s+|then\s+)?"
    r"(?:posted|posts|reported|reports|had|has|have|earned|earns|generated|generates|recorded|booked|employs?|employed|operates?"
    r"|runs?|ran|owns?|owned|holds?|held|controls?|made|makes|turned|sold|sells|carried|carries|serves?)\b"
)
_AT_WHOM: Final = re.compile(
    r"\s+(?P<joint>at|of|by|for)\s+(?!the\s+same\s+time\b)(?:the|an?|its|their|our|one|another|some)\s+(?P<words>(?:[\w'’-]+\s+){0,4}?)"
    r"(?P<noun>[a-z][a-z-]+)\s+(?:(?:also|then|later|again)\s+)?(?:was|were|is|are|came|comes|stood|stands|reached"
    r"|rose|fell|grew|hit|amounted|totall?ed|climbed|dropped|declined|increased|decreased|ran|runs)\b"
)


def of_other_subject(look: Look) -> str | None:
    """Whether what has the number is somebody else than the company: "the firm that it bought", "its landlord"."""
    clause = look.left[clause_start(look) :]
    if found := _RESTRICTED.search(clause):
        return f'it is said of "{found.group()}"'
    found = _WHOSE.search(clause)
    if found and (found["before"].strip()[-1:] not in {"", ","} or not _is_company(look, found["who"])):
        return f'it is said of "{found["who"]}"'
    if (found := _TARGET.search(clause)) and stem("target") not in look.words:
        return f'it is said of "{found.group()}"'
    if found := _WHERE.search(clause):
        return f'it is said of what stands before "{found["joint"]}"'
    found = _POSSESSED.search(clause)
    is_run = "rate.occupancy" in look.families  # "Marathon's refineries ran at 97% of capacity"
    if found and not is_run and (not is_own(look, found["noun"]) or _ANOTHERS.match(found.group())):
        return f'it is said of its "{found["noun"]}"'
    owner = owner_of(look)
    if owner is not None and not is_among(look.families, ("share",)):
        whose = _OWNED_BY.search(look.text, 0, owner.mention.start)
        if (
            whose
            and stem((SPOKEN.findall(look.text[: whose.start()]) or [""])[-1]) in look.words - look.names
        ):
            whose = None  # "the cloud unit's revenue" of a fact of the cloud
        if whose and not (is_own(look, whose["who"], measured=False) or is_agent(whose["who"])):
            return f'it is said of the "{whose["who"]}"'
    if owner is None or owner.mention.end > look.start or look.reading.unit in RATES:
        return None
    found = _AT_WHOM.match(look.text, owner.mention.end)
    if found and found["joint"] == "of" and is_among(look.families, ("volume",)):
        return None  # what is shipped
    if found is None or is_own(look, found["noun"], measured=found["joint"] == "of"):
        return None
    if any(stem(word) in look.words for word in SPOKEN.findall(found["words"])):
        return None  # "revenues for the Americas segment" of a fact of the Americas
    return f'it is said of "{found.group().strip()}"'


# "the loser's bid"
_OWNED_BY: Final = re.compile(r"(?<![\w-])(?P<who>[a-z-]+)['’]s\s+(?:[\w-]+\s+){0,2}$")
# who has the measure must be what the sentence is about
_WHOSE: Final = re.compile(
    r"^\W*(?P<before>.*?)(?P<who>(?:(?:[Tt]he|[Aa]n?|[Ii]ts)\s+)?(?:[\w&.-]+\s+){0,3}?[\w&.-]+),?\s+(?:whose|which\s+(?:has|had|have|made|makes|posted|reported|generates|generated))\s+[^,;]*$"
)


def _is_company(look: Look, who: str) -> bool:
    """Whether words may name the fact's company: its own name, or the noun for a company that is not beside another."""
    words = who.split()
    if look.names and words[-1][0].isupper() and not any(stem(word) in look.names for word in words):
        return False
    return words[0] != "Its" and not any(word.lower() in OTHERS | VERBS for word in words)


OTHERS: Final = vocabulary(
    "rival competitor peer supplier customer client partner target neighbour neighbor landlord tenant"
)


def is_own(look: Look, noun: str, *, measured: bool = True) -> bool:
    """Whether a noun may be the company itself, or with `measured` what it measures."""
    if is_among(look.families, DEALS) and noun in PARTIES:
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
