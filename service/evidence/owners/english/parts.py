"""Whether a number is that of a part: of a segment, a region, a product, or the amount of a change."""

import re
from typing import Final

from service.core.words import label_of
from service.evidence.naming import LEGAL_FORM
from service.evidence.owners.english.frame_words import BODIES
from service.evidence.owners.look import (
    AS_AMERICAN,
    ASIDE,
    GROWTH,
    MEASURE_STEMS,
    RATES,
    VERBS,
    WORD,
    WORDS_OF_MEASURES,
    Look,
    Mention,
    clause_start,
    is_among,
    measured_in,
    place_in_list,
)
from service.evidence.periods import RESPECTIVELY
from service.evidence.reading.languages.en import CUT, DOWN, MONTHS, UP, vocabulary
from service.evidence.reading.languages.en_words import WORDS
from service.evidence.subjects import stem

WHOLES: Final = (
    "revenue",
    "profit",
    "margin",
    "orders",
    "backlog",
    "cashflow",
    "cost",
    "inventory",
    "likeforlike",
)
_PRE_WORD: Final = re.compile(r"(?P<word>[\w&.’'-]+)\s+$")
STOP_WORDS: Final = VERBS | vocabulary("""the a an its their our his her this that these those of in on all both if when where
    because so then not no also only generated generates generate recorded records record earned earns earn saw see sees seen
    expects expect expected forecast forecasts raised raises lifted boosted drove drive drives driving boost lift grow grows
    growing raising lifting pushing increase increasing rising declining falling lower higher reduced improved improving
    delivered delivers deliver achieved logged booked books produced produces took takes put sent brought with without between
    among like such where whose reports reporting posting post posts announced announces generating showed shows show about
    around nearly almost approximately equal equals equalling did does do can could may might should must won lost give gives
    gave exceeds exceed exceeding beats beat tops surpasses outpaced again now then today yesterday here there once still meant
    means mean left kept keep report post earn generate record deliver book achieve although though whereas even since unless
    despite lifts boosts doubles triples widens keeps helped help helps pushed push making make makes having calculate yet
    anticipates anticipated projects projected predicts estimates targets envisions foresees reaffirms reiterates confirms
    maintains lowers narrows hikes cuts trims ups revises discloses states says mln bln dlrs cts vs attributes recognizes
    recognises derives realizes collects""")
WHOLE_WORDS: Final = vocabulary("""s external total net gross annual annualised quarterly full full-year half half-year first
    second third fourth first-quarter second-quarter third-quarter fourth-quarter first-half second-half six-month nine-month
    three-month twelve-month group group-wide groupwide consolidated company company-wide companywide corporate reported
    adjusted record strong stronger overall combined fiscal year year's quarter quarter's period underlying core basic diluted
    statutory preliminary unaudited audited robust solid weak weaker healthy sound stable actual aggregate gaap ifrs
    attributable incoming like-for-like worldwide global entire final nominal normalised normalized restated revised latest
    current recent previous prior last monthly weekly daily operating trading interim better good bad poor lower higher larger
    bigger best highest lowest consolidated, further standard organic comparable average new sales profit its bumper modest
    steady slight sharp improved after-tax after pre-tax tax own firm respective whole financial management shareholder
    shareholders""")
