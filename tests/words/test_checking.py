"""The identities, and the command that holds real filings against them."""

from decimal import Decimal

import pytest
from click.testing import CliRunner

from service.cli.commands import main
from service.words.identities import IDENTITIES, checks, partners_of
from tests.running import InProcess
from tests.words.real import FILERS, slug


def test_an_identity_tells_what_is_left_over() -> None:
    values = {"assets": Decimal(100), "liabilities": Decimal(60), "equity-with-minorities": Decimal(40)}
    (held,) = checks("assets", values)
    (broken,) = checks("assets", values | {"liabilities": Decimal(50)})
    assert (held.holds, held.residual) == (True, "0")
    assert (broken.holds, broken.residual) == (False, "10")
    assert checks("assets", {"assets": Decimal(100)}) == []
    assert partners_of("assets") == ["equity-with-minorities", "liabilities"]


def test_earnings_per_share_are_rounded() -> None:
    identity = next(one for one in IDENTITIES if one.per_share == "eps-basic")
    values = {
        "eps-basic": Decimal("0.67"),
        "weighted-shares-basic": Decimal(101_000_000),
        "net-income": Decimal(68_000_000),
    }
    near = identity.check(values)
    far = identity.check(values | {"net-income": Decimal(60_000_000)})
    assert near is not None
    assert near.holds
    assert far is not None
    assert not far.holds


def test_the_command_tells_coverage_and_violations(real: InProcess) -> None:
    said = CliRunner().invoke(
        main, ["concepts", "check", "--company", f"cik:{FILERS['Apple']}", "--database-url", real.dsn]
    )
    assert said.exit_code == 0, said.output
    coverage, counts, *violations = said.output.splitlines()
    assert coverage.startswith(
        f"{slug('Apple')}: 19 fiscal years; years with a value: revenue 19, cost-of-revenue 19"
    )
    held = int(counts.partition(": ")[2].split()[0])
    assert held > 200
    assert len(violations) < held / 20
    unknown = CliRunner().invoke(
        main, ["concepts", "check", "--company", "nobody", "--database-url", real.dsn]
    )
    assert unknown.exit_code == 1
    assert "there is no company nobody" in unknown.output


@pytest.mark.parametrize("identity", [one.text for one in IDENTITIES])
def test_an_identity_is_about_concepts_that_there_are(identity: str) -> None:
    one = next(one for one in IDENTITIES if one.text == identity)
    assert all(name in identity for name in one.concepts)
