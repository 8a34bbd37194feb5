"""Find the passage that a citation names, and build a link that opens it.

Positions count Unicode code points, as in the W3C Web Annotation data model. Every function takes time linear in the
length of the text.
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
    """The passage that a citation names: its words, its start in the text, and the paragraph around it.

    For an entry of a JSON document `text` is the entry's JSON and `entry` its value.
    """

    text: str
    start: int
    paragraph: str
    entry: object = msgspec.UNSET
    before: int = 0  # code points of the paragraph before the words
    preceding: str = ""  # up to 4,000 code points before the paragraph


class Entries:
    """Look up values of a JSON document by pointer.

    Each container on the way is decoded once, one level deep, and kept. Thousands of look-ups in one document
    therefore cost about as much as decoding it once.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._opened: dict[str, dict[str, Raw] | list[Raw] | None] = {}  # by path; None: not a container

    def at(self, path: str, *, pointer: str = "") -> object:
        """The value at the JSON pointer `path`. `pointer` says where the citation stands in the request.

        Raises Invalid if the text is not JSON, and QuoteNotFound if the document has no such entry.
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
    """Find the passage that `selector` names in `text`; returns the completed selector and the passage.

    `public`: the text may be shown, so a refusal quotes the nearest passage and a position gains its words.
    `pointer`: where the citation stands in the request, for problems. `entries`: the decoded containers of the text,
    if it was looked into before.

    Raises QuoteNotFound if the words do not occur or a JSON pointer leads nowhere. Raises Invalid if the words occur
    more than once and nothing decides between them, if a position lies outside the text, or if the text is not JSON.
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
    """The passage with its paragraph, of which at most 2,000 code points on either side are taken."""
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
    """Whether a line break ends a paragraph.

    It does after a blank line, after a full stop, and after a line longer than hard-wrapped text has. Other line
    breaks only wrap the lines of one paragraph.
    """
    at = line_end.start()
    if line_end.group().count("\n") > 1 or text[at - 1 : at] in _STOPS:
        return True
    return at > _WRAPPED and "\n" not in text[at - _WRAPPED : at]


def _nearest(words: str, text: str) -> str | None:
    """The stretch of text that shares most words with a quote, by a window moved once over the text."""
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
    """The source's address with a text fragment (WICG Scroll To Text Fragment) that opens the passage."""
    if url is None:
        return None
    if not isinstance(selector, TextQuote | TextPosition) or selector.exact is None:
        return url
    exact = selector.exact
    if len(exact) > 300:
        # a long quote is given as a range: its first and its last five words
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
