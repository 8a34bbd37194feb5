"""Run long work in helper processes, each piece with a limit of processor time and memory.

A thread is not enough: extracting text is partly one long call into C. It blocks all other threads, and only ending
the process stops it. The helper process runs this module, too: `python -m service.evidence.asides` reads pickled work
from standard input and writes pickled answers to standard output.
"""

import asyncio
import atexit
import contextlib
import os
import pickle
import resource
import select
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextvars import ContextVar, Token
from pathlib import Path
from typing import IO, Any, Final, Literal, NamedTuple, TypeVar, cast

from service.core.errors import CompanyFactsError, Invalid, Unavailable

S = TypeVar("S")
A = TypeVar("A")
R = TypeVar("R")

SECONDS: Final = 30  # default limit of processor time for a piece of work

_PROCESSES: Final = 2
_MOST_WAITING: Final = 8  # works waiting or running
_MEMORY: Final = 2**30  # bytes that a process may take
_KEPT: Final = 2**28  # bytes; a process that took more ends after its work
_KEPT_VALUES: Final = 20  # most values that a process keeps for later works
_FIND: Final = 60.0  # seconds in which values have to be found
_IDLE: Final = 30.0  # seconds after which a process without work ends


class Work(NamedTuple):
    """A function to be called as `do(shared, piece)` for each piece."""

    do: Callable[[Any, Any], object]
    shared: object
    pieces: Sequence[object]
    seconds: int  # limit of processor time for each piece
    # `shared` is then {name: value} of these; a process keeps values, so those that it has are not sent again
    names: Sequence[str] = ()


Find = Callable[[Sequence[str]], Mapping[str, object]]  # the values with these names


def _nothing(_: Sequence[str]) -> Mapping[str, object]:
    return {}


class _Answer(NamedTuple):
    """The result of one piece: its value, the error that it raised, or the limit that it broke."""

    sort: Literal["found", "refused", "time", "memory", "defect"]
    value: object = None


