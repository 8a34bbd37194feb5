"""Whether the clause of a number is of known words, in another language than English.

The grammars of these languages are small, and so are the clauses that tell a number in reports and news: what is measured,
whose it is, a verb, a time. A clause with an unknown verb, or a noun that is no name, may tell anything. Words of why and
where are free.
"""

import re
from collections.abc import Sequence
from typing import Final

from service.evidence.owners.look import RATES, Look
from service.evidence.owners.others.clause_words import BRACKETS, PIECES, Frame, begun_with_verb, frame_of
from service.evidence.owners.others.dealings import is_carried_out, of_no_deal
from service.evidence.owners.others.frames_wide import out_of_frame_wide
from service.evidence.owners.others.governing import free_words
from service.evidence.owners.others.leads import WHOLES, of_another_form
from service.evidence.owners.others.patterns import Patterns, patterns_of
from service.evidence.owners.others.word_kinds import (
    BRINGING,
    is_brought,
    is_doubtful,
    is_firm,
    is_guess,
    is_no_subject,
    is_time,
    telling,
)
from service.evidence.subjects import stem

_EDGE: Final = re.compile(r"[,;:](?:\s|$)|[(—–]|[.!?](?:\s|$)")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SHORT: Final = 2  # letters of what is no word


def out_of_frame(look: Look, language: str) -> str | None:
    """Why the clause of the number is not of known words; None if it is."""
    if (reason := of_no_deal(look)) is not None:
        return reason
    words = patterns_of(language)
    if words.is_ideographic:
        return out_of_frame_wide(look, language)
    if is_carried_out(look) or not (look.families or not look.reading.unit):
        return None
    frame = frame_of(language)
    if len(_WORD.findall(look.left)) > 1 and (reason := begun_with_verb(look, frame)) is not None:
        return reason
    left = _own_words(look, language)
    if (reason := of_another_form(look, language, left)) is not None:
        return reason
    clauses = _EDGE.split(left)
    behind = _EDGE.split(BRACKETS.sub(" ", look.right))[0]
    if free := frame.free.search(behind):
        behind = behind[: free.start()]
    if _is_free_behind(look, language, clauses[-1], behind):
        behind = ""
    parts = [clauses[-1], behind]
    if len(clauses) > 1 and not re.search("[0-9]", clauses[0]):
        parts.insert(0, clauses[0])
    for place, said in enumerate(parts):
        if _is_cause(look, frame, said, is_own=said is clauses[-1]):
            continue
        word = _unknown(look, frame, words, said, language, begins=said is clauses[0])
        if word:
            where = "behind it" if place == len(parts) - 1 else "before it"
            return f'"{word}" stands {where}'
    return None


def _own_words(look: Look, language: str) -> str:
    """The words before the number without brackets, other clauses, and who says it."""
    left = _NEXT_SUBJECT.split(_SO_THAT.split(BRACKETS.sub(" ", look.left))[-1])[-1]
    left = _REPORTED.sub(r"\g<told>, ", left)
    told = _TOLD_THAT.match(left)
    is_company = told and not any(is_no_subject(language, one) for one in _WORD.findall(told.group()))
    return left[told.end() :] if told and is_company else left


def _is_free_behind(look: Look, language: str, clause: str, behind: str) -> bool:
    """Whether a verb before the number has said what it is, and what hangs on behind it supposes nothing."""
    measures = patterns_of(language).measures
    said = {word.lower() for word in _WORD.findall(measures.sub(" ", clause))}
    pieces = {piece for word in said for piece in PIECES.split(word)}
    led = _WORD.search(behind) if _LED_BY.fullmatch(clause) else None
    following = led or _NEXT_VERB.match(behind)
    verb = following.group().split()[-1] if following else ""
    if _COMES_FROM.match(behind) or verb in (telling(language) | (_IS if led else set())) - _RECKONING:
        return True
    brought = is_brought(_WORD.findall(clause), patterns_of(language))
    if brought and language == "de" and _DONE.fullmatch(behind) and not is_guess(behind.lower()):
        return True
    if look.families & WHOLES and _WHERE.match(behind) and not is_time(language, behind):
        return False
    return not telling(language).isdisjoint(pieces) and _SUPPOSING_BEHIND.search(behind) is None


