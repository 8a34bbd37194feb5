"""Bytes on a socket that no well-behaved client sends, and some that only a very correct one does."""

import socket
import time
from itertools import pairwise

import pytest

from tests.running import PATIENCE, Server

READ = b"GET /v1/companies HTTP/1.1\r\nHost: here\r\n\r\n"
LAST = b"GET /healthz HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"
POST = b"POST /v1/lookup HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\nConnection: close\r\n"


def said(server: Server, *parts: bytes, pause: float = 0.0) -> bytes:
    """All that the service says to these bytes, until it closes the connection."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as connection:
        for part in parts:
            connection.sendall(part)
            time.sleep(pause)
        answer = b""
        try:
            while received := connection.recv(65_536):
                answer += received
        except ConnectionResetError:  # it closed with bytes of ours unread
            pass
        return answer


def test_requests_sent_at_once_are_answered_in_order(server: Server) -> None:
    head = READ.replace(b"GET", b"HEAD")
    answer = said(server, head + READ + b"DELETE /v1/facts HTTP/1.1\r\nHost: here\r\n\r\n" + LAST)
    assert answer.count(b"HTTP/1.1 200 OK") == 3
    places = [
        answer.index(mark) for mark in (b"HTTP/1.1 200 OK", b'"items":', b"405 Method", b'"status":"ok"')
    ]
    assert all(one < other for one, other in pairwise(places))


def test_a_client_that_sends_byte_by_byte_is_answered(server: Server) -> None:
    body = b'{"items":[]}'
    request = POST + b"Content-Length: %d\r\n\r\n" % len(body) + body
    answer = said(server, *(request[place : place + 1] for place in range(len(request))), pause=0.002)
    assert answer.startswith(b"HTTP/1.1 400 "), "an empty batch is refused, once it is all there"
    assert b"application/problem+json" in answer


def test_a_body_in_pieces_is_one_body(server: Server) -> None:
    pieces = (
        b"Transfer-Encoding: chunked\r\n\r\n6\r\n" + b'{"item' + b"\r\n6\r\n" + b's":[]}' + b"\r\n0\r\n\r\n"
    )
    assert b"items" in said(server, POST + pieces)


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"GET /healthz HTTP/1.1\r\nHost: here\r\nX-Long: " + b"a" * 2_000_000 + b"\r\n\r\n", 431),
        (b"GET /healthz HTTP/1.1\r\n" + b"".join(b"X-%d: a\r\n" % n for n in range(1000)) + b"\r\n", 431),
        (POST + b"Content-Length: 5x\r\n\r\n{}", 400),
        (b"\x16\x03\x01\x02\x00 this is TLS\r\n\r\n", 400),
    ],
    ids=["a header of two megabytes", "a thousand headers", "a length that is none", "TLS"],
)
def test_what_cannot_be_read_is_refused_and_the_connection_closed(
    server: Server, request_bytes: bytes, status: int
) -> None:
    answer = said(server, request_bytes)
    assert answer.startswith(b"HTTP/1.1 %d " % status) or answer == b"", answer[:200]
    assert server.get("/healthz").status_code == 200


def test_a_client_that_goes_away_harms_nobody(server: Server) -> None:
    for part in (b"", READ[:10], POST, POST + b"Content-Length: 5000\r\n\r\n{"):
        for _ in range(20):
            with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as connection:
                connection.sendall(part)
    assert server.get("/readyz").status_code == 200
    assert "defect" not in server.said()
