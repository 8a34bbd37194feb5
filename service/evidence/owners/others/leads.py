"""What the form of a German, French or Spanish sentence says of its number, whatever its words are.

The sentence begins with a part, a purpose or a comparison; it tells hearsay, a wish or an earlier time; it does something to
what is measured, or tells of somebody beside the company.
"""

import re
from typing import Final

from service.evidence.owners.look import RATES, Look, is_among
from service.evidence.owners.others.asides import RECKONED
from service.evidence.owners.others.clause_words import frame_of
from service.evidence.owners.others.governed import beside, governed
from service.evidence.owners.others.parts import part_words
from service.evidence.owners.others.patterns import Patterns, patterns_of
from service.evidence.owners.others.word_kinds import is_time, telling
from service.evidence.reading.languages.en import vocabulary
from service.evidence.subjects import stem

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
WHOLES: Final = vocabulary(
    "revenue profit profit.net profit.operating profit.ebitda margin margin.operating orders share"
)


def of_another_form(look: Look, language: str, left: str) -> str | None:
    """Why the number is not the fact's by the form of its sentence; None if that says nothing.

    `left` has the words before the number without brackets.
    """
    words = patterns_of(language)
    for reason in (
        _of_lead(look, language),
        _otherwise(look, language),
        beside(look, words),
        governed(look, words, left),
    ):
        if reason is not None:
            return reason
    if (other := _ITS_OTHER.search(look.left)) and stem(other["who"] or other["one"]) not in look.words:
        return f'it is said of "{other.group()}"'
    return None


def _of_lead(look: Look, language: str) -> str | None:
    """Whether the sentence begins with a part, a place, a purpose, or what came before."""
    is_count = not look.reading.unit
    said = [_PURPOSE.match(look.left), _ONLY.match(look.left)]
    if look.reading.unit not in RATES:
        said.append(RECKONED.match(look.left))
    if look.families != frozenset({"share"}) and not is_count:
        said.append(_WITHIN.match(look.left))
    if not look.reading.per:
        said.append(_FOR_EACH.match(look.left))
    if is_count and not look.reading.change:
        said.append(_AT_PLACE.match(look.left))
    if found := next(filter(None, said), None):
        return f'it is said of "{found.group().strip()}"'
    if (after := _AFTER.fullmatch(look.left)) and telling(language).isdisjoint(_WORD.findall(look.left)):
        return f'it is what came before: "{after["word"]}"'
    place = _IN_PLACE.match(look.left) if is_count and not look.reading.change else None
    if place and stem(place["name"]) not in look.words:
        return f'it is said of "{place.group().strip()}"'
    is_whole = not is_count and _has_parts(look)
    where = None if is_count else _IN_LAND.match(look.left)
    if where and stem(where["name"]) not in look.words and not is_time(language, where["name"]):
        return f'it is said of "{where.group().strip()}"'
    if is_whole and (found := _BY_PRODUCT.match(look.left) or _in_place(look, patterns_of(language))):
        return f'it is said of "{found.group().strip()}"'
    dative = None if is_count else _DATIVE.match(look.left)
    if dative and patterns_of(language).measures.match(look.left, dative.end()):
        return "it is what something stands against"
    return None


def _has_parts(look: Look) -> bool:
    return not look.families.isdisjoint(WHOLES) and look.families != frozenset({"share"})


def _in_place(look: Look, words: Patterns) -> re.Match[str] | None:
    """Where the measure is said to be of: "la facturación en Norteamérica"."""
    for measure in words.measures.finditer(look.left):
        place = _PLACE.match(look.left, measure.end())
        if place and stem(place["name"]) not in look.words and not is_time(words.language, place["name"]):
            return place
    return None


_PLACE: Final = re.compile(
    r"\s+(?:en|in|im|au|aux)\s+(?:der\s+|den\s+|la\s+|el\s+)?(?!Höhe|Vergleich|Schnitt|Summe|Zeitraum|Rahmen|Verlauf|Laufe"
    r"|Mittel|Zuge)(?P<name>[A-ZÄÖÜÉ][\w-]+)"
)


