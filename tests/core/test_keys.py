"""What a key may do, and whether it is accepted."""

from datetime import UTC, datetime, timedelta

import pytest

from service.core.keys import SCOPES, Key, Scope

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def key(scope: Scope = "read", expires: datetime | None = None, revoked: datetime | None = None) -> Key:
    return Key(number=1, prefix="cf_1", scope=scope, created_at=NOW, expires_at=expires, revoked_at=revoked)


@pytest.mark.parametrize("held", SCOPES)
@pytest.mark.parametrize("needed", SCOPES)
def test_a_scope_includes_those_before_it(held: Scope, needed: Scope) -> None:
    rank = {"read": 0, "write": 1, "admin": 2}
    assert key(held).may(needed) == (rank[held] >= rank[needed])


def test_a_key_ends_at_the_instant_it_expires_and_for_good_when_it_is_revoked() -> None:
    second = timedelta(seconds=1)
    assert key().state(NOW) == "active"
    assert key(expires=NOW + second).state(NOW) == "active"
    assert key(expires=NOW).state(NOW) == "expired"
    assert key(expires=NOW - second, revoked=NOW + second).state(NOW) == "revoked"
