"""Whether the sentence of a number is built of known forms, from the measure or the verb to the number.

The other rules know words that take a number away from the fact. These know the words that do not: verbs of being,
having, reporting and moving, prepositions, words of time, the measure, names. What else governs the number makes it
doubtful, since a verb or a lead that nobody has thought of may do anything with it. Words that hang on behind the number
or beside the clause are free.
"""

import re
from collections.abc import Iterable
from typing import Final

from service.evidence.owners.counts import STANDING
from service.evidence.owners.look import (
    RATES,
    WORDS_OF_MEASURES,
    Look,
    clause_start,
    is_among,
    measured_in,
)
from service.evidence.owners.measures import masked, owner_of
from service.evidence.reading.languages.en import (
    BOUNDS,
    CUT,
    DOWN,
    FRACTIONS,
    MONTHS,
    ORDINALS,
    SCALES,
    TENS,
    UNITS,
    UP,
    vocabulary,
)
from service.evidence.subjects import stem

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_TIME: Final = MONTHS | vocabulary(
    "year years quarter quarters month months week weeks day days half halves period periods season fiscal financial calendar"
    " end close annual annually quarterly monthly weekly daily yearly year-end quarter-end month-end period-end year-ago"
    " year-earlier first-quarter second-quarter third-quarter fourth-quarter first-half second-half full-year"
    " half-year now then"
    " today currently yesterday recently already again date decade summer winter spring autumn night morning monday tuesday"
    " wednesday thursday friday saturday sunday christmas holiday prior previous preceding past last latest next current ended"
    " ending"
)
_FUNCTION: Final = vocabulary(
    "annum a an the this that these those its their our his her my all both each any some no such same own other another"
    " it they we he she i you there which who whose what one ones"
    " of in on at to by for from with between among within over under about around above below up down out off as per"
    " than into through during across since until after before against versus vs via upon towards toward plus minus"
    " including excluding and or but while whereas so yet nor because if when where though although"
    " was were is are be been being am has have had having do does did will would can could may might shall should must"
    " more less most least much many few fewer only just also even still well nearly almost approximately roughly exactly"
    " very quite rather too not net gross total p a.m b m bn k t x c"
)
_NUMBERS: Final = (
    UNITS.keys() | TENS.keys() | SCALES.keys() | FRACTIONS.keys() | ORDINALS.keys() | BOUNDS.keys()
)
_UNITS: Final = vocabulary(
    "percent per percentage point points pct basis cent cents share shares dollar dollars euro euros pound pounds"
    " sterling yen yuan"
    " pence penny renminbi rupee rupees franc francs crown crowns kronor krona krone ruble rubles real reais peso pesos won bps"
    " billion-dollar million-dollar"
)
# to be so much, and to become it
_BEING: Final = vocabulary(
    "amounted amounts amount amounting totaled totalled totals totaling totalling came comes come coming stood"
    " stands stand standing"
    " reached reaches reach reaching hit hits hitting represented represents represent representing remained remains remain"
    " averaged averages average averaging numbered numbers equaled equalled equals equal corresponds corresponded"
    " exceeded exceeds"
    " exceed exceeding topped tops topping surpassed surpasses passed crossed approached approximated approximates"
    " ran runs running sat sits ended ends finished closed settled landed works worked approximated"
    " stayed stays kept keeps held holds holding steady unchanged stable flat measured valued priced set"
    " swung swing turned went goes gone moved moves proved became becomes doubled tripled quadrupled halved trebled"
    " comprised comprises comprising consist consisting included includes include consisted consists estimated"
    " recognized recognised carried carries"
    " slowed decelerated accelerated moderated normalized compared followed"
    " edged edges inched inches nudged crept ticked ticks creeping edging beat beats beating missed misses missing"
)
# to move up or down
_MOVING: Final = (UP | DOWN | CUT) - vocabulary(
    "eroded erased erasing subtracted wiped wiping knocked surrendered ceded forfeited shaved shaving headwind dent drag"
)
# to have and to tell of
_HAVING: Final = vocabulary(
    "report reports reported reporting post posts posted posting record records recorded recording book books booked booking"
    " log logs logged earn earns earned earning generate generates generated generating make makes made making achieve achieves"
    " achieved achieving deliver delivers delivered delivering produce produces produced producing realize realized realised"
    " receive receives received receiving recognize recognizes recognized recognised recognizing incur incurs"
    " incurred incurring"
    " franchise franchises franchised pay pays paid paying spend spends spent spending invest invests invested"
    " investing cost costs costing"
    " hold holds held own owns owned control controls controlled command commands commanded operate operates operated operating"
    " employ employs employed employing run runs ran have serve serves served serving count counts counted"
    " counting boast boasts"
    " boasted use uses used list lists listed manage manages managed managing oversee oversees oversaw carry carries carried"
    " sell sells sold selling ship ships shipped shipping deliver build builds built make attract attracts attracted"
    " add adds added adding open opens opened opening close closes closed closing buy buys bought buying acquire acquires"
    " acquired acquiring raise raises raised raising borrow borrows borrowed owe owes owed issue issues issued issuing win wins"
    " won secure secures secured obtain obtained show shows showed shown showing see sees saw seen announce announces announced"
    " announcing declare declares declared declaring propose proposes proposed approve approves approved pay return returns"
    " returned repurchase repurchased give gives gave giving bring brings brought bringing get gets got take takes took taking"
    " accounted account accounts account put puts lift lifts lifted lead leads led swing post state states stated say says said"
    " disclose disclosed file filed guide guides guided forecast forecasts forecasted expect expects expected project projects"
    " projected predict predicts predicted estimate estimates estimated anticipate anticipates anticipated plan plans planned"
    " target targets targeted hire hires hired enter entered complete completed agree agreed agrees offer offers offered"
    " value values valued valuing price priced pricing yield yields yielded commit commits committed"
    " charge charges charged write wrote written set sets impose imposed fine fined award awarded grant granted"
    " release released publish published contract contracted lose loses lost losing repay repaid repays retire retired redeemed"
    " save saves saved saving lay laid need needs require requires claim claims provide provides provided present presents"
    " presented contribute contributed register registered confirm confirmed upheld upholds keep keeps kept maintain maintains"
    " maintained house houses housed host hosts hosted support supports supported comprise download downloaded view viewed"
    " stream streamed produce mine mined refine refined transport transported fly flew process processed handle handled"
    " originate originated underwrite underwritten collect collected distribute distributed allocate allocated earmarked"
    " authorize authorized authorised authorizes target increase improve narrow widen exceed top surpass finish"
    " finished end ended"
    " eliminate eliminates eliminated create creates created creating part name names named train trains trained"
    " recommend recommends recommended enrolled gained gain attained attain attains shipped transferred borrowed"
    " compound compounded shut shuts shutter shutters shuttered shuttering saddled rang ring rings racked notched"
    " chalked clocked put puts putting sink sinks sank plow plows plowed plough laden burdened drew drawn drew"
    " lent lend lends proposing recommending declaring approving work works rely relies"
)
# what a sum is the sum, the height, the record of
_SUMS: Final = vocabulary(
    "total sum figure figures amount amounts number record high low average peak range level levels value values rate rates"
    " aggregate margin margins growth increase decrease change result results loss losses profit profits gain gains"
    " consideration price cost costs excess maximum minimum order region area balance capacity base count tally basis"
    " principal fair share dividend dividends charge charges expense expenses benefit benefits payment payments proceeds"
    " commitment commitments obligation obligations impairment impairments liability liabilities credit credits tax taxes"
    " investment investments compensation interest fee fees penalty penalties fine fines stake stakes package distribution"
    " capitalization capitalisation network fleet portfolio workforce headcount staff customers users stores team"
    " estate footprint"
    " market outlook guidance forecast item items site"
    " round contract contracts deal funding turnover coupon yield ratio"
)
_ADJECTIVES: Final = vocabulary(
    "adjusted consolidated combined reported deferred diluted basic restated audited unaudited underlying comparable organic"
    " statutory core pre-tax pretax after-tax operating recurring continuing strong stronger weak weaker solid robust healthy"
    " higher lower better worse highest lowest best worst largest biggest second-largest third-largest smallest slight slightly"
    " sharp sharply steep modest small large big good bad new old full whole entire overall common ordinary"
    " preferred attributable"
    " allocable applicable related associated outstanding available final interim special regular non-cash one-time one-off"
    " exceptional negative positive gaap non-gaap long-term short-term constant currency currencies actual all-time global"
    " worldwide domestic foreign international local paying paid active premium year-on-year year-over-year"
    " quarterly-over-quarter"
    " sequential sequentially organically respectively combined weighted like-for-like same-store"
    " expectations expectation estimates true pleased proud delighted happy centre center further additional"
    " marketable tangible intangible respective certain various world carrying corresponding"
)
_BODIES: Final = vocabulary(
    "company group firm business bank board corporation concern partnership trust fund insurer lender retailer"
    " airline carrier chain"
    " brewer brewery miner builder developer operator producer manufacturer supplier distributor grocer giant"
    " conglomerate startup"
    " start-up utility broker publisher platform app network bank discounter exporter importer owner provider store hotelier"
    " steelmaker registrant issuer management shareholders holders stockholders owners plc directors director"
    " chief executive officer chairman president treasurer"
    " cooperative co-operative co-op cooperatives brewer distiller winery bakery exchange studio hotelier"
    " parent subsidiaries leader bidder regulator"
)
_SAID: Final = vocabulary(
    "say says said saying report reports reported reporting announce announces announced show shows showed shown"
    " disclose discloses"
    " disclosed confirm confirms confirmed add adds added note notes noted state states stated reveal reveals"
    " revealed tell tells"
    " told expect expects expected estimate estimates estimated forecast forecasts predict predicts predicted project projects"
    " projected warn warns warned indicate indicates indicated explain explained write wrote calculate calculated"
    " declare declared"
    " determined agree agreed agrees guide guides guided anticipate anticipates anticipated believe believes provide provides"
    " provided see sees saw is was are were so found now given mean means meaning"
)
_PLAIN: Final = frozenset[str]().union(
    _TIME, _FUNCTION, _NUMBERS, _UNITS, _BEING, _MOVING, _HAVING, _SUMS, _ADJECTIVES, _BODIES, WORDS_OF_MEASURES
)  # fmt: skip


