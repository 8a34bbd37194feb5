"""Whether a number is of something else than the fact's quantity: what a sentence is made ready for, and which rules it gets."""

import re
from typing import Final

from service.core.countries import names_of_country
from service.core.words import label_of
from service.evidence import subjects
from service.evidence.about import About
from service.evidence.context import sentence_around
from service.evidence.owners.english import rules as english
from service.evidence.owners.english.adjusted import of_other_basis
from service.evidence.owners.english.sentences import is_of_next_period, plain
from service.evidence.owners.look import WORD, Look, alike, measured_in, of_fact
from service.evidence.owners.openings import LABEL, OPENING
from service.evidence.owners.others import rules as others
from service.evidence.owners.others.companies import of_other_named
from service.evidence.owners.others.parts import in_other_languages
from service.evidence.owners.others.patterns import patterns_of
from service.evidence.reading.folding import folded_in_place
from service.evidence.reading.languages import detecting
from service.evidence.reading.languages.measures import MEASURE_WORDS
from service.evidence.reading.languages.traditional import simplified
from service.evidence.reading.readings import Reading
from service.evidence.subjects import stem

# a row of a table in text: "2024  $1,790m  11.1%"
_YEAR_FIRST: Final = re.compile(r"[\s|]*(?P<year>(?:19|20)[0-9]{2})(?:\t| {2,}|\s*\|)")
# what a firm's name is told without: "永辉" for "永辉超市"; a bank is not, since its sisters have the same name
_FIRM_END: Final = re.compile(
    "(?<=[\u30a0-\u30ff\u3400-\u9fff]{2})(?<!中国)(?<!国际)(?<!日本)(?:(?:股份)?(?:有限)?公司|集团|股份|控股|科技|超市|汽车|电器|电子|药业"
    "|百货|ホールディングス|グループ|自動車)$"
)
_ASKED: Final = re.compile(r"[^.!;。！；\n?？]*[?？]")
# "Last year's revenue was $4 million; this year's was half as much again"
_LAST_YEAR: Final = re.compile(r"\b[Ll]ast\s+(?:year|quarter|month|half|season)(?:['’]s)?\s+[^0-9]*$")
_THIS_YEAR: Final = re.compile(
    r"[^.;,]{0,40}[.;,]\s+(?:[a-z]+\s+)?[Tt]his\s+(?:year|quarter|month|half|season)\b"
)


def of_another(
    text: str, start: int, end: int, reading: Reading, label: str, about: About, language: str = "en"
) -> str | None:
    """Why the number at `start` to `end` of a text is not the fact's; None if nothing says so.

    `label` has the words that name the number: its fact's subject and its field.
    """
    if reading.role != "quantity":
        return None
    first, last = sentence_around(text, start, end)
    opening = OPENING.match(text, first, start)
    first = opening.end() if opening else first
    sentence = text[first:last].replace("\n", " ")
    if opening and opening.group()[-1:].isspace():
        sentence = sentence[:1].upper() + sentence[1:]
    if _ASKED.match(text, end):
        return "it is asked"
    if _THIS_YEAR.match(text, end) and _LAST_YEAR.search(text, first, start):
        return "it is said of an earlier time"
    named, period = _YEAR_FIRST.match(sentence), about.period
    if named and period is not None and int(named["year"]) not in {period.first.year, period.last.year}:
        return "its row is named by another year"
    seen = folded_in_place(sentence)  # as the reader sees it: digits, signs and quotes of one width
    own = detecting.language_of(seen)
    language = own if own == "en" or own in MEASURE_WORDS else language
    if language != "en":
        sentence = simplified(seen, language)
        names = [simplified(folded_in_place(name), language) for name in about.names]
        about = about._replace(
            names=[*names, *(_FIRM_END.sub("", one) for one in names if _FIRM_END.search(one))]
        )
    else:
        sentence = plain(sentence, about)
        if is_of_next_period(text, first, sentence, about):
            return "it is said of another period than the sentence before"
    families, words = of_fact(label_of(label), about.label, reading.per == "share")
    countries = [name for place in (*about.places, *about.members) for name in names_of_country(place)]
    said = (*about.names, *about.places, *about.members, *about.things, *countries)
    names = frozenset(stem(word) for one in said for word in WORD.findall(one))
    company = frozenset(stem(word) for one in about.names for word in WORD.findall(one))
    words |= names | _places_of(words)
    if language != "en":
        words |= in_other_languages(words)
    look = Look(sentence, start - first, end - first, reading, about, families, company, words)
    reason = _reason(look, language)
    if reason is None and (heading := LABEL.match(sentence, 0, look.start)):
        inner = OPENING.match(sentence, heading.end(), look.start)
        at = inner.end() if inner else heading.end()
        rest = sentence[at : at + 1].upper() + sentence[at + 1 :]
        reason = _reason(look._replace(text=rest, start=look.start - at, end=look.end - at), language)
    if reason is None and language in {"de", "fr", "es"}:
        reason = of_other_named(look, patterns_of(language), text[:first], text[last:])
    if reason is None and language == "en":
        begin = max(text.rfind("\n", 0, start) + 1, start - _BESIDE)
        beside = text[begin : end + _BESIDE].split("\n", 1)[0]
        return of_other_basis(look, look._replace(text=beside, start=start - begin, end=end - begin))
    return reason


