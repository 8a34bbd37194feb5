"""Whether a number is said of another measure than the fact's: of profit, where the fact is of revenue."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from service.evidence.owners.english.parts import of_total, only_change, part
from service.evidence.owners.english.profits import of_other_profit, tells_profit
from service.evidence.owners.english.stocks import of_flow
from service.evidence.owners.look import (
    ASIDE,
    GROWTH,
    MORE_AMOUNTS,
    RATES,
    VERBS,
    WORD,
    Look,
    Mention,
    alike,
    clause_start,
    is_among,
    measured_in,
    place_in_list,
)
from service.evidence.reading.languages.en import DOWN, GAP_VERBS, UP, vocabulary
from service.evidence.reading.languages.en_words import WORDS
from service.evidence.subjects import stem

_ADJECTIVES: Final = vocabulary("""adjusted consolidated combined reported deferred diluted restated unaudited expected
    unsecured stock-based share-based""")
_GAP_WORD: Final = r"[^\W\d_][\w'’&.-]*"
_BEHIND: Final = re.compile(
    rf"\s*(?:\([^()]*\)\s*)?-?(?P<joint>(?:worth\s+of|of|in)\s+)?(?:(?:the|its|their|our|a|an)\s+)?(?P<words>(?:{_GAP_WORD}\s+){{0,3}})"
)
_CHANGE_OF: Final = re.compile(
    r"^(?:increase|rise|decrease|drop|decline|jump|fall|gain|cut|reduction)\s+(?:in|of)\s+"
)
_RATE: Final = re.compile("%|percent")
_NUMBER_IN: Final = re.compile(r"\([^()]*[0-9]")
_HEAD_GAP: Final = re.compile(
    rf"\s+(?:(?:of|in|from|for)\s+(?:(?:the|that|this|its|their|our|all)\s+)?|on\s+(?:the|its|their|our)\s+)(?P<words>(?:{_GAP_WORD}\s+){{0,3}})"
)
_ON_GAP: Final = re.compile(r"\s+(?:expenses?\s+|charges?\s+|income\s+)?on\s+")  # "depreciation on property"
_PAIR_GAP: Final = re.compile(
    r"\s*(?:,|,?\s*(?P<joint>and|or|&|plus|as\s+well\s+as|together\s+with))\s*(?:(?:the|its|their|our|also)\s+)?"
    rf"(?P<words>(?:{_GAP_WORD}\s+){{0,1}})"
)
_BROKEN: Final = re.compile(r"[;•|]|\b(?:while|whereas|although|though|but)\b", re.IGNORECASE)
_BRACKETS: Final = re.compile(r"\([^()]*\)")
_DASHED: Final = re.compile(
    r"(?<=[a-z])(?:\s?[—–]\s?|\s-\s)[^—–0-9;:]{1,160}?(?:[—–]|\s-\s)"
)  # "sales—its measure—rose"

_PAYING: Final = re.compile(
    r"\b(?:receive|pay|paid|buy|bought|acquir|offer|bid|deal|sell|sold|purchas|take-?over|merger)\w*\b[^;]*$",
    re.IGNORECASE,
)

PRICED: Final = re.compile(
    r"\bfor\s+(?:(?:about|around|some|nearly|almost|up|to|over|more|than|an?|total|initial|of)\s+)*[A-Z]{0,3}[$€£¥]?$"
)


class _Owner(NamedTuple):
    mention: Mention
    families: frozenset[str]
    is_ratio: bool = False  # a percentage of it
    is_sum: bool = False  # and of something else


def owner_of(look: Look) -> _Owner | None:
    """What the words beside the number say that it is of."""
    per_share = look.reading.per == "share"
    mentions = measured_in(look.text, per_share=per_share)
    if (behind := _behind(look, mentions)) is not None:
        return behind
    text = masked(look)
    if _IN_ALL.match(look.right) and (parts := _ADDED_UP.search(text)):
        text = text[: parts.start()]
    before = [one for one in mentions if one.end <= look.start and text[one.start : one.end].strip()]
    before = [
        one for one in before if not (one.text.istitle() and one.start and stem(one.text) in look.names)
    ]
    if not before:
        return None
    if (named := _in_list(look, before)) is not None:
        return _Owner(named, named.families)
    at = len(before) - 1
    if _BROKEN.search(text, before[at].end, look.start) and "|" not in text[before[at].end : look.start]:
        return None
    if _of_other_clause(text[before[at].end :]) or _OBJECT.search(text, before[at].end):
        return None
    families, is_sum = before[at].families, False
    while at > 0:
        between = text[before[at - 1].end : before[at].start]
        if ((gap := _HEAD_GAP.fullmatch(between)) and _plain_words(gap["words"])) or (
            _ON_GAP.fullmatch(between)
            and text[before[at].end :].split()[:1] != ["of"]
            and not is_among(before[at - 1].families, ("spend",))
        ):
            at -= 1
            families = before[at].families
        elif (gap := gap_of_pair(text, before[at - 1], before[at])) is not None:
            at -= 1
            is_sum |= is_added(gap) and alike(families, look.families) != alike(
                before[at].families, look.families
            )
            families |= before[at].families
        else:
            break
    is_margin = look.reading.unit == "percent" and is_among(look.families, ("margin",))
    is_ratio = is_margin and _AS_PART.search(text, 0, before[at].start) is not None
    if is_sum:
        is_sum = look.reading.unit not in {"", *RATES} and place_in_list(look, before[-1].end)[1] == 1
    return _Owner(before[at], families, is_ratio=is_ratio, is_sum=is_sum)


def gap_of_pair(text: str, one: Mention, other: Mention) -> re.Match[str] | None:
    """What stands between two measures that are told together: "dividends and buybacks"; None if they are not."""
    gap = _PAIR_GAP.fullmatch(text, one.end, other.start)
    # not: "paid dividends and bought back"
    return gap if gap and _plain_words(gap["words"]) and _is_verb(one) == _is_verb(other) else None


def is_added(gap: re.Match[str]) -> bool:
    """Whether what stands between two measures says that both are meant: "and"."""
    return gap["joint"] not in {None, "or"}


def _is_verb(mention: Mention) -> bool:
    """Whether the word for a measure is a verb: "repaid"."""
    return mention.text.lower().endswith(("ed", " back", "spent"))


# "$3 million in cash and $2 million in notes, or $5 million in total"
_IN_ALL: Final = re.compile(r"\s+(?:in\s+(?:total|all|aggregate)|altogether|combined)\b")
_ADDED_UP: Final = re.compile(r"[$€£¥]?[0-9][^;]*?(?:,|\band)\s+[^;]*?,?\s+(?:or|for)\s+[^0-9]{0,12}$")
# before the measure that a percentage is a part of
_AS_PART: Final = re.compile(
    r"\bas\s+a\s+(?:percent(?:age)?|share|proportion|%)\s+of\s+(?:(?:the|its|our|total|net)\s+)*$"
)

_FINITE: Final = (
    r"(?:rose|fell|grew|climbed|jumped|surged|gained|dropped|slid|slipped|plunged|soared|bought|sold|paid|cost|won|lost|spent|took|made|gave"
    r"|opened|closed|agreed|raised|cut|hit|was|were|had|has|is|are|went|came|began|got|left|let|built|brought|beat|saw|led|[a-z]{3,}ed)"
)
# as in: generated free cash flow of $2 billion and returned $1 billion
_OBJECT: Final = re.compile(
    r"(?:\b(?:and|but|then)|,)\s+(?:(?:also|later|then|[a-z]+ly)\s+)*"
    r"(?!totall?ed|reached|amounted|increased|decreased|declined|climbed|jumped|surged|gained|dropped|slipped|plunged|soared|doubled|exceeded"
    r"|topped|surpassed|passed|crossed|approached|expanded|improved|contracted|narrowed|widened|posted|reported|recorded|earned|generated"
    r"|delivered|achieved|booked|averaged|approximated|equaled|equalled|estimated|expected|compared|related|attributed|numbered|advanced)"
    r"(?:[a-z]{2,}ed|paid|spent|bought|sold|won|lost|gave|took|put)\s+"
    r"(?:(?:about|around|some|nearly|roughly|another|a|an|the|its|over|more|than|at|least|up|to|approximately|almost)\s+)*$"
)
# a clause with a subject of its own behind the measure: "rose after Delmar bought", "a lawsuit that was"
_CONJUNCTION: Final = re.compile(
    r"\b(?:after|as|because|when|since|once|where|though)\s+(?:(?:the|its|their|a|an|some|more|many|most|his|her)\s+)*"
    rf"(?P<noun>[\w'’&-]+)(?:\s+(?!of\b|in\b|from\b|for\b)[\w'’&-]+){{0,2}}?\s+{_FINITE}\b",
)
_RELATIVE: Final = re.compile(rf"\b[^\W\d_]{{2,}},?\s+(?:that|which|who)\s+(?:\w+ly\s+|also\s+)?{_FINITE}\b")


def _of_other_clause(between: str) -> bool:
    """Whether another clause, with a subject of its own, stands between a measure and the number."""
    if _RELATIVE.search(between):
        return True
    for found in _CONJUNCTION.finditer(between):
        small = found["noun"].lower()
        if small not in _NO_SUBJECTS and not small.endswith(("ly", "ed")) and not small[0].isdigit():
            return True
    return False


_NO_SUBJECTS: Final = vocabulary("""of tax taxes interest compared expected a the an reported with in then that well at of on
    for all adjusting year-earlier it""")

_OTHER_CLAUSES: Final = vocabulary("because amid despite due when though although thanks if even also where")


def _plain_words(words: str) -> bool:
    """Whether words between two measures have no verb, and begin no clause."""
    listed = words.lower().split()
    return (VERBS | GAP_VERBS | _OTHER_CLAUSES).isdisjoint(listed) and not any(
        one.endswith("ed") and one not in _ADJECTIVES for one in listed
    )


def masked(look: Look) -> str:
    """The sentence before the number, with what stands in brackets or between commas as an aside blanked."""
    text = look.left
    for aside in (_BRACKETS, _DASHED, ASIDE):
        text = aside.sub(lambda match: " " * len(match.group()), text)
    return text


def _behind(look: Look, mentions: Sequence[Mention]) -> _Owner | None:
    """The owner behind the number, as in "$5 million in debt", "a 36% market share"."""
    first = next((one for one in mentions if one.start >= look.end), None)
    if first is None:
        return None
    more = MORE_AMOUNTS.match(look.text, look.end)
    if more and (_RATE.search(more.group()) is None) == (look.reading.unit in RATES):
        more = None  # "$5 million, or 3% of sales"
    gap = _BEHIND.fullmatch(look.text, more.end() if more else look.end, first.start)
    if gap is None or not _plain_words(_CHANGE_OF.sub("", gap["words"])):
        return None
    if _NUMBER_IN.search(gap.group()) and not gap["joint"] and f"{gap['words']}{first.text}"[0].isupper():
        return None  # "up 27% to £98m (2016: £77m) Profit after tax"
    if first.text.lower() == "cash" and _PAYING.search(look.left):
        return None  # how it is paid
    joint = (gap["joint"] or "").strip()
    if look.reading.unit == "percent" and joint == "of" and "share" not in first.families:
        return _Owner(first, first.families, is_ratio=True)
    if (
        not joint
        and not gap["words"].strip()
        and look.reading.unit not in RATES
        and first.text.lower() in {"owned", "acquired"}
    ):
        return None
    return _Owner(first, first.families)


def _in_list(look: Look, before: Sequence[Mention]) -> Mention | None:
    """The measure in the number's place: "revenue and profit were $5 million and $1 million"."""
    names = [before[-1]]
    for one in reversed(before[:-1]):
        gap = _PAIR_GAP.fullmatch(look.text, one.end, names[0].start)
        if gap is None:
            break
        names.insert(0, one)
    if len(names) == 1:
        return None
    at, listed = place_in_list(look, names[-1].end)
    return names[at] if len(names) == listed and at >= 0 else None