def out_of_frame(look: Look) -> str | None:
    """Why the words that govern the number are not of a known form; None if they are."""
    if not _is_sentence(look.text) or not (look.families or not look.reading.unit):
        return None  # of a subject that is not known nothing is decided
    for rule in (_lead, _told_by, _subject, _before_measure, _governed, _said_behind):
        if (reason := rule(look)) is not None:
            return reason
    return None


def _is_sentence(text: str) -> bool:
    """Whether it is prose with a verb of its own, and no row or heading."""
    return len([one for one in _WORD.findall(text) if one[0].islower()]) > 1


def _unknown(look: Look, words: Iterable[str]) -> str:
    """The first of the words that is of no known form; "" if all are."""
    for word in words:
        small = word.lower().removesuffix("'s").removesuffix("’s")
        if word[0].isupper() or small in _PLAIN or small.endswith("ly"):
            continue
        parts = re.split("[-'’]", small)
        if all(part in _PLAIN or len(part) < 2 or stem(part) in look.words for part in parts):
            continue
        is_verb = small.endswith("ed")  # "revenue funded a $90 million top-up"
        if (
            small.endswith("maker")
            or stem(small) in look.words
            or (stem(small) in WORDS_OF_MEASURES and not is_verb)
        ):
            continue
        return word
    return ""


