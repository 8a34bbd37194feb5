"""The client address that a request is counted for."""

import pytest

from service.settings import networks
from service.web.addresses import Addresses

PROXIES = networks("10.0.0.0/8, fd00::/8")


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("192.0.2.7", [], "192.0.2.7"),
        ("192.0.2.7", ["198.51.100.1"], "192.0.2.7"),
        ("10.1.2.3", ["198.51.100.1"], "198.51.100.1"),
        ("10.1.2.3", ["203.0.113.9, 198.51.100.1"], "198.51.100.1"),
        ("10.1.2.3", ["203.0.113.9, 198.51.100.1", "10.9.9.9"], "198.51.100.1"),
        ("10.1.2.3", ["10.7.7.7"], "10.7.7.7"),
        ("10.1.2.3", [], "10.1.2.3"),
        ("10.1.2.3", ["unknown"], "10.1.2.3"),
        ("10.1.2.3", ["198.51.100.1, not an address"], "10.1.2.3"),
        ("fd00::1", ["2001:db8:1:2:3:4:5:6"], "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", [], "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", [], "192.0.2.7"),
        ("::ffff:10.1.2.3", ["198.51.100.1"], "198.51.100.1"),
        ("", ["198.51.100.1"], ""),
    ],
)
def test_only_what_believed_proxies_wrote_counts(peer: str, forwarded: list[str], expected: str) -> None:
    headers = [(b"host", b"facts"), *((b"x-forwarded-for", value.encode()) for value in forwarded)]
    assert Addresses(PROXIES).of((peer, 1234), headers) == expected


def test_without_believed_proxies_the_header_says_nothing() -> None:
    headers = [(b"x-forwarded-for", b"198.51.100.1")]
    assert Addresses(()).of(("10.1.2.3", 1), headers) == "10.1.2.3"
    assert Addresses(()).of(None, headers) == ""
