"""Whether the clause of a number is of known words, in another language than English.

The grammars of these languages are small, and so are the clauses that tell a number in reports and news: what is measured,
whose it is, a verb, a time. A clause with an unknown verb, or a noun that is no name, may tell anything. Words of why and
where are free.
"""

import re
from collections.abc import Sequence
from typing import Final

from service.evidence.owners.clause_words import PIECES, Frame, frame_of
from service.evidence.owners.frames_wide import turned_wide, unknown_wide
from service.evidence.owners.look import RATES, Look, is_among
from service.evidence.owners.patterns import Patterns, patterns_of
from service.evidence.subjects import stem

# sums that somebody did something with: their clauses say what for
_DEALINGS: Final = frozenset(
    {"spend", "deal", "price", "funding", "stake", "fine", "charge", "subsidy",
     "savings", "debt", "buyback", "rent", "cost", "wages"}
)  # fmt: skip
_EDGE: Final = re.compile(r"[,;:](?:\s|$)|[(—–]|[.!?](?:\s|$)")
_BRACKETS: Final = re.compile(r"\([^()]*\)|（[^（）]*）")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SHORT: Final = 2  # letters of what is no word


def out_of_frame_abroad(look: Look, language: str) -> str | None:
    """Why the clause of the number is not of known words; None if it is."""
    is_wide = patterns_of(language).is_ideographic
    is_dealt = is_among(look.families, _DEALINGS) if is_wide else not look.families.isdisjoint(_DEALINGS)
    if is_wide and (turned := turned_wide(look)):
        return turned
    if is_dealt or not (look.families or not look.reading.unit):
        return None
    frame = frame_of(language)
    is_opened = look.left[:2] == "  "  # a cause that is blank stands there
    if (
        not is_opened
        and (first := frame.verb_first.match(look.left))
        and (patterns_of(language).is_ideographic or len(_WORD.findall(look.left)) > 1)
    ):
        return f'the sentence begins with "{first.group().strip()}"'
    if patterns_of(language).is_ideographic:
        return unknown_wide(look, frame, patterns_of(language), language)
    if reason := _beside(look, patterns_of(language)) or _governed(
        look, patterns_of(language), _BRACKETS.sub(" ", look.left)
    ):
        return reason
    if (other := _ITS_OTHER.search(look.left)) and stem(other["who"]) not in look.words:
        return f'it is said of "{other.group()}"'
    left, right = _BRACKETS.sub(" ", look.left), _BRACKETS.sub(" ", look.right)
    clauses = _EDGE.split(left)
    behind = _EDGE.split(right)[0]
    if free := frame.free.search(behind):
        behind = behind[: free.start()]
    if _is_free_behind(look, frame, clauses[-1], behind):
        behind = ""
    parts = [clauses[-1], behind]
    if len(clauses) > 1 and not re.search("[0-9]", clauses[0]):
        parts.insert(0, clauses[0])
    for place, said in enumerate(parts):
        if frame.free.match(said.lstrip()):
            continue
        word = _unknown(look, frame, patterns_of(language), said, language, begins=said is clauses[0])
        if word:
            where = "behind it" if place == len(parts) - 1 else "before it"
            return f'"{word}" stands {where}'
    return None


def _beside(look: Look, words: Patterns) -> str | None:
    """Whether the sentence is about something with another thing, or the number is a part of a measure behind it."""
    if not look.reading.unit:
        return None
    if (lead := _WITH.match(look.left)) and not look.reading.change:
        return f'it is said of something "{lead.group().split()[0]}" something else'
    if look.reading.unit not in RATES and (whole := _OF_WHOLE.match(look.right)):
        named = words.measures.match(look.right, whole.end())
        return f"it is a part of {named.group()}" if named else None
    return None