# --- what the sentence begins with --------------------------------------------------------------------

_INVERTED: Final = re.compile(
    r"\W*(?:Should|Had|Were|Did|Does|Do|Would|Could|Might|May|Can|Imagine|Suppose|Supposing|Say|Picture|Consider"
    r"|Assume|Assuming|Take"
    r"|Pretend|Let|Granted|Provided|Providing|Nothing|Nobody|None|Neither|No\s+one|Hardly|Scarcely|Nowhere|Never|Few|Little"
    r"|Only\s+in|Whatever|Whether|Lest|Unless|If|Not|Only\s+if|Back\s+(?:when|in|then)|Word|Talk|Rumou?r|Gossip|Legend)\b(?!\s+20)"
)
_TIMED: Final = re.compile(
    r"\W*(?:In|On|At|During|For|Over|By|As\s+of|As\s+at|Through|Throughout|Until|Under|From|Within|Before|Since"
    r"|Across|Per|Behind|Beyond"
    r"|Outside|Near|Of|Like|Against)\s+(?P<rest>[^,;:]*)"
)
_AWAY: Final = re.compile(
    r"[^,;]*\b(?:from\s+now|hence|back|ago|out|earlier|later|before|life(?:time|span)?|duration|tenure|career"
    r"|history)\s*,|[^,;]*\b(?:life|lifetime|duration)\s+of\b[^,;]*,"
)
_WITH: Final = re.compile(
    r"\W*(?:With|Without(?!\s+(?!counting|including|taking|considering|adjusting|factoring)[a-z]+ing\b)|But\s+for|Minus|Plus|Less|Bar|Barring|Absent|Given)\s+(?![^,]*[0-9])[^,]+,\s"
)
_DECADE: Final = re.compile(
    r"\W*(?:In|Over|During|Across|For|Throughout)\s+(?:the|a|its|their|this|that)\s+(?:\w+\s+)?(?:decade|century"
    r"|decades)\b"
)
# a participle and what hangs on it
_PARTICIPLE: Final = re.compile(
    r"\W*(?P<word>[A-Z][a-z]+(?:ed\b(?=\s+(?:with|by|out|together|up|for|at|from|on|to|in|as)\b)|ing\b))[^,;]*,"
)
_REASONS: Final = vocabulary(
    "helped driven boosted buoyed hurt led supported lifted hit aided weighed dragged bolstered fuelled fueled"
    " spurred propelled hampered"
    " burdened squeezed pressured dented cushioned reflecting following according including reporting speaking"
    " announcing citing"
    " underpinned powered lifting benefiting benefitting continuing building owing depending"
    " excluding adjusted selling manufacturing marketing operating holding compared measured during having based"
    " reported expressed starting beginning ending founded headquartered listed"
)
# what stands before a colon, such as "A thought experiment"
_HEADED: Final = re.compile(
    r"\W*(?P<words>(?:An?|The|One|Our|My|Some|Pure|This|That|What)\s[^:,;.0-9]{1,60}):\s"
)
_HEADINGS: Final = vocabulary(
    "highlights highlight headline summary numbers facts key point points picture update review overview performance story"
    " takeaway takeaways news bottom line"
)
_OF_IT: Final = re.compile(r"\W*Of\s+(?:that|this|these|those|it|them|which|the|its|their|all)\b")
_PLAIN_LEAD: Final = vocabulary(
    "addition contrast total all particular fact turn comparison short sum other words same time aggregate average basis terms"
    " constant currency currencies dollar euro local organic reported adjusted comparable like-for-like gaap"
    " underlying consolidated"
    " group whole result results release report filing statement letter call note interview conference agreement"
    " notes programme terms company meeting million billion post blog email memo speech podcast presentation article"
    " newsletter briefing message webcast tweet document prospectus"
)