# "teilte mit, dass": what is told so is told by the company, or who else it is shows in the first clause
_REPORTED: Final = re.compile(
    r"(?P<told>\b(?:(?:teilte|gab|gaben|teilten)\s(?:(?!nicht|nie)[^,])*\b(?:mit|bekannt)|(?:bestätig|melde|berichte|erklär"
    r"|sag)ten?)),\s+dass\s"
)
# another clause behind a number, with a subject of its own: "… millones de euros y el número de"
_NEXT_SUBJECT: Final = re.compile(
    r"(?<=[0-9])[^0-9,;:]{1,40}\s(?:und|et|y)\s+(?=(?:der|die|das|le|la|les|l['’]|el|los|las)\s*[^0-9]*$)"
)
_NEXT_VERB: Final = re.compile(r"\s(?:und|et|y|e)\s+[^\W\d_]+")  # of the same subject, behind a number
# who says it, in French and Spanish: "La compagnie X indique que"
_TOLD_THAT: Final = re.compile(
    r"[^,;0-9]{2,70}?\s(?:apprend|indiqu|annonc|précis|affirm|expliqu|rappel|soulign|signal|anunci|inform|comunic|indic|explic|señal"
    r"|asegur|afirm|destac|recuerd|recalc)\w*\s[^,;0-9]{0,60}?\b(?:que(?:,\s+\w+,)?\s|qu['’])"
)
# what came of the clause before, whose words are free
_SO_THAT: Final = re.compile(
    r"\b(?:so\s*dass|wodurch|womit|si\s+bien\s+que|de\s+sorte\s+que|por\s+lo\s+que|con\s+lo\s+que|de\s+modo\s+que)\b"
)
# an adverb that a sentence begins with: "Theoretisch", "Théoriquement"
_MANNER: Final = re.compile(r"(?:weise|lich|isch|mäßig|ment|mente)$")


def _is_cause(look: Look, frame: Frame, said: str, *, is_own: bool) -> bool:
    """Whether words tell why or where, by the first of them; in the number's own clause only for what drives it."""
    if not is_own and _TO_DO.match(said):
        return True
    if not frame.free.match(said.lstrip()) or (is_own and not _DRIVEN.match(said)):
        return False
    return look.reading.unit in RATES or not _ADJUSTING.match(said)


_DRIVEN: Final = re.compile(
    r"\s*Ge(?:trieben|stützt)\s(?!.*\b(?:hätte|wäre|würde|könnte|dürfte|läge|käme)n?\b)"
)
# what it is done for, in a clause of its own
_TO_DO: Final = re.compile(
    r"\s*(?:Pour|Afin\s+d[e'’]|Para|Con\s+el\s+(?:fin|objetivo)\s+de)\s*[^\W\d_]+(?:er|re|ir|ar)\b|\s*Um\s[^,]*\szu\s+[a-zäöü]+n\s*$"
)
# what is left out, or done before: "Après retraitement, …"
_ADJUSTING: Final = re.compile(
    r"\s*(?:Hors|Contre|Comparé)\b"
    r"|\s*(?:Après|Tras)\s+(?!l[ae]s?\b|l['’]|une?\b|un[oa]?\b|el\b|los\b|sus?\b|s[oae]n?s?\b|imp[ôu]|[0-9])"
)
# the verb at the end of a German clause: "hochgeschraubt"
_DONE: Final = re.compile(r"\s*[^\W\d_]*ge[^\W\d_]+(?:t|en)\s*|\s*(?:ver|er|be|ent|zer)[^\W\d_]+(?:t|en)\s*")
_IS: Final = frozenset(["ist", "sei", "war", "hat", "hatte", "wurde", "bleibt"])
_RECKONING: Final = frozenset(["rechnet", "rechnete", "rechnen", "plant", "erwartet", "zählt"])
# "Mit 276 Läden ist die Kette …", "Mit einem Auftragsbestand von 5 Mio. Euro ist …"
_LED_BY: Final = re.compile(r"\W*(?:Mit|Bei)\s+(?:[^,]*\s(?:von|in\s+Höhe\s+von)\s*)?")
# what is said of all of it
_COMES_FROM: Final = re.compile(
    r"\s*(?:stamm(?:t|en|te|ten)|provien(?:t|nent)|procede[n]?|s['’]expliqu\w+|se\s+explica\w*|reflète|refleja|résulte"
    r"|entsprech(?:en|end)|entspricht|correspond|equivale)\b"
)
# what may be a part of the whole: "dans les chaussettes"
_WHERE: Final = re.compile(
    r"\s*(?:dans|sur|en|aux?|chez|avec|in|im|mit|auf|bei|an|am|aus|con|entre|parmi)\b", re.IGNORECASE
)
_SUPPOSING_BEHIND: Final = re.compile(
    r"\b(?:auf\s+dem\s+Papier|Tr(?:a|ä)um\w*|Plan\w*|wenn|falls|sofern|bei\s+Erfolg|rechnerisch|für\s+(?:machbar|möglich|denkbar"
    r"|realistisch)\w*|erreichbar|hin(?:zu)?|aus(?:blieb|bleiben)|ein|bei|ab|vorbei|nach|vor|voraus|an|zu(?:gut)?e?|frei|auf"
    r"|entgehen|entgangen|verloren|beigesteuert|beizusteuern|si|s['’]il|en\s+cas|sur\s+le\s+papier|r[êe]v\w+|avec|d['’]ici"
    r"|hypoth\w+|à\s+condition|con|en\s+caso|sobre\s+el\s+papel|sueñ\w+|(?:para|pour)(?!\s+[^\W\d_]+(?:er|ir|re|ar)\b)|plan|mit"
    r"|samt|zusammen|ensemble|juntos)\b|\b(?:zum|zur|au|aux|à|al)\s+\w+\s+(?:bei|ein)\b",
    re.IGNORECASE,
)


