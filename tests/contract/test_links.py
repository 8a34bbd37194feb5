"""The links of the document, followed one by one over a socket: each leads on, and together through a fact's life."""

from collections import deque
from collections.abc import Generator

import pytest

from tests import bodies
from tests.clusters import Cluster
from tests.contract.walking import Absent, Answered, LinkName, ask, every_link, follow
from tests.running import Server

TEXT = "Acme held a 36 percent share of the widget market."


@pytest.fixture
def sampled(cluster: Cluster) -> Generator[Server]:
    """A server with the sample, of this test's own: what is written leads on."""

    with cluster.sampled() as dsn, Server(dsn, cluster.keys["write"]) as server:
        yield server


def led(api: Server, answered: Answered, name: str) -> Answered:
    """What the link of that name leads to."""
    links = {key[2]: link for key, link in answered.links().items()}
    assert name in links, f"{answered.operation} {answered.response.status_code} has no link {name}"
    return follow(api, answered, links[name])


def test_the_links_lead_through_the_whole_life_of_a_fact(sampled: Server) -> None:
    """Create, read, list, new version, diff, retract, read: each asked with nothing but what the link before gave."""
    source = ask(sampled, "postSource", {}, bodies.source(TEXT))
    assert source.response.status_code == 201

    created = led(sampled, source, "AssertFact")
    assert created.response.status_code == 201
    first = created.response.json()
    assert first["version"] == 1

    read = led(sampled, created, "GetFact")
    assert read.response.json() == first

    listed = led(sampled, read, "ListFactVersions")
    assert [one["version"] for one in listed.response.json()["items"]] == [1]

    again = led(sampled, led(sampled, listed, "GetFact"), "RestateFact")
    assert again.response.status_code == 201
    second = again.response.json()
    assert (second["id"], second["version"]) == (first["id"], 2)
    assert second["known_at"] != first["known_at"]

    compared = led(sampled, again, "DiffFact")
    assert (compared.response.json()["from"], compared.response.json()["to"]) == (1, 2)
    assert "/known_at" in {change["pointer"] for change in compared.response.json()["changes"]}

    retracted = led(sampled, compared, "RetractFact")
    assert retracted.response.status_code == 201
    assert retracted.response.json()["retracts"] == 2

    at_last = led(sampled, retracted, "GetFact").response.json()
    assert (at_last["id"], at_last["version"], at_last["status"]) == (first["id"], 1, "asserted")
    assert [
        one["version"] for one in led(sampled, retracted, "ListFactVersions").response.json()["items"]
    ] == [
        1,
        2,
        3,
    ]


def beginnings(api: Server) -> list[Answered]:
    """Answers to requests that anybody may make: of what there is, again, and page by page."""
    share = {"company": "alibaba-cloud", "kind": "market_share", "subject": "ai-cloud"}
    made = [
        *(ask(api, "postSource", {}, bodies.source(TEXT)) for _ in "12"),
        *(ask(api, "postCompany", {}, bodies.company(slug)) for slug in ("acme", "acme", "bolt")),
        *(ask(api, "postConcept", {}, {"id": "revenue", "label": "Revenue"}) for _ in "12"),
    ]
    source = made[0].response.json()["id"]
    revenues = [
        ask(api, "assertFact", {}, bodies.metric(source, number, company=company, known_at=known))
        for company, number, known in (
            ("acme", "10", "2026-01-31"),
            ("acme", "11", "2026-02-28"),
            ("acme", "11", "2026-02-28"),
            ("bolt", "12", "2026-01-31"),
        )
    ]
    page = {"limit": 1}
    return [
        *made,
        *revenues,
        ask(api, "lookUpFact", share),
        ask(api, "lookUpFacts", {}, {"items": [share]}),
        ask(api, "getSeries", {"company": "acme", "subject": "revenue", "vintages": "all", **page}),
        ask(api, "getFrame", {"subject": "revenue", "unit": "USD", "period": "2025", **page}),
        *(
            ask(api, listing, page)
            for listing in ("listFacts", "listCompanies", "listConcepts", "listSources", "listChanges")
        ),
        ask(api, "listCompanyFacts", {"ref": "alibaba", "evidence": "quote_only", **page}),
        ask(api, "listSourceFacts", {"id": source, **page}),
        ask(api, "listFactVersions", {"id": revenues[0].response.json()["id"], **page}),
        ask(api, "getFactTimeline", {"id": revenues[0].response.json()["id"]}),
    ]


def test_every_link_of_the_document_leads_on(sampled: Server) -> None:
    """Each is followed to an answer. Where one leads to what was changed or taken back since, another must do."""
    waiting = deque(beginnings(sampled))
    came_later = "Bytes that come later."
    bare = bodies.source(None, sha256=bodies.source_id(came_later).removeprefix("sha256:"))
    known = ask(sampled, "postSource", {}, bare).response.json()["id"]
    waiting.append(ask(sampled, "putSnapshot", {"id": known}, came_later))
    followed: set[LinkName] = set()
    while waiting:
        answered = waiting.pop()
        for name, link in answered.links().items():
            if name in followed:
                continue
            try:
                reached = follow(sampled, answered, link)
            except Absent:
                continue  # another answer has it
            if reached.response.status_code in {404, 409, 412, 422}:
                continue
            assert reached.response.is_success, (name, reached.response.text)
            followed.add(name)
            waiting.append(reached)
    assert followed == every_link().keys()
