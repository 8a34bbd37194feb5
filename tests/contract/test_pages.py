"""The pages for people: complete, connected, and from this host alone."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest

from service.web.guides import GROUPS, GUIDES, guide, names
from service.web.problems import SORTS
from tests.contract.browser import CHROMIUM, Browser
from tests.running import InProcess, Server

ROOT = Path(__file__).resolve().parents[2]


class Page(HTMLParser):
    """What a page refers to, and what in it can be referred to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.references: list[str] = []
        self.links: list[str] = []  # those that a reader can follow
        self.places: set[str] = set()
        self.scripts_or_styles_inline = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.references += [value for name in ("href", "src") if (value := given.get(name))]
        self.links += [given["href"] or ""] if tag == "a" and "href" in given else []
        self.places |= {value for name in ("id",) if (value := given.get(name))}
        if tag == "style" or "style" in given or (tag == "script" and "src" not in given):
            self.scripts_or_styles_inline = True


def pages(api: InProcess) -> Iterator[tuple[str, Page]]:
    """Every page that the others lead to, from the reference on."""
    waiting, seen = ["/docs"], {"/docs"}
    while waiting:
        address = waiting.pop()
        response = api.get(address)
        assert response.status_code == 200, address
        if not response.headers["content-type"].startswith("text/html"):
            continue
        page = Page(response.text)
        yield address, page
        for reference in page.references:
            target = urldefrag(urljoin(address, reference)).url
            if target.startswith("/") and target not in seen:
                seen.add(target)
                waiting.append(target)


def test_every_reference_on_every_page_leads_somewhere(api: InProcess) -> None:
    found = dict(pages(api))
    assert {f"/docs/problems/{code}" for code in SORTS} <= set(found)
    assert {f"/docs/guides/{name}" for name in names()} <= set(found)
    for address, page in found.items():
        assert not page.scripts_or_styles_inline, address
        for reference in page.references:
            target, fragment = urldefrag(urljoin(address, reference))
            if fragment and target in found:
                assert fragment in found[target].places, f"{address} refers to {reference}"


def test_a_page_may_load_nothing_from_elsewhere(api: InProcess) -> None:
    for address, page in pages(api):
        policy = api.get(address).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        for reference in page.references:
            assert urlsplit(reference).scheme in {"", "https", "http", "data"}


@pytest.mark.parametrize("code", SORTS)
def test_every_problem_type_has_a_page_with_meaning_and_remedy(api: InProcess, code: str) -> None:
    sort = SORTS[code]
    response = api.get(f"/docs/problems/{code}")
    assert response.status_code == 200
    for heading in ("What it means", "What to do", "What it looks like"):
        assert f"<h2>{heading}</h2>" in response.text
    for sentence in (sort.meaning, sort.remedy):
        assert sentence.endswith("."), code
        assert len(sentence) > 20, code
    assert sort.example


def test_every_error_of_the_service_is_a_problem_type() -> None:
    from service.core import errors
    from service.web import problems

    def kinds(of: type[errors.CompanyFactsError]) -> Iterator[type[errors.CompanyFactsError]]:
        for one in of.__subclasses__():
            yield one
            yield from kinds(one)

    assert problems
    assert {one.code for one in kinds(errors.CompanyFactsError)} == set(SORTS)


def test_the_type_of_a_problem_opens_its_page(api: InProcess) -> None:
    problem = api.get("/v1/companies/nobody").json()
    assert api.get(problem["type"]).status_code == 200
    assert problem["title"] in api.get(problem["type"]).text


def test_links_of_the_guides_lead_to_files_that_exist() -> None:
    for path in [*GUIDES.rglob("*.md"), ROOT / "README.md", ROOT / "openapi" / "README.md"]:
        found: list[str] = re.findall(r"\]\(([^)\s]+)\)", path.read_text())
        for reference in found:
            target = urlsplit(reference)
            if not target.scheme and target.path and not target.path.startswith("/"):
                assert (path.parent / target.path).exists(), f"{path.name} refers to {reference}"


def test_links_between_guides_lead_to_their_pages(api: InProcess) -> None:
    text = api.get("/docs/guides/concepts").text
    assert 'href="/docs/guides/times"' in text
    assert ".md" not in "".join(Page(text).links)


def test_every_guide_is_in_one_group_and_beside_every_guide(api: InProcess) -> None:
    files = {path.stem for path in GUIDES.glob("*.md")} | {"changelog", "decisions"}
    assert sorted(names()) == sorted(files)
    text = api.get("/docs").text
    assert [text.index(f"<h2>{title}</h2><ul>") for title in GROUPS] == sorted(
        text.index(f"<h2>{title}</h2><ul>") for title in GROUPS
    )
    for name in names():
        page = Page(api.get(f"/docs/guides/{name}").text)
        assert {f"/docs/guides/{one}" for one in names()} <= set(page.links), name


def test_the_documentation_opens_with_getting_started(api: InProcess) -> None:
    text = api.get("/docs").text
    assert "<h1" in text
    headings = re.findall(r"<h[12][^>]*>([^<]+)</h[12]>", text)
    assert headings[:4] == ["Getting started", "Ask", "Write", "Import"]