def _unknown(
    look: Look, frame: Frame, words: Patterns, said: str, language: str, *, begins: bool
) -> str | None:
    """The first word of a clause that is neither known nor a name, nor the noun that the sentence begins with."""
    listed = [(one.group(), one.end()) for one in _WORD.finditer(said)]
    spoken = [word for word, _ in listed]
    is_parted = _is_parted(look) and bool(look.reading.unit)
    told = (*spoken, *_WORD.findall(_EDGE.split(look.right)[0]))
    is_bringing = any(word.lower() in BRINGING for word in told)  # a contract, a product
    subject = _subject_of(spoken) if begins and not is_bringing else frozenset[int]()
    thing = _thing_of(spoken, language) if begins and is_bringing else ""
    if thing and stem(thing) not in look.words:
        return thing
    subject = frozenset(at for at in subject if not is_no_subject(language, spoken[at])) | free_words(
        look, words, spoken, language, parted=_is_parted(look)
    )
    for at, (word, end) in enumerate(listed):
        small = word.lower()
        if (
            begins
            and not at
            and "'" not in small
            and "’" not in small
            and _MANNER.search(small)
            and small not in frame.plain
        ):
            return word
        if at in subject or said[end : end + 1] == "-" or _is_known(look, frame, small):
            continue
        if words.measures.fullmatch(word):
            continue
        if at and language != "de" and _DESCRIBING.search(small) and _is_any_firm(spoken[at - 1]):
            continue  # "le groupe chimique"
        if (
            at
            and _DEGREE.search(small)
            and _CHANGE.fullmatch(spoken[at - 1].lower())
            and not is_doubtful(language, small)
        ):
            continue  # "hausse significative"
        bare = PIECES.split(word)[-1]
        if bare[:1].isupper() and language != "de" and not (at == 0 and begins and bare != word):
            continue
        if (
            bare[:1].isupper()
            and language == "de"
            and not _ABSTRACT.search(bare)
            and not (is_parted and _leads_to_part(spoken, at))
            and (not _determined(frame, spoken, at) or _is_inverted(spoken, at))
        ):
            continue
        if bare.isupper() or len(bare) <= _SHORT:
            continue
        return word
    return None


def _is_parted(look: Look) -> bool:
    """Whether what is measured has parts that stand behind "in" and the like."""
    if look.reading.change in {"cut", "planned"} and not look.reading.unit:
        return False
    if look.families == frozenset({"share"}):
        return False  # a market is what it is of
    return not look.reading.unit or not look.families.isdisjoint(WHOLES)


_ARTICLES: Final = frozenset(["der", "die", "das", "le", "la", "les", "el", "los", "las"])
_GERMAN: Final = frozenset(["Der", "Die", "Das"])
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
        if len(spoken) > 3 and spoken[2].lower() in _OF and (spoken[0] in _GERMAN or _is_any_firm(spoken[3])):
            return frozenset()  # "Die Sparte des Konzerns", "la branche du groupe"
        if len(spoken) > 3 and spoken[2].lower() in _OF:
            return frozenset({1, 3, 4} if len(spoken) > 5 and _DESCRIBING.search(spoken[4]) else {1, 3})
        return frozenset({1, 2} if len(spoken) > 3 and _DESCRIBING.search(spoken[2]) else {1})
    return frozenset({0}) if spoken[0].lower().startswith(_ELIDED) else frozenset()