def of_other_measure(look: Look) -> str | None:
    """Whether another measure than the fact's owns the number, or a part of the fact's."""
    owner = owner_of(look)
    if not look.families:
        return _of_known(look, owner)
    if is_price(look) or moved_share(look):
        return None
    if owner is None:
        return _of_noun(look)
    is_ratio = is_among(look.families, ("ratio",)) and not is_among(owner.families, ("ratio",))
    if look.reading.unit == "times" and is_ratio:
        return None
    if owner.is_ratio:
        if any(one.startswith("margin") for one in look.families) and not (
            alike(owner.families, _SALES) and tells_profit(look)
        ):
            return f"it is a part of {owner.mention.text}"
        is_growth = not look.words.isdisjoint(GROWTH)
        if is_growth and not look.reading.change:
            return f"it is a part of {owner.mention.text}"
        return None
    if owner.is_sum:
        return "it is the sum of several things"
    if alike(owner.families, look.families):
        return (
            _on_another(look)
            or of_flow(look, owner.mention)
            or of_other_profit(look, owner.mention, owner.families)
            or _of_cause(look)
            or of_total(look, owner.mention)
            or part(look, owner.mention)
            or only_change(look, owner.mention)
        )
    said = owner.mention.text
    if is_among(look.families, ("valuation",)) and _VALUING.search(look.left):
        return None
    if is_among(owner.families, ("spend",)) and _serves(look):
        return None
    is_named = WORD.fullmatch(said) is not None and stem(said) in look.words
    if _SAYS_NARROW.search(look.text) if not look.families.isdisjoint(_NARROW) else is_named:
        return None
    return f"it is said of {said}"