_MAKES: Final = (
    r"(?:made|makes|had|has|posted|posts|reported|reports|earned|earns|generated|generates|recorded|brought|brings|saw|contributed"
    r"|delivered|achieved|booked)"
)
_HEADS: Final = frozenset({"group", "company", "firm"})
_SEGMENT: Final = re.compile(
    r"\b(?:segment|division|subsidiary|business unit|operating unit|affiliate|joint venture|line of business|product line)s?\b"
    r"|\b(?:[A-Z][\w&-]+|cloud|retail|consumer|auto|automotive|services|advertising|payments|wholesale|hardware|software"
    r"|foods?|drinks|beverages?|media|energy|mining|insurance|lending|logistics|healthcare|pharma\w*)\s+(?:unit|arm|business(?!\s+(?:[a-z]+\s+){1,2}[A-Z]))\b"
    rf"|\b\w+\s+(?:unit|arm)(?:['’]s|\s+(?:was|were|{_MAKES}))\b"
    rf"|\b(?:market|country|region|brand|product|franchise|sector|industry|customer)\s+(?:[^,;]*\s+)?{_MAKES}\b"
)
_AFTER: Final = re.compile(
    r"\s+(?P<joint>from|in|for|at|of|within|across|to|per|on|among)\s+(?:(?:the|its|our|their|all)\s+)?(?P<what>\S+)"
)
# "sales at the chipmaker": a name for the company itself
_COMPANY: Final = re.compile(
    r"(?:[\w-]+\s+){0,3}?(?:\w*maker|\w*builder|\w*seller|\w*grower|\w*trader|\w*designer|shipping\s+line|cruise\s+line|refiner|wholesaler|jeweller|caterer"
    rf"|{'|'.join(sorted(BODIES))})\b"
    r"(?!['’]s|\s+(?:unit|arm|division|business|segment))"
)
WHOLE_AFTER: Final = vocabulary("""company group firm year quarter period month half first second third fourth three six nine
    twelve fiscal full past last current same prior previous week continuing operations operating contracts constant actual
    comparable about around approximately over more at least nearly some roughly up total dollar euro local spite addition
    excess recent almost less under only just between as one two twelve thirteen twenty-six thirty-nine fifty-two a an preceding
    comparative reporting trailing calendar corresponding half-year up end close start beginning range vicinity neighborhood
    neighbourhood sales revenue revenues behalf average balance track average quarter-end year-end month-end period-end business
    customers fewer high low record latest whole entire all full fact part turn general practice effect force exchange return
    response aggregate sum combination line""")
PERIODICAL: Final = re.compile(
    r"(?:Q[1-4](?:FY\w*)?|H[12](?:FY\w*)?|FY\w*|CY\w*|[0-9].*|[$€£¥].*|[A-Z]{2,3}[$].*|(?:EUR|USD|GBP|SEK|NOK|DKK|CHF|RMB|Rs|RM)[0-9].*|[A-Z]{3}|Rs|RM)\.?$"
)
NOT_PLACES: Final = MONTHS | vocabulary("""first second third fourth q1 q2 q3 q4 fiscal us$ usd eur gbp monday tuesday wednesday
    thursday friday saturday sunday total all its the our fy euro euros dollars ebitda eps ebit gaap ifrs""")

# "lost revenue", "its unbilled revenue"; behind its subject such a word is a verb: "Helix posted revenue"
_OF_DIVIDENDS: Final = frozenset({"proposed", "recommended", "declared", "approved"})  # what becomes of each
_PARTICIPLE: Final = re.compile(
    r"(?:^\W*|[,;:(]\s*|\b(?:the|its|their|our|his|her|an|of|in|from|for|with|by|some|total|all)\s+|(?=\bnon-(?:gaap|ifrs)\b))"
    r"(?P<kind>(?!(?:un)?(?:adjusted|audited|reported|consolidated|combined|restated|diluted|expected|estimated|projected|forecasted|anticipated"
    r"|increased|decreased|improved|reduced|stated|published|announced|recorded|generated|planned|targeted|budgeted|annuali[sz]ed|attributed"
    r"|recogni[sz]ed|normali[sz]ed|forecast|continued|related|based|limited|needed|aggregated|compared|weighted|said|posted|earned|booked|delivered|achieved)\b)"
    r"(?:[a-z]{4,}ed|lost|forgone|foregone|undrawn|withheld|unsuccessful|abortive|hypothetical|notional|would-be|non-gaap|non-ifrs))\s+(?:(?:basic|diluted|net|gross|operating)\s+)*$",
    re.IGNORECASE,
)

# what of it, behind the measure: "debt falling due next year"
_LATE_KIND: Final = re.compile(
    r"\s+(?:falling\s+due|coming\s+due|maturing|due|pledged|tied\s+up|arising|stemming|deriv(?:ed|ing)|secured|guaranteed|backed|(?:held|owned)\s+(?:in|as|by|at|outside)"
    r"|owed|lost|denominated)\s+(?:\w+\s+)*?(?=\S)"
)
# "taxes and duties amounted to"
_AND_MORE: Final = re.compile(
    r"(?:,(?:\s+[a-z-]+){1,3})?\s+(?:and|plus|&)\s+(?P<more>(?:[a-z-]+\s+){0,2}?[a-z]+)\s+(?:was|were|is|are|of|totall?ed|amounted|came|stood"
    r"|reached|rose|fell|grew|increased|decreased|declined)\b"
)
_SHARE_AMONG: Final = re.compile(
    r"\s+(?:in|among|with)\s+(?:(?:the|its|our|their|all)\s+)?(?P<what>[a-z][a-z-]+)(?=\s+(?:alone|was|is|reached|rose|fell|stood|came|grew|of)\b)"
)


