"""The client address of a request, for rate limits."""

import ipaddress
from functools import lru_cache

from service.settings import Network

_V6_PREFIX = 64  # bits; a network commonly gives each customer a /64


class Addresses:
    """Finds client addresses behind trusted proxies."""

    def __init__(self, trusted: tuple[Network, ...]) -> None:
        self._trusted = trusted
        self._told = lru_cache(maxsize=10_000)(self._tell)

    def of(self, client: tuple[str, int] | None, headers: list[tuple[bytes, bytes]]) -> str:
        """The IPv4 address or IPv6 network of who asks; empty where there is none, as on a Unix socket.

        `X-Forwarded-For` counts only as far as proxies that are believed have written it.
        """
        forwarded = b""
        if self._trusted:
            forwarded = b",".join(value for name, value in headers if name == b"x-forwarded-for")
        return self._told("" if client is None else client[0], forwarded)

    def _tell(self, peer: str, forwarded: bytes) -> str:
        address = _read(peer)
        for hop in reversed(forwarded.decode("latin-1").split(",") if forwarded else []):
            if address is None or not any(address in network for network in self._trusted):
                break
            before = _read(hop.strip())
            if before is None:
                break
            address = before
        if address is None:
            return ""
        if isinstance(address, ipaddress.IPv6Address):
            return str(ipaddress.ip_network((address, _V6_PREFIX), strict=False))
        return str(address)


def _read(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    return (address.ipv4_mapped if address.version == 6 else None) or address
