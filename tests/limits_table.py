"""The tables of `docs/limits.md` that follow from the OpenAPI document.

uv run python -m tests.limits_table        # writes them
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, cast

from service.app import contract
from service.web.contract import Operation
from tests.conformity import DOCUMENT

GUIDE: Final = Path(__file__).resolve().parent.parent / "docs" / "limits.md"
PARTS: Final = ("bodies", "parameters", "fields")
_SETTINGS: Final = {"max_body_bytes": 8 * 2**20, "max_import_bytes": 64 * 2**20}


class Limited:
    """Names with limits, from the operations and the schemas of a document."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._schemas: dict[str, Any] = document["components"]["schemas"]
        self._operations: list[dict[str, Any]] = [
            operation for methods in document["paths"].values() for operation in methods.values()
        ]

    def parameters(self) -> Iterator[tuple[str, str, str]]:
        """Limit, name and operation of each query parameter and request header."""
        for operation in self._operations:
            for parameter in operation.get("parameters", []):
                if parameter["in"] != "path":
                    for limit in self._limits(parameter["schema"]):
                        yield limit, parameter["name"], operation["operationId"]

    def fields(self) -> Iterator[tuple[str, str, str]]:
        """Limit, name and object of each field that a body may have."""
        for name in sorted(self._reached()):
            for field, schema in self._schemas[name].get("properties", {}).items():
                for limit in self._limits(schema):
                    yield limit, field, name

    def _reached(self) -> set[str]:
        """The components that request bodies lead to."""
        found: set[str] = set()
        waiting: list[Any] = [operation.get("requestBody") for operation in self._operations]
        while waiting:
            node = waiting.pop()
            if isinstance(node, list):
                waiting += cast("list[Any]", node)
            elif isinstance(node, dict):
                members = cast("dict[str, Any]", node)
                waiting += members.values()
                name = str(members.get("$ref", "")).removeprefix("#/components/schemas/")
                if name in self._schemas and name not in found:
                    found.add(name)
                    waiting.append(self._schemas[name])
        return found

    def _limits(self, schema: dict[str, Any]) -> Iterator[str]:
        """The limits of a schema in words, the members of an array included."""
        if "$ref" in schema:
            schema = self._schemas[schema["$ref"].rpartition("/")[2]]
            if "properties" in schema or "oneOf" in schema:
                return  # an object, whose fields have limits of their own
        for one in schema.get("anyOf", []):
            yield from self._limits(one)
        if "maxLength" in schema and "const" not in schema and "enum" not in schema:
            yield f"{schema['maxLength']:,} characters"
        if "maximum" in schema:
            default = f", by default {schema['default']:,}" if "default" in schema else ""
            yield f"from {schema['minimum']:,} to {schema['maximum']:,}{default}"
        if "maxProperties" in schema:
            yield f"{schema['maxProperties']:,} names"
        if "maxItems" in schema:
            yield f"{schema['maxItems']:,} items"
            yield from (f"{limit} each" for limit in self._limits(schema["items"]))


def tables() -> dict[str, list[str]]:
    """The lines of each table."""
    ours = contract()
    limited = Limited(DOCUMENT)
    return {
        "bodies": [
            "| operation | largest body, in bytes |",
            "| --- | --- |",
            *map(_body, (one for one in ours.documented if one.body is not None)),
        ],
        "parameters": ["| limit | parameters and headers |", "| --- | --- |", *_rows(limited.parameters())],
        "fields": ["| limit | fields |", "| --- | --- |", *_rows(limited.fields())],
    }


def written() -> dict[str, list[str]]:
    """The lines of each table in the guide."""
    text = GUIDE.read_text("utf-8")
    found = {part: re.search(_place(part), text, re.DOTALL) for part in PARTS}
    return {part: match[2].splitlines() if match else [] for part, match in found.items()}


def _place(part: str) -> str:
    return rf"(<!-- {part}: begin -->\n)(.*?)(<!-- {part}: end -->)"


def _body(operation: Operation) -> str:
    limit = operation.body_limit
    size = f"{_SETTINGS[limit]:,} (setting)" if isinstance(limit, str) else f"{limit:,}"
    return f"| `{operation.method} {operation.path}` | {size} |"


def _rows(limits: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    """A row for each limit. A name with several limits is shown with its owners, and with "elsewhere" for the most."""
    owners: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for limit, name, owner in limits:
        owners[name, _sort(limit)][limit].add(owner)
    rows: dict[str, list[str]] = defaultdict(list)
    for (name, _), by_limit in sorted(owners.items()):
        usual = max(by_limit, key=lambda limit: len(by_limit[limit]))
        for limit, those in by_limit.items():
            told = ", ".join(f"`{owner}`" for owner in sorted(those))
            where = (
                ""
                if len(by_limit) == 1
                else f" ({told})"
                if limit != usual or len(those) == 1
                else " (elsewhere)"
            )
            rows[limit].append(f"`{name}`{where}")
    for limit in sorted(rows, key=_order):
        yield f"| {limit} | {', '.join(rows[limit])} |"


def _sort(limit: str) -> str:
    """A limit without its numbers: what it counts."""
    return re.sub(r"[-0-9,]+", "", limit)


def _order(limit: str) -> tuple[str, list[int]]:
    return _sort(limit), [int(number.replace(",", "")) for number in re.findall(r"-?[0-9][0-9,]*", limit)]


def main() -> None:
    """Write the tables into the guide."""
    text = GUIDE.read_text("utf-8")
    for part, lines in tables().items():
        table = "\n".join(lines) + "\n"
        text = re.sub(
            _place(part), lambda found, table=table: found[1] + table + found[3], text, flags=re.DOTALL
        )
    GUIDE.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