def part(look: Look, mention: Mention) -> str | None:
    """Whether the measure is that of a part: "cloud revenue", "sales in China", "the unit's profit"."""
    if reason := _part_behind(look, mention):
        return reason
    if not is_among(mention.families, WHOLES):
        kind = _PARTICIPLE.search(look.text, 0, mention.start)
        if kind and "dividend" in mention.text.lower() and kind["kind"].lower() in _OF_DIVIDENDS:
            return None
        is_own = kind is None or all(stem(word) in look.words for word in WORD.findall(kind["kind"]))
        return None if kind is None or is_own else f"it is said of {kind['kind']} {mention.text}"
    is_verb = mention.text.lower().endswith(("ed", " over"))
    left = "" if is_verb else look.text[look.end if mention.start >= look.end else 0 : mention.start]
    if (kind := _PARTICIPLE.search(left)) and not all(
        stem(word) in look.words for word in WORD.findall(kind["kind"])
    ):
        return f"it is said of {kind['kind']} {mention.text}"
    for _ in range(4):
        found = _PRE_WORD.search(left, max(0, len(left) - 60))
        if found is None:
            break
        word = found["word"]
        if reason := _modifier(look, word, left[: found.start()]):
            return reason
        if (
            word.lower() in STOP_WORDS
            or (word[0].isupper() and stem(word) in look.names)
            or word.lower() in _HEADS
            or word.lower().endswith(("ed", "'s", "’s", "ly"))
            or word[0].isdigit()
        ):
            break
        left = left[: found.start()]
    if (after := _AFTER.match(look.text, mention.end)) and after.end() <= max(look.start, look.end + 60):
        what = after["what"].strip(",.;:)(")
        if (room := _OWN_ROOM.match(look.text, after.end())) and stem(room["part"]) not in look.words:
            return f"it is said of {mention.text} at a {room['part']}"
        if after["joint"] != "per" and _COMPANY.match(look.text, after.start("what")):
            return None
        is_holder = (
            mention.text.endswith("attributable") and not look.about.names
        )  # "to Harbourline shareholders"
        if not is_holder and _narrows(look, after["joint"], what):
            return f"it is said of {mention.text} {after['joint']} {what}"
    return None


# "profit at the group's plant"
_OWN_ROOM: Final = re.compile(
    r"(?<=['’]s)\s+(?:[\w-]+\s+)?(?P<part>plant|mine|factory|unit|division|arm|subsidiary|store|shop|hotel|segment|site|mill)s?\b"
)
_OF_WHOLE: Final = re.compile(
    r"\b(?:total|group|overall|consolidated|company-wide)\s+(?:[\w-]+\s+)?[\w-]+$", re.IGNORECASE
)

_CHARGED: Final = frozenset(map(stem, vocabulary("severance restructuring impairment")))


def of_total(look: Look, mention: Mention) -> str | None:
    """Whether a number of a whole is told of a part, by words of the fact's subject that stand elsewhere, as in cloud revenue."""
    whole = _OF_WHOLE.search(look.text, 0, mention.end)
    if whole is None or not is_among(mention.families, (*WHOLES, "charge")):
        return None
    own = {one for one in WORD.findall(label_of(look.about.subject).lower()) if one not in WHOLE_WORDS}
    narrow = {stem(one) for one in own} - (WORDS_OF_MEASURES - _CHARGED) - GROWTH
    said = look.text[whole.start() : max(look.start, mention.end)]
    is_own = not narrow or any(stem(word) in narrow for word in WORD.findall(said))
    return None if is_own else f'it is said of "{whole.group()}"'


_TO_SOME: Final = re.compile(
    r"\s+(?:to|from|with)\s+(?:(?!external\b|third\b|new\b)[\w'’]+\s+){0,4}?(?:customer|customers|client|clients|buyer|distributors?|governments?"
    r"|wholesalers|partners?|affiliates?|parties)\s+(?:was|were|is|are|rose|fell|grew|came|reached|totall?ed|stood|amounted|accounted|increased|decreased|declined)\b"
)


