"""Work that may take long, in processes of its own: beside the event loop, and each piece of it within a time.

A thread would not do. What reads a text is partly one long call into C, during which nothing else of a process runs,
and which nothing ends but the end of its process. So this module is also what such a process runs:
`python -m service.evidence.asides` takes work from its standard input and answers on its standard output.
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
import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar, Token
from typing import IO, Any, Final, Literal, NamedTuple, TypeVar, cast

from service.core.errors import CompanyFactsError, Invalid, Unavailable

S = TypeVar("S")
A = TypeVar("A")
R = TypeVar("R")

SECONDS: Final = 30  # of processor time that a piece may take, unless told

_PROCESSES: Final = 2
_MOST_WAITING: Final = 8  # pieces of work, with those under way
_MEMORY: Final = 2**30  # bytes that a process may take
_KEPT: Final = 2**28  # bytes; a process that took more ends after its work
_IDLE: Final = 30.0  # seconds after which a process without work ends


class Work(NamedTuple):
    """Pieces of work on something that they share."""

    do: Callable[[Any, Any], object]
    shared: object
    pieces: Sequence[object]
    seconds: int


class _Answer(NamedTuple):
    """What came of a piece."""

    sort: Literal["found", "refused", "time", "memory", "defect"]
    value: object = None


class _Aside:
    """A process, started when it is needed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._busy = self._ended = False

    def answers(self, work: Work) -> list[_Answer]:
        """What comes of each piece. One that takes too much ends the process; the rest goes on in another."""
        found: list[_Answer] = []
        self._busy, self._ended = True, False
        try:
            while len(found) < len(work.pieces):
                process = self._running()
                found += _asked(process, work._replace(pieces=work.pieces[len(found) :]))
                if len(found) < len(work.pieces):
                    found += self._end_of(process)
        finally:
            self._busy = False
        return found

    def _end_of(self, process: subprocess.Popen[bytes]) -> list[_Answer]:
        """What the end of a process says of the piece that it was at."""
        code = process.wait()
        self._leave()
        if self._ended:
            raise Unavailable("the service is shutting down")
        if code == 0:  # it had no work for long, and ended just now
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
            # what it reads was written by others; settings, which may hold a password, are not for it
            environment = {n: v for n, v in os.environ.items() if not n.startswith("COMPANYFACTS_")}
            command = [sys.executable, "-P", "-m", "service.evidence.asides"]
            self._process = subprocess.Popen(  # noqa: S603 -- nothing in the command is anybody's
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
            )
        return self._process

    def _leave(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            for pipe in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):  # what was not sent yet
                    cast("IO[bytes]", pipe).close()

    def end(self) -> None:
        """End the process, whatever it is doing."""
        process = self._process
        if process is not None:
            self._ended = True
            process.kill()
            process.wait()
            if not self._busy:  # else whoever waits for its answer finds that it has ended
                self._leave()


def _asked(process: subprocess.Popen[bytes], work: Work) -> list[_Answer]:
    """The answers of a process, as many as it gave before it ended."""
    found: list[_Answer] = []
    sent, told = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
    with contextlib.suppress(OSError, EOFError, pickle.UnpicklingError):
        pickle.dump(tuple(work), sent, pickle.HIGHEST_PROTOCOL)
        sent.flush()
        while len(found) < len(work.pieces):
            found.append(_Answer(*pickle.load(told)))  # noqa: S301 -- a process of ours wrote it
    return found


class _Asides:
    """The processes of this one."""

    def __init__(self) -> None:
        self.seconds = SECONDS
        self._threads = ThreadPoolExecutor(_PROCESSES, thread_name_prefix="aside")
        self._all: list[_Aside] = []
        self._free: list[_Aside] = []
        self._waiting = 0

    async def answers(self, work: Work) -> list[_Answer]:
        if self._waiting >= _MOST_WAITING:
            raise Unavailable("too many long texts are being read; try again shortly")
        self._waiting += 1
        try:
            return await asyncio.wrap_future(self._threads.submit(self._answers, work))
        finally:
            self._waiting -= 1

    def _answers(self, work: Work) -> list[_Answer]:
        # a list's pop and append are atomic, and there are as many processes as threads at most
        try:
            aside = self._free.pop()
        except IndexError:
            aside = _Aside()
            if not self._all:
                atexit.register(self.close)
            self._all.append(aside)
        try:
            return aside.answers(work)
        finally:
            self._free.append(aside)

    def close(self) -> None:
        for aside in self._all:
            aside.end()


