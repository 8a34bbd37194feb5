"""Whether what governs a number in German, French or Spanish makes it a part, somebody's wish, or what is done to the measure."""

import re
from typing import Final

from service.evidence.owners.look import RATES, Look
from service.evidence.owners.others.patterns import Patterns
from service.evidence.owners.others.word_kinds import is_firm, kinds_of, telling
from service.evidence.subjects import stem

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def beside(look: Look, words: Patterns) -> str | None:
    """Whether the sentence is about something with another thing, or the number is a part of a measure behind it."""
    if not look.reading.unit:
        return None
    if (lead := _WITH.match(look.left)) and not look.reading.change:
        return f'it is said of something "{lead.group().split()[0]}" something else'
    if look.reading.unit not in RATES and (whole := _OF_WHOLE.match(look.right)):
        named = words.measures.match(look.right, whole.end())
        return f"it is a part of {named.group()}" if named else None
    return None


def governed(look: Look, words: Patterns, left: str) -> str | None:
    """Whether the words before the number make it a part, somebody's wish, or what is done to the measure."""
    if look.reading.unit and (part := _PART_FIRST.match(left)):
        return f'it is said of "{part.group().strip()}"'
    if look.families & {"share"} and (among := _AMONG.match(left)) and stem(among["who"]) not in look.words:
        return f'it is said of "{among.group().strip()}"'
    found = list(words.measures.finditer(left))
    if not found:
        return None
    first, last = found[0], found[-1]
    if (
        look.reading.unit not in RATES
        and _OUT_OF.fullmatch(left[: first.start()])
        and first.end() < len(left.rstrip())
    ):
        return f"it is a part of {first.group()}"
    if not look.reading.change and (lost := _LOST.search(left)):
        return f'it is what somebody "{lost.group()}"'
    if _DONE_TO.search(left[: last.start()]) and not left[last.end() :].strip():
        return f"it is done to {last.group()}"
    whole = _OF_MEASURE.fullmatch(left[: first.start()])
    if whole and look.reading.unit and first is last and _is_part_of(whole, words):
        return f'it is said of "{left[: first.start()].strip()}"'
    if told := _RELATIVE.match(left[first.end() :]):
        return f'it is what is told of "{told.group().strip(" ,")}"'
    return None


def _is_part_of(found: re.Match[str], words: Patterns) -> bool:
    """Whether a noun before "of" and a measure is no sum, no company, and no subject whose verb follows."""
    head = found["head"] or found["noun"]
    if _SUMS.fullmatch(head) or is_firm(words.language, head) or words.measures.search(found.group()):
        return False
    said = {word.lower() for word in _WORD.findall(found.group())}
    return said.isdisjoint(telling(words.language) | kinds_of(words.language).helping)


# sentences about a shop, a plant, a trade
_PART_FIRST: Final = re.compile(
    r"\W*Auf\s+[^,;]{2,60}?\s+entf(?:ä|ie)l\w*|"
    r"\W*(?:Der|Die|Das|Ein|Eine|L['’]|La|Le|Les|Un|Une|Una|El|Los)\s*(?:boutique|magasin|usine|tienda|fábrica|planta|gremio"
    r"|sector|secteur|syndicat|atelier|taller|Filiale|Fabrik|Laden|Werk|Branche|Innung|Verband|Gewerkschaft|Bundesliga)s?\b",
)
_AMONG: Final = re.compile(
    r"\W*(?:Bei(?!\s+\w+[a-mo-z]\s)|Unter|Chez|Parmi|Entre)\s+(?:(?:den|les|los|las)\s+)?(?P<who>\w+)\s"
)
_OUT_OF: Final = re.compile(
    r"\W*(?:Vom|Von\s+(?:der|dem|den|diesem|dieser)|Del|De\s+(?:la|los|las)|Sur\s+(?:le|la|les|ce)|Du|Dans\s+(?:le"
    r"|la))\s+(?:\w+\s+)?"
)
_LOST: Final = re.compile(r"\b(?:büß(?:t|te|ten|en)|verlor(?:en)?|verliert|einbüß\w+)\b")
_DONE_TO: Final = re.compile(r"\b(?:a\s+l[oa]s?|al|aux?|à\s+(?:la|l['’]|son|sa|ses))\s*$")
# "Der Branchenschnitt der EBIT-Marge", "la composante allemande du chiffre d'affaires"
_OF_MEASURE: Final = re.compile(
    r"\W*(?:(?:Der|Die|Das)\s+(?:[a-zäöü]+\s+)?(?P<head>[A-ZÄÖÜ]\w+)\s+(?:der|des|seines|ihres)\s+(?:[a-zäöü]+\s+)?"
    r"|(?:[LlDd]['’]|Le\s|La\s|le\s|la\s|El\s|el\s|Une?\s"
    r"|Una?\s)\s*(?P<noun>[^\W\d_]+)(?:\s+[^\W\d_]+)?(?:\s+de\s+[^,0-9]*?)??\s+"
    r"(?:du|de\s+(?:la|las|los|l['’])|del|d['’]|de|des|dans\s+(?:les?|la)|en\s+(?:las?|los))\s*)"
)
# how high it is, or where it stood, is no other thing
_SUMS: Final = re.compile(
    r"\w*(?:wert|höhe|stand|summe|wachstum|anstieg|zuwachs|rückgang|steigerung|plus|minus|erhöhung|betrag|volumen|zahl|niveau"
    r"|rekord)|gesamt\w*|konzern|gruppe|anteil|verbesserung|montant|total|valeur|somme|croissance|progression|hausse|baisse"
    r"|recul|repli|augmentation|diminution|chute|taux|volume|record|importe|cifra|nivel|suma|valor|volumen|crecimiento|aumento"
    r"|alza|caída|descenso|retroceso|avance|incremento|tasa|récord|groupe|grupo|amélioration|mejora|entrada|prise|ratio|conjunto|pago|paiement|abono|versement|reparto|propuesta|proposition|distribución"
    r"|ensemble|part|cuota|número|nombre",
    re.IGNORECASE,
)
_RELATIVE: Final = re.compile(
    r",\s+(?:(?:von|mit|auf|nach|an)\s+(?:dem|den|der|die|das|denen)|dont\s+(?!le\b|la\b|les\b)|que\s+|qu['’]|con\s+(?:el|la"
    r"|los)\s+que|de\s+la\s+que)[^,0-9]{3,80},"
)
# with or without something: "Mit Orbis liegt der Umsatz bei", "sans la subvention"
_WITH: Final = re.compile(
    r"\W*(?:Mit|Ohne|Avec|Sans|Con|Sin|Nebst|Samt|Hors)\s+(?!ello|esto|eso|cela|ceci|diesem|[^,;]*[0-9])(?:(?:der|die|das|den"
    r"|dem|le|la|les|el|los|las)\s+)?[^\W\d_][\w-]*(?:\s+[^\W\d_][\w-]*)?(?:,\s|\s+(?:liegt|lag|beträgt|betrug|ist|war|kommt"
    r"|käme|hat|macht|beläuft|erreichte?|stiege?|ergibt|ergab|wuchs|blieb|kletterte?)\b)"
)
_OF_WHOLE: Final = re.compile(r"\s*(?:des|vom|dans\s+(?:le|son|ses|les)|en\s+(?:los|sus|las))\s+")
