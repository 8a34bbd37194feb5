"""The log followed: pages with what each entry changed, filters, waiting, lines and server-sent events."""

import contextlib
import json
import resource
import socket
import threading
import time
from collections.abc import Generator, Iterator
from typing import Any

import httpx
import pytest

from tests.bodies import company, metric, quantity, quote, source, statement
from tests.clusters import Cluster
from tests.effort import some
from tests.running import NO_TLS, PATIENCE, Api, InProcess, Server


def entries(api: Api, **params: Any) -> list[dict[str, Any]]:
    return api.found("/v1/changes", limit=1000, **params)["items"]


def restated(api: Api) -> tuple[str, int]:
    """A fact that is asserted, restated, repeated by another publisher, contradicted by it, and retracted; its id, and
    the position before it."""
    api.made("/v1/companies", company())
    first = api.made("/v1/sources", source("Acme made $13 in all."))["id"]
    other = api.made("/v1/sources", source("Acme made $12 in all.", publisher="Other"))["id"]
    before = api.position()
    fact = api.made("/v1/facts", metric(first, "13", citations=[quote(first, "$13")]))["id"]
    api.made("/v1/facts", metric(first, "14", known_at="2025-07-01"))
    api.made("/v1/facts", metric(other, "12", known_at="2025-08-01"))
    api.made(f"/v1/facts/{fact}/retractions", {"version": 3, "reason": "misread"})
    api.made(f"/v1/facts/{fact}/retractions", {"version": 2, "reason": "misread"})
    api.made(f"/v1/facts/{fact}/retractions", {"version": 1, "reason": "misread"})
    return fact, before


def test_an_entry_of_a_fact_tells_what_it_changed(api: InProcess) -> None:
    fact, before = restated(api)
    told = [(one["class"], one.get("before"), one.get("after")) for one in entries(api, after=before)]
    first, second, third = (quantity(number, "USD") for number in ("13", "14", "12"))
    assert told == [
        ("first", None, first),
        ("restated", first, second),
        ("rival", second, third),
        ("retracted", third, second),
        ("retracted", second, first),
        ("retracted", first, None),
    ]
    steps = api.found(f"/v1/facts/{fact}/diff", **{"from": 1, "to": 6})["steps"]
    by_position = {one["position"]: one["class"] for one in entries(api, after=before)}
    assert {one["position"]: one["change"] for one in steps} == dict(list(by_position.items())[1:])
    assert all("class" not in one for one in entries(api) if one["fact"] is None)


def test_what_an_entry_tells_does_not_change_with_what_is_recorded_later(api: InProcess) -> None:
    restated(api)
    then = entries(api)
    known = api.made("/v1/sources", source("Late.", sha256=None))["id"]
    api.made("/v1/facts", metric(known, "40", known_at="2025-01-01"))
    assert entries(api)[: len(then)] == then


def test_filters_leave_out_what_is_not_of_such_a_fact(api: InProcess) -> None:
    fact, before = restated(api)
    api.made("/v1/companies", company(slug="other", name="Other"))
    cited = entries(api)[1]["source"]
    said = api.made("/v1/facts", statement(cited, company="other"))["id"]
    everything = entries(api)
    assert entries(api, fact=fact) == [one for one in everything if one["fact"] == fact]
    assert entries(api, company="other") == [one for one in everything if one["company"] == "other"]
    assert entries(api, kind="statement") == [one for one in everything if one["fact"] == said]
    assert entries(api, subject="revenue") == [one for one in everything if one["fact"] == fact]
    retracted = entries(api, **{"class": "retracted"})
    assert [one["position"] for one in retracted] == [before + 4, before + 5, before + 6]
    verified = entries(api, evidence="verified", kind="metric")
    assert [one["position"] for one in verified] == [before + 1, before + 3]
    assert entries(api, fact=fact, kind="statement") == []


