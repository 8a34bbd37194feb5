"""Facts as JSON, and entity tags."""

from datetime import UTC, date, datetime

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from service.core.facts import FactKey
from service.core.history import Check, Version
from service.core.periods import Period
from service.core.rendering import etag, render

KEY = FactKey(
    company="acme", kind="statement", subject="a", dimensions={"b": "c"}, basis="planned",
    period=Period(instant=date(2025, 1, 1)), unit=None, comparison=None,
)  # fmt: skip


def test_the_newest_check_by_then_is_rendered() -> None:
    version = Version(
        version=1, known_at=date(2025, 2, 1), position=3, recorded_at=datetime(2026, 1, 1, tzinfo=UTC), publisher="a",
        quantity=None, value=b'{"text":"t"}', sources=[], content=b"",
        checks=[Check(3, "unarchived", b"[]"), Check(7, "quote_only", b'[{"later":true}]')],
    )  # fmt: skip
    told = [
        msgspec.json.decode(render(KEY, KEY.id, version, asserted=True, rivals=[], publishers=2, at=at))
        for at in (None, 7, 6, 3)
    ]
    assert [one["evidence"] for one in told] == ["quote_only", "quote_only", "unarchived", "unarchived"]
    assert [one["citations"] for one in told] == [[{"later": True}]] * 2 + [[]] * 2
    assert {**told[0], "id": None} == {
        "kind": "statement", "id": None, "company": "acme", "subject": "a", "dimensions": {"b": "c"}, "basis": "planned",
        "period": {"instant": "2025-01-01"}, "value": {"text": "t"}, "known_at": "2025-02-01", "version": 1,
        "status": "asserted", "recorded_at": "2026-01-01T00:00:00Z", "position": 3, "evidence": "quote_only",
        "disputed": False, "rivals": [], "independent_publishers": 2, "citations": [{"later": True}],
    }  # fmt: skip
    taken_back = msgspec.json.decode(render(KEY, KEY.id, version, asserted=False, rivals=[], publishers=None))
    assert taken_back["status"] == "retracted"


@given(st.binary(max_size=20), st.binary(max_size=20))
def test_equal_bytes_have_equal_tags(one: bytes, other: bytes) -> None:
    assert (etag(one) == etag(other)) == (one == other)
    assert etag(one)[0] == etag(one)[-1] == '"'
    assert len(etag(one)) == 34