def _otherwise(look: Look, language: str) -> str | None:
    """Whether the sentence tells hearsay, a wish, a supposition, an earlier time, a distance, or those who get something."""
    is_count = not look.reading.unit
    is_result = is_count or not look.families.isdisjoint(WHOLES)
    is_level = not look.reading.change
    tried = [
        ("it is said of an earlier time", _STILL.search(look.text)),
        ("it is supposed", _IF.match(look.right)),
        ("it is supposed", _WOULD.match(look.right) if _LED.fullmatch(look.left) else None),
        ("it is said of those to whom something is", _GIVEN.search(look.left) if is_count else None),
        (
            "it is said of where something is",
            _SOMEWHERE.search(look.left) if is_count and _is_shop(look) else None,
        ),
        ("it is what others order", _ORDERING.search(look.left) if "orders" in look.families else None),
        ("it is said of what was done with it", _done_with(look, language)),
        ("it is said of what was done with it", _PARTED.match(look.right) if _is_stock(look) else None),
        (
            "it is what it comes near to",
            _TOWARDS[1].match(look.right) if _TOWARDS[0].search(look.left) else None,
        ),
        ("it is said of a neighbour", _NEXT_DOOR.search(look.left)),
        ("it is said of those who came", _GAINED.search(look.left) if is_count else None),
        ("it is said of one of several", _ONE_OF_THEM.search(look.left) if is_count and is_level else None),
        ("it is said before taxes", _PRETAX.search(look.left) if "profit.net" in look.families else None),
        ("it is what others say", _HEARSAY.search(look.text)),
        ("it is said of an earlier time", _BEFORE.search(look.left) if is_level else None),
    ]
    if is_result and look.reading.change not in {"cut", "planned"} and look.reading.high is None:
        tried.append(("it is wanted", _WANTED.search(look.left)))
    if is_count:
        tried.append(("it is said of others'", _OF_RIVALS.match(look.right)))
    if is_result and is_level:
        tried += [
            (
                "it is said of what is sold, or to whom",
                _WITH_WHOM.search(look.left) if _has_parts(look) else None,
            ),
            (
                "it is said of another figure",
                _FIGURE.fullmatch(look.left) or _MEASURED_BY.fullmatch(look.left),
            ),
            ("it is what something fell short of", _BEHIND_IT.search(look.left)),
            ("it is said of an earlier time", _BEST_YEAR.search(look.left) or _had(look)),
            (
                "it is said of several others",
                _SEVERAL.match(look.left) if _has_parts(look) and not part_words(look) else None,
            ),
            ("it is what a part stands for", _STANDS_FOR.search(look.left)),
            ("it is what is wanted", _WISHED.match(look.left) or _IS_ONE.match(look.left)),
            (
                "it is what something brings to the company",
                _TO_COMPANY.search(_ATTRIBUTED.sub(" ", look.left)),
            ),
            ("it is said of those who look on", _ONLOOKER.search(look.left)),
        ]
    if is_level and look.reading.unit not in RATES:
        tried.append(("it is a distance", None if _WITH.search(look.left) else _DISTANT.match(look.right)))
    return next((f'{reason}: "{found.group().strip()}"' for reason, found in tried if found), None)


