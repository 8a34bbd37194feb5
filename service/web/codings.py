"""Content codings of answers (RFC 9110 §8.4), and the entity tags of coded answers.

A coded answer is a representation of its own and needs its own strong tag (§8.8.3.3): the plain answer's tag, followed
by the name of the coding. A client may send back either tag.
"""

import gzip
import re
import zlib
from collections.abc import Sequence
from functools import lru_cache

import zstandard

from service.web.contract import PARQUET

IDENTITY = "identity"
GZIP = "gzip"
LEAST = 1024  # bytes; shorter bodies are sent plain
_PREFERRED = ("zstd", "gzip", IDENTITY)
_COMPRESSED = ("image/", "font/", PARQUET)  # but for SVG
_PLAIN_TAG = re.compile(r'-(?:zstd|gzip)"')
_QUALITY = re.compile(r"q\s*=\s*([01](?:\.[0-9]{0,3})?)", re.IGNORECASE)


def is_text(media: str) -> bool:
    """Whether compressing content of this media type makes it shorter."""
    return not media.startswith(_COMPRESSED) or media.startswith("image/svg")


@lru_cache(maxsize=1000)
def accepted(header: str) -> Sequence[str]:
    """The codings that an `Accept-Encoding` header allows, best first; only `identity` if it allows none.

    Codings of equal weight are in the order of `_PREFERRED`. `identity` comes last unless the header names it.
    """
    weights: dict[str, float] = {}
    for part in header.split(","):
        name, _, parameters = part.partition(";")
        quality = _QUALITY.search(parameters)
        weights[name.strip().lower().replace("x-gzip", "gzip")] = float(quality[1]) if quality else 1.0
    rest = weights.get("*", 0.0)
    found = {coding: weights.get(coding, rest) for coding in _PREFERRED}
    if IDENTITY not in weights and "*" not in weights:
        found[IDENTITY] = 0.001  # RFC 9110 §12.5.3: allowed unless excluded
    ranked = sorted((coding for coding in found if found[coding] > 0), key=lambda coding: -found[coding])
    return tuple(ranked) or (IDENTITY,)


def encoded(body: bytes, coding: str) -> bytes:
    """Encode a body with a coding."""
    match coding:
        case "zstd":
            return zstandard.compress(body, level=3)
        case "gzip":
            return gzip.compress(body, compresslevel=5, mtime=0)
        case _:
            return body


class Coder:
    """Encodes a stream chunk by chunk, flushing after each, so that a client can decode every chunk at once."""

    def __init__(self, coding: str) -> None:
        self._gzip = zlib.compressobj(5, zlib.DEFLATED, 16 + zlib.MAX_WBITS) if coding == GZIP else None
        self._zstd = zstandard.ZstdCompressor(level=3).compressobj() if coding == "zstd" else None

    def coded(self, chunk: bytes) -> bytes:
        """Encode a chunk."""
        if self._gzip is not None:
            return self._gzip.compress(chunk) + self._gzip.flush(zlib.Z_SYNC_FLUSH)
        if self._zstd is not None:
            return self._zstd.compress(chunk) + self._zstd.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)
        return chunk

    def end(self) -> bytes:
        """The bytes that end the coded stream."""
        if self._gzip is not None:
            return self._gzip.flush()
        return b"" if self._zstd is None else self._zstd.flush()


def tagged(tag: str, coding: str) -> str:
    """The entity tag of the coded answer, given the plain answer's tag."""
    return tag if coding == IDENTITY else f'{tag[:-1]}-{coding}"'


def plain_tags(condition: str) -> str:
    """Replace the tags of coded answers in an `If-Match` or `If-None-Match` header by those of the plain answers."""
    return _PLAIN_TAG.sub('"', condition)
