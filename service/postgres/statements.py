"""Loads SQL statements from `.sql` files; each has a name and a comment that says what it does.

    -- name: head
    -- The last position of the log.
    select position from log_head;

`-- fragment: NAME` starts a text that statements and fragments include as `{NAME:parameter=$1}`; constants are included
in the same way. Placeholders without a colon (`{where}`) are filled by the caller. Arrays of arguments are hidden from the
planner (`planned_once`).
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple


class SqlStatement(NamedTuple):
    """A named SQL statement and its comment."""

    name: str
    meaning: str
    text: str


_BLOCK = re.compile(r"^-- (name|fragment): (\w+)\n((?:--.*\n)+)", re.MULTILINE)
_INCLUDE = re.compile(r"\{(\w+):([^}]*)\}")
_ARRAY = re.compile(r"\$\d+::\w+\[\]")
_UNNESTED = re.compile(rf"(?<=\bunnest\()(?:\s*{_ARRAY.pattern},?)+(?=\))")
_ANY_OF = re.compile(r"(?<=\bany\()(\$\d+(?:::\w+)?)::(\w+\[\])(?=\))")


class Statements(Mapping[str, SqlStatement]):
    """The statements of a package's `.sql` files, by name.

    They may include the package's fragments, `constants`, and the fragments of `beside`, the statements of another package.
    Raises ValueError if two have the same name.
    """

    def __init__(
        self, package: str, *, constants: Mapping[str, str] | None = None, beside: "Statements | None" = None
    ) -> None:
        found = dict(constants or {})
        written: dict[str, SqlStatement] = {}
        for file in sorted(files(package).iterdir(), key=lambda f: f.name):
            if not file.name.endswith(".sql"):
                continue
            parts = _BLOCK.split(file.read_text(encoding="utf-8"))[1:]
            for sort, name, comment, body in zip(
                parts[0::4], parts[1::4], parts[2::4], parts[3::4], strict=True
            ):
                text = body.strip().removesuffix(";")
                if name in found or name in written:
                    raise ValueError(f"two statements of {package} are named {name}")
                if sort == "fragment":
                    found[name] = text
                    continue
                meaning = " ".join(line.removeprefix("--").strip() for line in comment.splitlines())
                written[name] = SqlStatement(name, meaning, text)
        if beside is not None:
            found = beside.fragments | found
        self.fragments = {name: _whole(found, text) for name, text in found.items()}
        self._statements = {
            one.name: one._replace(text=planned_once(_whole(found, one.text))) for one in written.values()
        }

    def __getitem__(self, name: str) -> SqlStatement:
        return self._statements[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._statements)

    def __len__(self) -> int:
        return len(self._statements)

    def sql(self, name: str) -> str:
        """The text of a statement, with its name in a comment, by which errors and Postgres' own views show it."""
        return f"/* {name} */ {self._statements[name].text}"

    def fragment(self, name: str, **parameters: str) -> str:
        """The text of a fragment with its parameters filled in."""
        return _filled(self.fragments[name], parameters)


@lru_cache(1024)  # lists and searches put their text together for each request, and many get the same
def planned_once(text: str) -> str:
    """The statement with each array of its arguments in a subselect, so that Postgres plans it once for a connection.

    Postgres takes the one plan for all arguments (the generic plan) unless it expects plans made anew to be cheaper. It
    expects ten rows of an array that it does not see, so for shorter arrays it would plan anew for each execution, and
    planning takes longer than running.
    """
    text = _UNNESTED.sub(lambda arrays: _ARRAY.sub(r"(select \g<0>)", arrays[0]), text)
    # the second cast makes it an array: `any(select ...)` would compare with the rows of the subselect
    return _ANY_OF.sub(r"(select \1::\2)::\2", text)


def _whole(fragments: Mapping[str, str], text: str) -> str:
    """The text with all included fragments expanded, recursively."""

    def included(match: re.Match[str]) -> str:
        pairs = (pair.split("=", 1) for pair in match[2].split(",") if pair)
        parameters = {pair[0]: pair[1] for pair in pairs}
        return _filled(_whole(fragments, fragments[match[1]]), parameters)

    return _INCLUDE.sub(included, text)


def _filled(text: str, parameters: Mapping[str, str]) -> str:
    return re.sub(r"\$([a-z_]+)\b", lambda match: parameters[match[1]], text)
