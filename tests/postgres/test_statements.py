"""The reader of `.sql` files: names, comments, fragments that include others, and arrays hidden from the planner."""

from pathlib import Path

import pytest

from service.postgres.statements import Statements, planned_once


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Path:
    """An empty package that can be imported by the name of its folder."""
    made = tmp_path / f"sql_of_{abs(hash(request.node.name))}"
    made.mkdir()
    (made / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)  # pyright: ignore[reportUnknownMemberType]: of pytest
    return made


def read(package: Path, text: str, **more: str) -> Statements:
    (package / "one.sql").write_text(text)
    for name, other in more.items():
        (package / f"{name}.sql").write_text(other)
    return Statements(package.name)


def test_a_statement_has_its_name_its_comment_and_its_text(package: Path) -> None:
    statements = read(
        package,
        "-- name: head\n-- The last position\n-- of the log.\nselect position\nfrom log_head;\n\n"
        "-- name: one\n-- A number.\nselect 1;\n",
        other="-- name: two\n-- Another.\nselect 2;\n",
    )
    assert {name: (one.meaning, one.text) for name, one in statements.items()} == {
        "head": ("The last position of the log.", "select position\nfrom log_head"),
        "one": ("A number.", "select 1"),
        "two": ("Another.", "select 2"),
    }
    assert statements.sql("one") == "/* one */ select 1"


def test_a_statement_without_a_comment_is_none(package: Path) -> None:
    assert [*read(package, "-- name: bare\nselect 1;\n")] == []


def test_fragments_include_each_other_with_their_parameters(package: Path) -> None:
    statements = read(
        package,
        "-- name: whole\n-- All.\nselect {middle:of=f,at=$2} where {given};\n\n"
        "-- fragment: middle\n-- The middle.\n$of.a + {inner:at=$at,more=1}\n\n"
        "-- fragment: inner\n-- The inmost.\n$at - $more\n",
    )
    assert [*statements] == ["whole"]
    # a placeholder without a colon is the caller's
    assert statements["whole"].text == "select f.a + $2 - 1 where {given}"
    assert statements.fragment("inner", at="7", more="x") == "7 - x"
    assert statements.fragment("middle", of="f", at="7") == "f.a + 7 - 1"


def test_a_fragment_that_is_not_there_or_lacks_a_parameter_is_no_statement(package: Path) -> None:
    for text in ("{nowhere:}", "{inner:}"):
        with pytest.raises(KeyError):
            read(package, f"-- name: one\n-- One.\nselect {text};\n-- fragment: inner\n-- In.\n$at\n")


def test_constants_and_fragments_of_another_package_are_included(package: Path, tmp_path: Path) -> None:
    kernel = read(
        package, "-- fragment: theirs\n-- Of the kernel.\n1\n-- fragment: both\n-- Of the kernel.\n2\n"
    )
    other = tmp_path / f"{package.name}_beside"
    other.mkdir()
    (other / "__init__.py").touch()
    (other / "one.sql").write_text(
        "-- name: sum\n-- All.\nselect {theirs:} + {both:} + {limit:};\n-- fragment: both\n-- Its own.\n3\n"
    )
    statements = Statements(other.name, constants={"limit": "40"}, beside=kernel)
    assert statements["sum"].text == "select 1 + 3 + 40"  # its own before the other's
    assert [*statements] == ["sum"]


@pytest.mark.parametrize("other", ["name", "fragment"])
def test_a_name_stands_once_in_a_package(package: Path, other: str) -> None:
    with pytest.raises(ValueError, match="are named one"):
        read(package, "-- name: one\n-- One.\nselect 1;\n", two=f"-- {other}: one\n-- Again.\nselect 2;\n")


def test_arrays_that_are_unnested_are_hidden_from_the_planner_and_no_others() -> None:
    assert planned_once(
        "select from unnest($1::int[], $2::text[]) q where a = any ($3::int[]) and b = $4"
    ) == (
        "select from unnest((select $1::int[]), (select $2::text[])) q where a = any ($3::int[]) and b = $4"
    )
    once = planned_once("select unnest($1::int[])")
    assert planned_once(once) == once
