"""All rules for a number in another language than English, in one function."""

from service.evidence.owners.look import Look
from service.evidence.owners.others.asides import without_asides
from service.evidence.owners.others.frames import out_of_frame
from service.evidence.owners.others.measures import of_other_measure
from service.evidence.reading.languages.measures import MEASURE_WORDS


def reason_of(look: Look, language: str) -> str | None:
    """Why the number is not the fact's; None if nothing says so."""
    if language not in MEASURE_WORDS:
        return None
    look = without_asides(look, language)
    return of_other_measure(look, language) or out_of_frame(look, language)
