"""How Postgres runs the reads: by indexes alone, and touching a bounded number of pages whatever there is.

Every read of the contract is asked of a service on thirty thousand facts, often enough that prepared statements
get their generic plans, while Postgres writes down each plan that it really ran (`auto_explain`).
"""

import json
import re
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest

from benchmarks import companies, loading
from service.app import contract
from tests.clusters import Cluster, execute, fetch, run
from tests.running import InProcess

FACTS = 30_000
LARGE = 2_000  # rows of a table that must not be read from end to end
TIMES = 7  # the sixth run of a prepared statement may have another plan than the first five
PLAN = re.compile(r"duration: [0-9.]+ ms  plan:\n((?:\t.*\n)+)")


class Read(NamedTuple):
    """A read, and how many pages each of its statements may touch."""

    path: str  # with examples in braces
    pages: int
    body: Mapping[str, Any] | None = None  # of a POST


LISTS = "?limit=50", "?limit=50&known_at=2020-01-01", "?limit=50&at={at}"
SLOT = "company={company}&subject=us-gaap:Assets"
WORD = "company={company}&subject=assets"
ASKED = {"company": "{company}", "kind": "metric", "subject": "us-gaap:Assets", "frequency": "instant"}

# by operation; the bounds are about twice of what it takes, and stay when there is more of everything
READS: dict[str, list[Read]] = {
    "lookUpFact": [
        Read(f"/v1/lookup?{SLOT}&kind=metric&{more}", pages)
        for more, pages in (
            ("frequency=instant", 60),
            ("frequency=instant&known_at=2020-01-01", 400),
            ("frequency=instant&at={at}", 400),
        )
    ]
    + [
        Read(f"/v1/lookup?{WORD}&kind=metric&frequency=instant", 200),
        Read(f"/v1/lookup?{WORD}&kind=metric&frequency=instant&known_at=2020-01-01", 600),
    ],
    "lookUpFacts": [Read("/v1/lookup", 60, {"items": [ASKED]})],
    "listFacts": [
        Read("/v1/facts?limit=50", 80),
        Read("/v1/facts?limit=50&known_at=2020-01-01", 300),
        Read("/v1/facts?limit=50&at={at}", 10_000),  # passes over the companies that came later
        Read("/v1/facts?kind=metric&unit=USD&limit=50", 80),
        Read("/v1/facts?disputed=true&limit=50", 30),
        Read("/v1/facts?disputed=true&limit=50&known_at=2020-01-01", 30),
        Read("/v1/facts?field=market_size&unit=USD&min=1&limit=50", 30),
        Read("/v1/facts?attributed_to=analysts&limit=50", 30),
        Read("/v1/facts?inferred=period&limit=50", 30),
        Read("/v1/facts?subject=us-gaap:Assets&limit=50", 900),
        Read("/v1/facts?subject=us-gaap:Assets&kind=metric&unit=USD&min=0&limit=50", 900),
    ],
    "getFact": [
        Read("/v1/facts/{fact}", 15),
        Read("/v1/facts/{fact}?known_at={day}", 60),
        Read("/v1/facts/{fact}?at={at}", 60),
    ],
    "listFactVersions": [Read("/v1/facts/{fact}/versions", 80)],
    "getFactVersion": [Read("/v1/facts/{fact}/versions/1", 80)],
    "diffFactVersions": [Read("/v1/facts/{fact}/diff?from=1&to=2", 80)],
    "listCompanyFacts": [
        *(Read(f"/v1/companies/{{company}}/facts{query}", 600) for query in LISTS),
        Read("/v1/companies/{company}/facts?kind=metric&subject=us-gaap:Assets&limit=50", 300),
        Read("/v1/companies/{company}/facts?subject=assets&limit=50", 2000),
    ],
    "listCompanies": [Read("/v1/companies?limit=50", 300)],
    "getCompany": [Read("/v1/companies/{company}", 30), Read("/v1/companies/cik:{cik}", 30)],
    "listConcepts": [Read("/v1/concepts?limit=50", 60)],
    "getConcept": [Read("/v1/concepts/us-gaap:Assets", 10)],
    "getSeries": [
        Read(f"/v1/series?{SLOT}&frequency=instant&limit=40{more}", pages)
        for more, pages in (("", 200), ("&known_at={day}", 900), ("&at={at}", 900))
    ]
    + [
        Read(f"/v1/series?{WORD}&frequency=instant&limit=40{more}", pages)
        for more, pages in (("", 400), ("&known_at={day}", 1200))
    ],
    "getFrame": [
        Read(f"/v1/frames?subject=us-gaap:Assets&unit=USD&period=2024Q4I&limit=50{more}", 30_000)
        for more in ("", "&known_at=2025-03-01", "&with=rank")
    ],
    "listSources": [Read("/v1/sources?limit=50", 300)],
    "getSource": [Read("/v1/sources/{source}", 15)],
    "listSourceFacts": [
        Read(f"/v1/sources/{{filing}}/facts{query}".replace("2020-01-01", "2031-01-01"), 900)
        for query in LISTS
    ],
    "getFactTimeline": [Read("/v1/facts/{fact}/timeline", 80)],
    "listChanges": [Read("/v1/changes?after={at}&limit=50", 700)],
    "getExport": [Read("/v1/export?after={late}", 6000), Read("/v1/export?after=20000&at=20500", 6000)],
    "searchEverything": [
        Read("/v1/search?q=holdings", 2500),  # in the names of very many companies, and in their titles
        Read("/v1/search?q=amber+birch+holdings&kind=company", 80),  # two of them in enough names
        Read("/v1/search?q=total+assets", 900),  # in their series
        Read("/v1/search?q=zzzqqq", 300),  # nowhere
        Read("/v1/search?q={cik}", 300),
    ],
}
ELSEWHERE = {"getSourceText"}  # one row by its key, and no source here has a text


