"""Whether the clause of a number is about a company that is not the fact's."""

import re
from typing import Final

from service.evidence.owners.look import ASIDE, WORD, Look, clause_start
from service.evidence.owners.parts import NOT_PLACES, PERIODICAL, STOP_WORDS, WHOLE_WORDS
from service.evidence.reading.languages.en import vocabulary
from service.evidence.reading.languages.en_words import WORDS
from service.evidence.subjects import stem

_NAME: Final = r"(?P<name>[A-Z][\w&.’'-]*[\w](?:\s+[A-Z][\w&’'-]*)*)"
_SAYS: Final = re.compile(
    rf"(?:^|[\s(\"“]){_NAME}\s+(?:also\s+|now\s+|then\s+|last year\s+)?(?:reported"
    r"|posted|had|has|earned|earns|holds|held|owns|owned"
    r"|employs|employed|generated|generates|recorded|made|makes|booked|controls|controlled|operates|operated|took|takes|runs|ran|saw|lost"
    r"|commands|commanded|claims|achieved|sold|sells|spent|spends|invested|invests|paid|pays)\b"
)
_BESIDE: Final = re.compile(
    rf"(?:^|[\s(\"“]){_NAME}(?:['’]s)?(?:,|\s+(?:with|on|at|had|has|holds|only|just|about|some))?\s+$"
)
_AT_NAME: Final = re.compile(rf"(?:\s+(?:at|for|by)\s+(?:rival\s+)?|\s*\(){_NAME}")
_RELATIVE: Final = re.compile(
    rf"{_NAME}(?:\s+\([^()]*\))?(?:,\s+(?:whose|which|with|a|an|the|that)|\s+(?:whose|which|with))\s"
)
_RIVAL: Final = re.compile(r"\b(?:rivals?|competitors?|peers?|industry average)\b(?:['’]s)?", re.IGNORECASE)


def of_other_company(look: Look) -> str | None:
    """Whether the clause is about a company that is not the fact's."""
    if not look.about.names:
        return None
    clause = look.left[clause_start(look) :]
    asided = ASIDE.sub(lambda match: " " * len(match.group()), clause)
    if (beside := _BESIDE.search(asided)) and _other(look, beside["name"]):
        return f"it is said of {beside['name']}"
    if (at := _AT_NAME.match(look.text, look.end)) and _other(look, at["name"]):
        return f"it is said of {at['name']}"
    last = None
    for pattern in (_SAYS, _RELATIVE):
        for found in pattern.finditer(asided):
            if last is None or found.start("name") >= last.start("name"):
                last = found
    if last is not None and _other(look, last["name"]) and not _own_after(look, asided[last.end("name") :]):
        return f"it is said of {last['name']}"
    rivals = list(_RIVAL.finditer(asided))
    rival = rivals[-1] if rivals else None
    if rival is not None and not _own_after(look, asided[rival.end() :]) and asided[rival.end() :].strip():
        return f'it is said of a "{rival.group()}"'
    return None


def _own_after(look: Look, text: str) -> bool:
    """Whether the fact's own company stands in the text."""
    own = {stem(word) for one in look.about.names for word in WORD.findall(one) if len(word) > 2}
    return any(stem(word) in own for word in WORD.findall(text) if word[0].isupper())


def _other(look: Look, name: str) -> bool:
    words = WORD.findall(name)
    if not words or any(stem(word) in look.words for word in words):
        return False
    small = [word.lower() for word in words]
    if (len(small) == 1 and small[0] in WORDS) or not _DEFINED.isdisjoint(small):
        return False
    return not (PERIODICAL.match(name) or all(word in _COMMON or word in NOT_PLACES for word in small))


# capitalised terms of contracts
_DEFINED: Final = vocabulary(
    "note notes agreement date amount shares stock settlement closing merger plan act offering facility loan award awards"
    " option options bonds warrants trust committee board period price"
)
_COMMON: Final = (
    STOP_WORDS
    | WHOLE_WORDS
    | vocabulary(
        "it we they he she company group firm bank analysts analyst management shares stock revenue sales profit income earnings"
        " net operating total cash debt orders investors customers employees the chief executive officer ceo cfo chairman however"
        " meanwhile separately overall today demand predecessor successor registrant issuer parent board"
    )
)
