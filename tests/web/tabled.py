"""Lists that are answered as tables, and something in each of them."""

import httpx

from tests import bodies
from tests.running import InProcess


def filled(api: InProcess) -> InProcess:
    """Companies, a concept, a source and facts of several kinds."""
    api.made(
        "/v1/companies", bodies.company(name="=cmd|'/C calc'!A0", identifiers={"cik": "12", "ticker": "ACME"})
    )
    api.made("/v1/companies", bodies.company("beta", name='Beta, "the" second', aliases=["-Beta", "Bété"]))
    api.made(
        "/v1/concepts", {"id": "revenue", "label": "+Revenue", "description": "What is sold.\nAnd more."}
    )
    source = api.made("/v1/sources", bodies.source(None, url="https://example.org/a", title="@source"))["id"]
    api.made("/v1/facts", bodies.metric(source, "-10.50"))
    api.made(
        "/v1/facts", bodies.metric(source, "12", period={"instant": "2024-12-31"}, dimensions={"a": "b"})
    )
    api.made("/v1/facts", bodies.market_share(source))
    api.made("/v1/facts", bodies.statement(source, "=1+1"))
    return api


PATHS = (
    "/v1/facts",
    "/v1/companies",
    "/v1/concepts",
    "/v1/sources",
    "/v1/companies/acme/facts",
    "/v1/series?company=acme&subject=revenue&dimension=a:b",
    "/v1/frames?subject=revenue&unit=USD&period=2025&with=rank,share",
)


def dotted(path: str, suffix: str = ".csv") -> str:
    path, question, query = path.partition("?")
    return f"{path}{suffix}{question}{query}"


def pages(service: InProcess, path: str, query: str) -> list[httpx.Response]:
    """The pages of a list, each of which the one before leads to by `Link`."""
    responses = [service.get(f"{path}?{query}")]
    while (link := responses[-1].headers.get("link")) is not None:
        following = link[1 : link.index(">")]
        assert following.startswith(f"{path}?")
        responses.append(service.get(following))
    return responses
