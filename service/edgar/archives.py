"""Reads documents out of files, folders and zip archives of any size, one at a time.

Each document comes as its plain bytes and as gzip, which is what the database keeps and serves. A member that is
already deflated in a zip archive is not compressed again. The directory of a zip archive is read entry by entry:
EDGAR's largest archive has a million entries.
"""

import gzip
import io
import re
import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import IO, Final, NamedTuple

from service.core.errors import Invalid
from service.edgar.documents import DOCUMENT_LIMIT

_GZIP_HEADER: Final = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
_GZIP: Final = b"\x1f\x8b"
_ZIP: Final = b"PK"
_ENTRY: Final = struct.Struct("<4s6H3I5H2I")
_LOCAL: Final = struct.Struct("<4s5H3I2H")
_END: Final = struct.Struct("<4s4H2IH")
_END64: Final = struct.Struct("<4sQ2H2I4Q")
_LOCATOR: Final = struct.Struct("<4sIQI")
_STORED, _DEFLATED = 0, 8
_WIDE: Final = 0xFFFFFFFF


class Content(NamedTuple):
    """A document as plain bytes and as gzip."""

    content: bytes
    gzipped: bytes


class Member(NamedTuple):
    """A document that was found and is not read yet."""

    name: str  # path of the file, or archive and path in it, for reports
    file: str  # file name without folders
    size: int  # bytes on disk or in the archive
    read: Callable[[], Content]  # raises Invalid
    asked_for: bool = False  # whether its own path was given, not a folder's or an archive's


def size_of(paths: Sequence[Path], wanted: re.Pattern[str]) -> int:
    """Total bytes of the files to be read; an archive counts whole."""
    total = 0
    for path in paths:
        with suppress(OSError):  # that a file cannot be read is told when it is its turn
            total += sum(one.stat().st_size for one in _files(path, wanted))
    return total


def members(paths: Sequence[Path], wanted: re.Pattern[str]) -> Iterator[Member]:
    """The documents in files, folders and archives; those of a folder in order of name.

    A file whose own path is given is taken whatever its name; in folders and archives only names that match `wanted`.
    A member has to be read before the next one is asked for.
    """
    for given in paths:
        try:
            files = _files(given, wanted)
        except OSError as error:
            yield _refused(str(given), f"the folder cannot be read: {error.strerror}")
            continue
        for path in files:
            yield from _within(path, wanted, asked_for=path is given)
        if not files:
            yield _refused(str(given), f"the folder holds no file with a name like {wanted.pattern}")


def _within(path: Path, wanted: re.Pattern[str], *, asked_for: bool) -> Iterator[Member]:
    try:
        with path.open("rb") as file:
            magic = file.read(2)
            if magic == _ZIP:
                yield from _zipped(path.name, file, wanted)
                return
            size = file.seek(0, io.SEEK_END)
    except OSError as error:
        yield _refused(str(path), f"the file cannot be read: {error.strerror}")
        return
    yield Member(
        str(path), path.name, size, partial(_unpacked if magic == _GZIP else _plain, path), asked_for
    )


def _files(path: Path, wanted: re.Pattern[str]) -> list[Path]:
    """The files in a folder with names that are wanted, else the path itself. Raises OSError."""
    if not path.is_dir():
        return [path]
    return [one for one in sorted(path.iterdir()) if wanted.fullmatch(one.name)]


def _limited(content: bytes) -> bytes:
    if len(content) > DOCUMENT_LIMIT:
        raise Invalid(f"the document is larger than {DOCUMENT_LIMIT} bytes")
    return content


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return _limited(file.read(DOCUMENT_LIMIT + 1))
    except OSError as error:
        raise Invalid(f"the file cannot be read: {error.strerror}") from error


def _plain(path: Path) -> Content:
    content = _read(path)
    return Content(content, gzip.compress(content, 6, mtime=0))


def _unpacked(path: Path) -> Content:
    packed = _read(path)
    one = zlib.decompressobj(31)
    try:
        content = _limited(one.decompress(packed, DOCUMENT_LIMIT + 1))
        if not one.eof:
            raise Invalid("the file is cut short")
        if one.unused_data:  # a gzip file of several members
            content = _limited(gzip.GzipFile(fileobj=io.BytesIO(packed)).read(DOCUMENT_LIMIT + 1))
            return Content(content, gzip.compress(content, 6, mtime=0))
    except (zlib.error, OSError, EOFError) as error:
        raise Invalid(f"the file is no gzip: {error}") from error
    return Content(content, packed)


