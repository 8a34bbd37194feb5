"""The log: changes, imports and exports."""

import asyncio
import hashlib
from collections.abc import Sequence
from typing import Any, cast

import httpx
import pytest

from service.operations import exchange
from service.postgres.database import opened
from tests.bodies import (
    cite,
    company,
    market_share,
    metric,
    ndjson,
    quantity,
    quote,
    source,
    source_id,
    statement,
)
from tests.clusters import Cluster, run
from tests.running import Api, InProcess

NDJSON = {"Content-Type": "application/x-ndjson"}


def imported(api: Api, content: bytes, **params: Any) -> httpx.Response:
    return api.post("/v1/imports", content=content, params=params, headers=NDJSON)


def taken(api: Api, content: bytes, **params: Any) -> dict[str, int]:
    """The counts of a successful import."""
    answer = imported(api, content, **params)
    assert answer.status_code == 200, answer.text
    return {name: answer.json()[name] for name in ("lines", "created", "unchanged", "refused")}


def counts(lines: int, created: int, unchanged: int = 0, refused: int = 0) -> dict[str, int]:
    return {"lines": lines, "created": created, "unchanged": unchanged, "refused": refused}


def exported(dsn: str, batch: int = exchange.BATCH) -> bytes:
    async def lines() -> bytes:
        async with opened(dsn) as database:
            return b"".join([line async for line in exchange.export_lines(database, batch=batch)])

    return run(lines())


def log_of(api: Api) -> list[dict[str, Any]]:
    return api.found("/v1/changes", limit=1000)["items"]


# -- the feed ------------------------------------------------------------------------------------


def test_every_entry_once_in_order(api: InProcess) -> None:
    api.made("/v1/companies", company())
    api.made("/v1/concepts", {"id": "revenue"})
    cited = api.made("/v1/sources", source())["id"]
    late = api.made("/v1/sources", source(None, sha256=source_id("Late 36%.")[7:]))["id"]
    fact = api.made("/v1/facts", market_share(late, citations=[quote(late, "36%")]))["id"]
    api.made(f"/v1/facts/{fact}/retractions", {"version": 1, "reason": "misread"})
    api.put(f"/v1/sources/{late}/snapshot", content="Late 36%.", headers={"Content-Type": "text/plain"})
    entries = log_of(api)
    nothing = {"company": None, "concept": None, "source": None, "fact": None, "version": None}
    expected: list[dict[str, Any]] = [
        {"type": "company", "company": "acme"},
        {"type": "concept", "concept": "revenue"},
        {"type": "source", "source": cited},
        {"type": "snapshot", "source": cited},
        {"type": "source", "source": late},
        {"type": "version", "company": "acme", "fact": fact, "version": 1},
        {"type": "version", "company": "acme", "fact": fact, "version": 2},
        {"type": "snapshot", "source": late},
        {"type": "evidence", "company": "acme", "fact": fact, "version": 1},
    ]
    told = [{**nothing, **entry, "position": n} for n, entry in enumerate(expected, 1)]
    assert [
        {
            name: value
            for name, value in entry.items()
            if name not in {"recorded_at", "class", "before", "after"}
        }
        for entry in entries
    ] == told
    for limit in (1, 2, 4, 9, 10):
        seen: list[dict[str, Any]] = []
        page = api.get("/v1/changes", params={"limit": limit})
        while True:
            seen += page.json()["items"]
            if page.json()["next"] is None:
                break
            page = api.get(page.headers["link"].partition(">")[0][1:])
        assert seen == entries
    assert api.found("/v1/changes", after=9) == {"items": [], "next": None}
    assert api.found("/v1/changes", after=1000) == {"items": [], "next": None}
    assert api.get("/v1/changes").headers["log-position"] == "9"


# -- imports -------------------------------------------------------------------------------------


def test_lines_of_every_sort(api: InProcess) -> None:
    cited = source_id("Acme has 36%.")
    fact = market_share(cited)
    lines = [
        {"company": company(identifiers={"cik": "12"})},
        {"concept": {"id": "revenue", "label": "Revenue"}},
        {"source": source("Acme has 36%.")},
        {"fact": fact},
    ]
    assert taken(api, ndjson(*lines)) == counts(4, 4)
    assert api.position() == 5
    assert taken(api, ndjson(*lines)) == counts(4, 0, 4)
    assert api.position() == 5
    found = api.found("/v1/lookup", company="cik:12", kind="market_share", subject="widgets")
    assert found["evidence"] == "verified"
    retraction = {"retraction": {"fact": found["id"], "version": 1, "reason": "misread"}}
    assert taken(api, ndjson(retraction)) == counts(1, 1)
    assert taken(api, ndjson(retraction)) == counts(1, 0, 1)
    # an import does not assert a retracted version again
    assert taken(api, ndjson(*lines)) == counts(4, 0, 4)
    assert api.position() == 6
    # unless it contains the retraction, followed by a new assertion
    assert taken(api, ndjson(*lines, retraction, {"fact": fact})) == counts(6, 1, 5)
    assert api.found(f"/v1/facts/{found['id']}")["version"] == 3
    assert taken(api, ndjson(*lines, retraction, {"fact": fact})) == counts(6, 0, 6)


