"""Renders facts as JSON. All answers with facts are rendered here."""

from datetime import date
from uuid import UUID

import msgspec
import xxhash
from msgspec import UNSET, Raw, UnsetType

from service.core.facts import FactKey, RenderedFact, Rival
from service.core.history import Answering, Version
from service.core.knowing import without_later_sources

_encoder = msgspec.json.Encoder()


def render(
    key: FactKey,
    fact: UUID,
    version: Version,
    *,
    asserted: bool,
    rivals: list[Rival],
    publishers: int | None,
    at: int | None = None,
    known_at: date | None = None,
) -> bytes:
    """The JSON of a version as `AnyFact`, with the newest check of its citations at or before position `at`.

    Citations of sources that were not public by `known_at` are left out.
    """
    check = version.check(at)
    rendered = _encoder.encode(
        RenderedFact(
            kind=key.kind,
            id=fact,
            company=key.company,
            subject=key.subject,
            dimensions=key.dimensions,
            basis=key.basis,
            period=key.period,
            value=Raw(version.value),
            attributed_to=version.attribution.attributed_to or UNSET,
            inferred=list(version.attribution.inferred) or UNSET,
            known_at=version.known_at,
            version=version.version,
            status="asserted" if asserted else "retracted",
            recorded_at=version.recorded_at,
            position=version.position,
            evidence=check.verdict,
            disputed=bool(rivals),
            rivals=rivals,
            independent_publishers=UNSET if publishers is None else publishers,
            citations=Raw(check.citations),
        )
    )
    return without_later_sources(rendered, known_at)


def render_answer(
    key: FactKey,
    fact: UUID,
    answer: Answering,
    at: int | None = None,
    known_at: date | None = None,
    *,
    publishers: int | UnsetType | None = UNSET,
) -> bytes:
    """The JSON of an answer of the rule, as of position `at` and day `known_at`.

    `publishers` is what `answer.publishers()` gave, if that is known already.
    """
    return render(
        key,
        fact,
        answer.version,
        asserted=answer.asserted,
        rivals=answer.rivals,
        publishers=answer.publishers() if publishers is UNSET else publishers,
        at=at,
        known_at=known_at,
    )


def etag(body: bytes) -> str:
    """A strong entity tag (RFC 9110 §8.8.3): equal bytes, equal tag."""
    return f'"{xxhash.xxh3_128_hexdigest(body)}"'
