"""Tell whether a number is expected: a forecast, guidance, a consensus, a plan; else it is stated."""

import re
from bisect import bisect_left
from typing import Final

from service.evidence.reading.languages.en import vocabulary
from service.evidence.reading.tokens import Tokens

_MODALS: Final = vocabulary("will would could might should shall may")
_VERBS: Final = vocabulary("""expect expects expecting anticipate anticipates anticipating forecasts forecasting projects
    projecting predict predicts predicting foresee foresees guides guiding guided envisages envisage eyes pencilled penciled""")
# what is done to a forecast with these words before it makes it a comparison: "better than expected", "as expected"
_PARTICIPLES: Final = vocabulary("""expected anticipated forecast forecasted projected predicted targeted planned budgeted
    scheduled""")
_NOUNS: Final = vocabulary("""guidance outlook consensus forecast forecasts projection projections prediction predictions
    expectation expectations target targets goal estimates""")
_INTENDING: Final = vocabulary("""plan plans planning planned aim aims aiming intend intends intending hope hopes hoping want
    wants wanting propose proposes seek seeks seeking commit commits vows pledges pledged committed target targets set due
    likely poised""")
_COMPARING: Final = vocabulary("""than as above below beat beats beating exceeded exceeds exceed exceeding topped tops topping
    surpassed surpasses missed misses missing miss ahead versus vs against with despite outpaced outperformed trailed
    undershot""")
_ARTICLES: Final = vocabulary(
    "the a an its their our his her analysts' analyst market street consensus average previous own"
)
_NEW_CLAUSE: Final = vocabulary("and while whereas but although though")
_BEING: Final = vocabulary("is are was were be been being")
_REACH: Final = 24
_BEHIND: Final = 8
_AROUND: Final = 120  # characters of a clause in another language
_FIRSTS: Final = _MODALS | _VERBS | _PARTICIPLES | _NOUNS | _INTENDING | {"sees", "see"}

# of a clause in another language
_ABROAD: Final = {
    "de": re.compile(
        r"\b(?:erwarte[tn]?|rechne[tn]?\s+(?:mit|für|nun|im)|plan(?:t|en)|prognostizier\w+|voraussichtlich\w*|soll(?:en|te|ten)?|dürften?"
        r"|strebt|streben|anvisier\w+|peilt|peilen|veranschlagt\w*|will|wollen|wird|werden|geplante?[nrs]?)\b", re.IGNORECASE),
    "fr": re.compile(
        r"\b(?:prévoi(?:t|ent)|prévu(?:e|s|es)?|attend(?:ent|u|ue|us|ues)?|vise(?:nt)?|devrai(?:t|ent)|table(?:nt)?\s+sur|anticipe(?:nt)?"
        r"|compte(?:nt)?\s+\w+er|envisage(?:nt)?|ambitionne(?:nt)?|objectif|prévision\w*)\b", re.IGNORECASE),
    "es": re.compile(
        r"\b(?:prevé[n]?|prevista?s?|espera[n]?|planea[n]?|pretende[n]?|debería[n]?|proyecta[n]?|calcula[n]?|anticipa[n]?|objetivo|previsión"
        r"|será[n]?|invertirá[n]?|alcanzará[n]?)\b", re.IGNORECASE),
    "zh": re.compile("预计|预期|预测|料将|将达|将于|有望(?![的。，,])|计划|拟|目标|展望|指引|估计"),
    "ja": re.compile("見込|予想|計画|見通し|予定|目標|予測|目指|方針"),
}  # fmt: skip
_CLAUSE_END: Final = re.compile(r"[;；。！？!?\n]|[,，](?=\D)|、(?=\D)|\.(?=\s)")


def marked(low: list[str]) -> list[int]:
    """The tokens that may say that a number is expected."""
    return [at for at, word in enumerate(low) if word in _FIRSTS] if not _FIRSTS.isdisjoint(low) else []


