"""What an entry of a fact changed: its class, and the fact's main quantity before and after it. No I/O."""

from collections.abc import Sequence
from datetime import date

from msgspec import UNSET, UnsetType, structs

from service.core import differences, history
from service.core.citations import Verdict
from service.core.differences import StepClass
from service.core.facts import Retraction
from service.core.history import Times, Version
from service.core.log import Entry
from service.core.quantities import Quantity
from service.core.states import FactState


def with_step(entry: Entry, state: FactState, known_at: date | None = None) -> Entry | None:
    """The entry of a fact with its class, and the main quantities that the fact answered before and after it.

    By a day, as if the versions that became public later were not there; None for an entry about one of those.
    """
    public = history.within(state.versions, Times(known_at))
    change = step_of(entry, state, public)
    if change is None:
        return None
    return structs.replace(
        entry,
        change=change,
        before=_answered(public, entry.position - 1),
        after=_answered(public, entry.position),
    )


def step_of(entry: Entry, state: FactState, public: Sequence[Version]) -> StepClass | None:
    """The class of an entry of a fact; None if its version is not public. Depends on nothing that was recorded after it."""
    numbers = {one.version for one in public}
    for version in (*state.versions, *state.retractions):
        if version.version != entry.version:
            continue
        about = version.retracts if isinstance(version, Retraction) else version.version
        if about not in numbers:
            return None
        if entry.type == "evidence":
            return "evidence"
        return differences.classify(version, [one for one in public if one.version < version.version])
    raise LookupError(f"the fact {state.id} has no version {entry.version}")


def verdict_of(entry: Entry, state: FactState) -> Verdict | None:
    """The verdict of the check that an entry recorded; None for a retraction, which is not checked."""
    for version in state.versions:
        if version.version == entry.version:
            return version.check(entry.position).verdict
    return None


def _answered(versions: Sequence[Version], position: int) -> Quantity | UnsetType:
    answer = history.answering(versions, Times(at=position))
    if answer is None or not answer.asserted or answer.version.quantity is None:
        return UNSET
    return answer.version.quantity
