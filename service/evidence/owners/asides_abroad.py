"""What stands in a sentence beside its number without owning it, in German, French and Spanish: causes, who somebody is.

"trotz der schwachen Baukonjunktur", "Fondée en 1962 par deux frères,", ", que preside Marta Soler,". Such words are made
blank, so that the rules of owners and frames see only what the number can be of. Numbers stay, but for years.
"""

import re
from typing import Final

from service.evidence.owners.look import Look
from service.evidence.owners.patterns import patterns_of

# --- German: a preposition of cause, and its noun with what hangs on it --------------------------------

_DE_NOUN: Final = r"(?:[a-zäöüß]+\s+){0,3}[A-ZÄÖÜ][\w-]+"
_DE_CAUSE: Final = re.compile(
    r"\b(?:[Dd]urch|[Ii]m\s+Zuge|[Uu]ngeachtet|[Dd]ank|[Tt]rotz|[Ww]egen|[Aa]ufgrund|[Aa]uf\s+Grund|[Ii]nfolge|[Aa]ngesichts"
    r"|[Pp]rofitiert\w*\s+von|[Gg]etragen\s+von|[Gg]etrieben\s+von|[Bb]egünstigt\s+von)\s+"
    rf"{_DE_NOUN}(?:\s+und\s+{_DE_NOUN})?(?:\s+(?:aus|in|im|bei|beim|der|des|an|am|nach|für)\s+{_DE_NOUN}){{0,2}}"
    r"(?=\s+(?!von\b|in\s+Höhe|über\b|zu\b|um\b|für\b|mit\b|hat\b|gegen\b|und\s+[A-ZÄÖÜ])|,)"
)
# a cause with one of these may be what the number is of: "trotz des Anstiegs der Kosten auf 5 Mio. Euro"
_DE_TURN: Final = re.compile(
    r"(?:anstieg|rückgang|erhöhung|sprung|einbruch|senkung|plus|minus|zuwachs|abnahme|zunahme|erlös|kaufpreis|strafe"
    r"|bußgeld|zahlung|zuschuss|förderung|kredit|anleihe)\w*",
    re.IGNORECASE,
)
# what stands between an article and the company: "Der in Ostwestfalen beheimatete Küchenbauer"
_DE_ATTRIBUTE: Final = re.compile(
    r"(?<=^Der\s)(?:in|auf|aus|im|an|bei|seit|von)\s[^,;0-9]{3,60}?\s[a-zäöüß]+(?:ete|te|ene|ige|ische)(?=\s[A-ZÄÖÜ])"
    r"|(?<=^Die\s)(?:in|auf|aus|im|an|bei|seit|von)\s[^,;0-9]{3,60}?\s[a-zäöüß]+(?:ete|te|ene|ige|ische)(?=\s[A-ZÄÖÜ])"
    r"|(?<=^Das\s)(?:in|auf|aus|im|an|bei|seit|von)\s[^,;0-9]{3,60}?\s[a-zäöüß]+(?:ete|te|ene|ige|ische)(?=\s[A-ZÄÖÜ])"
)
_DE_COMPARED: Final = re.compile(
    r"^\s*(?:Gegenüber|Verglichen\s+mit|Im\s+Vergleich\s+(?:zu|mit))\s+(?:de[mr]\s+)?(?:[a-zäöü]+\s+)?Vor(?:jahr|quartal)\w*(?=\s[a-zäöü])"
)
_DE_TOLD: Final = re.compile(
    r"^\s*Wie\s+[^,;0-9]{3,90}(?:[0-9]{1,2}\.\s[^,;0-9]{3,60})?\s(?:mitteilte|bekannt\s?gab|berichtete|meldete|erklärte|sagte"
    r"|vermeldete|verkündete|erläuterte),\s"
)

# --- all: a clause about the subject between commas ----------------------------------------------------

_RELATIVE: Final = {
    "de": re.compile(
        r"(?<=[a-zäöüß]),\s+(?:der|die|das|dessen|deren|in\s+dem|in\s+der)\s[^,;0-9]{3,110},(?=\s+[a-zäöü]+(?:t|te|ten|en|ete|kam|lag|stieg|sank)\b)"
    ),
    "fr": re.compile(
        r"(?<=[\wé]),\s+(?:dont\s+le\s+siège|qui|dirigée?|présidée?|fondée?|créée?|basée?|installée?|cotée?|spécialisée?|spécialiste"
        r"|désormais|toujours|numéro|filiale|elle|lui|eux|leader)\b(?:[^,;0-9]|\b(?:19|20)[0-9]{2}\b)*,(?=\s)"
    ),
    "es": re.compile(
        r"(?<=[\wó]),\s+(?:que|con\s+sede|dirigid[oa]|presidid[oa]|fundad[oa]|cread[oa]|especializad[oa]|cuya\s+sede|cuyo\s+dueño"
        r"|controlad[oa]\s+por|líder)\b(?:[^,;0-9]|\b(?:19|20)[0-9]{2}\b)*,(?=\s)"
    ),
}
_HOPED: Final = re.compile(
    r"\b(?:si|wenn|falls|hätte\w*|würde\w*|könnte\w*|möchte\w*|will|soll\w*|voulait|visait|espér\w+|esper\w+|quería|pretend\w+"
    r"|aurait|serait|habría|sería|plan\w*|prév\w+|prev\w+|hofft\w*|träum\w*|rêv\w+|sueñ\w+)\b",
    re.IGNORECASE,
)

