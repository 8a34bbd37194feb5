"""`POST /v1/readings`: the quantities of a text, with their places."""

from typing import Any

import pytest

from tests.bodies import source
from tests.running import InProcess

TEXT = (
    "Revenue rose 12% to $5.2 billion. It employs about 300 people and made 40 to 50 cents a share in 2024."
)


def read(api: InProcess, **body: Any) -> dict[str, Any]:
    answer = api.post("/v1/readings", body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_each_quantity_stands_where_it_says(api: InProcess) -> None:
    items = read(api, text=TEXT)["items"]
    assert [TEXT[one["start"] : one["end"]] for one in items] == [one["text"] for one in items]
    percent, money, people, share = (one["quantity"] for one in items)
    assert percent == {"unit": "percent", "value": "12", "sense": "increase"}
    assert (money["value"], money["decimals"], money["unit"]) == ("5200000000", -8, "$")
    assert (people["value"], people["unit"], people["bound"]) == ("300", "people", "about")
    assert (share["low"], share["high"]) == ("0.40", "0.50")
    assert share["unit"].endswith("/shares")
    assert {one["language"] for one in items} == {"en"}


def test_languages_are_told_and_what_has_no_words_here_is_not_read(api: InProcess) -> None:
    german = read(api, text="Der Umsatz stieg um 6,1 Prozent auf 11,92 Milliarden Euro.")["items"]
    assert [(one["language"], one["quantity"]["value"]) for one in german][-1] == ("de", "11920000000")
    assert read(api, text="De winst kromp met 9% ten opzichte van het vorige jaar.")["items"] == []


def test_pages_go_on_where_the_last_ended(api: InProcess) -> None:
    whole = read(api, text=TEXT)["items"]
    found: list[dict[str, Any]] = []
    cursor: dict[str, Any] = {}
    while True:
        page = read(api, text=TEXT, limit=1, **cursor)
        found += page["items"]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert found == whole
    other = api.post("/v1/readings", {"text": "Another 5%.", **cursor})
    assert other.status_code == 400


def test_a_part_of_a_source_is_read_with_the_places_of_the_whole(api: InProcess) -> None:
    recorded = api.made("/v1/sources", source(TEXT))["id"]
    whole = read(api, text=TEXT)["items"]
    assert read(api, source=recorded)["items"] == whole
    start = TEXT.index("It employs")
    assert read(api, source=recorded, start=start)["items"] == whole[2:]
    withheld = api.made("/v1/sources", source("Only 7% here.", redistribute=False))["id"]
    assert api.post("/v1/readings", {"source": withheld}).status_code == 403


def test_the_language_of_a_source_reads_what_is_too_short_to_tell(api: InProcess) -> None:
    recorded = api.made("/v1/sources", source("Nordwerk: 11,92 Mrd. €", language="de-CH"))["id"]
    (one,) = read(api, source=recorded)["items"]
    assert (one["language"], one["quantity"]["value"]) == ("de", "11920000000")
    assert read(api, source=recorded, language="en")["items"] != [one]
    assert read(api, text="Nordwerk: 11,92 Mrd. €")["items"] != [one]
    page = '<html lang="de-CH"><p>Nordwerk: 11,92 Mrd. €</p></html>'
    assert read(api, text=page, media_type="text/html")["items"][0]["language"] == "de"


def test_html_is_read_as_its_text(api: InProcess) -> None:
    (one,) = read(api, text="<p>Revenue rose <b>12%</b>.</p>", media_type="text/html")["items"]
    assert one["text"] == "12%"


def test_a_long_text_is_read_in_another_process(api: InProcess) -> None:
    items = read(api, text="Nothing is said here. " * 4_000 + TEXT)["items"]
    assert [one["text"] for one in items] == [one["text"] for one in read(api, text=TEXT)["items"]]


REFUSED: list[tuple[dict[str, Any], int]] = [
    ({}, 400),
    ({"text": "a", "source": f"sha256:{'0' * 64}"}, 400),
    ({"source": f"sha256:{'0' * 64}"}, 404),
    ({"text": "a", "start": 0}, 422),
    ({"text": ""}, 400),
    ({"text": "a\x00"}, 400),
    ({"text": "a", "limit": 0}, 400),
    ({"text": "a", "cursor": "abc"}, 400),
    ({"text": "a", "language": "english"}, 400),
    ({"text": "a", "media_type": "application/pdf"}, 400),
]


@pytest.mark.parametrize(("body", "status"), REFUSED)
def test_what_cannot_be_read_is_refused(api: InProcess, body: dict[str, Any], status: int) -> None:
    answer = api.post("/v1/readings", body)
    assert answer.status_code == status, answer.text
    assert answer.json()["detail"]


@pytest.mark.parametrize(("start", "end"), [(5, 5), (6, 5), (0, 10_000), (500, 600)])
def test_a_part_that_is_none_is_refused(api: InProcess, start: int, end: int) -> None:
    recorded = api.made("/v1/sources", source(TEXT))["id"]
    answer = api.post("/v1/readings", {"source": recorded, "start": start, "end": end})
    assert answer.status_code == 422, answer.text
