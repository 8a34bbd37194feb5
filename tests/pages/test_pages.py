"""The pages for people: they show what the API answers, run nothing that a writer wrote, and are reached by everybody."""

import html
import json
import re
import shutil
from collections.abc import Generator, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qsl, urlsplit

import asyncpg
import httpx
import pytest

from service.edgar.importer import import_facts
from service.postgres.database import opened as opened_database
from tests.clusters import Cluster, run
from tests.contract.browser import CHROMIUM, Browser
from tests.edgar_files import FOLDER
from tests.keeping import npm_package
from tests.running import InProcess, Server

SAMPLE = Path(__file__).resolve().parents[2] / "service" / "sample" / "sample.ndjson"
FORMS = {"form", "form of a program", "form of a retraction", "key"}
AXE = "axe-core@4.10.3"
HTML = {"Accept": "text/html"}
# what a writer may put into a text, in the forms that break out of HTML, attributes, scripts and addresses
HOSTILE = (
    "<script>window.ran=1</script>",
    "\"><img src=x onerror='window.ran=1'>",
    "' autofocus onfocus='window.ran=1",
    "{{ 7 * 191 }}{% raw %}",
    "</title></textarea><svg onload=window.ran=1>",
    "javascript:window.ran=1",
)


class Read(HTMLParser):
    """What a page has: its links, its figures, its days, its headings, its inline scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.figures: list[str] = []
        self.days: list[str] = []
        self.inline: list[str] = []
        self.meta: dict[str, str] = {}
        self.alternate: str | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag == "data":
            self.figures.append(given["value"])
        if tag == "time":
            self.days.append(given["datetime"])
        if tag == "meta" and "name" in given:
            self.meta[given["name"]] = given["content"]
        if tag == "link" and given.get("rel") == "alternate":
            self.alternate = given["href"]
        if tag == "style" or "style" in given or (tag == "script" and "src" not in given):
            self.inline.append(tag)
        self.inline += [name for name in given if name.startswith("on")]
        if tag in {"script", "img"} or (tag == "link" and given.get("rel") == "stylesheet"):
            self.loaded.append(given.get("src") or given.get("href", ""))


def fact_of(company: str, source: str, quote: str, value: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "kind": "metric", "company": company, "subject": "revenue", "period": {"start": "2023-01-01", "end": "2023-12-31"},
        "value": {"quantity": value}, "citations": [{"source": source, "selector": {"type": "text_quote", "exact": quote}}],
        **more,
    }  # fmt: skip


TABLES = """<html><body onload="window.ran=1"><h1>Report</h1><p>Figures of 2023 follow, in millions of dollars.</p>
<table id="x" class="y" onclick="window.ran=1"><caption>Income</caption>
<tr><th></th><th colspan="3" onmouseover="window.ran=1">2023</th><th colspan="3">2022</th></tr>
<tr><td><script>window.ran=1</script>Operating income</td><td>$</td><td>(312</td><td>)</td><td>$</td><td>290</td><td></td></tr>
<tr><td>Costs &lt;script&gt;window.ran=1&lt;/script&gt;</td>
<td colspan="3"><p>40</p><p>and a long explanation of what they are for</p></td>
<td colspan="3" rowspan="9999">""" + "0123456789" * 40 + """</td></tr></table>
<p>Below the table.</p>
<table><tr><td>a</td><td><table><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table></td></tr></table>
words <table><tr><td>5</td>words in no cell<td>6</td></tr><tr><td>7</td><td>8</td></tr></table></body></html>"""  # fmt: skip


def filled(server: Server | InProcess) -> dict[str, str]:
    """Records the sample and a disputed, restated fact of a company; addresses of pages by name."""
    sent = server.post(
        "/v1/imports", content=SAMPLE.read_bytes(), headers={"Content-Type": "application/x-ndjson"}
    )
    assert sent.json()["refused"] == 0, sent.text
    server.made("/v1/companies", {"slug": "harbor-line", "name": "Harbor Line"})
    sources = [
        server.made("/v1/sources", {"title": title, "publisher": by, "published_at": day, "text": text})["id"]
        for title, by, day, text in (
            ("Report 2023", "Harbor Line", "2024-03-01", "Revenue was 4.12 billion US dollars in 2023, 3.7 billion in 2022."),
            ("Report 2024", "Harbor Line", "2025-02-27", "Restated revenue was 3.98 billion US dollars in 2023."),
            ("Review", "Shipping Review", "2025-04-10", "It had revenue of 4.4 billion US dollars in 2023."),
        )
    ]  # fmt: skip
    values = (
        ("Revenue was 4.12 billion US dollars", "4120000000", -7),
        ("revenue was 3.98 billion US dollars", "3980000000", -7),
        ("revenue of 4.4 billion US dollars", "4400000000", -8),
    )
    facts = [
        server.made(
            "/v1/facts",
            fact_of("harbor-line", source, quote, {"value": value, "unit": "USD", "decimals": decimals}),
        )["id"]
        for source, (quote, value, decimals) in zip(sources, values, strict=True)
    ]
    tables = server.made(
        "/v1/sources",
        {"title": "Tables", "published_at": "2024-03-01", "text": TABLES, "media_type": "text/html"},
    )["id"]
    loss = fact_of("harbor-line", tables, "Operating income $ (312", {"value": "-312000000", "unit": "USD"})
    server.made("/v1/facts", loss | {"subject": "operating-income"})
    fact = facts[0]
    share = server.found("/v1/facts", kind="market_share")["items"][0]["id"]
    briefing = next(one["id"] for one in server.found("/v1/sources")["items"] if "briefing" in one["title"])
    article = next(one["id"] for one in server.found("/v1/sources")["items"] if not one["redistribute"])
    return {
        "home": "/", "companies": "/companies", "company": "/companies/alibaba-cloud", "harbor": "/companies/harbor-line",
        "fact": f"/facts/{share}", "disputed": f"/facts/{fact}", "source": f"/sources/{briefing}",
        "dated source": f"/sources/{sources[0]}", "tables": f"/sources/{tables}",
        "withheld": f"/sources/{article}", "search": "/search?q=cloud", "nothing found": "/search?q=zzzzqqqq",
        "then": f"/facts/{fact}?known_at=2024-12-31", "series": "/series?company=harbor-line&subject=revenue",
        "choose a series": "/series", "frame": "/frames?subject=revenue&unit=USD&period=2023&mark=harbor-line",
        "form": f"/assert?source={sources[0]}&start=0&end=36", "form of a program": "/assert?kind=program",
        "form of a retraction": f"/facts/{fact}/retract", "key": "/key",
        "choose a frame": "/frames", "changes": "/changes", "restatements": "/changes?class=restated", "disputes": "/disputes",
    }  # fmt: skip


@pytest.fixture(scope="module")
def addresses(server: Server) -> dict[str, str]:
    return filled(server)


def opened(server: Server | InProcess, address: str, status: int = 200) -> Read:
    response = server.get(address, headers=HTML)
    assert response.status_code == status, (address, response.text[:500])
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return Read(response.text)


def numbers(value: Any) -> Iterator[str]:
    """All numbers of quantities in a JSON value, spans as `low/high`, and whole numbers."""
    if isinstance(value, dict):
        value = cast("dict[str, Any]", value)
        if "low" in value and "high" in value:
            yield f"{value['low']}/{value['high']}"
        for one in value.values():
            yield from numbers(one)
    elif isinstance(value, list):
        for one in cast("list[Any]", value):
            yield from numbers(one)
    elif isinstance(value, str | int):
        yield str(value)


def test_every_page_tells_what_it_is_and_loads_from_here_alone(
    server: Server, addresses: dict[str, str]
) -> None:
    for name, address in addresses.items():
        response = server.get(address, headers={**HTML, "Accept-Encoding": "gzip"})
        page = Read(response.text)
        assert len(response.text.partition("<title>")[2].partition("<")[0]) > 5, name
        assert page.meta["description"], name
        assert page.inline == [], name
        assert page.loaded, name
        assert all(one.startswith("/pages/") for one in page.loaded), name
        assert "unsafe" not in response.headers["content-security-policy"], name
        # a form has a token of whoever opened it
        kept = "private, no-store" if name in FORMS else "no-cache"
        assert response.headers["cache-control"] == kept, name
        size = int(response.headers["content-length"])
        assert size < 100_000, (name, size)
    style = next(one for one in opened(server, "/").loaded if one.endswith(".css"))
    assert "immutable" in server.get(style).headers["cache-control"]


def test_each_figure_and_day_of_a_page_is_in_the_json_that_it_names(
    server: Server, addresses: dict[str, str]
) -> None:
    for name in ("company", "harbor", "fact", "disputed", "then", "series", "frame", "changes", "disputes"):
        page = opened(server, addresses[name])
        assert page.alternate is not None, name
        told = [server.found(page.alternate)]
        if "/facts/" in addresses[name]:
            path, _, query = page.alternate.partition("?")
            told.append(server.found(f"{path}/versions?{query}"))
        said = set(numbers(told))
        assert page.figures, name
        assert set(page.figures) <= said, name
        assert set(page.days) <= said, name


def test_the_picture_of_a_fact_has_the_rectangles_of_its_timeline(
    server: Server, addresses: dict[str, str]
) -> None:
    linked = [parse_qsl(urlsplit(one).query) for one in opened(server, addresses["disputed"]).links]
    pictured = [pairs for pairs in linked if [name for name, _ in pairs] == ["known_at", "at"]]
    tiles = server.found(f"/v1{addresses['disputed']}/timeline")["items"]
    assert len(tiles) > 3
    assert sorted(pictured) == sorted(
        [("known_at", tile["known_from"]), ("at", str(tile["position_from"]))] for tile in tiles
    )
    # one alone needs no picture
    assert "tiling" not in server.get(addresses["then"], headers=HTML).text


def test_a_source_shows_every_number_that_is_read_in_it_where_that_is_asked_for(
    server: Server, addresses: dict[str, str]
) -> None:
    text = "Sales rose 12% to €5.2 billion. Staff: 1,200 people."
    source = server.made("/v1/sources", {"title": "Numbers", "text": text, "published_at": "2025-01-01"})[
        "id"
    ]
    address = f"/sources/{source}"
    assert "r-found" not in server.get(address, headers=HTML).text
    shown = server.get(f"{address}?readings=true", headers=HTML).text
    read = server.post("/v1/readings", json={"source": source}).json()["items"]
    assert re.findall(r'r-found"[^>]*>([^<]*)<', shown) == [one["text"] for one in read] != []
    assert "read as 5,200,000,000 EUR, a level" in shown
    assert "read as 12 percent, an increase" in shown
    # what a fact was read from keeps the verdict on it
    cited = server.found(f"/v1{addresses['disputed']}")["citations"][0]["source"]["id"]
    shown = server.get(f"/sources/{cited}?readings=true", headers=HTML).text
    assert re.findall(r'class="read r-([a-z]+)"[^>]*>([^<]*)<', shown) == [
        ("agrees", "4.4 billion US dollars")
    ]


class Shown(HTMLParser):
    """The archived text as a page shows it: its words, and its tables as rows of cells."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.inside: list[str] = []  # elements that are open
        self.text = ""
        self.tables: list[list[list[str]]] = []
        self.attributes: set[tuple[str, str]] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self.inside and ("class", "document") not in attrs:
            return
        if self.inside:
            self.attributes |= {(tag, name) for name, _ in attrs}
        self.inside.append(tag)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in {"td", "th"}:
            self.tables[-1][-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if self.inside:
            assert self.inside.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.text += data
        if {"td", "th"} & {*self.inside}:
            self.tables[-1][-1][-1] += data


def test_a_source_in_html_shows_its_tables_and_each_word_once(
    server: Server, addresses: dict[str, str]
) -> None:
    text = server.get(f"/v1{addresses['tables']}/text").text
    page = server.get(addresses["tables"], headers=HTML).text
    shown = Shown(page)
    assert shown.text == text
    assert shown.tables == [
        [
            ["", "2023", "2022"],
            ["Operating income", "$", "(312", ")", "$", "290"],
            ["Costs <script>window.ran=1</script>", "40\n\nand a long explanation of what they are for", "0123456789" * 40],
        ],
        [["1", "2"], ["3", "4"]],
    ]  # fmt: skip
    # a passage that goes through cells is marked in each, with its place where it begins
    at = text.index("Operating income")
    assert re.search(
        rf'<td><a class="place" id="c{at}"></a><mark>.*?Operating income</a></mark></td> '
        r"<td[^>]*><mark>.*?\$</a></mark></td> <td[^>]*><mark>.*?\(312</a></mark></td><td[^>]*>\)</td>",
        page,
    ), page[page.index("<table") :][:1500]
    assert shown.attributes <= {
        ("a", "class"), ("a", "id"), ("a", "href"), ("a", "data-why"), ("span", "class"), ("td", "class"), ("th", "class"),
        *((tag, name) for tag in ("td", "th") for name in ("colspan", "rowspan")),
        *(("div", name) for name in ("class", "role", "tabindex", "aria-label")),
    }  # fmt: skip
    # as of a day before it was recorded nothing of it is told
    assert server.get(f"{addresses['tables']}?at=1", headers=HTML).status_code == 404


def test_a_long_source_in_html_shows_each_word_once_over_its_parts(api: InProcess) -> None:
    rows = "".join(f"<tr><td>Item number {n}</td><td>$</td><td>{n},000</td></tr>" for n in range(6000))
    page = f"<p>Before.</p><table>{rows}</table><p>After.</p>"
    source = api.made("/v1/sources", {"title": "Long", "text": page, "media_type": "text/html"})["id"]
    whole, start = "", 0
    while True:
        answer = api.get(f"/sources/{source}?start={start}", headers=HTML).text
        shown = Shown(answer)
        assert {len(row) for row in shown.tables[0]} == {3}
        whole += shown.text
        later = re.search(r'start=(\d+)">Later in the text', answer)
        if later is None:
            break
        start = int(later[1])
    assert whole == api.get(f"/v1/sources/{source}/text").text


def test_a_source_names_what_it_was_made_from(server: Server, addresses: dict[str, str]) -> None:
    told = server.found(f"/v1{addresses['source']}")
    (origin,) = told["derived_from"]
    title = server.found(f"/v1/sources/{origin}")["title"]
    page = server.get(addresses["source"], headers=HTML).text
    assert f'<a href="/sources/{origin}" dir="auto">{title}</a>' in html.unescape(page)


def test_the_home_page_has_the_companies_with_most_facts(api: InProcess) -> None:
    filled(api)
    by_company: dict[str, int] = {}
    for fact in api.found("/v1/facts", limit=1000)["items"]:
        by_company[fact["company"]] = by_company.get(fact["company"], 0) + 1
    page = api.get("/", headers=HTML).text
    assert re.findall(r'href="/companies/([^"]+)"><b.*?· (\d+) facts?<', page) == [
        (slug, str(count))
        for slug, count in sorted(by_company.items(), key=lambda pair: (-pair[1], pair[0]))[:12]
    ]
    api.made("/v1/companies", {"slug": "no-facts", "name": "No Facts"})
    assert "no-facts" not in api.get("/", headers=HTML).text
    assert "no-facts" in api.get("/companies", headers=HTML).text


def test_links_keep_the_times_and_lead_somewhere(server: Server, addresses: dict[str, str]) -> None:
    day = "2026-01-31"
    for name in ("disputed", "company", "dated source", "search"):
        address = addresses[name]
        page = opened(server, address + ("&" if "?" in address else "?") + f"known_at={day}")
        inner = [
            one
            for one in page.links
            if re.match(r"/(companies|facts|sources|search|series|$|\?)", one) and "at=" in one
        ]
        assert inner, name
        for link in dict.fromkeys(inner):
            given = dict(parse_qsl(urlsplit(link).query))
            assert given.get("known_at") == day or "at" in given, (name, link)
            assert server.get(html.unescape(link), headers=HTML).status_code == 200, (name, link)


def test_a_fact_is_shown_as_it_was_known(server: Server, addresses: dict[str, str]) -> None:
    assert "4400000000" in opened(server, addresses["disputed"]).figures
    then = opened(server, addresses["then"])
    assert set(then.figures) == {"4120000000"}
    assert opened(server, addresses["disputed"] + "?known_at=2020-01-01", 404).links


def test_the_passage_and_the_numbers_read_in_it_are_marked(server: Server, addresses: dict[str, str]) -> None:
    text = server.get(addresses["disputed"], headers=HTML).text
    assert re.search(
        r"<mark>revenue of </mark><mark><a class=\"read r-agrees\"[^>]*>4.4 billion US dollars</a></mark>",
        text,
    )
    assert text.count('<div class="card">') == 2
    assert re.findall(r'class="class"[^>]*>([^<]+)<', text) == ["Rival", "Restated", "First"]


def test_a_withheld_passage_is_on_no_page(server: Server, addresses: dict[str, str]) -> None:
    article = addresses["withheld"].removeprefix("/sources/")
    quotes = {
        citation["selector"]["exact"]
        for fact in server.found(f"/v1/sources/{article}/facts", limit=200)["items"]
        for citation in fact["citations"]
        if citation["source"]["id"] == article and "selector" in citation
    }
    assert len(quotes) > 20
    fact = server.found(f"/v1/sources/{article}/facts", kind="market_share")["items"][0]
    text = html.unescape(server.get(f"/facts/{fact['id']}", headers=HTML).text)
    mine = [c["selector"]["exact"] for c in fact["citations"] if c["source"]["id"] == article]
    assert all(quote not in text for quote in mine)
    assert "kept for checking only" in text
    assert '<div class="document"' not in server.get(addresses["withheld"], headers=HTML).text


def test_refusals_are_pages_for_browsers_and_problems_for_programs(server: Server) -> None:
    missing = "/facts/00000000-0000-8000-8000-000000000000"
    for address, status in (
        ("/nothing", 404),
        (missing, 404),
        ("/companies/", 404),
        ("/facts/x", 400),
        ("/?nope=1", 400),
    ):
        response = server.get(address, headers=HTML)
        assert response.status_code == status, address
        assert "<h1>" in response.text
        assert response.headers["cache-control"] == "no-store"
        for headers in ({}, {"Accept": "*/*"}):
            assert (
                server.get(address, headers=headers).headers["content-type"] == "application/problem+json"
            ), address
    assert server.get("/").status_code == 404
    assert (
        server.get("/v1/facts/x", headers={"Accept": "text/html,*/*"}).headers["content-type"]
        == "application/problem+json"
    )


def test_what_a_writer_writes_is_text(api: InProcess) -> None:
    for n, hostile in enumerate(HOSTILE):
        made = f"hostile-{n}"
        api.made("/v1/companies", {"slug": made, "name": hostile, "aliases": [f"alias {hostile}"]})
        source = api.made(
            "/v1/sources",
            {
                "title": f"title {hostile}", "publisher": hostile, "author": hostile, "note": hostile,
                "published_at": "2025-01-01",
                "text": f"Before.\n\n{hostile} had 12 users {hostile}.",
                "url": "https://example.org/%22onmouseover=%22window.ran=1",
            },
        )["id"]  # fmt: skip
        claim = {
            "kind": "statement", "company": made, "subject": "claim", "dimensions": {"topic": hostile[:100]},
            "value": {"text": hostile, "topic": hostile},
            "citations": [{"source": source, "selector": {"type": "text_quote", "exact": f"{hostile} had 12 users"}}],
        }  # fmt: skip
        fact = api.made("/v1/facts", claim)["id"]
        api.made(f"/v1/facts/{fact}/retractions", {"version": 1, "reason": hostile})
        again = api.made("/v1/facts", claim | {"known_at": "2025-02-01"})["id"]
        assert again == fact
        for address in (
            "/", "/companies", f"/companies/{made}", f"/facts/{fact}", f"/sources/{source}",
            f"/search?{httpx.QueryParams(q=hostile)}", f"/companies?{httpx.QueryParams(q=hostile)}",
        ):  # fmt: skip
            response = api.get(address, headers=HTML)
            if response.status_code != 200:
                assert response.status_code in {400, 404}, address
            page = Read(response.text)
            assert page.inline == [], (address, hostile)
            assert "1337" not in response.text, address
            assert all(one.startswith("/pages/") for one in page.loaded), address
            assert all(urlsplit(one).scheme in {"", "http", "https"} for one in page.links), address


def test_a_page_takes_at_most_four_statements(api: InProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    """Search takes as many as its operation."""
    addresses = filled(api)
    filer = "cik-0000000777"
    api.made("/v1/companies", {"slug": filer, "name": "Seven Lines"})
    source = addresses["dated source"].removeprefix("/sources/")
    api.made(
        "/v1/facts",
        fact_of(filer, source, "Revenue was 4.12 billion", {"value": "4120000000", "unit": "USD"}),
    )
    more = {
        query: f"/changes?{query}"
        for query in ("limit=3", f"company={filer}", "evidence=verified", f"company={filer}&class=first", "after=2&limit=200")
    }  # fmt: skip
    asked: list[str] = []
    for name in ("fetch", "fetchrow", "fetchval"):
        plain = getattr(asyncpg.Connection, name)

        def counted(self: Any, query: str, *args: Any, plain: Any = plain) -> Any:
            asked.append(query)
            return plain(self, query, *args)

        monkeypatch.setattr(asyncpg.Connection, name, counted)
    for name, address in (addresses | more).items():
        if not address.startswith("/search"):
            opened(api, address)
            asked.clear()
            opened(api, address)
            assert len(asked) <= 4, (name, [one[:60] for one in asked])


def test_changes_name_the_filers_of_edgar(api: InProcess) -> None:
    filer = "cik-0000000777"
    api.made("/v1/companies", {"slug": filer, "name": "Seven Lines"})
    # without a filter, after a position, and of one company
    for query in ("", "?after=0", f"?company={filer}"):
        shown = api.get(f"/changes{query}", headers=HTML).text
        assert f'<a href="/companies/{filer}">Seven Lines</a>' in shown
        assert "CIK 777" not in shown


def test_several_series_are_offered_and_refused_to_programs(api: InProcess) -> None:
    api.made("/v1/companies", {"slug": "acme", "name": "Acme"})
    source = api.made(
        "/v1/sources", {"title": "T", "published_at": "2025-01-01", "text": "12 USD and 13 EUR"}
    )["id"]
    for value, unit in (("12", "USD"), ("13", "EUR")):
        api.made("/v1/facts", fact_of("acme", source, f"{value} {unit}", {"value": value, "unit": unit}))
    address = "/series?company=acme&subject=revenue"
    page = opened(api, address, 409)
    offered = [link for link in page.links if "unit=" in link]
    assert len(offered) == 2
    for link in offered:
        assert opened(api, link).figures
    assert api.get(address).json()["status"] == 409


def test_pages_can_be_left_out_and_closed(cluster: Cluster) -> None:
    with cluster.database() as dsn:
        with InProcess(dsn, None, pages=False) as service:
            for address in ("/", "/companies"):
                answer = service.send(service.request_of("GET", address, headers=HTML))
                assert (answer.status_code, answer.headers["content-type"]) == (
                    404,
                    "application/problem+json",
                )
        with InProcess(dsn, cluster.keys["read"], require_key_for_reads=True) as service:
            answer = service.send(service.request_of("GET", "/companies", headers=HTML))
            assert answer.status_code == 401
            assert "Authorization: Bearer" in answer.text
            style = opened_style(answer.text)
            assert service.send(service.request_of("GET", style)).status_code == 200
            admitted = {**HTML, "Authorization": f"Bearer {service.key}"}
            assert service.get("/companies", headers=admitted).status_code == 200


def opened_style(text: str) -> str:
    return next(one for one in Read(text).loaded if one.endswith(".css"))


# -- in a browser ----------------------------------------------------------------------------------

in_a_browser = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not on this machine")


@pytest.fixture(scope="module")
def browser() -> Generator[Browser]:
    with Browser() as running:
        yield running


@in_a_browser
def test_every_page_opens_without_complaints_at_every_width(
    server: Server, addresses: dict[str, str], browser: Browser
) -> None:
    for name, address in addresses.items():
        browser.sized(390)
        browser.open(f"{server.base}{address}")
        assert browser.value("document.querySelectorAll('h1').length") == 1, name
        assert browser.value("getComputedStyle(document.body).margin") == "0px", name
        for width in (390, 1280):
            browser.sized(width)
            assert browser.value("document.documentElement.scrollWidth") <= width, (name, width)
    assert browser.requested
    assert [url for url in browser.requested if not url.startswith(f"{server.base}/")] == []
    assert browser.complaints == []


@in_a_browser
def test_tables_are_read_by_a_browser_as_they_are_written(
    server: Server, addresses: dict[str, str], browser: Browser
) -> None:
    browser.sized(390)
    browser.open(f"{server.base}{addresses['tables']}")
    assert (
        browser.value("document.querySelector('.document').textContent")
        == server.get(f"/v1{addresses['tables']}/text").text
    )
    assert browser.value("window.ran") is None
    regions = "[...document.querySelectorAll('.document [role=region]')]"
    assert browser.value(f"{regions}.map(one => one.getAttribute('aria-label'))") == [
        "Table 1: Income",
        "Table 2",
    ]
    assert browser.value(f"{regions}.map(one => one.scrollWidth > one.clientWidth)") == [True, False]
    assert browser.value(f"{regions}[0].tabIndex") == 0


@in_a_browser
def test_the_keyboard_reaches_everything(server: Server, addresses: dict[str, str], browser: Browser) -> None:
    browser.sized(1280)
    browser.open(f"{server.base}{addresses['disputed']}")
    wanted = "a[href], button, input:not([type=hidden]), summary, [tabindex='0']"
    shown = f'[...document.querySelectorAll("{wanted}")].filter(e => e.checkVisibility())'
    browser.value(
        "window.met = new Set(), document.addEventListener('focusin', e => window.met.add(e.target))"
    )
    # a date has several stops
    for _ in range(browser.value(f"{shown}.length") + 12):
        for kind in ("rawKeyDown", "keyUp"):
            browser.call("Input.dispatchKeyEvent", type=kind, key="Tab", code="Tab", windowsVirtualKeyCode=9)
    left = browser.value(f"{shown}.filter(e => !window.met.has(e)).map(e => e.outerHTML.slice(0, 120))")
    assert left == []


@in_a_browser
def test_what_is_typed_is_suggested(server: Server, addresses: dict[str, str], browser: Browser) -> None:
    assert addresses
    browser.sized(1280)
    browser.open(f"{server.base}/")
    browser.fill("#find", "harbor")
    browser.until("document.querySelectorAll('[role=option]').length > 0")
    for key, code in (("ArrowDown", 40), ("Enter", 13)):
        browser.call(
            "Input.dispatchKeyEvent", type="rawKeyDown", key=key, code=key, windowsVirtualKeyCode=code
        )
    browser.until("location.pathname === '/companies/harbor-line'")


@in_a_browser
def test_what_is_typed_before_the_script_comes_is_suggested(
    server: Server, addresses: dict[str, str], browser: Browser
) -> None:
    assert addresses
    with browser.paused_at("*/pages/script*"):
        browser.go(f"{server.base}/search")
        browser.fill("#find", "harbor")
        assert browser.value("document.querySelector('[role=combobox]')") is None
    browser.until("document.querySelectorAll('[role=option]').length > 0")


@in_a_browser
def test_a_slider_shows_a_series_as_it_was_known(
    server: Server, addresses: dict[str, str], browser: Browser
) -> None:
    browser.sized(1280)
    browser.open(f"{server.base}{addresses['series']}")
    days = browser.value("[...document.querySelectorAll('#slide option')].map(one => one.value)")
    assert days == sorted(days, reverse=True)
    assert len(days) > 1
    slider = "document.querySelector('input[type=range]')"
    for place, day in ((0, days[-1]), (len(days) - 1, days[0])):
        browser.value(f"{slider}.value = {place}, {slider}.dispatchEvent(new Event('input'))")
        browser.until(f"new URLSearchParams(location.search).get('known_at') === '{day}'")
        told = set(numbers(server.found(f"/v1{addresses['series']}&vintages=all&known_at={day}")))
        shown = browser.value("[...document.querySelectorAll('#figures data')].map(one => one.value)")
        assert shown
        assert set(shown) <= told
    assert browser.complaints == []


@in_a_browser
@pytest.mark.skipif(shutil.which("npm") is None, reason="Node is not on this machine")
def test_axe_finds_nothing(server: Server, addresses: dict[str, str], browser: Browser) -> None:
    axe = (npm_package("axe", AXE) / "axe-core" / "axe.min.js").read_text()
    found: dict[str, list[str]] = {}
    for name, address in addresses.items():
        browser.sized(1280)
        browser.open(f"{server.base}{address}")
        # a scheme changes colours alone
        for scheme, rules in (
            ("light", "{resultTypes: ['violations']}"),
            ("dark", "{resultTypes: ['violations'], runOnly: ['color-contrast', 'link-in-text-block']}"),
        ):
            browser.sized(1280, scheme)
            browser.value(
                f"window.axe || {axe}; window.violations = window.passes = undefined;"
                f" axe.run({rules}).then(r => {{ window.passes = r.passes; window.violations = r.violations }}); true"
            )
            browser.until("window.violations !== undefined")
            assert "color-contrast" in browser.value("window.passes.map(p => p.id)"), (name, scheme)
            told = browser.value(
                "JSON.stringify(window.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html.slice(0, 90)).slice(0, 2)))"
            )
            if json.loads(told):
                found[f"{name} {scheme}"] = json.loads(told)
    assert found == {}


@in_a_browser
@pytest.mark.skipif(not FOLDER.is_dir(), reason="../shared/data is absent: the EDGAR files stand there")
def test_the_pages_of_a_company_of_edgar_open(
    server: Server, addresses: dict[str, str], browser: Browser
) -> None:
    assert addresses

    async def imported() -> None:
        async with opened_database(server.dsn) as database:
            await import_facts(database, [FOLDER / "CIK0001744489.json.gz"])

    run(imported())
    company = next(
        one for one in server.found("/v1/companies", q="1744489")["items"] if "cik" in one["identifiers"]
    )
    slug = company["slug"]
    facts = server.found(f"/v1/companies/{slug}/facts", limit=3)["items"]
    series = f"/series?company={slug}&subject=us-gaap:Assets"
    source = facts[0]["citations"][0]["source"]["id"]
    for address in (f"/companies/{slug}", f"/facts/{facts[0]['id']}", series, f"/sources/{source}"):
        response = server.get(address, headers={**HTML, "Accept-Encoding": "gzip"})
        assert response.status_code == 200, address
        assert int(response.headers["content-length"]) < 100_000
        browser.open(f"{server.base}{address}")
        assert browser.complaints == [], address
    shown = server.get(series, headers=HTML).text
    assert set(opened(server, series).figures) <= set(numbers(server.found(Read(shown).alternate or "")))
    assert company["name"] in shown
    assert "CIK 1744489" not in shown