def _lead(look: Look) -> str | None:
    """Whether the sentence begins with a supposition, or with a preposition before what is no time, name or report."""
    if found := _INVERTED.match(look.text):
        return f'the sentence begins with "{found.group().strip()}"' if found.end() <= look.start else None
    if _OF_IT.match(look.left) and "," in look.left:
        return "it is a part of what was named before"
    if (
        (away := _AWAY.match(look.left))
        and not re.search("[0-9]", away.group())
        and look.reading.unit not in RATES
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
        word := _unknown(
            look, [one for one in _WORD.findall(heading["words"]) if one.lower() not in _HEADINGS]
        )
    ):
        return f'the sentence is headed by "{word}"'
    if _DECADE.match(look.left) and is_among(look.families, _RESULTS):
        return "it is counted over another time than a period"
    if (hung := _PARTICIPLE.match(look.left)) and hung["word"].lower() not in _REASONS:
        return f'the sentence begins with "{hung["word"]}"'
    lead = _TIMED.match(look.left)
    if lead is None or measured_in(lead["rest"], per_share=False):
        return None
    rest = lead["rest"]
    words = [word for word in _WORD.findall(rest) if word.lower() not in _FUNCTION]
    if any(char.isdigit() for char in rest) or any(word[0].isupper() for word in words):
        return None
    small = [word.lower() for word in words]
    if not small or any(word in _TIME or word in _PLAIN_LEAD or stem(word) in look.words for word in small):
        return None
    return f'the sentence begins with "{lead.group().strip()}"'


# --- who says so --------------------------------------------------------------------------------------

_THAT: Final = re.compile(r"(?P<before>[^,;:]*)\bthat\s+(?!(?:of|was|were|is|are|year|time|day)\b)")
_SO_FAR: Final = frozenset(
    {"so", "such", "than", "with", "of", "in", "on", "for", "after", "and", "to", "at"}
)


