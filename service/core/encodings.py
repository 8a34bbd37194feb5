"""Decode bytes by the WHATWG Encoding Standard, and by no other encoding.

The package `webencodings` maps labels to encodings. Each encoding is decoded by Python's nearest codec; where that
differs from the standard, the difference is added here. Codecs that no web page may name are never called. Decoding
takes linear time.
"""

import codecs
import re
from collections.abc import Mapping
from functools import cache
from typing import Final, NamedTuple, NoReturn

UTF_8: Final = "utf-8"
_BOMS: Final = ((b"\xef\xbb\xbf", UTF_8), (b"\xff\xfe", "utf-16le"), (b"\xfe\xff", "utf-16be"))

# Python's codec, for encodings that have another name in Python
_CODECS: Final = {
    "big5": "big5hkscs",
    "euc-kr": "cp949",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "utf-16be": "utf-16-be",
    "utf-16le": "utf-16-le",
}
_WIDE: Final = frozenset({"big5", "euc-jp", "euc-kr", "gb18030", "gbk", "iso-2022-jp", "shift_jis", UTF_8,
                          "utf-16be", "utf-16le"})  # fmt: skip
# bytes for which the standard has another character than Python's codec, or Python's has none
_BYTES: Final[Mapping[str, Mapping[int, str]]] = {
    "koi8-u": {0xAE: "\u045e", 0xBE: "\u040e"},
    "windows-1255": {0xCA: "\u05ba"},
}
_JAPANESE: Final = frozenset({"euc-jp", "iso-2022-jp"})
# both encodings contain JIS X 0208, which the standard maps to the characters that Windows uses
_JIS: Final = str.maketrans("\u301c\u2016\u2212\u00a2\u00a3\u00ac", "\uff5e\u2225\uff0d\uffe0\uffe1\uffe2")


# "latin-1" is no label of the standard ("latin1" is), but pages use it and release 0.1.0 accepted it
_LATIN: Final = re.compile(r"^\s*(latin)-(\d{1,2})\s*$", re.IGNORECASE)


class Undecodable(ValueError):
    """The bytes are not valid in the encoding."""

    def __init__(self, encoding: str, place: int, reason: str) -> None:
        super().__init__(f"the content is not {encoding.upper()}: {reason} at byte {place}")


def named(label: str) -> str | None:
    """The standard's name of the encoding with this label; None if no encoding has it.

    "replacement" stands for encodings that the standard refuses to decode because they were used for attacks.
    """
    import webencodings  # only writes need it

    encoding = webencodings.lookup(_LATIN.sub(r"\1\2", label))
    return None if encoding is None else encoding.name


class Marked(NamedTuple):
    """The encoding that a byte order mark stands for, and the length of the mark in bytes."""

    encoding: str
    length: int


def marked(content: bytes) -> Marked | None:
    """The encoding of the byte order mark at the start, or None. It overrides every other declaration."""
    return next((Marked(name, len(mark)) for mark, name in _BOMS if content.startswith(mark)), None)


def decoded(content: bytes, encoding: str) -> str:
    """Decode bytes; `encoding` is its name in the standard. Raises Undecodable.

    The standard would replace invalid bytes by U+FFFD. A snapshot is cited, so it must not change: invalid bytes are
    refused instead.
    """
    if encoding == "replacement":
        raise Undecodable(encoding, 0, "an encoding that browsers refuse to decode,")
    try:
        if encoding not in _WIDE:
            # the type stubs do not know that a table of characters is accepted
            return codecs.charmap_decode(content, "strict", _table(encoding))[0]  # pyright: ignore[reportArgumentType]
        text, _ = codecs.lookup(_CODECS.get(encoding, encoding)).decode(content, _ERRORS)
    except UnicodeDecodeError as error:
        raise Undecodable(encoding, error.start, error.reason) from error
    return text.translate(_JIS) if encoding in _JAPANESE else text


@cache
def _table(encoding: str) -> str:
    """The 256 characters of a single-byte encoding; U+FFFE where a byte is not assigned."""
    if encoding == "x-user-defined":
        return "".join(map(chr, range(0x80))) + "".join(chr(0xF780 + byte) for byte in range(0x80))
    import webencodings

    codec = codecs.lookup(webencodings.PYTHON_NAMES.get(encoding, encoding))
    more = _BYTES.get(encoding, {})
    return "".join(more.get(byte) or _character(codec, byte) for byte in range(0x100))


def _character(codec: codecs.CodecInfo, byte: int) -> str:
    try:
        return codec.decode(bytes([byte]))[0]
    except UnicodeDecodeError:
        return chr(byte) if 0x80 <= byte < 0xA0 else "\ufffe"


_ERRORS: Final = "companyfacts.encodings"


