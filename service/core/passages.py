"""Finding the passage that a citation names, and telling a reader where it is.

Positions count Unicode code points, as the Web Annotation data model asks. Everything here takes time
linear in the length of the text.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote as percent_encoded

import msgspec
from msgspec import Raw

from service.core.citations import AnySelector, JsonPointer, TextPosition, TextQuote
from service.core.errors import Invalid, QuoteNotFound

PLACES_LISTED = 20
_NEAREST_SHOWN = 240
_PARAGRAPH = 2000
_WRAPPED = 120  # no hard-wrapped line is longer
_STOPS = frozenset('.!?:;"”)')
_LINE_END = re.compile(r"\r?\n[ \t\r\n]*")
_WORD = re.compile(r"\w+")
_PLACE = re.compile(r"0|[1-9][0-9]{0,8}")


class Passage(NamedTuple):
    """What a citation points at: the words, where they start, and the paragraph they stand in.

    For a JSON entry `text` is the entry's JSON and `entry` its value.
    """

    text: str
    start: int
    paragraph: str
    entry: object = msgspec.UNSET
    before: int = 0  # code points of the paragraph that stand before the words
    preceding: str = ""  # up to 4,000 code points before the paragraph


class Entries:
    """The values of a JSON document, found by pointer.

    Each container on the way to one is taken apart when it is first passed, and no further than its members: so
    the facts that cite thousands of entries of one document cost one reading of it together.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._opened: dict[str, dict[str, Raw] | list[Raw] | None] = {}  # None: it holds nothing

    def at(self, path: str, *, pointer: str = "") -> object:
        """What the pointer leads to; `pointer` is where the citation stands in the request.

        Raises Invalid where the text is not JSON, QuoteNotFound where nothing stands there.
        """
        entry: Raw | str = self._text
        walked = ""
        try:
            for token in path.split("/")[1:]:
                found = _member(self._members(walked, entry), token.replace("~1", "/").replace("~0", "~"))
                if found is None:
                    detail = f"nothing stands at {walked}/{token}"
                    where = f"{pointer}/selector/pointer"
                    raise QuoteNotFound(detail, pointer=where)
                entry = found
                walked += f"/{token}"
            return _whole.decode(entry)
        except (msgspec.DecodeError, RecursionError) as error:
            raise Invalid(
                "the archived content is not JSON, so no pointer leads into it",
                pointer=f"{pointer}/selector/pointer",
            ) from error

    def _members(self, path: str, entry: Raw | str) -> dict[str, Raw] | list[Raw] | None:
        if path not in self._opened:
            try:
                self._opened[path] = _containers.decode(entry)
            except msgspec.ValidationError:
                self._opened[path] = None
        return self._opened[path]


_whole: msgspec.json.Decoder[object] = msgspec.json.Decoder(object)
_containers = msgspec.json.Decoder(dict[str, Raw] | list[Raw])


def _member(held: dict[str, Raw] | list[Raw] | None, step: str) -> Raw | None:
    if isinstance(held, dict):
        return held.get(step)
    if held is None or not _PLACE.fullmatch(step) or int(step) >= len(held):
        return None
    return held[int(step)]


def resolve(
    selector: AnySelector | None,
    text: str,
    *,
    public: bool,
    pointer: str = "",
    entries: Entries | None = None,
) -> tuple[AnySelector | None, Passage]:
    """The selector with what the service adds, and the passage it names in `text`.

    `public` says whether more of the text may be shown than was sent, in a refusal or a selector; `pointer`
    is where the citation stands in the request; `entries` are those of the text, where it was looked into
    before. Raises QuoteNotFound, with the nearest passage, where the words do not occur, and Invalid where they
    occur more than once and nothing decides, where a position lies outside, or where a JSON pointer leads nowhere.
    """
    match selector:
        case TextQuote():
            return _quote(selector, text, public=public, pointer=pointer)
        case TextPosition():
            return _position(selector, text, public=public, pointer=pointer)
        case JsonPointer():
            entry = (entries or Entries(text)).at(selector.pointer, pointer=pointer)
            return selector, Passage(msgspec.json.encode(entry).decode(), 0, "", entry)
        case None:
            return None, Passage(text, 0, text)