def _of_known(look: Look, owner: _Owner | None) -> str | None:
    """Whether a rate is said of a known measure, where no word of the fact's unknown one stands in its clause."""
    if owner is None or owner.is_ratio or look.reading.unit not in RATES or look.words.isdisjoint(GROWTH):
        return None
    own = look.words - GROWTH - look.names
    clause = look.left[clause_start(look) :] + _CLAUSE_END.split(look.right, maxsplit=1)[0]
    is_own = not own or not own.isdisjoint(stem(word) for word in WORD.findall(clause))
    return None if is_own else f"it is said of {owner.mention.text}"


_CLAUSE_END: Final = re.compile(r"[,;:]\s|\.\s|\sand\s")


def is_price(look: Look) -> bool:
    """Whether the number is the price of a deal that the clause tells: "sold its stores in Norway for $5 million"."""
    is_money = look.reading.unit not in {"", *RATES}
    priced = PRICED.search(look.left) if is_money and is_among(look.families, ("deal", "price")) else None
    deals = list(_DEALT.finditer(look.left, clause_start(look), priced.start())) if priced else []
    said = " ".join(look.words)
    own = [sort for sort, one in (("bought", _BUYING), ("sold", _SELLING)) if one.search(said)]
    return bool(deals) and (not own or deals[-1].lastgroup in own)


