"""Find the passage that a citation names, and build a link that opens it.

Positions count Unicode code points, as in the W3C Web Annotation data model. Every function takes time linear in the
length of the text.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate, compress, islice
from typing import NamedTuple
from urllib.parse import quote as percent_encoded

import msgspec
from msgspec import Raw

from service.core.citations import AnySelector, JsonPointer, TextPosition, TextQuote
from service.core.errors import Flaw, Invalid, QuoteNotFound
from service.core.places import unescaped
from service.core.presentation import Agreement, Folded, Occurrence, Searchable, agreement, fold
from service.core.words import Stretch

PLACES_LISTED = 20
PLACES_COUNTED = 10_000
LONGEST = 5000  # code points of a passage
LONGEST_CONTEXT = 300  # code points of a prefix or suffix
_NEAREST_SHOWN = 240
_SIGHTINGS = 2000  # of the words of a quote in any text
_ALIGNED = 60  # code points before and after the start of the nearest words in which the quote may begin
_NO_WORD = " \"'([{<*_#-\u2010\u2026.,;:!?"
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
                found = _member(self._members(walked, entry), unescaped(token))
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
    searchable: Searchable | None = None,
) -> tuple[AnySelector | None, Passage]:
    """Find the passage that `selector` names in `text`; returns the completed selector and the passage.

    `public`: the text may be shown, so a refusal quotes the nearest passage and a position gains its words.
    `pointer`: where the citation stands in the request, for problems. `entries` and `searchable`: what is
    kept of the text for the citations after it.

    Raises QuoteNotFound if the words do not occur or a JSON pointer leads nowhere. Raises Invalid if the words occur
    more than once and nothing decides between them, if a position lies outside the text, or if the text is not JSON.
    """
    match selector:
        case TextQuote():
            searchable = searchable or Searchable(text)
            return _quote(selector, text, searchable, public=public, pointer=pointer)
        case TextPosition():
            return _position(selector, text, public=public, pointer=pointer)
        case JsonPointer():
            entry = (entries or Entries(text)).at(selector.pointer, pointer=pointer)
            return selector, Passage(msgspec.json.encode(entry).decode(), 0, "", entry)
        case None:
            return None, Passage(text, 0, text)


def _quote(
    selector: TextQuote, text: str, searchable: Searchable, *, public: bool, pointer: str
) -> tuple[TextQuote, Passage]:
    """The passage of a quote: where the words occur exactly, else where they do under the fold of presentation."""
    exact, prefix, suffix = selector.exact, selector.prefix or "", selector.suffix or ""
    places = list(islice(_occurrences(prefix, exact, suffix, text), PLACES_COUNTED + 1))
    if len(places) > PLACES_COUNTED and (named := _at_start(selector, text)) is not None:
        places = [named]
    folded = not places
    if folded:
        places, complete = searchable.find(exact, prefix, suffix, most=PLACES_COUNTED + 1)
        if not complete:
            raise Invalid(
                "too many passages look like the quoted words to compare them all; quote more words",
                pointer=f"{pointer}/selector",
            )
        if not places:
            raise _not_found(exact, text, public=public, pointer=f"{pointer}/selector/exact")
    place = places[0] if len(places) == 1 else _chosen(selector, places, pointer=f"{pointer}/selector")
    start, end = place.start, place.end
    if end - start > LONGEST:
        raise _too_long(place, pointer=f"{pointer}/selector")
    if not folded:
        # a client's `matched` is ignored; that of a recorded selector stays with its place
        matched = selector.matched if (selector.start, selector.end) == (start, end) else None
        found = msgspec.structs.replace(selector, start=start, end=end, matched=matched)
    else:
        found = msgspec.structs.replace(
            selector,
            exact=text[start:end],
            prefix=_archived(selector.prefix, text[place.before : start]),
            suffix=_archived(selector.suffix, text[end : place.behind]),
            start=start,
            end=end,
            matched="folded",
        )
    return found, _passage(text, start, end)


def _archived(given: str | None, words: str) -> str | None:
    """The prefix or suffix as it is archived, where one was given and these words may be one."""
    return given if given is None or not 0 < len(words) <= LONGEST_CONTEXT else words


def _chosen(selector: TextQuote, places: Sequence[Occurrence], *, pointer: str) -> Occurrence:
    """The one of several places that the selector's `start` names. Raises Invalid where it names none."""
    for place in places:
        if place.start == selector.start:
            return place
    listed = ", ".join(f"{place.start}–{place.end}" for place in places[:PLACES_LISTED])
    if len(places) > PLACES_COUNTED:
        count, more = f"more than {PLACES_COUNTED}", " and more"
    else:
        count = str(len(places))
        more = f" and {len(places) - PLACES_LISTED} more" if len(places) > PLACES_LISTED else ""
    raise Invalid(
        f"the quoted words occur {count} times, at {listed}{more}; add prefix, suffix or start",
        pointer=pointer,
    )


def _too_long(place: Occurrence | TextPosition, *, pointer: str) -> Invalid:
    length = place.end - place.start
    return Invalid(f"the passage has {length} code points; {LONGEST} is the limit", pointer=pointer)


def _position(
    selector: TextPosition, text: str, *, public: bool, pointer: str
) -> tuple[TextPosition, Passage]:
    start, end = selector.start, selector.end
    if not 0 <= start < end <= len(text):
        raise Invalid(
            f"the text has {len(text)} code points; {start}–{end} is no passage of it",
            pointer=f"{pointer}/selector",
        )
    if end - start > LONGEST:
        raise _too_long(selector, pointer=f"{pointer}/selector")
    exact = text[start:end]
    if selector.exact is not None and selector.exact != exact:
        raise QuoteNotFound(
            f"other words stand at {start}–{end} than the ones given as exact",
            pointer=f"{pointer}/selector/exact",
        )
    found = msgspec.structs.replace(selector, exact=exact) if public else selector
    return found, _passage(text, start, end)


