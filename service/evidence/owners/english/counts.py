"""Whether a count is of things that something was done with: "hired 250 employees" tells no 250 employees."""

import re
from typing import Final

from service.core.words import label_of
from service.evidence.owners.english.count_deeds import ADDED, LOST, OR_SO_MANY, akin
from service.evidence.owners.english.frame_words import HAVING
from service.evidence.owners.look import WORD, Look, clause_start, is_among, place_in_list
from service.evidence.reading.languages.en import vocabulary
from service.evidence.subjects import stem

_NET_NEW: Final = re.compile(
    r"\b(?:net\s+new|incremental|additional|net\s+added)\s+(?:[a-z]+\s+)??(?P<what>\w+)\s[^;,0-9]*$",
    re.IGNORECASE,
)


def new_ones(look: Look) -> str | None:
    """Of counts: "500 new customers" are no 500 customers; of sums: "net new ARR of $62 million" is no ARR of so much."""
    if look.reading.unit and (new := _NET_NEW.search(look.left)):
        is_of_it = stem(new["what"]) in look.words and look.words.isdisjoint(ADDED)
        is_of_it &= not is_among(look.families, ("charge", "tax"))  # an additional provision is one
        return "it is said of what came new" if is_of_it else None
    of_all = OR_SO_MANY.search(look.left) if look.reading.nouns else None
    if of_all and stem(look.reading.nouns[-1]) in look.words and look.words.isdisjoint(LOST | ADDED):
        return "it is a part of them"
    if missing := {"outstand"} & look.words - {stem(word) for word in WORD.findall(look.text.lower())}:
        return f'nothing says that it is "{min(missing)}"' if look.reading.nouns else None
    if (other := _AND_OTHERS.match(look.right)) and stem(other["noun"]) in _HELD - look.words:
        return f'it is the sum of those and of "{other["noun"]}"' if look.reading.nouns else None
    is_new = {"new", "additional", "extra"} & set(look.reading.nouns)
    if not is_new or stem(look.reading.nouns[-1]) not in look.words or not look.words.isdisjoint(ADDED):
        return None
    return "it is said of new ones"


# what leaves a count a count of what there is, as in: operated 2,310 stores
_HOLDING: Final = vocabulary("""ran operated operating operates employed employing employs owned owning owns managed managing
    manages counted counting included including comprised comprising numbered numbering totaled totalled totaling totalling
    reached reaching served serving maintained maintaining boasted boasting supported supporting hosted hosting housed housing
    estimated reported recorded said listed used using enrolled offered offering featured featuring amassed attracted exceeded
    exceeding topped topping surpassed surpassing passed crossed having been retained claimed claiming ended ending represented
    connected approached approaching nearing combined had has based engaged logged ranked named stocked contained accumulated
    controlled controlling occupied spanned spanning averaged averaging amounted hitting touching expected planned projected
    forecast predicted anticipated targeted targeting guided registered consisted consisting comprise consist franchised
    franchising""")
# what an organisation has for long, so that "hired", "opened" and "rented" tell another number than how many there are
STANDING: Final = frozenset(
    stem(word)
    for word in vocabulary("""employees employee staff workers people headcount associates engineers stores shops outlets
    restaurants branches locations hotels offices plants factories sites warehouses clinics hospitals schools stations dealers
    dealerships centers centres customers clients users subscribers members accounts merchants countries markets cities
    subsidiaries brands rooms homes vehicles trucks aircraft planes ships vessels trains buses properties buildings showrooms
    salons pharmacies supermarkets mines wells refineries contractors franchises franchisees distributors agents volunteers
    consultants resorts kiosks""")
)
_FLOWS: Final = frozenset(
    stem(word)
    for word in vocabulary("""deliveries shipments production output sales recalls registrations exports imports orders hires
    bookings purchases""")
)
_FILLING: Final = vocabulary("""a an the its their our his her another some about around roughly nearly almost approximately
    over more than less at least up many further additional only just all of total by fewer most not no under above exactly""")