def _told_by(look: Look) -> str | None:
    """Whether it stands in a clause that hangs on an unknown word: "word is that revenue was", "the idea that"."""
    found = _THAT.match(look.left)
    if found is None or not found["before"].strip():
        return None
    words = [one.lower() for one in _WORD.findall(found["before"])]
    behind = _WORD.match(look.left, found.end())
    if (
        not words
        or words[-1] in _SO_FAR
        or (behind and behind.group() in _VERBS)
        or not _SAID.isdisjoint(words[-4:])
    ):
        return None
    return f'it stands behind "{words[-1]} that"'


# --- whose it is --------------------------------------------------------------------------------------

_RESTRICTED: Final = re.compile(
    r"\b(?:[Tt]he|[Aa]n?|[Oo]ne|[Aa]ny|[Aa]nother|[Tt]hose|[Ss]ome)\s+(?:[a-z-]+\s+)?(?P<who>company|companies"
    r"|firm|firms|business|businesses|group|maker|bank|chain"
    r"|retailer|start-?up|rival|supplier|operator|airline|insurer|outfit|concern|enterprise|entity|buyer|target|unit)\s+"
    r"(?:that|which|it|he|she|they|we|[A-Z][\w&-]+)\s+(?!(?:said|says|reported|had|has)\b)[a-z]+"
)
_TARGET: Final = re.compile(
    r"\b[Tt]he\s+(?:target|seller|acquired\s+\w+)(?:,[^,;]*,)?\s+(?:has|had|posted|reported|made|generated|generates|employs|earned)\b"
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
    if (found := _TARGET.search(clause)) and stem("target") not in look.words:
        return f'it is said of "{found.group()}"'
    if found := _WHERE.search(clause):
        return f'it is said of what stands before "{found["joint"]}"'
    found = _POSSESSED.search(clause)
    if found and (not _is_own(look, found["noun"]) or _ANOTHERS.match(found.group())):
        return f'it is said of its "{found["noun"]}"'
    owner = owner_of(look)
    if owner is None or owner.mention.end > look.start or look.reading.unit in RATES:
        return None
    found = _AT_WHOM.match(look.text, owner.mention.end)
    if found is None or _is_own(look, found["noun"], measured=found["joint"] == "of"):
        return None
    if any(stem(word) in look.words for word in _WORD.findall(found["words"])):
        return None  # "revenues for the Americas segment" of a fact of the Americas
    return f'it is said of "{found.group().strip()}"'


def _is_own(look: Look, noun: str, *, measured: bool = True) -> bool:
    if noun in _OWN or noun in _TIME or stem(noun) in look.words or noun.endswith("maker"):
        return True
    return measured and stem(noun) in WORDS_OF_MEASURES


# with "its" these are other companies
_ANOTHERS: Final = re.compile(
    r"(?:[Ii]ts|[Tt]heir|[Oo]ur|[Hh]is|[Hh]er)\s+(?:[\w-]+\s+){0,3}?(?:bank|insurer|lender|retailer|airline|carrier|brewer|miner|builder|developer"
    r"|operator|producer|manufacturer|distributor|grocer|broker|publisher|exporter|importer|provider|steelmaker)\s"
)
_OWN: Final = _BODIES - vocabulary(
    "parent owner owners subsidiaries regulator bidder supplier shareholders holders"
) | vocabulary("board management operations executives results accounts report statement network fleet base")


# --- from the measure or the verb to the number -------------------------------------------------------

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
    r"\b(?:was|were|is|are|rose|fell|grew|beat|came|comes|stood|stands|reached|reaches|hit|slid|sank|shrank|leapt"
    r"|leaped|ran|runs|sat|sits|went|goes"
    r"|equals|totals|amounts|represents|exceeds|tops|(?:totall?|amount|climb|increas|decreas|declin|exceed|dropp"
    r"|slipp|edg|jump|surg|soar|improv|narrow"
    r"|widen|remain|averag|equall?|represent|end|finish|advanc|gain|plung|expand|contract|topp|surpass|inch|tick"
    r"|tumbl|slump|eas|rebound|recover|doubl"
    r"|tripl|miss|slow|accelerat|ballon|balloon|swell|dipp|retreat|plummet|crater|rocket|near|pass|cross|approach)ed)\b"
)


