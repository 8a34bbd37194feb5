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
    ],
)
def test_the_nearest_come_first(asked: str, subjects: tuple[str, ...], near: list[str]) -> None:
    assert nearest(asked, subjects) == near


def test_only_a_few_are_named() -> None:
    assert len(nearest("revenue", [f"revenue-{number}" for number in range(10)])) == 3
