"""The statements of the service: plain SQL in `.sql` files, each with a name and a sentence.

    -- name: head
    -- The last position of the log.
    select position from log_head;

`-- fragment: NAME` is text that statements, and later fragments, include as `{NAME:parameter=$1}`; a
`{where}` is left to the caller. Text that is not read here cannot be run: the functions in `service.sql` name what they use.
"""

import re
from importlib.resources import files
from typing import NamedTuple


class Statement(NamedTuple):
    """A named piece of SQL and the sentence that says what it is for."""

    name: str
    meaning: str
    text: str


_BLOCK = re.compile(r"^-- (name|fragment): (\w+)\n((?:--.*\n)+)", re.MULTILINE)
_INCLUDE = re.compile(r"\{(\w+):([^}]*)\}")


def _read() -> tuple[dict[str, Statement], dict[str, str]]:
    statements: dict[str, Statement] = {}
    fragments: dict[str, str] = {}
    for file in sorted(files(__name__).iterdir(), key=lambda f: f.name):
        if not file.name.endswith(".sql"):
            continue
        parts = _BLOCK.split(file.read_text(encoding="utf-8"))[1:]
        for sort, name, comment, body in zip(parts[0::4], parts[1::4], parts[2::4], parts[3::4], strict=True):
            text = body.strip().removesuffix(";")
            if sort == "fragment":
                fragments[name] = _INCLUDE.sub(lambda m: _include(fragments, m), text)
                continue
            if name in statements:
                raise ValueError(f"two statements are named {name}")
            meaning = " ".join(line.removeprefix("--").strip() for line in comment.splitlines())
            statements[name] = Statement(name, meaning, _INCLUDE.sub(lambda m: _include(fragments, m), text))
    return statements, fragments


def _include(fragments: dict[str, str], match: re.Match[str]) -> str:
    pairs = (pair.split("=", 1) for pair in match[2].split(",") if pair)
    return _filled(fragments[match[1]], {pair[0]: pair[1] for pair in pairs})


def _filled(text: str, parameters: dict[str, str]) -> str:
    return re.sub(r"\$([a-z_]+)\b", lambda match: parameters[match[1]], text)


STATEMENTS, _FRAGMENTS = _read()


def sql(name: str) -> str:
    """The text of a statement."""
    return STATEMENTS[name].text


def fragment(name: str, **parameters: str) -> str:
    """The text of a fragment, with what its parameters stand for."""
    return _filled(_FRAGMENTS[name], parameters)