def test_every_guide_is_served_as_markdown_with_links_that_lead_somewhere(api: InProcess) -> None:
    for name in names():
        response = api.get(f"/docs/{name}.md")
        assert response.headers["content-type"] == "text/markdown; charset=utf-8"
        assert response.text.startswith(f"# {guide(name).title}\n")
        assert "<!--" not in response.text
        found: list[str] = re.findall(r"\]\(([^)\s]+)\)", response.text)
        for reference in found:
            if urlsplit(reference).scheme:
                continue
            target, fragment = urldefrag(urljoin(f"/docs/{name}.md", reference))
            answer = api.get(target)
            assert answer.status_code == 200, f"{name} refers to {reference}"
            if fragment and target.endswith(".md"):
                page = api.get(f"/docs/guides/{target.removeprefix('/docs/').removesuffix('.md')}")
                assert fragment in Page(page.text).places, f"{name} refers to {reference}"


def test_the_overview_for_language_models_leads_to_every_guide(api: InProcess) -> None:
    response = api.get("/llms.txt")
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    first, empty, summary, *_ = response.text.splitlines()
    assert (first, empty, summary[:2]) == ("# companyfacts", "", "> ")
    links = re.findall(r"^- \[([^\]]+)\]\(([^)]+)\): (.+)$", response.text, re.MULTILINE)
    assert {f"/docs/{name}.md" for name in names()} <= {target for _, target, _ in links}
    assert "/openapi.json" in {target for _, target, _ in links}
    for title, target, what in links:
        assert api.get(target).status_code == 200, title
        assert what[-1] in ".?" or target.startswith(("/openapi", "/docs/problems")), title
        assert "`" not in what, title


def test_markup_in_a_guide_is_text(api: InProcess) -> None:
    for name in names():
        assert "<script" not in api.get(f"/docs/guides/{name}").text


def test_a_guide_does_not_show_where_a_command_writes_its_part(api: InProcess) -> None:
    assert "<!-- tables: begin -->" in (GUIDES / "performance.md").read_text()
    for name in names():
        assert "&lt;!--" not in api.get(f"/docs/guides/{name}").text


def test_what_is_not_there_is_a_problem(api: InProcess) -> None:
    for address in (
        "/docs/guides/nothing", "/docs/problems/nothing", "/docs/assets/nothing.js", "/docs/nothing.md"
    ):  # fmt: skip
        assert api.get(address).status_code == 404
    for address in ("/docs/assets/..%2f..%2fpages.py", "/docs/guides/..%2fREADME"):
        assert api.get(address).status_code in {400, 404}


def test_the_catalogue_leads_to_interface_description_and_guides(api: InProcess) -> None:
    response = api.get("/.well-known/api-catalog")
    assert response.headers["content-type"].startswith("application/linkset+json")
    links = {name: targets for context in response.json()["linkset"] for name, targets in context.items()}
    for name in ("service-desc", "service-doc", "status"):
        for target in links[name]:
            assert api.get(target["href"], headers={"Accept": target["type"]}).status_code == 200
    assert 'rel="api-catalog"' in response.headers["link"]


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not on this machine")
def test_the_reference_works_in_a_browser_and_asks_no_other_host(server: Server, tmp_path: Path) -> None:
    for company in (
        {"slug": "alibaba", "name": "Alibaba Group"},
        {"slug": "alibaba-cloud", "name": "Alibaba Cloud", "parent": "alibaba"},
    ):
        server.made("/v1/companies", company)
    source = server.made(
        "/v1/sources",
        {"title": "Briefing", "published_at": "2025-12-31", "text": "Alibaba Cloud has a 36 percent share."},
    )
    server.made(
        "/v1/facts",
        {
            "kind": "market_share",
            "company": "alibaba-cloud",
            "subject": "ai-cloud",
            "value": {"market": "AI cloud", "share": {"value": "36", "unit": "percent"}},
            "citations": [
                {"source": source["id"], "selector": {"type": "text_quote", "exact": "36 percent share"}}
            ],
        },
    )
    document = server.found("/openapi.json")
    with Browser() as browser:
        browser.open(f"{server.base}/docs/reference")
        operations = sum(len(methods) for methods in document["paths"].values())
        browser.until(f"document.querySelectorAll('.opblock').length === {operations}")
        lookup = "#operations-facts-lookUpFact"
        browser.click(f"{lookup} .opblock-summary-control")
        browser.click(f"{lookup} .try-out__btn")
        browser.click(f"{lookup} .execute")
        shown = f"document.querySelector('{lookup} .live-responses-table')?.innerText"
        browser.until(f"{shown}?.includes('Log-Position') || {shown}?.includes('log-position')")
        answer = browser.value(shown)
        assert "200" in answer
        assert '"36"' in answer
        browser.picture(tmp_path / "reference.png")
        for address in ("/docs/guides/concepts", "/docs/problems", "/docs/problems/not-found"):
            browser.open(f"{server.base}{address}")
        assert browser.value("getComputedStyle(document.querySelector('main')).maxWidth") not in {"none", ""}
        assert browser.requested
        assert [url for url in browser.requested if not url.startswith(f"{server.base}/")] == []
        assert browser.complaints == []


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not on this machine")
def test_no_page_is_wider_than_the_screen(server: Server) -> None:
    addresses = ["/docs", "/docs/guides", "/docs/problems", *(f"/docs/guides/{name}" for name in names())]
    with Browser() as browser:
        for address in addresses:
            browser.open(f"{server.base}{address}")
            assert browser.value("document.querySelector('main') !== null")
            for width in (390, 1280):
                browser.sized(width)
                assert browser.value("document.documentElement.scrollWidth") <= width, f"{address} at {width}"
