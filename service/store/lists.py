"""Lists of facts, present or at an earlier time, one SQL statement each."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from service.core.history import Earlier, Times
from service.core.identity import company_key
from service.core.lists import Place
from service.core.packing import unpacked_all
from service.postgres.database import Record, Session
from service.postgres.questions import FEW, Question, answered, own_form, shared_form
from service.postgres.shared import shared_if
from service.store.facts import earlier
from service.store.filters import Condition, Conditions, entries
from service.store.statements import fragment, sql
from service.store.times import bounds


class AskedList(NamedTuple):
    """A request for a page of facts: up to `limit` that pass the filters, in list order, after a place."""

    company: str | None  # slug: only facts of this company
    source: int | None  # key: only facts that cite this source
    kept: Conditions
    times: Times
    after: Place | None
    limit: int

    def is_short(self) -> bool:
        """Whether it reads a few rows from one index range, so that it may share a statement with other requests."""
        return (
            self.company is not None
            and self.source is None
            and self.limit <= FEW
            and all(one.in_order for one, _ in entries(self.kept))
        )

    def by_company(self) -> bool:
        """Whether to read company by company: for lists over all companies without a filter that has its own index."""
        alone = self.company is None and self.source is None
        return alone and not any(one.across(value) for one, value in entries(self.kept))


class ListPage(NamedTuple):
    """The answers of a page, and the log's last position."""

    answers: list[bytes | Earlier]
    head: int


_COMPANY_ORDER = "f.kind, f.subject, f.recency, f.id"
_ORDER = f"f.slug, {_COMPANY_ORDER}"


@shared_if(AskedList.is_short)
async def list_facts(session: Session, lists: Sequence[AskedList]) -> list[ListPage]:
    """Facts in the order company, kind, subject, latest period, id."""
    found = await answered(session, [question(one) for one in lists])
    return [_listing(row, one) for (row,), one in zip(found, lists, strict=True)]


def _listing(row: Record, asked: AskedList) -> ListPage:
    every: list[bytes | None] = row["answers"] or []
    kept = every[: asked.limit]
    stored = unpacked_all([one for one in kept if one is not None], asked.times.known_at)
    if len(stored) == len(kept):
        return ListPage([*stored], row["head"])
    answers, then = iter(stored), iter(row["earlier"])
    return ListPage([earlier(next(then)) if one is None else next(answers) for one in kept], row["head"])


def question(one: AskedList) -> Question:
    """The SQL question of a list request."""
    columns: list[tuple[str, str]] = []
    values: list[object] = []

    def give(name: str, sort: str, value: object) -> None:
        columns.append((name, sort))
        values.append(value)

    now, by_company = one.times.is_now, one.by_company()
    if not now or one.source is not None:
        known_at, at = bounds(one.times)
        give("known", "date", known_at)
        give("at", "bigint", at)
    conditions = ["f.company = c.company"] if by_company else []
    for about, condition in _conditions(one):
        text = condition.now if now and condition.now is not None else condition.text
        conditions.append(text.replace("{of}", "a" if about == "answer" and not now else "f"))
        for name, sort, value in condition.given:
            give(name, sort, value)
    companies = _companies(one.after, one.times) if by_company else None
    order = _ORDER if one.company is None and not by_company else _COMPANY_ORDER
    text = _text(tuple(conditions), order, companies, now=now)
    if one.is_short():
        return Question(shared_form(text, tuple(columns), one.limit), True, values)
    return Question(own_form(text, columns), False, [*values, one.limit])


@lru_cache(maxsize=1000)
def _text(conditions: tuple[str, ...], order: str, companies: str | None, *, now: bool) -> str:
    """The SQL of a list with these conditions. `companies` are conditions on them; None: not company by company."""
    facts = (
        fragment("facts_now" if now else "facts_as_known")
        .replace("{where}", "".join(f"\n    and {condition}" for condition in conditions))
        .replace("{order}", order)
    )
    if companies is not None:
        facts = fragment("company_by_company", facts=facts, companies=companies)
    return sql("list_facts").replace("{facts}", facts if now else fragment("with_earlier", facts=facts))


async def subjects(session: Session, company: int, kind: str, times: Times) -> list[str]:
    """The subjects of a company's (key) facts of a kind that were recorded and public by then."""
    known, at = bounds(times)
    return [row["subject"] for row in await session.fetch(sql("subjects"), company, kind, at, known)]


def _conditions(one: AskedList) -> Iterator[tuple[Literal["key", "answer"], Condition]]:
    """The SQL conditions of a list, each with what it is about: the fact's key or its answer."""
    if one.company is not None:
        yield "key", Condition("f.company = q.company", (("company", "bigint", company_key(one.company)),))
    for asked, value in entries(one.kept):
        yield asked.about, asked.condition(value)
    if one.source is not None:
        cites = fragment("cites", source="q.source", known="q.known", at="q.at")
        yield "key", Condition(cites, (("source", "bigint", one.source),))
    if one.after is not None:
        # within one company the slug is left out of the order, so that the index also serves the starting place
        yield "key", _after(one.after, _ORDER if one.company is None else _COMPANY_ORDER)


def _companies(after: Place | None, times: Times) -> str:
    """SQL conditions on the companies c whose facts a list may contain."""
    found = "" if times.at is None else fragment("recorded_by", at="q.at")
    return found if after is None else f"{found} and c.slug >= q.after_slug"


def _after(after: Place, order: str) -> Condition:
    """The SQL condition for facts after a place in list order."""
    given = (
        ("after_slug", "text", after.slug),
        ("after_kind", "text", after.kind),
        ("after_subject", "text", after.subject),
        ("after_recency", "int", after.recency),
        ("after_id", "uuid", after.id),
    )
    return Condition(f"({order}) > ({order.replace('f.', 'q.after_')})", given)
