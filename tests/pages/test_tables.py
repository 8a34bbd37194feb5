"""The pieces of a text in the cells of its tables."""

from hypothesis import given, settings
from hypothesis import strategies as st

from service.core.html_tables import Cell, tables
from service.pages.passages import Mark
from service.pages.tables import Block, ShownCell, blocks
from tests.core.test_html_tables import pages, table, text_of
from tests.effort import examples

NO_CELL = Cell(0, 0, 1, 1, False)


def cells(block: Block) -> list[ShownCell]:
    if block.table is None:
        return []
    caption = [] if block.table.caption is None else [block.table.caption]
    return caption + [cell for row in block.table.rows for cell in row]


def shown(text: str, page: str, marks: list[Mark], first: int, last: int) -> list[Block]:
    return blocks(text, marks, tables(page, text, first, last), first, last)


@given(pages(), st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=4), st.data())
@settings(max_examples=examples(200))
def test_each_character_and_each_mark_is_shown_once(
    page: str, places: list[tuple[int, int]], data: st.DataObject
) -> None:
    text = text_of(page)
    first = data.draw(st.integers(0, len(text)))
    last = data.draw(st.integers(first, len(text)))
    marks = [Mark(start, start + size, "passage", "/facts/1") for start, size in places]
    found = shown(text, page, marks, first, last)
    words, marked, begun = "", "", list[int]()
    for block in found:
        for part in cells(block) if block.table else [ShownCell(NO_CELL, "", block.places, block.pieces)]:
            words += part.before
            marked += " " * len(part.before)
            begun += part.places
            for piece in part.pieces:
                words += piece.text
                marked += ("m" if piece.passage else ".") * len(piece.text)
                begun += [piece.start] * piece.begins
    assert words == text[first:last]
    inside = [one for one in marks if one.start < last and one.end > first]
    for at, is_marked in enumerate(marked, first):
        if is_marked != " ":
            assert (is_marked == "m") == any(one.start <= at < one.end for one in inside), at
    assert sorted(begun) == sorted({one.start for one in inside if first <= one.start})


def test_signs_of_numbers_stand_at_the_right() -> None:
    page = table("<th>Costs</th><th></th><th>2024</th>", "<td>of 2 sorts</td><td>$</td><td>(1,200.5)</td>")
    text = text_of(page)
    (_, one, _) = shown(text, page, [], 0, len(text))
    assert [cell.is_number for cell in cells(one)] == [False, False, True, False, True, True]