def test_a_page_tells_how_far_it_looked_and_goes_on_there(api: InProcess) -> None:
    _, before = restated(api)
    head = api.position()
    nothing = api.found("/v1/changes", kind="program", after=before)
    assert nothing == {"items": [], "next": None, "position": head}
    seen: list[dict[str, Any]] = []
    path: str | None = "/v1/changes?class=retracted&limit=2"
    pages = 0
    while path is not None:
        answer = api.get(path)
        seen += answer.json()["items"]
        pages += 1
        assert answer.json()["position"] <= head
        path = answer.headers["link"].partition(">")[0][1:] if "link" in answer.headers else None
    assert seen == entries(api, **{"class": "retracted"})
    assert pages == 2


def test_pages_without_filters_are_as_they_were(api: InProcess) -> None:
    restated(api)
    assert set(api.found("/v1/changes")) == {"items", "next"}


def test_lines_are_all_entries(api: InProcess) -> None:
    restated(api)
    accept = {"Accept": "application/x-ndjson"}
    answer = api.get("/v1/changes", headers=accept)
    assert answer.headers["content-type"] == "application/x-ndjson"
    assert [json.loads(line) for line in answer.text.splitlines()] == entries(api)
    some = api.get("/v1/changes?limit=3&after=1", headers=accept)
    assert [json.loads(line) for line in some.text.splitlines()] == entries(api, after=1)[:3]
    none = api.get("/v1/changes?kind=program", headers=accept)
    assert (none.status_code, none.text) == (200, "")


@pytest.mark.parametrize(
    ("path", "headers", "status", "named"),
    [
        ("/v1/changes?wait=31", {}, 400, "wait"),
        ("/v1/changes?wait=-1", {}, 400, "wait"),
        ("/v1/changes?class=gone", {}, 400, "class"),
        ("/v1/changes?company=nobody:1", {}, 404, "company"),
        ("/v1/changes?after=1000", {"Accept": "text/event-stream"}, 422, "after"),
        ("/v1/changes?after=1000", {"Accept": "application/x-ndjson"}, 422, "after"),
        ("/v1/changes", {"Accept": "text/event-stream", "Last-Event-ID": "1000"}, 422, "after"),
        ("/v1/changes", {"Accept": "text/event-stream", "Last-Event-ID": "-1"}, 400, "Last-Event-ID"),
        ("/v1/changes", {"Accept": "text/event-stream", "Last-Event-ID": "one"}, 400, "Last-Event-ID"),
    ],
)
def test_a_position_that_cannot_be_is_refused(
    api: InProcess, path: str, headers: dict[str, str], status: int, named: str
) -> None:
    answer = api.get(path, headers=headers)
    assert answer.status_code == status, answer.text
    assert answer.json()["errors"][0]["parameter"] == named


# -- following -------------------------------------------------------------------------------------


@contextlib.contextmanager
def later(act: Any, *arguments: Any) -> Generator[None]:
    """Does something in another thread once this one waits."""
    thread = threading.Thread(target=act, args=arguments)
    yield thread.start()
    thread.join()