_BEFORE: Final = re.compile(
    r"(?P<to>\b(?:to|will|would|could|may|might|can|shall)\s+)?(?P<verb>[a-z][a-z-]*)\s+$"
)
_BEHIND: Final = re.compile(
    r"(?:\s+[a-z-]+){1,3}?\s+(?:was|were|is|are|being|be|been|got)\s+(?:(?:also|since|then|recently|being"
    r"|[a-z]+ly)\s+)*(?P<verb>[a-z]+ed)\b"
)
# verbs of doing without -ed
_IRREGULAR: Final = vocabulary(
    "sold sell sells bought buy buys sent lent rented moved made spun took lost won let sold hired"
)


def counted(look: Look) -> str:
    """The stem of what is counted and stands, also in "18 stores voted"; that of the last noun if none does."""
    stems = [stem(noun) for noun in look.reading.nouns]
    return next((one for one in reversed(stems) if one in STANDING), stems[-1] if stems else "")


_STAFF: Final = frozenset(
    stem(word) for word in vocabulary("employees staff workers people headcount associates personnel")
)

_HELD: Final = STANDING - {stem("trains"), stem("plants"), stem("ships")}
# "640 stores and restaurants"
_AND_OTHERS: Final = re.compile(
    r"(?:\s+[a-z-]+){1,3}?\s+(?:and|or)\s+(?:[a-z-]+\s+)??(?P<noun>[a-z]+s)\b(?!\s+(?:[0-9]|a\b|its\b|the\b))"
)


def is_standing(look: Look) -> bool:
    """Whether the fact counts what somebody has for long: its shops, its people, those that use what it sells."""
    head = counted(look)
    if head in _STAFF and not look.words.isdisjoint(_STAFF):
        return True
    return (
        head in look.words and look.words.isdisjoint(_FLOWS)
        if head in STANDING
        else not look.words.isdisjoint(_HELD) and look.words.isdisjoint(LOST)
    )


def acted_on(look: Look) -> str | None:
    """Of counts: whether something was done with what is counted, and the fact counts what there is."""
    if look.reading.unit or not look.reading.nouns or not look.words.isdisjoint(ADDED):
        return None
    is_stock = is_standing(look)
    if not is_stock and look.words.isdisjoint(_FLOWS):
        return None
    if _SINCE.search(look.left) or _SINCE.match(look.right):
        return "it is counted over another time than a period"
    behind = {stem(word) for word in WORD.findall(_UP_TO_NEXT.split(look.right, maxsplit=1)[0])}
    own = look.words - look.names - set(map(stem, look.reading.nouns))
    if is_stock and _OF_ALL.match(look.right):
        return "it is a part of a number"
    if _PART_OF.search(look.left) and (not is_stock or not own.isdisjoint(behind)):
        return "a part of it is told"
    if is_stock and (reason := _not_held(look)):
        return reason
    verb = _verb(look)
    if verb is None or any(akin(verb, word) for word in look.words):
        return None
    return f"it is said of what was {verb}"


# what a number of things that somebody has may stand behind
_GIVEN_TO: Final = re.compile(
    r"\b(?P<joint>to|for|in|into|from|among|on|at|across|through|via|against)\s+(?:(?:all|its|the|their|our|some|about"
    r"|around|nearly|almost|over)\s+)*$"
)
# "the passwords of 6 million users", "the rent of 600 employees"
_NOUN_OF: Final = re.compile(
    r"\b(?P<noun>[a-z-]+)\s+of\s+(?:(?:about|around|some|nearly|almost|over|more|than)\s+)*$"
)
_GREW: Final = re.compile(
    r"\b(?:grew|grown|grow|grows|growing|rose|risen|rise|rises|rising|increased?|increases|increasing|climbed|jumped|swelled"
    r"|expanded?|expands|expanding"
    r"|up|down|fell|fallen|fall|falls|falling|dropped|drop|shrank|shrunk|declined|decreased|reduced|cut|cuts|came|comes"
    r"|brings?|brought|bringing"
    r"|taking|takes|took|total|doubled|tripled|close|access|returned|restored|amount(?:s|ed)?|increase|slimmed|boost(?:ed"
    r"|s)?)\b[^;]*$",
    re.IGNORECASE,
)
PLACES: Final = frozenset(stem(word) for word in vocabulary("countries cities markets states regions"))
_AS_SUBJECT: Final = re.compile(
    r"(?:\s+\w+){0,2}?\s+(?P<verb>own|live|walk|commute|cycle|attend|belong|speak|say|complain|want|face|leave|left|stay"
    r"|came|study|eat|vote|go|sign|share|visit|wear|went|joined|took|received|receive|got|signed|voted|walked"
    r"|defected|moved|fell|switched|(?:was|were|is|are)\s+(?:gone|lost|shown))\b"
)