def _mended(error: UnicodeError) -> tuple[str, int]:
    """What the standard makes of bytes that a codec of Python does not know."""
    if isinstance(error, UnicodeDecodeError):
        at = error.start
        if error.encoding == "gb18030" and error.object[at] == 0x80:
            return "€", at + 1
        if error.encoding in {"euc_jp", "iso2022_jp"}:
            # the row of circled digits and units that Windows added to JIS X 0208
            first, second = error.object[at : at + 2].ljust(2, b"\0")
            row, cell = first & 0x7F, second & 0x7F
            if first - row == second - cell and 0x21 <= row < 0x7F and 0x21 <= cell < 0x7F:
                return _windows_cell(row, cell) or _refused(error), at + 2
    raise error


def _windows_cell(row: int, cell: int) -> str:
    """The character of JIS X 0208 at this row and cell, as Windows maps it; empty if there is none."""
    lead = (row + 1) // 2 + (0x70 if row < 0x5F else 0xB0)
    trail = cell + (0x1F + (cell >= 0x60) if row % 2 else 0x7E)
    try:
        return bytes([lead, trail]).decode("cp932")
    except UnicodeDecodeError:
        return ""


def _refused(error: UnicodeError) -> NoReturn:
    raise error


codecs.register_error(_ERRORS, _mended)

# -- the encoding that a page declares ------------------------------------------------------------------

_LOOKED_AT: Final = 1024  # bytes
_SPACE: Final = rb"\t\n\f\r "
_META: Final = re.compile(rb"<meta(?=[%b/])" % _SPACE, re.IGNORECASE)
_TAG: Final = re.compile(rb"</?[a-z][^%b>]*" % _SPACE, re.IGNORECASE)
_MARKUP: Final = re.compile(rb"<[!/?][^>]*")
_ATTRIBUTE: Final = re.compile(
    rb"""[%b/]*(?P<name>[^%b/>=][^%b/>=]*|=[^%b/>=]*)"""
    rb"""(?:[%b]*=[%b]*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^%b>"'][^%b>]*))?)?"""
    % ((_SPACE,) * 8)
)
_IN_CONTENT: Final = re.compile(
    rb"""charset[%b]*=[%b]*(?:"([^"]*)"|'([^']*)'|([^%b;"'][^%b;]*))""" % ((_SPACE,) * 4), re.IGNORECASE
)
_XML: Final = re.compile(rb"""<\?xml[^>]*?encoding[\0-\x20]*=[\0-\x20]*(["'])([^\0-\x20"'>]*)\1""")


def said_in_meta(content: bytes) -> str | None:
    """The encoding declared in the first 1,024 bytes of an HTML page, by the algorithm of browsers; None if none is.

    Unknown labels are skipped. A declared UTF-16 means UTF-8: if the page were in UTF-16, the declaration could not
    have been read byte by byte.
    """
    head = content[:_LOOKED_AT]
    at = 0
    while at < len(head):
        if head.startswith(b"<!--", at):
            # the hyphens that open a comment may also close it, as in `<!-->`
            end = head.find(b"-->", at + 2)
            at = len(head) if end < 0 else end + 3
        elif found := _META.match(head, at):
            attributes, at = _attributes(head, found.end())
            if at >= len(head):
                return None  # the tag is cut off at the end of the first 1,024 bytes
            if (encoding := _declared(attributes)) is not None:
                return encoding
        elif found := _TAG.match(head, at):
            _, at = _attributes(head, found.end())
        elif found := _MARKUP.match(head, at):
            at = found.end()
        else:
            at += 1
    return None


def said_in_xml(content: bytes) -> str | None:
    """The encoding named in the XML declaration at the start; None if there is none."""
    head = content[:_LOOKED_AT]
    if head.startswith(b"<\0?\0x\0"):
        return "utf-16le"
    if head.startswith(b"\0<\0?\0x"):
        return "utf-16be"
    found = _XML.match(head)
    return None if found is None else _readable(named(found[2].decode("latin-1")))


def _attributes(head: bytes, at: int) -> tuple[dict[bytes, bytes], int]:
    """The attributes of a tag in lower case, and where the tag ends. The first of repeated attributes counts."""
    attributes: dict[bytes, bytes] = {}
    while found := _ATTRIBUTE.match(head, at):
        value = found["double"] or found["single"] or found["bare"] or b""
        attributes.setdefault(found["name"].lower(), value.lower())
        at = found.end()
    return attributes, at


def _declared(attributes: Mapping[bytes, bytes]) -> str | None:
    """The encoding that the attributes of a `meta` element declare."""
    if b"charset" in attributes:
        label = attributes[b"charset"]
    elif attributes.get(b"http-equiv") == b"content-type":
        found = _IN_CONTENT.search(attributes.get(b"content", b""))
        if found is None:
            return None
        label = found[1] or found[2] or found[3] or b""
    else:
        return None
    return _readable(named(label.decode("latin-1")))


def _readable(encoding: str | None) -> str | None:
    if encoding in {"utf-16le", "utf-16be"}:
        return UTF_8
    return "windows-1252" if encoding == "x-user-defined" else encoding
