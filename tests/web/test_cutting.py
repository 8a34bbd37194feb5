"""A connection of this process is reset in the middle of an answer."""

import socket

import pytest

from service.web.cutting import cut


def test_the_connection_between_two_addresses_is_reset_and_no_other() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = listening.getsockname()
        with socket.create_connection(address) as one, socket.create_connection(address) as other:
            served = {client.getpeername(): client for client, _ in (listening.accept(), listening.accept())}
            assert cut(address, one.getsockname())
            with pytest.raises(ConnectionResetError):
                one.recv(1)
            served[other.getsockname()].sendall(b"still here")
            assert other.recv(20) == b"still here"
            for client in served.values():
                client.close()
        assert not cut(address, ("127.0.0.1", 1))


def test_an_address_that_is_not_known_cuts_nothing() -> None:
    assert not cut(None, ("127.0.0.1", 1))
    assert not cut(("127.0.0.1", 1), None)