@pytest.mark.parametrize("media", ["application/x-ndjson", "application/ndjson", "application/jsonl"])
def test_media_types_of_an_import(api: InProcess, media: str) -> None:
    body = ndjson({"company": company()})
    assert api.post("/v1/imports", content=body, headers={"Content-Type": media}).status_code == 200


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n", b"\n\n \n\t\n"])
def test_blank_lines_and_line_ends(api: InProcess, end: bytes) -> None:
    lines = b"\r\n\n".join(ndjson({"company": company(name)}).strip() for name in ("a", "b", "c"))
    assert taken(api, lines + end) == counts(3, 3)


def test_nothing_is_nothing(api: InProcess) -> None:
    assert taken(api, b"") == counts(0, 0)
    assert taken(api, b"\n\n\n") == counts(0, 0)
    assert taken(api, b"", partial="true") == counts(0, 0)


BAD: list[tuple[bytes, int]] = [
    (b'{"company": {"slug": "acme", "name"', 400),
    (b"not json", 400),
    (b"[]", 400),
    (b"null", 400),
    (b"{}", 400),
    (b'{"company": {"slug": "b", "name": "B"}, "concept": {"id": "c"}}', 400),
    (b'{"companies": {"slug": "b", "name": "B"}}', 400),
    (b'{"company": {"slug": "b", "name": "B", "slug": "c"}}', 400),
    (b'{"company": {"slug": "b", "name": "B", "parent": "nobody"}}', 422),
    (b'{"company": {"slug": "b", "name": "B", "identifiers": {"cik": "1"}}}', 422),
    (b'{"fact": {"kind": "statement", "company": "acme", "subject": "x", "value": {"text": "x"}, "citations": []}}', 400),
    (b'{"fact": {"kind": "nothing"}}', 400),
    (b'{"source": {"title": "x"}}', 422),
    (b'{"retraction": {"fact": "ff15fa6d-9178-8e12-8a5b-5ba4de7a66c5", "version": 1, "reason": "x"}}', 422),
    (b'{"retraction": {"fact": "nonsense", "version": 1, "reason": "x"}}', 400),
    (b'{"company": {"slug": "b\xff", "name": "B"}}', 400),
    (b"\x00", 400),
    (b'{"company": {"slug": "b", "name": "\\u0000"}}', 400),
    (b'{"company": {"slug": "b", "name": "\\ud800"}}', 400),
    (b'{"company": {"slug": "b", "name": "B", "' + b"x" * 5000 + b'": 1}}', 400),
    (b'{"company": {"slug": "b", "name": "B", "\xc3\xa9/~": 1}}', 400),
    (b"[" * 5000, 400),
]  # fmt: skip


@pytest.mark.parametrize(("bad", "status"), BAD, ids=[str(n) for n in range(len(BAD))])
def test_a_bad_line_is_reported_by_its_number_and_undoes_all(api: InProcess, bad: bytes, status: int) -> None:
    good = ndjson({"company": company("first", identifiers={"cik": "1"})})
    more = ndjson({"company": company("last")})
    answer = imported(api, good + b"\n" + bad + b"\n" + more)
    assert answer.status_code == status, answer.text
    assert [error["line"] for error in answer.json()["errors"]] == [3]
    assert "line 3" in answer.json()["detail"]
    assert api.position() == 0
    # with `partial` the others are recorded
    partial = imported(api, good + b"\n" + bad + b"\n" + more, partial="true")
    assert {name: partial.json()[name] for name in ("lines", "created", "refused")} == {
        "lines": 3,
        "created": 2,
        "refused": 1,
    }
    problem = partial.json()["problems"][0]
    assert problem["line"] == 3
    assert 400 <= problem["problem"]["status"] < 500
    assert api.position() == 2


def test_every_bad_line_is_reported_at_once(api: InProcess) -> None:
    bad = [line for line, _ in BAD if b'"cik"' not in line]  # that line is only refused next to another one
    body = b"".join(line + b"\n" for line in bad)
    answer = imported(api, body)
    assert answer.status_code == 400
    assert {error["line"] for error in answer.json()["errors"]} == set(range(1, len(bad) + 1))
    assert taken(api, body, partial="true") == counts(len(bad), 0, 0, len(bad))
    assert api.position() == 0