def is_expected(t: Tokens, start: int, after: int) -> bool:
    """Whether the words around the number in tokens `start` to `after` say that it is expected."""
    if not t.hopes:
        return False
    floor, last = _clause_start(t, start), after + _BEHIND
    first, middle, beyond = (bisect_left(t.hopes, at) for at in (floor, start, last))
    if any(_before(t, at, start) for at in t.hopes[first:middle]):
        return True
    for at in range(after, last):
        if t.low[at] in {".", ";", "!", "?", "", ":"} or t.raw[at][:1].isdigit():
            last = at
            break
    return any(after <= at < last and _behind(t, at, after) for at in t.hopes[middle:beyond])


def _clause_start(t: Tokens, start: int) -> int:
    low = t.low
    for at in range(start - 1, max(start - _REACH, 0) - 1, -1):
        if low[at] in {";", "!", "?", "•", "|", ":"} or (low[at] == "." and not t.glued(at + 1)):
            return at + 1
        if at < start - 1 and low[at] in {",", "–", "—", "("} and low[at + 1] in _NEW_CLAUSE:
            return at + 2
        if low[at] in {"while", "whereas", "but"} and at < start - 1:
            return at + 1
        if "\n\n" in t.text[t.end[at - 1] : t.start[at]] and at:
            return at
    return max(start - _REACH, 0)


def _before(t: Tokens, at: int, start: int) -> bool:
    """Whether the word of expectation at `at` reaches the number behind it."""
    low = t.low
    word, following, before = low[at], low[at + 1], low[at - 1] if at else ""
    if word in _MODALS:
        if word == "may" and (t.raw[at][0].isupper() or not following.isalpha()):
            return False  # the month
        return following.isalpha() and before not in {"the", "a", "at", "its"}
    if word in {"sees", "see"}:
        return before.isalpha() and word == "sees"
    if word in _VERBS:
        return before not in _ARTICLES - {"analysts", "market", "street", "analyst"} or following in {
            "to",
            "that",
        }
    place = at - 1
    while place >= 0 and (low[place] in _ARTICLES or low[place].endswith("'s")):
        place -= 1
    compared = low[place] in _COMPARING or low[place - 1 : place + 1] in (
        ["compared", "to"],
        ["ahead", "of"],
        ["short", "of"],
    )
    if compared:
        return following == "of" and start - at <= 4
    if word == "target" and following.isalpha() and following not in {"is", "was", "of", "for", "to"}:
        return False  # "the target company"
    if before == "been" and low[at - 2] in {"had", "has"}:
        return False  # it was once
    if word in _INTENDING and (following == "to" or word in {"targets", "target", "planned"}):
        return word not in {"due", "set", "likely", "committed"} or before in _BEING or word == "likely"
    if word in _PARTICIPLES:
        return (
            before in _BEING
            or following in {"to", "of"}
            or before in {"now", "currently", "analysts", "still", "also", "company"}
            or (before in _ARTICLES)
        )
    return word in _NOUNS and low[at + 1] not in {"beat", "by"}


def _behind(t: Tokens, at: int, after: int) -> bool:
    low = t.low
    word, before = low[at], low[at - 1]
    between = low[after:at]
    if "than" in between or "as" in between or not _COMPARING.isdisjoint(between):
        return False
    if word in _PARTICIPLES:
        return (
            before in _BEING or at == after or (at - after <= 2 and before not in _ARTICLES and before != ",")
        )
    if word in _NOUNS:
        return at == after or (
            at == after + 1 and before.isalpha() and before not in _ARTICLES | {"in", "on", "for", "from"}
        )
    return word in _INTENDING and before in _BEING and low[at + 1] == "to"


def is_expected_in(language: str, text: str, start: int, end: int) -> bool:
    """`is_expected` in the other languages: whether the clause around has such a word."""
    pattern = _ABROAD.get(language)
    if pattern is None:
        return False
    first, last = max(0, start - _AROUND), end + _AROUND
    for stop in _CLAUSE_END.finditer(text, first, start):
        first = stop.end()
    stop = _CLAUSE_END.search(text, end, last)
    return pattern.search(text, first, last if stop is None else stop.start()) is not None
