"""The headers that let pages of other sites read answers."""

import pytest

from service.web.cors import Cors

ORIGIN = (b"origin", b"https://a.example")
PREFLIGHT = (b"access-control-request-method", b"GET")


def names(cors: Cors, method: str, *asked: tuple[bytes, bytes]) -> list[str]:
    return [name.decode() for name, _ in cors.headers(method, list(asked))]


ALLOWED = ["access-control-allow-origin", "access-control-expose-headers"]
PREFLIGHTED = [
    "access-control-allow-methods",
    "access-control-allow-headers",
    "access-control-max-age",
]


def test_without_origin_or_from_another_one_nothing_is_allowed() -> None:
    some = Cors(["https://a.example"])
    assert names(some, "GET") == names(some, "GET", (b"origin", b"https://b.example")) == ["vary"]
    assert names(some, "OPTIONS", (b"origin", b"https://a.example.evil"), PREFLIGHT) == ["vary"]
    assert names(Cors([]), "GET", ORIGIN) == ["vary"]
    assert names(Cors(["*"]), "GET") == []


@pytest.mark.parametrize(
    ("origins", "answered"), [(["https://a.example"], b"https://a.example"), (["*"], b"*")]
)
def test_an_allowed_origin_is_answered(origins: list[str], answered: bytes) -> None:
    cors = Cors(origins)
    vary = [] if answered == b"*" else ["vary"]
    assert dict(cors.headers("GET", [ORIGIN]))[b"access-control-allow-origin"] == answered
    assert names(cors, "GET", ORIGIN) == names(cors, "OPTIONS", ORIGIN) == [*vary, *ALLOWED]
    assert names(cors, "OPTIONS", ORIGIN, PREFLIGHT) == [*vary, *ALLOWED, *PREFLIGHTED]


def test_cookies_are_never_allowed() -> None:
    asked = [ORIGIN, PREFLIGHT, (b"cookie", b"a=b")]
    found = dict(Cors(["*"]).headers("OPTIONS", asked))
    assert b"access-control-allow-credentials" not in found
    assert b"DELETE" not in found[b"access-control-allow-methods"]