def test_a_body_that_was_cut_short_names_its_last_line(api: InProcess) -> None:
    whole = ndjson(*({"company": company(f"c-{n}")} for n in range(20)))
    answer = imported(api, whole[:-7])
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["line"] == 20
    assert api.position() == 0


def test_the_line_limit_is_for_all_or_nothing_alone(api: InProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "LINE_LIMIT", 10)
    monkeypatch.setattr(exchange, "BATCH", 4)
    lines = ndjson(*({"company": company(f"c-{n}")} for n in range(11)))
    for body in (lines, lines[:-1]):
        answer = imported(api, body)
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["line"] == 11
    assert api.position() == 0
    ten = b"".join(lines.splitlines(keepends=True)[:10])
    assert taken(api, ten[:-1]) == counts(10, 10)
    assert taken(api, ten) == counts(10, 0, 10)
    assert taken(api, lines, partial="true") == counts(11, 1, 10)


def test_a_partial_import_goes_on_after_a_batch_with_bad_lines(
    api: InProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "BATCH", 3)
    lines = [
        ndjson({"company": company(f"c-{n}", **({"parent": "nobody"} if n % 4 == 1 else {}))})
        for n in range(13)
    ]
    lines.insert(5, b"nonsense\n")
    answer = imported(api, b"".join(lines), partial="true").json()
    assert {name: answer[name] for name in ("lines", "created", "refused")} == {
        "lines": 14,
        "created": 10,
        "refused": 4,
    }
    assert [problem["line"] for problem in answer["problems"]] == [2, 6, 7, 11]


def test_an_import_may_demand_evidence(api: InProcess) -> None:
    cited = source_id("Acme has 36%.")
    lines = ndjson(
        {"company": company()},
        {"source": source("Acme has 36%.")},
        {"fact": market_share(cited, "36")},
        {"fact": market_share(cited, "40", subject="gadgets")},
    )
    refused = imported(api, lines, evidence="verified")
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["line"] == 4
    assert taken(api, lines, evidence="verified", partial="true") == counts(4, 3, 0, 1)


def test_an_import_needs_a_key(api: InProcess, cluster: Cluster) -> None:
    body = ndjson({"company": company()})
    assert imported(api.with_key(None), body).status_code == 401
    assert imported(api.with_key(cluster.keys["read"]), body).status_code == 403
    assert api.position() == 0


# -- export and import ---------------------------------------------------------------------------


def lived(api: InProcess) -> None:
    """Record a history with every type of log entry."""
    api.made("/v1/companies", company(identifiers={"cik": "12", "ticker": "AC"}, aliases=["Acme Inc."]))
    api.made("/v1/companies", company("acme-cloud", parent="acme"))
    api.made("/v1/concepts", {"id": "revenue", "label": "Revenue"})
    api.made("/v1/concepts", {"id": "revenue", "label": "Revenues", "description": "What\nwas earned."})
    text = "Acme has 36% of it, \u2028 🎉 and 5 anvils. It was 36% before."
    cited = api.made("/v1/sources", source(text, note='A "note".', url="https://example.org/r"))["id"]
    secret = api.made("/v1/sources", source("Secret: 36%.", redistribute=False, publisher="Globex"))["id"]
    page = '<html><meta charset="latin-1"><p>Grüße: 36%</p></html>'.encode("latin-1")
    html = api.made(
        "/v1/sources", source(None, sha256=hashlib.sha256(page).hexdigest(), media_type="text/html")
    )["id"]
    late = api.made(
        "/v1/sources", source(None, sha256=source_id("Late: 36% and 7 anvils.")[7:], published_at=None)
    )["id"]
    address = api.made("/v1/sources", source(None, url="https://example.org/filing"))["id"]
    share = api.made(
        "/v1/facts",
        market_share(
            cited, citations=[quote(cited, "36%", suffix=" of it")], dimensions={"z": "1", "a": "2"}
        ),
    )["id"]
    api.made(
        "/v1/facts",
        market_share(
            late, "37", citations=[quote(late, "36%"), cite(address)], dimensions={"a": "2", "z": "1"}
        ),
    )
    api.made(
        "/v1/facts",
        market_share(
            secret,
            "36.0",
            citations=[cite(secret, type="text_position", start=0, end=11)],
            dimensions={"a": "2", "z": "1"},
        ),
    )
    # retracted and asserted again, twice
    body = metric(cited, "5", "anvils", citations=[quote(cited, "5 anvils")])
    fact = api.made("/v1/facts", body)["id"]
    for version in (1, 3):
        api.made(f"/v1/facts/{fact}/retractions", {"version": version, "reason": f"misread, {version}"})
        assert api.made("/v1/facts", body)["version"] == version + 2
    api.made("/v1/facts", {**body, "known_at": "2025-07-01"})
    api.made(f"/v1/facts/{fact}/retractions", {"version": 6, "reason": "too late"})
    api.made("/v1/facts", statement(html, period={"instant": "2025-03-31"}, basis="planned"))
    api.made("/v1/companies", company(name="Acme Holding"))
    api.made("/v1/companies", company(aliases=["Acme Inc."]))
    api.made("/v1/companies", company(name="Acme Holding"))
    api.made("/v1/concepts", {"id": "revenue", "label": "Revenue"})
    api.made("/v1/companies", company("zenith", identifiers={"ticker": "AC"}))
    for late_source, content, media in (
        (late, b"Late: 36% and 7 anvils.", "text/plain"),
        (html, page, "text/html"),
    ):
        answer = api.put(
            f"/v1/sources/{late_source}/snapshot", content=content, headers={"Content-Type": media}
        )
        assert answer.status_code == 201
    api.made(f"/v1/facts/{share}/retractions", {"version": 2, "reason": "of another market"})
    span = {"quantity": quantity(None, "percent", low="100", high="999", bound="about")}
    api.made("/v1/facts", metric(address, subject="growth", value=span, known_at="2025-02-02"))


