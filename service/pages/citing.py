"""Citations as pages show them: the passage within its paragraph, and the numbers that were read in it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from service.core.citations import Citation, JsonPointer, NumberEvidence, TextPosition, TextQuote
from service.operations.registry import ReadableSource
from service.pages import words
from service.pages.passages import Mark, Piece, pieces, window


class NumberShown(NamedTuple):
    """What the check of a citation found for one number of the fact."""

    evidence: NumberEvidence
    anchor: str  # id of the line that tells it
    reason: str


class Shown(NamedTuple):
    """A citation as it is shown."""

    citation: Citation
    pieces: list[Piece]  # of the passage and what is around it; empty if it may not or cannot be shown
    is_cut: tuple[bool, bool]  # whether the text goes on before and after
    numbers: list[NumberShown]
    pointer: str | None  # of an entry of a JSON document
    start: int | None  # where the passage begins in the source
    is_withheld: bool  # kept for checking only
    context: list[str]  # what the passage says beside the numbers, in short words


def shown(citations: Sequence[Citation], documents: Mapping[str, ReadableSource], anchor: str) -> list[Shown]:
    """The citations of one version, those whose passage can be shown first. `anchor` begins the ids of their lines."""
    found = [
        _shown(one, documents.get(one.source.id), f"{anchor}{place}") for place, one in enumerate(citations)
    ]
    return sorted(found, key=lambda one: (one.is_withheld, one.citation.evidence.verdict != "verified"))


def _shown(citation: Citation, document: ReadableSource | None, anchor: str) -> Shown:
    numbers = [
        NumberShown(one, f"{anchor}-{place}", _reason(one))
        for place, one in enumerate(citation.evidence.numbers)
    ]
    is_withheld = document is not None and not document.source.redistribute
    selector, said = citation.selector, words.context(citation.evidence.context)
    if isinstance(selector, JsonPointer):
        return Shown(citation, [], (False, False), numbers, selector.pointer, None, is_withheld, said)
    if selector is None or is_withheld:
        start = None if selector is None else selector.start
        return Shown(citation, [], (False, False), numbers, None, start, is_withheld, said)
    text, offset, first, last = _text(selector, None if document is None else document.text)
    begin = (selector.start or 0) - offset
    marks = [Mark(begin, begin + len(selector.exact or ""), "passage")]
    marks += [
        Mark(
            number.evidence.start - offset,
            number.evidence.end - offset,
            "agrees" if number.evidence.agrees else "differs",
            f"#{number.anchor}",
            number.reason,
        )
        for number in numbers
        if number.evidence.start is not None and number.evidence.end is not None
    ]
    cut = pieces(text, marks, first, last)
    is_cut = (
        (first + offset > 0, True)
        if document is None or document.text is None
        else (first > 0, last < len(text))
    )
    return Shown(citation, cut, is_cut, numbers, None, selector.start, is_withheld, said)


def _text(selector: TextQuote | TextPosition, text: str | None) -> tuple[str, int, int, int]:
    """A text, the place of its beginning in the source, and the stretch of it to show.

    Without the source's text it is the quotation alone, with the words that the writer gave before and after it.
    """
    if text is not None and selector.start is not None and selector.end is not None:
        first, last = window(text, selector.start, selector.end)
        return text, 0, first, last
    before = selector.prefix or "" if isinstance(selector, TextQuote) else ""
    after = selector.suffix or "" if isinstance(selector, TextQuote) else ""
    whole = f"{before}{selector.exact or ''}{after}"
    return whole, (selector.start or 0) - len(before), 0, len(whole)


def _reason(number: NumberEvidence) -> str:
    read = f"read as “{number.text}”" if number.text else "not found in the passage"
    told = f": {number.reason}" if number.reason else ""
    return f"{number.field.replace('/', ' ').replace('_', ' ')} {'agrees' if number.agrees else 'does not agree'}, {read}{told}"
