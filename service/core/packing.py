"""Answers in the compact form that imported facts keep them in.

What facts answer is mostly the same words. A dictionary of them makes 290 bytes of 1,650, and undoing that
takes two microseconds. The first byte tells the form: `{` is the JSON itself, 1 the dictionary
`answers-1.zdict`, trained on answers about companies that do not exist. A dictionary never changes once data
is kept with it; a better one gets the next number.
"""

import threading
from importlib.resources import files
from typing import Final

from zstandard import FORMAT_ZSTD1_MAGICLESS, ZstdCompressionDict, ZstdCompressor, ZstdDecompressor

_WORDS: Final = files("service.core").joinpath("answers-1.zdict").read_bytes()
_PLAIN: Final = ord("{")
_MARK: Final = 1
_MAGIC: Final = 4  # bytes that every frame begins with, and none that is kept


class _Codec(threading.local):
    """One of each for a thread: they must not be shared."""

    def __init__(self) -> None:
        words = ZstdCompressionDict(_WORDS)
        words.precompute_compress(level=1)  # pyright: ignore[reportUnknownMemberType]: its stub lacks a type
        self.pack = ZstdCompressor(
            level=1, dict_data=words, write_content_size=True, write_dict_id=False
        ).compress
        self.unpack = ZstdDecompressor(dict_data=words, format=FORMAT_ZSTD1_MAGICLESS).decompress


_codec = _Codec()


def packed(answer: bytes) -> bytes:
    """An answer in its compact form."""
    return bytes((_MARK,)) + _codec.pack(answer)[_MAGIC:]


def unpacked(kept: bytes) -> bytes:
    """The answer, whatever form it is kept in."""
    mark = kept[0] if kept else None
    if mark == _MARK:
        return _codec.unpack(kept[1:])  # a frame tells its size
    if mark == _PLAIN:
        return kept
    raise ValueError("this answer was written by a newer release")
