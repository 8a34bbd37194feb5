"""What stands in a sentence beside its number without owning it, in German, French and Spanish.

A sentence is cut at its commas. The pieces before the number that are clauses of their own ("obwohl …", "dont le siège
est à Nantes"), remarks on who somebody is, or openings that tell why, when, or who says so are made blank, with their
commas. So the rules of owners and frames see one clause, and only what the number can be of. Pieces that suppose, wish
or leave something out stay, as do those that tell where, since they may name a part.
"""

import re
from typing import Final, NamedTuple

from service.evidence.owners.look import Look, alike
from service.evidence.owners.others.patterns import Patterns, patterns_of
from service.evidence.reading.reasons import reasons


class _Asides(NamedTuple):
    """The first words of the pieces of a language."""

    clause: re.Pattern[str]  # a clause of its own, that tells why, when or although
    relative: re.Pattern[str]  # what is told of the noun before
    of_measure: re.Pattern[str]  # the same, if that noun is what is measured: only of what it does itself
    remark: re.Pattern[str]  # who somebody is
    opening: re.Pattern[str]  # why, when, who says so; up to the first comma
    kept: re.Pattern[str]  # anywhere in a piece: it supposes, or leaves something out


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{pattern})", re.IGNORECASE)


_TIME_FR: Final = (
    "ann[ée]e|an|exercice|trimestre|semestre|mois|jours?|semaine|clôture|saison|période|siècle|décennie|nuit|matin|été"
    "|hiver"
)
_TIME_ES: Final = (
    "año|ejercicio|trimestre|semestre|mes(?:es)?|días?|semana|cierre|temporada|per[ií]odo|siglo|década|noche|verano"
    "|invierno"
)

