"""Whether what an English sentence begins with, or who tells it, leaves its number in doubt."""

import re
from typing import Final

from service.evidence.owners.english.frame_words import (
    DEALS,
    FUNCTION,
    RESULTS,
    SAID,
    SPOKEN,
    TELLING,
    TIME,
    VERBS,
    unknown,
)
from service.evidence.owners.look import RATES, Look, is_among, measured_in
from service.evidence.reading.languages.en import vocabulary
from service.evidence.subjects import stem

_INVERTED: Final = re.compile(
    r"\W*(?:Should|Had|Were|Did|Does|Do|Would|Could|Might|May|Can|Imagine|Suppose|Supposing|Say|Picture|Consider"
    r"|Assume|Assuming|Take"
    r"|Pretend|Let|Granted|Provided|Providing|Nothing|Nobody|None|Neither|No\s+one|Hardly|Scarcely|Nowhere|Never|Few|Little"
    r"|Only\s+in|Whatever|Whether|Lest|Unless|If|Not|Only\s+if|Back\s+(?:when|in|then)|Word|Talk|Rumou?r|Gossip|Legend|Allegedly|Supposedly|Purportedly|Reportedly)\b(?!\s+[0-9])"
)
_TIMED: Final = re.compile(
    r"\W*(?P<joint>In|On|At|During|For|Over|By|As\s+of|As\s+at|Through|Throughout|Until|Under|From|Within|Before|Since"
    r"|Across|Per|Behind|Beyond|Outside|Near|Of|Like|Against)\s+(?P<rest>[^,;:]*)"
)
# leads that may be anything before a clause with a subject of its own: "On the same day, Corvin reported"
_BESIDE: Final = vocabulary("In On For At By")
_DEFINITE: Final = re.compile(r"(?:the|its|their|our|this|that)\s")
_SUPPOSED: Final = re.compile(
    r"\b(?:cases?|scenarios?|world|footing|theory|principle|dreams?|model|models|view|opinion|eyes?|board|event|hindsight|reality|average"
    r"|simulation|exercise|universe|best|worst|all|total|together|years?|decades?|life\w*|existence|history|place|stead)\b"
)
_ADDING: Final = re.compile(
    r"(?:Combin|Add|Count|Tak|Strip|Assum|Suppos|Annuali|Extrapolat|Merg|Pool|Ignor|Remov|Multipl|Join|Weigh|Imagin|Consider|Allow|Sum|Jok|Bluff|Ly|Jest|Teas|Dream|Fantas|Guess|Speculat)"
)
_AWAY: Final = re.compile(
    r"[^,;]*\b(?:from\s+now|hence|back|ago|out|earlier|later|before|life(?:time|span)?|duration|tenure|career"
    r"|history)\s*,|[^,;]*\b(?:life|lifetime|duration)\s+of\b[^,;]*,"
)
_WITH: Final = re.compile(
    r"\W*(?:With|Without(?!\s+(?!counting|including|taking|considering|adjusting|factoring)[a-z]+ing\b)|But\s+for|Minus|Plus|Less|Bar|Barring|Absent|Given)\s+(?![^,]*[0-9])[^,]+,\s"
)
_DECADE: Final = re.compile(
    r"\W*(?:In|Over|During|Across|For|Throughout)\s+(?:the|a|its|their|this|that)\s+(?:\w+\s+)?(?:decade|century|decades)\b"
)
# a participle and what hangs on it
_PARTICIPLE: Final = re.compile(
    r"\W*(?P<word>[A-Z][a-z]+(?:ed\b(?=\s+(?:with|by|out|together|up|for|at|from|on|to|in|as)\b)|ing\b))[^,;]*,"
)
_REASONS: Final = vocabulary("""helped driven boosted buoyed hurt led supported lifted hit aided weighed dragged bolstered
    fuelled fueled spurred propelled hampered burdened squeezed pressured dented cushioned reflecting following according
    including reporting speaking announcing citing underlying underpinned powered lifting benefiting benefitting continuing
    building owing depending excluding adjusted selling manufacturing marketing operating holding compared measured during
    having based opened created established incorporated launched formed reported expressed starting beginning ending founded
    headquartered listed""")