# -- zip (APPNOTE 6.3.10) ------------------------------------------------------------------------


class _Place(NamedTuple):
    flags: int
    method: int
    crc: int
    size: int  # compressed
    length: int  # of the content
    offset: int  # of the local header


def _zipped(archive: str, file: IO[bytes], wanted: re.Pattern[str]) -> Iterator[Member]:
    try:
        start, count = _directory(file)
        position, found = start, False
        for _ in range(count):
            file.seek(position)
            head = file.read(_ENTRY.size)
            signature, _, _, flags, method, _, _, crc, size, length, n, m, k, *_, offset = _ENTRY.unpack(head)
            if signature != b"PK\x01\x02":
                raise Invalid("its directory is broken")
            name, extra = file.read(n).decode("utf-8", "replace"), file.read(m)
            position += _ENTRY.size + n + m + k
            base = name.rsplit("/", 1)[-1]
            if not wanted.fullmatch(base):
                continue
            found = True
            place = _Place(flags, method, crc, *_widened(extra, size, length, offset))
            yield Member(f"{archive}/{name}", base, place.size, partial(_entry, file, place))
    except (struct.error, OSError, OverflowError, Invalid) as error:
        yield _refused(archive, f"the archive is no zip, or is cut short: {error}")
        return
    if not found:
        yield _refused(archive, f"the archive holds no file with a name like {wanted.pattern}")


def _refused(name: str, detail: str) -> Member:
    """A member whose reading fails with `detail`, so that the report names what could not be opened."""

    def refuse() -> Content:
        raise Invalid(detail)

    return Member(name, name, 0, refuse)


def _directory(file: IO[bytes]) -> tuple[int, int]:
    """Offset of the directory, and the number of its entries. Raises Invalid."""
    end = file.seek(0, io.SEEK_END)
    tail = min(end, _END.size + 0xFFFF)
    file.seek(end - tail)
    last = file.read(tail)
    at = last.rfind(b"PK\x05\x06")
    if at < 0:
        raise Invalid("it has no directory")
    *_, count, _, start, _ = _END.unpack_from(last, at)
    before = at - _LOCATOR.size
    if (start == _WIDE or count == 0xFFFF) and before >= 0 and last[before : before + 4] == b"PK\x06\x07":
        file.seek(_LOCATOR.unpack_from(last, before)[2])
        *_, count, _, start = _END64.unpack(file.read(_END64.size))
    return start, count


def _widened(extra: bytes, size: int, length: int, offset: int) -> tuple[int, int, int]:
    """Sizes and offset of an entry; those that do not fit in 32 bits are read from the zip64 field."""
    at = 0
    while at + 4 <= len(extra):
        kind, n = struct.unpack_from("<2H", extra, at)
        if kind == 1:
            wide = iter(struct.unpack_from(f"<{n // 8}Q", extra, at + 4))
            length = next(wide, length) if length == _WIDE else length
            size = next(wide, size) if size == _WIDE else size
            offset = next(wide, offset) if offset == _WIDE else offset
        at += 4 + n
    return size, length, offset


def _entry(file: IO[bytes], place: _Place) -> Content:
    if place.flags & 1 or place.method not in {_STORED, _DEFLATED}:
        raise Invalid("the entry is encrypted, or compressed by another method than deflate")
    if place.length > DOCUMENT_LIMIT or place.size > DOCUMENT_LIMIT:
        raise Invalid(f"the document is larger than {DOCUMENT_LIMIT} bytes")
    try:
        file.seek(place.offset)
        signature, *_, n, m = _LOCAL.unpack(file.read(_LOCAL.size))
        if signature != b"PK\x03\x04":
            raise Invalid("the archive's directory points at no entry")
        file.seek(n + m, io.SEEK_CUR)
        raw = file.read(place.size)
        stored = place.method == _STORED
        content = raw if stored else zlib.decompressobj(-15).decompress(raw, place.length + 1)
    except (zlib.error, struct.error, OSError, OverflowError) as error:
        raise Invalid(f"the entry cannot be read: {error}") from error
    if len(content) != place.length or zlib.crc32(content) != place.crc:
        raise Invalid("the entry is damaged: its checksum differs")
    if stored:
        return Content(content, gzip.compress(content, 6, mtime=0))
    return Content(content, _GZIP_HEADER + raw + struct.pack("<2I", place.crc, place.length))
