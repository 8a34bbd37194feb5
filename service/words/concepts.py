"""The standard concepts, as data. To add one: an entry here, and a row in `tests/words/test_values.py`.

The tags of a group are synonyms: each names the same thing. A tag with another definition (with or without minorities,
restricted cash, discontinued operations, leases) stands in a later group, which answers only if the company has no value of
an earlier one; or it is another concept. A tag of a part never stands beside the tag of its whole unless `total` is true:
then the greatest value of a filing is the whole.
"""

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

Measure = Literal["money", "money per share", "shares", "people"]
Holds = Literal["flow", "stock"]

# Which units count, as a regular expression that Python and Postgres read alike. Filers sometimes give a tag with a unit
# that cannot be right, such as earnings per share in USD.
UNITS: Mapping[Measure, str] = {
    "money": "^[A-Z]{3}$",
    "money per share": "^[A-Z]{3}/shares$",
    "shares": "^shares$",
    "people": "^([Ee]mployees?|[Pp]eople|[Pp]ersons?|pure)$",
}


class StandardConcept(NamedTuple):
    """One thing that companies report, whatever tag they use for it."""

    slug: str
    label: str
    meaning: str  # a sentence
    measure: Measure
    holds: Holds  # flow: over a duration; stock: at an instant
    groups: tuple[tuple[str, ...], ...]  # tags; the first group with a value answers
    also: tuple[str, ...]  # what people type for it
    is_not: str  # what it is taken for by mistake
    total: bool = (
        False  # whether of a group's values in one filing the greatest is meant, not the first tag's
    )
    limits: str = ""  # what is known not to work

    @property
    def tags(self) -> dict[str, int]:
        """Every tag with the number of its group, from 1. The slug itself, for facts that users assert, is in group 1."""
        found = {tag: number for number, group in enumerate(self.groups, 1) for tag in group}
        return {**found, self.slug: 1}

    def has_unit(self, unit: str | None) -> bool:
        """Whether a value in this unit can be one of the concept."""
        return unit is not None and re.search(UNITS[self.measure], unit) is not None


def _us(*tags: str) -> tuple[str, ...]:
    return tuple(f"us-gaap:{tag}" for tag in tags)


def _ifrs(*tags: str) -> tuple[str, ...]:
    return tuple(f"ifrs-full:{tag}" for tag in tags)