# what stands before a colon, such as "A thought experiment"
_HEADED: Final = re.compile(
    r"\W*(?P<words>(?:An?|The|One|Our|My|Some|Pure|This|That|What)\s[^:,;.0-9]{1,60}):\s"
)
_HEADINGS: Final = vocabulary("""highlights highlight headline summary numbers facts key point points picture update review
    overview performance story takeaway takeaways news bottom line""")
_OF_IT: Final = re.compile(r"\W*Of\s+(?:that|this|these|those|it|them|which|the|its|their|all)\b")
_PLAIN_LEAD: Final = vocabulary("""addition contrast total all particular fact turn comparison short sum other words same time
    aggregate average basis terms constant currency currencies dollar euro local organic reported adjusted comparable
    like-for-like gaap underlying consolidated group whole result results release report filing statement letter call note
    interview conference agreement inception notes programme terms company meeting million billion post blog email memo speech
    podcast presentation article newsletter briefing message webcast tweet document prospectus writing""")


def of_lead(look: Look) -> str | None:
    """Whether the sentence begins with a supposition, or with a preposition before what is no time, name or report."""
    if found := _INVERTED.match(look.text):
        return f'the sentence begins with "{found.group().strip()}"' if found.end() <= look.start else None
    if _OF_IT.match(look.left) and "," in look.left:
        return "it is a part of what was named before"
    if (
        (away := _AWAY.match(look.left))
        and not re.search("[0-9]", away.group())
        and look.reading.unit not in RATES
        and not is_among(look.families, DEALS)
    ):
        return f'the sentence begins with "{away.group().strip()}"'
    if (
        look.reading.unit
        and look.reading.unit not in RATES
        and not look.reading.change
        and _WITH.match(look.left)
    ):
        return "it is supposed with or without something"
    heading = _HEADED.match(look.left)
    if heading and (
        word := unknown(
            look, [one for one in SPOKEN.findall(heading["words"]) if one.lower() not in _HEADINGS]
        )
    ):
        return f'the sentence is headed by "{word}"'
    if _DECADE.match(look.left) and is_among(look.families, RESULTS):
        return "it is counted over another time than a period"
    if (
        (hung := _PARTICIPLE.match(look.left))
        and hung["word"].lower() not in _REASONS
        and stem(hung["word"]) not in look.words
        and (_ADDING.match(hung["word"]) or not _is_told(look, hung.end()))
    ):
        return f'the sentence begins with "{hung["word"]}"'
    lead = _TIMED.match(look.left)
    if lead is None or measured_in(lead["rest"], per_share=False):
        return None
    if (
        lead["joint"] in _BESIDE
        and _DEFINITE.match(lead["rest"])
        and not _SUPPOSED.search(lead["rest"])
        and _is_told(look, lead.end())
    ):
        return None
    rest = lead["rest"]
    words = [word for word in SPOKEN.findall(rest) if word.lower() not in FUNCTION]
    if any(char.isdigit() for char in rest) or any(word[0].isupper() for word in words):
        return None
    small = [re.sub("['’]s$", "", word.lower()) for word in words]
    if not small or any(word in TIME or word in _PLAIN_LEAD or stem(word) in look.words for word in small):
        return None
    return f'the sentence begins with "{lead.group().strip()}"'


def _is_told(look: Look, begin: int) -> bool:
    """Whether the clause from there on has a subject that tells or has the number: "the board approved a dividend of"."""
    words = [one for one in SPOKEN.findall(look.left, begin) if one not in TIME]
    return not TELLING.isdisjoint(words[1:])


_THAT: Final = re.compile(r"(?P<before>[^,;:]*)\bthat\s+(?!(?:of|was|were|is|are|year|time|day)\b)")
_SO_FAR: Final = frozenset(
    {"so", "such", "than", "with", "of", "in", "on", "for", "after", "and", "to", "at"}
)


def told_by(look: Look) -> str | None:
    """Whether it stands in a clause that hangs on an unknown word: "word is that revenue was", "the idea that"."""
    found = _THAT.match(look.left)
    if found is None or not found["before"].strip():
        return None
    words = [one.lower() for one in SPOKEN.findall(found["before"]) if one.lower() not in TIME]
    behind = SPOKEN.match(look.left, found.end())
    if (
        not words
        or words[-1] in _SO_FAR
        or (behind and behind.group() in VERBS)
        or not SAID.isdisjoint(words[-4:])
    ):
        return None
    return f'it stands behind "{words[-1]} that"'
