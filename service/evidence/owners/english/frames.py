"""Whether the sentence of a number is built of known forms, from the measure or the verb to the number.

The other rules know words that take a number away from the fact. These know the words that do not: verbs of being,
having, reporting and moving, prepositions, words of time, the measure, names. What else governs the number makes it
doubtful, since a verb or a lead that nobody has thought of may do anything with it. Words that hang on behind the number
or beside the clause are free.
"""

import re
from typing import Final

from service.evidence.owners.english.count_deeds import DONE_WITH_FLOWS
from service.evidence.owners.english.counts import STANDING, counted
from service.evidence.owners.english.frame_clauses import (
    OF_BODY,
    OF_CONTRACTS,
    before_count,
    before_measure,
    free_beside,
)
from service.evidence.owners.english.frame_leads import of_lead, told_by
from service.evidence.owners.english.frame_subjects import of_other_subject
from service.evidence.owners.english.frame_tails import said_behind
from service.evidence.owners.english.frame_words import SPOKEN, SUMS, unknown
from service.evidence.owners.english.measures import PRICED, masked, owner_of
from service.evidence.owners.look import WORDS_OF_MEASURES, Look, clause_start, is_among
from service.evidence.reading.languages.en import vocabulary
from service.evidence.subjects import stem


def out_of_frame(look: Look) -> str | None:
    """Why the words that govern the number are not of a known form; None if they are."""
    if not _is_prose(look.text) or not (look.families or not look.reading.unit):
        return None  # of a subject that is not known nothing is decided
    for rule in (of_lead, told_by, of_other_subject, before_measure, before_count, _governed, said_behind):
        if (reason := rule(look)) is not None:
            return reason
    return None


def _is_prose(text: str) -> bool:
    """Whether it has a word that may be a verb, unlike a row or a heading."""
    return any(one[0].islower() for one in SPOKEN.findall(text))


def _governed(look: Look) -> str | None:
    """Whether an unknown word stands between the measure and the number, or is the verb that governs the number."""
    owner = owner_of(look)
    if owner is not None and owner.mention.end <= look.start and look.reading.unit:
        between = OF_BODY.sub(" ", masked(look)[owner.mention.end :])
        is_of_deal = is_among(look.families, ("deal",)) and PRICED.search(between)
        if is_of_deal or owner.mention.text.lower() == "fined":
            return None  # what is bought, and who is fined, may be anything
        verbs = [one.end() for one in _FINITE.finditer(between)]
        if verbs and (reason := _of_some(look, between[: verbs[0]])):
            return reason
        word = unknown(look, SPOKEN.findall(between[verbs[-1] if verbs else 0 :]), free_beside(look))
        return f'"{word}" stands between it and "{owner.mention.text}"' if word else None
    left = masked(look)[clause_start(look) :]
    while (
        (last := _LAST.search(left)) and last["word"].lower() in _FILLING and not last["gap"].strip(" $€£¥-–")
    ):
        left = left[: last.start()]
    if last is not None and last["word"] in _PRONOUNS and _OF_SUM.search(look.left):
        last = _LAST.search(left[: last.start()])  # "robbed it of"
    if last is None or last["gap"].strip(" $€£¥:"):
        return None
    if not look.reading.unit and counted(look) not in STANDING and not last["word"].endswith(("ed", "ing")):
        return None  # "gives startups 2 billion tokens"
    if last["word"] == "worth" and owner is not None and is_among(look.families, _EARNED):
        return "it is what something is worth"
    if _PLACED.search(look.left) and not last["word"].endswith("ed"):
        return None  # "64,000 people in 40 countries"
    word = unknown(look, [last["word"]], _WITH_COUNTS)
    if (
        not word
        and _OF_SUM.search(look.left)
        and (last["word"].islower() or not left[: last.start()].strip())
    ):
        small = last["word"].lower()
        is_sum = small not in _SAYINGS and (
            _TOTAL.search(look.left)
            or small in SUMS
            or stem(small) in look.words
            or stem(small) in WORDS_OF_MEASURES
            or small in _SUMMED
        )
        word = "" if is_sum else small
    return f'it is governed by "{word}"' if word else None


