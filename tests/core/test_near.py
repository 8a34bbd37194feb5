"""Which subjects are near the one that was asked for."""

import pytest

from service.core.near import nearest

FILED = (
    "us-gaap:SalesRevenueNet", "us-gaap:Assets", "us-gaap:AssetsCurrent", "us-gaap:NetIncomeLoss",
    "us-gaap:AccountsPayableCurrent", "dei:EntityCommonStockSharesOutstanding",
)  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "subjects", "near"),
    [
        ("us-gaap:Revenues", FILED, ["us-gaap:SalesRevenueNet"]),
        ("revenue", FILED, ["us-gaap:SalesRevenueNet"]),
        ("us-gaap:assets", FILED, ["us-gaap:Assets", "us-gaap:AssetsCurrent"]),
        ("us-gaap:NetIncome", FILED, ["us-gaap:NetIncomeLoss"]),
        ("store", ("stores", "employees"), ["stores"]),
        ("ai-clouds", ("ai-cloud", "cloud", "e-commerce"), ["ai-cloud", "cloud"]),
        ("company", ("companies",), ["companies"]),
        ("space", ("ai-cloud", "e-commerce"), []),
        ("net", FILED, []),
        ("revenue", (), []),
        ("us-gaap:EntityPublicFloat", ("dei:EntityPublicFloat", *FILED), ["dei:EntityPublicFloat"]),
        (
            "us-gaap:assets",
            ("dei:Assets", "ifrs-full:Assets", "us-gaap:Assets"),
            [
                "us-gaap:Assets",
                "dei:Assets",
                "ifrs-full:Assets",
            ],
        ),
        ("assets", ("us-gaap:Assets", "assets"), ["assets", "us-gaap:Assets"]),
        ("store", ("stores", "stores"), ["stores"]),
    ],
)
def test_the_nearest_come_first(asked: str, subjects: tuple[str, ...], near: list[str]) -> None:
    assert nearest(asked, subjects) == near


def test_short_names_have_to_be_more_alike() -> None:
    tickers = ["AAPL", "AAP", "AAMC", "AAL"]
    assert nearest("APPL", tickers, least=0.7) == ["AAPL"]
    assert nearest("XYZ", tickers, least=0.7) == []


def test_only_a_few_are_named() -> None:
    assert len(nearest("revenue", [f"revenue-{number}" for number in range(10)])) == 3