# --- French and Spanish: what a sentence opens with, up to its comma -----------------------------------

_OPENING: Final = {
    "fr": re.compile(
        r"^\s*(?:Par\s+rapport\s+(?:au|à)|Dans\s+un\s+(?:contexte|environnement|marché|climat)|Au\s+terme\s+d['’]un[e]?\s+(?:exercice|année|trimestre|semestre)"
        r"|À\s+l['’]issue\s+d['’]un[e]?\s+(?:exercice|année|trimestre|semestre)|(?:Porté|Soutenu|Tiré|Pénalisé|Dopé|Freiné|Aidé|Plombé"
        r"|Affecté|Favorisé|Stimulé)e?s?\s+(?:notamment\s+)?par|(?:Fondé|Créé|Né|Basé|Installé|Introduit|Coté)e?s?\s+(?:en|à|par|au)\b"
        r"|Grâce\s+(?:à|au|aux)|Malgré|En\s+dépit|Face\s+(?:à|au|aux)|En\s+raison|Sous\s+l['’]effet|Confronté|Dans\s+le\s+détail"
        r"|Compte\s+tenu\s+de\s+la\s+saisonnalité|Après\s+un[e]?\s+(?:[\wé]+\s+)?(?:exercice|année|trimestre|semestre|début|printemps|été))"
        r"(?:[^,;0-9]|\b(?:19|20)[0-9]{2}\b)*,\s"
    ),
    "es": re.compile(
        r"^\s*(?:En\s+comparación\s+con|En\s+un\s+(?:contexto|entorno|mercado|año)|Tras\s+un\s+(?:[\wó]+\s+)?(?:ejercicio|año|trimestre|semestre|inicio|arranque"
        r"|verano)|(?:Impulsad|Apoyad|Lastrad|Penalizad|Favorecid|Respaldad|Animad|Fundad|Cread|Nacid)[oa]s?\s+(?:por|en)\b"
        r"|Gracias\s+a|Pese\s+a|A\s+pesar\s+de|Debido\s+a|Según\s+(?:las\s+cuentas|los\s+datos|el\s+informe|la\s+información|ha\s+informado"
        r"|consta|informó|comunicó))(?:[^,;0-9]|\b(?:19|20)[0-9]{2}\b)*,\s"
    ),
}
# behind a word for the time in a year; "cours" alone is a price of shares
_TIMES: Final = {
    "fr": re.compile(
        r"\bau\s+cours\s+d(?:e\s+l['’]|u\s+|e\s+la\s+|es\s+(?:neuf|six|trois|douze)\s+)(?:[\wé]+\s+)?(?:année|exercice|trimestre|semestre"
        r"|mois|période|an)\b|\bsur\s+l['’]ensemble\s+de\s+(?:l['’](?:exercice|année)|la\s+période)\b|\b(?:générés?|dégagés?)\s+par\s+(?:l['’]activité|les\s+activités|l['’]exploitation)\b",
        re.IGNORECASE,
    ),
    "es": re.compile(r"\bsobre\s+(?:las\s+)?(?:ventas|ingresos)(?:\s+netas)?\b"),
}


def without_asides(look: Look, language: str) -> Look:
    """The number in its sentence, whose asides are blank; the same for a language without such rules."""
    if language not in {"de", *_OPENING}:
        return look
    left = look.left
    if language == "de":
        left = _DE_TOLD.sub(_blank, left)
        left = _DE_COMPARED.sub(_blank, left)
        left = _DE_ATTRIBUTE.sub(_blank, left)
        left = _DE_CAUSE.sub(
            lambda found: found.group() if _DE_TURN.search(found.group()) else _blank(found), left
        )
    else:
        left = _OPENING[language].sub(lambda found: _harmless(found, language), left)
        left = _TIMES[language].sub(_blank, left)
    left = _RELATIVE[language].sub(lambda found: _harmless(found, language), left)
    return look if left == look.left else look._replace(text=left + look.text[look.start :])


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


def _harmless(found: re.Match[str], language: str) -> str:
    """Blank, or the words as they are if they suppose something or tell what is measured between commas."""
    said = found.group()
    if _HOPED.search(said) or (said.startswith(",") and patterns_of(language).measures.search(said)):
        return said
    return _blank(found)