def _of_some(look: Look, between: str) -> str | None:
    """Whether words directly behind the measure, before its verb, may make it that of a part: "wages in the sector rose"."""
    if is_among(look.families, _WITH_OBJECTS) or is_among(look.families, OF_CONTRACTS):
        return None
    if found := _AMONG.match(between):
        return f'it is said of what is "{found.group().strip()}"'
    word = unknown(look, SPOKEN.findall(_BASIS.sub("", between)), _IN_NAMES | free_beside(look))
    return f'"{word}" stands behind the measure' if word else None


_IN_NAMES: Final = vocabulary("""de des du di da la le el y et und von van der den hotels properties segment taxation securities
    homes taxes offices malls inclusive exclusive vat""")
_BASIS: Final = re.compile(
    r"\b(?:excluding|including|before|after|net\s+of)\s[^0-9,;]*?(?:items|costs|charges|gains|losses|effects|tax|taxes)\b"
)

_AMONG: Final = re.compile(
    r"\s+(?:among|received|lost|owed|in\s+(?:the|this|its|that)\s+(?:sector|industry|market|trade))\b"
)
# what is named behind these is what they are of: a share of a market, a stake in a company
_WITH_OBJECTS: Final = vocabulary(
    "share stake deal fine charge spend funding buyback subsidy valuation orders volume"
)
_WITH_COUNTS: Final = DONE_WITH_FLOWS | vocabulary("""cover covers covered span spans spanned affect affects affected affecting
    treat treated recall recalls recalled recalling""")
_LAST: Final = re.compile(r"(?P<word>[^\W\d_]+(?:['’-][^\W\d_]+)*)(?P<gap>[^\w]*)$")
_FILLING: Final = vocabulary("""a an the its their our his her another some about around roughly nearly almost approximately
    over more than less at least up many further additional only just all of total by fewer most under above exactly to in on
    out off with for as much well estimated further record""")
_EARNED: Final = frozenset({"revenue", "profit", "cashflow"})  # nothing is worth so much of these
_PRONOUNS: Final = frozenset({"it", "them", "us", "him", "her"})
_OF_SUM: Final = re.compile(
    r"\bof\s+(?:(?:a|about|around|some|more|than|over|nearly|almost|at|least|up|to|just|only)\s+)*[A-Z]{0,3}[$€£¥]?$"
)
_TOTAL: Final = re.compile(
    r"\b(?:total|sum)\s+of\s+(?:(?:about|around|some|nearly|over)\s+)*[A-Z]{0,3}[$€£¥]?$"
)
_SAYINGS: Final = frozenset({"claim", "claims"})
_SUMMED: Final = vocabulary("""consist consists consisted consisting comprised composed made out capable because instead worth
    excess upwards north short shy base group chain fleet workforce""")
_PLACED: Final = re.compile(
    r"\b(?:in|on|at|for|with|to|across|from)\s+(?:(?:all|its|the|about|around|some|over|more|than|nearly|almost)\s+)*[$€£¥]?$"
)
# what is said of the measure: the words before its verb are of the measure itself
_FINITE: Final = re.compile(
    r"\b(?:was|were|is|are|kept|keeps|held|holds|rose|fell|grew|beat|came|comes|stood|stands|reached|reaches|hit|slid|sank|shrank|leapt"
    r"|leaped|ran|runs|sat|sits|went|goes"
    r"|(?<=,\s)(?:reach|hitt|totall?|amount|climb|ris|fall|tak|bring|com|slipp|dropp|grow|declin|increas|decreas|touch)ing"
    r"|equals|totals|amounts|represents|exceeds|tops|(?:totall?|amount|climb|increas|decreas|declin|exceed|dropp"
    r"|slipp|edg|jump|surg|soar|improv|narrow"
    r"|widen|remain|averag|equall?|represent|end|finish|advanc|gain|plung|expand|contract|topp|surpass|inch|tick"
    r"|tumbl|slump|eas|rebound|recover|doubl"
    r"|tripl|miss|slow|accelerat|ballon|balloon|swell|dipp|retreat|plummet|crater|rocket|near|pass|cross|approach)ed)\b"
)