def _governed(look: Look, words: Patterns, left: str) -> str | None:
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
    if _OF_MEASURE.fullmatch(left[: first.start()]) and not words.measures.search(left[: first.start()]):
        return f'it is said of "{left[: first.start()].strip()}"'
    if told := _RELATIVE.match(left[first.end() :]):
        return f'it is what is told of "{told.group().strip(" ,")}"'
    return None


# sentences about a shop, a plant, a trade
_PART_FIRST: Final = re.compile(
    r"\W*Auf\s+[^,;]{2,60}?\s+entf(?:ä|ie)l\w*|"
    r"\W*(?:Der|Die|Das|Ein|Eine|L['’]|La|Le|Les|Un|Une|Una|El|Los)\s*(?:boutique|magasin|usine|tienda|fábrica|planta|gremio"
    r"|sector|secteur|syndicat|atelier|taller|Filiale|Fabrik|Laden|Werk|Branche|Innung|Verband|Gewerkschaft|Bundesliga)s?\b",
)
_AMONG: Final = re.compile(r"\W*(?:Bei|Unter|Chez|Parmi|Entre)\s+(?:(?:den|les|los|las)\s+)?(?P<who>\w+)\s")
_OUT_OF: Final = re.compile(
    r"\W*(?:Vom|Von\s+(?:der|dem|den|diesem|dieser)|Del|De\s+(?:la|los|las)|Sur\s+(?:le|la|les|ce)|Du|Dans\s+(?:le|la))\s+(?:\w+\s+)?"
)
_LOST: Final = re.compile(r"\b(?:büß(?:t|te|ten|en)|verlor(?:en)?|verliert|einbüß\w+)\b")
_DONE_TO: Final = re.compile(r"\b(?:a\s+l[oa]s?|al|aux?|à\s+(?:la|l['’]|son|sa|ses))\s*$")
# "Der Branchenschnitt der EBIT-Marge"; how high it is, or where it stood, is no other thing
_OF_MEASURE: Final = re.compile(
    r"\W*(?:Der|Die|Das|Le|La|El)\s+(?!Wert|Höhe|Stand|Summe|Gesamt|Konzern|Gruppe|Anteil|Wachstum|Anstieg|Zuwachs|Rückgang"
    r"|Steigerung|Plus|Minus|Erhöhung|Betrag|Volumen)[A-ZÄÖÜ]\w+\s+(?:der|des)\s+(?:[a-zäöü]+\s+)?"
)
_RELATIVE: Final = re.compile(
    r",\s+(?:(?:von|mit|auf|nach|an)\s+(?:dem|den|der|die|das|denen)|dont\s+(?!le\b|la\b|les\b)|que\s+|qu['’]|con\s+(?:el|la|los)\s+que|de\s+la\s+que)"
    r"[^,0-9]{3,80},"
)


def _is_free_behind(look: Look, frame: Frame, clause: str, behind: str) -> bool:
    """Whether a verb before the number has said what it is, and what hangs on behind it supposes nothing."""
    said = {word.lower() for word in _WORD.findall(clause)}
    pieces = {piece for word in said for piece in PIECES.split(word)}
    if look.families & _WHOLES and _WHERE.match(behind):
        return False
    return not frame.verbs.isdisjoint(pieces) and _SUPPOSING_BEHIND.search(behind) is None


