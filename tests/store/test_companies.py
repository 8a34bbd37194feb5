"""Companies as they are written: identifiers that move within a batch, and whose they were at each position."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from service.core.companies import CompanyDescription, Industry, Profile
from service.core.history import Times
from service.core.identity import company_key
from service.core.states import CompanyChange, CompanyState
from service.postgres.database import Session, opened
from service.store import companies
from tests.clusters import run

AT = datetime(2026, 1, 1, tzinfo=UTC)
LEI, TICKER, OTHER = ("lei", "5493001KJTIIGC8Y1R12"), ("ticker", "ACME"), ("ticker", "ACM")
Pair = tuple[str, str]


def change(
    slug: str, position: int, opened: Sequence[Pair] = (), closed: Sequence[Pair] = (), *, new: bool = False
) -> CompanyChange:
    """An entry about a company, which holds what it opens."""
    described = CompanyDescription(slug=slug, name=slug.title(), identifiers=dict(opened))
    state = CompanyState(key=company_key(slug), description=described, position=position, recorded_at=AT)
    return CompanyChange(state, new, {*opened}, {*closed})


MOVED = (
    change("acme", 1, [LEI, TICKER], new=True),
    change("beta", 2, new=True),
    change("acme", 3, [OTHER], [TICKER]),
    change("beta", 4, [TICKER]),
    change("beta", 5, (), [TICKER]),
    change("acme", 6, [TICKER], [OTHER]),
)


@pytest.mark.parametrize("batches", [[6], [2, 4], [1, 1, 1, 1, 1, 1], [4, 2]], ids=str)
def test_an_identifier_that_moves_to_and_fro_is_anothers_at_each_position(
    dsn: str, batches: list[int]
) -> None:
    """However the entries are divided among transactions."""

    async def holders(session: Session, pair: Pair) -> list[str | None]:
        return [await companies.resolve_identifier(session, *pair, Times(at=at)) for at in range(8)]

    async def ask() -> None:
        async with opened(dsn) as database:
            rest = [*MOVED]
            for size in batches:
                batch, rest = rest[:size], rest[size:]
                async with database.transaction() as session:
                    await companies.save_companies(session, batch, {}, AT)
            async with database.session() as session:
                assert await holders(session, LEI) == [None, *["acme"] * 7]
                assert await holders(session, TICKER) == [
                    None,
                    "acme",
                    "acme",
                    None,
                    "beta",
                    None,
                    "acme",
                    "acme",
                ]
                assert await holders(session, OTHER) == [None, None, None, "acme", "acme", "acme", None, None]
                found = await companies.identifier_owners(session, [LEI, TICKER, OTHER, ("cik", "1")])
                assert found == {LEI: "acme", TICKER: "acme"}
                assert await companies.ticker_holders(session, ["ACME", "ACM"], Times(at=4)) == {
                    "ACME": "beta", "ACM": "acme",
                }  # fmt: skip

    run(ask())


def test_a_company_comes_back_as_it_was_described_with_all_its_ancestors(dsn: str) -> None:
    names = ("group", "acme", "cloud")
    described = [
        CompanyDescription(
            slug=slug, name=slug.title(), aliases=[f"{slug} inc", slug.upper()], country="DE",
            parent=names[number - 1] if number else None, identifiers={"ticker": slug.upper()},
            profile=Profile(industry=Industry(code="7372", label="Software")) if slug == "acme" else None,
        )
        for number, slug in enumerate(names)
    ]  # fmt: skip
    keys = {slug: company_key(slug) for slug in names}
    states = [
        CompanyState(key=keys[one.slug], description=one, position=number, recorded_at=AT)
        for number, one in enumerate(described, 1)
    ]

    async def ask() -> None:
        async with opened(dsn) as database:
            changes = [
                CompanyChange(one, True, {*one.description.identifiers.items()}, set()) for one in states
            ]
            async with database.transaction() as session:
                await companies.save_companies(session, changes, keys, AT)
            async with database.session() as session:
                for slugs, by_key, found in (
                    (["cloud"], [], {"cloud", "acme", "group"}),
                    ([], [keys["acme"]], {"acme", "group"}),
                    (["group", "nobody"], [keys["group"]], {"group"}),
                ):
                    loaded = await companies.load_companies(session, slugs, by_key)
                    assert {one.description.slug for one in loaded} == found
                    assert all(one in states for one in loaded)
                assert await companies.children(session, names) == {
                    "group": {"acme"},
                    "acme": {"cloud"},
                    "cloud": set(),
                }

    run(ask())
