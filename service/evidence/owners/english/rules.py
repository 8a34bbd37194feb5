"""All rules for a number in an English sentence, in one function."""

from typing import Final

from service.evidence.owners.english.companies import of_other_company
from service.evidence.owners.english.count_deeds import of_no_deed, of_no_flow, of_no_loss
from service.evidence.owners.english.counts import acted_on, new_ones, of_another_sort
from service.evidence.owners.english.earlier import of_earlier
from service.evidence.owners.english.frames import out_of_frame
from service.evidence.owners.english.measures import of_other_measure
from service.evidence.owners.english.parts import (
    left_out,
    of_a_level,
    of_a_part,
    of_another_listed,
    of_the_whole,
)
from service.evidence.owners.english.scopes import under_scope
from service.evidence.owners.english.shares import share_of_no_market
from service.evidence.owners.english.sums import of_a_sum
from service.evidence.owners.english.suppositions import not_so, of_other_span, than_another
from service.evidence.owners.english.unnamed import of_nothing_named
from service.evidence.owners.english.unreal import not_there
from service.evidence.owners.look import Look

_RULES: Final = (
    of_earlier, of_other_measure, share_of_no_market, of_other_company, of_a_level, of_another_listed, left_out, of_a_part,
    of_the_whole, of_a_sum, not_so, not_there, of_other_span, new_ones, of_nothing_named, acted_on, of_no_loss, of_no_deed,
    of_no_flow, of_another_sort, than_another, under_scope, out_of_frame,
)  # fmt: skip


def reason_of(look: Look) -> str | None:
    """Why the number is not the fact's; None if nothing says so."""
    return next((reason for rule in _RULES if (reason := rule(look)) is not None), None)
