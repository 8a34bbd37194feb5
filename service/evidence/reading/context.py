"""Read the words around a number: negation, the things counted, the scale of a table."""

from typing import Final

from service.evidence.reading.languages.en import (
    CLAUSE_ENDS,
    CUT,
    DOWN,
    MONTHS,
    NEGATIONS,
    ONLY,
    PHRASE_ENDS,
    RATES,
    UP,
    vocabulary,
)
from service.evidence.reading.tokens import Tokens

_REACH: Final = 16  # tokens searched before a number for a sign or a negation
_OWNED: Final = "'s"  # in place of a phrase whose things are not counted
_PHRASE: Final = 7  # most words of a noun phrase
_SHIFTS: Final = vocabulary("""rose rises risen grew grown grows climbed increased decreased reduced jumped surged fell fallen
    dropped declined stood stands doubled tripled amounted came swelled expanded up soared shrank down slipped""")
_LINKS: Final = vocabulary("""averaged averages reached reaches reach hit hits totaled totalled totals numbered numbers was were
    is are exceeded topped surpassed crossed passed""")
_AUXILIARIES: Final = vocabulary("has have had was were now already currently recently since that which")
_TALLIES: Final = frozenset({"number", "total", "count", "tally"})
_JOINTS: Final = frozenset({"of", "on", "in", "for", "at", "across", "to"})
_HOPES: Final = vocabulary("""once formerly former previously aims aim aimed wants want hopes hope seeks seek vying become
    becoming aspires could would might ambition used ended snapped broke ending snapping breaking""")
_TIMES: Final = vocabulary("end close period year quarter half month start year-end")
_DETERMINERS: Final = frozenset({"the", "its", "their", "our", "his", "her", "all", "these", "those", "this"})


def nouns(t: Tokens, at: int) -> tuple[tuple[str, ...], int]:
    """The words of the noun phrase at token `at`, and the token after it."""
    words: list[str] = []
    while len(words) < _PHRASE:
        word = t.low[at]
        if (word == "-" and t.glued(at) and t.glued(at + 1)) or (word in {"*", "†", "‡"} and not words):
            at += 1
            continue
        if word in {"u", "s", "k"} and t.raw[at + 1] == "." and t.glued(at + 1):
            words += ["us"] if word == "s" else []
            at += 2
            continue  # "25 new U.S. restaurants"
        if word == "and" and words and _two_names(t, at):
            at += 1
            continue
        attributive = (
            (word in RATES or (word == "paid" and not words))  # "5 million paid subscribers"
            and t.low[at + 1][:1].isalpha()
            and t.low[at + 1] not in PHRASE_ENDS
        )
        if (
            not word[:1].isalpha()
            or (word in PHRASE_ENDS and not attributive)
            or (t.raw[at][0].isupper() and _new_line(t, at))
        ):
            break
        words.append(word)
        at += 1
    if words and t.raw[at] == "'" and t.glued(at) and t.low[at + 1][:1].isalpha():
        return (_OWNED,), at  # "2 million stores' worth of shelves"
    return tuple(words), at


def _two_names(t: Tokens, at: int) -> bool:
    """Whether "and" at `at` joins two names before one noun: "Music and Premium subscribers"."""
    before, behind = t.raw[at - 1], t.raw[at + 1]
    return before[:1].isupper() and behind[:1].isupper() and not before.endswith("s")


_NEGATING: Final = NEGATIONS | {"longer", "yet"}
_DATE: Final = 5  # tokens of a date


def _new_line(t: Tokens, at: int) -> bool:
    return "\n" in t.text[t.end[at - 1] : t.start[at]]


def counted_before(t: Tokens, at: int, *, verbal: bool, row: bool, moved: bool = False) -> tuple[str, ...]:
    """The noun phrase before token `at` that the number there counts, as in "users reached 18 million".

    `verbal`: the number's bound was a verb ("users topped …"). `row`: a label alone is enough, as in a table.
    `moved`: a word of change must stand between them.
    """
    low = t.low
    link = low[at - 1]
    at = _before_link(t, at - 1, needed=not (verbal or row), moved=moved)
    while low[at] in _AUXILIARIES:
        at -= 1
    at = _before_date(t, at)
    ticker = t.raw[at].isupper() and len(t.raw[at]) > 1
    if at < 0 or ticker:
        return ()
    nearest, at = _phrase_before(t, at)
    head = nearest[-1:]
    if head and (head[0] in UP or head[0] in DOWN or (link == "of" and head[0] in _TALLIES)):
        return ()
    while low[at] in _DETERMINERS:
        at -= 1
    while nearest and nearest[-1] in _TIMES and low[at] in _JOINTS:
        # "headcount at the end of the period was …"
        nearest, at = _phrase_before(t, at - 1)
        while low[at] in _DETERMINERS:
            at -= 1
    if nearest and link != "of" and low[at] in _JOINTS:
        # "downloads of its models reached …": the head stands before the preposition
        farther, _ = _phrase_before(t, at - 1)
        return nearest if farther[-1:] and farther[-1] in _TALLIES else farther
    return nearest


