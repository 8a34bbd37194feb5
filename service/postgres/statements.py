"""The statements of the service: plain SQL in `.sql` files, each with a name and a sentence.

    -- name: head
    -- The last position of the log.
    select position from log_head;

`-- fragment: NAME` is text that statements, and other fragments, include as `{NAME:parameter=$1}`; a
`{where}` is left to the caller. `_CONSTANTS` are included in the same way.
Text that is not read here cannot be run: the functions in `service.sql` name what they use.
"""

import re
from datetime import date
from importlib.resources import files
from typing import NamedTuple

from service.core import imported
from service.core.periods import FRAME_REACH


class Statement(NamedTuple):
    """A named piece of SQL and the sentence that says what it is for."""

    name: str
    meaning: str
    text: str


_BLOCK = re.compile(r"^-- (name|fragment): (\w+)\n((?:--.*\n)+)", re.MULTILINE)
_INCLUDE = re.compile(r"\{(\w+):([^}]*)\}")


# what the domain says once, as SQL
_CONSTANTS = {
    "edgars_publisher": f"'{imported.VOICE}'",
    "frame_reach": f"{FRAME_REACH}",
    "last_day": f"date '{date.max}'",
}


def _read() -> tuple[dict[str, Statement], dict[str, str]]:
    written: list[Statement] = []
    fragments = dict(_CONSTANTS)
    for file in sorted(files(__name__).iterdir(), key=lambda f: f.name):
        if not file.name.endswith(".sql"):
            continue
        parts = _BLOCK.split(file.read_text(encoding="utf-8"))[1:]
        for sort, name, comment, body in zip(parts[0::4], parts[1::4], parts[2::4], parts[3::4], strict=True):
            text = body.strip().removesuffix(";")
            if name in fragments or any(one.name == name for one in written):
                raise ValueError(f"two statements are named {name}")
            if sort == "fragment":
                fragments[name] = text
                continue
            meaning = " ".join(line.removeprefix("--").strip() for line in comment.splitlines())
            written.append(Statement(name, meaning, text))
    whole = {name: _whole(fragments, text) for name, text in fragments.items()}
    return {one.name: one._replace(text=_whole(fragments, one.text)) for one in written}, whole


def _whole(fragments: dict[str, str], text: str) -> str:
    """The text with every fragment that it includes, and those that they include."""

    def included(match: re.Match[str]) -> str:
        pairs = (pair.split("=", 1) for pair in match[2].split(",") if pair)
        parameters = {pair[0]: pair[1] for pair in pairs}
        return _filled(_whole(fragments, fragments[match[1]]), parameters)

    return _INCLUDE.sub(included, text)


def _filled(text: str, parameters: dict[str, str]) -> str:
    return re.sub(r"\$([a-z_]+)\b", lambda match: parameters[match[1]], text)


STATEMENTS, _FRAGMENTS = _read()


def sql(name: str) -> str:
    """The text of a statement."""
    return STATEMENTS[name].text


def fragment(name: str, **parameters: str) -> str:
    """The text of a fragment, with what its parameters stand for."""
    return _filled(_FRAGMENTS[name], parameters)
