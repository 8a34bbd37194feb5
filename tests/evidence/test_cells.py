"""Numbers cited from the cells of tables of HTML."""

from tests.evidence.cell_table import CASES


def test_a_cell_supports_the_fact_of_its_row_and_column_alone() -> None:
    wrong = [
        (one.table, one.at, one.quantity, one.subject, one.period, found.numbers[0].reason)
        for one in CASES
        if (found := one.found()).verdict != one.verdict
    ]
    assert wrong == []
