"""Companies, and the concepts that metrics measure."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

from service.core.companies import Company, CompanyDescription, Concept, ConceptDescription, Profile
from service.core.history import NOW, Times
from service.core.states import CompanyChange, CompanyState, ConceptChange
from service.postgres.database import Record, Session, Transaction
from service.store.statements import sql
from service.store.times import upto

_identifiers = msgspec.json.Decoder(dict[str, str])
_profiles = msgspec.json.Decoder(Profile)


class CompanyRow(NamedTuple):
    """The columns of the SQL fragment `company_state`, in its order."""

    company: int
    slug: str
    name: str
    aliases: list[str]
    identifiers: str
    country: str | None
    parent: str | None
    position: int
    recorded_at: datetime
    profile: str | None

    def state(self) -> CompanyState:
        """The company as the ledger takes it."""
        return CompanyState(
            key=self.company,
            description=CompanyDescription(
                slug=self.slug,
                name=self.name,
                aliases=self.aliases,
                identifiers=_identifiers.decode(self.identifiers),
                country=self.country,
                parent=self.parent,
                profile=_profile(self.profile),
            ),
            position=self.position,
            recorded_at=self.recorded_at,
        )


async def load_companies(session: Session, slugs: Iterable[str], keys: Iterable[int]) -> list[CompanyState]:
    """The present state of these companies (by slug or key) and of all their ancestors."""
    rows = await session.fetch(sql("companies_with_ancestors"), sorted(set(slugs)), sorted(set(keys)))
    return [CompanyRow(*row).state() for row in rows]


async def children(session: Session, slugs: Sequence[str]) -> dict[str, set[str]]:
    """Slugs of the direct subsidiaries of each company."""
    found: dict[str, set[str]] = {slug: set() for slug in slugs}
    for row in await session.fetch(sql("children"), slugs):
        found[row["parent"]].add(row["slug"])
    return found


async def identifier_owners(session: Session, pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The present holder of each (scheme, value) identifier, as a slug; identifiers without a holder are left out."""
    if not pairs:
        return {}
    rows = await session.fetch(sql("identifier_owners"), [s for s, _ in pairs], [v for _, v in pairs])
    return {(row["scheme"], row["value"]): row["slug"] for row in rows}


async def resolve_identifier(session: Session, scheme: str, value: str, times: Times = NOW) -> str | None:
    """The slug of the company that held an identifier at `times.at`, or None."""
    row = await session.fetchrow(sql("resolve_identifier"), scheme, value, upto(times))
    return None if row is None else row["slug"]


async def ticker_holders(session: Session, tickers: Sequence[str], times: Times = NOW) -> dict[str, str]:
    """The slugs of the companies that held these tickers at `times.at`, by ticker."""
    rows = await session.fetch(sql("ticker_holders"), list(tickers), upto(times))
    return {row["value"]: row["slug"] for row in rows}


async def tickers_from(session: Session, start: str, times: Times = NOW) -> list[str]:
    """Up to 1,000 tickers at `times.at` that begin with `start`."""
    rows = await session.fetch(sql("tickers_from"), start, upto(times))
    return [row["value"] for row in rows]


async def company_page(session: Session, key: int) -> Company | None:
    """A company with its parent and children, or None."""
    row = await session.fetchrow(sql("company_page"), key)
    return None if row is None else _company(row)


async def company_list(session: Session, after: str, words: str | None, limit: int) -> list[Company]:
    """Up to `limit` companies with a slug above `after`, ordered by slug."""
    rows = await session.fetch(sql("company_list"), after, words, limit)
    return [_company(row) for row in rows]


class CompanySize(NamedTuple):
    """A company and how many facts there are of it."""

    company: Company
    facts: int


async def largest_companies(session: Session, limit: int) -> list[CompanySize]:
    """The companies with most facts. All facts are counted, which takes a tenth of a second for a million."""
    rows = await session.fetch(sql("largest_companies"), limit)
    return [CompanySize(_company(row), row["facts"]) for row in rows]


async def family(session: Session, key: int, times: Times) -> dict[int, CompanyDescription]:
    """Descriptions, by company key, of a company and of its parent and children at `times.at`."""
    rows = await session.fetch(sql("family"), key, upto(times))
    return {row["company"]: msgspec.json.decode(row["description"], type=CompanyDescription) for row in rows}


def _profile(told: str | None) -> Profile | None:
    return None if told is None else _profiles.decode(told)


def _company(row: Record) -> Company:
    return Company(
        slug=row["slug"],
        name=row["name"],
        aliases=row["aliases"],
        identifiers=_identifiers.decode(row["identifiers"]),
        country=row["country"],
        parent=row["parent"],
        children=row["children"],
        profile=_profile(row["profile"]),
        recorded_at=row["recorded_at"],
        position=row["position"],
    )