_ASIDES: Final = {
    "de": _Asides(
        clause=_words(
            r"(?:weil|da|obwohl|obgleich|obschon|wenngleich|während|nachdem|indem|seit|seitdem|sodass|so\s+dass|zumal|wobei|wie"
            r"|also|das\s+heißt|sprich|vor\s+allem|insbesondere|nicht\s+zuletzt|auch|trotz|wegen|dank|aufgrund|infolge"
            r"|angesichts"
            r"|getragen|gestützt|getrieben|angetrieben|begünstigt|belastet|gebremst|angeführt|unterstützt|bedingt|beflügelt"
            r"|gegründet|ansässig|beheimatet|bekannt|geführt)\b|[^,]*\s(?:von|durch)\s[^,]*\s(?:ge|be|ver|er|zer)?\w+(?:t|en)$"
        ),
        relative=_words(
            r"(?:der|die|das|dessen|deren|welche[rs]?|wo|(?:in|an|auf|bei|mit|zu|von|für|durch|unter|hinter)\s+(?:dem|der|denen"
            r"|die|das|deren|dessen))\b"
        ),
        of_measure=_words(
            r"(?:der|die|das)\s+(?:sich\s+)?(?:im|in|bei|durch|nach|trotz|wegen|dank|zuvor|zuletzt|traditionell|auch|bereits"
            r"|erstmals|vor|seit|unter|von|aufgrund|noch|als|wichtigste|zentrale)\b|(?:dessen|deren)\s"
        ),
        remark=_words(r"(?:ein|eine|ehemals|kurz|mit\s+(?:haupt)?sitz|tochter|teil|marktführer|mehrheitlich)\b"),
        opening=_words(
            r"(?:wie|weil|da|obwohl|obgleich|während|nachdem|indem|trotz|wegen|dank|aufgrund|infolge|angesichts|getragen"
            r"|gestützt|getrieben|beflügelt|belastet|gebremst|gegründet)\b"
        ),
        kept=re.compile(
            r"\b(?:wenn|falls|sofern|dass|ob|ohne|exklusive|inklusive|einschließlich|plan\w*|geplant\w*|träum\w+|hofft\w*"
            r"|erhofft\w*|wünsch\w+|versprochen\w*|angestrebt\w*|anvisiert\w*|würde\w*|hätte\w*|könnte\w*|wäre\w*|angeblich\w*"
            r"|vermut\w+)\b",
            re.IGNORECASE,
        ),
    ),
    "fr": _Asides(
        clause=_words(
            r"(?:bien\s+qu|quoiqu|parce\s+qu|puisqu|alors\s+qu|tandis\s+qu|comme\b|après\s+qu|depuis\s+qu|même\s+si\b"
            r"|c['’]est-à-dire|notamment|en\s+particulier|malgré|grâce|en\s+raison|en\s+dépit|du\s+fait|sous\s+l['’]effet"
            r"|à\s+la\s+suite|face\s+à|(?:bien|déjà|toujours|encore|désormais|elle|lui|eux)\b|[a-zé]+(?:é|ée|és|ées|ie|ue|us|ues"
            r"|is|ise)\s+(?:[^,]{1,30}\s)?(?:par|en|à|au|aux|de|dans|depuis|sur)\b|(?:positi[fv]e?|négati[fv]e?|stable"
            r"|déficitaire|bénéficiaire|excédentaire)\b)"
        ),
        relative=_words(r"(?:qui|dont|où|que|qu['’]|(?:à|dans|sur|avec|pour|par)\s*(?:la|le|les)?quel\w+|auquel|duquel|laquelle)"),
        of_measure=_words(r"(?:qui\s|dont\s+(?:le|la|les|l['’]))"),
        remark=_words(
            r"(?:l['’]un|une?\b|le\s+(?:premier|principal|plus|numéro)|la\s+(?:première|principale|plus)|leader|numéro|filiale"
            r"|spécialiste|principal|premier|ancien|propriété|désormais|basée?|installée?|traditionnellement)\b"
        ),
        opening=_words(
            r"[^,]{3,30}\s(?:ans|mois|années)\s+plus\s+tard|victime\s+d|bien\s+qu|quoiqu|parce\s+qu|puisqu|alors\s+qu|tandis\s+qu|comme\b|après\s+(?:qu|un|une|avoir)\b"
            r"|même\s+si\b|malgré|grâce|en\s+raison|en\s+dépit|du\s+fait|sous\s+l['’]|à\s+la\s+suite|face\s+à|par\s+rapport"
            r"|dans\s+(?:un|ce)\s+(?:contexte|environnement|marché|climat)|confronté|dans\s+le\s+détail|compte\s+tenu"
            r"|en\s+[a-zé]+ant\b|faute\s+d|à\s+cause|au\s+terme|à\s+l['’]issue|à\s+force|[a-zé]+(?:é|ée|és|ées|i|ie|u|ue|us"
            r"|is)\s+(?:notamment\s+)?(?:par|en|à|au|aux|de|dans|depuis|sur)\b|(?:selon|d['’]après)\s+(?![^,]*\b(?:économ|analyst|expert|observat|syndicat))(?:les?|la|l['’]|son"
            r"|ses)\s*(?:groupe|société|direction|entreprise|rapport|calculs|données|chiffres|comptes|communiqué|bilan|document"
            r"|statistiques|cabinet)\b|[^,]*\b(?:ayant|étant)\b|ce\s+(?:printemps|trimestre|semestre|mois)|cet\s+(?:été|automne"
            r"|hiver)|cette\s+année"
            rf"|(?:au|à|en|sur|pour|pendant|durant|dès|lors)\b[^,]*\b(?:{_TIME_FR})\b"
            r"|à\s+(?:surface|périmètre|données|taux|changes?)\b|au\s+total|dans\s+l['’]ensemble|globalement"
        ),
        kept=re.compile(
            r"\b(?:si|s['’]il|à\s+condition|hors|sans|excepté|hormis|y\s+compris|supposant|hypothèse|rêv\w+|espér\w+|visait|vise"
            r"|voulait|aurait|auraient|serait|seraient|pourrait|prévoit|prévu\w*|envisag\w+|promis\w*|pro\s+forma)\b",
            re.IGNORECASE,
        ),
    ),
    "es": _Asides(
        clause=_words(
            r"(?:aunque|porque|ya\s+que|puesto\s+que|mientras|como|si\s+bien|pese\s+a|a\s+pesar|gracias\s+a|debido\s+a"
            r"|es\s+decir|sobre\s+todo|en\s+particular|especialmente|a\s+causa|por\s+culpa|[a-zé]+(?:ado|ada|ados|adas|ido|ida"
            r"|idos|idas|uesto|uesta)\s+(?:[^,]{1,30}\s)?(?:por|en|a|al|de|desde|con)|positiv[oa]|negativ[oa]|estable)\b"
        ),
        relative=_words(r"(?:que|quien|cuy[oa]s?|donde|(?:en|a|con|por|de|para)\s+(?:el|la|los|las)?\s*(?:que|cual|quien)\w*|con\s+sede)\b"),
        of_measure=_words(r"(?:que\s+(?:ya|también|se\s+había|había|incluye|recoge)|cuy[oa]s?)\b"),
        remark=_words(
            r"(?:un[oa]?\b|el\s+(?:primer|principal|mayor|número)|la\s+(?:primera|principal|mayor)|líder|número|filial"
            r"|especialista|principal|primer|antigu[oa]|propiedad|con\s+sede|tradicionalmente)\b"
        ),
        opening=_words(
            r"víctima\s+de|aunque|porque|ya\s+que|puesto\s+que|mientras|como\b|si\s+bien|pese\s+a|a\s+pesar|gracias\s+a"
            r"|debido\s+a|por\s+culpa|a\s+causa|a\s+través\s+de|mediante|en\s+comparación\s+con|en\s+un\s+(?:contexto|entorno"
            r"|mercado|año)|tras\s+un|a\s+raíz|fruto\s+de|por\s+l[aoe]s?\b|según\s+(?!fuentes|rumores|medios"
            r"|[^,]*\b(?:economista|analista|observador|experto)e?s\b)|est[ea]\s+(?:verano|otoño|invierno|primavera|año"
            r"|trimestre)|[a-zéóí]+(?:ado|ada|ados|adas|ido|ida|idos|idas)\s+(?:por|en|a|al|de|desde|con)\b|al\s+[a-z]+[aei]r\b"
            rf"|(?:a|al|en|para|durante|desde|por|con)\b[^,]*\b(?:{_TIME_ES})\b|tras\s+[a-zéáíóñ]+(?:ar|er|ir)(?:se)?\b|[^,]{{3,30}}\s(?:años|meses)\s+(?:después|más\s+tarde)"
            r"|a\s+tipos?\s+de\s+cambio|a\s+perímetro|en\s+(?:total|conjunto|superficie)|en\s+términos"
        ),
        kept=re.compile(
            r"\b(?:(?<!y\s)si(?!\s+bien)|siempre\s+que|sin(?!\s+(?:embargo|apenas))|salvo|excluy\w+|incluy\w+|suponiendo"
            r"|hipótesis|sueñ\w+|esper\w+|quería|pretend\w+|habría\w*|sería\w*|podría\w*|prev[eéi]\w*|promet\w+|pro\s+forma)\b",
            re.IGNORECASE,
        ),
    ),
}  # fmt: skip
# "Umgerechnet auf zwölf Monate", "Ramené à douze mois", "Calculé par les syndicats"
RECKONED: Final = re.compile(
    r"\W*(?:(?:Um|Hoch|Be|An)?[Gg]e\w+t|\w*iert|\w*gerechnet|Bezogen|Verteilt)\s+auf\b"
    r"|\W*(?!Fond|Cré|Bas|Cot|Implant|Install|Confront|Li|Adoss|Habitu|Sis|Spécialis|Confort|Grâce|Fundad|Cread|Situad|Cotizad"
    r"|Especializad|Enfrentad|Afincad|Radicad|Debido|Obligad|Port)\w+(?:ée?s?|[ai]d[oa]s?)\s+(?:sur|à|en|au|aux|a|al)\b"
    r"|\W*(?:Calcul|Estim|Évalu|Chiffr|Projet|Valor|Cifr|Proyect)\w+\s+(?:par|por)\b"
)
# what a piece tells of the number of the piece before it: "…, lo que supone un incremento del"
_GOES_ON: Final = re.compile(
    r"\s*(?:lo\s+que|ce\s+qui|soit|was|un[ae]?|ein|en\s+(?:hausse|baisse|recul|progression))\s"
)
_COMMA: Final = re.compile(r",(?=\s)|\s[–—]\s")
_REMARK: Final = re.compile(r"\([^()0-9]{1,60}\)")  # "(Ebit)"
# what something moved faster than
_COMPARISON: Final = {
    "de": re.compile(r"\b(?:\w+er|mehr|weniger)\s+als\s+(?:der|die|das)\s+[A-ZÄÖÜ]\w+(?=\s)"),
    "fr": re.compile(r"\b(?:plus|moins)\s+(?:\w+\s+)?que\s+(?:les?|la)\s+\w+(?=[\s,])"),
    "es": re.compile(r"\b(?:más|menos)\s+(?:\w+\s+)?que\s+(?:el|las?|los)\s+\w+(?=[\s,])"),
}
_LONGEST: Final = 160  # characters of a piece
_DIGITS: Final = re.compile(r"[0-9]")
# a market of which somebody has a share: "En alimentación infantil"
_IN_MARKET: Final = re.compile(r"\s*(?:Dans|Sur|En|In|Im)\s+(?!Polen|Europ)[^,0-9]{3,60}$")
# openings with a verb of their own
_CLAUSE_LIKE: Final = re.compile(
    r"\s*(?:Al\s+[a-z]+[aei]r\b|En\s+[a-zé]+ant\b|[^,]*\b(?:ayant|étant)\b|En\s+raison|À\s+la\s+suite|A\s+raíz|Du\s+fait|Debido"
    r"|Gracias|Grâce|Malgré|Pese|En\s+dépit|A\s+pesar)"
)
_YEAR_OR_DAY: Final = re.compile(r"\b(?:19|20)[0-9]{2}\b|\b[0-9]{1,2}\.?\s+(?:de\s+)?[^\W\d_]{3,}")