_WHOLES: Final = frozenset(
    [
        "revenue",
        "profit",
        "profit.net",
        "profit.operating",
        "profit.ebitda",
        "margin",
        "margin.operating",
        "orders",
        "share",
    ]
)
# what may be a part of the whole: "dans les chaussettes"
_WHERE: Final = re.compile(
    r"\s*(?:dans|sur|en|aux?|chez|avec|in|im|mit|auf|bei|an|am|aus|con|entre|parmi)\b", re.IGNORECASE
)
_SUPPOSING_BEHIND: Final = re.compile(
    r"\b(?:auf\s+dem\s+Papier|Tr(?:a|ä)um\w*|Plan\w*|wenn|falls|sofern|bei\s+Erfolg|rechnerisch|für\s+(?:machbar|möglich|denkbar|realistisch)\w*"
    r"|erreichbar|hin(?:zu)?|aus(?:blieb|bleiben)|ein|bei|ab|vorbei|nach|vor|voraus|an|zu(?:gut)?e?|frei|auf|entgehen|entgangen|verloren|beigesteuert|beizusteuern"
    r"|si|s['’]il|en\s+cas|sur\s+le\s+papier|r[êe]v\w+|avec|d['’]ici|hypoth\w+|à\s+condition|con|en\s+caso|sobre\s+el\s+papel"
    r"|sueñ\w+|para|pour|plan|mit|samt|zusammen|ensemble|juntos)\b|\b(?:zum|zur|au|aux|à|al)\s+\w+\s+(?:bei|ein)\b",
    re.IGNORECASE,
)

# with or without something: "Mit Orbis liegt der Umsatz bei", "sans la subvention"
_WITH: Final = re.compile(
    r"\W*(?:Mit|Ohne|Avec|Sans|Con|Sin|Nebst|Samt|Hors)\s+(?![^,;]*[0-9])(?:(?:der|die|das|den|dem|le|la|les|el"
    r"|los|las)\s+)?[^\W\d_][\w-]*"
    r"(?:\s+[^\W\d_][\w-]*)?(?:,\s|\s+(?:liegt|lag|beträgt|betrug|ist|war|kommt|käme|hat|macht|beläuft|erreichte?|stiege?|ergibt|ergab|wuchs|blieb|kletterte?)\b)"
)
_OF_WHOLE: Final = re.compile(r"\s*(?:des|vom|dans\s+(?:le|son|ses|les)|en\s+(?:los|sus|las))\s+")
_ITS_OTHER: Final = re.compile(
    r"\b(?:su|sus|son|sa|ses|leur|leurs|sein\w*|ihr\w*|unser\w*|del|du|des|der|die|le|el|la)\s+(?:[a-zäöüßéè]+\s+)?"
    r"(?P<who>wirtschaftsprüfer\w*|abschlussprüfer\w*|commissaires?|auditor|clientes?|clients?|cliente|kunde"
    r"|kunden|partner|partenaires?|socios?|lieferant\w*|fournisseurs?"
    r"|proveedor\w*|filiales?|filial)\s+"
    r"(?:(?:[A-ZÄÖÜ][\w&-]+\s+)?(?!de\b|der\b|des\b|in\b|en\b|von\b)[a-zäöüéè]+\s+)",
    re.IGNORECASE,
)


def _unknown(
    look: Look, frame: Frame, words: Patterns, said: str, language: str, *, begins: bool
) -> str | None:
    """The first word of a clause that is neither known nor a name, nor the noun that the sentence begins with."""
    listed = [(one.group(), one.end()) for one in _WORD.finditer(said)]
    spoken = [word for word, _ in listed]
    subject = _subject_of(spoken) if begins else frozenset[int]()
    for at, (word, end) in enumerate(listed):
        small = word.lower()
        if at in subject or said[end : end + 1] == "-" or _is_known(look, frame, small):
            continue
        if words.measures.fullmatch(word):
            continue
        bare = PIECES.split(word)[-1]
        if bare[:1].isupper() and language != "de" and not (at == 0 and begins and bare != word):
            continue
        if (
            bare[:1].isupper()
            and language == "de"
            and (not _determined(frame, spoken, at) or _is_inverted(spoken, at))
        ):
            continue
        if bare.isupper() or len(bare) <= _SHORT:
            continue
        return word
    return None


_ARTICLES: Final = frozenset(["der", "die", "das", "le", "la", "les", "el", "los", "las"])
_MANY: Final = frozenset(["les", "los", "las"])
_ELIDED: Final = ("l'", "l’")
_OF: Final = frozenset(["de", "du", "des", "d'", "del"])