# "Pro Filiale liegt der Umsatz bei"
_FOR_EACH: Final = re.compile(
    r"\W*(?:Pro|Je|Par|Por)\s+(?!Aktie|action|acción|Saldo|Ende|Stichtag|las?\s|los\s|el\s|sus?\s|l[ea]\s|les\s)[^\W\d_]+\s"
)
# "In Sachsen", "En Galicia"; with "Zahnpasta" a company sells something
_IN_PLACE: Final = re.compile(r"\W*(?:In|En|À|A)\s+(?P<name>[A-ZÄÖÜÉ][a-zäöüßéèí]+)(?:\s+[a-zäöü]|,)")
# "En Pologne, le chiffre d'affaires": of a sum it is a part
_IN_LAND: Final = re.compile(
    r"\W*(?:En|Au|Aux|In|Im)\s+(?:der\s+|den\s+)?(?P<name>(?!Konzern|Gruppe|Unternehmen|Total|Summe)[A-ZÄÖÜÉ][a-zäöüßéèíñ]+)(?:,"
    r"|\s+(?:lag|liegt|betrug|beträgt|erreichte|stieg|sank|fiel|wuchs|kletterte|belief)\s)"
)
_BY_PRODUCT: Final = re.compile(
    r"\W*Mit\s+(?!Hilfe|Ausnahme|Abstand|Erfolg|Beginn|Blick|Ablauf|Ende)(?:[a-zäöü]+en\s+)?[A-ZÄÖÜ]\w+\s+[a-zäöü]+(?:te|ten"
    r"|t)\s+(?:der|die|das)\s"
)
# "distribuée dans 500 magasins", "in 40 Filialen", where nobody runs or staffs them
_SOMEWHERE: Final = re.compile(
    r"^(?!.*\b(?:exploit|emplo|gèr|compt|betr[ei]|beschäft|arbeit|oper|gestion|explot|présent|vertreten|presen|k(?:am|ommt)\b"
    r"|netz\b|zahl\b|nombre\b|número\b)).*\b(?:dans|in|en|an|bei|auf|par|chez|através\s+de)\s+(?:(?:rund|environ|unos|unas"
    r"|près\s+de|ses|seinen|ihren|los|les|den|mehr\s+als|plus\s+de)\s+)*$",
    re.IGNORECASE,
)
_ORDERING: Final = re.compile(
    r"\b(?:pass(?:e|é|er|ent)|place[nr]?t?|erteil\w+|vergab|hizo|realizó)\s+(?:une?\s+|des\s+|de\s+|un\s+)?(?:commandes?"
    r"|pedidos?|Aufträge)"
)
# "de 0,75 euro par action est supprimé": what is done with it must be known to leave it as it is
_DONE_WITH: Final = re.compile(
    r"\s*(?:est|sont|sera|seront|a\s+été|ont\s+été|avait\s+été|fue|fueron|será|serán|ha\s+sido|han\s+sido|es|está)\s+"
    r"(?:\w+ment\w?\s+|(?:déjà|désormais|ya|aujourd['’]hui)\s+)?"
    r"(?P<done>\w+(?:[éiu]e?s?|i[st]e?s?|rtes?|[ai]d[oa]s?))\b"
)
# a German verb in two parts: "nahm Schulden von 5 Mio. Euro auf"
_PARTED: Final = re.compile(r"\s*(?:auf|ab|zurück|weg|um|ein|an)(?=[.,;“”»]|\s+und\b|\s*$)")
# "setzte mit dem größten Kunden 5 Mio. Euro um", "réalise avec ce client", "avec la vente de"
_WITH_WHOM: Final = re.compile(
    r"\b(?:mit\s+(?:de[mnr]|seine[mnr]|ihre[mnr]|diese[mnr]|eine[mr])|avec\s+(?:le|la|les|l['’]|son|sa|ses|ce|cette|un|une)"
    r"|con\s+(?:el|la|los|las|su|sus|un|una|ese|esa|este|esta))\s*(?:[a-zäöüßéè]+\s+)?(?!Abschluss|Ende|de\b)\w+(?:\s+(?:des?"
    r"|der|von|del)\s+\w+)?\s+(?:(?:einen?|un)\s+(?:Umsatz|Gewinn|chiffre\s+d['’]affaires|bénéfice|beneficio)\s+(?:von|de)\s+)?$"
)
# "steuerte auf 5 Mio. Euro zu"
_TOWARDS: Final = (
    re.compile(r"^(?!.*\b(?:leg(?:t|te|ten|en)|n(?:ahm|ahmen|immt|ehmen))\b).*\bauf\s+$", re.DOTALL),
    re.compile(r"\s*zu(?=[.,;“”»]|\s*$)"),
)
_SHOWN: Final = re.compile(r"\b(?:wies|wiesen|weist|weisen)\b|\bauf\s+(?:\w+\s+)?$")
_NEXT_DOOR: Final = re.compile(
    r"\b(?:nebenan|gegenüber\s+(?:hat|beschäft)|d['’]à\s+côté|d['’]en\s+face|de\s+al\s+lado|de\s+enfrente)",
    re.IGNORECASE,
)
_SHOPS: Final = frozenset(
    stem(one) for one in ("stores", "shops", "branches", "outlets", "restaurants", "plants", "hotels")
)


def _is_stock(look: Look) -> bool:
    """Whether the number is what stands at a time, and the sentence does not say that it is shown, or came to it."""
    return is_among(look.families, ("debt", "cash", "assets", "inventory", "equity")) and not _SHOWN.search(
        look.left
    )


def _done_with(look: Look, language: str) -> re.Match[str] | None:
    """What is done with a number that is the subject, if that may leave nothing of it."""
    found = _DONE_WITH.match(look.right)
    if found is None or language == "de":
        return None
    done, frame = found["done"].lower(), frame_of(language)
    is_turned = frame.turning.fullmatch(done) is not None and not look.reading.change
    is_known = done in frame.plain and not is_turned and not frame.lessening.fullmatch(done)
    return None if is_known else found


