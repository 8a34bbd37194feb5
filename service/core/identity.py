"""Keys and ids that are computed by hashing: company keys, series keys, fact ids and source ids.

A fact's id is an RFC 9562 UUIDv8. Its 60 free bits before the variant are the leading bits of SHA-256(slug); its 62 free
bits after it are the leading bits of SHA-256 of the RFC 8785 JSON of the rest of the fact's key. So clients can compute
ids offline, facts of one company are adjacent in every index, and an id determines its company's key. Test vectors are in
`docs/identity.md`.
"""

from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from uuid import UUID

import msgspec

from service.core.periods import Period


@lru_cache(maxsize=1024)
def company_key(slug: str) -> int:
    """The 60 leading bits of SHA-256(slug): the first column of every large table."""
    return int.from_bytes(sha256(slug.encode()).digest()[:8], "big") >> 4


def slot_key(
    *,
    kind: str,
    subject: str,
    dimensions: Mapping[str, str],
    basis: str,
    unit: str | None,
    comparison: str | None,
) -> int:
    """The key of a series: 62 leading bits of SHA-256 of a fact's key without company and period."""
    key = {"kind": kind, "subject": subject, "dimensions": dict(dimensions), "basis": basis}
    return _leading_62(_canonical({**key, **_metric_part(kind, unit, comparison)}))


def fact_id(
    *,
    company: str,
    kind: str,
    subject: str,
    dimensions: Mapping[str, str],
    basis: str,
    period: Period | None,
    unit: str | None,
    comparison: str | None,
) -> UUID:
    """The id of the fact with this key. `company` is the slug; `unit` and `comparison` are ignored except for a metric."""
    key = {
        "kind": kind,
        "subject": subject,
        "dimensions": dict(dimensions),
        "basis": basis,
        "period": None if period is None else period.wire(),
    }
    low = _low_half(_canonical({**key, **_metric_part(kind, unit, comparison)}))
    return UUID(int=company_half(company_key(company)) << 64 | low)


def company_half(company: int) -> int:
    """The 64 leading bits of the ids of all facts of a company (key)."""
    return (company >> 12) << 16 | 0x8 << 12 | company & 0xFFF


class SeriesIds:
    """Computes the trailing 64 bits of fact ids quickly for many periods of one series."""

    def __init__(
        self,
        *,
        kind: str,
        subject: str,
        dimensions: Mapping[str, str],
        basis: str,
        unit: str | None,
        comparison: str | None,
    ) -> None:
        key = {
            "kind": kind,
            "subject": subject,
            "dimensions": dict(dimensions),
            "basis": basis,
            "period": None,
        }
        whole = _canonical({**key, **_metric_part(kind, unit, comparison)})
        # quotation marks inside strings are escaped, so this text occurs only once
        self._before, _, self._after = whole.partition(b'"period":null')
        self._before += b'"period":'

    def half(self, period: bytes) -> int:
        """The trailing 64 bits of the id of the fact with this period, given by `canonical_period`."""
        return _low_half(self._before + period + self._after)


def canonical_period(period: Period) -> bytes:
    """The RFC 8785 JSON of a period."""
    return _canonical(period.wire())


def company_key_of(fact: UUID) -> int:
    """The key of the company of a fact id."""
    value = fact.int
    return (value >> 80) << 12 | (value >> 64) & 0xFFF


def content_id(content: bytes) -> str:
    """The id of a source with known content: `sha256:` and the hex digest of its bytes."""
    return f"sha256:{sha256(content).hexdigest()}"


def address_id(url: str) -> str:
    """The id of a source with only a known address: `url:` and the hex digest of the URL."""
    return f"url:{sha256(url.encode()).hexdigest()}"


def _metric_part(kind: str, unit: str | None, comparison: str | None) -> dict[str, str | None]:
    return {"unit": unit, "comparison": comparison} if kind == "metric" else {}


def _canonical(value: Mapping[str, object]) -> bytes:
    # equal to RFC 8785 for the content of keys (strings without control characters, null, objects of these): sorted
    # keys, no white space, minimal escapes
    return msgspec.json.encode(value, order="sorted")


def _low_half(data: bytes) -> int:
    return 0b10 << 62 | _leading_62(data)


def _leading_62(data: bytes) -> int:
    return int.from_bytes(sha256(data).digest()[:8], "big") >> 2


def digest(value: object) -> bytes:
    """SHA-256 of a JSON value; the order of object keys does not matter."""
    return sha256(msgspec.json.encode(value, order="sorted")).digest()
