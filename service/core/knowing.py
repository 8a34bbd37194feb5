"""What an answer may show that is read as of a day: nothing that became public later, or that has no day. No I/O."""

from datetime import date

import msgspec
from msgspec import Raw, Struct


def known_by(published_at: date | None, day: date | None) -> bool:
    """Whether a source was public by a day. Without a day, every source is; by a day, none that has no day of its own."""
    return day is None or (published_at is not None and published_at <= day)


class _Source(Struct):
    published_at: date | None


class _Cited(Struct):
    source: _Source


class _Citing(Struct):
    citations: list[Raw] = []


_KEY = b'"citations":'
_raws = msgspec.json.Decoder(list[Raw])
_citing = msgspec.json.Decoder(_Citing)
_cited = msgspec.json.Decoder(_Cited)
_fields = msgspec.json.Decoder(dict[str, Raw])
_encoder = msgspec.json.Encoder()


def without_later_sources(answer: bytes, day: date | None) -> bytes:
    """A fact or version as JSON, without the citations of sources that were not public by a day.

    Its evidence stays: it was found when the citations were checked. A retraction, which has no citations, stays as it is.
    """
    if day is None:
        return answer
    # nearly always they are the last field: then only they are read and written, in half of the time
    place = answer.rfind(_KEY) + len(_KEY)
    try:
        every = _raws.decode(answer[place:-1])
    except msgspec.DecodeError:
        every, place = _citing.decode(answer).citations, 0
    kept = [one for one in every if known_by(_cited.decode(one).source.published_at, day)]
    if len(kept) == len(every):
        return answer
    if place:
        return answer[:place] + b"[%b]}" % b",".join(kept)
    return _encoder.encode({**_fields.decode(answer), "citations": kept})
