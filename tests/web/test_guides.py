"""The guides as they are served: headings and links of a text, and which files a guide is made of."""

import re
from pathlib import Path

import pytest

from service.web import guides
from service.web.guides import GUIDES, markdown


def html(text: str) -> str:
    return markdown().render(text).strip()


def test_every_file_of_the_docs_is_in_one_group() -> None:
    files = {path.stem for path in GUIDES.glob("*.md")} | {"decisions", "changelog"}
    assert sorted(guides.names()) == sorted(files)


def test_a_guide_that_is_not_there_is_none() -> None:
    for name in ("nothing", "../README", "pictures", "decisions/README"):
        with pytest.raises(KeyError):
            guides.guide(name)


@pytest.mark.parametrize(
    ("link", "rendered"),
    [
        ("[times](times.md)", '<a href="/docs/guides/times">times</a>'),
        ("[times](times.md#a-day)", '<a href="/docs/guides/times#a-day">times</a>'),
        ("[here](#below)", '<a href="#below">here</a>'),
        ("[there](https://example.org/a.md)", '<a href="https://example.org/a.md">there</a>'),
        ("[mail](mailto:a.md)", '<a href="mailto:a.md">mail</a>'),
        ("[problems](/docs/problems)", '<a href="/docs/problems">problems</a>'),
        # the service does not serve the repository
        ("[code](../service/app.py)", "<span>code</span>"),
        (
            "[`one`](nothing.md) and [two](times.md)",
            '<span><code>one</code></span> and <a href="/docs/guides/times">two</a>',
        ),
    ],
)
def test_a_link_leads_to_what_is_served(link: str, rendered: str) -> None:
    assert html(link) == f"<p>{rendered}</p>"


def test_a_heading_has_an_id_and_html_is_text() -> None:
    assert html("## What `at` means, and why") == (
        '<h2 id="what-at-means-and-why">What <code>at</code> means, and why</h2>'
    )
    assert html("<script>alert(1)</script>") == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"
    assert html("```mermaid\nflowchart TD\n    a --> b\n```") == (
        '<pre><code class="language-mermaid">flowchart TD\n    a --&gt; b\n</code></pre>'
    )


def test_the_links_within_the_guides_lead_to_headings_that_are_there() -> None:
    ids = {name: set(re.findall(r'<h\d id="([^"]*)"', guides.rendered(name))) for name in guides.names()}
    found = 0
    for name in guides.names():
        for guide, place in re.findall(
            r'<a href="(?:/docs/guides/([a-z-]+))?#([^"]+)"', guides.rendered(name)
        ):
            assert place in ids[guide or name], f"{name}: {guide}#{place}"
            found += 1
    assert found > 10


def test_decisions_are_one_guide_with_a_section_for_each() -> None:
    files = sorted((GUIDES / "decisions").glob("[0-9]*.md"))
    guide = guides.guide("decisions")
    titles = [path.read_text("utf-8").splitlines()[0].removeprefix("# ").replace("`", "") for path in files]
    assert [one.text for one in guide.headings if one.text in titles] == titles
    assert not re.search(r"\]\((?:decisions/)?\d{4}-", guide.markdown)


def test_a_guide_is_told_by_its_title_and_first_sentence_without_marks() -> None:
    guide = guides.guide("architecture")
    assert guide.title == "Architecture"
    assert guide.summary == "companyfacts is one process in front of one Postgres."
    assert "The rooms" in {one.text for one in guide.headings}
    told = [guides.guide(name).summary for name in guides.names()]
    assert not [one for one in told if re.search(r"`|\*\*|\]\(", one)]
    assert all(re.fullmatch(r"[a-z0-9-]+", one.id) for one in guide.headings)
    assert not re.search("<!--", "".join(guides.guide(name).markdown for name in guides.names()))


def test_the_guides_of_a_checkout_are_its_own() -> None:
    assert Path(__file__).resolve().parents[2] / "docs" == GUIDES
