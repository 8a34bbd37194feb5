"""What a mirror and its origin are both asked, and the comparison of their answers."""

import difflib
import json
import re
from collections.abc import Iterator
from urllib.parse import quote

from service.app import contract
from tests.edgar_documents import CIK, PATH
from tests.running import Api

# headers that differ between any two answers
OWN = {
    "date",
    "x-request-id",
    "ratelimit",
    "ratelimit-policy",
    "server",
    "content-length",
    "transfer-encoding",
}
TIMES = "known_at=2025-07-15", "known_at=2020-12-31"
CONCEPT = f"/api/xbrl/companyconcept/CIK{CIK:010}/us-gaap/Revenues.json"
EDGAR = (
    PATH,
    CONCEPT,
    "/api/xbrl/frames/us-gaap/Revenues/USD/CY2019.json",
    "/api/xbrl/frames/us-gaap/Revenues/USD/CY2021.json",
    f"/submissions/CIK{CIK:010}.json",
    f"/submissions/CIK{CIK:010}-submissions-001.json",
    "/files/company_tickers.json",
)
GENERAL = (
    "/v1/companies", "/v1/companies?q=acme", "/v1/concepts", "/v1/concepts?standard=true", "/v1/sources", "/v1/facts?limit=1000",
    "/v1/facts?disputed=true", "/v1/facts.csv", "/v1/search?q=acme", "/v1/search?q=made+total", "/v1/search?q=revenu",
    "/v1/frames?subject=revenue&unit=USD&period=2025", "/v1/frames.csv?subject=revenue&unit=USD&period=2025",
    "/v1/frames?subject=us-gaap:Revenues&unit=USD&period=2019", "/v1/companies.csv", "/v1/concepts.csv", "/v1/sources.csv",
    "/v1/facts.parquet", "/v1/companies.parquet", "/v1/concepts.parquet", "/v1/sources.parquet",
    "/v1/frames.parquet?subject=revenue&unit=USD&period=2025",
)  # fmt: skip
LOG = (
    "/v1/changes?limit=1000",
    "/v1/changes?class=restated",
    "/v1/export",
    "/v1/export.parquet",
    "/changes",
    "/companies",
    "/disputes",
    "/search?q=acme",
    "/frames?subject=revenue&unit=USD&period=2025",
    "/series?company=acme&subject=revenue",
)
# About the process or the release, not about what is recorded; the home page shows companies that a process counted earlier.
NOT_OF_THE_LOG = re.compile(
    r"/(|healthz|readyz|metrics|openapi\.json|docs.*|problems.*|static.*|key|assert|facts/\{id\}/retract|pages/\{name\}|\.well-known/.*|llms.*|favicon.*|robots.*)"
)


# what an answer says of its own request
_REQUEST = re.compile(r'"request_id":"[0-9a-f]+"|http://(in\.process|127\.0\.0\.1:\d+)')


def paths(api: Api, *, every: int) -> Iterator[str]:
    """Every read of what is recorded, at present and each at one of some earlier times; of things, one in `every` paths."""
    head = api.position()
    entries = [
        one for n in range(0, head, 1000) for one in api.found("/v1/changes", after=n, limit=1000)["items"]
    ]
    then = (
        *TIMES,
        f"at={head // 2}",
        f"at={head}",
        f"recorded_at={quote(entries[head // 2]['recorded_at'])}",
    )
    yield from LOG
    for line in api.get("/v1/export").text.splitlines():
        if (document := json.loads(line).get("document")) is not None:
            yield f"{document['path']}?at={document['position']}"
    for number, path in enumerate((*GENERAL, *[*_of_things(entries)][::every], *EDGAR)):
        yield path
        time = then[number % len(then)]
        if path.startswith("/v1/") or not time.startswith("recorded_at"):
            yield f"{path}{'&' if '?' in path else '?'}{time}"


def _of_things(entries: list[dict[str, str]]) -> Iterator[str]:
    slugs = {one["company"] for one in entries if one["company"]}
    for slug in sorted(slugs):
        yield from (
            f"/v1/companies/{slug}{more}"
            for more in ("", "/facts", "/facts.csv", "/facts.parquet", "/subjects?kind=metric")
        )
        yield from (
            f"/v1/{form}?company={slug}&subject={subject}"
            for form in ("series", "series.csv", "series.parquet")
            for subject in ("revenue", "us-gaap:Revenues")
        )
        yield f"/v1/lookup?company={slug}&kind=metric&subject=revenue"
        yield f"/companies/{slug}"
    for concept in sorted({one["concept"] for one in entries if one["concept"]}):
        yield f"/v1/concepts/{concept}"
    for source in sorted({one["source"] for one in entries if one["source"]}):
        yield from (
            f"/v1/sources/{source}{more}" for more in ("", "/text", "/facts", "/facts.csv", "/facts.parquet")
        )
        yield f"/sources/{source}"
    for fact in sorted({one["fact"] for one in entries if one["fact"]}):
        yield from (
            f"/v1/facts/{fact}{more}"
            for more in ("", "/versions", "/versions/1", "/timeline", "/diff?from=1&to=2")
        )
        yield f"/facts/{fact}"


def _difference(one: str, other: str) -> list[str]:
    return list(difflib.unified_diff(one.splitlines(), other.splitlines(), n=0, lineterm=""))[:20]


def assert_equal(origin: Api, mirror: Api, *, every: int = 1) -> set[str]:
    """Ask both everything; returns the templates of the paths that gave an answer."""
    assert mirror.position() == origin.position()
    patterns = {
        template: re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template)))
        for template in contract().paths
    }
    answered: set[str] = set()
    for path in paths(origin, every=every):
        one, other = (api.get(path) for api in (origin, mirror))
        assert other.status_code == one.status_code, (path, one.text, other.text)
        said, copied = (_REQUEST.sub("", answer.text) for answer in (one, other))
        assert copied == said, (path, _difference(said, copied))
        headers = [{k: v for k, v in answer.headers.items() if k not in OWN} for answer in (one, other)]
        assert headers[0] == headers[1], path
        if one.status_code == 200:
            plain = path.partition("?")[0]
            answered |= {template for template, pattern in patterns.items() if pattern.fullmatch(plain)}
    return answered