class Follower:
    """A raw connection that reads server-sent events."""

    def __init__(self, server: Server, path: str, **headers: str) -> None:
        host, port = server.base.removeprefix("http://").split(":")
        self._socket = socket.create_connection((host, int(port)), timeout=PATIENCE)
        lines = [f"GET {path} HTTP/1.1", f"Host: {host}", "Accept: text/event-stream"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        self._socket.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        self._file = self._socket.makefile("rb")
        self.status = int(self._file.readline().split()[1])
        while (line := self._file.readline().strip()) != b"":
            name, _, value = line.decode().partition(":")
            if name.lower() == "content-type":
                self.media = value.strip()

    def events(self) -> Iterator[dict[str, str]]:
        """Events as they come; the body is chunked, and each chunk holds whole events."""
        while size := int(self._file.readline() or b"0", 16):
            chunk = self._file.read(size)
            self._file.readline()
            for block in chunk.decode().split("\n\n"):
                fields = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
                if "data" in fields:
                    yield fields

    def close(self) -> None:
        self._file.close()
        self._socket.close()


def test_a_page_waits_for_what_comes(server: Server) -> None:
    head = server.position()
    with later(server.made, "/v1/companies", company(slug="later", name="Later")):
        page = server.found("/v1/changes", after=head, wait=30)
    assert [one["company"] for one in page["items"]] == ["later"]
    assert page["position"] == page["items"][0]["position"]
    began = time.monotonic()
    nothing = server.found("/v1/changes", after=page["position"], wait=1)
    assert nothing == {"items": [], "next": None, "position": page["position"]}
    assert time.monotonic() - began >= 1  # it did wait


def test_events_come_as_they_are_recorded_and_go_on_where_they_were_left(server: Server) -> None:
    start = server.position()
    follower = Follower(server, f"/v1/changes?after={start}")
    assert (follower.status, follower.media) == (200, "text/event-stream")
    events = follower.events()
    found: list[dict[str, str]] = []
    for number in range(3):
        server.made("/v1/companies", company(slug=f"event-{number}", name=f"Event {number}"))
        found.append(next(events))
    follower.close()
    assert [int(event["id"]) for event in found] == [start + 1, start + 2, start + 3]
    assert [json.loads(event["data"]) for event in found] == entries(server, after=start)
    again = Follower(server, "/v1/changes?after=0", Last_Event_ID=found[0]["id"])
    events = again.events()
    assert [next(events), next(events)] == found[1:]
    again.close()


def test_events_that_do_not_fit_are_told_by_their_position_alone(server: Server) -> None:
    start = server.position()
    follower = Follower(server, f"/v1/changes?after={start}&kind=statement")
    events = follower.events()
    server.made("/v1/companies", company(slug="passed-over", name="Passed over"))
    passed = next(events)
    assert passed == {
        "id": str(start + 1),
        "event": "position",
        "data": f'{{"position":{start + 1}}}',
    }
    cited = server.made("/v1/sources", source("Nothing else."))["id"]
    said = server.made("/v1/facts", statement(cited, company="passed-over"))
    fits = next(event for event in events if "event" not in event)
    assert json.loads(fits["data"])["fact"] == said["id"]
    follower.close()


@pytest.mark.long
def test_many_followers_are_told_of_every_entry_once(server: Server) -> None:
    """Forty; in a long run a thousand."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(4_000, hard)), hard))
    start = server.position()
    followers = [
        Follower(server, f"/v1/changes?after={start}") for _ in range(min(1_000, some(40, least=40)))
    ]
    for number in range(5):
        server.made("/v1/companies", company(slug=f"many-{number}", name=f"Many {number}"))
    for follower in followers:
        events = follower.events()
        assert [int(next(events)["id"]) for _ in range(5)] == list(range(start + 1, start + 6))
        follower.close()
    assert server.get("/healthz").status_code == 200


def test_lines_are_followed_until_nothing_comes(server: Server) -> None:
    head = server.position()
    request = server.request_of(
        "GET", f"/v1/changes?after={head}&wait=2", headers={"Accept": "application/x-ndjson"}
    )
    with (
        httpx.Client(timeout=PATIENCE, trust_env=False, verify=NO_TLS) as client,
        later(server.made, "/v1/companies", company(slug="as-line", name="As line")),
    ):
        answer = client.send(request)
    assert [json.loads(line)["company"] for line in answer.text.splitlines()] == ["as-line"]


def test_a_service_that_is_told_to_stop_ends_its_followers(cluster: Cluster) -> None:
    with cluster.database() as dsn, Server(dsn, cluster.keys["write"]) as running:
        follower = Follower(running, "/v1/changes")
        running.made("/v1/companies", company())
        events = follower.events()
        assert next(events)["id"] == "1"
        running.process.terminate()
        assert list(events) == []
        running.process.wait(timeout=PATIENCE)
        assert "refused to gracefully stop" not in running.said()
        follower.close()
