"""The limit of the framework: Litestar under Granian answering stored bytes of the sizes of our answers.

`HELLO_SIZES` lists the sizes; `/SIZE` answers a body of SIZE bytes.
"""

import os

from litestar import Litestar, Response, get
from litestar.handlers import HTTPRouteHandler


def _route(size: int) -> HTTPRouteHandler:
    body = b'"' + b"x" * (size - 2) + b'"'

    @get(f"/{size}", name=f"hello{size}")
    async def hello() -> Response[bytes]:
        return Response(body, media_type="application/json")

    return hello


app = Litestar(
    route_handlers=[_route(int(size)) for size in os.environ.get("HELLO_SIZES", "2").split()],
    openapi_config=None,
)