def _is_shop(look: Look) -> bool:
    return bool(look.reading.nouns) and stem(look.reading.nouns[-1]) in _SHOPS


_ONE_OF_THEM: Final = re.compile(r"\b(?:dont\s+cel(?:ui|le)s?|darunter|entre\s+(?:ell|otr)[oa]s)\b[^0-9;]*$")
_GAINED: Final = re.compile(
    r"\b(?:gew(?:ann|innt|onnen)\w*|conqui\w+|gagné|gagne|captó|capta|captado|captaron|ganó|atrajo|attiré|recruté"
    r"|séduit)\b[^0-9]*$"
)
_PRETAX: Final = re.compile(r"\b(?:vor\s+Steuern|avant\s+imp[ôo]ts?|antes\s+de\s+impuestos)\b", re.IGNORECASE)
_TO_COMPANY: Final = re.compile(
    r"\b(?:pour\s+(?:le|la|l['’])|au|à\s+(?:la|l['’])|al|a\s+la)\s*(?:groupe|société|entreprise|compagnie|grupo|empresa|compañía"
    r"|sociedad)\b(?=\s|$)|\bdem\s+(?:Konzern|Unternehmen|Haus)\b"
)
_ATTRIBUTED: Final = re.compile(r"\b(?:at+ribu\w+|imputable\w*|correspondiente\w*)\s+(?:al?|au|à)\b")
_ONLOOKER: Final = re.compile(
    r"(?<!an )(?<!in )\b(?:[Dd]ie\s+Börse|(?<!à )(?<!en )(?<!de )[Ll]a\s+(?:Bourse|Bolsa))\b"
)
# "Um 5 Mio. Euro zu erreichen", "Nach einem Umsatz von 5 Mio. Euro"
_PURPOSE: Final = re.compile(
    r"\W*(?:Pour|Afin\s+d[e'’])\s*(?:[^\W\d_]+(?:er|ir|re))\b[^,]*$|\W*(?:Para)\s+[^\W\d_]+(?:ar|er|ir)\b[^,]*$"
)
_AFTER: Final = re.compile(r"\W*(?P<word>Nach|Après|Tras)\s[^,]*")

# "Angestrebt wird ein Umsatz", "L'ambition est un chiffre d'affaires de"
_WISHED: Final = re.compile(
    r"\W*(?:Angestrebt|Geplant|Erhofft|Gewünscht|Anvisiert|Ausgegangen|Gefordert|Unterstellt"
    r"|Kalkuliert)\s+(?:wird|werden|war|waren|wurde|ist|hatte|hatten)\b"
)
_IS_ONE: Final = re.compile(
    r"\W*(?:L['’]|Le\s+|La\s+|El\s+|Der\s+|Die\s+|Das\s+|Un[ea]?\s+|Ein[e]?\s+)\w+(?:\s+\w+)?\s+(?:est|es|ist|war|était|era|sera"
    r"|será|bleibt|reste)\s+(?:un[ea]?|unos|unas|eine?n?)\s"
)
# "Im Onlinehandel", "In der Zentrale"
_WITHIN: Final = re.compile(
    r"\W*(?:Im|In\s+der|Beim|Mit\s+de[mr]|Mit\s+seine[mr])\s+(?:[a-zäöü]+\s+)?(?!Tages|Weihnachts|Oster|Jahres)\w*(?:handel"
    r"|geschäft|bereich|sparte|segment)\b"
    r"|\W*(?:Auf\s+dem\s+(?:[a-zäöü]+\s+)?[\w-]*[Mm]arkt|Sur\s+le\s+(?:marché|segment)|En\s+el\s+(?:mercado|segmento))\b"
)
_AT_PLACE: Final = re.compile(
    r"\W*(?:In|Im|Am|An|Bei|Auf)\s+(?:der|dem|den\s+)?\s*(?:\w*[Zz]entrale|\w*[Ww]erk|Standort|Hauptsitz|Verwaltung"
    r"|Produktion|Vertrieb|Forschung|Entwicklung)\b"
    r"|\W*(?:Au\s+siège|À\s+l['’]usine|Sur\s+le\s+site|Dans\s+l['’]usine|En\s+la\s+(?:sede|planta|fábrica|central))\b"
)
# "Noch 2019 hatte der Umsatz 5 Mio. Euro betragen"
_STILL: Final = re.compile(
    r"^\W*(?:Noch|Todavía|Aún)\s[^,]*\b(?:hatte|hatten|había|habían|avait)\b|\bhatten?\s[^,]*\b(?:betragen|gelegen"
    r"|ausgemacht)(?=[.,;“”»]|$)|^\W*En\s+[0-9]{4}\s+encore\b"
)
_IF: Final = re.compile(
    r"\s*,?\s*de\s+(?:no\s+)?[a-záéñ]+[aei]r(?:se)?\b(?!\s+[0-9])"
)  # "de tener en cuenta solo España"
_LED: Final = re.compile(
    r"\W*(?:(?:Même|Incluso|Aun|Selbst|Sogar)\s+)?(?:avec|con|mit|bei)\s[^,]*", re.IGNORECASE
)


