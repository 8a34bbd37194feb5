"""The client address of a request, for rate limits."""

import ipaddress
from collections.abc import Iterable
from functools import lru_cache

from service.settings import Network

_V6_PREFIX = 64  # bits; a network commonly gives each customer a /64
_LONGEST = 64  # bytes; longer entries are not addresses


class Addresses:
    """Finds client addresses behind proxies.

    Each proxy appends to `X-Forwarded-For` the address that it was asked from, so the entries are believed from the right:
    as many as there are proxies. Whatever a client writes itself stands further left.
    """

    def __init__(self, hops: int | None, trusted: tuple[Network, ...] = ()) -> None:
        """`hops`: how many proxies, by default one if networks are given; `trusted`: their networks; empty: any."""
        self._hops = (1 if trusted else 0) if hops is None else hops
        self._trusted = trusted
        self._address_of = lru_cache(maxsize=10_000)(self._find)

    def of(self, client: tuple[str, int] | None, headers: Iterable[tuple[bytes, bytes]]) -> str:
        """The IPv4 address or IPv6 network of the client; empty if there is none, as on a Unix socket."""
        forwarded: tuple[bytes, ...] = ()
        if self._hops:
            whole = b",".join(value for name, value in headers if name == b"x-forwarded-for")
            # no more than is believed: a client decides on the rest, which would fill the cache
            forwarded = tuple(hop.strip()[:_LONGEST] for hop in whole.rsplit(b",", self._hops)[-self._hops :])
        return self._address_of("" if client is None else client[0], forwarded)

    @property
    def remembered(self) -> int:
        """The number of cached addresses."""
        return self._address_of.cache_info().currsize

    def _find(self, peer: str, forwarded: tuple[bytes, ...]) -> str:
        address = _read(peer)
        for hop in reversed(forwarded):
            if address is None or (
                self._trusted and not any(address in network for network in self._trusted)
            ):
                break
            before = _read(_without_port(hop.decode("latin-1")))
            if before is None:
                break
            address = before
        if address is None:
            return ""
        if isinstance(address, ipaddress.IPv6Address):
            return str(ipaddress.ip_network((address, _V6_PREFIX), strict=False))
        return str(address)


def _without_port(text: str) -> str:
    """An address without the port that some proxies add: `192.0.2.7:443`, `[2001:db8::7]:443`."""
    if text.startswith("["):
        return text[1:].partition("]")[0]
    host, _, port = text.partition(":")
    return host if "." in host and port.isdigit() else text


def _read(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    return (address.ipv4_mapped if address.version == 6 else None) or address
