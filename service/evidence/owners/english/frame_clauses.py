"""Whether an English clause has only known words before the measure, or before what is counted.

Who has the measure may be named by any noun for a company, and what moved it may be anything; other unknown words may say
what was done with it.
"""

import re
from collections.abc import Sequence
from typing import Final

from service.evidence.owners.english.count_deeds import DONE_WITH_FLOWS, LOST, is_flowing
from service.evidence.owners.english.counts import PLACES, STANDING, counted, is_standing
from service.evidence.owners.english.frame_subjects import is_own
from service.evidence.owners.english.frame_words import (
    BODIES,
    DEALS,
    NO_AGENTS,
    PARTIES,
    RESULTS,
    SPOKEN,
    TELLING,
    TIME,
    VERBS,
    unknown,
)
from service.evidence.owners.english.measures import PRICED, masked, owner_of
from service.evidence.owners.english.scopes import is_presupposed
from service.evidence.owners.look import GROWTH, RATES, WORDS_OF_MEASURES, Look, clause_start, is_among
from service.evidence.reading.languages.en import vocabulary
from service.evidence.reading.languages.en_words import WORDS
from service.evidence.subjects import stem

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
    r"|knock)(?:ed|es|s|ing)|drove|sent|took|brought))\s+(?=(?:[\w’'&-]+\s+){0,4}$)"
)
# "has 1,400 shops and generated sales of"; "has 120 employees and sales of"
_AND_THEN: Final = re.compile(
    r"^.*[0-9].*\band\s+(?=(?:also\s+|then\s+)?[a-z]+(?:ed|s|ing|de|t|w|n|d)\s)|[0-9][0-9.,]*\s+(?:[a-z-]+\s+){1,2}and\s+"
)

# what a company makes or is: "the oilfield services firm"
_NAMED_BODIES: Final = "|".join(sorted(BODIES - vocabulary("owner owners shareholders holders parent")))
_NO_AGENTS: Final = f"(?:{'|'.join(sorted(NO_AGENTS))})"
OF_BODY: Final = re.compile(
    rf"\b(?:[Tt]he|[Aa]n?)\s+(?:(?:country|nation|world|state|region|city|industry|sector)['’]s\s+)?(?:[\w.-]+\s+){{0,4}}?(?:{_NAMED_BODIES}|\w*maker|(?!(?:{_NO_AGENTS})\b)[a-z]{{2,}}(?:er|or))"
    rf"(?:\s+(?!(?:{_NO_AGENTS})\b)(?:[a-z]{{2,}}(?:er|or)|group|company|firm|business|chain)\b)?(?:['’]s)?(?=\s)"
)

_MAKER_OF: Final = re.compile(
    r"\b(?:[Tt]he|[Aa]n?)\s+(?:[\w-]+\s+){0,2}?(?:maker|producer|operator|owner|seller|provider|distributor|publisher|developer"
    r"|supplier)\s+of\s+(?:[\w-]+\s+){1,4}?"
    r"(?=(?:[a-z]+ed|says?|said|reports|posts|expects|had|has|lost|made|sold|saw|swung|will)\b)"
)
# "Pfizer's vaccine brought in"
_EARNER: Final = re.compile(
    r"^\W*[A-Z][\w&-]*['’]s?\s+[a-z-]+\s+(?=(?:brought|brings|took|takes)\s+in\b|(?:ran|run|runs)\s+at\b)"
)
_HELPED: Final = re.compile(
    r"^.*\b(?:left|leaves|leaving)\s+(?:it|the\s+[\w-]+|[A-Z][\w&.’'-]*)\s+with\s+|^.*\bhelp(?:ed|s)\s+(?:it|the\s+[\w-]+|[A-Z][\w&.’'-]*)\s+(?:to\s+)?(?=(?:post|report|achieve|record|deliver|earn"
    r"|generate|reach|book)\b)"
)
_TO_IT: Final = re.compile(
    r"\bto\s+(?:(?:a|about|around|nearly|almost|over|more|than|some|record)\s+)*[A-Z]{0,3}[$€£¥]?$"
)


def before_measure(look: Look) -> str | None:
    """Whether unknown words stand in the clause before the measure: who has it, or what is done with it."""
    if not look.reading.unit or not look.families or is_among(look.families, OF_CONTRACTS):
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
        if thing and thing["noun"] not in BODIES | TIME and not is_own(look, thing["noun"], measured=False):
            return f'it is said of "{thing["noun"]}"'
    said = _AND_THEN.sub("", _BEFORE_IT.sub("", masked(look)[clause_start(look) : end]))
    if look.reading.change or _TO_IT.search(look.left):
        said = _CAUSE.sub("", said)
    said = _APPOSED.sub("", _UNDER.sub("", said))
    said = OF_BODY.sub(" ", _MAKER_OF.sub(" ", _EARNER.sub("", _HELPED.sub("", said))))
    free = free_beside(look)
    if is_before and look.reading.unit in RATES and not is_among(look.families, _OF_ALL):
        said = _SORT_OF.sub(" ", said)  # "hotel occupancy"
    elif is_among(look.families, DEALS) and PRICED.search(said):
        said = said[
            : max((one.end() for one in SPOKEN.finditer(said) if one.group() in _BUYING), default=len(said))
        ]
    word = unknown(look, _as_said(look, said), free)
    return f'"{word}" stands before it' if word else None


# who has these must be told; volumes, like rates, are of any thing
_OF_ALL: Final = RESULTS - {"volume"}


