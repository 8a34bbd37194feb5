"""The state of an import: which entry a line is."""

from hypothesis import given
from hypothesis import strategies as st

from service.core.requests import Feed


def test_a_line_is_the_first_entry_that_says_so_after_that_of_the_line_before() -> None:
    feed = Feed()
    assert feed.recorded("company", "acme", [3, 9]) == 3
    feed.stands("company", "acme", 3)
    assert feed.recorded("company", "acme", [5]) == 5
    feed.stands("company", "acme", 5)
    assert feed.recorded("company", "acme", [3, 9]) == 9  # the name was changed back
    feed.stands("company", "acme", 9)
    assert feed.recorded("company", "acme", [3, 9]) is None  # what follows is new
    assert feed.recorded("concept", "acme", [3, 9]) == feed.recorded("company", "other", [3, 9]) == 3


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=12))
def test_a_log_that_is_imported_again_finds_each_of_its_entries(log: list[str]) -> None:
    changes = [name for at, name in enumerate(log) if at == 0 or log[at - 1] != name]
    feed = Feed()
    found: list[int | None] = []
    for name in changes:
        said = [position for position, one in enumerate(changes, 1) if one == name]
        found.append(feed.recorded("company", "acme", said))
        feed.stands("company", "acme", found[-1] or 0)
    assert found == list(range(1, len(changes) + 1))