_RESULTS: Final = frozenset(
    {"revenue", "profit", "cashflow", "orders", "backlog", "pershare", "growth", "dividend", "volume"}
)
_TIMES_IT: Final = re.compile(r"\btimes\s+(?:(?:the|its|their|all|that)\s+)?(?:[a-z-]+\s+){0,2}$")
_BEFORE_IT: Final = re.compile(r"^.*,\s")
# "strong demand helped the miner double its profit to", "price increases lifted revenue to": the cause is free
_CAUSE: Final = re.compile(
    r"^.*\b(?:(?:help(?:ed|s)|allowed|allows|enabled|enables|led|let|pushed|drove|spurred)\s+(?:it|(?:the|[A-Z])[\w&.’'-]*(?:\s+[\w&.’'-]+)?)\s+"
    r"(?:(?:to|more\s+than|nearly|almost)\s+)*(?:lift|raise|increase|grow|boost|double|triple|cut|reduce|trim|narrow|widen|swing)"
    r"|(?:(?:help(?:ed|s)\s+)?(?:lift|push|boost|driv|propell?|rais|increas|reduc|cut|drag|pull|depress|nudg|swell|trimm?|knock)(?:ed|es?|s|ing)?|drove|sent|took"
    r"|brought))\s+(?=(?:[\w’'&-]+\s+){0,4}$)"
)
# "has 1,400 shops and generated sales of"
_AND_HAD: Final = re.compile(
    r"^.*[0-9].*\band\s+(?=(?:(?:also|then)\s+)?(?:generated?s?|posted|posts|reported|reports|had|has|made|makes|earned|earns|recorded|booked"
    r"|achieved|achieves|delivered|recorded)\b)"
)


# what a company makes or is: "the oilfield services firm"
_NAMED_BODIES: Final = "|".join(sorted(_BODIES - vocabulary("owner owners shareholders holders parent")))
_OF_BODY: Final = re.compile(
    rf"\b(?:[Tt]he|[Aa]n?)\s+(?:[\w-]+\s+){{1,4}}?(?:{_NAMED_BODIES}|\w*maker)"
    r"(?:['’]s)?(?=\s)"
)


_HELPED: Final = re.compile(
    r"^.*\bhelp(?:ed|s)\s+(?:it|the\s+[\w-]+|[A-Z][\w&.’'-]*)\s+(?:to\s+)?(?=(?:post|report|achieve|record|deliver|earn|generate|reach|book)\b)"
)
_TO_IT: Final = re.compile(
    r"\bto\s+(?:(?:a|about|around|nearly|almost|over|more|than|some|record)\s+)*[A-Z]{0,3}[$€£¥]?$"
)


def _before_measure(look: Look) -> str | None:
    """Whether unknown words stand in the clause before the measure: who has it, or what is done with it."""
    owner = owner_of(look)
    if owner is None or owner.mention.end > look.start or look.reading.unit in RATES or not look.reading.unit:
        return None
    if not is_among(look.families, _RESULTS):
        return None  # contracts tell the sums of loans in clauses of any kind
    if _TIMES_IT.search(look.text, 0, owner.mention.start):
        return "it is a part or a multiple of something"
    said = masked(look)[clause_start(look) : owner.mention.start]
    said = _OF_BODY.sub(" ", _AND_HAD.sub("", _BEFORE_IT.sub("", said)))
    if _TO_IT.search(look.left):
        said = _CAUSE.sub("", said)
    said = _HELPED.sub("", said)
    word = _unknown(look, _WORD.findall(said))
    return f'"{word}" stands before "{owner.mention.text}"' if word else None


