"""A listener hears of commits, and listens again after its connection was lost."""

import asyncio

from service.postgres.listening import CHANNEL, Listener
from tests.clusters import execute, run
from tests.running import PATIENCE


def test_a_listener_hears_while_it_is_connected_and_connects_again(dsn: str) -> None:
    async def listen() -> None:
        heard = asyncio.Event()
        listener = Listener(dsn, heard.set)
        listener.start()
        listener.start()  # once is enough

        async def hears() -> None:
            async with asyncio.timeout(PATIENCE):
                await heard.wait()
            heard.clear()

        await hears()  # it is connected
        assert listener.connected
        await execute(dsn, f"notify {CHANNEL}")
        await hears()
        await execute(
            dsn, "select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen %'"
        )
        await hears()  # it is cut off
        assert not listener.connected
        await hears()  # and connected again
        assert listener.connected
        await listener.close()
        assert not listener.connected

    run(listen())
