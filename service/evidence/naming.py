"""Find the names of a fact in a passage: of its company, partners, programs, products, markets and places."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from service.core.citations import NameEvidence
from service.core.countries import names_of_country
from service.core.kinds import Value, names
from service.core.passages import Passage
from service.core.text import is_slug
from service.evidence.about import About

LEGAL_FORM: Final = re.compile(
    r"(?:,?\s+(?:Inc|Incorporated|Corp|Corporation|Co|Company|Ltd|Limited|LLC|LLP|LP|plc|PLC|AG|SE|SA|S\.A|NV|N\.V|AB|ASA"
    r"|Oyj|Abp|A/S|GmbH|KGaA|SpA|S\.p\.A|Holdings?|Group)\.?)+$"
)
_LONGEST: Final = 200  # characters of a name that are compared


def found(value: Value, passage: Passage, about: About) -> list[NameEvidence]:
    """For each name in the fact, whether it, or an alias of it, is in the quote or its paragraph."""
    made: list[NameEvidence] = []
    if about.names:
        made.append(_evidence("company", about.names[0], about.names, passage))
    for one in names(value):
        # a market is named by common words: a capital says nothing
        name = one.name.lower() if one.sort == "market" else one.name
        aliases = _aliases(name, one.sort == "location", about)
        made.append(_evidence(one.field, one.name, aliases, passage))
    for place in about.places:
        if not any(one.name == place for one in made):
            made.append(_evidence("geography", place, _aliases(place, True, about), passage))
    return made[:100]


def _evidence(field: str, name: str, aliases: Iterable[str], passage: Passage) -> NameEvidence:
    forms = list(_forms(aliases))
    if any(_stands_in(form, passage.text) for form in forms):
        return NameEvidence(field=field, name=name, found="in_quote")
    is_near = any(_stands_in(form, passage.paragraph or passage.text) for form in forms)
    return NameEvidence(field=field, name=name, found="in_paragraph" if is_near else "nowhere")


def _aliases(name: str, place: bool, about: About) -> Sequence[str]:
    if name in about.others:
        return about.others[name]
    if place:
        return (name, name.replace("-", " "), *names_of_country(name))
    return (name, name.replace("-", " ")) if is_slug(name) else (name,)


def _forms(aliases: Iterable[str]) -> Iterable[str]:
    """Names with and without their legal form (Inc., AG)."""
    for name in dict.fromkeys(aliases):
        yield name
        if (short := LEGAL_FORM.sub("", name)) and short != name:
            yield short


def _stands_in(name: str, text: str) -> bool:
    """Whether the name occurs as whole words, with its capital if it has one: "Apple" does not match "apple"."""
    pattern = _pattern(name[:_LONGEST])
    if pattern is None:
        return False
    return any(match.group()[0] == name[0] or not name[0].isupper() for match in pattern.finditer(text))


@lru_cache(maxsize=2000)
def _pattern(name: str) -> re.Pattern[str] | None:
    words = [re.escape(word) for word in re.split(r"[\s-]+", name) if word]
    if not words:
        return None
    edge, behind = (r"\b", r"(?:s|es)?\b" if name.islower() else r"\b") if name.isascii() else ("", "")
    return re.compile(edge + r"[\s-]+".join(words) + behind, re.IGNORECASE)
