"""What the documents name exists: files, paths, parameters, commands, options, settings. What users need is documented."""

import ast
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, cast
from urllib.parse import parse_qsl, urlsplit

import click
import pytest
from markdown_it import MarkdownIt

from service.cli.commands import main
from service.core import passages, presentation
from service.core.sources import CONTENT_LIMIT
from service.edgar.documents import DOCUMENT_LIMIT, FILINGS_LIMIT
from service.evidence import asides, check, examining
from service.feed import reads as feed
from service.operations import exchange as importing
from service.operations import limits as rates
from service.operations import lookup
from service.search import ranking
from service.settings import CAPABILITIES, PREFIX, Settings
from service.web import codings, edge, exchange, guides, parameters, sending
from tests import limits_table
from tests.conformity import DOCUMENT

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "openapi" / "README.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]
# these speak of the code; all other documents speak to users
ABOUT_CODE = {"architecture.md", "testing.md", "CONTRIBUTING.md", "README.md"}
SERVICE = sorted((ROOT / "service").rglob("*.py"))

each_document = pytest.mark.parametrize("path", DOCUMENTS, ids=[str(p.relative_to(ROOT)) for p in DOCUMENTS])


@cache
def code(path: Path) -> tuple[str, ...]:
    """The code of a document: its spans, and the lines of its blocks."""
    found: list[str] = []
    for token in MarkdownIt("commonmark").enable("table").parse(path.read_text("utf-8")):
        if token.type in {"fence", "code_block"}:
            found += token.content.replace("\\\n", " ").splitlines()
        found += [child.content for child in token.children or () if child.type == "code_inline"]
    return tuple(found)


# -- files ---------------------------------------------------------------------------------------------------

FILE = re.compile(r"(?<![\w./~:{-])((?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:py|sql|toml|lock))(?![\w/{…*])")
FOLDERS = {entry.name for entry in ROOT.iterdir() if entry.is_dir()} | {
    entry.name for entry in (ROOT / "service").iterdir() if entry.is_dir()
}


def named_files(path: Path) -> Iterator[str]:
    """Files and folders of this repository that a document names, in its code."""
    for text in code(path):
        for name in FILE.findall(text):
            made_up = re.search(
                r"\bN(NNN|AME)\b|N(NNN|AME)_", name
            )  # stands for a name that the reader chooses
            if not made_up and (name.split("/")[0] in FOLDERS or name.endswith((".py", ".sql"))):
                yield name


def exists(name: str, beside: Path) -> bool:
    """Whether a file is below the root, `service/` or the document's folder; a bare name, anywhere in code or tests."""
    return any((place / name).exists() for place in (ROOT, ROOT / "service", beside)) or (
        "/" not in name and any(next((ROOT / place).rglob(name), None) for place in ("service", "tests"))
    )


@each_document
def test_every_file_that_a_document_names_exists(path: Path) -> None:
    assert [name for name in named_files(path) if not exists(name, path.parent)] == []


@pytest.mark.parametrize("path", [p for p in DOCUMENTS if p.name not in ABOUT_CODE], ids=lambda p: p.stem)
def test_guides_for_users_name_no_source_files(path: Path) -> None:
    source = re.compile(r"^(service|tests|benchmarks|migrations)/|\.(py|sql)$")
    assert [name for name in named_files(path) if source.search(name)] == []


def test_the_guide_to_the_tests_has_every_folder_of_them() -> None:
    table = (
        (ROOT / "docs" / "testing.md")
        .read_text("utf-8")
        .partition("## What is where")[2]
        .partition("\n## ")[0]
    )
    folders = {
        f"tests/{one.name}"
        for one in (ROOT / "tests").iterdir()
        if one.is_dir() and not one.name.startswith("_")
    }
    named = set(re.findall(r"`(tests/\w+)`", table.partition("| folder")[2]))
    assert named | {f"tests/{name}" for name in CAPABILITIES} == folders


# -- paths of the service ------------------------------------------------------------------------------------

REQUEST = re.compile(
    r"(?:(GET|POST|PUT|PATCH|DELETE|HEAD) )?(?:https?://127\.0\.0\.1:\d+)?"
    r"(?<![\w.~}/…])(/(?:v1|api/xbrl|submissions|files|docs|healthz|readyz|metrics|openapi\.json|llms\.txt)[^\s'\"`\\]*)"
)


class Named(NamedTuple):
    """A request that a document names."""

    method: str | None
    path: str
    parameters: tuple[str, ...]


def requests(path: Path) -> Iterator[Named]:
    for text in code(path):
        pairs: list[tuple[str, str]] = REQUEST.findall(text.replace("#" * 10, "0000320193"))
        for method, target in pairs:
            parts = urlsplit(target.rstrip(".,:;)>"))
            names = [name for name, _ in parse_qsl(parts.query, keep_blank_values=True)]
            yield Named(method or None, parts.path, tuple(n for n in names if re.fullmatch(r"[a-z_]+", n)))


