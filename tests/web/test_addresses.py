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
    assert Addresses(16, PROXIES).of((peer, 1234), headers) == expected


def test_without_believed_proxies_the_header_says_nothing() -> None:
    headers = [(b"x-forwarded-for", b"198.51.100.1")]
    assert Addresses(0).of(("10.1.2.3", 1), headers) == "10.1.2.3"
    assert Addresses(0, PROXIES).of(("10.1.2.3", 1), headers) == "10.1.2.3"
    assert Addresses(0).of(None, headers) == ""


@pytest.mark.parametrize(
    ("hops", "forwarded", "expected"),
    [
        (1, [], "10.1.2.3"),
        (1, ["198.51.100.1"], "198.51.100.1"),
        # the client wrote the entries further left, and may have sent lines of its own
        (1, ["10.7.7.7, 198.51.100.1"], "198.51.100.1"),
        (1, ["10.7.7.7", "198.51.100.1"], "198.51.100.1"),
        (2, ["203.0.113.9, 198.51.100.1, 10.9.9.9"], "198.51.100.1"),
        (2, ["198.51.100.1"], "198.51.100.1"),
        (3, ["203.0.113.9, 198.51.100.1, 10.9.9.9"], "203.0.113.9"),
        (1, ["198.51.100.1:4711"], "198.51.100.1"),
        (1, ["[2001:db8:1:2::9]:4711"], "2001:db8:1:2::/64"),
        (1, ["2001:db8:1:2::9"], "2001:db8:1:2::/64"),
        (1, ["198.51.100.1," + "9" * 1000], "10.1.2.3"),
    ],
)
def test_so_many_entries_as_there_are_proxies_are_believed_from_the_right(
    hops: int, forwarded: list[str], expected: str
) -> None:
    headers = [(b"x-forwarded-for", value.encode()) for value in forwarded]
    assert Addresses(hops).of(("10.1.2.3", 1), headers) == expected


def test_an_entry_that_no_listed_proxy_wrote_is_not_believed() -> None:
    headers = [(b"x-forwarded-for", b"203.0.113.9, 198.51.100.1, 10.9.9.9")]
    assert Addresses(3, PROXIES).of(("10.1.2.3", 1), headers) == "198.51.100.1"
    assert Addresses(3, PROXIES).of(("192.0.2.7", 1), headers) == "192.0.2.7"
    assert Addresses(None, PROXIES).of(("10.1.2.3", 1), headers) == "10.9.9.9", "one proxy unless told"
    assert Addresses(None).of(("10.1.2.3", 1), headers) == "10.1.2.3", "none unless told"


def test_a_client_cannot_fill_the_memory_with_addresses_of_its_own() -> None:
    addresses = Addresses(1)
    for number in range(100):
        headers = [(b"x-forwarded-for", b"%d, 198.51.100.1" % number)]
        assert addresses.of(("10.1.2.3", 1), headers) == "198.51.100.1"
    assert addresses.remembered == 1
