"""The fuzzer's hooks: what they make of the requests that Schemathesis draws."""

import json
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import Phase, find, settings
from hypothesis import strategies as st

from tests.contract.hooks import EDGAR, mixed

DOCUMENT = Path(__file__).resolve().parents[2] / "openapi" / "openapi.json"
FRAME = "getEdgarFrame"


@pytest.mark.parametrize("wanted", list(product(("good", "made up"), repeat=3)))
def test_each_parameter_is_good_or_made_up_on_its_own(wanted: tuple[str, ...]) -> None:
    names = ("taxonomy", "tag", "unit")
    made_up = st.fixed_dictionaries({name: st.just("made up") for name in names})
    good = st.fixed_dictionaries({name: st.just("good") for name in names})
    asked = dict(zip(names, wanted, strict=True))
    assert find(mixed(made_up, good), lambda drawn: drawn == asked) == asked


def test_what_is_wrong_on_purpose_stays_as_it_is() -> None:
    wrong = object()  # Schemathesis wraps what it breaks on purpose
    assert find(mixed(st.just(wrong), st.just({"a": 1})), lambda _: True) is wrong


@pytest.fixture(scope="module")
def frames() -> Any:
    """What Schemathesis draws requests for a frame from; making it takes longer than drawing."""
    schema: Any = schemathesis.openapi.from_dict(json.loads(DOCUMENT.read_text()))
    return schema.find_operation_by_id(FRAME).as_strategy()


@pytest.mark.parametrize("made_up", list(EDGAR[FRAME]))
def test_a_frame_is_asked_for_with_one_parameter_made_up_and_the_others_good(
    frames: Any, made_up: str
) -> None:
    good = {
        "taxonomy": {"us-gaap"},
        "tag": {"Assets", "Revenues", "NetIncomeLoss"},
        "unit": {"USD"},
        "file": {"CY2023Q4I.json", "CY2023.json", "CY2022Q3.json"},
    }

    def fits(case: Any) -> bool:
        given = case.path_parameters
        return all((given.get(name) in known) == (name != made_up) for name, known in good.items())

    # the first that fits will do: to look for the simplest takes twenty times as long
    drawn = settings(max_examples=5000, deadline=None, phases=[Phase.generate])
    assert fits(find(frames, fits, settings=drawn))