def _had(look: Look) -> re.Match[str] | None:
    """Whether a sum of a time is told of a time before another: "había facturado", "hatte … umgesetzt"."""
    if look.families.isdisjoint(_FLOWS):
        return None
    if found := _HAD.search(look.left):
        return found
    return _HATTE.search(look.left) if _HATTE_DONE.match(look.right) else None


_FLOWS: Final = frozenset({"revenue", "profit", "profit.net", "profit.operating", "profit.ebitda", "orders"})
_HAD: Final = re.compile(
    r"\b(?:avait|avaient|había|habían)\s+(?:\w+\s+)?[^\W\d_]+(?:é|ée|és|ées|i|u|is|it|ado|ido|sto|cho)\b[^,]*$"
)
_HATTE: Final = re.compile(r"\bhatten?\s[^,]*$")
_HATTE_DONE: Final = re.compile(r"\s*(?:[A-ZÄÖÜ]\w+\s+)?(?:ge|er|ver|um)\w+(?:t|en)\b")
_BEST_YEAR: Final = re.compile(
    r"\b(?:[Ii]m|[Ii]n\s+(?:seinem|ihrem|den|seinen))\s+besten\s+Jahr|\bmeilleures?\s+ann[ée]es?\s+de\s+(?:son|sa|leur)"
    r"|\bmejor(?:es)?\s+años?\s+de\s+su|\b(?:Im|im)\s+Rekordjahr\s+[0-9]{4}\s+[a-zäöü]",
)
_BEHIND_IT: Final = re.compile(r"\b(?:hinter\s+de[nmr]|loin\s+des?|lejos\s+de(?:\s+l[oa]s)?)\s*$")
_SEVERAL: Final = re.compile(
    r"\W*(?:Ils|Elles|Ellos|Ellas)\s|\W*Die\s+(?!Umsätze|Erlöse|\w*erlöse|Stadtwerke)\w+(?:\s+(?:des|der|von)\s+[^,]*?)?\s+"
    r"(?:erzielten|erreichten|setzten|verbuchten|erwirtschafteten|verdienten|machten|meldeten|kamen)\b"
)
_OF_RIVALS: Final = re.compile(
    r"\s*(?:de|des|von|der)\s+(?:sus?\s+|ses\s+)?(?:competidor|concurrent|rival|Wettbewerb|Konkurren|Rival|Mitbewerb)"
)
# "Die Zahl von 5 Mio. Euro", "Comparada con los 5 millones"
_FIGURE: Final = re.compile(
    r"\W*(?:Die\s+(?:Zahl|Summe|Marke|Angabe|Schätzung)\s+von|Le\s+(?:chiffre|montant)\s+d[e'’]|La\s+(?:cifra|suma)\s+de"
    r"|El\s+dato\s+de)\s*(?:l[oa]s\s+)?"
)
_MEASURED_BY: Final = re.compile(
    r"\W*Gemessen\s+(?:am|an\s+der)\s+\w+\s+in\s[^,]*|"
    r"\W*(?:Rapporté\w*|Comparé\w*|Comparad[oa]s?|En\s+compara\w+)\s[^,]*|\W*(?:Gemessen|Verglichen)(?:\s+\S+){1,5}\s+von\s+"
)
_STANDS_FOR: Final = re.compile(
    r"\b(?:représent\w+|represent\w+|supuso|supone|aport\w+)\s+(?:une?|una?|unos|unas)\s"
)
_WOULD: Final = re.compile(
    r"[^.;]*\b(?:\w+(?:rait|raient)|(?<!la )(?<!una )(?<!las )\b\w+(?:ría|rían)|wäre\w*|hätte\w*|würde\w*|könnte\w*|käme\w*"
    r"|läge\w*)\b"
)
_GIVEN: Final = re.compile(
    r"\b(?:vers|accord|offer|propos|donn|remis|attribu|distribu|adress|destin|notifi|envoy|pay|dirigid|destinad"
    r"|ofrecid)\w*\s+(?:à|aux|a)\s+$|^\W*[A-ZÁÉ]\w+(?:aron|ieron)\s(?!en\b)[^,]*$"
)
_DATIVE: Final = re.compile(r"\W*(?:Dem|Den)\s+(?:[a-zäöü]+\s+)?")

