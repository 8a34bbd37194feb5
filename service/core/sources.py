"""Sources as posted and as recorded, and the extraction of text from their content."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from importlib.metadata import version
from typing import Annotated, NamedTuple, cast

import msgspec
from msgspec import Meta

from service.core import encodings, identity
from service.core.citations import Described, LanguageTag, SourceDescription, SourceId
from service.core.encodings import UTF_8
from service.core.errors import Invalid
from service.core.facts import Instant, Position
from service.core.html_tables import PageTables, Table, tables
from service.core.passages import Entries
from service.core.presentation import Searchable
from service.core.text import Text

CONTENT_LIMIT = 50_000_000

_Content = Annotated[
    str, Meta(max_length=CONTENT_LIMIT, pattern=r"^[^\x00]*$", extra={"form": "text without NUL"})
]
_Bytes = Annotated[bytes, Meta(max_length=CONTENT_LIMIT)]
_Hash = Annotated[
    str,
    Meta(
        pattern=r"^[0-9a-f]{64}$(?!\n)",
        max_length=64,
        extra={"form": "a SHA-256, which is 64 hexadecimal digits in lower case"},
    ),
]


_Label = Annotated[
    str,
    Meta(pattern=r"^[!-~]+$(?!\n)", max_length=40, extra={"form": "the name of an encoding, such as utf-8"}),
]


class PostSource(SourceDescription, frozen=True, kw_only=True):
    """A document or data set, with its content, the hash of its content, or its address alone."""

    text: Annotated[
        _Content | None,
        Meta(
            description="Its content, to be archived; hashed as UTF-8.",
            examples=["Alibaba Cloud holds a 36 percent share of AI cloud in China."],
        ),
    ] = None
    base64: Annotated[
        _Bytes | None,
        Meta(
            description="Its content as bytes in Base64, where it is no UTF-8 text: a page in another encoding.",
            examples=["PHA+TfxsbGVyPC9wPg=="],
        ),
    ] = None
    charset: Annotated[
        _Label | None,
        Meta(
            description="What the encoding of `base64` is called, where that is known: by the `Content-Type` that the page "
            "came with, say. It counts before what the page says of itself.",
            examples=["iso-8859-1"],
        ),
    ] = None
    sha256: Annotated[
        _Hash | None,
        Meta(
            description="SHA-256 of its content, where the content itself is not given.",
            examples=["2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"],
        ),
    ] = None
    derived_from: Annotated[
        list[SourceId],
        Meta(
            max_length=20,
            description="The sources that it restates, translates or sums up. May be said once, also later.",
            examples=[["sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"]],
        ),
    ] = msgspec.field(default_factory=list[str])


class Source(Described, frozen=True, kw_only=True):
    """A source as recorded."""

    media_type: Annotated[
        str, Meta(max_length=100, description="IANA media type of its content.", examples=["text/plain"])
    ]
    redistribute: Annotated[
        bool, Meta(description="Whether the archived text may be served.", examples=[True])
    ]
    note: Annotated[
        Text | None,
        Meta(
            description="What a reader should know about it.",
            examples=["Restates the article in our own words."],
        ),
    ]
    language: LanguageTag | None
    archived: Annotated[bool, Meta(description="Whether its content is archived.", examples=[True])]
    derived_from: Annotated[
        list[SourceId],
        Meta(
            max_length=20,
            description="The sources that it restates, translates or sums up.",
            examples=[["sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"]],
        ),
    ] = msgspec.field(default_factory=list[str])
    recorded_at: Instant
    position: Position


@dataclass(frozen=True)
class Snapshot:
    """Archived content: the bytes that were hashed, and the text in which selectors count."""

    content: bytes
    media_type: str
    extracted: str | None  # the text; None if it is the content decoded as UTF-8
    extractor: str | None  # name and version of what extracted the text; None if nothing had to
    # large content as the database keeps it; its text is then decoded when needed
    gzipped: bytes | None = None
    # the hash of content that may not be redistributed, of which a mirror has nothing else
    withheld: bytes | None = None

    @property
    def digest(self) -> bytes:
        """SHA-256 of the content."""
        return self.withheld or sha256(self.content).digest()

    @property
    def size(self) -> int:
        """Length of the text in code points; of content not yet decoded, its length in bytes."""
        return len(self.content) if self.extracted is None else len(self.extracted)

    @cached_property
    def text(self) -> str:
        """The text in which selectors count."""
        return self.content.decode() if self.extracted is None else self.extracted

    @cached_property
    def entries(self) -> Entries:
        """The entries of the text by JSON pointer."""
        return Entries(self.text)

    @cached_property
    def searchable(self) -> Searchable:
        """The text for quotes whose presentation differs."""
        return Searchable(self.text)

    @cached_property
    def tables(self) -> PageTables:
        """The tables of an archived page; none of other content."""
        if self.withheld is not None or not is_page(self.media_type):
            return PageTables("", "")
        try:
            return PageTables(page_of(self), self.text)
        except Invalid:  # its rules of decoding were others then
            return PageTables("", "")


class NamedSource(NamedTuple):
    """A posted source with its id."""

    id: str
    description: SourceDescription
    content: bytes | None
    encoding: str | None = None  # of the content, if the request names it
    derived_from: Sequence[str] = ()


def named(post: PostSource) -> NamedSource:
    """The posted source with its id, which is a hash of its content or else of its address.

    Raises Invalid if it has neither, if `sha256` differs from the content's hash, or if `charset` is unknown.
    """
    description = msgspec.convert(
        {f: getattr(post, f) for f in SourceDescription.__struct_fields__}, SourceDescription
    )
    if post.text is not None and post.base64 is not None:
        raise Invalid("give text, or base64 where the content is no text; not both", pointer="/base64")
    if post.charset is not None and post.base64 is None:
        raise Invalid("charset is said of base64; text is Unicode already", pointer="/charset")
    if post.text is not None:
        content, encoding = post.text.encode(), UTF_8
    else:
        content = post.base64
        encoding = None if post.charset is None else encoding_of(post.charset, pointer="/charset")
    if content is not None:
        source_id = identity.content_id(content)
        if post.sha256 is not None and source_id != f"sha256:{post.sha256}":
            raise Invalid(f"the content has the hash {source_id.removeprefix('sha256:')}", pointer="/sha256")
    elif post.sha256 is not None:
        source_id = f"sha256:{post.sha256}"
    elif post.url is not None:
        source_id = identity.address_id(post.url)
    else:
        raise Invalid(
            "give text, base64, sha256 or url: a source is named by its content or its address",
            pointer="/url",
        )
    return NamedSource(source_id, description, content, encoding, post.derived_from)


# -- the text of content -------------------------------------------------------------------------

_HTML = frozenset({"text/html", "application/xhtml+xml"})
# rules by which the encoding is found and decoded; raise the number with every change of them
_RULES = "whatwg 1"
_EXTRACTOR = re.compile(r"(?:html-text \S+)?(?:, )?whatwg \d+: (?P<encoding>\S+) as (?P<how>given|found)")


class ExtractedText(NamedTuple):
    """Text extracted from content."""

    text: str | None  # None if it is the content decoded as UTF-8
    extractor: str | None  # name and version of what extracted it; None if nothing had to


_TAG = rb"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,7}"
_LANG = re.compile(
    rb"<html\b[^>]{0,1000}?(?<![\w:-])lang\s*=\s*(?:[\"']\s*("
    + _TAG
    + rb")\s*[\"']|("
    + _TAG
    + rb")(?=[\s>]))",
    re.IGNORECASE,
)
_HEAD = 4096  # bytes of a page in which its language is looked for


def language_of_page(media_type: str, content: bytes | None) -> str | None:
    """The language that a page declares (`<html lang>`); None if it declares none or is no page."""
    if content is None or not is_page(media_type):
        return None
    found = _LANG.search(content[:_HEAD])
    return None if found is None else (found[1] or found[2]).decode("ascii")


def is_page(media_type: str) -> bool:
    """Whether the media type is HTML, whose text has to be extracted."""
    return media_type in _HTML


def encoding_of(label: str, *, pointer: str = "", parameter: str | None = None) -> str:
    """The encoding with this label. Raises Invalid if there is none, or if it is never decoded.

    The problem names the JSON pointer, or the parameter if one is given.
    """
    name = encodings.named(label)
    if name is None or name == "replacement":
        detail = f"{label[:100]!r} is no encoding that a web page may have"
        raise Invalid(detail, pointer=None if parameter else pointer, parameter=parameter)
    return name


def snapshot(content: bytes, media_type: str, encoding: str | None = None) -> Snapshot:
    """The content as a Snapshot, with the text that `read` extracts. Raises Invalid, as `read` does."""
    text, extractor = read(content, media_type, encoding)
    return Snapshot(content, media_type, text, extractor)


def read(content: bytes, media_type: str, encoding: str | None = None) -> ExtractedText:
    """Extract the text in which selectors count.

    HTML gives its visible text, block by block. Plain text, Markdown and JSON are taken as they are. The encoding is
    that of a byte order mark, else `encoding` (named by the request), else what the page declares, else UTF-8.
    Raises Invalid if the content does not fit its encoding or media type, or if the type gives no text.
    """
    text, name, how = _decoded(content, media_type, encoding)
    rules = f"{_RULES}: {name} as {how}"
    if is_page(media_type):
        return ExtractedText(_clean(_seen(text)), f"html-text {version('html-text')}, {rules}")
    return ExtractedText(_clean(text), None if name == UTF_8 else rules)


class _Decoded(NamedTuple):
    text: str
    encoding: str
    how: str  # `given` by the request, else `found`


def _decoded(content: bytes, media_type: str, encoding: str | None) -> _Decoded:
    """Content as Unicode. Raises Invalid, as `read` does."""
    is_json = media_type == "application/json" or media_type.endswith("+json")
    if not is_page(media_type) and not is_json and not media_type.startswith("text/"):
        raise _unreadable("/media_type", f"no text is read out of {media_type}")
    if is_json and encoding not in {None, UTF_8}:
        raise _unreadable("/charset", f"JSON is in UTF-8, not in {encoding}")
    mark = None if is_json else encodings.marked(content)
    if mark is not None:
        name, how = mark.encoding, "found"
    elif encoding is not None:
        name, how = encoding, "given"
    else:
        name, how = (is_page(media_type) and _said(content, media_type)) or UTF_8, "found"
    # plain UTF-8 text keeps its byte order mark: offsets count it, and it is part of the hash
    skipped = mark.length if mark is not None and (is_page(media_type) or name != UTF_8) else 0
    try:
        return _Decoded(encodings.decoded(content[skipped:] if skipped else content, name), name, how)
    except encodings.Undecodable as error:
        raise _unreadable("/text", str(error)) from error


def read_one(_: None, asked: tuple[bytes, str, str | None]) -> ExtractedText:
    """`read` in the form that `evidence.asides` calls in another process."""
    return read(*asked)


def _said(content: bytes, media_type: str) -> str | None:
    """The encoding that an HTML or XHTML page declares, or None."""
    said = (encodings.said_in_meta, encodings.said_in_xml)
    for look in said if media_type == "text/html" else reversed(said):
        if (found := look(content)) is not None:
            return found
    return None


def _seen(page: str) -> str:
    """The visible text of HTML that is decoded already. Raises Invalid if it cannot be parsed."""
    # imported here: the parser is large, and most processes never archive a page
    import html_text
    from lxml.etree import LxmlError  # pyright: ignore[reportUnknownVariableType]: lxml is untyped

    refusals = cast("tuple[type[Exception], ...]", (LxmlError, AssertionError, ValueError, RecursionError))
    try:
        return html_text.extract_text(page)  # pyright: ignore[reportUnknownMemberType]: the same
    except refusals as error:
        raise _unreadable("/text", f"no text can be read out of this HTML: {error}") from error


def _clean(text: str) -> str:
    return text.replace("\x00", "\ufffd")


class Sent(NamedTuple):
    """The content fields of a POST that archives this content again with the same text."""

    text: str | None = None
    base64: bytes | None = None
    charset: str | None = None


def sent_again(archived: Snapshot) -> Sent:
    """How to send archived content so that the same text is extracted from it.

    Content archived by an earlier release does not say how it was sent. Then the first way that gives its text is
    taken; if none does, it is sent as text if it is UTF-8.
    """
    known = None if archived.extractor is None else _EXTRACTOR.fullmatch(archived.extractor)
    if known is not None:
        given = known["encoding"] if known["how"] == "given" else None
        if known["encoding"] == UTF_8 and (text := _as_text(archived.content)) is not None:
            return Sent(text=text)
        return Sent(base64=archived.content, charset=given)
    ways = _ways(archived.content)
    if archived.extractor is None:
        return ways[0]
    return next((one for one in ways if _text_of(one, archived.media_type) == archived.text), ways[0])


def text_now(archived: Snapshot) -> ExtractedText | None:
    """The text that would be extracted today, if it differs from the archived text; else None.

    Raises Invalid if the content would be refused today.
    """
    if archived.extractor is None:
        return None
    now = read(archived.content, archived.media_type, _given(archived))
    return None if now.text == archived.text else now


def page_of(archived: Snapshot) -> str:
    """The HTML of an archived page, decoded as it was when its text was extracted. Raises Invalid, as `read` does."""
    return _decoded(archived.content, archived.media_type, _given(archived)).text


def tables_of(_: None, asked: tuple[Snapshot, int, int]) -> list[Table]:
    """The tables with words in a part of an archived page's text, in the form that `evidence.asides` calls elsewhere."""
    archived, first, last = asked
    try:
        page = page_of(archived)
    except Invalid:  # its rules of decoding were others then
        return []
    return tables(page, archived.text, first, last)


