"""Reading a text costs at most four times as much for each byte as reading prose, whatever the text is.

Work is counted as lines of the service's code that are executed, so that it does not depend on the machine.
"""

import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from service.core.citations import TextQuote
from service.core.errors import Invalid
from service.core.kinds.metric import MetricValue
from service.core.passages import Passage, resolve
from service.core.quantities import Quantity
from service.evidence import check as evidence
from service.evidence.about import About
from service.evidence.owners.rules import of_another
from service.evidence.reading import budget
from service.evidence.support import Setting, weigh

ROOT = Path(__file__).resolve().parents[2]
SERVICE = f"{ROOT / 'service'}/"
BRIEFING = (ROOT / "service" / "sample" / "briefing.txt").read_text(encoding="utf-8")
LENGTHS = 12_000, 20_000  # characters
# With a budget that gives less to texts of any length, shorter texts are enough.
ANYWHERE, SHORTER = 150, (1_500, 2_700)
TIMES = 4
HOSTILE = (
    "5% ", "5 ", "1,234 ", "$5 ", "US$1 ", "€5,", "5bn ", "5 million ", "five million ", "$1,234 ", "-5% ", "(5)",
    "(5) ", "1-", "5–6 to ", "5,5 ", "5.5.5 ", "1", "1.", "1\u0301", "1\u200b", "\u0661", "５ ", "5\u00a0% ", "5* ",
    "5% \n", "5%.\n", "5%. ", "$", "$ ", "%", "(", ")", "((5", "([{", "-", "--- ", "'", "a'", "*", "x", "x ", "a ",
    "\n", "\n(", " ", "\t", "\u00a0", "\u200b", "\u00ad", "more than 5% ", "up to 5% ", "fell by 5% to $5 million ",
    "rose 5% ", "not 5% ", "5 users ", "users reached 5, ", "between 5 and ", "from 1 to ", "two hundred and ",
    "half a ", "a third of ", "No. 1 ", "5th ", "first place ", "5-year ", "eighth straight quarter ",
    "double-digit growth ", "doubled ", "loss, was $5 ", ", was $5 ", "loss of $5, excluding 5, was ", "denied 5 ",
    "' 5  a takes ", "m four and", "per the 5 ", "in thousands\n5 ", "(in millions)\n1,234\n", "in ", "in  \n",
    "May 5 ", "2024 ", "U.S. ", "阿里5%。", "Umsatz 5%. Revenue 5%. ", "to $ 5,5 ", "to one ", "one - ",
    # the worst of some thousands of random combinations of each language's words
    "der 5% ", "von 5% ", "mit 5% 5% 5 % ", "5% 5, von ", "um 5 % auf 5 % ", "5 % bis 8 % ", "bp haben 5 % ",
    "d' 5% ", "5% s' 5 % ", "à 5% d'un ", "5 % de tous ", "entre 5 et 8 % ", "de sus 5 % ", "de sus las 5% ",
    "entre 5 y 8 % ", "de 5 € a 8 € ", "从5 %", "份额5%%", "每股多5%", "5%至8%", "5 %は", "5%増益", "のと5 %", "5%から8%",
    # sentences of several languages: each language has its budget, for the length of its own sentences
    "der 5% 5% mit 5%\nthe 5% of 5% 5%\n", "der 5%\nla de 5%\n", "从5 %\nthe 5%\n", "5% 5%\nder 5% ist\nзавод 5%\n",
)  # fmt: skip


def checked(text: str, unit: str) -> None:
    """Check a whole text for a number that it does not give."""
    value = MetricValue(quantity=Quantity(value="37.25", unit=unit))
    evidence.check(value, Passage(text, 0, text), About(names=["Acme Inc."], subject="revenue"))


def quoted(text: str, words: str) -> None:
    """Look for a quote that the text does not have."""
    with pytest.raises(Invalid):
        resolve(TextQuote(exact=words), text, public=True)


