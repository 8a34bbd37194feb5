"""The release before this one: its code runs on the new schema, and a data directory that it made is taken over.

The code is that of its commit, run on the packages that are installed here.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Generator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, NamedTuple, cast

import httpx
import pytest

from service.operations.verifying import altered
from service.postgres import schema
from service.postgres.database import opened
from tests.bodies import company, market_share, metric, ndjson, quote, source, source_id, statement
from tests.clusters import Cluster, run
from tests.edgar_documents import small, written
from tests.keeping import kept as cached
from tests.running import ENVIRONMENT, NO_TLS, PATIENCE, free_port, pauses

RELEASE = "4f8fcccf92c485ab6a27375624779eeb7073330e"  # 0.1.0
ROOT = Path(__file__).parent.parent
LOCK = "requirements-runtime.lock"
TEXT = "The company had a 36% market share."


class Code(NamedTuple):
    """Some release of the service: its code, and packages that are not installed here."""

    path: Path
    packages: Path | None = None

    def environment(self) -> dict[str, str]:
        return ENVIRONMENT if self.packages is None else ENVIRONMENT | {"PYTHONPATH": str(self.packages)}


NEW = Code(ROOT)


@pytest.fixture(scope="module")
def release() -> Generator[Code]:
    """The release before."""
    if shutil.which("git") is None:
        pytest.skip("git is not on this machine")
    there = subprocess.run(
        ["git", "cat-file", "-e", f"{RELEASE}^{{commit}}"], cwd=ROOT, capture_output=True, check=False
    )
    if there.returncode != 0:
        pytest.skip("the commit of 0.1.0 is not in this clone (a shallow one, or no repository)")
    with tempfile.TemporaryDirectory(prefix="cf-release-") as directory:
        command = ["git", "archive", RELEASE, "service", "migrations", "pyproject.toml", LOCK]
        archive = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
        subprocess.run(["tar", "--extract", "--directory", directory], input=archive, check=True)
        yield Code(Path(directory), packages_of(Path(directory)))


def packages_of(code: Path) -> Path:
    """The packages that its lock has and ours has not, as it pins them."""
    ours = set(locked(ROOT / LOCK))
    others = "".join(text for name, text in locked(code / LOCK).items() if name not in ours)

    def install(place: Path) -> None:
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
            file.write(others)
            file.flush()
            command = [
                "uv",
                "pip",
                "install",
                "--quiet",
                "--no-deps",
                "--require-hashes",
                "--target",
                str(place),
            ]
            subprocess.run([*command, "-r", file.name], check=True)

    return cached("release", others, install)


def locked(lock: Path) -> dict[str, str]:
    """The entries of a lock, by the name of the package."""
    entries = re.split(r"^(?=[a-z0-9])", lock.read_text(), flags=re.MULTILINE)
    return {entry.partition("==")[0]: entry for entry in entries if "==" in entry.partition("\n")[0]}


class Program:
    """`companyfacts serve` of some code, asked without looking at the contract, which is that of the new code."""

    def __init__(self, code: Code, *flags: str) -> None:
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self._output: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed on leaving
        self._http = httpx.Client(base_url=self.base, timeout=PATIENCE, trust_env=False, verify=NO_TLS)
        command = [sys.executable, "-m", "service", "serve", "--port", str(self.port), *flags]
        self._process = subprocess.Popen(
            command, cwd=code.path, env=code.environment(), stdout=self._output, stderr=subprocess.STDOUT
        )

    def __enter__(self) -> "Program":
        for _ in pauses():
            with suppress(httpx.TransportError):
                if self._http.get("/readyz").status_code == 200:
                    return self
            if self._process.poll() is not None:
                break
        self._process.kill()
        self._process.wait()
        self._output.seek(0)
        raise AssertionError(f"it does not start:\n{self._output.read().decode()}")

    def __exit__(self, *_: object) -> None:
        self._http.close()
        self._process.terminate()
        self._process.wait(timeout=PATIENCE)
        self._output.close()

    def get(self, path: str) -> httpx.Response:
        return self._http.get(path)

    def post(self, key: str, path: str, body: Any, status: int = 201) -> Any:
        sent = {"content": body, "headers": {"content-type": "application/x-ndjson"}}
        parts: dict[str, Any] = sent if isinstance(body, bytes) else {"json": body}
        headers = {"Authorization": f"Bearer {key}", **parts.pop("headers", {})}
        answer = self._http.post(path, headers=headers, **parts)
        assert answer.status_code == status, answer.text
        return answer.json()


def command(code: Code, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "service", *words],
        cwd=code.path,
        env=code.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def written_by(service: Program, key: str, slug: str) -> list[str]:
    """Write something of every sort; the paths that tell of it."""
    service.post(key, "/v1/companies", company(slug))
    if slug == "acme":
        service.post(key, "/v1/sources", source(TEXT))
    cited = source_id(TEXT)
    share = market_share(cited, company=slug, citations=[quote(cited, "36% market share")])
    made = service.post(key, "/v1/facts", share)
    assert made["evidence"] == "verified"
    fact = f"/v1/facts/{made['id']}"
    service.post(key, "/v1/facts", share, 200)  # it stands
    service.post(key, "/v1/facts", market_share(cited, "37", company=slug))
    service.post(key, f"{fact}/retractions", {"version": 2, "reason": "misread"})
    lines = [
        {"concept": {"id": f"{slug}-users", "label": "Users"}},
        {"fact": metric(cited, "120", company=slug)},
        {"fact": statement(cited, company=slug)},
    ]
    report = service.post(key, "/v1/imports", ndjson(*lines), 200)
    assert (report["created"], report["refused"]) == (3, 0)
    return [
        fact, f"{fact}/versions", f"{fact}/diff?from=1&to=2", f"/v1/companies/{slug}/facts", f"/v1/companies/{slug}",
        f"/v1/lookup?company={slug}&kind=market_share&subject=widgets", f"/v1/series?company={slug}&subject=revenue",
        f"/v1/sources/{cited}/text", f"/v1/concepts/{slug}-users", "/v1/search?q=widgets", "/v1/facts?known_at=2025-12-31",
    ]  # fmt: skip


def same(paths: Sequence[str], one: Program, other: Program) -> None:
    """Both answer the same, but for fields that the release does not have."""
    for path in paths:
        answers = [service.get(path) for service in (one, other)]
        assert [answer.status_code for answer in answers] == [200, 200], path
        if path.endswith("/text"):
            assert answers[0].text == answers[1].text
        else:
            before, after = (comparable(path, answer.json()) for answer in answers)
            assert kept(before, after) == before, path


def comparable(path: str, answer: Any) -> Any:
    """An answer; a list by a day without citations, since those of sources that have no day are left out now."""
    if "known_at=" not in path:
        return answer
    return answer | {"items": [{**one, "citations": []} for one in answer["items"]]}


def told_by_sample(path: str) -> bool:
    """Whether an answer has facts of the sample."""
    return "alibaba" in path or path.startswith("/v1/facts?")


def renewed_sample(new: Program, corrected: Any) -> None:
    """Facts of the sample have what this release says more, but for those that somebody has corrected."""
    listed = new.get("/v1/companies/alibaba/facts?limit=100").json()["items"]
    facts = {one["subject"]: one for one in listed}
    conditions = [one["dimensions"] for one in listed if one["subject"] == "power-cost-reduction"]
    assert conditions == [{"chips": "domestic", "geography": "CN"}], "it stands under its condition alone"
    assert {
        (facts[name]["version"], *facts[name]["inferred"]) for name in ("qwen-models", "model-downloads")
    } == {(2, "period")}
    assert facts["derivative-models"]["version"] == 2
    assert facts["derivative-models"]["value"] == corrected["value"]
    assert facts["revenue-growth"]["attributed_to"] == "analysts"
    assert facts["model-studio"]["version"] == 1
    found = new.get("/v1/facts?field=market_size&unit=USD&min=12000000000").json()["items"]
    assert [(one["company"], one["version"]) for one in found] == [("alibaba-cloud", 2)]
    statements = new.get("/v1/facts?field=benefits&unit=tokens").json()["items"]
    assert [(one["subject"], one["version"]) for one in statements] == [("ai-catalyst-program", 1)]


def kept(before: Any, after: Any) -> Any:
    """What is there now, without the fields that were not there before."""
    if isinstance(before, dict) and isinstance(after, dict):
        was, now = cast("dict[str, Any]", before), cast("dict[str, Any]", after)
        return {name: kept(value, now[name]) for name, value in was.items() if name in now}
    if isinstance(before, list) and isinstance(after, list):
        ones, others = cast("list[Any]", before), cast("list[Any]", after)
        return [kept(one, other) for one, other in zip(ones, others, strict=True)]
    return after


async def altered_answers(dsn: str) -> list[Any]:
    async with opened(dsn) as database:
        return [fact async for facts in altered(database, company=None) for fact in facts]


def test_the_release_before_runs_on_the_new_schema(cluster: Cluster, release: Code) -> None:
    """As while a new release is rolled out: migrated by the new code, used by both."""
    key = cluster.keys["write"]
    with cluster.database() as dsn:
        assert run(schema.state(dsn)).is_current
        with Program(release, "--database-url", dsn) as old, Program(NEW, "--database-url", dsn) as new:
            paths = written_by(old, key, "acme")
            same(paths, old, new)
            same(written_by(new, key, "beta"), old, new)
            # each goes on with what the other has written
            cited = source_id(TEXT)
            old.post(key, "/v1/facts", market_share(cited, "38", company="beta", known_at="2025-07-01"))
            new.post(key, "/v1/facts", market_share(cited, "39", known_at="2025-07-01"))
            same([path for path in paths if "search" not in path], old, new)
        assert run(altered_answers(dsn)) == []


def test_a_data_directory_of_the_release_before_is_taken_over(release: Code, tmp_path: Path) -> None:
    """`serve` of the new code migrates it, and answers as the release did."""
    with tempfile.TemporaryDirectory(prefix="cf-old-") as directory:
        data = str(Path(directory) / "data")
        document = small()
        edgar = f"/api/xbrl/companyfacts/CIK{document['cik']:010}.json"
        with Program(release, "--data-dir", data) as old:
            key = command(release, "key", "create", "--scope", "write", "--data-dir", data)
            command(release, "import", "edgar", str(written(tmp_path, document)), "--data-dir", data)
            paths = [
                *written_by(old, key, "acme"), edgar, "/v1/companies", "/v1/sources?limit=100",
                "/v1/lookup?company=alibaba-cloud&kind=market_share&subject=ai-cloud",
                "/v1/companies/alibaba-cloud/facts?limit=100", "/v1/changes?limit=1000",
            ]  # fmt: skip
            corrected = old.post(key, "/v1/facts", metric(
                source_id(TEXT), "170001", "models", company="alibaba", subject="derivative-models",
                period={"instant": "2025-12-31"}, known_at="2025-12-31",
            ))  # fmt: skip
            answers = {path: old.get(path) for path in paths}
            head = answers["/v1/changes?limit=1000"].json()["items"][-1]["position"]
        with Program(NEW, "--data-dir", data) as new:
            for path, before in answers.items():
                # this release's sample says more of the same facts; what they said is answered at the position of then
                then = f"{'&' if '?' in path else '?'}at={head}" if told_by_sample(path) else ""
                after = new.get(f"{path}{then}")
                assert (before.status_code, after.status_code) == (200, 200), path
                if path == edgar:
                    assert after.content == before.content
                elif not path.endswith("/text"):
                    told = comparable(path, after.json())
                    if path.startswith("/v1/changes"):  # the sample has grown since
                        since = told["items"][len(before.json()["items"]) :]
                        assert {one["type"] for one in since} == {"source", "version"}
                        assert {one["company"] for one in since if one["type"] == "version"} == {
                            "alibaba",
                            "alibaba-cloud",
                        }
                        told["items"] = told["items"][: len(before.json()["items"])]
                    was = comparable(path, before.json())
                    assert kept(was, told) == was, path
            renewed_sample(new, corrected)
            # the sample says now that its briefing restates an article, which is not archived
            share = new.get(
                f"{paths[-3].partition('?')[0]}?company=alibaba-cloud&kind=market_share&subject=ai-cloud"
            ).json()
            assert (share["evidence"], share["independent_publishers"]) == ("verified", 0)
            cited = source_id(TEXT)
            made = new.post(key, "/v1/facts", market_share(cited, "40", known_at="2025-08-01"))
            assert made["version"] == 4
        command(NEW, "verify", "--data-dir", data)
