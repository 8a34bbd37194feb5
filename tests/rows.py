"""Tables of many rows, run as one test for each group of rows.

For each of thousands of rows a test of its own takes pytest ten times as long as the row itself. The test of a group
runs all its rows, and its message lists those that are wrong.
"""

from collections.abc import Callable, Iterable
from typing import TypeVar

import pytest

_Row = TypeVar("_Row")


def in_groups(argument: str, rows: Iterable[_Row], by: Callable[[_Row], str]) -> pytest.MarkDecorator:
    """Run a test for each group of rows that have the same `by`; its `argument` is the list of them."""
    groups: dict[str, list[_Row]] = {}
    for row in rows:
        groups.setdefault(by(row), []).append(row)
    return pytest.mark.parametrize(argument, list(groups.values()), ids=list(groups))


def wrong(rows: Iterable[_Row], flaw: Callable[[_Row], object]) -> list[tuple[_Row, object]]:
    """The rows that have a flaw, each with what is wrong; `flaw` gives None for a row that is right."""
    return [(row, found) for row in rows if (found := flaw(row)) is not None]