def _governed(look: Look) -> str | None:
    """Whether an unknown word stands between the measure and the number, or is the verb that governs the number."""
    owner = owner_of(look)
    if owner is not None and owner.mention.end <= look.start and look.reading.unit:
        between = masked(look)[owner.mention.end :]
        if is_among(look.families, ("deal",)) and _PRICED.search(between):
            return None  # what is bought may be anything
        verbs = [one.end() for one in _FINITE.finditer(between)]
        word = _unknown(look, _WORD.findall(between[verbs[-1] if verbs else 0 :]))
        return f'"{word}" stands between it and "{owner.mention.text}"' if word else None
    if not look.reading.unit and not (look.reading.nouns and stem(look.reading.nouns[-1]) in STANDING):
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
    if _PLACED.search(look.left) and not last["word"].endswith("ed"):
        return None  # "64,000 people in 40 countries"
    word = _unknown(look, [last["word"]])
    if (
        not word
        and _OF_SUM.search(look.left)
        and (last["word"].islower() or not left[: last.start()].strip())
    ):
        small = last["word"].lower()
        is_sum = small not in _SAYINGS and (
            small in _SUMS
            or stem(small) in look.words
            or stem(small) in WORDS_OF_MEASURES
            or small in _SUMMED
        )
        word = "" if is_sum else small
    return f'it is governed by "{word}"' if word else None


# --- what is said behind it ---------------------------------------------------------------------------

_AS_SAID: Final = re.compile(
    r"[^.;]{0,40}?,?\s+as\s+(?:first|originally|initially|previously|once|earlier)\s+[a-z]+ed\b"
)
_RELATIVE: Final = re.compile(
    r"[^.;,]{0,60},?\s+(?:which|that|who)\b[^.;,]{0,40}\b(?:nobody|none|never|not|cannot|no\s+one|no|neither|few"
    r"|hardly|failed)\b"
)
# "$75 million of revenue that auditors later reversed" is a part of it
_RESTRICTED_BEHIND: Final = re.compile(r"\s+(?:of|in|worth\s+of)\s+(?:[a-z-]+\s+){1,3}that\s")
_BETTER: Final = re.compile(
    r"\s+(?:better|worse|richer|poorer|lighter|heavier|stronger|weaker|fatter|thinner|clear|adrift|apart)\b"
)
_WOULD: Final = re.compile(r"[^.;,]{0,40}?\swould\b")
_WAS_WHAT: Final = re.compile(
    r"(?:\s+(?:of|in)\s+[a-z]+(?:\s+[a-z]+)?)?\s+(?:(?:was|is|were|are)\s+(?:what|how|where|all)\b|(?:away|adrift"
    r"|removed|short|shy|off)\b(?!-))"
)
_NOT_SO: Final = re.compile(
    r"[^.;]{0,60}?\s(?:did|does|do|was|were|is|are|has|have|had|will|would|can|could)(?:\s+not|n['’]t|\s+never"
    r"|\s+no\s+longer)\b"
)
_BEHIND: Final = re.compile(r"(?P<noun>\s+(?:of|in|for|worth\s+of)\s+(?:[a-z-]+\s+){0,3}?)?")


def _said_behind(look: Look) -> str | None:
    """Where the number is in the subject of the sentence: whether an unknown verb says something of it."""
    if _AS_SAID.match(look.right):
        return "it is what was said before"
    if _WAS_WHAT.match(look.right):
        return "what was said of it is said behind"
    if (
        look.reading.unit not in RATES
        and is_among(look.families, _RESULTS)
        and _RESTRICTED_BEHIND.match(look.right)
    ):
        return "only a part of it is told"
    if _BETTER.match(look.right) and look.reading.unit not in RATES:
        return "it is a distance"
    if _RELATIVE.match(look.right):
        return "what is said of it behind is a denial"
    left = [one.lower() for one in _WORD.findall(look.text[: look.end])]  # "topped" may be the number's bound
    if not _VERBS.isdisjoint(left) or any(one.endswith(("ed", "ing")) for one in left):
        return None
    if found := _NOT_SO.match(look.right) or _WOULD.match(look.right):
        return f'it is said of it that it "{found.group().strip()}"'
    if not look.right[:1].isspace():
        return None
    behind = re.split(r"[,;:(]|\b(?:and|as|while|after|from|to|up|down)\b", look.right)[0]
    for word in _WORD.findall(behind):
        small = word.lower()
        if set(small.split("-")) <= set(look.reading.nouns) or small in _SPREAD:
            continue
        if small in _VERBS or small in _MOVING:
            return None
        if _unknown(look, [word]):
            return f'"{word}" is said of it'
    return None


_SPREAD: Final = vocabulary("countries markets cities states nations regions continents worldwide locations")
_VERBS: Final = (
    _BEING | _HAVING | _MOVING | vocabulary("was were is are be been has have had will would can may")
) - vocabulary(
    "total average record share interest increase decrease gain charge cost costs estimated planned proposed"
)