class _Aside:
    """A helper process, started when it is needed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._busy = self._ended = False
        self.kept: frozenset[str] = frozenset()  # names of the values that the process has

    def answers(self, work: Work, find: Find = _nothing) -> list[_Answer]:
        """The answer to each piece. A piece that breaks a limit ends the process; a new one does the others."""
        found: list[_Answer] = []
        self._busy, self._ended = True, False
        try:
            while len(found) < len(work.pieces):
                process = self._running()
                missing = [name for name in work.names if name not in self.kept]
                left = work._replace(pieces=work.pieces[len(found) :])
                if work.names:
                    left = left._replace(shared=find(missing) if missing else {})
                answers, kept = _asked(process, left)
                found += answers
                if kept is not None:
                    self.kept = kept
                if len(found) < len(work.pieces):
                    found += self._end_of(process)
        finally:
            self._busy = False
        return found

    def _end_of(self, process: subprocess.Popen[bytes]) -> list[_Answer]:
        """The answer to the piece during which the process ended, read from its exit code."""
        code = process.wait()
        self._leave()
        if self._ended:
            raise Unavailable("the service is shutting down")
        if code == 0:  # it had been idle for long, and ended before it took this work
            return []
        if code == -signal.SIGXCPU:
            return [_Answer("time")]
        if code in {-signal.SIGKILL, -signal.SIGSEGV, -signal.SIGABRT}:
            return [_Answer("memory")]
        raise RuntimeError(f"a process that reads texts ended with {code}")

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is not None:
            self._leave()
        if self._process is None:
            # it reads untrusted text, so it does not get our settings, which may hold a password
            environment = {n: v for n, v in os.environ.items() if not n.startswith("COMPANYFACTS_")}
            command = [sys.executable, "-P", "-m", "service.evidence.asides"]
            self._process = subprocess.Popen(  # noqa: S603 -- nothing in the command is anybody's
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
            )
        return self._process

    def _leave(self) -> None:
        process, self._process = self._process, None
        self.kept = frozenset()
        if process is not None:
            for pipe in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):  # closing flushes what was not sent yet
                    cast("IO[bytes]", pipe).close()

    def end(self) -> None:
        """Kill the process, even at work."""
        process = self._process
        if process is not None:
            self._ended = True
            process.kill()
            process.wait()
            if not self._busy:  # else the thread that waits for its answer notices the end
                self._leave()


def _asked(process: subprocess.Popen[bytes], work: Work) -> tuple[list[_Answer], frozenset[str] | None]:
    """The answers of a process, and the names that it keeps; fewer answers than pieces if it ended before the last."""
    found: list[_Answer] = []
    kept: frozenset[str] | None = None
    sent, told = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
    with contextlib.suppress(OSError, EOFError, pickle.UnpicklingError):
        pickle.dump(tuple(work), sent, pickle.HIGHEST_PROTOCOL)
        sent.flush()
        while len(found) < len(work.pieces):
            found.append(_Answer(*pickle.load(told)))  # noqa: S301 -- our own process wrote it
        kept = pickle.load(told)  # noqa: S301 -- the same process
    return found, kept


class _Asides:
    """The helper processes of this process."""

    def __init__(self) -> None:
        self.seconds = SECONDS
        self._threads = ThreadPoolExecutor(_PROCESSES, thread_name_prefix="aside")
        self._all: list[_Aside] = []
        self._free: list[_Aside] = []
        self._choosing = threading.Lock()
        self._waiting = 0

    async def answers(self, work: Work, find: Find = _nothing) -> list[_Answer]:
        if self._waiting >= _MOST_WAITING:
            raise Unavailable("too many long texts are being read; try again shortly")
        self._waiting += 1
        try:
            return await asyncio.wrap_future(self._threads.submit(self._answers, work, find))
        finally:
            self._waiting -= 1

    def _answers(self, work: Work, find: Find) -> list[_Answer]:
        aside = self._chosen(work.names)
        if aside is None:
            aside = _Aside()
            if not self._all:
                atexit.register(self.close)
            self._all.append(aside)
        try:
            return aside.answers(work, find)
        finally:
            self._free.append(aside)

    def _chosen(self, names: Sequence[str]) -> _Aside | None:
        """A free process: the one that has most of the values with these names; None if none is free."""
        with self._choosing:
            if not self._free:
                return None
            best = max(self._free, key=lambda aside: sum(name in aside.kept for name in names))
            self._free.remove(best)
            return best

    def close(self) -> None:
        for aside in self._all:
            aside.end()


_asides = _Asides()


def configure(seconds: int) -> None:
    """Set the limit of processor time for each piece from now on, in seconds."""
    _asides.seconds = seconds


def close() -> None:
    """End all helper processes. Callers that wait for one get Unavailable."""
    _asides.close()


async def aside(
    do: Callable[[S, A], R], shared: S, pieces: Sequence[A], *, pointer: str
) -> list[R | CompanyFactsError]:
    """Call `do(shared, piece)` for each piece in a helper process; returns the result or the error of each.

    `do` must be a function of a module. A piece that breaks a limit gives an Invalid at `pointer`. Raises Unavailable
    if too many works wait already, and NotYet inside `Ahead` for work that is not done.
    """
    work = Work(do, shared, pieces, _asides.seconds)
    ahead = _ahead.get()
    answers = await _asides.answers(work) if ahead is None else ahead.answers(work)
    return _results(answers, work, pointer, lambda value: cast("R", value))


async def aside_with(
    do: Callable[[Mapping[str, S], A], R],
    names: Sequence[str],
    find: Callable[[Sequence[str]], Awaitable[Mapping[str, S]]],
    pieces: Sequence[A],
    *,
    pointer: str,
) -> list[R | CompanyFactsError]:
    """`aside` with large values that helper processes keep: `do({name: value}, piece)` for each piece.

    `find` is asked only for values that the process does not have. A name must always stand for the same value.
    """
    loop = asyncio.get_running_loop()

    async def asked(missing: Sequence[str]) -> Mapping[str, S]:
        return await find(missing)

    def found(missing: Sequence[str]) -> Mapping[str, object]:
        try:
            return asyncio.run_coroutine_threadsafe(asked(missing), loop).result(_FIND)
        except (TimeoutError, CancelledError) as error:
            raise Unavailable("a long text could not be loaded; try again shortly") from error

    work = Work(do, None, pieces, _asides.seconds, names)
    return _results(await _asides.answers(work, found), work, pointer, lambda value: cast("R", value))


def _results(
    answers: Sequence[_Answer], work: Work, pointer: str, result: Callable[[object], R]
) -> list[R | CompanyFactsError]:
    def too_much(what: str) -> Invalid:
        return Invalid(
            f"this takes more than {what} to read; send less, or cite a passage of it", pointer=pointer
        )

    found: list[R | CompanyFactsError] = []
    for sort, value in answers:
        match sort:
            case "found":
                found.append(result(value))
            case "refused":
                found.append(cast("CompanyFactsError", value))
            case "time":
                found.append(too_much(f"{work.seconds} s of processor time"))
            case "memory":
                found.append(too_much(f"{_MEMORY >> 20} MB of memory"))
            case "defect":
                raise RuntimeError(f"reading a text failed:\n{value}")
    return found


# -- work done before a transaction, which must not wait ---------------------------------------------------


class NotYet(Exception):
    """The transaction needs work that is not done yet; do it, then try again."""

    def __init__(self, works: Sequence[Work]) -> None:
        super().__init__("work is not done yet")
        self.works = works


class Ahead:
    """Answers to work that was done before a transaction.

    As a context manager it makes `aside` answer at once from here, or raise NotYet with the missing work. The caller
    then ends the transaction, calls `do` and tries again.
    """

    def __init__(self) -> None:
        self._done: dict[int, list[tuple[Work, list[_Answer]]]] = {}  # by `_hash`
        self._token: Token[Ahead | None] | None = None

    def __enter__(self) -> None:
        self._token = _ahead.set(self)

    def __exit__(self, *_: object) -> None:
        if self._token is not None:
            _ahead.reset(self._token)

    def answers(self, work: Work) -> list[_Answer]:
        """The answers to work that is done. Raises NotYet if it is not."""
        for done, answers in self._done.get(_hash(work), ()):
            if done == work:
                return answers
        raise NotYet([work])

    async def do(self, works: Sequence[Work]) -> None:
        """Do the works that are not done yet, and keep their answers."""
        for work in works:
            done = self._done.setdefault(_hash(work), [])
            if all(other != work for other, _ in done):
                done.append((work, await _asides.answers(work)))


def _hash(work: Work) -> int:
    """A hash for `Ahead`; equal works have equal hashes."""
    try:
        return hash((work.do, *work.pieces))
    except TypeError:  # unhashable pieces; works with the same function are then compared
        return hash(work.do)


_ahead: ContextVar[Ahead | None] = ContextVar("ahead", default=None)


# -- in a helper process ---------------------------------------------------------------------------


def _serve() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(ValueError, OSError):  # macOS has no such limit
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, resource.RLIM_INFINITY))
    asked, told = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what libraries print must not mix with the answers
    kept: dict[str, object] = {}  # values that works may need again, the one used last at the end
    while select.select([asked], [], [], _IDLE)[0]:
        try:
            work = Work(*pickle.load(asked))  # noqa: S301 -- the service itself wrote it
        except EOFError:  # the service has ended
            return
        if work.names:
            kept |= cast("Mapping[str, object]", work.shared)
            for name in work.names:
                kept[name] = kept.pop(name)
            work = work._replace(shared={name: kept[name] for name in work.names})
        for piece in work.pieces:
            _allow(work.seconds)
            pickle.dump(tuple(_done(work, piece)), told, pickle.HIGHEST_PROTOCOL)
            told.flush()
        while len(kept) > _KEPT_VALUES:
            del kept[next(iter(kept))]
        pickle.dump(frozenset(kept), told, pickle.HIGHEST_PROTOCOL)
        told.flush()
        if _taken() > _KEPT:
            return


def _allow(seconds: int) -> None:
    """Have the system end this process after so many more seconds of processor time."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    # one more, since the limit is in whole seconds and the present one has begun
    until = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (until, hard))


def _done(work: Work, piece: object) -> _Answer:
    try:
        return _Answer("found", work.do(work.shared, piece))
    except CompanyFactsError as error:
        return _Answer("refused", error)
    except MemoryError:
        return _Answer("memory")
    except Exception:  # noqa: BLE001 -- any error is reported to the service
        return _Answer("defect", traceback.format_exc())


def _taken() -> int:
    """The largest memory that this process had, in bytes."""
    with contextlib.suppress(OSError), Path("/proc/self/status").open("rb") as status:
        # not what getrusage says: on Linux that begins with the memory of the process that started this one
        for line in status:
            if line.startswith(b"VmHWM:"):
                return int(line.split()[1]) * 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


if __name__ == "__main__":
    _serve()
