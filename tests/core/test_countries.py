"""Names of countries and their codes."""

import pytest

from service.core.countries import countries, names_of_country, place_in_words


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("sales in china grew", [(2, "cn")]),
        ("the united states and hong kong", [(1, "us"), (2, "us"), (4, "hk"), (5, "hk")]),
        ("united", []),
        ("south korea", [(0, "kr"), (1, "kr"), (1, "kr")]),
        ("", []),
    ],
)
def test_words_that_name_countries(words: str, found: list[tuple[int, str]]) -> None:
    assert sorted(countries(words.split())) == found


@pytest.mark.parametrize(
    ("place", "words"),
    [("CN", "China"), ("US", "the United States"), ("NL", "the Netherlands"), ("latin-america", "latin america"), ("ZZ", "ZZ")],
)  # fmt: skip
def test_a_place_in_words(place: str, words: str) -> None:
    assert place_in_words(place) == words


def test_the_names_that_texts_write() -> None:
    assert names_of_country("GB") == ("United Kingdom", "UK", "Britain", "Great Britain", "British", "U.K.")
    assert names_of_country("CN") == ("China", "PRC", "Chinese")
    assert names_of_country("ZZ") == ()