def _is_any_firm(word: str) -> bool:
    return any(is_firm(language, word) for language in ("fr", "es"))


def _thing_of(spoken: Sequence[str], language: str) -> str:
    """The noun that a sentence begins with behind its article, if it is none for a company; else ""."""
    if spoken[0].lower() in _ARTICLES:
        noun = spoken[1] if len(spoken) > 1 else ""
    else:
        noun = PIECES.split(spoken[0])[-1] if spoken[0].lower().startswith(_ELIDED) else ""
    return "" if is_firm(language, noun) else noun


# ends of adjectives that tell what sort of company it is, and of no verbs: "la bodega riojana", "la banque mutualiste"
_DESCRIBING: Final = re.compile(
    r"(?:ana|ano|esa|és|ina|ino|ega|ego|ica|ico|ense|enca|enco|tiva|tivo|aria|ario|ante|aine?|aise?|ienne|ien|oise?|iste|ière?"
    r"|éenne?|éen|ique|al|ale|ative?|ectives?|ective|ole|aire)$"
)
_DEGREE: Final = re.compile(
    r"(?:ives?|ifs?|ivo|iva|ables?|ibles?|antes?|ants?|euse|eux|aire|ique|oso|osa|al|ale)$"
)
_CHANGE: Final = re.compile(
    r"hausse|baisse|progression|croissance|recul|repli|chute|augmentation|diminution|alza|baja|subida|caída|aumento|incremento"
    r"|crecimiento|descenso|retroceso|mejora|reducción|amélioration|réduction|rebond|bond"
)
_FINITE: Final = re.compile(
    r"(?:meldet|verdient|erziel|erreich|verbuch|verzeichnet|beschäftig|steiger|erwirtschaft|veröffentlich|verkauf|liefer"
    r"|produzier|setz|erhöh|senk|mach|leg|rechn|zahl|zähl|plan|erwart)\w*|hat|hatte|haben|betreibt|betrieb|schrieb|weist|wies"
    r"|kam|kommt|fuhr|stieg|sank|fiel"
)


def _is_inverted(spoken: Sequence[str], at: int) -> bool:
    """Whether a German noun is the subject behind its verb: "meldete die Reederei"."""
    return (
        at > 1 and spoken[at - 1] in {"der", "die", "das"} and _FINITE.fullmatch(spoken[at - 2]) is not None
    )


def _determined(frame: Frame, listed: list[str], at: int) -> bool:
    """Whether a German noun stands behind an article or the like, so that it is no name."""
    before = [one.lower() for one in listed[max(0, at - 2) : at]]
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


def _leads_to_part(spoken: Sequence[str], at: int) -> bool:
    """Whether a German noun stands behind a preposition and a verb, or begins the sentence with one: "mit Pumpen"."""
    if not at or spoken[at - 1].lower() not in _PARTING:
        return False
    return at == 1 or any(one in telling("de") for one in spoken[: at - 1])


_PARTING: Final = frozenset(["aus", "nach", "in", "bei", "für", "an", "auf"])
# ends of nouns that are no names: "in Kurzarbeit"
_ABSTRACT: Final = re.compile(
    r"[a-zäöüß](?:ung|ungen|heit|keit|schaft|tion|sion|tät|arbeit|zeit|rente|urlaub|ismus|nis|tum|streik|stand|stopp|gefahr"
    r"|verträgen?|lohn)$"
)
_NAMING: Final = frozenset(["bleibt", "blieb", "ist", "war", "wäre", "gilt", "galt"])  # "bleibt Wunschdenken"
_BEFORE_CASES: Final = frozenset(
    ["bei", "mit", "unter", "nach", "in", "aus", "auf", "vor", "ohne", "zu", "gegen"]
)
_INFLECTED: Final = re.compile(r"e[mnrs]?$")


def _is_known(look: Look, frame: Frame, small: str) -> bool:
    if small in frame.plain or stem(small) in look.words:
        return True
    if small.startswith("tochter"):
        return False  # "Tochterfirma"
    if small.endswith(frame.ends or ("\0",)):
        return True
    pieces = [piece for piece in PIECES.split(small) if len(piece) > 1]
    return bool(pieces) and all(
        piece in frame.plain or stem(piece) in look.words or piece.endswith(frame.ends or ("\0",))
        for piece in pieces
    )