# "Allein in Polen", "rien qu'en Pologne"
_ONLY: Final = re.compile(
    r"\W*(?:(?:Allein|Nur|Bloß|Alleine)\s+(?:in|im|bei|auf|mit|die|der|das)|(?:Tan\s+)?(?:Solo|Sólo|Solamente"
    r"|Únicamente)\s+(?:en|con|la|el)|Rien\s+qu|(?:Seulement|Uniquement)\s|À\s+(?:elle|lui)\s+seule?)"
)
_HEARSAY: Final = re.compile(
    r"\bsoll(?:en)?\b[^,;]*\b(?:haben|sein)\b|\b\w*[Kk]reisen?\s+zufolge|\b(?:aus|in|laut|nach)\s+(?:\w+\s+)?\w*(?:kreisen"
    r"|insidern)\b|\b[Ii]nsidern?\b|\b(?:ökonomen|experten|fachleuten?|beobachtern?|volkswirten?|branchenkenner\w*|économistes"
    r"|observateurs|economistas|observadores)\b|\bsources?\s+(?:proches?|bien|au\s+fait|du\s+secteur|industrielles?|internes?)"
    r"|\bfuentes\s+(?:del|cercanas|internas|próximas)",
    re.IGNORECASE,
)
_WANTED: Final = re.compile(
    r"\b(?:peilt|peilte|strebt|strebte|visent|vise|visait|lorgne|will|wollen|wollte|wollten|möchte\w*|soll|sollen|sollte\w*"
    r"|veut|veulent|voulait|souhaite\w*|entend|doit|compte(?:nt)?\s+\w+er"
    r"|(?<=\bSelon\s)[^,]*,[^,]*\bdevrai(?:t|ent)|quiere\w*|quería\w*|pretende\w*|debe\w*|debería\w*|aspira\w*|ambitionne\w*)\b"
)
_BEFORE: Final = re.compile(
    r"\b(?:vor|avant|antes\s+d(?:e|el))\s+(?:der|dem|den|seine[mr]|ihre[mr]|le|la|l['’]|les|la|las|los)\s*"
    r"(?!\w*(?:steuer|zins|abschreib|sonder|einmal|impôt|intérêt|amort|élément|impuesto|interes|extra))[^\W\d_]+",
    re.IGNORECASE,
)
_DISTANT: Final = re.compile(
    r"\s*(?:de\s+(?:moins|plus|menos|más)|en\s+(?:moins|plus)|weniger|mehr|menos|más|zu\s+(?:wenig|viel)|(?:sous|au-dessus"
    r"|en[- ]dessous|au-dessous|por\s+debajo|por\s+encima|unterhalb|oberhalb|unter|über)\s+(?:d\w+|le\w*|la|su|son|sa"
    r"|ihre?\w*))\b(?!\s+(?:als\s+die\s+Hälfte))",
    re.IGNORECASE,
)


_WITH: Final = re.compile(r"\b[Mm]it\s+$")  # "lag mit 5 Mio. Euro über dem Vorjahr"

_ITS_OTHER: Final = re.compile(
    r"\b(?:(?:su|sus|son|sa|ses|leur|leurs|sein\w*|ihr\w*|unser\w*|del|du"
    r"|des)\s+(?:[a-zäöüßéè]+\s+)?(?P<who>wirtschaftsprüfer\w*|abschlussprüfer\w*|commissaires?|auditor|clientes?|clients?"
    r"|cliente|kunde|kunden|partner|partenaires?|socios?|lieferant\w*|fournisseurs?|proveedor\w*|filiales?|filial)|(?:der|die|le"
    r"|la|el)\s+(?:[a-zäöüßéè]+\s+)?(?P<one>\w+prüfer|commissaire|auditor|client|cliente|kunde|partner|partenaire|socio"
    r"|filiale?))\s+(?:(?:[A-ZÄÖÜ][\w&-]+\s+)?(?!de\b|der\b|des\b|in\b|en\b|von\b)[a-zäöüéè]+\s+)",
    re.IGNORECASE,
)
