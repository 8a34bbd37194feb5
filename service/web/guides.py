"""The guides: the Markdown files of `docs/` and the changelog, by name and group, as Markdown and as HTML.

The wheel has them in `service/_docs`; a checkout reads `docs/`.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore

_PACKAGED = Path(__file__).parent.parent / "_docs"
_CHECKOUT = Path(__file__).parent.parent.parent
GUIDES = _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT / "docs"
_CHANGELOG = _PACKAGED / "changelog.md" if _PACKAGED.is_dir() else _CHECKOUT / "CHANGELOG.md"
FIRST = "getting-started"

# the guides in reading order, by what they are for; a test checks that every file is in one group
GROUPS: Mapping[str, tuple[str, ...]] = {
    "Use": (
        FIRST,
        "concepts",
        "times",
        "series",
        "search",
        "pages",
        "paging",
        "changes",
        "mirrors",
        "as-known",
        "backtest",
        "csv",
        "lines",
        "errors",
        "limits",
        "clients",
        "sample",
        "versioning",
        "changelog",
    ),
    "Write": ("citations", "evidence", "reading", "identity", "keys"),
    "EDGAR": ("edgar", "standard-concepts"),
    "Run": ("operations", "performance"),
    "Why": ("life-of-a-fact", "architecture", "decisions", "testing"),
}


class Heading(NamedTuple):
    """A heading of the second level, and the id that it has in HTML."""

    text: str
    id: str


class Guide(NamedTuple):
    """A guide as its readers get it."""

    title: str
    summary: str  # its first sentence, without markup
    markdown: str
    headings: tuple[Heading, ...]


def names() -> tuple[str, ...]:
    """The names of all guides, in reading order."""
    return tuple(name for group in GROUPS.values() for name in group)


@cache
def guide(name: str) -> Guide:
    """A guide by its name. Raises KeyError if there is none."""
    if name not in names():
        raise KeyError(name)
    text = _text(name)
    title = re.search(r"^# (.+)$", text, re.MULTILINE)
    paragraph = re.search(r"^[A-Za-z`].*(?:\n.+)*", text, re.MULTILINE)
    summary = (
        re.split(r"(?<=[.?])(?<!\b[A-Z]\.)\s", _plain(" ".join(paragraph[0].split())))[0] if paragraph else ""
    )
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    return Guide(
        title=title[1] if title else name,
        summary=summary,
        markdown=text,
        headings=tuple(Heading(_plain(one), _id(one)) for one in headings),
    )


@cache
def rendered(name: str) -> str:
    """A guide as HTML."""
    return markdown().render(guide(name).markdown)


@cache
def markdown() -> "MarkdownIt":
    """CommonMark with tables; HTML stays text."""
    from markdown_it import MarkdownIt  # sixty modules, which only these pages need

    made = MarkdownIt("commonmark", {"html": False}).enable("table")
    made.core.ruler.push("guides", _connect)
    return made


def _text(name: str) -> str:
    """The text of a guide, with links between guides as they are served: `NAME.md`."""
    match name:
        case "changelog":
            text = _CHANGELOG.read_text("utf-8")
        case "decisions":
            text = _decisions()
        case _:
            text = (GUIDES / f"{name}.md").read_text("utf-8")
    text = _COMMENT.sub("", text)
    text = text.replace("](../CHANGELOG.md", "](changelog.md").replace(
        "](decisions/README.md", "](decisions.md"
    )
    return re.sub(r"\]\((?:decisions/)?(\d{4}-[a-z0-9-]+\.md)\)", _decision_link, text)


# a comment that marks the part of a guide that a command writes
_COMMENT = re.compile(r"^<!--.*?-->\n", re.MULTILINE)


def _decisions() -> str:
    """The overview of the decisions, then each decision as a section."""
    first, *others = sorted(
        (GUIDES / "decisions").glob("*.md"), key=lambda path: (path.stem != "README", path.stem)
    )
    sections = ("#" + path.read_text("utf-8") for path in others)
    return "\n".join([first.read_text("utf-8"), *sections])


def _decision_link(found: re.Match[str]) -> str:
    title = (GUIDES / "decisions" / found[1]).read_text("utf-8").splitlines()[0].removeprefix("# ")
    return f"](decisions.md#{_id(title)})"


def _plain(text: str) -> str:
    """Text without Markdown's links, emphasis and code marks."""
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text).replace("**", "").replace("`", "")


def _id(heading: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", heading.lower()))


def _connect(state: "StateCore") -> None:
    """Give headings an id. Links to other guides lead to their pages; links to files that are not served become text."""
    for place, token in enumerate(state.tokens):
        if token.type == "heading_open":
            token.attrSet("id", _id(state.tokens[place + 1].content))
        unserved = False
        for child in token.children or ():
            if child.type == "link_open":
                served = _served(str(child.attrGet("href") or ""))
                unserved = served is None
                child.attrs = {} if served is None else {"href": served}
            if unserved and child.type in {"link_open", "link_close"}:
                child.tag = "span"


def _served(reference: str) -> str | None:
    """The address of a guide's link target; None for a file of the repository that the service does not serve."""
    target = urlsplit(reference)
    if target.scheme or target.netloc or not target.path or target.path.startswith("/"):
        return reference
    name = target.path.removesuffix(".md")
    if name not in names():
        return None
    return f"/docs/guides/{name}" + (f"#{target.fragment}" if target.fragment else "")
