"""This working tree beside another, on the same database: `uv run python -m benchmarks.against ../before`.

Both servers run at once and are loaded in turn, in pairs whose order alternates, so that what else the machine does
falls on both alike. Told are the median of the pairs' ratios (this tree's rate by the other's) and an interval that
holds the true median with at least 95 % whatever the distribution: between two of the ordered ratios, as the binomial
distribution has it. The other tree runs on this one's schema, with its own environment where it has one (`uv sync` there).
An old one, which does not know this schema or how answers are stored in it, gets the same documents in a database of its
own: `--own-database`.
"""

import argparse
import asyncio
import contextlib
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from math import comb
from pathlib import Path
from typing import cast

from benchmarks import companies, importing, loading, measuring, work
from benchmarks.__main__ import default_directory, tell
from benchmarks.contenders import ROOT, ContenderError, Place, Running, interpreter, running, tree
from benchmarks.measuring import Request
from benchmarks.work import IMPORT, WORKS

READS = ("point_read", "lookup", "list_50", "point_read_as_known", "list_as_known", "series_40")
LEAST_PAIRS = 6  # of fewer no interval holds the median with 95 %


def interval(ratios: Sequence[float]) -> tuple[float, float]:
    """The shortest interval between two of the ordered ratios that holds the median with at least 95 %."""
    ordered, count = sorted(ratios), len(ratios)
    outside, place = 0.0, -1
    while 2 * (outside + comb(count, place + 1) / 2**count) <= 0.05:
        place += 1
        outside += comb(count, place) / 2**count
    if place < 0:
        raise ValueError(f"{count} pairs are too few; {LEAST_PAIRS} are the fewest")
    return ordered[place], ordered[count - 1 - place]


def _line(name: str, ratios: Sequence[float]) -> str:
    low, high = interval(ratios)
    return f"{name}: {statistics.median(ratios):.3f} of the other's rate, {low:.3f} to {high:.3f}, {len(ratios)} pairs"


def _pairs(trees: Sequence[str], count: int) -> Iterator[Sequence[str]]:
    """The order of each pair, which alternates."""
    for number in range(count):
        yield trees if number % 2 else trees[::-1]


_LEFT_OUT = {"citations", "next", "recorded_at"}


def _alike(one: object, other: object) -> bool:
    """Whether two answers in JSON are equal in the fields that both have, but for `_LEFT_OUT`."""
    if isinstance(one, dict) and isinstance(other, dict):
        first, second = cast("dict[str, object]", one), cast("dict[str, object]", other)
        return all(
            _alike(first[name], second[name])
            for name in first.keys() & second.keys()
            if name not in _LEFT_OUT
        )
    if isinstance(one, list) and isinstance(other, list):
        ours, theirs = cast("list[object]", one), cast("list[object]", other)
        return len(ours) == len(theirs) and all(map(_alike, ours, theirs))
    return one == other


def _same(one: Running, other: Running, requests: Sequence[Request]) -> list[Request]:
    """The requests, all of which both answer alike. Raises ContenderError if one is answered otherwise.

    Alike are the same bytes, or the same JSON but for the time of recording and cursors (of databases of their own), citations
    (releases since 0.1.0 leave out, by a day, those of sources that were not public by then), and fields that one has not.
    """
    found: list[Request] = []
    for request in requests:
        answers = one.answer(request), other.answer(request)
        if answers[0] != answers[1] and not _alike(json.loads(answers[0]), json.loads(answers[1])):
            raise ContenderError(f"the trees answer differently: {request.path}")
        found.append(request)
    return found


def _migrated(server: str, name: str, root: Path) -> str:
    """The DSN of a new database with the schema of a working tree."""
    dsn = asyncio.run(importing.created(server, name))
    command = [interpreter(root), "-m", "service", "migrate", "--database-url", dsn]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    return dsn


def _own(server: str, root: Path, facts: int, folder: Path) -> str:
    """The DSN of a database with these facts that another tree has made and imported."""
    tell(f"loading about {facts:,} facts with the other tree")
    dsn = _migrated(server, "other_tree", root)
    folder.mkdir()
    loading.write_documents(folder, companies.filers(facts))
    importing.imported(root, folder, dsn)
    asyncio.run(loading.settle(dsn))
    return dsn


def compared(
    other: Path, pairs: int, seconds: float, facts: int, names: Sequence[str], *, own: bool
) -> Iterator[str]:
    """A line for each work."""
    directory = default_directory()
    directory.mkdir(parents=True, exist_ok=True)
    trees = {"this": ROOT, "other": other.resolve()}
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(loading.postgres(directory / "postgres"))
        dsn = loading.blocking_prepared(server, facts, tell)
        questions = asyncio.run(work.sampled(dsn, 2_000))
        asyncio.run(work.put_questions(dsn, questions))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        read = {"this": dsn, "other": _own(server, trees["other"], facts, folder / "own") if own else dsn}
        up = {
            name: stack.enter_context(running(tree(name, root), Place(folder, read[name])))
            for name, root in trees.items()
        }
        for each in WORKS:
            if each.name not in names:
                continue
            asked = [
                up["this"].contender.asks[each.name](question) for question in questions.by_work[each.name]
            ]
            file = folder / f"{each.name}.tsv"
            measuring.write_requests(file, [*_same(up["this"], up["other"], asked[:100]), *asked[100:]])
            for one in up.values():
                measuring.press(one.base, file, seconds=seconds, connections=each.connections)
            ratios: list[float] = []
            for order in _pairs(tuple(trees), pairs):
                rates = {
                    name: measuring.press(
                        up[name].base, file, seconds=seconds, connections=each.connections
                    ).rate
                    for name in order
                }
                ratios.append(rates["this"] / rates["other"])
            yield _line(each.name, ratios)
        if IMPORT.name in names:
            documents = folder / "documents"
            documents.mkdir()
            loading.write_documents(documents, companies.filers(20_000))
            ratios = []
            for order in _pairs(tuple(trees), pairs):
                taken = {
                    name: importing.imported(
                        trees[name],
                        documents,
                        _migrated(server, f"import_{name}", trees[name if own else "this"]),
                    )
                    for name in order
                }
                ratios.append(taken["other"] / taken["this"])
            yield _line(IMPORT.name, ratios)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="benchmarks.against", description=__doc__)
    parser.add_argument("other", type=Path, help="the other working tree")
    parser.add_argument("--pairs", type=int, default=9, help="how many pairs of each work  [9]")
    parser.add_argument("--seconds", type=float, default=1.5, help="how long each turn lasts  [1.5]")
    parser.add_argument("--facts", type=int, default=40_000, help="how many facts to load, about  [40,000]")
    parser.add_argument("--only", default=",".join((*READS, IMPORT.name)), help="works, with commas between")
    parser.add_argument("--own-database", action="store_true", help="the other tree has a schema of its own")
    given = parser.parse_args()
    if given.pairs < LEAST_PAIRS:
        parser.error(f"at least {LEAST_PAIRS} pairs")
    names = str(given.only).split(",")
    if unknown := set(names) - {IMPORT.name, *(each.name for each in WORKS if not each.writes)}:
        parser.error(f"no work that reads is called {', '.join(sorted(unknown))}")
    try:
        for line in compared(
            given.other, given.pairs, given.seconds, given.facts, names, own=given.own_database
        ):
            print(line, flush=True)
    except (ContenderError, measuring.LoadError) as error:
        sys.exit(f"benchmarks: {error}")


if __name__ == "__main__":
    main()
