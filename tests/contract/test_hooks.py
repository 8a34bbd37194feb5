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


def test_a_frame_is_asked_for_with_each_parameter_made_up_and_the_others_good() -> None:
    good = {
        "taxonomy": {"us-gaap"},
        "tag": {"Assets", "Revenues", "NetIncomeLoss"},
        "unit": {"USD"},
        "file": {"CY2023Q4I.json", "CY2023.json", "CY2022Q3.json"},
    }

    left = set(EDGAR[FRAME])

    def none_is_left(case: Any) -> bool:
        given = case.path_parameters
        made_up = [name for name, known in good.items() if given.get(name) not in known]
        if len(made_up) == 1:
            left.difference_update(made_up)
        return not left

    schema: Any = schemathesis.openapi.from_dict(json.loads(DOCUMENT.read_text()))
    frames = schema.find_operation_by_id(FRAME).as_strategy()
    # the first case after which none is left will do: to look for the simplest takes twenty times as long
    find(frames, none_is_left, settings=settings(max_examples=5000, deadline=None, phases=[Phase.generate]))
    assert left == set()