def _occurrences(prefix: str, exact: str, suffix: str, text: str) -> Iterator[Occurrence]:
    """Each place of `exact` between `prefix` and `suffix`; places may overlap."""
    words = f"{prefix}{exact}{suffix}"
    found = text.find(words)
    while found >= 0:
        start = found + len(prefix)
        yield Occurrence(start, start + len(exact), found, found + len(words))
        found = text.find(words, found + 1)


def _at_start(selector: TextQuote, text: str) -> Occurrence | None:
    """The place that the selector's `start` names, if the words occur there."""
    prefix, suffix = selector.prefix or "", selector.suffix or ""
    if selector.start is None or selector.start < len(prefix):
        return None
    before, end = selector.start - len(prefix), selector.start + len(selector.exact)
    if not text.startswith(f"{prefix}{selector.exact}{suffix}", before):
        return None
    return Occurrence(selector.start, end, before, end + len(suffix))


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


# -- what is nearest to a quote that is not there ------------------------------------------------


class _Nearest(NamedTuple):
    """The passage nearest to a quote, and where both differ first."""

    start: int
    end: int
    difference: str


def _not_found(exact: str, text: str, *, public: bool, pointer: str) -> QuoteNotFound:
    """The problem of a quote that does not occur; where the text is public, it shows the nearest passage."""
    detail = "the quoted words do not occur in the archived text"
    nearest = _nearest(exact, text) if public else None
    if nearest is None:
        return QuoteNotFound(detail, pointer=pointer)
    shown = text[nearest.start : min(nearest.end, nearest.start + _NEAREST_SHOWN)]
    detail = (
        f'{detail}; the nearest passage is "{shown}", at {nearest.start}–{nearest.end}: {nearest.difference}'
    )
    flaw = Flaw(detail=detail, pointer=pointer, start=nearest.start, end=nearest.end)
    return QuoteNotFound(detail, errors=[flaw])


def _nearest(exact: str, text: str) -> _Nearest | None:
    """The passage that shares most different words with a quote; None where none shares one."""
    words = [word.casefold() for word in _WORD.findall(exact)]
    window = _nearest_window(set(words), len(words), text) if words else None
    if window is None:
        return None
    first = max(0, window.start - _ALIGNED)
    around = text[first : window.end + _ALIGNED]
    quote, passage = fold(exact), fold(around)
    begin, agreed = _aligned(quote, passage, around, window.start - first)
    start = first + _place(around, passage, begin)
    end = max(window.end, first + passage.ends[agreed.text - 1] if agreed.text > begin else start)
    if (word := _WORD.match(text, end)) is not None:
        end = word.end()
    difference = (
        f"at character {_place(exact, quote, agreed.quote)} the quote has {_code_point(exact, quote, agreed.quote)}, "
        f"the text {_code_point(around, passage, agreed.text)}"
    )
    return _Nearest(start, min(end, start + LONGEST), difference)


def _nearest_window(wanted: set[str], size: int, text: str) -> Stretch | None:
    """The `size` words in a row among which are most of the wanted ones; the first such stretch.

    Of wanted words that are frequent in a long text only the rarest are looked for, so that all texts cost about alike.
    """
    words = list(map(str.casefold, _WORD.findall(text)))
    counts = Counter(words)
    most = max(_SIGHTINGS, len(words) // 10)
    rarest = sorted(wanted & counts.keys(), key=lambda word: (counts[word], word))
    sums = accumulate(counts[word] for word in rarest)
    kept = {word for word, so_far in zip(rarest, sums, strict=True) if so_far <= most} or set(rarest[:1])
    seen: dict[str, int] = {}  # the wanted words of the window, by the number of their last sighting
    found, best = 0, (0, 0)
    sightings = compress(enumerate(words), map(kept.__contains__, words))
    for number, word in islice(sightings, most):
        seen.pop(word, None)
        seen[word] = number
        while (first := next(iter(seen))) and seen[first] <= number - size:
            del seen[first]
        if len(seen) > found:
            found, best = len(seen), (max(0, number - size + 1), number)
    if not found:
        return None
    matches = islice(_WORD.finditer(text), best[0], best[1] + 1)
    begin = next(matches)
    *_, end = begin, *matches
    return Stretch(begin.start(), end.end())


def _aligned(quote: Folded, passage: Folded, text: str, place: int) -> tuple[int, Agreement]:
    """Where in a folded passage the folded quote begins: near `place`, at the word from which most agrees."""
    lead = len(quote.text) - len(
        quote.text.lstrip(_NO_WORD)
    )  # of brackets and the like before its first word
    begin = passage.at(place)
    agreed = agreement(quote.text, passage.text, begin)
    for word in _WORD.finditer(text, 0, place + _ALIGNED):
        other = max(0, passage.at(word.start()) - lead)
        found = agreement(quote.text, passage.text, other)
        if found.quote > max(lead, agreed.quote):
            begin, agreed = other, found
    return begin, agreed


def _place(text: str, folded: Folded, at: int) -> int:
    """The place in a text that a code point of its folded form stands for."""
    return folded.starts[at] if at < len(folded.starts) else len(text)


def _code_point(text: str, folded: Folded, at: int) -> str:
    """The number of the code point at a place of the folded form, as U+0041."""
    place = _place(text, folded, at)
    return f"U+{ord(text[place]):04X}" if place < len(text) else "no more"


# -- links ---------------------------------------------------------------------------------------


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
