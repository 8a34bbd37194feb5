"""Keys: scopes of operations, writers limited to companies, expiry and revocation."""

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from service.core.keys import Scope
from service.operations.keys import create_key, list_keys, revoke_key
from service.postgres.database import opened
from tests import bodies
from tests import clusters as postgres
from tests.clusters import Cluster
from tests.conformity import DOCUMENT
from tests.running import InProcess


def new_key(dsn: str, scope: Scope, **parts: Any) -> str:
    async def make() -> str:
        async with opened(dsn) as database:
            return await create_key(database, scope, **parts)

    return postgres.run(make())


def revoke(dsn: str, key: str) -> None:
    async def end() -> None:
        async with opened(dsn) as database:
            await revoke_key(database, key)

    postgres.run(end())


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Method, path with examples for its parameters, and description of every operation of the document."""
    for template, methods in DOCUMENT["paths"].items():
        for method, described in methods.items():
            path = template
            for parameter in described.get("parameters", []):
                if parameter["in"] == "path":
                    path = path.replace(f"{{{parameter['name']}}}", str(parameter["schema"]["examples"][0]))
            yield method.upper(), path, described


def needed(described: dict[str, Any]) -> Scope | None:
    """The scope in an operation's `security` when reads need a key; None: it never needs a key."""
    security = described.get("security", DOCUMENT["security"])
    scopes = [scope for alternative in security for scope in alternative]
    if not scopes:
        assert security == [{}]
        return None
    assert len(scopes) == 1
    return scopes[0]


@pytest.mark.parametrize("reads_need_a_key", [False, True])
def test_every_operation_takes_the_keys_that_the_document_says(
    cluster: Cluster, dsn: str, *, reads_need_a_key: bool
) -> None:
    revoked = new_key(dsn, "admin")
    revoke(dsn, revoked)
    presented: dict[str, str | None] = {
        "none": None,
        "wrong": "cf_" + "x" * 43,
        "empty": "",
        "expired": new_key(dsn, "admin", expires=timedelta(seconds=-1)),
        "revoked": revoked,
        **cluster.keys,
    }
    order = ["read", "write", "admin"]
    differing: list[str] = []
    with InProcess(dsn, None, require_key_for_reads=reads_need_a_key) as service:
        for method, path, described in operations():
            need = needed(described)
            for name, key in presented.items():
                headers = {} if key is None else {"Authorization": f"Bearer {key}"}
                response = service.request(method, path, headers=headers)
                if need is None or (need == "read" and name == "none" and not reads_need_a_key):
                    expected = None
                elif name not in order:
                    expected = 401
                else:
                    expected = None if order.index(name) >= order.index(need) else 403
                got = response.status_code if response.status_code in {401, 403} else None
                if got != expected:
                    differing.append(f"{method} {path} with {name}: {response.status_code}, not {expected}")
    assert differing == []


def test_the_document_names_a_need_for_every_write() -> None:
    reads = {"/v1/lookup", "/v1/checks", "/v1/readings"}  # what is asked does not fit into a query
    assert {needed(d) for m, p, d in operations() if m != "GET" and p not in reads} == {"write"}
    assert {needed(d) for m, p, d in operations() if p.startswith("/v1/") and m == "GET"} == {"read"}


def test_a_refusal_says_what_is_wrong_with_the_key(api: InProcess, dsn: str) -> None:
    expired = new_key(dsn, "read", expires=timedelta(seconds=-1))
    response = api.get("/v1/facts", headers={"Authorization": f"Bearer {expired}"})
    assert response.status_code == 401
    assert "has expired" in response.json()["detail"]
    assert expired not in response.text
    assert response.headers["www-authenticate"] == 'Bearer realm="companyfacts", error="invalid_token"'
    response = api.with_key(None).post("/v1/companies", bodies.company())
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == 'Bearer realm="companyfacts"'


def test_credentials_of_another_scheme_are_not_ours(api: InProcess) -> None:
    basic = {"Authorization": "Basic Y2Y6Y2Y="}
    assert api.get("/v1/facts", headers=basic).status_code == 200
    assert api.post("/v1/companies", bodies.company(), headers=basic).status_code == 401


def test_a_key_ends_when_its_days_are_over(dsn: str) -> None:
    key = new_key(dsn, "write", expires=timedelta(seconds=1.5))
    with InProcess(dsn, key) as service:
        service.made("/v1/companies", bodies.company())
        while service.post("/v1/companies", bodies.company()).status_code == 200:
            time.sleep(0.05)
        assert "has expired" in service.post("/v1/companies", bodies.company()).json()["detail"]


# -- writers kept to companies -------------------------------------------------------------------


@pytest.fixture
def kept(api: InProcess, dsn: str) -> Any:
    """A service with two companies and a source, asked with a key that is kept to acme."""
    for slug in ("acme", "zenith"):
        api.made("/v1/companies", bodies.company(slug))
    api.made("/v1/sources", bodies.source())
    return api.with_key(new_key(dsn, "write", companies=["acme"]))


SOURCE = bodies.source_id("Acme had a 36% market share.")