_PASSIVE: Final = re.compile(r"\b(?:was|were|is|are|been|be)\s+$")
_TALLIES: Final = frozenset(
    stem(word)
    for word in vocabulary("""number total headcount payroll membership workforce network base count staff fleet tally it one
    all team chain portfolio estate footprint roster average record excess maximum minimum high low crew pool list consist force
    instead capable""")
)
_HARM: Final = re.compile(
    r"\b(?:outage|breach|leak|hack|attack|storm|recall|strike|fire|fault|failure|virus|hurricane|campaign|ad|advert|blackout"
    r"|glitch)\b"
)


def _not_held(look: Look) -> str | None:
    """Whether the words beside the number do not say that somebody has so many: "offered buyouts to 5,200 employees"."""
    harm = _HARM.search(look.left, clause_start(look))
    if harm is not None and stem(harm.group()) not in look.words:
        return f"it is said of a {harm.group()}"
    whose = _NOUN_OF.search(look.left)
    if (
        whose is not None
        and stem(whose["noun"]) not in look.words | _TALLIES
        and whose["noun"] not in _HOLDING
    ):
        return f"it is said of the {whose['noun']} of those"
    given = _GIVEN_TO.search(look.left)
    if given is not None:
        joint = given["joint"]
        is_place = joint in {"in", "from", "at", "across"} and counted(look) in PLACES
        is_place |= joint == "among" and "its " in given.group()  # "among its 900 employees"
        if joint in {"at", "across"}:  # "has 7,800 employees at 24 sites", "the headcount stood at"
            before = {stem(word) for word in WORD.findall(look.left.lower())}
            is_told = not before.isdisjoint((look.words | _TALLIES) - {stem("staff")})
            is_place |= is_told or re.search("[0-9]", look.left) is not None
        is_place |= joint == "from" and look.left[: given.start()].endswith(
            ("operates ", "operated ", "trades ", "traded ")
        )
        grew = _GREW.search(look.left[: given.start()]) if given["joint"] == "to" else None
        if grew is not None and _PASSIVE.search(look.left[: grew.start()]):
            # "the workforce was cut to", and not: power was cut to
            said = {stem(word) for word in WORD.findall(look.left[: grew.start()].lower())}
            grew = None if said.isdisjoint(look.words | _TALLIES) else grew
        if not is_place and grew is None:
            return f'it is said of what something is "{given["joint"]}"'
    if not WORD.search(look.left, clause_start(look)) and (acting := _AS_SUBJECT.match(look.text, look.end)):
        return f'it is said of those who "{acting["verb"]}"'
    did = _HAVE_DONE.match(look.right)
    if did is not None and not any(akin(did["verb"], word) for word in look.words):
        return f'it is said of those that have "{did["verb"]}"'
    if (
        (relative := _THAT_IT.match(look.right))
        and relative["verb"] not in _HOLDING | _TO_HOLD
        and not _holds(relative["verb"])
    ):
        return f'it is said of those that it "{relative["verb"]}"'
    verb = _SUPPLYING.search(look.left)
    return f"it is said of what it {verb.group().split()[0]}" if verb else None


