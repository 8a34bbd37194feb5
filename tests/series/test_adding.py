"""Which series add up over time, by unit and by the words of the subject."""

import pytest

from service.series.adding import obstacle


@pytest.mark.parametrize(
    ("subject", "unit"),
    [
        ("us-gaap:Revenues", "USD"),
        ("us-gaap:NetIncomeLossAvailableToCommonStockholdersDiluted", "USD"),
        ("us-gaap:EffectOfExchangeRateOnCashAndCashEquivalents", "USD"),
        ("us-gaap:ProceedsFromIssuanceOfLongTermDebt", "EUR"),
        ("us-gaap:StockRepurchasedDuringPeriodShares", "shares"),
        ("us-gaap:StockIssuedDuringPeriodSharesStockOptionsExercised", "shares"),
        ("us-gaap:TreasuryStockSharesAcquired", "shares"),
        ("us-gaap:NumberOfBusinessesAcquired", "business"),
        ("model-downloads", "downloads"),
        ("cloud-revenue", "CNY"),
        ("deliveries", "vehicles"),
    ],
)
def test_flows_of_money_and_of_what_is_counted_add_up(subject: str, unit: str) -> None:
    assert obstacle(subject, unit) is None


@pytest.mark.parametrize(
    ("subject", "unit", "reason"),
    [
        ("us-gaap:EarningsPerShareDiluted", "USD/shares", "unit"),
        ("us-gaap:EffectiveIncomeTaxRateContinuingOperations", "pure", "unit"),
        ("us-gaap:EffectiveIncomeTaxRateContinuingOperations", "Rate", "unit"),
        ("cloud-revenue-growth", "percent", "unit"),
        ("margin", "percentage_points", "unit"),
        ("yield", "basis_points", "unit"),
        ("us-gaap:FiniteLivedIntangibleAssetsUsefulLifeMinimum", "Year", "unit"),
        ("us-gaap:FiniteLivedIntangibleAssetsUsefulLifeMinimum", "Y", "unit"),
        ("useful-life", "months", "unit"),
        ("us-gaap:NumberOfReportableSegments", "reportableSegment", "unit"),
        ("us-gaap:NumberOfStores", "Store", "unit"),
        ("us-gaap:AreaOfRealEstateProperty", "square_feet", "unit"),
        ("qwen-app", "users", "unit"),
        ("presence", "countries", "unit"),
        ("headcount", "employees", "unit"),
        ("us-gaap:WeightedAverageNumberOfDilutedSharesOutstanding", "shares", "concept"),
        ("us-gaap:WeightedAverageNumberOfSharesOutstandingBasic", "shares", "concept"),
        ("us-gaap:AntidilutiveSecuritiesExcludedFromComputationOfEarningsPerShareAmount", "shares", "concept"),
        ("us-gaap:IncrementalCommonSharesAttributableToShareBasedPaymentArrangements", "shares", "concept"),
        ("us-gaap:ShortTermDebtAverageOutstandingAmount", "USD", "concept"),
        ("ifrs-full:AverageForeignExchangeRate", "COP", "concept"),
        ("average-revenue-per-user", "USD", "concept"),
        ("share-price", "USD", "concept"),
    ],
)  # fmt: skip
def test_rates_averages_and_what_is_there_do_not(subject: str, unit: str, reason: str) -> None:
    found = obstacle(subject, unit)
    assert found is not None
    assert found.reason == reason
    assert (unit if reason == "unit" else subject) in found.detail