@cache
def templates() -> Mapping[str, re.Pattern[str]]:
    """The paths of the OpenAPI document; `{id}` may be written as such, as `…` or as a value."""
    return {
        template: re.compile(re.sub(r"\\\{[^}]*\\\}", "[^/]+", re.escape(template)))
        for template in DOCUMENT["paths"]
    }


def described(request: Named) -> Iterator[dict[str, Any]]:
    """The operations that a request may mean. A path that ends in a slash or `…` stands for all below it."""
    path = request.path
    for template, pattern in templates().items():
        if pattern.fullmatch(path) or (path.endswith(("/", "…")) and template.startswith(path.rstrip("…"))):
            for method, operation in DOCUMENT["paths"][template].items():
                if request.method is None or request.method.lower() in {method, "head"}:
                    yield operation


# parameters that do not exist, shown as mistakes
MISTAKES = {"errors.md": {"sub"}}


@each_document
def test_every_request_that_a_document_names_is_in_the_contract(path: Path) -> None:
    for request in requests(path):
        operations = list(described(request))
        assert operations or request.path in {"/v1", "/docs/assets"}, request
        known = {one["name"] for operation in operations for one in operation.get("parameters", [])}
        assert set(request.parameters) - known <= MISTAKES.get(path.name, set()), request


# -- commands, options, settings -----------------------------------------------------------------------------


def commands(
    group: click.Group = main, before: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command by its words."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*before, name))
        else:
            yield (*before, name), command


COMMANDS = dict(commands())
OPTIONS = {
    words: {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}
    | {"--help"}
    for words, command in COMMANDS.items()
}
# options of other programs, and of the benchmarks
OTHER_OPTIONS = {"--seed", "--library"} | {
    name
    for path in [*(ROOT / "benchmarks").glob("*.py"), *(ROOT / ".ci").iterdir()]
    for name in re.findall(r"--[a-z][a-z-]+", path.read_text("utf-8"))
}
CALLED = re.compile(r"(?:^\s*|[`(]|\b(?:run|api|&&) )companyfacts ((?:[a-z][a-z-]*\s?)+)([^|;&#]*)")


@each_document
def test_every_command_and_option_that_a_document_names_exists(path: Path) -> None:
    for text in code(path):
        for words, rest in CALLED.findall(text):
            named = tuple(words.split())
            found = [command for command in COMMANDS if command == named[: len(command)]]
            groups = {command[: len(named)] for command in COMMANDS}
            alternatives = "|" in text  # `import edgar|submissions`, `migrate | import`
            assert found or named in groups or alternatives, text
            for command in found:
                given = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", rest))
                assert given <= OPTIONS[command], text
        if text.startswith("--"):
            name = re.split(r"[ =]", text)[0]
            assert name in OTHER_OPTIONS | set().union(*OPTIONS.values()), text
        for module in re.findall(r"python -m ([a-z_.]+)", text):
            file = ROOT / module.replace(".", "/")
            assert file.with_suffix(".py").exists() or (file / "__main__.py").exists(), text
        for script in re.findall(r"(?<![\w/])\.ci/([a-z]+)", text):
            assert (ROOT / ".ci" / script).exists(), text


def test_every_command_is_documented() -> None:
    told = "\n".join(text for path in DOCUMENTS for text in code(path))
    assert [" ".join(words) for words in COMMANDS if f"companyfacts {' '.join(words)}" not in told] == []


@each_document
def test_every_setting_that_a_document_names_exists(path: Path) -> None:
    names = set(re.findall(rf"{PREFIX}([A-Z_]+[A-Z])", path.read_text("utf-8")))
    assert {name.lower() for name in names} <= set(Settings.__struct_fields__)


# -- limits --------------------------------------------------------------------------------------------------

SCHEMAS: dict[str, dict[str, dict[str, Any]]] = DOCUMENT["components"]["schemas"]
LIMITS = {
    "requests of a key in a minute": rates.KEY_QUOTA,
    "requests of an address without a key in a minute": rates.ADDRESS_QUOTA,
    "path and query of a request, in bytes": vars(exchange)["_LONGEST_URI"],
    "parameters of a query": vars(parameters)["_MOST_PAIRS"],
    "look-ups in one `POST /v1/lookup`": SCHEMAS["PostLookups"]["properties"]["items"]["maxItems"],
    "lines of one `POST /v1/imports` without `partial`": importing.LINE_LIMIT,
    "lines of an import that are recorded in one transaction, with `partial` and on the command line": importing.BATCH,
    "hours for which an `Idempotency-Key` is remembered": 24,
    "characters of an `X-Request-ID` that is kept": int(vars(edge)["_REQUEST_ID"].pattern.decode().split(",")[1].rstrip("}")),
    "candidates in the 409 of a look-up": SCHEMAS["Problem"]["properties"]["candidates"]["maxItems"],
    "relatives of a company that a 404 looks at": vars(lookup)["_RELATIVES"],
    "places in the 422 of a quote that occurs several times": passages.PLACES_LISTED,
    "places of a quote that are counted": passages.PLACES_COUNTED,
    "characters of the nearest passage in a 422": vars(passages)["_NEAREST_SHOWN"],
    "refused lines in the report of an import": SCHEMAS["ImportReport"]["properties"]["problems"]["maxItems"],
    "entries that one page of `GET /v1/changes` looks at": feed.MOST_LOOKED_AT,
    "words of a search": ranking.MOST_WORDS,
    "letters of a word that is searched with another spelling, at least": ranking.LEAST_LETTERS,
    "bytes from which on an answer is compressed": codings.LEAST,
    "bytes of a whole answer that are given to the server at once": vars(sending)["_LARGE_PIECE"],
    "characters of an archived text": CONTENT_LIMIT,
    "characters of a text that the worker itself reads": examining.LONG,
    "times that a quote gives the fact's number and is asked whether it is that of the fact": check.MOST_AGREEING,
    "texts that are read or wait for it, in each worker": vars(asides)["_MOST_WAITING"],
    "characters of a text that are compared with a quote under the fold of presentation": presentation.WORK,
    "seconds of processor time for one long text, by default": 30,
    "bytes of a document, unpacked": DOCUMENT_LIMIT,
    "filings in a document": FILINGS_LIMIT,
}  # fmt: skip


def test_the_guide_has_every_limit_with_its_number() -> None:
    text = (ROOT / "docs" / "limits.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| (.+?) \| ([0-9,]+) \| [^|]*\|$", text, re.MULTILINE))
    assert rows == {what: f"{limit:,}" for what, limit in LIMITS.items()}