# "11,000 businesses have downloaded it"
_HAVE_DONE: Final = re.compile(
    r"\s+(?:[a-z-]+\s+){1,3}?(?:have|has|had)\s+(?:already\s+|now\s+|since\s+|also\s+)?"
    r"(?!joined|signed|subscribed|registered|been)(?P<verb>[a-z]+ed|left|quit|gone)\b"
)
# "the 1,200 engineers it needs"
_THAT_IT: Final = re.compile(
    r"(?:\s+[a-z-]+){1,3}?\s+(?:(?:that|which|who|whom)\s+)?(?:it|they|we)\s+(?:now\s+|also\s+|already\s+)?(?P<verb>[a-z]+)\b"
)
_OF_ALL: Final = re.compile(r"\s+of\s+(?:the|its|their|those|our)\s+[0-9]")  # "30,000 of its 93,000 workers"
_PART_OF: Final = re.compile(
    r"(?:[0-9]|\b(?:half|third|quarter|fifth|tenth|quarters|thirds|fifths|most|many|some|part|percent))\s+of\s+(?:the|its|their|those|our)\s+$"
)
_SUPPLYING: Final = re.compile(
    r"\b(?:suppl(?:y|ies)|visits?|inspects?|surveys?|targets?|monitors?|represents?|insures?|advises?|equips?|wants?|needs?"
    r"|seeks?|rents?|leases?|lends?|lets?|sells?)\s+"
    r"(?:(?:the|an?|its)\s+(?!(?:total|further|other|additional|full|combined)\b)[a-z]+\s+(?=(?:(?:about|around|some|over"
    r"|nearly)\s+)*$))?(?:(?:all|its|the|their|some|about|around|nearly|almost|over|another|more|than)\s+)*$"
)


def _verb(look: Look) -> str | None:
    """What is done with the things counted; None if nothing is, or they are only held."""
    left = look.left
    while (last := _BEFORE.search(left)) and last["verb"] in _FILLING:
        left = left[: last.start("verb")]
    if last is not None and last["verb"] not in _HOLDING:
        verb = last["verb"]
        if verb in _IRREGULAR or (verb.endswith(("ed", "ing")) and len(verb) > _SHORTEST):
            return verb
        if (last["to"] or verb in HAVING) and not _holds(verb):
            return verb
    behind = _BEHIND.match(look.text, look.end)
    return behind["verb"] if behind and behind["verb"] not in _HOLDING else None


def _holds(verb: str) -> bool:
    """Whether a verb in its first or third person is one of having: "serve", "serves"."""
    return (
        verb in _TO_HOLD
        or verb.removesuffix("s") in _TO_HOLD
        or verb.removesuffix("es") in _TO_HOLD
        or verb == "has"
    )


_SINCE: Final = re.compile(
    r"(?:^|[^,;]*\s)(?:since\s+\w+|to\s+date|so\s+far|over\s+its\s+lifetime|in\s+its\s+history)\b",
    re.IGNORECASE,
)
# sorts of one thing that exclude each other, in a subject and in the words
_EXCLUSIVE: Final = tuple(
    frozenset(one.split())
    for one in (
        "daily weekly monthly quarterly annual yearly", "domestic international overseas foreign", "full-time part-time",
        "gross operating", "male female", "paid paying free", "regular special interim final", "active inactive", "gross net",
        "special quarterly", "authorized authorised issued outstanding", "new existing", "first second third fourth",
        "basic diluted", "effective statutory", "expense benefit", "federal state foreign",
    )
)  # fmt: skip


def of_another_sort(look: Look) -> str | None:
    """Whether the words beside the number name another sort than the subject: monthly users, where the fact is of daily ones."""
    before = _SORT.findall(look.left[clause_start(look) :].lower())
    behind = _UP_TO_NEXT.split(look.right, maxsplit=1)[0]
    said = {*before, *_SORT.findall(behind.lower()), *look.reading.nouns}
    if counted(look) in _STAFF and not look.words.isdisjoint(_STAFF):
        at_work = _WORKPLACES.intersection(look.reading.nouns[:-1])
        if at_work and look.words.isdisjoint(map(stem, at_work)):
            return f"it is said of {min(at_work)} ones"
    if not look.reading.unit and (some := _SOME.search(look.text, look.start, look.end + 24)):
        sort = some["sort"].lower()
        is_whole = sort == "full-time" and not _SOME_OTHER.search(look.text)
        if not is_whole and not any(stem(word) in look.words for word in sort.split("-")):
            return f"it is said of {sort} ones"
    said.add(_RATES.get(look.reading.per, ""))
    if other_class := _other_class(look, behind):
        return f'it is said of "{other_class}"'
    if other_payment := _other_payment(look):
        return f"it is said of the {other_payment} one"
    own_span = _SPAN.search(label_of(look.about.subject))
    if own_span is None and not _YEARLY.isdisjoint(look.words) and (of_span := _IN_SPAN.match(look.right)):
        return f'it is said of "{of_span.group().strip()}"'
    spans = [*_SPAN.finditer(look.left)]
    if own_span and spans and own_span.lastgroup != spans[-1].lastgroup:
        named_behind = _SPAN.search(behind)
        is_own = named_behind is not None and named_behind.lastgroup == own_span.lastgroup
        return None if is_own else f'it is said of "{spans[-1].group()}"'
    for sorts in _EXCLUSIVE:
        own = {one for one in sorts if stem(one) in look.words}
        other = said & sorts
        if own & other and len(named := [one for one in before if one in sorts]) > 1:
            at, listed = place_in_list(look, look.left.lower().rindex(named[-1]))
            other = {named[at]} if listed == len(named) else other
        if own and other and not own & other:
            return f"it is said of {min(other)} ones"
    return None


