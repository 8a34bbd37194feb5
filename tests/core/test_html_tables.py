"""The tables of HTML pages, found at the places of their words in the extracted text."""

import gzip
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.core import html_tables
from service.core.html_tables import Cell, Table, tables
from service.core.sources import Snapshot, snapshot, tables_of
from tests.edgar_files import FOLDER
from tests.effort import examples

REPORTS = FOLDER.parent / "xbrl"


def text_of(page: str) -> str:
    """The text that is extracted when a page is archived."""
    return snapshot(page.encode(), "text/html", "utf-8").text


def found(page: str, first: int = 0, last: int | None = None) -> tuple[str, list[Table]]:
    text = text_of(page)
    return text, tables(page, text, first, len(text) if last is None else last)


def told(page: str, **part: Any) -> list[list[list[str]]]:
    """The words of each cell of each row of each table; a cell that spans says how much."""
    text, shown = found(page, **part)

    def words(cell: Cell) -> str:
        spans = f" {cell.columns}x{cell.rows}" if (cell.columns, cell.rows) != (1, 1) else ""
        return ("# " if cell.is_head else "") + text[cell.start : cell.end] + spans

    return [[[words(cell) for cell in row] for row in table.rows] for table in shown]


def table(*rows: str, inside: str = "") -> str:
    return f"<table{inside}>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


YEARS = "<th></th><th>2024</th><th>2023</th>"
SALES = "<td>Net <b>sales</b></td><td>391,035</td><td>383,285</td>"


def test_cells_stand_at_their_words() -> None:
    page = f"<p>Sales, 2024:</p>{table(YEARS, SALES)}<p>391,035 was most.</p>"
    assert told(page) == [[["", "# 2024", "# 2023"], ["Net sales", "391,035", "383,285"]]]
    text, (one,) = found(page)
    assert text[: one.start] == "Sales, 2024:\n\n"  # not the year and the number of the sentences
    assert text[one.end :] == "\n\n391,035 was most."


def test_columns_and_rows_without_words_are_left_out() -> None:
    page = table(
        "<td></td><td> </td><td colspan=3>2024</td><td></td><td colspan=3>2023</td>",
        "<td></td>",
        "<td>Cost</td><td></td><td>$</td><td>(210</td><td>)</td><td></td><td>$</td><td>(214</td><td>)</td>",
        "<td>Tax</td><td></td><td colspan=2>29</td><td></td><td></td><td colspan=2>16</td><td>&nbsp;</td>",
    )
    assert told(page) == [
        [
            ["", "2024 3x1", "2023 3x1"],
            ["Cost", "$", "(210", ")", "$", "(214", ")"],
            ["Tax", "29 2x1", "", "16 2x1"],
        ]
    ]


def test_spans_hold_their_slots() -> None:
    page = table(
        "<th rowspan=2>Segment</th><th colspan=2>Sales</th>",
        "<th>2024</th><th>2023</th>",
        "<td rowspan=0>Cloud</td><td>1</td><td>2</td>",
        "<td>3</td><td colspan=9>4</td>",
    )
    assert told(page) == [
        [
            ["# Segment 1x2", "# Sales 2x1"],
            ["# 2024", "# 2023"],
            ["Cloud 1x2", "1", "2"],
            ["3", "4"],
        ]
    ]


def test_a_part_has_the_rows_that_are_in_it() -> None:
    page = table(YEARS, SALES, "<td>Services and more</td><td>96,169</td><td>85,200</td>")
    text, _ = found(page)
    at = text.index("and more")
    assert told(page, first=at) == [[["and more", "96,169", "85,200"]]]
    assert told(page, last=at) == [
        [["", "# 2024", "# 2023"], ["Net sales", "391,035", "383,285"], ["Services "]]
    ]
    assert told(page, first=len(text)) == []


def test_the_caption_comes_first() -> None:
    text, (one,) = found(table(YEARS, SALES).replace("<table>", "<table><caption>In millions</caption>"))
    assert one.caption is not None
    assert text[slice(*one.caption)] == "In millions"
    assert one.start == 0


@pytest.mark.parametrize(
    "page",
    [
        table(SALES),
        table("<td>a</td>", "<td>b</td>"),
        table(YEARS, SALES, inside=" role=presentation"),
        table(YEARS, SALES).replace("</table>", "words outside cells</table>"),
        table(YEARS, SALES).replace("</table>", "<caption>at the end</caption></table>"),
        "<table><td>a</td><td>b</td><td>c</td></table>",
        "<td>a</td><td>b</td>",
        "",
    ],
    ids=[
        "one row",
        "one column",
        "arranges",
        "words outside",
        "a caption at the end",
        "no rows",
        "no table",
        "nothing",
    ],
)
def test_what_is_no_whole_table_is_text(page: str) -> None:
    assert found(page)[1] == []