def test_a_writer_kept_to_a_company_writes_to_it(kept: Any) -> None:
    assert kept.post("/v1/companies", bodies.company(name="Acme & Co")).status_code == 201
    fact = kept.made("/v1/facts", bodies.market_share(SOURCE))
    retraction = {"version": 1, "reason": "a mistake"}
    assert kept.post(f"/v1/facts/{fact['id']}/retractions", retraction).status_code == 201
    assert kept.post("/v1/sources", bodies.source("Another text.")).status_code == 201
    assert kept.post("/v1/concepts", {"id": "widgets-sold", "label": "Widgets sold"}).status_code == 201


def test_a_writer_kept_to_a_company_writes_to_no_other(kept: Any, api: InProcess) -> None:
    fact = api.made("/v1/facts", bodies.market_share(SOURCE, company="zenith"))
    before = api.position()
    refused = [
        kept.post("/v1/companies", bodies.company("zenith", name="Taken over")),
        kept.post("/v1/companies", bodies.company("newcomer")),
        kept.post("/v1/facts", bodies.market_share(SOURCE, "40", company="zenith")),
        kept.post(f"/v1/facts/{fact['id']}/retractions", {"version": 1, "reason": "no"}),
    ]
    assert [r.status_code for r in refused] == [403] * 4
    assert all("acme" in r.json()["detail"] for r in refused)
    assert api.position() == before


def test_a_writer_kept_to_a_company_changes_no_concept_for_others(kept: Any, api: InProcess) -> None:
    api.made("/v1/concepts", {"id": "widgets-sold", "label": "Widgets sold"})
    assert kept.post("/v1/concepts", {"id": "widgets-sold", "label": "Widgets sold"}).status_code == 200
    assert kept.post("/v1/concepts", {"id": "widgets-sold", "label": "Mine"}).status_code == 403


def imported(service: Any, content: bytes, **params: Any) -> httpx.Response:
    headers = {"Content-Type": "application/x-ndjson"}
    return service.request("POST", "/v1/imports", content=content, params=params, headers=headers)


def test_an_import_is_kept_to_the_companies_too(kept: Any, api: InProcess) -> None:
    fact = api.made("/v1/facts", bodies.market_share(SOURCE, company="zenith"))
    before = api.position()
    lines = bodies.ndjson(
        {"fact": bodies.market_share(SOURCE)},
        {"fact": bodies.market_share(SOURCE, "40", company="zenith")},
        {"retraction": {"fact": fact["id"], "version": 1, "reason": "no"}},
    )
    response = imported(kept, lines)
    assert response.status_code == 403
    assert [error["line"] for error in response.json()["errors"]] == [2, 3]
    assert api.position() == before
    report = imported(kept, lines, partial="true").json()
    assert (report["created"], report["refused"]) == (1, 2)
    assert [problem["problem"]["status"] for problem in report["problems"]] == [403, 403]
    assert api.found(f"/v1/facts/{fact['id']}")["status"] == "asserted"


# -- stored data of keys -------------------------------------------------------------------------


def test_who_wrote_each_version_is_recorded_and_not_told(api: InProcess, dsn: str) -> None:
    other = api.with_key(new_key(dsn, "write", name="a robot"))
    api.made("/v1/companies", bodies.company())
    api.made("/v1/sources", bodies.source())
    fact = api.made("/v1/facts", bodies.market_share(SOURCE))
    written = other.made("/v1/facts", bodies.market_share(SOURCE, "40"))
    other.made(f"/v1/facts/{fact['id']}/retractions", {"version": 1, "reason": "a mistake"})
    rows = postgres.run(
        postgres.fetch(
            dsn,
            "select version, scope, k.name from versions v join api_keys k on k.key = v.author order by version",
        )
    )
    assert [tuple(row) for row in rows] == [
        (1, "write", None),
        (2, "write", "a robot"),
        (3, "write", "a robot"),
    ]
    assert "robot" not in api.get(f"/v1/facts/{fact['id']}/versions").text
    assert "author" not in written


def test_the_secret_is_kept_nowhere(dsn: str) -> None:
    secret = new_key(dsn, "read")
    rows = postgres.run(postgres.fetch(dsn, "select api_keys::text as row from api_keys"))
    assert [row["row"] for row in rows if secret[12:] in row["row"]] == []
    assert sum(secret[:11] in row["row"] for row in rows) == 1


def test_last_use_is_noted_in_batches(dsn: str) -> None:
    used = {name: new_key(dsn, "read", name=name) for name in ("one", "two", "three")}

    async def last_used() -> dict[str, bool]:
        async with opened(dsn) as database:
            return {k.name: k.last_used_at is not None for k in await list_keys(database) if k.name}

    with InProcess(dsn, None) as service:
        for name in ("one", "three"):
            headers = {"Authorization": f"Bearer {used[name]}"}
            assert service.get("/v1/facts", headers=headers).status_code == 200
        assert not any(postgres.run(last_used()).values()), "not a statement a read"
    assert postgres.run(last_used()) == {"one": True, "two": False, "three": True}


def test_a_read_relies_on_what_was_said_of_the_key_a_moment_ago(api: InProcess, dsn: str) -> None:
    key = new_key(dsn, "read")
    headers = {"Authorization": f"Bearer {key}"}
    assert api.get("/v1/facts", headers=headers).status_code == 200
    revoke(dsn, key)
    assert api.get("/v1/facts", headers=headers).status_code == 200, "no statement for its key"
