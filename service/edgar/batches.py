"""What imports of documents have in common: they are read and recorded in batches, and what is refused is named in a report."""

from collections.abc import Awaitable, Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Final, Generic, NamedTuple, Protocol, Self, TypeVar

from msgspec import Struct, field

from service.core.errors import CompanyFactsError, Invalid, Unavailable
from service.edgar import store as edgar
from service.edgar.archives import Content, Member
from service.postgres.database import Database
from service.recording import writer as recording
from service.recording.writer import Writer

T = TypeVar("T")

BATCH_ROWS: Final = 25_000
MOST_TOLD: Final = 1000  # refusals that a report names; the others are counted
BATCH_BYTES: Final = 20_000_000  # if a batch is larger, it is recorded before the next one is read


class Refused(NamedTuple):
    """A document that was refused, and why."""

    name: str
    error: CompanyFactsError


class Refusals(Struct, kw_only=True):
    """What an import left out: up to MOST_TOLD of each by name, and the number of the others."""

    refused: list[Refused] = field(default_factory=list[Refused])  # documents
    untold: int = 0
    skipped: list[Refused] = field(default_factory=list[Refused])  # bad rows, units and concepts of documents
    skipped_untold: int = 0

    def refuse(self, name: str, error: CompanyFactsError) -> None:
        """Add a refusal."""
        if len(self.refused) >= MOST_TOLD:
            self.untold += 1
            return
        # a traceback would keep the document in memory, and an archive may have a million documents
        error.__cause__ = error.__context__ = None
        self.refused.append(Refused(name, error.with_traceback(None)))

    def skip(self, name: str, error: CompanyFactsError) -> None:
        """Add a bad row, unit or concept of a document."""
        if len(self.skipped) >= MOST_TOLD:
            self.skipped_untold += 1
        else:
            self.skipped.append(Refused(name, error))

    def add(self, came: Self) -> None:
        """Add the report of a part of the import."""
        for one in came.refused:
            self.refuse(*one)
        for one in came.skipped:
            self.skip(*one)
        for name in set(self.__struct_fields__) - {"refused", "skipped"}:
            setattr(self, name, getattr(self, name) + getattr(came, name))


@contextmanager
def going_on(name: str, report: Refusals) -> Generator[None]:
    """Name a document in the report if an error comes up, whatever it is, so that the others are imported.

    An error of the database as a whole is raised.
    """
    try:
        yield
    except Unavailable:
        raise
    except RefusedDocument as refusal:
        report.refuse(name, refusal.error)
    except CompanyFactsError as error:
        report.refuse(name, error)
    except Exception as error:  # noqa: BLE001 -- one file, whatever is in it, does not end an import of many
        report.refuse(name, Invalid(f"{type(error).__name__}: {error}"))


class Readable(Protocol):
    """A document that was read."""

    @property
    def member(self) -> str:
        """Its name for reports."""
        ...

    @property
    def content(self) -> Content:
        """Its bytes."""
        ...

    @property
    def key(self) -> object:
        """A batch has at most one document with this key."""
        ...

    @property
    def rows(self) -> int:
        """How many rows it has."""
        ...


D = TypeVar("D", bound=Readable)


def bytes_of(batch: Sequence[Readable]) -> int:
    """How many bytes the documents of a batch have together."""
    return sum(len(one.content.content) for one in batch)


class Batches(Generic[D]):
    """Reads documents in batches. A document that cannot be read is named in the report, and the next one is read."""

    def __init__(
        self,
        found: Iterator[Member],
        read: Callable[[Member], D | None],
        report: Refusals,
        advance: Callable[[int], None],
        *,
        most: int,
    ) -> None:
        self._members = found
        self._read = read
        self._report = report
        self._advance = advance
        self._most = most
        self._held: D | None = None

    def next(self) -> list[D]:
        """The next batch; empty at the end."""
        batch = [] if self._held is None else [self._held]
        self._held = None
        keys = {one.key for one in batch}
        rows = sum(one.rows for one in batch)
        while rows < BATCH_ROWS and len(batch) < self._most and bytes_of(batch) < BATCH_BYTES:
            member = next(self._members, None)
            if member is None:
                break
            one = self._one(member)
            self._advance(member.size)
            if one is None:
                continue
            if one.key in keys:
                self._held = one
                break
            batch.append(one)
            keys.add(one.key)
            rows += one.rows
        return batch

    def _one(self, member: Member) -> D | None:
        with going_on(member.name, self._report):
            return self._read(member)
        return None


class RefusedDocument(Exception):
    """A document of a batch cannot be recorded: the transaction is rolled back and repeated without it."""

    def __init__(self, document: Readable, error: CompanyFactsError) -> None:
        super().__init__(error.detail)
        self.document = document
        self.error = error


async def record_apart(
    database: Database,
    batch: Sequence[D],
    record: Callable[[Sequence[D], Writer], Awaitable[T]],
    report: Refusals,
) -> list[T]:
    """Record documents in one transaction, without those that cannot be recorded, which are named in the report.

    If an error does not say which document it is about, each is recorded in a transaction of its own. Returns what
    `record` returned for each transaction.
    """
    left: list[D] = list(batch)
    while left:
        try:
            return [await written(database, partial(record, left))]
        except RefusedDocument as refusal:
            report.refuse(refusal.document.member, refusal.error)
            left = [one for one in left if one is not refusal.document]
        except Unavailable:
            raise
        except Exception:  # noqa: BLE001 -- it is told of the document that it comes from
            came: list[T] = []
            for one in left:
                with going_on(one.member, report):
                    came.append(await written(database, partial(record, [one])))
            return came
    return []


async def written(database: Database, write: Callable[[Writer], Awaitable[T]]) -> T:
    """Write as the one writer of the log, without limits on waiting for the log or on statements."""
    return await recording.written(database, write, before=edgar.without_time_limit)
