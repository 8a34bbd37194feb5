"""What a passage says of a fact beside its numbers: names, period, subject and modality. It never changes a verdict."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from service.core.citations import Modality, NumberEvidence, PassageContext
from service.core.kinds import Value, main_quantity, numbers
from service.core.passages import Passage
from service.evidence import naming, periods, subjects
from service.evidence.about import About
from service.evidence.reading import denials, modality
from service.evidence.reading.languages import detecting
from service.evidence.reading.languages.all import LANGUAGES
from service.evidence.reading.reader import TextRead
from service.evidence.reading.tokens import Tokens

_READ: Final = frozenset({"en", *(language.code for language in LANGUAGES)})
_AROUND: Final = 1500  # code points of a sentence on either side of the passage
_LONGEST: Final = (
    2000  # code points of a passage whose period and subject are looked for without a number in it
)


def of_passage(
    value: Value,
    passage: Passage,
    about: About,
    language: str,
    around: TextRead,
    offset: int,
    checked: Sequence[NumberEvidence],
) -> PassageContext:
    """The context of a passage in a text.

    `around` is read of the passage with its surroundings, in which the passage begins at `offset`; `checked` is what was found
    of each number.
    """
    paragraph = passage.paragraph or passage.text
    main = main_number(value, checked)
    at = passage.before, passage.before + len(passage.text)
    number: tuple[int, int] | None = None
    if main is not None and main.agrees and main.start is not None and main.end is not None:
        shift = passage.before - passage.start
        number = at = main.start + shift, main.end + shift
    start, end = sentence_around(paragraph, *at)
    sentence = paragraph[start:end]
    known = language if language in _READ else ""
    period = subject = None
    if number is None and len(passage.text) > _LONGEST:
        known = ""
    if known and about.period is not None:
        place = None if number is None else (number[0] - start, number[1] - start)
        period = periods.said(sentence, place, about.period, about.fiscal)
    if known:
        near = paragraph[max(0, at[0] - 2 * _AROUND) : at[1] + 2 * _AROUND]
        subject = subjects.said(sentence, near, about.subject, about.label)
        if subject == "silent" and known != "en":
            subject = None  # other languages have few synonyms here
    return PassageContext(
        names=naming.found(value, passage, about),
        period=period,
        subject=subject,
        modality=_modality(value, passage, known, around, offset, main),
    )


def main_number(value: Value, checked: Sequence[NumberEvidence]) -> NumberEvidence | None:
    """The evidence of the main number, or of the first if the value has no main one."""
    quantity = main_quantity(value)
    for number, found in zip(numbers(value), checked, strict=True):
        if quantity is None or number.quantity is quantity:
            return found
    return checked[0] if checked else None


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentences, or the row of a table, that the passage lies in; at most so much of them on either side."""
    floor = max(0, start - _AROUND)
    window = text[floor : end + _AROUND]
    stops = [stop for _, stop in detecting.sentences(window)]
    # a line break ends a sentence only in a table; other lines are wrapped
    stops = [stop for stop in stops if window[stop - 1] != "\n" or not detecting.is_wrapped(window, stop - 1)]
    at = bisect_right(stops, start - floor)
    first = stops[at - 1] if at else 0
    last = next((stop for stop in stops[at:] if stop >= end - floor), len(window))
    return floor + first, floor + last


def _modality(
    value: Value, passage: Passage, language: str, around: TextRead, offset: int, main: NumberEvidence | None
) -> Modality | None:
    if not language:
        return None
    if not numbers(value):
        return _of_words(passage) if language == "en" else None
    first, last = offset, offset + len(passage.text)
    if main is not None and main.agrees and main.start is not None:
        place = main.start - passage.start + offset
        at = bisect_right(around.readings, place, key=lambda one: one.end)
        if at < len(around.readings) and around.readings[at].start <= place + len(main.text or ""):
            return around.readings[at].modality
        return None
    if any(first <= start < last for start, _ in around.denied):
        return "denied"
    said: set[Modality] = {one.modality for one in around.readings if first <= one.start < last}
    return said.pop() if len(said) == 1 else None


def _of_words(passage: Passage) -> Modality:
    """The modality of a passage for a fact without numbers."""
    paragraph = passage.paragraph or passage.text
    start, _ = sentence_around(paragraph, passage.before, passage.before + len(passage.text))
    tokens = Tokens(paragraph[start : passage.before + len(passage.text)])
    tokens.doubts, tokens.hopes = denials.marked(tokens.low), modality.marked(tokens.low)
    if denials.is_denied(tokens, tokens.count, tokens.count):
        return "denied"
    return "expected" if modality.is_expected(tokens, tokens.count, tokens.count) else "stated"
