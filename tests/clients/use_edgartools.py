"""Asks edgartools for companies of a service that it takes for EDGAR, and prints what it says as JSON.

It is told of the service by EDGAR_DATA_URL and EDGAR_BASE_URL alone. Arguments: CIKs; then `--ticker` and a ticker
that only the service knows; then `--then`, the address that EDGAR_DATA_URL has in a second
pass, and CIKs that are asked for there.
"""

import json
import os
import sys
from importlib import import_module


def started_with(address: str) -> None:
    """Forget edgartools, and start it with an address as if in a new process: only the libraries below it stay loaded."""
    os.environ["EDGAR_DATA_URL"] = address
    for name in [name for name in sys.modules if name.partition(".")[0] == "edgar"]:
        del sys.modules[name]


def company(cik: int) -> dict:
    found = import_module("edgar").Company(cik)
    data = found.data
    business = data.business_address
    filings = found.get_filings()
    return {
        "name": found.name,
        "cik": found.cik,
        "tickers": found.tickers,
        "exchanges": found.get_exchanges(),
        "sic": found.sic,
        "industry": found.industry,
        "fiscal_year_end": found.fiscal_year_end,
        "state": data.state_of_incorporation,
        "former_names": data.former_names,
        "business_address": [business.street1, business.city, business.state_or_country, business.zipcode],
        "filings": [
            [accession, str(filed), form]
            for accession, filed, form in zip(
                filings.data["accession_number"].to_pylist(),
                filings.data["filing_date"].to_pylist(),
                filings.data["form"].to_pylist(),
                strict=True,
            )
        ],
    }


def facts(cik: int) -> dict | None:
    found = import_module("edgar").Company(cik).get_facts()
    if found is None:
        return None
    return {
        "name": found.name,
        "rows": [
            [
                fact.concept, fact.label, fact.unit, fact.value, fact.period_start and str(fact.period_start),
                str(fact.period_end), fact.accession, fact.fiscal_year, fact.fiscal_period, fact.form_type,
                str(fact.filing_date),
            ]
            for fact in found.get_all_facts()
        ],
        "statements": {
            "income": statement(found.income_statement(periods=4, period="annual", as_dataframe=True)),
            "balance": statement(found.balance_sheet(periods=4, period="annual", as_dataframe=True)),
        },
    }  # fmt: skip


def statement(table) -> dict[str, dict[str, float]]:
    """The values of a statement by concept and column, such as `FY 2024`; what is empty is left out."""
    columns = [column for column in table.columns if column.startswith("FY ")]
    return {
        concept: {column: row[column] for column in columns if row[column] == row[column]}
        for concept, row in table.iterrows()
    }


def main() -> None:
    now, then = " ".join(sys.argv[1:]).split(" --then ")
    *ciks, _, ticker = now.split()
    address, *earlier = then.split()
    print(json.dumps({**asked([*map(int, ciks)], ticker), "then": asked_then([*map(int, earlier)], address)}))


def asked_then(ciks: list[int], address: str) -> dict:
    started_with(address)
    named = import_module("edgar").Company
    known = [cik for cik in ciks if not named(cik).not_found]
    return {"companies": {cik: company(cik) for cik in known}, "facts": {cik: facts(cik) for cik in ciks}}


def asked(ciks: list[int], ticker: str) -> dict:
    named = import_module("edgar").Company
    tickers = import_module("edgar.reference.tickers")
    listed = tickers.get_company_ticker_name_exchange()
    funds = tickers.get_mutual_fund_tickers()
    return {
        "companies": {cik: company(cik) for cik in ciks if not named(cik).not_found},
        "facts": {cik: facts(cik) for cik in ciks},
        "ticker": tickers.find_company_cik(ticker),
        "listed": [
            [None if isinstance(cell, float) else cell for cell in row] for row in listed.values.tolist()
        ],
        "funds": funds.values.tolist(),
    }


main()