_BUYING: Final = re.compile(r"\b(?:buy|bought|acqui|purchas|takeover)")
_SELLING: Final = re.compile(r"\b(?:s[eo]ll|sold|sale|divest|dispos)")
_DEALT: Final = re.compile(
    r"\b(?:(?P<bought>buy(?:s|ing)?|bought|acquir(?:e|es|ed|ing)|acquisition|purchas(?:e|es|ed|ing)|takeover)"
    r"|(?P<sold>sell(?:s|ing)?|sold|sale|divest\w*|dispos\w*))\b"
)
_SHARE_MOVED: Final = re.compile(
    r"\b[Ss](?:hares|tock)\s+(?:in|of)\s+(?:the\s+)?[A-Z](?:(?!\s[-–]\s)[^;:]){0,140}?\s(?P<verb>[a-z]+)\b[^;:]*$"
)


def moved_share(look: Look) -> bool:
    """Whether it is told what a share did: "shares in Orbis have risen 5%"."""
    if not is_among(look.families, ("shareprice",)) and "pershare.price" not in look.families:
        return False
    found = _SHARE_MOVED.search(look.left)
    if found is None or (look.names and look.names.isdisjoint(map(stem, WORD.findall(found.group())))):
        return False
    return not (UP | DOWN).isdisjoint(WORD.findall(look.left[found.start() :]))


def _on_another(look: Look) -> str | None:
    """Of spending on several things, whether the sum is for another one: "$1 billion on plants and $400 million on offices"."""
    what = _ON.match(look.right)
    if what is None or not is_among(look.families, ("spend",)) or len(_EACH_ON.findall(look.text)) < _TWO:
        return None
    is_own = any(stem(word) in look.words for word in WORD.findall(what["what"])) or any(
        alike(one.families, look.families) for one in measured_in(what["what"], per_share=False)
    )
    return None if is_own else f'it is spent on "{what["what"]}"'