_BRINGING: Final = vocabulary("takes took taking brings brought bringing")
_FROM: Final = 12  # tokens of a number and its date
_DATED: Final = frozenset({",", "at", "on", "in", "million", "thousand"})


def counted_from(t: Tokens, at: int) -> tuple[str, ...]:
    """What the number at `at` counts in "cut its branches from 160 to 142", "branches fell from 160 to 142"; () if nothing."""
    low = t.low
    place = at - 2
    while at - place < _FROM and (t.raw[place][:1].isdigit() or low[place] in MONTHS or low[place] in _DATED):
        place -= 1
    phrase, before = _phrase_before(t, at - 2)
    if low[before] == "in" and (low[before - 1] in UP or low[before - 1] in DOWN or low[before - 1] in CUT):
        return phrase  # "a rise in headcount to 4,120"
    while low[before] in _DETERMINERS:
        before -= 1
    if low[before] in _BRINGING or (low[before] == "of" and low[before - 1] in _TALLIES):
        return phrase  # "takes job cuts to 2,500"
    if low[place] != "from" or not t.raw[place + 1][:1].isdigit():
        return ()
    if low[place - 1] in _SHIFTS:
        return counted_before(t, place, verbal=False, row=False, moved=True)
    phrase, before = _phrase_before(t, place - 1)
    while low[before] in _DETERMINERS:
        before -= 1
    return phrase if low[before] in _SHIFTS or low[before] in CUT else ()


def _before_date(t: Tokens, at: int) -> int:
    """The token before a date such as "at December 31, 2024" that ends at `at`; `at` itself if there is none."""
    place = at
    while at - place < _DATE and (t.raw[place].isdigit() or t.low[place] in MONTHS or t.low[place] == ","):
        place -= 1
    is_date = place < at and t.low[place + 1] in MONTHS and t.low[place] in {"at", "of", "on"}
    return place - 1 - (t.low[place - 1] == "as") if is_date else at


def _before_link(t: Tokens, at: int, *, needed: bool, moved: bool) -> int:
    """The token before the words that link a number to its subject; -1 if a link is needed and there is none."""
    low = t.low
    if moved or low[at] in {"to", "at"}:
        at -= not moved
        while low[at] in {"by", "about", "another"} or low[at].endswith("ly"):
            at -= 1
        return at - 1 if low[at] in _SHIFTS else -1
    if low[at] in _LINKS or low[at] in {":", "of", "|"}:
        return at - 1
    return -1 if needed else at


def _phrase_before(t: Tokens, at: int) -> tuple[tuple[str, ...], int]:
    words: list[str] = []
    while len(words) < _PHRASE and t.low[at][:1].isalpha() and t.low[at] not in PHRASE_ENDS:
        words.append(t.low[at])
        at -= 1
    return tuple(reversed(words)), at


def negated(t: Tokens, at: int, floor: int) -> bool:
    """Whether the clause before token `at` has a negation."""
    if t.words.isdisjoint(_NEGATING):
        return False
    low = t.low
    for place in range(at - 1, max(at - _REACH, floor) - 1, -1):
        word = low[place]
        if word in CLAUSE_ENDS:
            return False
        if word in NEGATIONS or low[place - 1 : place + 1] in (["no", "longer"], ["yet", "to"]):
            return low[place + 1] not in ONLY
    return False


def unheld(t: Tokens, at: int) -> bool:
    """Whether the clause before `at` denies a rank or streak, only hopes for it, or says that it is over."""
    if negated(t, at, 0):
        return True
    for place in range(at - 1, at - _REACH, -1):
        if t.low[place] in CLAUSE_ENDS:
            break
        if t.low[place] in _HOPES:
            return True
    return False


def moved(t: Tokens, at: int) -> bool:
    """Whether a word of change stands before `at` in its clause, so that "to" may lead to a level."""
    if t.low[at - 1] == "of":
        return False
    for place in range(at - 1, at - 6, -1):
        word = t.low[place]
        if word in CLAUSE_ENDS or not word:
            return False
        if word in UP or word in DOWN or word in CUT:
            return True
    return False
