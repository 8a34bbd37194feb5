"""The fold of presentation: decide whether two texts are the same words, set differently.

A faithful quote often differs from the archived text in what a browser, a PDF or a word processor changes by itself: line
breaks and spaces, hyphens at line ends, curly quotes, ligatures, invisible characters, and so on. `docs/citations.md`
lists all of it. Case, letters, digits and signs are never folded, nor are superscripts, fractions and circled forms. A dash
before a number may be a sign, so its kind is not folded either.

`fold` makes the folded form of a text. `Searchable` finds a quote in a long text: a coarser form, the skeleton, gives
the places that may match (by functions in C, in linear time), and only these are folded and compared.

`service.evidence.reading.folding` is another fold: it brings digits and signs to one alphabet to read numbers.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cached_property
from html.entities import html5
from itertools import accumulate
from typing import Final, NamedTuple

WORK: Final = 200_000  # code points of a text that are folded at most to compare it with one quote

# Each step before the last keeps the length of the text, so that positions stay. These stand for what is removed then.
_FILLER: Final = "\ufdd0"  # the rest of a character reference such as `&amp;`
_INVISIBLE: Final = "\ufdd1"
_SOFT_HYPHEN: Final = "\u00ad"
# in the folded text
_DASH: Final = "\u2010"  # a dash of any kind that cannot be a sign
_BREAK: Final = "\ufdd2"  # a hyphen at a line end: part of the word, or of its setting alone

_DASHES: Final = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_MINUS: Final = "\u2212"
_DOUBLE_QUOTES: Final = '"\u201c\u201d\u201e\u201f\u00ab\u00bb\u301d\u301e\u301f\u275d\u275e'
_SINGLE_QUOTES: Final = "'\u2018\u2019\u201a\u201b\u2039\u203a\u02bc`\u00b4\u275b\u275c"
_LINE_ENDS: Final = "\n\r\x0b\x0c\x85\u2028\u2029"
_UNSEEN: Final = (
    "\u034f\u061c\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
    "\ufdd0-\ufdd2\U000e0100-\U000e01ef"
)
_IS_UNSEEN: Final = re.compile(f"[{_UNSEEN}]")
# decompositions of Unicode that change the form of a character and not what it says
_FORMS: Final = frozenset({"<wide>", "<narrow>", "<small>", "<vertical>"})
_SHAPES: Final = frozenset(
    {"<initial>", "<medial>", "<final>", "<isolated>"}
)  # of Arabic letters and ligatures
_LIGATURES: Final = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st",
    "\u0132": "IJ", "\u0133": "ij",
} | {chr(code): unicodedata.normalize("NFKD", chr(code)) for code in range(0xFB13, 0xFB18)}  # fmt: skip
_TABLE: Final = 20_000  # code points kept in a table; a hostile text may hold more


class _Plain(dict[int, str]):
    """For each code point the one that stands for all forms of it."""

    def __missing__(self, code: int) -> str:
        composed = unicodedata.normalize("NFC", chr(code))
        plain = self._kind(_form(composed if len(composed) == 1 else chr(code)))
        if len(self) < _TABLE:
            self[code] = plain
        return plain

    @staticmethod
    def _kind(char: str) -> str:
        if char in _LINE_ENDS:
            return "\n"
        if char.isspace():
            return " "
        if char in _SINGLE_QUOTES:
            return "'"
        if char in _DOUBLE_QUOTES:
            return '"'
        return _INVISIBLE if _IS_UNSEEN.match(char) else char


def _form(char: str) -> str:
    """The code point of which `char` is a full-width, half-width, small or vertical form; else `char`."""
    tag, _, rest = unicodedata.decomposition(char).partition(" ")
    return chr(int(rest, 16)) if tag in _FORMS and " " not in rest else char


class _Skeleton(dict[int, str]):
    """For each code point what is left of it whatever is folded: letters without marks, digits, signs."""

    def __missing__(self, code: int) -> str:
        left = "".join(
            char
            for char in unicodedata.normalize("NFKD", _shape(_PLAIN[code]))
            if not unicodedata.category(char).startswith("M") and _PLAIN[ord(char)] not in _LEFT_OUT
        )
        if len(self) < _TABLE:
            self[code] = left
        return left


_HIDDEN_CHARS: Final = frozenset({_FILLER, _INVISIBLE, _SOFT_HYPHEN})
_LEFT_OUT: Final = frozenset({" ", "\n", "'", '"', ".", "\u2026", *_HIDDEN_CHARS, *_DASHES})
_PLAIN: Final = _Plain({ord(_FILLER): _FILLER})
_SKELETON: Final = _Skeleton()


def _shape(char: str) -> str:
    """The letters of which `char` is a ligature or a contextual form; else `char`."""
    if char in _LIGATURES:
        return _LIGATURES[char]
    tag, _, rest = unicodedata.decomposition(char).partition(" ")
    return "".join(chr(int(part, 16)) for part in rest.split()) if tag in _SHAPES else char


# -- character references ------------------------------------------------------------------------

_REFERENCE: Final = re.compile(r"&(?:#(?:[0-9]{1,7}|[xX][0-9a-fA-F]{1,6})|[A-Za-z][A-Za-z0-9]{1,31});")
_COMMON: Final = {
    "&amp;": "&",
    "&nbsp;": "\xa0",
    "&lt;": "<",
    "&gt;": ">",
    "&quot;": '"',
    "&#39;": "'",
    "&apos;": "'",
}


def _dereferenced(text: str) -> str:
    """The text with the character of each HTML character reference in its place, filled up to its length."""
    if "&" not in text:
        return text
    for reference, char in _COMMON.items():
        text = text.replace(reference, char + _FILLER * (len(reference) - 1))
    return _REFERENCE.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    """The character of a reference; one that means none, or several, stays as it is."""
    reference = match.group()
    if reference[1] != "#":
        char = html5.get(reference[1:], "")
    else:
        number = int(reference[3:-1], 16) if reference[2] in "xX" else int(reference[2:-1])
        char = chr(number) if number in range(0x20, 0x110000) and number not in range(0xD800, 0xE000) else ""
    return reference if len(char) != 1 else char + _FILLER * (len(reference) - 1)


# -- folding -------------------------------------------------------------------------------------


class Folded(NamedTuple):
    """A folded text, and for each of its code points the place in the original that it stands for.

    Several code points may stand for one place, as of a ligature: then all have its start and end.
    """

    text: str
    starts: list[int]
    ends: list[int]

    def begins(self, at: int) -> bool:
        """Whether the code point `at` is the first of its place."""
        return at == 0 or self.starts[at] != self.starts[at - 1]

    def at(self, place: int) -> int:
        """The first code point that stands for `place` of the original or for one after it."""
        low, high = 0, len(self.ends)
        while low < high:
            middle = (low + high) // 2
            if self.ends[middle] > place:
                high = middle
            else:
                low = middle + 1
        return low


def fold(text: str) -> Folded:
    """The folded form of a text. Takes time linear in its length. Never raises."""
    return _folded(_dereferenced(text))


def _extenders() -> str:
    """Code points that may combine with the one before, as a class of a regular expression."""
    marks = [code for code in range(0x300, 0x1F000) if unicodedata.category(chr(code)).startswith("M")]
    runs: list[list[int]] = []
    for code in marks:
        if runs and runs[-1][1] == code - 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    # and the vowels and final consonants of Hangul
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in [*runs, (0x1161, 0x1175), (0x11A8, 0x11C2)])


class _Pieces:
    """The regular expressions of `_folded`; making them takes some milliseconds, so it is done when first needed."""

    @cached_property
    def odd(self) -> re.Pattern[str]:
        """Whatever is not simply copied."""
        hidden, marks = f"{_FILLER}{_INVISIBLE}{_SOFT_HYPHEN}", _extenders()
        return re.compile(
            rf"(?P<wrap>(?<=[^\W_{hidden}]|[{marks}])[-{_DASH}{_SOFT_HYPHEN}][ {hidden}]*\n[ {hidden}]*(?=[^\W_]))"
            rf"|(?P<space>[ \n](?:[{hidden}]*[ \n])*)"
            rf"|(?P<hidden>[{hidden}]+)"
            r"|(?P<ellipsis>\.\.\.|\u2026)"
            rf"|(?P<dash>(?<!-)-{{2,3}}(?!-)|[{_DASHES}])"
            # more marks than text of any language has are left as they are: sorting them takes quadratic time
            rf"|(?P<cluster>[^\x00-\x7f][{marks}]{{0,30}}|[\x00-\x7f][{marks}]{{1,30}})"
        )


_PIECES: Final = _Pieces()


def _folded(text: str) -> Folded:
    """`fold` of a text without character references."""
    plain = text.replace("\r\n", f"{_INVISIBLE}\n").translate(_PLAIN)
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0

    def add(folded: str, start: int, end: int) -> None:
        parts.append(folded)
        starts.extend([start] * len(folded))
        ends.extend([end] * len(folded))

    for match in _PIECES.odd.finditer(plain):
        start, end = match.span()
        parts.append(plain[done:start])
        starts.extend(range(done, start))
        ends.extend(range(done + 1, start + 1))
        done = end
        match match.lastgroup:
            case "wrap":
                before, behind = plain[start - 1].isdigit(), plain[end].isdigit()
                if not before and not behind:
                    add(_BREAK, start, end)
                elif plain[start] == _SOFT_HYPHEN or before != behind:
                    add("" if plain[start] == _SOFT_HYPHEN else _DASH, start, end)
                else:  # a number follows: the line end is a space as elsewhere
                    add(_dash(plain, start, start + 1), start, start + 1)
                    add(" ", start + 1, end)
            case "space":
                add(" ", start, end)
            case "ellipsis":
                add("\u2026", start, end)
            case "dash":
                add(_dash(plain, start, end), start, end)
            case "cluster":
                shaped = "".join(map(_shape, match.group()))
                add(unicodedata.normalize("NFC", shaped), start, end)
            case _:
                pass  # hidden
    parts.append(plain[done:])
    starts.extend(range(done, len(plain)))
    ends.extend(range(done + 1, len(plain) + 1))
    return Folded("".join(parts), starts, ends)


_HIDDEN: Final = re.compile(f"[{_FILLER}{_INVISIBLE}{_SOFT_HYPHEN}]*")
_HIDDEN_OR_SPACE: Final = re.compile(f"[{_FILLER}{_INVISIBLE}{_SOFT_HYPHEN} \n]*")
_BEFORE_NUMBER: Final = re.compile(
    r"[(\[~<>\u2248\u00b1]{0,3}(?:(?:[A-Z]{1,3}\.?)?[$\u00a2-\u00a5\u20a0-\u20c0] ?|[A-Z]{2,3} ?)?[.,]?"
)


def _dash(plain: str, start: int, end: int) -> str:
    """A dash as it is folded: one for all kinds, but as it is where it may be the sign of a number."""
    dash = plain[start:end]
    skipped = (_HIDDEN_OR_SPACE if dash == _MINUS else _HIDDEN).match(plain, end)
    led = _BEFORE_NUMBER.match(plain, end if skipped is None else skipped.end())
    behind = end if led is None else led.end()
    if not plain[behind : behind + 1].isnumeric():
        return _DASH
    if dash == _MINUS:
        return dash
    before = start - 1
    while before >= 0 and (plain[before] in _HIDDEN_CHARS or unicodedata.combining(plain[before])):
        before -= 1
    # glued between, as in "10–12" and "A-5", it is no sign
    glued = before >= 0 and (plain[before].isalnum() or plain[before] in "%\u2030")
    return _DASH if glued else dash


# -- comparing -----------------------------------------------------------------------------------


class Agreement(NamedTuple):
    """How far two folded texts agree: the code points passed in each."""

    quote: int
    text: int


def agreement(quote: str, text: str, start: int = 0) -> Agreement:
    """How far a folded quote agrees with a folded text from `start` on.

    A hyphen at a line end agrees with a hyphen within a line, and with none.
    """
    if text.startswith(quote, start) and _BREAK not in quote:
        return Agreement(len(quote), start + len(quote))
    at, other = 0, start
    while at < len(quote) and other < len(text):
        one, two = quote[at], text[other]
        if one == two or (one == _BREAK and two == _DASH) or (one == _DASH and two == _BREAK):
            at, other = at + 1, other + 1
        elif one == _BREAK:
            at += 1
        elif two == _BREAK:
            other += 1
        else:
            break
    return Agreement(at, other)


# -- searching -----------------------------------------------------------------------------------

_BLOCK: Final = 8192  # code points
_SPACES: Final = 100  # code points
_AROUND: Final = 40  # code points of a text that decide how those between are folded


class Occurrence(NamedTuple):
    """A passage of a text, by code points, with the words around it that were asked for."""

    start: int
    end: int
    before: int  # where the prefix starts
    behind: int  # where the suffix ends


class Search(NamedTuple):
    """The passages found. `complete` is False where too many places look like the quote to compare them all."""

    places: list[Occurrence]
    complete: bool


class _Needle(NamedTuple):
    """A folded quote with the words around it."""

    text: str
    skeleton: str
    lead: int  # code points before the first that leaves something in the skeleton
    first: int  # of the quote itself
    last: int  # just after it
    space_before: bool  # white space at its edges, which is left out of the search
    space_behind: bool


class Searchable:
    """A long text in which quotes are found by their folded form."""

    def __init__(self, text: str) -> None:
        self._original = text

    @cached_property
    def _text(self) -> str:
        return _dereferenced(self._original)

    @cached_property
    def _blocks(self) -> list[str]:
        """The skeleton, block by block."""
        text = self._text
        return [text[at : at + _BLOCK].translate(_SKELETON) for at in range(0, len(text), _BLOCK)]

    @cached_property
    def _skeleton(self) -> str:
        return "".join(self._blocks)

    def find(self, exact: str, prefix: str = "", suffix: str = "", *, most: int) -> Search:
        """At most `most` passages that are `exact` between `prefix` and `suffix`, all as they are folded."""
        needle = _needle(exact, prefix, suffix)
        places: list[Occurrence] = []
        if needle is None:
            return Search(places, complete=True)
        work = 0
        for at in self._candidates(needle.skeleton):
            place, folded = self._compared(needle, at)
            work += folded
            if place is not None:
                places.append(place)
                if len(places) >= most:
                    break
            if work > WORK:
                return Search(places, complete=False)
        return Search(places, complete=True)

    def _candidates(self, skeleton: str) -> Iterator[int]:
        """The places in the text where `skeleton` begins in its skeleton, in order."""
        found = self._skeleton.find(skeleton)
        block, before = 0, 0  # skeleton before the block
        places: list[
            int
        ] = []  # in the skeleton of the block, for each code point of the block: where it ends
        while found >= 0:
            moved = not places
            while found >= before + len(self._blocks[block]):
                before += len(self._blocks[block])
                block += 1
                moved = True
            start = block * _BLOCK
            if moved:
                held = self._text[start : start + _BLOCK]
                places = list(accumulate(map(len, map(_SKELETON.__getitem__, map(ord, held)))))
            inside = _first_above(places, found - before)
            if found - before == (places[inside - 1] if inside else 0):
                yield start + inside
            found = self._skeleton.find(skeleton, found + 1)

    def _compared(self, needle: _Needle, at: int) -> tuple[Occurrence | None, int]:
        """The passage whose first code point in the skeleton is `at`, if it agrees; and how much was folded."""
        text = self._text
        before, size, work = needle.lead + _AROUND, 2 * min(len(needle.text), 64) + _AROUND, 0
        while True:
            first, last = max(0, at - before), min(len(text), at + size)
            window = _folded(text[first:last])
            work += last - first
            # near the cut the text behind it, which is not there, may decide
            sure = len(window.text) if last == len(text) else window.at(max(0, last - first - _AROUND))
            begin = window.at(at - first) - needle.lead
            # so it may before the first code point that is compared
            if first > 0 and (begin < 1 or window.starts[begin] < min(_AROUND, before) // 2):
                if before > 8 * len(needle.text) + 64 * _AROUND:
                    return None, work
                before *= 4
                continue
            if begin < 0:
                return None, work
            agreed = agreement(needle.text, window.text[:sure], begin)
            if agreed.quote == len(needle.text):
                return self._place(needle, window, begin, first), work
            if agreed.text < sure or last == len(text):
                return None, work
            if size > 64 * len(needle.text) + 64 * _AROUND:
                return None, work
            size *= 2

    def _place(self, needle: _Needle, window: Folded, begin: int, first: int) -> Occurrence | None:
        """The passage in the text, if it begins and ends at whole code points of it."""
        held = window.text
        start = agreement(needle.text[: needle.first], held, begin).text
        end = agreement(needle.text[: needle.last], held, begin).text
        behind = agreement(needle.text, held, begin).text
        for edge in (begin, start, end, behind):
            if edge < len(window.starts) and not window.begins(edge):
                return None
        place = Occurrence(
            first + window.starts[start],
            self._filled(first + window.ends[end - 1]),
            first + window.starts[begin],
            self._filled(first + window.ends[behind - 1]),
        )
        if needle.space_before:
            place = place._replace(start=self._spaced(place.start, -1))
        if needle.space_behind:
            place = place._replace(end=self._spaced(place.end, 1))
        return place._replace(before=min(place.before, place.start), behind=max(place.behind, place.end))

    def _spaced(self, edge: int, step: int) -> int:
        """An edge of a passage, moved past at most some white space that stands there."""
        text = self._text
        for _ in range(_SPACES):
            if not text[edge - (step < 0) : edge + (step > 0)].isspace():
                break
            edge += step
        return edge

    def _filled(self, end: int) -> int:
        """An end, moved behind the rest of a character reference."""
        while self._text[end : end + 1] == _FILLER:
            end += 1
        return end


def _needle(exact: str, prefix: str, suffix: str) -> _Needle | None:
    """What to search for; None where nothing is left of the quote by which it could be found."""
    text = _dereferenced(prefix + exact + suffix)
    folded = _folded(text)
    first, last = folded.at(len(prefix)), folded.at(len(prefix) + len(exact))
    if last < len(folded.text) and folded.starts[last] < len(prefix) + len(exact):
        last += 1  # a piece that goes on in the suffix: of white space, which is left out below
    # white space at an edge of the quote, or of all, need not stand in the text
    space_before, space_behind = folded.text[first:last][:1] == " ", folded.text[first:last][-1:] == " "
    first += space_before
    last -= space_behind and last > first
    low = 0 if prefix.strip() else first
    high = len(folded.text) if suffix.strip() else last
    low += low < first and folded.text[low] == " "
    high -= high > last and folded.text[high - 1] == " "
    whole = all(edge >= len(folded.text) or folded.begins(edge) for edge in (low, first, last, high))
    bearing = next(
        (at for at in range(low, high) if text[folded.starts[at] : folded.ends[at]].translate(_SKELETON)),
        None,
    )
    if first >= last or bearing is None or not whole:
        return None
    skeleton = text[folded.starts[low] : folded.ends[high - 1]].translate(_SKELETON)
    edges = first - low, last - low
    return _Needle(folded.text[low:high], skeleton, bearing - low, *edges, space_before, space_behind)


def _first_above(ends: list[int], place: int) -> int:
    """The first of sorted numbers that is greater than `place`."""
    low, high = 0, len(ends)
    while low < high:
        middle = (low + high) // 2
        if ends[middle] > place:
            high = middle
        else:
            low = middle + 1
    return low