def test_hours_and_seconds_in_the_guide_are_those_of_the_service() -> None:
    statements = (ROOT / "service" / "store" / "statements" / "idempotency.sql").read_text("utf-8")
    hours = LIMITS["hours for which an `Idempotency-Key` is remembered"]
    assert set(re.findall(r"interval '(\d+) hours'", statements)) == {str(hours)}
    fields = dict(
        zip(reversed(Settings.__struct_fields__), reversed(Settings.__struct_defaults__), strict=False)
    )
    assert fields["reading_seconds"] == LIMITS["seconds of processor time for one long text, by default"]


def test_the_guide_to_keys_has_the_limits_of_requests() -> None:
    text = (ROOT / "docs" / "keys.md").read_text("utf-8")
    for name, quota in (("KEY", rates.KEY_QUOTA), ("ADDRESS", rates.ADDRESS_QUOTA)):
        assert f"| `COMPANYFACTS_RATE_LIMIT_{name}` | no limit | {quota:,} a minute |" in text
    assert rates.WINDOW == 60


def test_the_guide_has_the_limits_of_the_contract() -> None:
    assert limits_table.written() == limits_table.tables(), "run `uv run python -m tests.limits_table`"


def test_the_guide_says_what_is_deprecated() -> None:
    text = " ".join((ROOT / "docs" / "versioning.md").read_text("utf-8").split())
    deprecated = [
        operation["operationId"]
        for methods in DOCUMENT["paths"].values()
        for operation in methods.values()
        if any(
            cast("dict[str, Any]", one).get("deprecated")
            for one in (operation, *operation.get("parameters", []))
        )
    ]
    assert all(f"`{name}`" in text for name in deprecated)
    assert ("No operation and no parameter is deprecated at present." in text) == (not deprecated)


# -- words of the code ---------------------------------------------------------------------------------------


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in SERVICE:
        yield path.relative_to(ROOT), ast.parse(path.read_text("utf-8"))


def test_no_docstring_needs_its_neighbour() -> None:
    """A docstring that begins "The same" can be read only after another one."""
    found = [
        f"{path}: {text.splitlines()[0]}"
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and (text := ast.get_docstring(node) or "").startswith("The same")
    ]
    assert found == []


# names that several public classes still have: take out what has become unique, add nothing
def test_a_public_class_name_means_one_thing() -> None:
    names = Counter(
        node.name
        for _, tree in trees()
        for node in tree.body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert {name for name, count in names.items() if count > 1} == set()


def test_every_guide_begins_with_a_title_and_a_sentence() -> None:
    for name in guides.names():
        guide = guides.guide(name)
        assert guide.markdown.startswith(f"# {guide.title}\n"), name
        assert guide.summary.endswith((".", "?")), name