def without_instants(value: Any) -> Any:
    if isinstance(value, dict):
        fields = cast("dict[str, Any]", value)
        return {
            name: without_instants(one)
            for name, one in fields.items()
            if name not in {"recorded_at", "request_id"}
        }
    return [without_instants(one) for one in cast("list[Any]", value)] if isinstance(value, list) else value


def everything(api: Api) -> Any:
    """All answers of the service, without `recorded_at`."""
    entries = log_of(api)
    facts = sorted({entry["fact"] for entry in entries if entry["fact"]})
    said = {
        "log": entries,
        "companies": api.found("/v1/companies", limit=1000),
        "concepts": api.found("/v1/concepts", limit=1000),
        "sources": api.found("/v1/sources", limit=1000),
        "facts": api.found("/v1/facts", limit=1000),
        "histories": [api.found(f"/v1/facts/{fact}/versions", limit=1000) for fact in facts],
        "then": [
            api.found("/v1/facts", limit=1000, at=position) for position in range(0, len(entries) + 1, 3)
        ],
        "texts": [
            (text.status_code, text.content if text.status_code == 200 else b"")
            for text in (
                api.get(f"/v1/sources/{e['source']}/text") for e in entries if e["type"] == "snapshot"
            )
        ],
    }
    return without_instants(said)


@pytest.mark.parametrize("batch", [1, 3, 500])
def test_an_empty_service_fed_with_an_export_is_the_same(
    api: InProcess, cluster: Cluster, batch: int
) -> None:
    lived(api)
    lines = exported(api.dsn, batch)
    with cluster.database() as dsn, InProcess(dsn, cluster.keys["write"]) as other:
        answer = imported(other, lines)
        assert answer.status_code == 200, answer.text
        assert answer.json()["unchanged"] == answer.json()["refused"] == 0
        assert everything(other) == everything(api)
        assert exported(dsn) == lines
        # imported again, neither log changes
        for fed in (other, api):
            head = fed.position()
            again = imported(fed, lines).json()
            assert (again["created"], again["refused"], again["unchanged"]) == (0, 0, again["lines"])
            assert fed.position() == head


def test_an_export_in_pieces_can_be_imported_in_pieces(api: InProcess, cluster: Cluster) -> None:
    lived(api)
    lines = exported(api.dsn)
    with cluster.database() as dsn, InProcess(dsn, cluster.keys["write"]) as other:

        async def fed() -> None:
            mentions, pieces = exchange.Mentions(), lines.splitlines()
            async with opened(dsn) as database:
                for piece in (pieces[:9], pieces[9:20], pieces[20:]):
                    report = await exchange.import_lines(
                        database, piece, author=None, partial=False, batch=2, mentions=mentions
                    )
                    assert (report.refused, report.unchanged) == (0, 0)

        run(fed())
        assert everything(other) == everything(api)


def test_an_export_ends_where_the_log_stood_when_it_began(api: InProcess) -> None:
    for n in range(10):
        api.made("/v1/companies", company(f"c-{n}"))

    async def out() -> Sequence[bytes]:
        lines: list[bytes] = []
        async with opened(api.dsn) as database:
            async for line in exchange.export_lines(database, batch=3):
                lines.append(line)
                request = api.request_of("POST", "/v1/companies", json=company(f"new-{len(lines)}"))
                assert (await api.sent(request)).status_code == 201
                await asyncio.sleep(0)
        return lines

    assert len(api.run(out())) == 10
    assert api.position() == 20