_PAYMENTS: Final = re.compile(
    r"\b(?:total|full[\s-]year|annual|yearly|whole|final|interim|special|quarterly)(?=\s+(?:[\w-]+\s+){0,2}dividend)",
    re.IGNORECASE,
)
_OF_YEAR: Final = frozenset(map(stem, vocabulary("total full annual yearly whole")))


def _other_payment(look: Look) -> str:
    """The sort of dividend that is named last before the number, if the fact is of that of the whole year; else ""."""
    if not is_among(look.families, ("dividend", "pershare")) or look.words.isdisjoint(_OF_YEAR):
        return ""
    named = _PAYMENTS.findall(look.left)
    last = named[-1].lower() if named else ""
    return (
        last if last in {"final", "interim", "special", "quarterly"} and stem(last) not in look.words else ""
    )


def _other_class(look: Look, behind: str) -> str:
    """The class of shares that is named behind the number, if the fact is of another one; else ""."""
    own, named = _CLASS.search(label_of(look.about.subject)), _CLASS.search(behind)
    is_other = own and named and named["letter"].lower() != own["letter"].lower()
    return named.group() if is_other and named else ""


# who works at a part, or in one way
_WORKPLACES: Final = vocabulary("""airline factory warehouse store plant sales retail production manufacturing office
    engineering research hotel restaurant field construction mining security support service union unionised unionized flight
    ground cabin delivery contract administrative technical clinical maintenance assembly corporate overseas foreign domestic
    striking seasonal temporary""")
# "9,800 full-time and 4,400 part-time employees"
_SOME: Final = re.compile(
    r"[0-9]\s+(?P<sort>part-time|full-time|seasonal|temporary|salaried|hourly|unioni[sz]ed|agency|freelance)\b",
    re.IGNORECASE,
)
_SOME_OTHER: Final = re.compile(r"\b(?:part-time|seasonal|temporary|hourly)\b", re.IGNORECASE)
_SORT: Final = re.compile(r"[^\W\d_]+(?:-time)?")
_CLASS: Final = re.compile(r"\bclass\W{1,2}(?P<letter>[A-Ca-c])\b", re.IGNORECASE)
# the spans of time of reports
_SPAN: Final = re.compile(
    r"\b(?:(?P<quarter>quarter(?:ly)?|qtr|Q[1-4]|three[\s-]months?)|(?P<nine>nine[\s-]months?|9M|nine\s+mths)"
    r"|(?P<half>(?:first|second|1st|2nd)[\s-]half|half[\s-]year|H[12]|six[\s-]months?|six\s+mths))\b"
)
_YEARLY: Final = frozenset(map(stem, vocabulary("annual yearly")))
_IN_SPAN: Final = re.compile(
    r"(?:\s+[a-z-]+){0,4}?\s+(?:in|for|during)\s+the\s+(?:\w+\s+)?(?:quarter|half|(?:three|six|nine)\s+months)\b"
)
_RATES: Final = {"day": "daily", "week": "weekly", "month": "monthly"}
_UP_TO_NEXT: Final = re.compile(r"[0-9,;:(]|\b(?:on\s+top|plus|besides|while|against|versus|than)\b")
_SHORTEST: Final = 4
_TO_HOLD: Final = vocabulary("""have hold operate employ own run manage serve reach total number comprise include maintain
    support cover exceed top surpass be franchise list estimate report say claim own see show expect count offer use hit
    approach pass cross host house""")
