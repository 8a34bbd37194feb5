"""Compresses stored answers of imported facts with zstd and a dictionary.

Answers consist mostly of the same words: a dictionary reduces 1,650 bytes to 290, and decompression takes two
microseconds. The first byte of a stored answer is its format: `{` is plain JSON, 1 is compressed with
`answers-1.zdict`, which was trained on answers about invented companies. A dictionary in use never changes; a better one
gets the next number.
"""

import threading
from importlib.resources import files
from typing import Final

from zstandard import FORMAT_ZSTD1_MAGICLESS, ZstdCompressionDict, ZstdCompressor, ZstdDecompressor

_WORDS: Final = files("service.core").joinpath("answers-1.zdict").read_bytes()
_PLAIN: Final = ord("{")
_MARK: Final = 1
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


def packed(answer: bytes) -> bytes:
    """Compress an answer."""
    return bytes((_MARK,)) + _codec.pack(answer)[_MAGIC:]


def unpacked(kept: bytes) -> bytes:
    """Decompress a stored answer. Raises ValueError for an unknown format, ZstdError for damaged data."""
    mark = kept[0] if kept else None
    if mark == _MARK:
        return _codec.unpack(kept[1:])  # the frame contains its size
    if mark == _PLAIN:
        return kept
    raise ValueError("this answer was written by a newer release")