# --- German: a preposition of cause, and its noun with what hangs on it --------------------------------

_DE_NOUN: Final = r"(?:[a-zäöüß]+\s+){0,3}[A-ZÄÖÜ][\w-]+"
_DE_CAUSE: Final = re.compile(
    r"\b(?:[Dd]urch|[Ii]m\s+Zuge|[Uu]ngeachtet|[Dd]ank|[Tt]rotz|[Ww]egen|[Aa]ufgrund|[Aa]uf\s+Grund|[Ii]nfolge|[Aa]ngesichts"
    r"|[Pp]rofitiert\w*\s+von|[Gg]etragen\s+von|[Gg]etrieben\s+(?:von|durch)|[Bb]egünstigt\s+von|[Nn]ach\s+Angaben)\s+"
    rf"{_DE_NOUN}(?:\s+(?:und|sowie|aus|in|im|bei|beim|der|des|an|am|nach|für|von)\s+{_DE_NOUN}){{0,4}}"
    r"(?=\s+(?!von\b|in\s+Höhe|über\b|zu\b|für\b|mit\b|hat\b|gegen\b|und\s+[A-ZÄÖÜ])|,)"
)
# a cause with one of these may be what the number is of: "trotz des Anstiegs der Kosten auf 5 Mio. Euro"
_DE_TURN: Final = re.compile(
    r"(?:anstieg|rückgang|erhöhung|sprung|einbruch|senkung|plus|minus|zuwachs|abnahme|zunahme|erlös|kaufpreis|strafe"
    r"|bußgeld|zuschuss|förderung|kredit|anleihe)\w*",
    re.IGNORECASE,
)
# what stands between an article and the company: "Der in Ostwestfalen beheimatete Küchenbauer"
_DE_ATTRIBUTE: Final = re.compile(
    r"(?:(?<=^Der\s)|(?<=^Die\s)|(?<=^Das\s))(?:in|auf|aus|im|an|bei|seit|von)\s[^,;0-9]{3,60}?\s[a-zäöüß]+(?:ete|te|ene|ige"
    r"|ische)(?=\s[A-ZÄÖÜ])"
)
_DE_FIXED: Final = re.compile(
    r"^\s*(?:Alles\s+in\s+allem|Unter\s+dem\s+Strich|Unterm\s+Strich|In\s+Summe|Unter\s+anderem|Im\s+Ergebnis"
    r"|Nach\s+eigenen\s+Angaben|Rund\s+um\s+den\s+(?:Globus|Erdball))(?=\s[a-zäöü])"
)
_DE_AROUND: Final = re.compile(r"(?<=\s)rund\s+um\s+(?:die\s+Welt|den\s+(?:Globus|Erdball))(?=\s)")
_DE_AFTER: Final = re.compile(
    r"^\s*Nach\s+(?:[a-zäöüß]+\s+)*[A-ZÄÖÜ]\w+\s+(?:im|in\s+der)\s+(?:Vor\w+|Jahr\s+(?:zuvor|davor)"
    r"|Jahr\s+[0-9]{4})(?=\s[a-zäöü])"
)
_DE_COMPARED: Final = re.compile(
    r"^\s*(?:Gegenüber|Verglichen\s+mit|Im\s+Vergleich\s+(?:zu|mit))\s+(?:de[mr]\s+)?(?:[a-zäöü]+\s+)?Vor(?:jahr"
    r"|quartal)\w*(?=\s[a-zäöü])"
)
# behind a word for the time in a year; "cours" alone is a price of shares
_TIMES: Final = {
    "fr": re.compile(
        r"\bau\s+titre(?=\s+d)|\bau\s+cours\s+d(?:e\s+l['’]|u\s+|e\s+la\s+|es\s+(?:neuf|six|trois|douze)\s+)(?:[\wé]+\s+)?(?:année|exercice"
        r"|trimestre|semestre"
        r"|mois|période|an)\b|\bsur\s+l['’]ensemble\s+de\s+(?:l['’](?:exercice|année)|la\s+période)\b|\b(?:générés?"
        r"|dégagés?)\s+par\s+(?:l['’]activité|les\s+activités|l['’]exploitation)\b",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"\bsobre\s+(?:las\s+)?(?:ventas|ingresos)(?:\s+netas)?\b"
        r"|\blo\s+que\s+(?:supone|supuso|representa|representó)(?=\s+una?\s+(?:mejora|incremento|aumento|crecimiento|alza|subida"
        r"|avance|descenso|caída|reducción|disminución|retroceso|bajada|baja|variación)\b)"
    ),
}