def _given(archived: Snapshot) -> str | None:
    """The encoding that was given with archived content; None if it was found in it."""
    known = None if archived.extractor is None else _EXTRACTOR.fullmatch(archived.extractor)
    if known is None:
        return UTF_8 if _ways(archived.content)[0].text is not None else None
    return known["encoding"] if known["how"] == "given" else None


def text_now_one(_: None, archived: Snapshot) -> ExtractedText | None:
    """`text_now` in the form that `evidence.asides` calls in another process."""
    return text_now(archived)


_DECLARED = re.compile(
    rb"""charset=["']?([A-Za-z0-9_-]{1,40})"""
)  # how earlier releases looked for an encoding


def _ways(content: bytes) -> list[Sent]:
    """The ways in which content may have been sent, likeliest first."""
    text, declared = _as_text(content), _DECLARED.search(content[:2048])
    name = None if declared is None else encodings.named(declared[1].decode())
    return [
        *([] if text is None else [Sent(text=text)]),
        Sent(base64=content),
        *([] if name is None or name == "replacement" else [Sent(base64=content, charset=name)]),
    ]


def _as_text(content: bytes) -> str | None:
    """Content decoded as UTF-8; None if it is not UTF-8, or has a NUL (which `text` may not have)."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return None
    return None if "\x00" in text else text


def _text_of(sent: Sent, media_type: str) -> str | None:
    content = sent.base64 if sent.text is None else sent.text.encode()
    try:
        return read(content or b"", media_type, UTF_8 if sent.text is not None else sent.charset).text
    except Invalid:
        return None


def _unreadable(pointer: str, detail: str) -> Invalid:
    return Invalid(detail, pointer=pointer)
