"""Lists of facts by standard concept: for each company and period the fact that answers, by the rule."""

from service.operations.filters import Conditions
from service.store.filters import Condition, Filter, Instead
from service.words.concepts import StandardConcept, concept_of
from service.words.store import fragment, tags_of

_NOW = "'infinity'::date", "9223372036854775807::bigint"  # no bound


def _text(*, now: bool) -> str:
    known, at = _NOW if now else ("q.known", "q.at")
    return fragment("answers_in_list", unit="f.unit" if now else "a.unit").replace(
        "{chosen}",
        fragment("chosen_in_list", unit="f.unit" if now else "a.unit")
        .replace("{answers}", fragment("now") if now else fragment("then", known=known, at=at))
        .replace("{counted}", fragment("counted", known=known, at=at)),
    )


_THEN, _PRESENT = _text(now=False), _text(now=True)


def _condition(concept: StandardConcept) -> Condition:
    of = tags_of(concept)
    given = (
        ("word", "text", concept.slug),
        ("tags", "text", of.tags),
        ("groups", "text", of.groups),
        ("units", "text", of.units),
        ("stock", "boolean", of.stock),
        ("total", "boolean", concept.total),
    )
    return Condition(_THEN, given, now=_PRESENT)


_FILTER = Filter("subject", object, "answer", _condition)


def concept_in(kept: Conditions) -> StandardConcept | None:
    """The standard concept that is the subject of the filters of a list."""
    subject = kept.get("subject")
    return concept_of(_text_or_none(kept.get("kind")), subject) if isinstance(subject, str) else None


def meant(kept: Conditions, concept: StandardConcept) -> Conditions:
    """The filters of a list, with the filter by a standard concept in place of that by its slug."""
    return {**kept, "subject": Instead(_FILTER, concept)}


def _text_or_none(value: object) -> str | None:
    return value if isinstance(value, str) else None