_WHICH_IS: Final = re.compile(
    r"\blo\s+que\s+(?:supone|supuso|representa|representó)(?=\s+un\s+$)"
)  # "… un 6 % más"


def without_asides(look: Look, language: str) -> Look:
    """The number in its sentence, whose asides are blank; the same for a language without such rules."""
    if language == "ja":
        return _without_reasons(look)
    if language == "zh":
        left = _REMARK_WIDE.sub(
            lambda found: _remark(found, look, patterns_of("zh")), _HOW.sub(_blank, look.left)
        )
        return look._replace(text=left + look.text[look.start :])
    if language not in _ASIDES or (look.families and look.families <= {"likeforlike", "growth.organic"}):
        return look  # "à périmètre constant" tells what it is
    words = patterns_of(language)
    left = _REMARK.sub(lambda found: _remark(found, look, words), look.left)
    left = _COMPARISON[language].sub(_blank, left)
    left = _without_pieces(left, _ASIDES[language], words, is_share=look.families == frozenset({"share"}))
    if language == "de":
        left = _DE_AROUND.sub(_blank, left)
        left = _DE_FIXED.sub(_blank, _DE_AFTER.sub(_blank, _DE_COMPARED.sub(_blank, left)))
        left = _DE_ATTRIBUTE.sub(_blank, left)
        left = _DE_CAUSE.sub(
            lambda found: found.group() if _DE_TURN.search(found.group()) else _blank(found), left
        )
    else:
        left = _TIMES[language].sub(_blank, left)
        left = _WHICH_IS.sub(_blank, left) if look.reading.change else left
    return look if left == look.left else look._replace(text=left + look.text[look.start :])