class Loaded(NamedTuple):
    """A service on many facts, the log that plans stand in, and things to ask for."""

    api: InProcess
    log: Path
    large: frozenset[str]  # tables
    tables: frozenset[str]
    examples: Mapping[str, str]


@pytest.fixture(scope="module")
def loaded(cluster: Cluster) -> Generator[Loaded]:
    with cluster.database() as dsn:
        run(loading.load(dsn, companies.filers(FACTS)))
        run(execute(dsn, "vacuum analyze"))
        wanted = {
            "session_preload_libraries": "auto_explain", "auto_explain.log_min_duration": "0",
            "auto_explain.log_analyze": "on", "auto_explain.log_buffers": "on", "auto_explain.log_timing": "off",
            "auto_explain.log_format": "json",
        }  # fmt: skip
        name = urlsplit(dsn).path[1:]
        run(execute(dsn, *(f"alter database {name} set {key} = {value}" for key, value in wanted.items())))
        (directory,) = run(fetch(dsn, "show data_directory"))[0]
        log = Path(directory).parent / "postgres.log"
        with InProcess(dsn, cluster.keys["write"]) as api:
            yield Loaded(api, log, run(tables(dsn, LARGE)), run(tables(dsn, -2)), run(examples(dsn)))


async def tables(dsn: str, rows: int) -> frozenset[str]:
    """Our tables with more rows than that."""
    found = await fetch(
        dsn,
        "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
        " and reltuples > $1",
        rows,
    )
    return frozenset(row["relname"] for row in found)


async def examples(dsn: str) -> dict[str, str]:
    """Of the company with the most facts, since what is bounded there is bounded elsewhere."""
    (company,) = await fetch(
        dsn, "select company, slug from facts group by 1, 2 order by count(*) desc limit 1"
    )
    (fact,) = await fetch(
        dsn,
        "select fact, min(known_at) as day, min(position) as at from versions where company = $1"
        " group by fact order by count(*) desc, fact limit 1",
        company["company"],
    )
    (source,) = await fetch(dsn, "select id from sources order by source limit 1")
    (head,) = await fetch(dsn, "select position from log_head")
    (filing,) = await fetch(
        dsn,
        "select s.id from edgar_filings e join sources s using (source) where e.company = $1 order by e.filing desc limit 1",
        company["company"],
    )
    return {
        "company": company["slug"],
        "cik": str(int(company["slug"].removeprefix("cik-"))),
        "fact": str(fact["fact"]),
        "day": str(fact["day"]),
        "at": str(fact["at"]),
        "late": str(head["position"] - 3000),  # six parts of an export, which is read in parts
        "source": source["id"],
        "filing": filing["id"],
    }