def _subject_of(spoken: Sequence[str]) -> frozenset[int]:
    """Where the noun stands that a sentence begins with, behind its article: a verb must follow that is known.

    "La chaîne de boulangeries", "Der Flughafen"; with "de" and another noun behind it.
    """
    if not spoken:
        return frozenset()
    if spoken[0].lower() in _MANY or (spoken[0] == "Die" and len(spoken) > 2 and spoken[2].endswith("en")):
        return frozenset()  # several others: "Les détaillants dégagent", "Die Händler erreichen"
    if spoken[0].lower() in _ARTICLES and len(spoken) > 1 and spoken[1].lower() not in _ARTICLES:
        if len(spoken) > 3 and spoken[2].lower() in _OF:
            return frozenset({1, 3, 4} if len(spoken) > 5 and _DESCRIBING.search(spoken[4]) else {1, 3})
        return frozenset({1, 2} if len(spoken) > 3 and _DESCRIBING.search(spoken[2]) else {1})
    return frozenset({0}) if spoken[0].lower().startswith(_ELIDED) else frozenset()


# ends of adjectives that tell what sort of company it is, and of no verbs: "la bodega riojana", "la banque mutualiste"
_DESCRIBING: Final = re.compile(
    r"(?:ana|ano|esa|és|ina|ino|ega|ego|ica|ico|ense|enca|enco|tiva|tivo|aria|ario|ante|aine?|aise?|ienne|ien|oise?|iste|ière?|éenne?"
    r"|éen|ative?|ectives?|ective|ole|aire)$"
)
_FINITE: Final = re.compile(
    r"(?:meldet|verdient|erziel|erreich|verbuch|verzeichnet|beschäftig|steiger|erwirtschaft|veröffentlich|verkauf"
    r"|liefer|produzier|setz|erhöh|senk"
    r"|mach|leg|rechn|zahl|zähl|plan|erwart)\w*|hat|hatte|haben|betreibt|betrieb|schrieb|weist|wies|kam|kommt|fuhr"
    r"|stieg|sank|fiel"
)


def _is_inverted(spoken: Sequence[str], at: int) -> bool:
    """Whether a German noun is the subject behind its verb: "meldete die Reederei"."""
    return (
        at > 1 and spoken[at - 1] in {"der", "die", "das"} and _FINITE.fullmatch(spoken[at - 2]) is not None
    )


def _determined(frame: Frame, listed: list[str], at: int) -> bool:
    """Whether a German noun stands behind an article or the like, so that it is no name."""
    before = [one.lower() for one in listed[max(0, at - 2) : at]]
    if at == _ORIGIN and before[0] == "aus" and listed[0] in {"Der", "Die", "Das"}:
        return False  # "Der Hersteller aus dem Schwarzwald"
    if before and (before[-1] in frame.determiners or before[-1] in _NAMING):
        return True
    return (
        len(before) > 1
        and (
            before[-2] in frame.determiners
            or (before[-2] in _BEFORE_CASES and _INFLECTED.search(before[-1]) is not None)
        )
        and listed[at - 1][0].islower()
    )


_ORIGIN: Final = 4
_NAMING: Final = frozenset(["bleibt", "blieb", "ist", "war", "wäre", "gilt", "galt"])  # "bleibt Wunschdenken"
_BEFORE_CASES: Final = frozenset(
    ["bei", "mit", "unter", "nach", "in", "aus", "auf", "vor", "ohne", "zu", "gegen"]
)
_INFLECTED: Final = re.compile(r"e[mnrs]?$")


def _is_known(look: Look, frame: Frame, small: str) -> bool:
    if small in frame.plain or small.endswith(frame.ends or ("\0",)) or stem(small) in look.words:
        return True
    pieces = [piece for piece in PIECES.split(small) if len(piece) > 1]
    return bool(pieces) and all(
        piece in frame.plain or stem(piece) in look.words or piece.endswith(frame.ends or ("\0",))
        for piece in pieces
    )
