"""Sources that are derived from others, and how many publishers verify a fact on their own."""

from typing import Any

from service.operations.exchange import Report, import_lines
from service.postgres.database import opened
from tests.api.test_log import exported
from tests.bodies import company, market_share, quote, source, source_id, statement
from tests.clusters import Cluster, fetch, run
from tests.operations.test_verifying import found as altered_facts
from tests.running import InProcess

ARTICLE, REVIEW, OTHER = (
    "Acme had a 36% market share.",
    "A 36% market share, says the article.",
    "It had a 36% market share then.",
)


def recorded(api: InProcess, text: str, publisher: str, **fields: Any) -> str:
    return str(api.made("/v1/sources", source(text, publisher=publisher, **fields))["id"])


def share(cited: str, **fields: Any) -> dict[str, Any]:
    return market_share(cited, citations=[quote(cited, "36% market share")], **fields)


def test_publishers_with_sources_of_their_own_are_counted(api: InProcess) -> None:
    api.made("/v1/companies", company())
    article = recorded(api, ARTICLE, "Paper")
    review = recorded(api, REVIEW, "Review", derived_from=[article])
    other = recorded(api, OTHER, "Radio")
    assert api.found(f"/v1/sources/{review}")["derived_from"] == [article]
    by_review = api.made("/v1/facts", share(review))
    assert (by_review["evidence"], by_review["independent_publishers"]) == ("verified", 0)
    path, alone = f"/v1/facts/{by_review['id']}", api.position()
    api.made("/v1/facts", share(article))
    assert api.found(path)["independent_publishers"] == 1
    one = api.position()
    assert api.made("/v1/facts", share(other))["independent_publishers"] == 2

    def listed(least: int, **times: Any) -> int:
        return len(api.found("/v1/facts", min_publishers=least, **times)["items"])

    for times, count in (({}, 2), ({"at": one}, 1), ({"at": alone}, 0)):
        assert api.found(path, **times)["independent_publishers"] == count
        assert [listed(least, **times) for least in (0, 1, 2, 3)] == [
            int(least <= count) for least in (0, 1, 2, 3)
        ]
    # a publisher that says otherwise is no support, and one that takes back what it said is none any more
    api.made("/v1/facts", market_share(article, "30", known_at="2025-06-01"))
    assert api.found(path)["independent_publishers"] == 1 + 1
    retracted = api.found(f"{path}/versions")["items"][2]["version"]
    api.made(f"{path}/retractions", {"version": retracted, "reason": "misread"})
    assert api.found(path)["independent_publishers"] == 1
    assert run(altered_facts(api.dsn)) == []


def test_a_source_without_publisher_is_its_own_and_a_fact_without_number_has_none(api: InProcess) -> None:
    api.made("/v1/companies", company())
    article = recorded(api, ARTICLE, "Paper")
    nameless = recorded(api, OTHER, "x")
    body = share(article)
    body["citations"] += [quote(nameless, "36% market share")]
    assert api.made("/v1/facts", body)["independent_publishers"] == 2
    assert (
        api.made("/v1/facts", statement(article, citations=[quote(article, "Acme had")]))[
            "independent_publishers"
        ]
        == 0
    )
    assert api.made("/v1/facts", market_share(article, subject="gadgets"))["independent_publishers"] == 1


def test_it_is_said_once_also_later_and_counts_from_then_on(api: InProcess) -> None:
    api.made("/v1/companies", company())
    article, review = recorded(api, ARTICLE, "Paper"), recorded(api, REVIEW, "Review")
    fact = api.made("/v1/facts", share(review))
    assert fact["independent_publishers"] == 1
    path, before = f"/v1/facts/{fact['id']}", api.position()
    pinned = api.get(path, params={"at": before}).content
    said = source(REVIEW, publisher="Review", derived_from=[article])
    told = api.made("/v1/sources", said)
    assert told["derived_from"] == [article]
    (entry,) = api.found("/v1/changes", after=before)["items"]
    assert (entry["type"], entry["source"], entry["position"]) == ("source", review, before + 1)
    assert api.post("/v1/sources", said).status_code == 200
    assert api.position() == before + 1
    assert api.found(path)["independent_publishers"] == 0
    assert api.get(path, params={"at": before}).content == pinned
    assert len(api.found("/v1/facts", min_publishers=1, at=before)["items"]) == 1
    assert api.found("/v1/facts", min_publishers=1)["items"] == []
    assert run(altered_facts(api.dsn)) == []
    # what is not said again is not taken back; another is refused
    assert api.post("/v1/sources", source(REVIEW, publisher="Review")).status_code == 200
    other = recorded(api, OTHER, "Radio")
    refused = api.post("/v1/sources", source(REVIEW, publisher="Review", derived_from=[other]))
    assert refused.status_code == 409
    assert refused.json()["errors"][0]["pointer"] == "/derived_from"


def test_unknown_sources_and_cycles_are_refused(api: InProcess) -> None:
    article = recorded(api, ARTICLE, "Paper")
    review = recorded(api, REVIEW, "Review", derived_from=[article])
    summary = recorded(api, OTHER, "Radio", derived_from=[review])
    position = api.position()
    for text, publisher, origin in (
        (ARTICLE, "Paper", summary), (ARTICLE, "Paper", article), (ARTICLE, "Paper", source_id("nothing")),
    ):  # fmt: skip
        refused = api.post("/v1/sources", source(text, publisher=publisher, derived_from=[origin]))
        assert refused.status_code == 422, refused.text
        assert refused.json()["errors"][0]["pointer"] == "/derived_from/0"
    assert api.position() == position


def test_exports_carry_it(api: InProcess, cluster: Cluster) -> None:
    api.made("/v1/companies", company())
    article, review = recorded(api, ARTICLE, "Paper"), recorded(api, REVIEW, "Review")
    recorded(api, OTHER, "Radio", derived_from=[article])
    api.made("/v1/facts", share(review))
    api.made("/v1/sources", source(REVIEW, publisher="Review", derived_from=[article]))
    lines = exported(api.dsn)
    with cluster.database() as dsn:
        assert run(taken_in(dsn, lines)).refused == 0
        assert exported(dsn) == lines
        facts = "select f.publishers, f.settled, h.position from facts f, log_head h"
        assert [tuple(row) for row in run(fetch(dsn, facts))] == [(0, 9, 9)]


async def taken_in(dsn: str, lines: bytes) -> Report:
    async with opened(dsn) as database:
        return await import_lines(database, lines.splitlines(), author=None, partial=True, batch=None)
