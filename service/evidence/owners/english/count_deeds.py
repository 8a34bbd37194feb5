"""Whether the sentence of an English count says that done of what the fact counts: that it was lost, made, trained."""

import re
from typing import Final

from service.core.words import label_of
from service.evidence.owners.look import WORD, Look, clause_start
from service.evidence.reading.languages.en import vocabulary
from service.evidence.subjects import stem

ADDED: Final = frozenset(
    stem(word)
    for word in vocabulary("""new additional added additions hires hiring openings opened planned growth increase net gain gains
    wins won""")
)


def of_no_deed(look: Look) -> str | None:
    """Of counts of what was trained, placed, sold: whether nothing in the sentence says so."""
    if look.reading.unit or not look.reading.nouns:
        return None
    near = look.text
    if near.lower().count(look.reading.nouns[-1]) > 1:  # others are told beside them
        begin = look.left.rfind(", ") + 1
        near = look.left[begin:] + _NEXT_CLAUSE.split(look.right, maxsplit=1)[0]
    said = {word.lower() for word in WORD.findall(near)}
    for deed in _DEED.findall(label_of(look.about.subject).lower()):
        kin = _KIN.get(deed, ())
        if not any(word[:_STEM] == deed[:_STEM] or word in kin for word in said):
            return f'nothing says that they were "{deed}"'
    return None


_DEED: Final = re.compile(
    r"(?<=\s)(?:[a-z]{3,}ed|held|sold|built|made|bought|won|lost|taught|fed|saved|housed)\b"
)
_KIN: Final = {
    "sold": vocabulary("sell sells selling sale sales"),
    "built": vocabulary("build builds building"),
    "made": vocabulary("make makes making"),
    "bought": vocabulary("buy buys buying"),
    "won": vocabulary("win wins winning"),
    "lost": vocabulary("lose loses losing loss losses"),
    "repurchased": vocabulary("bought buy buys buyback"),
    "employed": vocabulary("staff workforce"),
    "held": vocabulary("hold holds holding own owns owned has have had stake with"),
}


def of_no_loss(look: Look) -> str | None:
    """Of counts of what is lost or closed: whether nothing in the clause says so."""
    if look.reading.unit or not look.reading.nouns or look.words.isdisjoint(LOST):
        return None
    if _KEPT.search(look.left):
        return "it was kept"
    if look.reading.change:
        return None
    begin = (
        clause_start(look._replace(start=told.start("part")))
        if (told := OR_SO_MANY.search(look.left))
        else clause_start(look)
    )
    said = f"{look.left[begin:]} {_NEXT_CLAUSE.split(look.text[look.start :], maxsplit=1)[0]}"
    words = [stem(word) for word in WORD.findall(said.lower())]
    if any(word in LOST or any(akin(word, own) for own in look.words & LOST) for word in words):
        return None
    return "nothing says that it was lost"


# "40% of its workforce, or 200 employees": of the second number is said what is said of the first
OR_SO_MANY: Final = re.compile(
    r"(?P<part>[0-9][0-9.,]*\s?(?:%|per\s?cent|percent|pct))\s+of\s+(?:its|the|their)\s+(?:[\w-]+\s+){0,3}[\w-]+,?\s+or\s+(?:about\s+|around\s+|some\s+)?$"
)
# "saved 9,000 jobs"
_KEPT: Final = re.compile(
    r"\b(?:sav(?:ed|es|ing)|protect(?:ed|s|ing)|safeguard(?:ed|s|ing)|preserv(?:ed|es|ing)|rescu(?:ed|es|ing)"
    r"|revers(?:ed|es|ing)|avert(?:ed|s|ing)|avoid(?:ed|s|ing)|prevent(?:ed|s|ing))\s+(?:[a-z]+\s+){0,3}$"
)

_NEXT_CLAUSE: Final = re.compile(r"[,;:]\s|\.\s|\sand\s(?=[a-z]+\s[0-9])")
LOST: Final = frozenset(
    stem(word)
    for word in vocabulary("""cut cuts reduction reductions layoff layoffs redundancy redundancies closure closures closing
    closings dismissal dismissals departure departures loss losses lost lose shed eliminated eliminate closed axed scrap
    scrapped affect affected""")
)

# what a count of what flows must be said of: "dealers hold 88,000 vehicles" tells no deliveries
_FLOWING: Final = {
    "produc": "produc|output|buil[dt]|ma[dk]e|manufactur|assembl|roll|turn|mined?|extract|brew|pump",
    "deliver": "deliver|hand|ship|sold|sell|sale",
    "ship": "ship|deliver|sold|sell|sale|export",
    "passeng": "passenger|carr|fl[ey]|transport|welcom|handl|board|travel|traffic|serv|use",
}


def is_flowing(look: Look) -> bool:
    """Whether the fact counts what is made, delivered or carried."""
    return any(word.startswith(tuple(_FLOWING)) for word in look.words)


def of_no_flow(look: Look) -> str | None:
    """Of counts of what is made, delivered or carried: whether nothing in the clause says so."""
    if look.reading.unit or not look.reading.nouns or not look.words.isdisjoint(ADDED):
        return None
    said = f"{look.left[clause_start(look) :]} {_NEXT_CLAUSE.split(look.text[look.end :], maxsplit=1)[0]}".lower()
    if len(WORD.findall(said)) < _FEW:
        return None
    for flow, verbs in _FLOWING.items():
        if any(word.startswith(flow) for word in look.words) and not re.search(rf"\b(?:{verbs})", said):
            return "nothing says that it was made or delivered"
    return None


_FEW: Final = 2
_STEM: Final = 4  # letters that a verb and a subject have in common: "delivered" and "deliveries"
# verbs by which something is closed, sold, bought or made, and the subjects of counts of that
_AKIN: Final = {
    "loss": vocabulary("lost lose loses losing shed sheds shedding"),
    "closur": vocabulary("shutter shutters shuttered shut shuts shutting shuttering"),
    "sale": vocabulary("sold sell sells selling"),
    "purchas": vocabulary("bought buy buys buying"),
    "produc": vocabulary(
        "poured pours pour mined extracted brewed pumped assembled turned assembles made make makes making built build builds"
        " building manufactured manufactures manufacturing"
    ),
    "output": vocabulary(
        "made make makes making built build builds building produced produces manufactured manufactures"
    ),
}

DONE_WITH_FLOWS: Final = frozenset[str]().union(*_AKIN.values())


def akin(verb: str, word: str) -> bool:
    """Whether a verb does what a word of a subject names: "delivered" and "deliveries"."""
    if any(verb in verbs and word.startswith(other) for other, verbs in _AKIN.items()):
        return True
    return verb[:_STEM] == word[:_STEM]