def work(done: Callable[[str, str], None], text: str, asked: str) -> int:
    """The lines of the service that run."""
    lines = 0

    def inside(_frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal lines
        lines += event == "line"
        return inside

    def entered(frame: FrameType, _event: str, _argument: Any) -> Any:
        return inside if frame.f_code.co_filename.startswith(SERVICE) else None

    before = sys.gettrace()
    sys.settrace(entered)
    try:
        done(text, asked)
    finally:
        sys.settrace(before)
    return lines


def cost(
    done: Callable[[str, str], None],
    piece: str,
    asked: str,
    lengths: tuple[int, int] = LENGTHS,
    opening: str = "",
) -> float:
    """The work for each further byte of a text that repeats a piece."""
    done(opening + piece, asked)  # what is made once is not counted
    shorter, longer = (opening + piece * (length // len(piece)) for length in lengths)
    more = work(done, longer, asked) - work(done, shorter, asked)
    return more / (len(longer.encode()) - len(shorter.encode()))


@cache
def prose(done: Callable[[str, str], None], asked: str) -> float:
    return cost(done, BRIEFING, asked)


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_costs_more_than_four_times_what_prose_costs(
    piece: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budget, "ANYWHERE", ANYWHERE)
    unit = "USD" if "$" in piece else "users" if "users" in piece else "percent"
    assert cost(checked, piece, unit, SHORTER) <= TIMES * prose(checked, "percent")


@pytest.mark.parametrize(
    ("opening", "piece"),
    [
        ("Der Verlust sank um 1 Mio. Euro ", "auf 2 Mio. Euro "),
        ("La perte a diminué de 1 million d'euros ", "à 2 millions d'euros "),
        ("亏损减少1亿元", "至2亿元"),
    ],
)
def test_what_opens_a_long_sentence_is_not_looked_for_at_each_number(opening: str, piece: str) -> None:
    assert cost(checked, piece, "EUR", opening=opening) <= TIMES * prose(checked, "percent")


WORDS = "Alibaba has the a b of 5 and in x"


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_costs_more_to_look_for_a_quote_than_four_times_what_prose_costs(piece: str) -> None:
    assert cost(quoted, piece, WORDS) <= TIMES * prose(quoted, WORDS)


def test_one_letter_in_a_million_is_not_counted_to_the_end() -> None:
    letters = "a" * 1_000_000
    with pytest.raises(Invalid, match="occur more than 10000 times, at 0–1, 1–2, ") as refused:
        resolve(TextQuote(exact="a"), letters, public=True)
    assert len(refused.value.detail) < 500
    found, _ = resolve(TextQuote(exact="a", start=5000), letters, public=True)
    assert found == TextQuote(exact="a", start=5000, end=5001)
    found, _ = resolve(TextQuote(exact="a", start=500_000), letters, public=True)
    assert found == TextQuote(exact="a", start=500_000, end=500_001)


def test_what_stands_around_is_looked_through_once_for_all_readings(monkeypatch: pytest.MonkeyPatch) -> None:
    from service.evidence import support

    text = "It paid $5, ¥5 and 5 kr. " * 400
    readings = support_readings(text)
    searched = 0

    class Counting:
        def __init__(self, pattern: Any) -> None:
            self._pattern = pattern

        def search(self, around: str) -> Any:
            nonlocal searched
            searched += len(around)
            return self._pattern.search(around)

        def findall(self, around: str) -> Any:
            nonlocal searched
            searched += len(around)
            return self._pattern.findall(around)

    for name in ("_ANY_OTHER_DOLLAR", "_DECLARED", "_SAYS_YEN", "_SAYS_YUAN"):
        monkeypatch.setattr(support, name, Counting(getattr(support, name)))
    crowns = {code: Counting(pattern) for code, pattern in support._NATIONS["kr"].items()}  # pyright: ignore[reportPrivateUsage]: what is counted
    monkeypatch.setitem(support._NATIONS, "kr", crowns)  # pyright: ignore[reportPrivateUsage]: what is counted
    for unit in ("USD", "CAD", "CNY", "JPY", "SEK"):
        number = evidence.numbers(MetricValue(quantity=Quantity(value="7", unit=unit)))[0]
        for reading in readings:
            weigh(number, reading, Setting(text, "revenue"))
    assert searched <= 10 * len(text)


def support_readings(text: str) -> list[Any]:
    from service.evidence.reading.reader import read

    found = list(read(text))
    assert len(found) > 300
    return found


@pytest.mark.parametrize("piece", ["( \n", "(\n", "in thousands\n\n", "(in  \n", "in a \n"])
def test_heads_of_tables_are_looked_for_in_linear_time(piece: str) -> None:
    """A regular expression runs in C, where no lines are counted: this took hours before it was mended."""
    from service.evidence.reading import tables

    assert tables.scale_in_header(f"({piece[1:] * 60_000} thousand") is False


def test_a_number_that_a_quote_repeats_is_asked_for_a_few_times_what_it_is_of(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = 0

    def counted(*arguments: Any) -> str | None:
        nonlocal asked
        asked += 1
        return of_another(*arguments)

    monkeypatch.setattr(evidence, "of_another", counted)
    text = "staff of 5,000,000, " * 200
    value = MetricValue(quantity=Quantity(value="5000000", unit="employees"))
    found = evidence.check(
        value, Passage(text, 0, text), About(names=["Acme Inc."], subject="online-revenue")
    )
    assert found.verdict == "unsupported"
    assert asked == evidence.MOST_AGREEING
