"""What clients did and saw while parts of the service were killed, and what is wrong with it. No I/O.

Each thing that a client writes has a *mark*: a text that no other write has, which is found again in the log. A write is
sent and answered at *ticks* of one counter of all clients, so that it is known which writes were over before others began.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Literal, NamedTuple

FactVersion = tuple[str, int]  # the id of a fact, and the number of a version

Fault = Literal[
    "lost",  # an acknowledged write is not in the log
    "doubled",  # a write is in the log twice
    "refused",  # a write that was refused is in the log
    "invented",  # the log has a write that nobody sent
    "torn",  # a write of several entries is in the log in part, or in several commits
    "moved",  # a write is at another position than its answer said
    "gap",  # positions are missing or come twice, in the log or for a follower
    "clock",  # `recorded_at` decreases
    "order",  # a write that was over before another began comes after it
    "stale",  # a read does not see a write that was acknowledged before it
    "changed",  # a follower or a read at a position was told something else than another
    "wrong",  # a read answered with another version than the log says
    "undone",  # a version answers although it was retracted
    "mirror",  # the mirror differs
    "orphan",  # a row without what it belongs to
]


class Problem(NamedTuple):
    """Something that is wrong."""

    fault: Fault
    what: str


class Write(NamedTuple):
    """A write as its client knows it."""

    marks: tuple[str, ...]  # of the entries that it adds, in order
    outcome: Literal["acknowledged", "refused", "unknown"]
    sent: int
    answered: int | None = None  # None: no answer came
    position: int | None = None  # of its last entry, as the answer said


class Logged(NamedTuple):
    """An entry of the log as it is at the end."""

    position: int
    recorded_at: datetime
    told: str  # all that it says, or its hash
    mark: str | None = None  # None: written by nobody who is watched
    fact: str | None = None
    version: int = 0
    known_at: str = ""  # of an assertion
    retracts: int | None = None  # of a retraction


class Followed(NamedTuple):
    """What one follower was told, over all its connections."""

    name: str
    after: int  # the position that it began at
    entries: Sequence[tuple[int, str]]  # positions in the order received, and what was told of each
    form: Literal["entry", "line"] = "entry"  # of the feed, or of the export


class Read(NamedTuple):
    """A read that pins a position."""

    path: str
    position: int
    told: str  # the hash of its body
    sent: int
    pinned: bool  # whether it asked for the position; else it asked for the newest state
    fact: str | None = None  # the fact that it is of
    shown: int | None = None  # the version that stands and answers; None if none does


class Kept(NamedTuple):
    """Keys of rows of the database at the end."""

    entries: frozenset[int]  # positions of the entries of all tables
    head: int
    versions: frozenset[FactVersion]
    of_facts: Mapping[str, frozenset[str]]  # by table: the facts that its rows are of
    of_versions: Mapping[str, frozenset[FactVersion]]  # by table: the versions that its rows are of
    sources: frozenset[int]
    of_sources: Mapping[str, frozenset[int]]  # by table: the sources that its rows are of


class Story(NamedTuple):
    """All that happened."""

    writes: Sequence[Write]
    log: Sequence[Logged]
    followers: Sequence[Followed] = ()
    reads: Sequence[Read] = ()
    mirror: Sequence[Logged] | None = None
    kept: Kept | None = None


def problems(story: Story) -> list[Problem]:
    """All that is wrong."""
    return [
        *_of_positions(story.log),
        *_of_writes(story),
        *_of_order(story),
        *(problem for follower in story.followers for problem in _of_follower(follower, story.log)),
        *_of_reads(story),
        *([] if story.mirror is None else _of_mirror(story.mirror, story.log)),
        *([] if story.kept is None else _of_rows(story.kept)),
    ]


def _of_positions(log: Sequence[Logged]) -> Iterator[Problem]:
    for number, (entry, before) in enumerate(zip(log, [None, *log], strict=False), 1):
        if entry.position != number:
            yield Problem("gap", f"entry {number} of the log has the position {entry.position}")
            return
        if before is not None and entry.recorded_at < before.recorded_at:
            yield Problem("clock", f"{entry.position} is of {entry.recorded_at}, before {before.recorded_at}")


def _of_writes(story: Story) -> Iterator[Problem]:
    places: dict[str, list[Logged]] = defaultdict(list)
    for entry in story.log:
        if entry.mark is not None:
            places[entry.mark].append(entry)
    for write in story.writes:
        counts = {mark: len(places[mark]) for mark in write.marks}
        for mark, count in counts.items():
            if count > 1:
                yield Problem("doubled", f"{mark} is in the log {count} times")
        there = sum(count > 0 for count in counts.values())
        if write.outcome == "refused":
            if there:
                yield Problem("refused", f"{write.marks} was refused and is in the log")
        elif write.outcome == "acknowledged" and there == 0:
            yield Problem("lost", f"{write.marks} was acknowledged at {write.position} and is not in the log")
        elif there:
            yield from _of_one(write, [places[mark][0] for mark in write.marks if places[mark]])
    known = {mark for write in story.writes for mark in write.marks}
    for mark in places.keys() - known:
        yield Problem("invented", f"nobody sent {mark}")


def _of_one(write: Write, entries: Sequence[Logged]) -> Iterator[Problem]:
    """Of a write that is in the log: its entries are all there, together, and where the answer said."""
    one_after_another = all(
        after.position == before.position + 1 and after.recorded_at == before.recorded_at
        for before, after in pairwise(entries)
    )
    if len(entries) < len(write.marks) or not one_after_another:
        yield Problem("torn", f"{write.marks} is at {[entry.position for entry in entries]}")
    elif write.position not in {None, entries[-1].position}:
        yield Problem(
            "moved", f"{write.marks} is at {entries[-1].position}, its answer said {write.position}"
        )


def _of_order(story: Story) -> Iterator[Problem]:
    """Positions are in the order of commits: what was answered before another was sent comes before it."""
    at = {entry.mark: entry.position for entry in story.log if entry.mark is not None}
    placed = sorted(
        (
            (at[write.marks[-1]], write)
            for write in story.writes
            if write.marks and write.marks[-1] in at and write.outcome != "refused"
        ),
        key=lambda one: one[0],
    )
    first_answered: Write | None = None  # of the writes at greater positions
    for position, write in reversed(placed):
        answered = None if first_answered is None else first_answered.answered
        if answered is not None and answered < write.sent:
            yield Problem(
                "order", f"{write.marks} at {position} was sent after {first_answered} was answered"
            )
        if write.answered is not None and (answered is None or write.answered < answered):
            first_answered = write


def _of_follower(follower: Followed, log: Sequence[Logged]) -> Iterator[Problem]:
    """Every entry after its start once, in order, to the end of the log."""
    expected = follower.after
    for position, _ in follower.entries:
        expected += 1
        if position != expected:
            yield Problem("gap", f"{follower.name} was told of {position} when {expected} was next")
            return
    if expected != len(log):
        yield Problem("gap", f"{follower.name} was told to {expected}; the log ends at {len(log)}")


def _of_reads(story: Story) -> Iterator[Problem]:
    entries = [((one.form, at), told) for one in story.followers for at, told in one.entries]
    lines = [(("line", entry.position), entry.told) for entry in story.log]
    yield from _changed([*entries, *lines])
    yield from _changed([((one.path, one.position), one.told) for one in story.reads])
    histories: dict[str, list[Logged]] = defaultdict(list)
    for entry in story.log:
        if entry.fact is not None:
            histories[entry.fact].append(entry)
    acknowledged = sorted(
        (write.answered, write.position)
        for write in story.writes
        if write.outcome == "acknowledged" and write.answered is not None and write.position is not None
    )
    at, seen = (
        0,
        0,
    )  # how many were acknowledged before the read was sent, and the greatest of their positions
    for read in sorted(story.reads, key=lambda one: one.sent):
        while at < len(acknowledged) and acknowledged[at][0] < read.sent:
            seen = max(seen, acknowledged[at][1])
            at += 1
        if not read.pinned and read.position < seen:
            yield Problem("stale", f"{read.path} answered at {read.position}; {seen} was acknowledged before")
        if read.fact is not None:
            yield from _of_answer(read, histories[read.fact])


def _changed(told: Iterable[tuple[tuple[str, int], str]]) -> Iterator[Problem]:
    """What was told more than once of the same is always the same."""
    first: dict[tuple[str, int], str] = {}
    for (name, at), what in told:
        if first.setdefault((name, at), what) != what:
            yield Problem("changed", f"{name} at {at}")


def _of_answer(read: Read, history: Sequence[Logged]) -> Iterator[Problem]:
    """The rule: of the assertions that are not retracted, the greatest day, then the greatest version."""
    by_then = [entry for entry in history if entry.position <= read.position]
    retracted = {entry.retracts for entry in by_then if entry.retracts is not None}
    standing = [
        (entry.known_at, entry.version)
        for entry in by_then
        if entry.retracts is None and entry.version not in retracted
    ]
    expected = max(standing)[1] if standing else None
    if read.shown in retracted:
        yield Problem(
            "undone", f"{read.path} at {read.position} shows version {read.shown}, which is retracted"
        )
    elif read.shown != expected:
        yield Problem(
            "wrong", f"{read.path} at {read.position} shows version {read.shown} and not {expected}"
        )


def _of_mirror(mirror: Sequence[Logged], log: Sequence[Logged]) -> Iterator[Problem]:
    if len(mirror) != len(log):
        yield Problem("mirror", f"the mirror has {len(mirror)} entries, its origin {len(log)}")
    for copied, entry in zip(mirror, log, strict=False):
        if copied != entry:
            yield Problem("mirror", f"entry {entry.position} is {copied}")
            return


def _of_rows(kept: Kept) -> Iterator[Problem]:
    wanted = frozenset(range(1, kept.head + 1))
    if kept.entries != wanted:
        yield Problem(
            "orphan", f"entries at {_some(kept.entries ^ wanted)} have no place in the log, or no row"
        )
    facts = frozenset(fact for fact, _ in kept.versions)
    for table, named in kept.of_facts.items():
        if alone := named - facts:
            yield Problem("orphan", f"{table} of facts without a version: {_some(alone)}")
    for table, versions in kept.of_versions.items():
        if alone := versions - kept.versions:
            yield Problem("orphan", f"{table} of versions that are not there: {_some(alone)}")
    for table, sources in kept.of_sources.items():
        if alone := sources - kept.sources:
            yield Problem("orphan", f"{table} of sources that are not there: {_some(alone)}")
    if facts - kept.of_facts.get("facts", facts):
        yield Problem("orphan", f"facts without an answer: {_some(facts - kept.of_facts['facts'])}")


def _some(of: Iterable[object]) -> list[object]:
    return sorted(of, key=str)[:5]


def counted(story: Story) -> dict[str, int]:
    """Figures of what was seen."""
    outcomes = Counter(write.outcome for write in story.writes)
    in_log = {entry.mark for entry in story.log}
    return {
        "entries of the log": len(story.log),
        "writes acknowledged": outcomes["acknowledged"],
        "of them found once": sum(
            one.outcome == "acknowledged" and in_log.issuperset(one.marks) for one in story.writes
        ),
        "writes refused": outcomes["refused"],
        "writes of unknown outcome": outcomes["unknown"],
        "reads held": len(story.reads),
        "reads of a pinned position": sum(one.pinned for one in story.reads),
        "followers": len(story.followers),
        "events followed": sum(len(one.entries) for one in story.followers),
        "entries of the mirror": 0 if story.mirror is None else len(story.mirror),
    }