def _without_reasons(look: Look) -> Look:
    """The number in its Japanese sentence, whose reasons are blank if what is measured stands outside them."""
    left = look.left
    for first, last in reasons(left):
        left = left[:first] + " " * (last - first) + left[last:]
    left = _REVISED.sub(_blank, _TIMES_OF.sub(_blank, left))
    measures = patterns_of("ja").measures
    if left == look.left or not any(_MARKED.match(left, one.end()) for one in measures.finditer(left)):
        return look
    return look._replace(text=left + look.text[look.start :])


_MARKED: Final = re.compile("[はがも約0-9(（]|に[つお]|$")
# "前年同期比約30倍の4兆円"
_TIMES_OF: Final = re.compile("(?:前年|前期)(?:同期|同月|度)?比?の?約?[0-9.]+倍の$")
# what a number was before: "営業利益率は前年同期の58.9%→56.8%"
_REVISED: Final = re.compile("(?:(?:前年|前期|従来|前回|当初|期初)[^、。は0-9]*)?[0-9][^、。→⇒]*[→⇒]$")
# how something is done: "通过集中竞价交易方式首次回购"; the day: "今 (8) 日公布"
# by what rules, or the code of a share: "(未经审计)", "(00999.HK)"
_REMARK_WIDE: Final = re.compile(
    r"[(（](?:(?:未?经审计|按|以下|简称|不含税|含税)[^()（）0-9]{0,20}|[0-9]{4,6}(?:[.-][A-Z]{2})?(?<!(?:19|20)[0-9]{2})"
    r"|[A-Z]{1,6}(?:\.[A-Z]{1,3})?)[)）]"
)
_HOW: Final = re.compile(
    r"(?:通过|以)[^，,0-9。；;]{2,30}?(?:交易)?(?:的)?方式(?:首次|已?累计)?|[(（][0-9]{1,2}[)）]\s*日"
)