# regions as nouns and adjectives: the stems of other names, by a stem of a subject's word
_REGIONS: Final = {
    stem(name): frozenset(map(stem, others_of.split()))
    for name, others_of in {
        "us": "america american u s", "american": "america americas", "america": "american americas",
        "uk": "britain british", "british": "britain", "britain": "british", "europe": "european",
        "european": "europe", "asia": "asian", "asian": "asia", "africa": "african", "african": "africa", "china": "chinese",
        "chinese": "china", "germany": "german", "german": "germany", "france": "french", "french": "france", "italy": "italian",
        "spain": "spanish", "japan": "japanese", "japanese": "japan", "india": "indian", "indian": "india", "canada": "canadian",
        "brazil": "brazilian", "australia": "australian", "mexico": "mexican", "russia": "russian", "korea": "korean",
        "overseas": "international foreign abroad", "international": "overseas foreign abroad", "foreign": "overseas",
    }.items()
}  # fmt: skip


def _places_of(words: frozenset[str]) -> frozenset[str]:
    """Stems of other names of the regions that a subject names: "European" for "europe"."""
    return frozenset[str]().union(*(_REGIONS[one] for one in words & _REGIONS.keys()))


_BESIDE: Final = 300  # characters on either side of an adjusted number that may tell the plain one


def _reason(look: Look, language: str) -> str | None:
    """Why the number is not the fact's by the rules of a language."""
    return english.reason_of(look) if language == "en" else others.reason_of(look, language)


def names_subject(name: str, label: str, about: About) -> bool:
    """Whether the name of a table's row may be that of the fact's subject. `label` has the words that name the number."""
    families, words = of_fact(label_of(label), about.label, False)
    if any(stem(word) in words for word in WORD.findall(name)):
        return True
    measured = [one for one in measured_in(name, per_share=False) if alike(one.families, families)]
    return bool(measured) or subjects.said(name, name, about.subject, about.label) == "named"


def names_part(text: str, about: About) -> bool:
    """Whether a text names a dimension of the fact."""
    countries = [name for place in about.places for name in names_of_country(place)]
    said = {stem(word) for one in (*about.members, *about.places, *countries) for word in WORD.findall(one)}
    return any(stem(word) in said for word in WORD.findall(text))


def is_headed_by_another(heads: str, label: str, about: About) -> bool:
    """Whether what stands over a table's rows names another measure than the fact's."""
    families, _ = of_fact(label_of(label), about.label, False)
    named = measured_in(heads, per_share=False)
    return bool(named) and bool(families) and not alike(named[-1].families, families)