def _quote(selector: TextQuote, text: str, *, public: bool, pointer: str) -> tuple[TextQuote, Passage]:
    places = [
        place
        for place in _occurrences(selector.exact, text)
        if (selector.prefix is None or text.endswith(selector.prefix, 0, place))
        and (selector.suffix is None or text.startswith(selector.suffix, place + len(selector.exact)))
    ]
    if not places:
        nearest = _nearest(selector.exact, text) if public else None
        said = f'; the nearest passage is "{nearest}"' if nearest else ""
        raise QuoteNotFound(
            f"the quoted words do not occur in the archived text{said}", pointer=f"{pointer}/selector/exact"
        )
    if selector.start is not None and len(places) > 1:
        places = [place for place in places if place == selector.start] or places
    if len(places) > 1:
        listed = ", ".join(f"{p}–{p + len(selector.exact)}" for p in places[:PLACES_LISTED])
        more = f" and {len(places) - PLACES_LISTED} more" if len(places) > PLACES_LISTED else ""
        raise Invalid(
            f"the quoted words occur {len(places)} times, at {listed}{more}; add prefix, suffix or start",
            pointer=f"{pointer}/selector",
        )
    start, end = places[0], places[0] + len(selector.exact)
    found = msgspec.structs.replace(selector, start=start, end=end)
    return found, _passage(text, start, end)


def _position(
    selector: TextPosition, text: str, *, public: bool, pointer: str
) -> tuple[TextPosition, Passage]:
    start, end = selector.start, selector.end
    if not 0 <= start < end <= len(text):
        raise Invalid(
            f"the text has {len(text)} code points; {start}–{end} is no passage of it",
            pointer=f"{pointer}/selector",
        )
    if end - start > 5000:
        raise Invalid(
            f"the passage has {end - start} code points; 5000 is the limit", pointer=f"{pointer}/selector"
        )
    exact = text[start:end]
    if selector.exact is not None and selector.exact != exact:
        raise QuoteNotFound(
            f"other words stand at {start}–{end} than the ones given as exact",
            pointer=f"{pointer}/selector/exact",
        )
    found = msgspec.structs.replace(selector, exact=exact) if public else selector
    return found, _passage(text, start, end)


def _occurrences(words: str, text: str) -> Iterator[int]:
    place = text.find(words)
    while place >= 0:
        yield place
        place = text.find(words, place + 1)


def _passage(text: str, start: int, end: int) -> Passage:
    """A passage with the lines around it, as far as they make one paragraph: 2,000 code points either side."""
    first, last = max(0, start - _PARAGRAPH), min(len(text), end + _PARAGRAPH)
    for line_end in _LINE_END.finditer(text, first, start):
        if _ends_paragraph(text, line_end):
            first = line_end.end()
    for line_end in _LINE_END.finditer(text, end, last):
        if _ends_paragraph(text, line_end):
            last = line_end.start()
            break
    preceding = text[max(0, first - 4000) : first]
    return Passage(text[start:end], start, text[first:last], before=start - first, preceding=preceding)


def _ends_paragraph(text: str, line_end: re.Match[str]) -> bool:
    """Whether a line break is more than the wrapping of a line: a blank line, a full stop, a long line."""
    at = line_end.start()
    if line_end.group().count("\n") > 1 or text[at - 1 : at] in _STOPS:
        return True
    return at > _WRAPPED and "\n" not in text[at - _WRAPPED : at]


def _nearest(words: str, text: str) -> str | None:
    """The stretch of text that shares most words with a quote: a window slid once over its words."""
    wanted = {word.casefold() for word in _WORD.findall(words)}
    if not wanted:
        return None
    places = [(m.start(), m.end(), m.group().casefold()) for m in _WORD.finditer(text)]
    size = max(len(_WORD.findall(words)), 1)
    counts: dict[str, int] = {}
    best, best_at = 0, 0
    for at, (_, _, word) in enumerate(places):
        if word in wanted:
            counts[word] = counts.get(word, 0) + 1
        if at >= size and (left := places[at - size][2]) in wanted:
            counts[left] -= 1
            if not counts[left]:
                del counts[left]
        if len(counts) > best:
            best, best_at = len(counts), at
    if not best:
        return None
    start = places[max(0, best_at - size + 1)][0]
    return text[start : min(places[best_at][1], start + _NEAREST_SHOWN)]


def link(url: str | None, selector: AnySelector | None) -> str | None:
    """An address that opens the passage: a text fragment (WICG Scroll To Text Fragment) on the source's."""
    if url is None:
        return None
    if not isinstance(selector, TextQuote | TextPosition) or selector.exact is None:
        return url
    exact = selector.exact
    if len(exact) > 300:
        # a range, by its first and last words
        words = exact.split()
        directive = f"{_fragment(' '.join(words[:5]))},{_fragment(' '.join(words[-5:]))}"
    else:
        directive = _fragment(exact)
    if isinstance(selector, TextQuote):
        if selector.prefix is not None and selector.prefix.strip():
            directive = f"{_fragment(selector.prefix.strip())}-,{directive}"
        if selector.suffix is not None and selector.suffix.strip():
            directive = f"{directive},-{_fragment(selector.suffix.strip())}"
    joint = "" if "#" in url else "#"
    return f"{url}{joint}:~:text={directive}"


def _fragment(words: str) -> str:
    return percent_encoded(words, safe="").replace("-", "%2D")
