"""Cuts a text into pieces at the passages and numbers that are marked in it."""

import itertools
from collections.abc import Iterable, Sequence
from typing import NamedTuple

_AROUND = 500  # code points shown at most before and after a passage
_GAPS = ("\n\n", "\n", ". ", " ")


class Mark(NamedTuple):
    """A stretch of a text that is marked, in code points of the text."""

    start: int
    end: int
    what: str  # `passage`, or of a number the verdict (`agrees`, `differs`), or `found` for one that was only read
    to: str = ""  # where the mark leads
    why: str = ""  # shown when the mark has the focus


class Piece(NamedTuple):
    """A stretch of a text between two places where marks begin or end."""

    text: str
    start: int
    passage: bool
    number: Mark | None  # the number that it belongs to
    to: str  # where its passage leads, if that is one place
    begins: bool  # whether a passage begins here


def pieces(
    text: str, marks: Iterable[Mark], start: int = 0, end: int | None = None, also: Iterable[int] = ()
) -> list[Piece]:
    """The pieces of `text[start:end]`, cut also at other places; marks outside are left out."""
    end = len(text) if end is None else min(end, len(text))
    inside = [mark for mark in marks if mark.start < end and mark.end > start and mark.start < mark.end]
    cuts = sorted({start, end, *(max(start, m.start) for m in inside), *(min(end, m.end) for m in inside),
                   *(at for at in also if start < at < end)})  # fmt: skip
    opening = {mark.start for mark in inside if mark.what == "passage"}
    found: list[Piece] = []
    waiting = sorted(inside, key=lambda mark: mark.start)
    open_marks: list[Mark] = []
    for first, last in itertools.pairwise(cuts):
        while waiting and waiting[0].start <= first:
            open_marks.append(waiting.pop(0))
        open_marks = [mark for mark in open_marks if mark.end > first]
        passages = [mark for mark in open_marks if mark.what == "passage"]
        numbers = [mark for mark in open_marks if mark.what != "passage"]
        found.append(
            Piece(
                text[first:last],
                first,
                bool(passages),
                numbers[-1] if numbers else None,
                passages[-1].to if passages else "",
                first in opening,
            )
        )
    return found


def window(text: str, start: int, end: int) -> tuple[int, int]:
    """The paragraph around a passage, at most 500 code points to each side, cut where a sentence or a word ends."""
    first = text.rfind("\n\n", max(0, start - _AROUND), start)
    if first < 0 and start > _AROUND:
        first = next(
            (at + len(gap) for gap in _GAPS if (at := text.find(gap, start - _AROUND, start)) >= 0), start
        )
    last = text.find("\n\n", end, end + _AROUND)
    if last < 0:
        last = min(len(text), end + _AROUND)
        if last < len(text):
            last = next((at + 1 for gap in _GAPS if (at := text.rfind(gap, end, last)) >= 0), last)
    first = max(0, first)
    while first < start and text[first].isspace():
        first += 1
    return first, last


def part(text: str, start: int, size: int) -> tuple[int, int]:
    """The stretch of at most `size` code points that begins at the end of a line at or before `start`."""
    first = 0 if start <= 0 else text.rfind("\n", 0, start + 1) + 1
    first = first if start - first < size else start
    last = min(len(text), first + size)
    if last < len(text):
        cut = text.rfind("\n", first + 1, last)
        last = cut + 1 if cut > first else last
    return first, last


def merged(marks: Sequence[Mark]) -> list[Mark]:
    """Marks without repetitions, in order."""
    return sorted(set(marks), key=lambda mark: (mark.start, mark.end))


def meets(mark: Mark, others: Sequence[Mark]) -> bool:
    """Whether a mark has a code point in common with one of others."""
    return any(mark.start < other.end and other.start < mark.end for other in others)
