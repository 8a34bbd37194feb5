"""Sources as they are posted and recorded, and the text that is read out of their content."""

import re
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from importlib.metadata import version
from typing import Annotated, NamedTuple

import msgspec
from msgspec import Meta

from service.domain import identity
from service.domain.citations import Described, SourceDescription
from service.domain.errors import Flaw, Invalid
from service.domain.facts import Instant, Position
from service.domain.passages import Entries
from service.domain.text import Text

CONTENT_LIMIT = 50_000_000

_Content = Annotated[str, Meta(max_length=CONTENT_LIMIT, pattern=r"^[^\x00]*$")]
_Bytes = Annotated[bytes, Meta(max_length=CONTENT_LIMIT)]
_Hash = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$(?!\n)", max_length=64)]


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
    sha256: Annotated[
        _Hash | None,
        Meta(
            description="SHA-256 of its content, where the content itself is not given.",
            examples=["2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"],
        ),
    ] = None


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
    archived: Annotated[bool, Meta(description="Whether its content is archived.", examples=[True])]
    recorded_at: Instant
    position: Position


@dataclass(frozen=True)
class Snapshot:
    """Archived content: the bytes that were hashed and the text that selectors address."""

    content: bytes
    media_type: str
    extracted: str | None  # the text, where it is not simply what the content is in UTF-8
    extractor: str | None  # what made text of the content, with its version; None where it is the text
    # the content as it is kept, where it is large: its text is then made when needed
    gzipped: bytes | None = None

    @property
    def digest(self) -> bytes:
        """SHA-256 of the content."""
        return sha256(self.content).digest()

    @cached_property
    def text(self) -> str:
        """What selectors address."""
        return self.content.decode() if self.extracted is None else self.extracted

    @cached_property
    def entries(self) -> Entries:
        """What JSON pointers lead to, where the text is JSON."""
        return Entries(self.text)


class NamedSource(NamedTuple):
    """A posted source with the id it gets."""

    id: str
    description: SourceDescription
    content: bytes | None


def named(post: PostSource) -> NamedSource:
    """The posted source with its id: of its content, else of its address.

    Raises Invalid where there is neither, or where hash and content differ.
    """
    description = msgspec.convert(
        {f: getattr(post, f) for f in SourceDescription.__struct_fields__}, SourceDescription
    )
    if post.text is not None and post.base64 is not None:
        detail = "give text, or base64 where the content is no text; not both"
        raise Invalid(detail, errors=[Flaw(pointer="/base64", detail=detail)])
    content = post.base64 if post.text is None else post.text.encode()
    if content is not None:
        source_id = identity.content_id(content)
        if post.sha256 is not None and source_id != f"sha256:{post.sha256}":
            detail = f"the content has the hash {source_id.removeprefix('sha256:')}"
            raise Invalid(detail, errors=[Flaw(pointer="/sha256", detail=detail)])
    elif post.sha256 is not None:
        source_id = f"sha256:{post.sha256}"
    elif post.url is not None:
        source_id = identity.address_id(post.url)
    else:
        detail = "give text, base64, sha256 or url: a source is named by its content or its address"
        raise Invalid(detail, errors=[Flaw(pointer="/url", detail=detail)])
    return NamedSource(source_id, description, content)


_PLAIN = frozenset({"application/json"})
_CHARSET = re.compile(rb"""charset=["']?([A-Za-z0-9_-]{1,40})""")
_HTML = frozenset({"text/html", "application/xhtml+xml"})


def snapshot(content: bytes, media_type: str) -> Snapshot:
    """The content with the text that selectors address.

    Of HTML that is the text a reader sees, block by block; `extractor` names what read it out. Plain text,
    Markdown and JSON are their own text. Raises Invalid where the content is not of its media type, or of a
    type that no text is read from.
    """
    if media_type in _HTML:
        return _extracted(content, media_type)
    if media_type.startswith("text/") or media_type in _PLAIN or media_type.endswith("+json"):
        try:
            text = content.decode()
        except UnicodeDecodeError as error:
            raise _unreadable(
                "/text", f"the content is not UTF-8: {error.reason} at byte {error.start}"
            ) from error
        return Snapshot(content, media_type, text.replace("\x00", "\ufffd"), None)
    raise _unreadable("/media_type", f"no text is read out of {media_type}")


def _extracted(content: bytes, media_type: str) -> Snapshot:
    # the parser is large, and most processes never archive a page
    import html_text

    declared = _CHARSET.search(content[:2048])
    charset = declared[1].decode() if declared else "utf-8"
    try:
        text = html_text.extract_text(content.decode(charset))  # pyright: ignore[reportUnknownMemberType]: lxml is untyped
    except (LookupError, ValueError, RecursionError) as error:
        raise _unreadable("/text", f"no text can be read out of this HTML: {error}") from error
    return Snapshot(content, media_type, text.replace("\x00", "\ufffd"), f"html-text {version('html-text')}")


def _unreadable(pointer: str, detail: str) -> Invalid:
    return Invalid(detail, errors=[Flaw(pointer=pointer, detail=detail)])
