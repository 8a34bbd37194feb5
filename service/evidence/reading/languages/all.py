"""The languages other than English that are read."""

from typing import Final

from service.evidence.reading.languages.de import GERMAN
from service.evidence.reading.languages.es import SPANISH
from service.evidence.reading.languages.fr import FRENCH
from service.evidence.reading.languages.ja import JAPANESE
from service.evidence.reading.languages.shape import Language
from service.evidence.reading.languages.zh import CHINESE

LANGUAGES: Final[tuple[Language, ...]] = (GERMAN, FRENCH, CHINESE, JAPANESE, SPANISH)
IDEOGRAPHIC: Final = frozenset(one.code for one in LANGUAGES if one.ideographic)
