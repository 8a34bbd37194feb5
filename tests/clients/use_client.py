"""The generated Python client at work: what docs/clients.md shows, as a program. Arguments: base URL, key."""

import datetime as dt
import sys
import time
import uuid

from companyfacts_client import AuthenticatedClient, Client
from companyfacts_client.api.companies import get_company
from companyfacts_client.api.facts import assert_fact, list_company_facts, look_up_fact
from companyfacts_client.models import (
    AssertStatement,
    AssertStatementKind,
    Cite,
    Company,
    FactPage,
    LookUpFactKind,
    MarketShare,
    Problem,
    Statement,
    StatementValue,
)
from companyfacts_client.types import UNSET, Unset


def main(base: str, key: str, limited: str) -> None:
    client = Client(base_url=base)
    company = get_company.sync("ticker:BABA", client=client)
    assert isinstance(company, Company)
    print("company", company.slug)

    share = look_up_fact.sync(
        client=client,
        company="alibaba-cloud",
        kind=LookUpFactKind.MARKET_SHARE,
        subject="ai-cloud",
        known_at=dt.date(2025, 12, 31),
    )
    assert isinstance(share, MarketShare)
    print("share", share.value.share.value, share.value.share.unit, share.evidence.value)

    cursor: str | Unset = UNSET
    seen = 0
    while True:
        page = list_company_facts.sync("many-facts", client=client, limit=100, cursor=cursor)
        assert isinstance(page, FactPage)
        seen += len(page.items)
        if page.next_ is None:
            break
        cursor = page.next_
    print("facts", seen)

    source = share.citations[-1].source.id
    statement = AssertStatement(
        kind=AssertStatementKind.STATEMENT,
        company="alibaba-cloud",
        subject=f"client-{uuid.uuid4().hex[:8]}",
        value=StatementValue(text="said through a generated client"),
        known_at=dt.date(2025, 12, 31),
        citations=[Cite(source=source)],
    )
    writer = AuthenticatedClient(base_url=base, token=key)
    written = assert_fact.sync(client=writer, body=statement)
    assert isinstance(written, Statement)
    print("asserted", written.version, written.status.value)

    refused = look_up_fact.sync(
        client=client, company="alibaba", kind=LookUpFactKind.MARKET_SHARE, subject="ai-cloud"
    )
    assert isinstance(refused, Problem)
    print("problem", refused.status, refused.type_)

    few = Client(base_url=limited)
    for _ in range(50):
        answer = get_company.sync_detailed("alibaba", client=few)
        if answer.status_code == 429:
            time.sleep(int(answer.headers["Retry-After"]))
            again = get_company.sync_detailed("alibaba", client=few)
            print("retried", int(again.status_code))
            return
    raise AssertionError("no limit was met")


main(*sys.argv[1:4])
