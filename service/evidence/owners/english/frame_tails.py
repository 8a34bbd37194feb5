"""Whether what is said behind an English number, or of it, leaves it in doubt."""

import re
from typing import Final

from service.evidence.owners.english.frame_words import MOVING, RESULTS, SPOKEN, VERBS, unknown
from service.evidence.owners.look import MORE_AMOUNTS, RATES, Look, is_among
from service.evidence.reading.languages.en import vocabulary

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
    r"[^.;]{0,60}?\s(?:did|does|do|was|were|is|are|has|have|had|will|would|can|could)(?:\s+not|n['’]t|\s+never|\s+no\s+longer)\b"
)

_NAMED: Final = re.compile(
    r"\b(?:[Aa]n?|[Tt]he|[Ii]ts|[Tt]heir|[Oo]ur)\s+[a-z-]+\s+(?=(?:for|of|worth|against|to)\s)"
)
_KIND: Final = re.compile(r"^\W*(?:[Aa]n?|[Tt]he|[Ii]ts)\s+[a-z]+ed\s+(?=[A-Z]{0,3}[$€£¥0-9])")


def said_behind(look: Look) -> str | None:
    """Where the number is in the subject of the sentence: whether an unknown verb says something of it."""
    if _WAS_WHAT.match(look.right):
        return "what was said of it is said behind"
    if (
        look.reading.unit not in RATES
        and is_among(look.families, RESULTS)
        and _RESTRICTED_BEHIND.match(look.right)
    ):
        return "only a part of it is told"
    if _BETTER.match(look.right) and look.reading.unit not in RATES:
        return "it is a distance"
    # "topped" may be the number's bound; "a proposed $28 million settlement", "a claim for" have no verb yet
    left = [one.lower() for one in SPOKEN.findall(_NAMED.sub("", _KIND.sub("", look.text[: look.end])))]
    if not VERBS.isdisjoint(left) or any(one.endswith(("ed", "ing")) for one in left):
        return None
    if found := _NOT_SO.match(look.right) or _WOULD.match(look.right):
        return f'it is said of it that it "{found.group().strip()}"'
    right = MORE_AMOUNTS.sub("", look.right, count=1) if MORE_AMOUNTS.match(look.right) else look.right
    if not right[:1].isspace():
        return None
    behind = re.split(
        r"[,;:(]|\b(?:and|as|due|thanks|because|while|after|from|to|up|down|vs|versus)\b", right
    )[0]
    for word in SPOKEN.findall(behind):
        small = word.lower()
        if set(small.split("-")) <= set(look.reading.nouns) or small in _SPREAD:
            continue
        if small in VERBS or small in MOVING:
            return _done_with(look, behind, word)
        if unknown(look, [word]):
            return f'"{word}" is said of it'
    return None


_SPREAD: Final = vocabulary("countries markets cities states nations regions continents worldwide locations")

_PASSIVE: Final = frozenset({"was", "were", "is", "are", "been", "being"})


def _done_with(look: Look, behind: str, verb: str) -> str | None:
    """What was done with money that is the subject, if no known verb tells it: "revenue of $5 million was stripped out"."""
    if not look.reading.unit or look.reading.unit in RATES or verb not in _PASSIVE:
        return None
    words = SPOKEN.findall(behind[behind.index(verb) + len(verb) :])
    done = next((one for one in words if not one.endswith("ly") and one not in _PASSIVE), "")
    is_plain = "prefer" in look.right or is_among(look.families, RESULTS - {"dividend", "pershare"})
    known = _TOLD if is_plain else _TOLD | _CARRIED_OUT
    is_done = done.endswith("ed") or done in _IRREGULAR
    return f'it is said of it that it was "{done}"' if is_done and done not in known else None


# what is done with a number by those who tell it, or who have it
_TOLD: Final = vocabulary("""reported recorded posted booked generated earned expected forecast forecasted recognized recognised
    achieved projected estimated anticipated realized realised announced disclosed published attributed compared produced
    delivered predicted derived stated presented adjusted driven boosted helped supported reached logged registered reiterated
    declared proposed recommended confirmed targeted planned needed received included guided raised lifted seen""")
# what is done with a sum that is paid, lent or promised
_CARRIED_OUT: Final = vocabulary("""paid approved agreed signed finalized finalised completed imposed levied awarded allocated
    raised invested spent set taken made put earmarked committed pledged granted issued secured provided contributed donated
    used charged incurred capitalized capitalised funded financed led priced won concluded borrowed repurchased bought acquired
    held outstanding owed returned distributed charged given drawn settled injected lent""")
_IRREGULAR: Final = vocabulary("""thrown paid made won lost cut hit set held sold put withdrawn taken given kept frozen written
    driven drawn shown known seen spent lent borne sent left struck bought understood bound drawn forgiven overturned""")