def filled(part: Any, examples: Mapping[str, str]) -> Any:
    """A path or a body with the examples in it."""
    if isinstance(part, str):
        return part.format_map(examples)
    if isinstance(part, list):
        return [filled(one, examples) for one in part]  # pyright: ignore[reportUnknownVariableType]
    return {name: filled(one, examples) for name, one in part.items()}


def plans(log: Path, begin: int) -> Iterator[dict[str, Any]]:
    """The plans that were written to the log since."""
    with log.open("rb") as file:
        file.seek(begin)
        for found in PLAN.finditer(file.read().decode()):
            yield json.loads(found[1])


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for inner in plan.get("Plans", []):
        yield from nodes(inner)


def pages_of(plan: dict[str, Any]) -> int:
    return plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]


def outline(plan: dict[str, Any], depth: int = 0) -> str:
    """A plan as a person reads it."""
    told = ("Node Type", "Relation Name", "Index Name", "Index Cond", "Filter")
    names = " ".join(str(plan[key]) for key in told if key in plan)
    line = f"{'  ' * depth}{names} rows={plan['Actual Rows']} loops={plan['Actual Loops']} pages={pages_of(plan)}"
    return "\n".join([line, *(outline(inner, depth + 1) for inner in plan.get("Plans", []))])


@pytest.mark.parametrize(
    "read", [read for some in READS.values() for read in some], ids=lambda read: read.path
)
def test_reads_use_indexes_and_few_pages(loaded: Loaded, read: Read) -> None:
    path = filled(read.path, loaded.examples)
    body = None if read.body is None else filled(read.body, loaded.examples)
    begin = loaded.log.stat().st_size
    for _ in range(TIMES):
        answer = loaded.api.request("GET" if body is None else "POST", path, json=body)
        assert answer.status_code == 200, answer.text
    found = [
        plan
        for plan in plans(loaded.log, begin)
        if any(node.get("Relation Name") in loaded.tables for node in nodes(plan["Plan"]))
    ]
    assert found, "no plan was written down"
    for plan in found:
        top, text = plan["Plan"], plan["Query Text"]
        whole = {
            node["Relation Name"]
            for node in nodes(top)
            if node["Node Type"] == "Seq Scan" and node["Relation Name"] in loaded.large
        }
        assert not whole, f"{whole} read from end to end by\n{text}\n{outline(top)}"
        assert pages_of(top) <= read.pages, f"{pages_of(top)} pages touched by\n{text}\n{outline(top)}"


def test_the_rows_of_a_word_with_one_tag_are_not_sorted_again(loaded: Loaded) -> None:
    begin = loaded.log.stat().st_size
    asked = loaded.api.found(
        "/v1/series?company={company}&subject=assets&limit=40".format_map(loaded.examples)
    )
    assert {row["subject"] for row in asked["items"]} == {"us-gaap:Assets"}
    (plan,) = (
        one["Plan"] for one in plans(loaded.log, begin) if "/* standard_series */" in one["Query Text"]
    )
    run_nodes = [node for node in nodes(plan) if node["Actual Loops"]]
    sorted_rows = [node["Actual Rows"] for node in run_nodes if node["Node Type"] == "Sort"]
    assert sum(sorted_rows) <= 1, outline(plan)  # the tag, among others of its series
    assert "versions" not in {node.get("Relation Name") for node in run_nodes}, outline(plan)


def test_a_look_up_by_a_word_reads_the_series_of_its_tags_alone(loaded: Loaded) -> None:
    begin = loaded.log.stat().st_size
    path = f"/v1/lookup?{WORD}&kind=metric&frequency=instant".format_map(loaded.examples)
    for _ in range(TIMES):
        assert loaded.api.found(path)["resolution"]["chosen"] == "us-gaap:Assets"
    found = [one["Plan"] for one in plans(loaded.log, begin) if "/* standard_lookup */" in one["Query Text"]]
    assert len(found) == TIMES
    for plan in found:
        read = [
            (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"]
            for node in nodes(plan)
            if node.get("Relation Name") == "slots"
        ]
        assert sum(read) < 20, outline(plan)  # of hundreds that the company has


def test_every_read_is_tried() -> None:
    reads = {
        operation.id
        for operation in contract().operations
        if operation.method == "GET"
        and operation.path.startswith("/v1/")
        and not operation.path.endswith((".csv", ".parquet"))
    }
    assert reads <= set(READS) | ELSEWHERE