_asides = _Asides()


def configure(seconds: int) -> None:
    """How much processor time a piece may take from now on."""
    _asides.seconds = seconds


def close() -> None:
    """End all processes; who waits for one gets Unavailable."""
    _asides.close()


async def aside(
    do: Callable[[S, A], R], shared: S, pieces: Sequence[A], *, pointer: str
) -> list[R | CompanyFactsError]:
    """What `do`, a function of a module, makes of each piece, or the error that it raises for it.

    A piece that takes too much time or memory is Invalid, at `pointer`. Raises Unavailable where others wait already, and
    within `Ahead` NotYet.
    """

    def too_much(what: str) -> Invalid:
        return Invalid(
            f"this takes more than {what} to read; send less, or cite a passage of it", pointer=pointer
        )

    seconds = _asides.seconds
    found: list[R | CompanyFactsError] = []
    work = Work(do, shared, pieces, seconds)
    ahead = _ahead.get()
    for sort, value in await _asides.answers(work) if ahead is None else ahead.answers(work):
        match sort:
            case "found":
                found.append(cast("R", value))
            case "refused":
                found.append(cast("CompanyFactsError", value))
            case "time":
                found.append(too_much(f"{seconds} s of processor time"))
            case "memory":
                found.append(too_much(f"{_MEMORY >> 20} MB of memory"))
            case "defect":
                raise RuntimeError(f"reading a text failed:\n{value}")
    return found


# -- work that a transaction must not wait for ---------------------------------------------------


class NotYet(Exception):
    """Some work has to be done before an attempt is made again."""

    def __init__(self, works: Sequence[Work]) -> None:
        super().__init__("work is not done yet")
        self.works = works


class Ahead:
    """The work that was done between the attempts to write, with its answers.

    While it is entered, `aside` keeps nobody waiting: it answers what was done, and raises NotYet for all else.
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
        """The answers to work. Raises NotYet."""
        for done, answers in self._done.get(_hash(work), ()):
            if done == work:
                return answers
        raise NotYet([work])

    async def do(self, works: Sequence[Work]) -> None:
        """Do the work that is not done yet."""
        for work in works:
            done = self._done.setdefault(_hash(work), [])
            if all(other != work for other, _ in done):
                done.append((work, await _asides.answers(work)))


def _hash(work: Work) -> int:
    """A number that equal work has alike."""
    try:
        return hash((work.do, *work.pieces))
    except TypeError:  # pieces that have none are compared one by one
        return hash(work.do)


_ahead: ContextVar[Ahead | None] = ContextVar("ahead", default=None)


# -- in such a process ---------------------------------------------------------------------------


def _serve() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(ValueError, OSError):  # macOS has no such limit
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, resource.RLIM_INFINITY))
    asked, told = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # nothing else is to be among the answers
    while select.select([asked], [], [], _IDLE)[0]:
        try:
            work = Work(*pickle.load(asked))  # noqa: S301 -- of the service itself
        except EOFError:  # it is gone
            return
        for piece in work.pieces:
            _allow(work.seconds)
            pickle.dump(tuple(_done(work, piece)), told, pickle.HIGHEST_PROTOCOL)
            told.flush()
        if _taken() > _KEPT:
            return


def _allow(seconds: int) -> None:
    """Let the system end this process once it has taken so much more of its processor."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    # a second is begun, and the limit counts whole ones
    until = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (until, hard))


def _done(work: Work, piece: object) -> _Answer:
    try:
        return _Answer("found", work.do(work.shared, piece))
    except CompanyFactsError as error:
        return _Answer("refused", error)
    except MemoryError:
        return _Answer("memory")
    except Exception:  # noqa: BLE001 -- whatever it is, it is told
        return _Answer("defect", traceback.format_exc())


def _taken() -> int:
    """Bytes of memory that this process took at most."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


if __name__ == "__main__":
    _serve()