def free_beside(look: Look) -> frozenset[str]:
    """Words that are free beside what the fact is of: who pays and is paid beside a deal, a brand beside a market share."""
    is_part = look.about.members or look.words - look.names - WORDS_OF_MEASURES - GROWTH
    own = _PARTS if is_part else frozenset[str]()
    if is_among(look.families, DEALS):
        return PARTIES | own
    return _BRANDS | own if look.reading.unit in RATES and "share" in look.families else own


_PARTS: Final = frozenset({"segment", "division", "unit", "region"})  # beside a dimension of the fact
_BRANDS: Final = frozenset({"brand", "product", "model"})
_BUYING: Final = vocabulary("""buy buys bought buying acquire acquires acquired acquiring purchase purchased purchases sell
    sells sold selling supply supplies supplied build built deliver delivered take taken took taking acquisition""")
_UNDER: Final = re.compile(
    r"^\W*Under\s+(?:an?|the|its)\s+(?:[\w-]+\s+){0,2}?(?:programme|program|scheme|plan|agreement|deal)\s+"
)
_SORT_OF: Final = re.compile(
    r"(?:^\W*|\b(?:the|its|our|their|an?|all|total|net)\s+|['’]s?\s+)[A-Za-z-]+\s+(?:[a-z-]+\s+)?$"
)
# contracts tell the sums of loans, rents and prices in clauses of any kind
OF_CONTRACTS: Final = ("interest", "price", "rent", "fee", "repayment", "offer", "tax", "market")


def _as_said(look: Look, said: str) -> list[str]:
    """The words of a clause that may govern its number: those from the subject of its last verb of having or telling on.

    The first one is in small letters if it is no name: "Power", and not "General Motors".
    """
    words = _from_start(look, said)
    verb = max((at for at, word in enumerate(words) if word in TELLING), default=0)
    head = verb - 1
    while head >= 0 and (words[head] in _HELPING or words[head].endswith("ly")):
        head -= 1
    if words[head : head + 1] == ["and"]:  # of two verbs the first has the subject
        first = next((at for at, word in enumerate(words) if word in VERBS or word.endswith("ed")), verb)
        return words[:first] + words[verb:]
    first = head
    while first >= 0 and not _begins_subject(words, first):
        first -= 1
    if not 0 <= first < head or words[head] in _ANY_VERB or words[first] in _SUPPOSING:
        return words
    return words[first + (words[first] in _JOINING) :]


def _begins_subject(words: Sequence[str], at: int) -> bool:
    """Whether the subject of a verb begins behind a conjunction there, or with an article that is behind no preposition."""
    word = words[at].lower()
    return word in _BEGINNING or (word in _ARTICLES and at > 0 and words[at - 1].lower() not in _PREPOSITIONS)


_HELPING: Final = TIME | vocabulary(
    "has have had will would can could may might also to is are was were be been not just once"
)
_JOINING: Final = vocabulary("as that because while although after before since but")
_SUPPOSING: Final = vocabulary("which when where if whom whose whether")
_BEGINNING: Final = _JOINING | _SUPPOSING
_ANY_VERB: Final = VERBS | TELLING
_ARTICLES: Final = vocabulary("the a an its our their his her")
_PREPOSITIONS: Final = vocabulary("of in on at by for from with between among within over under")


def _from_start(look: Look, said: str) -> list[str]:
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
    r"^\W*(?:(?!(?:of|by|for|to|at|in|from|that|who|which|a|an|the)\s)[\w-]+\s+){0,6}?(?:\w*maker|[a-z-]+(?:er|or)|company|group|firm|bank|giant|chain|airline)\s+(?=[A-Z])"
)
# what has users, guests and members
_USED: Final = vocabulary("""app apps game software service services platform site website portal network community club product
    tool browser system airport programme program channel newsletter podcast marketplace hotel park museum school course theatre
    streaming messaging card wallet""")

_ITS_GOODS: Final = re.compile(r"^\W*(?:Its|Our|The\s+company['’]s|The)\s+[a-z]+\s+")

# "its smartphone shipments", "gold production"
_SORT_OF_FLOW: Final = re.compile(
    r"[\w-]+\s+(?=(?:shipments|deliveries|production|output|exports|imports)\b)"
    r"|(?<=ments\sof\s|eries\sof\s|ction\sof\s|utput\sof\s)(?:[\w-]+\s+){1,5}?(?=(?:rose|fell|grew|climbed|dropped|jumped|slipped|reached"
    r"|totall?ed|came|was|were|increased|decreased|declined|hit|stood)\b)"
)

_DOES: Final = re.compile(r"(?:\s+[a-z-]+){1,3}?\s+(?:remain|remained|stay|stayed|still\s+work)\b")


def before_count(look: Look) -> str | None:
    """Of what is counted and stands: whether unknown words stand in its clause, which may say what is done with it."""
    if look.reading.unit or not (counted(look) in STANDING or is_standing(look) or is_flowing(look)):
        return None
    if _THERE.search(look.left):
        return None
    said = OF_BODY.sub(" ", _BEFORE_IT.sub("", masked(look)[clause_start(look) :]))
    if said.endswith("and ") and _DOES.match(look.right):
        return None  # "60 engineers walked out and 900 employees remain"
    said = _OTHER_COUNT.sub(" ", said)
    said = _SORT_OF_FLOW.sub(" ", said)
    said = _APPOSED.sub("", said)
    if counted(look) in PLACES:
        said = _ITS_GOODS.sub("", said)
    return _left_unknown(look, said)


def _left_unknown(look: Look, said: str) -> str | None:
    words = [one for one in _as_said(look, said) if look.words.isdisjoint(LOST) or stem(one) not in LOST]
    word = unknown(look, words, _USED | DONE_WITH_FLOWS if is_flowing(look) else _USED)
    return f'"{word}" stands before what is counted' if word else None