def _part_behind(look: Look, mention: Mention) -> str | None:
    """Whether words behind the measure, and before the number, narrow it: "debt falling due", "market share in tablets"."""
    if mention.end > look.start:
        return None
    if (some := _TO_SOME.match(look.text, mention.end)) and not is_among(
        look.families, ("orders", "backlog")
    ):
        return f'it is said of a part: "{some.group().strip()}"'
    more = _AND_MORE.match(look.text, mention.end)
    is_money = look.reading.unit not in {"", *RATES} and not is_among(look.families, ("cash",))
    if (
        more
        and is_money
        and VERBS.isdisjoint(more["more"].split())
        and not measured_in(more["more"], per_share=False)
    ):
        is_own = any(stem(word) in look.words for word in WORD.findall(more["more"]))
        return None if is_own else f'it is the sum of that and of "{more["more"]}"'
    if late := _LATE_KIND.match(look.text, mention.end):
        return f'it is said of a part: "{late.group().strip()}"'
    among = _SHARE_AMONG.match(look.text, mention.end) if "share" in mention.families else None
    if among is None or stem(among["what"]) in look.words or among["what"] in WHOLE_AFTER:
        return None
    return f"it is said of a part: {among['what']}"


def _modifier(look: Look, word: str, left: str) -> str | None:
    """Why the word before a measure makes it that of a part, or of another company. `left` is what stands before the word."""
    small = word.lower().strip(".")
    if small.endswith(("'s", "’s")):
        owner = word[:-2]
        if owner.lower() in _HEADS:
            return None
        is_other = owner[0].isupper() and look.about.names and _is_foreign(look, owner)
        return f"it is said of {owner}" if is_other else None
    if small in STOP_WORDS or small in WHOLE_WORDS or small[0].isdigit() or PERIODICAL.match(word):
        return None
    before = WORD.findall(left)[-1:]
    if LEGAL_FORM.fullmatch(f" {word}") or (before and _is_own_part_of(look, small, before[0])):
        return None
    if small.endswith(("ed", "ly")) and "-" not in small:
        return None
    if all(
        stem(AS_AMERICAN.get(part.lower(), part)) in look.words
        for part in WORD.findall(word.replace(".", ""))
    ):
        return None
    if all(part in WHOLE_WORDS for part in small.split("-")):
        return None
    if NOT_PLACES.issuperset(small.split("-")) or "-than-" in small or not small[0].isalpha():
        return None  # "October-December", "larger-than-expected"
    return f'it is said of a part: "{word}"'


def _is_own_part_of(look: Look, small: str, before: str) -> bool:
    """Whether a word before a measure is that of the fact's own part, "its Foods segment", or of a verb: "is expecting"."""
    if small.endswith("ing") and before.lower() in {"is", "are", "was", "were"}:
        return True
    return small in {"segment", "division", "unit"} and stem(before) in look.words - look.names


def _is_foreign(look: Look, name: str) -> bool:
    """Whether a capitalised word is none of the names of the fact's company, nor in its subject or places."""
    parts = [part for part in WORD.findall(LEGAL_FORM.sub("", f" {name}")) if len(part) > 1]
    return (
        bool(parts) and not any(stem(part) in look.words for part in parts) and name.lower() not in NOT_PLACES
    )


def _narrows(look: Look, joint: str, what: str) -> bool:
    small = what.lower()
    if (
        not small
        or WHOLE_AFTER.issuperset(small.split("-"))
        or NOT_PLACES.issuperset(small.split("-"))
        or PERIODICAL.match(what)
        or small[0] in "$€£¥~"
    ):
        return False
    if joint == "per":
        return small != "share" and stem(what) not in look.words and not look.reading.per
    if (joint == "to" and not what[0].isupper()) or small.endswith(("'s", "’s")):
        return False
    if any(stem(part) in look.words for part in (what.replace(".", ""), *WORD.findall(what))):
        return False
    if small.endswith("ly") or (small.endswith("ing") and joint in {"in", "for"}):
        return False
    return not (what[0].isupper() and joint in {"of", "at"} and not look.about.names)