_ON: Final = re.compile(r"\s+on\s+(?P<what>[^.;,0-9]{1,60})")
_TWO: Final = 2
_EACH_ON: Final = re.compile(r"[0-9](?:\s[a-z]+)?\son\s")

# "was driven by write-offs of $64 million"
_DEALT_OF: Final = re.compile(r"\b(?P<noun>[a-z]+-(?:off|down|up|in|out|back)s?)\s+of\s+[A-Z]{0,3}[$€£¥]?$")


def _of_cause(look: Look) -> str | None:
    """Whether it is of what moved the fact's measure: "driven by a 9% increase in subscribers", "by write-offs of"."""
    if (head := _DEALT_OF.search(look.left)) and look.words.isdisjoint(map(stem, head["noun"].split("-"))):
        return f"it is said of {head['noun']}"
    behind = _BEHIND_NOUN.match(look.text, look.end) if look.reading.unit in RATES else None
    if behind is None or behind["joint"]:
        return None
    words = behind["words"].split()
    is_own = any(stem(word) in look.words for word in words) or any(
        alike(one.families, look.families) for one in measured_in(behind["words"], per_share=False)
    )
    return (
        f'it is said of "{behind["words"]}"'
        if not is_own and words[0] in WORDS - VERBS - _STANDING_FOR and stem(words[0]) not in look.words
        else None
    )


def _serves(look: Look) -> bool:
    """Whether what a sum is spent on is the fact's measure."""
    purpose = _PURPOSE.match(look.right)
    return purpose is not None and any(
        alike(one.families, look.families) for one in measured_in(purpose["what"], per_share=False)
    )


# "the deal values the retailer at $1.7 billion"
_VALUING: Final = re.compile(
    r"\b(?:values|valued|valuing)\s+(?:(?!rival|competitor|peer)[\w&.'’-]+\s+){1,6}at\s+(?:(?:about|around|some|nearly|over|just|more|than)\s+)*$"
)
# "spend as much as $600 million to buy back its own shares"
_PURPOSE: Final = re.compile(r"\s+(?:(?:of\s+cash\s+)?to|on|for)\s+(?P<what>[^.;,]{1,60})")
# revenue without what was bought or opened: the sentence has to say so
_NARROW: Final = frozenset({"likeforlike", "growth.organic"})
_SAYS_NARROW: Final = re.compile(
    r"(?:comparable|same[\s-]store|like[\s-]for[\s-]like|organic|underlying)\s+basis|\borganically\b|,\s+like[\s-]for[\s-]like(?!\s\w)",
    re.IGNORECASE,
)

_SALES: Final = frozenset({"revenue"})
# what stands for the measure, or for the company
_STANDING_FOR: Final = vocabulary("""it this that which they we he she figure figures total number numbers amount amounts
    company group firm bank business result results sum value one ones latter former rate growth increase decrease rise fall
    decline level change gain share these those maker giant retailer carmaker chipmaker chain owner operator producer year
    quarter half period there who what""")

_BEHIND_NOUN: Final = re.compile(
    r"\s+(?:(?P<more>more|fewer|less|higher|lower)(?:\s+for)?"
    r"|(?P<change>increase|rise|decrease|drop|decline|growth|jump|fall|gain|cut|reduction)\s+in"
    r"|(?P<joint>in|of))\s+(?:(?:the|its|their|our|all|total)\s+)?(?P<words>[^\W\d_][\w'’-]*(?:\s+[a-z][\w'’-]*){0,2})"
)


def _of_noun(look: Look) -> str | None:
    """Whether a noun that is no known measure owns a count: "a staff of 5,000"."""
    found = None if look.reading.unit else _NOUN_OF.search(look.left)
    is_own = found is None or found["noun"] in _STANDING_FOR or stem(found["noun"]) in look.words
    return None if is_own or found is None else f"it is said of {found['noun']}"


_NOUN_OF: Final = re.compile(r"\b(?P<noun>[a-z-]+)\s+of\s+(?:about\s+|some\s+|a\s+)?$")
