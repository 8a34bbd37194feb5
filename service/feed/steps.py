"""What an entry of a fact changed: its class, and the fact's main quantity before and after it. No I/O."""

from msgspec import UNSET, UnsetType, structs

from service.core import differences, history
from service.core.citations import Verdict
from service.core.differences import StepClass
from service.core.history import Times
from service.core.log import Entry
from service.core.quantities import Quantity
from service.core.states import FactState


def with_step(entry: Entry, state: FactState) -> Entry:
    """The entry of a fact with its class, and the main quantities that the fact answered before and after it."""
    return structs.replace(
        entry,
        change=step_of(entry, state),
        before=_answered(state, entry.position - 1),
        after=_answered(state, entry.position),
    )


def step_of(entry: Entry, state: FactState) -> StepClass:
    """The class of an entry of a fact. Depends on nothing that was recorded after it."""
    if entry.type == "evidence":
        return "evidence"
    for version in (*state.versions, *state.retractions):
        if version.version == entry.version:
            earlier = [one for one in state.versions if one.version < version.version]
            return differences.classify(version, earlier)
    raise LookupError(f"the fact {state.id} has no version {entry.version}")


def verdict_of(entry: Entry, state: FactState) -> Verdict | None:
    """The verdict of the check that an entry recorded; None for a retraction, which is not checked."""
    for version in state.versions:
        if version.version == entry.version:
            return version.check(entry.position).verdict
    return None


def _answered(state: FactState, position: int) -> Quantity | UnsetType:
    answer = history.answering(state.versions, Times(at=position))
    if answer is None or not answer.asserted or answer.version.quantity is None:
        return UNSET
    return answer.version.quantity
