"""The kinds of words by which the phrases of a clause are told apart, in German, French and Spanish."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from service.evidence.owners.others.patterns import Patterns
from service.evidence.reading.languages.all import LANGUAGES
from service.evidence.reading.languages.en import vocabulary
from service.evidence.reading.languages.governing import GOVERNING
from service.evidence.reading.languages.inflected import telling_verbs
from service.evidence.reading.languages.shape import listed

_ELIDED: Final = re.compile(r"^(?P<small>l|d|qu|n|s|j|c)['’](?P<rest>.+)$", re.IGNORECASE)
# verbs with which what is named first is no owner: "la vitrine a rapporté", "die Sparte brachte"
BRINGING: Final = vocabulary(
    "rapporté rapporte apporté apporte aporta aportó brachte bringt bringen brachten trug trugen bescherte beschert"
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_SHORT: Final = 2
# their sense stands at the end of the clause
_HELPING_ONLY: Final = vocabulary(
    "hat hatte haben hatten ist war sind waren wird wurde werden wurden kann konnte konnten musste mussten will wollen"
)
_NEVER: Final = re.compile(r"(?!)")


class Kinds(NamedTuple):
    """The kinds of words of a language."""

    articles: frozenset[str]
    determiners: frozenset[str]
    where: frozenset[str]
    of: frozenset[str]
    neutral: frozenset[str]
    joints: frozenset[str]
    helping: frozenset[str]
    times: re.Pattern[str]
    no_subjects: re.Pattern[str]
    doubtful: re.Pattern[str]
    firms: re.Pattern[str]
    verbs: frozenset[str]
    sure: frozenset[str]  # verbs that are finite, whatever their end
    prepositions: frozenset[str]


def _pattern(phrases: str, before: str = "") -> re.Pattern[str]:
    parts = [re.escape(one).replace(r"\*", r"\w*") for one in listed(phrases)]
    return re.compile(f"{before}(?:{'|'.join(parts)})") if parts else _NEVER


def _moving(language: str) -> frozenset[str]:
    """The verbs of rising and falling by which numbers are read."""
    words = next(one for one in LANGUAGES if one.code == language).words
    moving = [one for tag in ("up", "down") for one in listed(words[tag])]
    return frozenset(one for one in moving if one.isalpha() and len(one) > _SHORT and not one.endswith("er"))


@lru_cache(maxsize=4)
def kinds_of(language: str) -> Kinds:
    """The kinds of words of German, French or Spanish."""
    said = GOVERNING[language]
    where, of, neutral = (frozenset(listed(one)) for one in (said.where, said.of, said.neutral))
    return Kinds(
        articles=frozenset(listed(said.articles)),
        determiners=frozenset(listed(said.determiners)) | frozenset(listed(said.articles)),
        where=where,
        of=of,
        neutral=neutral,
        joints=frozenset(listed(said.joints)),
        helping=frozenset(listed(said.helping)),
        times=_pattern(said.times),
        no_subjects=_pattern(said.no_subjects),
        doubtful=_pattern(said.doubtful),
        firms=_pattern(said.firms, r"\w*"),
        verbs=(telling_verbs(language) | frozenset(listed(said.verbs)) | _moving(language)) - BRINGING,
        sure=frozenset(listed(said.verbs)) - BRINGING,
        prepositions=where | of | neutral,
    )


class Clause(NamedTuple):
    """The words of a clause before its number, with elided articles apart, and where they stand in the list given."""

    words: tuple[str, ...]
    places: tuple[int, ...]


def clause_of(spoken: Sequence[str]) -> Clause:
    """The words of a clause with "l'", "d'" and the like apart."""
    words: list[str] = []
    places: list[int] = []
    for at, word in enumerate(spoken):
        if elided := _ELIDED.match(word):
            words.append(f"{elided['small'].lower()}'")
            places.append(at)
        words.append(elided["rest"] if elided else word)
        places.append(at)
    return Clause(tuple(words), tuple(places))


def is_no_subject(language: str, word: str) -> bool:
    """Whether a noun is for somebody or something that is not the company."""
    return kinds_of(language).no_subjects.fullmatch(word.lower()) is not None


def is_doubtful(language: str, word: str) -> bool:
    """Whether an adjective or adverb says that a number is not so, or of something else."""
    return kinds_of(language).doubtful.fullmatch(word.lower()) is not None


def telling(language: str) -> frozenset[str]:
    """The verbs that say by themselves what a number is."""
    words = kinds_of(language)
    return words.verbs | (words.helping - _HELPING_ONLY)


def is_time(language: str, said: str) -> bool:
    """Whether a noun of time is among the words."""
    return any(kinds_of(language).times.fullmatch(word.lower()) for word in _WORD.findall(said))


def is_firm(language: str, word: str) -> bool:
    """Whether a noun is one for a company by its end."""
    small = word.lower()
    return is_named_firm(kinds_of(language), small.removesuffix("s") if language == "de" else small)


def is_named_firm(words: Kinds, small: str) -> bool:
    """Whether a noun, in small letters and without its case, is one for a company."""
    return words.firms.fullmatch(small) is not None and words.no_subjects.fullmatch(small) is None


def is_guess(said: str) -> bool:
    """Whether words say that a sum is only thought, wanted, or limited."""
    return _GUESSED.search(said) is not None


def is_brought(spoken: Sequence[str], patterns: Patterns) -> bool:
    """Whether the number is what a measure of its clause came to."""
    return comes_to([one.lower() for one in clause_of(spoken).words], patterns)


def comes_to(low: Sequence[str], patterns: Patterns) -> bool:
    """Whether the number is what a measure came to: "der Umsatz … auf", so that the verb may be any but a guess."""
    at = len(low)
    while at and low[at - 1] in _BESIDE_TO:
        at -= 1
    if not at or low[at - 1] not in _TO:
        return False
    if not _PASSIVE.isdisjoint(low):
        return False  # somebody does it to the measure, so the verb must be known
    said = " ".join(low[: at - 1])
    if patterns.language == "de" and _is_object(low[: at - 1], patterns):
        return False
    return patterns.measures.search(said) is not None and _GUESSED.search(said) is None


def _is_object(low: Sequence[str], patterns: Patterns) -> bool:
    """Whether a German measure is what somebody else does something to: "Der Vorstand … den Umsatz"."""
    measured = [at for at, one in enumerate(low) if patterns.measures.fullmatch(one)]
    if not measured:
        return False
    at = measured[-1]
    while at and low[at - 1] not in _CASES and at > measured[-1] - _FEW:
        at -= 1
    said = low[at - 1] if at else ""
    return said in _OBJECTS or (low[0] in _SUBJECTS and said in _CASES and at > _FEW)


_FEW: Final = 3
_OBJECTS: Final = frozenset(
    {"den", "einen", "seinen", "ihren", "unseren", "seine", "ihre", "sein", "ihr", "unsere", "unser"}
)
_SUBJECTS: Final = frozenset({"der", "die", "das", "ein", "eine"})
_CASES: Final = _OBJECTS | _SUBJECTS
_PASSIVE: Final = frozenset(
    {"wurde", "wurden", "wird", "werden", "worden", "été", "fut", "furent", "fue", "fueron", "sido"}
)
_TO: Final = frozenset({"auf", "à", "a", "hasta", "al", "en"})
_BESIDE_TO: Final = frozenset(
    {"el", "insgesamt", "nunmehr", "nun", "los", "las", "un", "une", "total", "de", "neue", "nur", "noch"}
)
# what somebody only thinks or wants a measure to be
_GUESSED: Final = re.compile(
    r"schätz|taxier|veranschlag|prognostizier|hochgerechnet|budgetier|deckel|begrenz|beschränk|limitier|gesetzt|legt|plan|ziel"
    r"|hoff|wart|wett|spekulier|tipp|läuft|trimm|zähl|\b(?:estim|évalu|fix|plafonn|limit|cibl|tabl|pari|spécul|préd|projet|prév|chiffr|ser|pourr)"
    r"|aurai|\b(?:valor|fij|calcul|pronostic|apost|proyect|aspir|prev|habr)"
)


# to be: what is said to be something is no owner of it
BEING: Final = vocabulary(
    "ist sind war waren bleibt blieb est sont était étaient fut furent es son fue fueron era eran está están"
)