STANDARD = (
    # -- income statement
    StandardConcept(
        slug="revenue", label="Revenue", measure="money", holds="flow", total=True,
        meaning="What the company earned from its customers and from its other ordinary business, before any cost.",
        groups=(
            (*_us("Revenues", "RevenueFromContractWithCustomerExcludingAssessedTax",
                  "RevenueFromContractWithCustomerIncludingAssessedTax", "SalesRevenueNet", "SalesRevenueGoodsNet"),
             *_ifrs("Revenue")),
            (*_us("RegulatedAndUnregulatedOperatingRevenue", "RealEstateRevenueNet", "HealthCareOrganizationRevenue",
                  "OilAndGasRevenue"), *_ifrs("RevenueFromContractsWithCustomers")),
            _us("RevenuesNetOfInterestExpense"),
            _us("SalesRevenueServicesNet"),
        ),
        also=("sales", "net-sales", "revenues", "total-revenue", "turnover", "top-line"),
        is_not="Net sales alone, where the company also has membership fees or rents: the greatest value of a filing is the "
        "total. Not billings, and not revenue less cost, which is `gross-profit`.",
        limits="Banks report revenue net of interest, which is group 3.",
    ),
    StandardConcept(
        slug="cost-of-revenue", label="Cost of revenue", measure="money", holds="flow", total=True,
        meaning="What it cost to make or buy what was sold.",
        groups=(
            (*_us("CostOfRevenue", "CostOfGoodsAndServicesSold", "CostOfGoodsSold"), *_ifrs("CostOfSales")),
            _us("CostOfGoodsAndServiceExcludingDepreciationDepletionAndAmortization"),
            _us("CostOfServices"),
        ),
        also=("cost-of-sales", "cost-of-goods-sold", "cogs"),
        is_not="All costs and expenses (`us-gaap:CostsAndExpenses`), which also contain "
        "`selling-general-and-administrative`.",
        limits="Companies that list their expenses by nature, as McDonald's and Disney do, report none.",
    ),
    StandardConcept(
        slug="gross-profit", label="Gross profit", measure="money", holds="flow",
        meaning="Revenue less cost of revenue, as the company itself reports it.",
        groups=((*_us("GrossProfit"), *_ifrs("GrossProfit")),),
        also=("gross-income", "gross-margin-amount"),
        is_not="A difference that the service computes: where the company reports none, there is none.",
        limits="McDonald's, Walmart and Disney report none.",
    ),
    StandardConcept(
        slug="operating-income", label="Operating income", measure="money", holds="flow",
        meaning="What is left of revenue after the costs of running the business, before interest and taxes.",
        groups=((*_us("OperatingIncomeLoss"), *_ifrs("ProfitLossFromOperatingActivities")),),
        also=("operating-profit", "income-from-operations", "ebit"),
        is_not="EBITDA, and not an adjusted figure of a press release.",
        limits="Disney uses the tag for the sum of its segments, which is no line of its income statement.",
    ),
    StandardConcept(
        slug="interest-expense", label="Interest expense", measure="money", holds="flow",
        meaning="What the company's debt cost in interest.",
        groups=(
            (*_us("InterestExpense", "InterestExpenseNonoperating"), *_ifrs("InterestExpense")),
            _us("InterestExpenseDebt"),
            (*_us("InterestAndDebtExpense"), *_ifrs("FinanceCosts")),
        ),
        also=("interest", "interest-cost", "finance-costs"),
        is_not="Interest paid in cash, and not net of interest income (`us-gaap:InterestIncomeExpenseNet`).",
    ),
    StandardConcept(
        slug="pre-tax-income", label="Income before taxes", measure="money", holds="flow",
        meaning="Income of continuing operations before income taxes, of all countries.",
        groups=(
            (*_us("IncomeLossFromContinuingOperationsBeforeIncomeTaxesExtraordinaryItemsNoncontrollingInterest"),
             *_ifrs("ProfitLossBeforeTax")),
            _us("IncomeLossFromContinuingOperationsBeforeIncomeTaxesMinorityInterestAndIncomeLossFromEquityMethodInvestments"),
        ),
        also=("income-before-tax", "profit-before-tax", "pretax-income", "ebt"),
        is_not="Its domestic or its foreign part, which have tags of their own.",
        limits="Group 2 is before the income of companies that are held in part. Companies that tag only the domestic and the "
        "foreign part have none.",
    ),
    StandardConcept(
        slug="income-tax", label="Income tax", measure="money", holds="flow",
        meaning="The income tax of continuing operations, current and deferred.",
        groups=((*_us("IncomeTaxExpenseBenefit"), *_ifrs("IncomeTaxExpenseContinuingOperations")),),
        also=("income-tax-expense", "taxes", "tax-expense", "provision-for-income-taxes"),
        is_not="Income taxes paid in cash.",
    ),
    StandardConcept(
        slug="net-income", label="Net income", measure="money", holds="flow",
        meaning="What is left of revenue after all costs and taxes, for the shareholders of the company.",
        groups=(
            (*_us("NetIncomeLoss"), *_ifrs("ProfitLossAttributableToOwnersOfParent")),
            (*_us("ProfitLoss"), *_ifrs("ProfitLoss")),
            _us("NetIncomeLossAvailableToCommonStockholdersBasic"),
        ),
        also=("net-profit", "profit", "earnings", "net-earnings", "bottom-line", "net-loss"),
        is_not="Income of continuing operations, and not comprehensive income.",
        limits="Group 2 contains the part of minorities, group 3 is after preferred dividends.",
    ),
    StandardConcept(
        slug="net-income-attributable-to-parent", label="Net income attributable to the parent", measure="money", holds="flow",
        meaning="Net income without the part of minorities, never with it.",
        groups=((*_us("NetIncomeLoss"), *_ifrs("ProfitLossAttributableToOwnersOfParent")),),
        also=("net-income-to-shareholders", "profit-attributable-to-owners"),
        is_not="Net income with minorities, which is `net-income-with-minorities`.",
    ),
    StandardConcept(
        slug="net-income-with-minorities", label="Net income with minorities", measure="money", holds="flow",
        meaning="Net income of the whole group, with the part that belongs to minority shareholders of subsidiaries.",
        groups=((*_us("ProfitLoss"), *_ifrs("ProfitLoss")), _us("NetIncomeLoss")),
        also=("consolidated-net-income", "profit-or-loss", "net-income-including-noncontrolling-interests"),
        is_not="What earnings per share are made of, which is `net-income`.",
        limits="Group 2 is the same where there are no minorities.",
    ),
    StandardConcept(
        slug="research-and-development", label="Research and development", measure="money", holds="flow",
        meaning="What was spent on research and development and is an expense of the period.",
        groups=(
            (*_us("ResearchAndDevelopmentExpense"), *_ifrs("ResearchAndDevelopmentExpense")),
            _us("ResearchAndDevelopmentExpenseExcludingAcquiredInProcessCost"),
        ),
        also=("r-and-d", "rnd", "research"),
        is_not="Development costs that became an asset.",
    ),
    StandardConcept(
        slug="selling-general-and-administrative", label="Selling, general and administrative expense", measure="money",
        holds="flow",
        meaning="What selling and running the company cost.",
        groups=((*_us("SellingGeneralAndAdministrativeExpense"), *_ifrs("SellingGeneralAndAdministrativeExpense")),),
        also=("sga", "sg-and-a", "selling-general-administrative", "overhead"),
        is_not="General and administrative expense alone.",
    ),
    StandardConcept(
        slug="depreciation-and-amortization", label="Depreciation and amortisation", measure="money", holds="flow",
        meaning="By how much assets lost in value over the period, as in the cash flow statement.",
        groups=(
            (*_us("DepreciationDepletionAndAmortization"), *_ifrs("DepreciationAndAmortisationExpense")),
            _us("DepreciationAmortizationAndAccretionNet"),
            _us("DepreciationAndAmortization"),
        ),
        also=("depreciation-and-amortisation", "depreciation", "amortization", "d-and-a"),
        is_not="Depreciation alone (`us-gaap:Depreciation`), and not the amortisation of financing costs.",
        limits="Group 3 may leave out what is part of the cost of revenue.",
    ),
    # -- per share, and counts of shares
    StandardConcept(
        slug="eps-basic", label="Earnings per share, basic", measure="money per share", holds="flow",
        meaning="Net income for each share that was outstanding on average.",
        groups=(
            (*_us("EarningsPerShareBasic"), *_ifrs("BasicEarningsLossPerShare")),
            (*_us("EarningsPerShareBasicAndDiluted"), *_ifrs("BasicAndDilutedEarningsLossPerShare")),
        ),
        also=("earnings-per-share", "earnings-per-share-basic", "basic-eps", "eps"),
        is_not="That of continuing operations.",
        limits="Values of old filings are before stock splits that came later. Companies that report it for each class of "
        "shares only have none.",
    ),
    StandardConcept(
        slug="eps-diluted", label="Earnings per share, diluted", measure="money per share", holds="flow",
        meaning="Net income for each share, as if all options and convertible securities were shares already.",
        groups=(
            (*_us("EarningsPerShareDiluted"), *_ifrs("DilutedEarningsLossPerShare")),
            (*_us("EarningsPerShareBasicAndDiluted"), *_ifrs("BasicAndDilutedEarningsLossPerShare")),
        ),
        also=("earnings-per-share-diluted", "diluted-eps", "diluted-earnings-per-share"),
        is_not="That of continuing operations.",
        limits="Values of old filings are before stock splits that came later. Companies that report it for each class of "
        "shares only have none.",
    ),
    StandardConcept(
        slug="dividends-per-share", label="Dividends per share", measure="money per share", holds="flow",
        meaning="Dividends declared for each common share.",
        groups=(
            (*_us("CommonStockDividendsPerShareDeclared"),
             *_ifrs("DividendsRecognisedAsDistributionsToOwnersPerShare")),
            (*_us("CommonStockDividendsPerShareCashPaid"), *_ifrs("DividendsPaidOrdinarySharesPerShare")),
        ),
        also=("dividend", "dividends", "dps", "dividend-per-share"),
        is_not="All dividends paid in cash.",
        limits="Group 2 is what was paid in the period, not declared.",
    ),
    StandardConcept(
        slug="shares-outstanding", label="Shares outstanding", measure="shares", holds="stock",
        meaning="Common shares that were outstanding on the day of a balance sheet.",
        groups=((*_us("CommonStockSharesOutstanding"), *_ifrs("NumberOfSharesOutstanding")), _us("SharesOutstanding")),
        also=("shares", "common-shares", "number-of-shares", "share-count"),
        is_not="Shares issued, which contain treasury shares. Not the count on the cover of a filing, which has a later day: "
        "that is `shares-outstanding-on-cover`.",
        limits="Many companies tag it in some years only.",
    ),
    StandardConcept(
        slug="shares-outstanding-on-cover", label="Shares outstanding, on the cover", measure="shares", holds="stock",
        meaning="Common shares outstanding on a day shortly before the filing, as its cover page says.",
        groups=(("dei:EntityCommonStockSharesOutstanding",),),
        also=("cover-shares", "latest-shares-outstanding"),
        is_not="Shares at the end of the period.",
        limits="Companies with several classes of shares give one count for each class, which are none of the company.",
    ),
    StandardConcept(
        slug="weighted-shares-basic", label="Weighted average shares, basic", measure="shares", holds="flow",
        meaning="How many common shares were outstanding on average in the period.",
        groups=(
            (*_us("WeightedAverageNumberOfSharesOutstandingBasic"), *_ifrs("WeightedAverageShares")),
            _us("WeightedAverageNumberOfShareOutstandingBasicAndDiluted"),
        ),
        also=("weighted-shares", "average-shares", "weighted-average-shares", "basic-shares"),
        is_not="Shares on a day, which are `shares-outstanding`.",
        limits="Values of old filings are before stock splits that came later.",
    ),
    StandardConcept(
        slug="weighted-shares-diluted", label="Weighted average shares, diluted", measure="shares", holds="flow",
        meaning="The average of common shares in the period, as if all options and convertible securities were shares.",
        groups=(
            (*_us("WeightedAverageNumberOfDilutedSharesOutstanding"), *_ifrs("AdjustedWeightedAverageShares")),
            _us("WeightedAverageNumberOfShareOutstandingBasicAndDiluted"),
        ),
        also=("diluted-shares", "weighted-average-shares-diluted"),
        is_not="Shares on a day, which are `shares-outstanding`.",
        limits="Values of old filings are before stock splits that came later.",
    ),
    # -- balance sheet
    StandardConcept(
        slug="assets", label="Assets", measure="money", holds="stock",
        meaning="Everything that the company has.",
        groups=((*_us("Assets"), *_ifrs("Assets")),),
        also=("total-assets", "balance-sheet-total"),
        is_not="Net assets, which are `equity`.",
    ),
    StandardConcept(
        slug="current-assets", label="Current assets", measure="money", holds="stock",
        meaning="Assets that become cash within a year.",
        groups=((*_us("AssetsCurrent"), *_ifrs("CurrentAssets")),),
        also=("total-current-assets", "assets-current"),
        is_not="All `assets`.",
        limits="Banks and insurers report none.",
    ),
    StandardConcept(
        slug="cash", label="Cash and cash equivalents", measure="money", holds="stock",
        meaning="Cash, and what becomes cash within three months, without restricted cash.",
        groups=(
            (*_us("CashAndCashEquivalentsAtCarryingValue"), *_ifrs("CashAndCashEquivalents")),
            _us("CashAndDueFromBanks"),
            (*_us("Cash"), *_ifrs("Cash")),
        ),
        also=("cash-and-equivalents", "cash-and-cash-equivalents", "cash-position"),
        is_not="Cash with restricted cash, which is `cash-with-restricted`; not marketable securities.",
    ),
    StandardConcept(
        slug="cash-with-restricted", label="Cash with restricted cash", measure="money", holds="stock",
        meaning="Cash, cash equivalents and restricted cash, with which cash flow statements since 2018 begin and end.",
        groups=(
            _us("CashCashEquivalentsRestrictedCashAndRestrictedCashEquivalents"),
            _us("CashCashEquivalentsRestrictedCashAndRestrictedCashEquivalentsIncludingDisposalGroupAndDiscontinuedOperations"),
        ),
        also=("restricted-cash", "cash-including-restricted", "total-cash"),
        is_not="The line of the balance sheet, which is `cash`.",
        limits="Before 2016 nobody reported it.",
    ),
    StandardConcept(
        slug="receivables", label="Receivables", measure="money", holds="stock",
        meaning="What customers owe within a year, less what is not expected to be paid.",
        groups=(
            (*_us("AccountsReceivableNetCurrent"), *_ifrs("CurrentTradeReceivables")),
            (*_us("ReceivablesNetCurrent"), *_ifrs("TradeAndOtherCurrentReceivables")),
            _us("AccountsNotesAndLoansReceivableNetCurrent"),
            _us("AccountsReceivableNet"),
        ),
        also=("accounts-receivable", "trade-receivables", "debtors"),
        is_not="Receivables before allowances (`us-gaap:AccountsReceivableGrossCurrent`).",
        limits="Group 2 and 3 contain other receivables too, group 4 may contain long-term ones.",
    ),
    StandardConcept(
        slug="inventory", label="Inventory", measure="money", holds="stock",
        meaning="Goods that are there to be sold, and what they are made of.",
        groups=(
            (*_us("InventoryNet"), *_ifrs("Inventories")),
            _us("RetailRelatedInventoryMerchandise"),
            _us("InventoryFinishedGoods"),
        ),
        also=("inventories", "stock-in-trade", "merchandise"),
        is_not="Finished goods beside raw materials: they answer only where nothing else is tagged, as with retailers.",
    ),
    StandardConcept(
        slug="goodwill", label="Goodwill", measure="money", holds="stock",
        meaning="What was paid for other companies beyond their net assets, less impairments.",
        groups=((*_us("Goodwill"), *_ifrs("Goodwill")),),
        also=("good-will",),
        is_not="Other intangible assets.",
    ),
    StandardConcept(
        slug="liabilities", label="Liabilities", measure="money", holds="stock",
        meaning="Everything that the company owes.",
        groups=((*_us("Liabilities"), *_ifrs("Liabilities")),),
        also=("total-liabilities", "debts"),
        is_not="Liabilities and equity (`us-gaap:LiabilitiesAndStockholdersEquity`), which equal `assets`.",
        limits="McDonald's, Walmart and Disney report no such line.",
    ),
    StandardConcept(
        slug="current-liabilities", label="Current liabilities", measure="money", holds="stock",
        meaning="What has to be paid within a year.",
        groups=((*_us("LiabilitiesCurrent"), *_ifrs("CurrentLiabilities")),),
        also=("total-current-liabilities", "liabilities-current"),
        is_not="All `liabilities`.",
        limits="Banks and insurers report none.",
    ),
    StandardConcept(
        slug="long-term-debt", label="Long-term debt", measure="money", holds="stock",
        meaning="Debt that is due after more than a year.",
        groups=(
            (*_us("LongTermDebtNoncurrent"), *_ifrs("LongtermBorrowings")),
            _us("LongTermDebtAndCapitalLeaseObligations"),
        ),
        also=("longterm-debt", "non-current-debt", "noncurrent-debt"),
        is_not="`us-gaap:LongTermDebt`, which contains the part that is due within a year: that is "
        "`long-term-debt-with-current`.",
        limits="Group 2 contains leases.",
    ),
    StandardConcept(
        slug="long-term-debt-with-current", label="Long-term debt with its current part", measure="money", holds="stock",
        meaning="Debt that was taken for more than a year, with the part that is due within a year.",
        groups=(_us("LongTermDebt"), _us("LongTermDebtAndCapitalLeaseObligationsIncludingCurrentMaturities")),
        also=("long-term-debt-including-current", "term-debt"),
        is_not="All debt: short-term borrowings are not in it.",
        limits="Group 2 contains leases.",
    ),
    StandardConcept(
        slug="total-debt", label="Total debt", measure="money", holds="stock",
        meaning="All debt, short and long term.",
        groups=(
            (*_us("DebtLongtermAndShorttermCombinedAmount"), *_ifrs("Borrowings")),
            _us("DebtAndCapitalLeaseObligations"),
        ),
        also=("debt", "borrowings", "total-borrowings"),
        is_not="All `liabilities`, and no sum that the service computes.",
        limits="Most companies tag its parts only, so there is none. Group 2 contains leases.",
    ),
    StandardConcept(
        slug="equity", label="Equity", measure="money", holds="stock",
        meaning="What belongs to the shareholders of the company: assets less liabilities, without the part of minorities.",
        groups=(
            (*_us("StockholdersEquity", "PartnersCapital", "MembersEquity"), *_ifrs("EquityAttributableToOwnersOfParent")),
            (*_us("StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest",
                  "PartnersCapitalIncludingPortionAttributableToNoncontrollingInterest"), *_ifrs("Equity")),
            _us("CommonStockholdersEquity"),
        ),
        also=("stockholders-equity", "shareholders-equity", "net-assets", "book-value"),
        is_not="Equity with minorities, which is `equity-with-minorities`.",
        limits="Group 2 contains the part of minorities, group 3 leaves preferred shares out.",
    ),
    StandardConcept(
        slug="equity-with-minorities", label="Equity with minorities", measure="money", holds="stock",
        meaning="Equity of the whole group, with the part that belongs to minority shareholders of subsidiaries.",
        groups=(
            (*_us("StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest",
                  "PartnersCapitalIncludingPortionAttributableToNoncontrollingInterest"), *_ifrs("Equity")),
            _us("StockholdersEquity", "PartnersCapital", "MembersEquity"),
        ),
        also=("total-equity", "equity-including-noncontrolling-interests"),
        is_not="What belongs to the shareholders of the company, which is `equity`.",
        limits="Group 2 is the same where there are no minorities. Redeemable minorities are in neither.",
    ),
    # -- cash flow statement
    StandardConcept(
        slug="operating-cash-flow", label="Operating cash flow", measure="money", holds="flow",
        meaning="Cash that the business brought in, after interest and taxes.",
        groups=(
            (*_us("NetCashProvidedByUsedInOperatingActivities"), *_ifrs("CashFlowsFromUsedInOperatingActivities")),
            _us("NetCashProvidedByUsedInOperatingActivitiesContinuingOperations"),
            _ifrs("CashFlowsFromUsedInOperations"),
        ),
        also=("cash-flow", "cash-from-operations", "operating-cash", "cfo"),
        is_not="Free cash flow, which is after `capital-expenditure`.",
        limits="Group 2 leaves discontinued operations out; group 3 may be before interest and taxes.",
    ),
    StandardConcept(
        slug="investing-cash-flow", label="Investing cash flow", measure="money", holds="flow",
        meaning="Cash from selling, less cash for buying, property, other companies and securities.",
        groups=(
            (*_us("NetCashProvidedByUsedInInvestingActivities"), *_ifrs("CashFlowsFromUsedInInvestingActivities")),
            _us("NetCashProvidedByUsedInInvestingActivitiesContinuingOperations"),
        ),
        also=("cash-from-investing", "cfi"),
        is_not="`capital-expenditure` alone.",
        limits="Group 2 leaves discontinued operations out.",
    ),
    StandardConcept(
        slug="financing-cash-flow", label="Financing cash flow", measure="money", holds="flow",
        meaning="Cash from lenders and shareholders, less what was repaid, distributed or bought back.",
        groups=(
            (*_us("NetCashProvidedByUsedInFinancingActivities"), *_ifrs("CashFlowsFromUsedInFinancingActivities")),
            _us("NetCashProvidedByUsedInFinancingActivitiesContinuingOperations"),
        ),
        also=("cash-from-financing", "cff"),
        is_not="Dividends or buybacks alone.",
        limits="Group 2 leaves discontinued operations out.",
    ),
    StandardConcept(
        slug="capital-expenditure", label="Capital expenditure", measure="money", holds="flow",
        meaning="Cash paid for property, plant and equipment; a positive number.",
        groups=(
            (*_us("PaymentsToAcquirePropertyPlantAndEquipment"),
             *_ifrs("PurchaseOfPropertyPlantAndEquipmentClassifiedAsInvestingActivities")),
            _us("PaymentsToAcquireProductiveAssets"),
        ),
        also=("capex", "capital-expenditures", "capital-spending", "purchases-of-property"),
        is_not="Property bought and not yet paid.",
        limits="Group 2 contains intangible and other productive assets.",
    ),
    # -- people
    StandardConcept(
        slug="employees", label="Employees", measure="people", holds="stock",
        meaning="How many people the company employs.",
        groups=((*_ifrs("NumberOfEmployees"), "dei:EntityNumberOfEmployees"), _ifrs("AverageNumberOfEmployees")),
        also=("headcount", "staff", "workforce", "number-of-employees"),
        is_not="Contractors.",
        limits="Companies that file with the SEC write the number in words, without a tag, so most have none.",
    ),
)  # fmt: skip

CONCEPTS: Mapping[str, StandardConcept] = {one.slug: one for one in STANDARD}


def concept_of(kind: str | None, subject: str) -> StandardConcept | None:
    """The standard concept that a question by this kind (None: any) and subject means; None if it means none."""
    return CONCEPTS.get(subject) if kind in {None, "metric"} else None