async def save_companies(
    session: Transaction, changes: Sequence[CompanyChange], keys: dict[str, int], recorded_at: datetime
) -> None:
    """Write companies and their log entries. `keys` maps every slug used as a parent to its company key."""
    added: list[Sequence[object]] = []
    changed: list[Sequence[object]] = []
    entries: list[Sequence[object]] = []
    for change in changes:
        state, described = change.state, change.state.description
        identifiers = msgspec.json.encode(described.identifiers).decode()
        parent = None if described.parent is None else keys[described.parent]
        profile = None if described.profile is None else msgspec.json.encode(described.profile).decode()
        entries.append((state.key, state.position, recorded_at, msgspec.json.encode(described), parent))
        said = (
            described.name, described.aliases, identifiers, described.country, parent, state.position, recorded_at,
            profile,
        )  # fmt: skip
        if change.new:
            added.append((state.key, described.slug, *said))
        else:
            changed.append((state.key, *said))
    for statement, rows in (("insert_company", added), ("update_company", changed)):
        if rows:
            await session.executemany(sql(statement), rows)
    await session.executemany(sql("insert_company_entry"), entries)
    for statement, pairs in _moves(changes):
        await session.executemany(sql(statement), pairs)


def _moves(changes: Sequence[CompanyChange]) -> Iterator[tuple[str, list[Sequence[object]]]]:
    """Statement name and rows for each run of identifier closes or opens, in order.

    One identifier may be opened and closed several times in a batch, so the order must be kept.
    """
    stretch: list[Sequence[object]] = []
    doing = ""
    for change in changes:
        state = change.state
        for statement, moved in (("close_identifier", change.closed), ("open_identifier", change.opened)):
            if moved and statement != doing:
                if stretch:
                    yield doing, stretch
                stretch, doing = [], statement
            stretch += [(*pair, state.key, state.position) for pair in sorted(moved)]
    if stretch:
        yield doing, stretch


async def load_concepts(session: Session, ids: Iterable[str]) -> list[Concept]:
    """The present state of these concepts."""
    rows = await session.fetch(sql("concepts_by_id"), sorted(set(ids)))
    return [msgspec.convert(dict(row), Concept) for row in rows]


async def concepts_like(session: Session, words: str) -> list[str]:
    """The ids of up to 50 concepts that are spelled like a tag or like words, the most alike first."""
    return [row["concept"] for row in await session.fetch(sql("concepts_like"), words)]


async def concept_list(session: Session, after: str, words: str | None, limit: int) -> list[Concept]:
    """Up to `limit` concepts with an id above `after`, ordered by id."""
    rows = await session.fetch(sql("concept_list"), after, words, limit)
    return [msgspec.convert(dict(row), Concept) for row in rows]


async def save_concepts(
    session: Transaction, changes: Iterable[ConceptChange], recorded_at: datetime
) -> None:
    """Write concepts and their log entries."""
    upserts: list[Sequence[object]] = []
    entries: list[Sequence[object]] = []
    for described, position in changes:
        upserts.append((described.id, described.label, described.description, position, recorded_at))
        entries.append((described.id, position, recorded_at, msgspec.json.encode(described)))
    await session.executemany(sql("upsert_concept"), upserts)
    await session.executemany(sql("insert_concept_entry"), entries)


async def said_of_companies(
    session: Session, described: Sequence[CompanyDescription]
) -> dict[str, list[tuple[int, CompanyDescription]]]:
    """The recorded descriptions equal to these, by slug: (position, description), oldest first."""
    found: dict[str, list[tuple[int, CompanyDescription]]] = {}
    texts = [msgspec.json.encode(one).decode() for one in described]
    for row in await session.fetch(sql("said_of_companies"), [one.slug for one in described], texts):
        said = msgspec.json.decode(row["description"], type=CompanyDescription)
        found.setdefault(row["slug"], []).append((row["position"], said))
    return found


async def said_of_concepts(
    session: Session, described: Sequence[ConceptDescription]
) -> dict[str, list[tuple[int, ConceptDescription]]]:
    """The recorded descriptions equal to these, by id: (position, description), oldest first."""
    found: dict[str, list[tuple[int, ConceptDescription]]] = {}
    texts = [msgspec.json.encode(one).decode() for one in described]
    for row in await session.fetch(sql("said_of_concepts"), [one.id for one in described], texts):
        said = msgspec.json.decode(row["description"], type=ConceptDescription)
        found.setdefault(row["id"], []).append((row["position"], said))
    return found


async def described_at(session: Session, positions: Sequence[int]) -> dict[int, CompanyDescription]:
    """The company descriptions recorded at these positions, by position."""
    rows = await session.fetch(sql("company_entries_at"), positions)
    return {row["position"]: msgspec.json.decode(row["description"], type=CompanyDescription) for row in rows}


async def concepts_at(session: Session, positions: Sequence[int]) -> dict[int, ConceptDescription]:
    """The concept descriptions recorded at these positions, by position."""
    rows = await session.fetch(sql("concept_entries_at"), positions)
    return {row["position"]: msgspec.json.decode(row["description"], type=ConceptDescription) for row in rows}


async def company_known(session: Session, company: int, times: Times = NOW) -> bool:
    """Whether the company was recorded at or before `times.at`."""
    return bool(await session.fetchval(sql("company_known"), company, upto(times)))
