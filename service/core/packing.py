"""Compresses stored answers of imported facts with zstd and a dictionary.

Answers consist mostly of the same words: a dictionary reduces 1,650 bytes to 290, and decompression takes two
microseconds. The first byte of a stored answer is its format: `{` is plain JSON, 1 is compressed with
`answers-1.zdict`, which was trained on answers about invented companies. A dictionary in use never changes; a better one
gets the next number. 2 is 1 with a number of two bytes before it: the length of the answer's end from the first citation of a
source without a day. A read as of a day has `]}` in its place, and every imported fact has such an end.
"""

import threading
from collections.abc import Iterable
from datetime import date
from importlib.resources import files
from typing import Final

from zstandard import FORMAT_ZSTD1_MAGICLESS, ZstdCompressionDict, ZstdCompressor, ZstdDecompressor

from service.core.knowing import without_later_sources

_WORDS: Final = files("service.core").joinpath("answers-1.zdict").read_bytes()
_PLAIN: Final = ord("{")
_PACKED: Final = 1
_WITH_UNDATED: Final = 2
_FRAME: Final = 3  # where the compressed answer begins after that mark
_END: Final = b"]}"
_MAGIC: Final = 4  # bytes at the start of every zstd frame, which are not stored


class _Codec(threading.local):
    """A compressor and decompressor for each thread: they are not thread-safe."""

    def __init__(self) -> None:
        words = ZstdCompressionDict(_WORDS)
        words.precompute_compress(level=1)  # pyright: ignore[reportUnknownMemberType]: its stub lacks a type
        self.pack = ZstdCompressor(
            level=1, dict_data=words, write_content_size=True, write_dict_id=False
        ).compress
        self.unpack = ZstdDecompressor(dict_data=words, format=FORMAT_ZSTD1_MAGICLESS).decompress


_codec = _Codec()


def packed(answer: bytes, undated: int = 0) -> bytes:
    """Compress an answer. `undated` counts the bytes before its closing `]}` that are citations of sources without a day.

    Its other sources must have been public on the day from which the fact was known.
    """
    frame = _codec.pack(answer)[_MAGIC:]
    end = undated + len(_END)
    if not undated or end >= 1 << 16:
        return bytes((_PACKED,)) + frame
    return bytes((_WITH_UNDATED, *end.to_bytes(2))) + frame


def unpacked(kept: bytes, day: date | None = None) -> bytes:
    """Decompress a stored answer, without the citations of sources that were not public by a day.

    The fact must have been known by that day. Raises ValueError for an unknown format, ZstdError for damaged data.
    """
    (answer,) = unpacked_all((kept,), day)
    return answer


def unpacked_all(kept: Iterable[bytes], day: date | None = None) -> list[bytes]:
    """Decompress stored answers as `unpacked` does; the answers of a list take less time together."""
    unpack = _codec.unpack
    found: list[bytes] = []
    for one in kept:
        mark = one[0] if one else None
        if mark == _WITH_UNDATED:
            answer = unpack(one[_FRAME:])  # the frame contains its size
            found.append(answer if day is None else answer[: -((one[1] << 8) + one[2])] + _END)
        elif mark == _PACKED:
            found.append(without_later_sources(unpack(one[1:]), day))
        elif mark == _PLAIN:
            found.append(without_later_sources(one, day))
        else:
            raise ValueError("this answer was written by a newer release")
    return found