_ONLY_CHANGE: Final = re.compile(
    r"\b(?:increase|rise|decrease|decline|drop|growth|reduction|gain|fall|improvement|change|movement|difference|swing)s?\s+(?:in|of)\s+(?:(?:the|its|their|our)\s+)?"
    r"(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
_LINKED: Final = re.compile(
    r"\s+(?:\([^()]*\)\s+)?(?:was|were|is|of|amounted to|came to|totalled|totaled|stood at|reached)\s+(?:about\s+)?$"
)


def only_change(look: Look, mention: Mention) -> str | None:
    """Whether it is the amount of a change: "the increase in revenue was $5 million"."""
    if look.reading.unit in RATES or look.reading.change or not look.words.isdisjoint(GROWTH):
        return None
    is_of_change = _ONLY_CHANGE.search(look.text, 0, mention.start) and _LINKED.fullmatch(
        look.text, mention.end, look.start
    )
    return f"it is said of a change in {mention.text}" if is_of_change else None


_REACHED: Final = re.compile(
    r"\bto\s+(?:(?:about|around|some|nearly|almost|roughly|just|over|only)\s+)*(?:[A-Z]{2,3}\s?|[$€£¥])?$"
)
_CHANGES: Final = vocabulary(
    "growth change changes increase increases decrease decreases decline declines rise rises"
)
# "the share capital increase, EUR 5 million, was registered"
_INCREASE: Final = re.compile(rf"(?<!to )(?:{'|'.join(_CHANGES)})\s?[,(]\s?[A-Z]{{0,3}}\s?[$€£¥]?$")
# "an increase in profit to $5 million"
_CHANGE_TO: Final = re.compile(
    r"\b(?:increase|rise|decrease|decline|drop|growth|fall|jump|surge|cut|reduction)\s+in\s+(?:[a-z-]+\s+){1,6}(?<!amounted\s)(?<!came\s)to\s+\S*\s?$",
    re.IGNORECASE,
)
_AFTER_IT: Final = re.compile(
    r"^\W*(?:Following|After|Before|Despite|With|Through)\s+(?:this|that|the|an?)\s+\w+"
)
_BY_RATE: Final = re.compile(r"^[\s,(]+(?:up|down)\s+(?:by\s+)?[0-9]")  # "premiums of $5 billion, up 13%"
_COPULA: Final = re.compile(
    r"\b(?:is|are|was|were|stands|stood)\s+(?:at\s+)?(?:now\s+)?(?:about\s+)?[A-Z]{0,3}\s?[$€£¥]?$"
)
_STEMS_OF_CHANGE: Final = frozenset(map(stem, UP | DOWN | CUT | _CHANGES)) | GROWTH


def of_a_level(look: Look) -> str | None:
    """Whether a change is told of a fact that is a level, or a level of one that is a change: "debt fell to $5 million"."""
    is_money = look.reading.unit not in {"", *RATES}
    if is_money and stem("savings") in look.words and _CHANGE_TO.search(look.left):
        return "it is what something came to, not what was saved"
    if look.reading.change or look.words.isdisjoint(GROWTH):
        is_change = is_money and not look.reading.change and _INCREASE.search(look.left)
        return "it tells by how much something changed" if is_change else None
    said = (
        _AFTER_IT.sub("", look.left)
        if _COPULA.search(look.left)
        else look.left + _BY_RATE.sub("", look.right)
    )
    if look.reading.unit == "percent" and is_among(look.families, ("margin", "stake", "share")):
        said, is_money = look.text[clause_start(look) :], True
    if is_money and _STEMS_OF_CHANGE.isdisjoint(map(stem, WORD.findall(said))):
        return "nothing says that it changed so much"
    if not _REACHED.search(look.left) or not (is_money or is_among(look.families, ("margin", "rate"))):
        return None  # "growth" itself
    words = set(WORD.findall(look.left[clause_start(look) :].lower()))
    is_moved = words.isdisjoint(_CHANGES) and not words.isdisjoint(UP | DOWN | CUT)
    is_moved |= is_money and _CHANGE_TO.search(look.left) is not None
    return "it is what something came to, not by how much it changed" if is_moved else None


_LISTED: Final = re.compile(r"[^\W\d][\w.-]*(?:(?:,?\s+and|,)\s+(?:the\s+)?[^\W\d][\w.-]*)+")


def of_another_listed(look: Look) -> str | None:
    """Whether it is another's in a list: "the rates for China and Mexico are 25% and 30%, respectively"."""
    own = look.parts or look.words - look.names
    for listed in _LISTED.finditer(look.left) if RESPECTIVELY.search(look.right) else ():
        parts = [stem(one) for one in re.split(r"\W*(?:,|\band\b)\W*(?:the\s)?", listed.group())]
        at, numbers = place_in_list(look, listed.end())
        is_own = RESPECTIVELY.search(look.left, listed.end()) or parts[at : at + 1] == [] or parts[at] in own
        if numbers == len(parts) and not is_own and not own.isdisjoint(parts):
            return f"it is said of {parts[at]}"
    return None


_LEFT_OUT: Final = re.compile(
    r",\s+(?:excluding|except\s+for|not\s+including)\s+(?P<what>[^,;0-9]+?)\s+of\s+[A-Z]{0,3}[$€£¥]?$"
)


def left_out(look: Look) -> str | None:
    """Whether it is what another number leaves out: "was $32 million, excluding a liability of $7 million"."""
    found = _LEFT_OUT.search(look.left)
    is_own = found is None or any(stem(word) in look.words for word in WORD.findall(found["what"]))
    return None if is_own or found is None else f'it is left out: "{found["what"]}"'


_PLACE_BEHIND: Final = re.compile(
    r"(?P<words>(?:\s+[a-z][\w-]*){0,4}?)\s+(?:in|across|throughout|outside)\s+(?:the\s+|its\s+)?(?P<place>[A-Z][\w.’'-]+)"
)
_PLACE_BEFORE: Final = re.compile(
    r"\W*(?:In|Across|At|For|Outside|Beyond)\s+(?:the\s+|its\s+)?(?P<place>[A-Z][\w.-]+)(?:\s+[A-Z][\w.-]+)*(?:\s+\w+)?,"
)
_NO_VERBS: Final = VERBS | UP | DOWN | CUT
_FROM_A_PART: Final = re.compile(
    r"(?:\s+of\s+\w+)?,?\s+(?:(?:came|comes|coming|come|stemmed|stems|derived)\s+from|(?:was|were)\s+(?:generated|earned|made|booked)\s+(?:from|in|by|at))\b"
    r"(?!\s+(?:the\s+)?(?:\w+\s+)?(?:quarter|half|year|period|month)\b)"
)
_FROM_A_SALE: Final = re.compile(
    r"\s+(?:from|on)\s+(?:the|its|an?)\s+(?:sale|disposal|divestment|settlement)\b"
)
_IS_A_PART: Final = re.compile(
    r"\b(?:including|includes?|included|of\s+which|thereof|comprising|account(?:ed|s|ing)\s+for|(?:made|makes|make|making)\s+up"
    r"|contribut(?:ed|es|e|ing)|represent(?:ed|s|ing)?|(?:compris|compos)ed\s+of|consist(?:ed|s|ing)?\s+of)\s+"
    r"(?:[^;]*[0-9][^;]*\s(?:in|of|from)\s[^;]*\band\s+)?(?:(?:about|some|another|an?|the|its|around|roughly|approximately|nearly|over)\s+)*$",
    re.IGNORECASE,
)

# "online sales account for a third of revenue of $5 million"
_OF_A_WHOLE: Final = re.compile(
    r"\b(?:account(?:ed|s|ing)?\s+for|(?:made|makes?|making)\s+up|contribut(?:ed|es?|ing)|represent(?:ed|s|ing)?|generat(?:ed|es?|ing)"
    r"|provid(?:ed|es?|ing)|brought\s+in|brings\s+in)\s+[^,;]*?(?:%|million|billion|m|bn|percent|half|thirds?|quarters?|fifths?|tenths?|part|share|most|bulk)\s+of\s+[^,;]*$"
)

_OF_THE: Final = re.compile(
    r"\W*Of\s+(?:the|its|their|our)\s+$"
)  # "of the $5 million in revenue, online sales account for"


def of_a_part(look: Look) -> str | None:
    """Whether the clause is about a part: a segment, a region, what something contributes."""
    if look.reading.unit and not is_among(look.families, (*WHOLES, "assets")):
        return None
    if (
        not look.reading.unit
        and (has := _PART_HAS.search(look.left, clause_start(look)))
        and stem(has["part"]) not in look.words
    ):
        return f"it is said of a {has['part']}"
    clause = ASIDE.sub(lambda match: " " * len(match.group()), look.left[clause_start(look) :])
    if look.families:
        is_growth = not look.words.isdisjoint(GROWTH) and stem("share") not in look.words
        found = _SEGMENT.search(clause)
        if found and not any(
            stem(word) in look.words - look.names for word in WORD.findall(_with_before(clause, found))
        ):
            return f'it is said of a part: "{found.group()}"'
        is_other = is_growth if look.reading.unit in RATES else not _is_own_part(look, clause)
        if is_other and _IS_A_PART.search(clause):
            return "it is told as a part of something"
        if (
            look.reading.unit not in RATES
            and (first := _FIRST_WORD.match(clause))
            and first["word"].lower() in WORDS - _NO_PARTS
            and stem(first["word"]) not in look.words - MEASURE_STEMS
        ):
            return f"it is said of {first['word']}"
        is_of_sale = is_among(look.families, ("profit",)) and _FROM_A_SALE.match(look.text, look.end)
        if is_of_sale or (look.reading.unit not in RATES and _FROM_A_PART.match(look.text, look.end)):
            return "it is told as a part of something"
    behind = _PLACE_BEHIND.match(look.text, look.end)
    nouns = () if look.reading.unit else look.reading.nouns
    if nouns and nouns[0] != "employed" and stem(nouns[-1]) not in look.words:
        behind = None  # what happens somewhere, as in: will cut 300 jobs in Germany
    if (
        behind
        and _NO_VERBS.isdisjoint(behind["words"].lower().split())
        and _is_elsewhere(look, behind["place"])
    ):
        return f"it is said of {behind['place']} alone"
    if (moved := _MOVED_PLACE.search(look.left)) and _is_elsewhere(look, moved["place"]):
        return f"it is said of {moved['place']}"
    before = _PLACE_BEFORE.match(look.left)
    if before and _is_elsewhere(look, before["place"]):
        return f"it is said of {before['place']} alone"
    return None


def _is_own_part(look: Look, clause: str) -> bool:
    """Whether the words before or behind what is told as a part name what the fact is of."""
    own = look.words - MEASURE_STEMS
    if any(stem(word) in own for word in WORD.findall(clause.replace(".", ""))):
        return True
    return any(stem(word) in own - look.names for word in WORD.findall(re.split("[,;]|[0-9]", look.right)[0]))


def of_the_whole(look: Look) -> str | None:
    """Whether the number is that of a whole, of which the sentence names the fact's part: "of the $5 million in revenue, …"."""
    if look.reading.unit in RATES or not is_among(look.families, WHOLES):
        return None
    whole = _OF_A_WHOLE.search(look.left, clause_start(look))
    named = (
        re.split("[,;]", look.left[: whole.start()])[-1]
        if whole
        else look.right
        if _OF_THE.match(look.left)
        else ""
    )
    is_part = any(stem(word) in look.words - look.names - MEASURE_STEMS for word in WORD.findall(named))
    return "it is the whole that the fact's is a part of" if is_part else None


# parts that have people and things of their own; a shop or a region may be the company itself
_HAVING: Final = "|".join(
    vocabulary("""segment division unit subsidiary rival competitor parent client customer supplier partner affiliate peer
    target plant factory mine""")
)
_PART_HAS: Final = re.compile(
    rf"\b(?:the|its|their|a|an|one|our|each|another|this|that)\s+(?:[\w-]+\s+){{0,2}}?(?P<part>{_HAVING})s?\s+(?:[A-Z]\w+\s+)?"
    r"(?:now\s+|also\s+|still\s+)?(?:has|have|had|employs?|employed|operates?|operated|runs?|ran|owns?|owned|serves?|served|counts?)\b",
    re.IGNORECASE,
)
_FIRST_WORD: Final = re.compile(rf"\W*(?P<word>[A-Z][a-z]+)\s+{_MAKES}\b")
_NO_PARTS: Final = (
    VERBS
    | STOP_WORDS
    | WHOLE_WORDS
    | vocabulary("it they we he she who which company management sales revenue profit")
)
_MOVED_PLACE: Final = re.compile(
    r"\b(?:with|and|while|but)\s+(?:in\s+)?(?P<place>[A-Z][\w.-]+)\s+(?:up|down|rising|falling|growing|rose|fell|grew|ahead)\s+(?:by\s+)?$"
)


def _with_before(clause: str, found: re.Match[str]) -> str:
    """The words found, and the two before them."""
    return " ".join([*clause[: found.start()].split()[-2:], found.group()])


def _is_elsewhere(look: Look, place: str) -> bool:
    small = place.lower().strip(".'’")
    if set(re.split("[-–]", small)) <= NOT_PLACES or PERIODICAL.match(place) or small.endswith("'s"):
        return False
    return not any(stem(word) in look.words for word in WORD.findall(place))
