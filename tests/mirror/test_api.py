"""`GET /v1/export`: all that is recorded, as lines."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
import zstandard

from service.mirror import reads
from service.mirror.lines import LogLine, TakenLine
from service.operations.exchange import ImportLine
from service.postgres.database import opened
from tests.clusters import Cluster
from tests.mirror import living
from tests.running import Api, InProcess

IMPORTED = ("company", "concept", "source", "fact", "retraction")


def exported(api: Api, **params: Any) -> list[dict[str, Any]]:
    answer = api.get("/v1/export", params=params)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/x-ndjson"
    return [json.loads(line) for line in answer.text.splitlines()]


def entries(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [line for line in lines if "document" not in line]


def test_every_entry_is_a_line_with_what_it_says(api: InProcess, tmp_path: Path) -> None:
    fact = living.recorded(api)
    living.import_edgar(api.dsn, tmp_path)
    lines = exported(api)
    told = api.found("/v1/changes", limit=1000)["items"]
    assert [line["position"] for line in entries(lines)] == [one["position"] for one in told]
    assert [line["recorded_at"] for line in entries(lines)] == [one["recorded_at"] for one in told]
    for line in lines:
        msgspec.convert(line, LogLine, strict=False)  # as the contract says
        msgspec.json.decode(json.dumps(line), type=TakenLine)  # as a mirror reads it
        for name in IMPORTED:
            if name in line:
                msgspec.convert({name: line[name]}, ImportLine, strict=False)
    by_position = {line["position"]: line for line in entries(lines)}
    for one in told:
        line = by_position[one["position"]]
        if one["type"] in {"version", "evidence"}:
            assert (line["id"], line["version"]) == (one["fact"], one["version"])
        elif one["type"] == "snapshot":
            assert line["snapshot"]["source"] == one["source"]
        else:
            assert one["type"] in line
    # evidence as it was found, and as it was found later
    found = [line["evidence"]["verdict"] for line in lines if line.get("id") == fact and "evidence" in line]
    assert found == ["verified", "unsupported", "verified", "unarchived", "verified"]
    kept = [line for line in lines if line.get("id") == fact and "fact" in line]
    versions = [
        one for one in api.found(f"/v1/facts/{fact}/versions")["items"] if one["status"] != "retraction"
    ]
    assert [one["fact"]["value"] for one in kept] == [one["value"] for one in versions]
    assert kept[3]["fact"]["attributed_to"] == "A person"
    # EDGAR's filings and documents
    filed = [line["filed"] for line in lines if "filed" in line]
    assert {one["form"] for one in filed} == {"10-K"}
    documents = [line["document"] for line in lines if "document" in line]
    assert len(documents) == 7  # two of facts, three lists, and two of submissions
    labels = [one["labels"] for one in documents if "labels" in one]
    assert [[one["frame"] for one in found] for found in labels] == [["2021"]]


def test_an_export_goes_on_where_it_was_cut_off(api: InProcess, tmp_path: Path) -> None:
    living.recorded(api)
    living.import_edgar(api.dsn, tmp_path)
    whole = api.get("/v1/export").text.splitlines()
    head = api.position()
    ends = {json.loads(line)["document"]["position"] for line in whole if '"document"' in line}
    for count, line in enumerate(whole):
        position = json.loads(line).get("position")
        if position is None or (position % 6 and position not in ends):
            continue
        rest = api.get("/v1/export", params={"after": position}).text.splitlines()
        # documents at the position itself are told once more, since one may have come without an entry
        again = [one for one in rest if json.loads(one).get("document", {}).get("position") == position]
        assert again == [
            one for one in whole if json.loads(one).get("document", {}).get("position") == position
        ]
        assert rest[len(again) :] == whole[count + 1 :], position
    assert entries(exported(api, at=5)) == entries(exported(api))[:5]
    assert [one["position"] for one in entries(exported(api, after=3, at=5))] == [4, 5]
    assert exported(api, after=head, at=head) == exported(api, after=head)
    assert entries(exported(api, after=head)) == []


def test_content_that_may_not_be_passed_on_is_withheld(api: InProcess, cluster: Cluster) -> None:
    living.recorded(api)
    for key in (None, cluster.keys["read"], cluster.keys["write"]):
        headers = {} if key is None else {"Authorization": f"Bearer {key}"}
        answer = api.get("/v1/export", headers=headers)
        assert "Nobody may pass this on" not in answer.text
        (withheld,) = [one["snapshot"] for one in map(json.loads, answer.text.splitlines()) if "withheld" in
                       one.get("snapshot", {})]  # fmt: skip
        assert withheld == {
            "source": living.SECRET_ID,
            "media_type": "text/plain",
            "withheld": True,
        }
    answer = api.get("/v1/export", headers={"Authorization": f"Bearer {cluster.keys['admin']}"})
    assert "Nobody may pass this on" in answer.text
    assert answer.headers["cache-control"] == "private, no-cache"
    assert answer.headers["etag"] != api.get("/v1/export").headers["etag"]


@pytest.mark.parametrize(
    ("path", "headers", "status", "named"),
    [
        ("/v1/export?after=900", {}, 422, "after"),
        ("/v1/export?at=900", {}, 422, "at"),
        ("/v1/export?after=-1", {}, 400, "after"),
        ("/v1/export?at=now", {}, 400, "at"),
        ("/v1/export?limit=3", {}, 400, "limit"),
        ("/v1/export", {"Log-Origin": "another"}, 400, "Log-Origin"),
        ("/v1/export", {"Log-Origin": "00000000-0000-0000-0000-000000000000"}, 409, "Log-Origin"),
        ("/v1/changes", {"Log-Origin": "00000000-0000-0000-0000-000000000000"}, 409, "Log-Origin"),
        ("/as-known/2025-01-01/v1/export", {}, 403, None),
    ],
)
def test_what_cannot_be_is_refused(
    api: InProcess, path: str, headers: dict[str, str], status: int, named: str | None
) -> None:
    answer = api.get(path, headers=headers)
    assert answer.status_code == status, answer.text
    if named is not None:
        assert answer.json()["errors"][0]["parameter"] == named


def test_a_follower_of_this_log_is_told_so_by_feed_and_export(api: InProcess) -> None:
    api.made("/v1/companies", {"slug": "acme", "name": "Acme"})
    origin = api.get("/v1/export").headers["log-origin"]
    accepted = ("application/json", "application/x-ndjson")
    for path, accept in (("/v1/export", "*/*"), *(("/v1/changes", accept) for accept in accepted)):
        answer = api.get(path, headers={"Log-Origin": origin, "Accept": accept})
        assert (answer.status_code, answer.headers["log-origin"]) == (200, origin)


def test_an_export_is_compressed_as_it_is_made(api: InProcess) -> None:
    living.recorded(api)
    plain = api.get("/v1/export").content
    for coding in ("gzip", "zstd"):
        answer, raw = api.as_sent(api.request_of("GET", "/v1/export", headers={"Accept-Encoding": coding}))
        assert answer.headers["content-encoding"] == coding
        assert len(raw) < len(plain)
        if coding == "zstd":
            assert zstandard.ZstdDecompressor().decompressobj().decompress(raw) == plain


def test_an_export_holds_one_content_and_a_part_of_the_log_at_a_time(api: InProcess) -> None:
    """However much is recorded: no piece is longer than a part and a line, and nothing is read ahead of the client."""
    for number in range(12):
        api.made("/v1/sources", {"title": f"{number}", "text": f"{number:02}" * 50_000})
    sizes: list[int] = []

    async def read_all() -> int:
        taken = 0
        async with opened(api.dsn) as database:
            async for part in reads.exported(database, 0, 24, whole=False, batch=5):
                sizes.append(len(part))
                taken += part.count(b"\n")
        return taken

    assert api.run(read_all()) == 24
    assert len(sizes) == 12
    assert max(sizes) < 64 * 1024 + 101_000