def _without_pieces(left: str, asides: _Asides, words: Patterns, *, is_share: bool) -> str:
    """The words before a number without the pieces between commas that own nothing."""
    marks = list(_COMMA.finditer(left))
    if not marks:
        return left
    blank: list[tuple[int, int]] = []
    start = 0
    goes_on = _GOES_ON.match(left, marks[-1].end()) is not None
    for place, mark in enumerate(marks):
        said = left[start : mark.start()]
        if goes_on and mark is marks[-1] and _DIGITS.search(said):
            is_aside = False
        elif place == 0:
            is_aside = _is_opening(said, asides, words) or (
                is_share and _IN_MARKET.match(said) is not None and not words.measures.search(said)
            )
        else:
            before = left[: marks[place - 1].start()]
            is_aside = _is_aside(said, before, asides, words)
        if is_aside:
            blank.append((marks[place - 1].start() if place else 0, mark.end()))
        start = mark.end()
    for first, last in blank:
        left = left[:first] + " " * (last - first) + left[last:]
    return left


def _is_opening(said: str, asides: _Asides, words: Patterns) -> bool:
    if (
        len(said) > _LONGEST
        or not asides.opening.match(said)
        or asides.kept.search(said)
        or RECKONED.match(said)
    ):
        return False
    if asides.clause.match(said) or _CLAUSE_LIKE.match(said):
        return True
    is_told = _TOLD_BY.match(said) is not None  # by whom: "Comisión Nacional del Mercado de Valores"
    return (is_told or not words.measures.search(said)) and not _DIGITS.search(_YEAR_OR_DAY.sub("", said))


_TOLD_BY: Final = re.compile(r"\s*(?:Selon|D['’]après|Según)\s")


def _is_aside(said: str, before: str, asides: _Asides, words: Patterns) -> bool:
    """Whether a piece between commas, behind other words, tells nothing of the number."""
    if len(said) > _LONGEST or asides.kept.search(said) or not before.strip():
        return False
    if asides.clause.match(said):
        return True
    tail = before[-_LONGEST:]
    own = list(words.measures.finditer(tail))
    is_of_measure = bool(own) and not tail[own[-1].end() :].strip()
    if asides.relative.match(said):
        return asides.of_measure.match(said) is not None if is_of_measure else True
    return asides.remark.match(said) is not None and not words.measures.search(said)


def _remark(found: re.Match[str], look: Look, words: Patterns) -> str:
    """Blank, or the brackets as they are if they name what the fact measures."""
    named = words.measures.search(found.group())
    families = words.families.get(named["phrase"].lower(), frozenset()) if named else frozenset[str]()
    return found.group() if alike(families, look.families) else _blank(found)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())