def test_of_tables_in_tables_the_innermost_are_found() -> None:
    inner = table(YEARS, SALES)
    page = table(f"<td>Left</td><td>{inner}</td>", "<td>a</td><td>b</td>")
    assert told(page) == told(inner)


def test_a_text_that_is_not_of_the_page_has_none() -> None:
    page = table(YEARS, SALES)
    text = text_of(page)
    assert tables(page, text, 0, len(text))
    for other in (text.replace("391,035", "391,036"), "More. " + text, text[:20]):
        assert tables(page, other, 0, len(other)) == []


def test_an_archived_page_is_decoded_as_it_was() -> None:
    page = table("<th>Année</th><th>2024</th>", "<td>Bénéfice</td><td>5 €</td>")
    archived = snapshot(page.encode("windows-1252"), "text/html", "windows-1252")
    assert archived.text.startswith("Année")
    assert len(tables_of(None, (archived, 0, archived.size))) == 1
    undecodable = Snapshot(b"\xff", "text/html", "text", "an older one")
    assert tables_of(None, (undecodable, 0, 4)) == []


ROWS = 260


@pytest.mark.parametrize(
    "page",
    [
        table(*["<td colspan=1000 rowspan=65534>a</td>" * 50] * ROWS),
        table(*[f"<td colspan={n + 1}></td><td>a</td>" for n in range(ROWS)]),
        table(*["<td>a</td>" * 200] * ROWS),
        "<table><tr><td>" * 5000 + "a",
        "<div>" * 5000 + table(YEARS, SALES),
        table(*["<td rowspan=9999999999999999>a</td><td colspan=-1>b</td><td colspan=x>c</td>"] * 3),
    ],
    ids=["spans", "a diagonal", "many cells", "deep tables", "deep", "odd spans"],
)
def test_hostile_pages_are_bounded(page: str) -> None:
    _, shown = found(page)
    assert sum(cell.columns * cell.rows for one in shown for row in one.rows for cell in row) <= 50_000


def test_nothing_is_read_after_so_many_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    page = table(YEARS, SALES) + table(*[SALES] * 4)
    both = told(page)
    monkeypatch.setattr(html_tables, "_CELLS", 20)
    assert told(page) == both[:1]  # of the 24 rows and cells of both
    monkeypatch.setattr(html_tables, "_CELLS", 24)
    assert told(page) == both


WORDS = st.sampled_from(
    ["", " ", "12", "(3", ")", "$", "Net sales", "a<br>b", "<p>c</p>", "&nbsp;", "é", "<", "%"]
)
CELL = st.builds(
    "<{0}{1}{2}>{3}</{0}>".format,
    st.sampled_from(["td", "th"]),
    st.sampled_from(["", " colspan=2", " colspan=3", " colspan=0"]),
    st.sampled_from(["", " rowspan=2", " rowspan=0"]),
    WORDS,
)
BROKEN = st.sampled_from(
    ["<td>open", "<tr>", "</tr>", "words", "<table>", "</table>", "<div>", "</td>", "<script>1</script>"]
)


def pages() -> st.SearchStrategy[str]:
    """Pages with tables, whole and broken."""
    row = st.lists(CELL | CELL | CELL | BROKEN, max_size=5).map(lambda cells: f"<tr>{''.join(cells)}</tr>")
    one = st.lists(row, max_size=5).map(lambda rows: f"<table>{''.join(rows)}</table>")
    return st.lists(one | WORDS, max_size=4).map("".join)


@given(pages(), st.integers(0, 40), st.integers(0, 40))
@settings(max_examples=examples(200))
def test_cells_follow_each_other_and_leave_no_word_out(page: str, first: int, more: int) -> None:
    text = text_of(page)
    last = min(len(text), first + more)
    for one in tables(page, text, first, last):
        places = [(cell.start, cell.end) for row in one.rows for cell in row if cell.start < cell.end]
        places = ([one.caption] if one.caption else []) + places
        assert first <= one.start == places[0][0]
        assert places[-1][1] == one.end <= last
        for (_, end), (start, _) in pairwise(places):
            assert not text[end:start].strip(" \n")
        for row in one.rows:
            assert sum(cell.columns for cell in row) <= 1000


@pytest.mark.skipif(not REPORTS.exists(), reason="the reports are not there")
def test_a_balance_of_a_real_report() -> None:
    page = gzip.decompress((REPORTS / "aapl-20240928.htm.gz").read_bytes()).decode()
    text, shown = found(page)
    rows = [[text[cell.start : cell.end] for cell in row] for one in shown for row in one.rows]
    assert ["Total assets", "$", "364,980", "$", "352,583"] in rows
    assert len(shown) > 50
