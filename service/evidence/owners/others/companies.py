"""Whether a number in another language than English is of another company than the fact's."""

import re
from typing import Final

from service.evidence.owners.look import WORD, Look, Mention, alike, is_among
from service.evidence.owners.others.parts import (
    COMMON_PARTS,
    has_wide_name,
    in_other_languages,
    left_over,
    part_words,
    without_own_parts,
)
from service.evidence.owners.others.patterns import Patterns
from service.evidence.reading.languages.detecting import is_word
from service.evidence.subjects import stem


def of_other_company(look: Look, words: Patterns, mention: Mention, clause: str) -> str | None:
    """Whether the clause of the number names another company than the fact's."""
    if not look.about.names:
        return None
    if words.is_ideographic:
        return _of_other_wide(look, words, clause) if has_wide_name(look) else None
    shares = list(_SHARES_OF.finditer(look.left))
    if shares and is_other(look, words, shares[-1]["name"]):
        return f"it is said of {shares[-1]['name']}"
    first = _FIRST.match(look.left)
    if (
        first
        and is_other(look, words, first["name"])
        and not is_word(first["name"])
        and not any(stem(word) in look.names for word in WORD.findall(look.left))
    ):
        return f"it is said of {first['name']}"
    acting = _ACTING.search(look.left) if words.language != "de" else None
    for beside in (_BESIDE.search(look.left), acting):
        if (
            beside
            and is_other(look, words, beside["name"])
            and not (beside is acting and is_word(beside["name"]))
        ):
            return f"it is said of {beside['name']}"
    is_held = look.families == frozenset({"stake"})  # of another company
    if not is_held and mention.start >= 0 and (joint := words.joints.match(look.text[mention.end :])):
        name = _NAME.match(look.text, mention.end + joint.end())
        if name and name.end() <= look.start and is_other(look, words, name.group()):
            return f"it is said of {name.group()}"
    return None


_SHARES_OF: Final = re.compile(
    r"\b(?P<name>[A-ZÄÖÜ][\w&-]*)-(?:Aktien?|Papiere?|Titel|Anteilsscheine?)\b"
)  # "Die Orbis-Aktie"
_NAME: Final = re.compile(r"[A-ZÄÖÜÉ][\w&-]+")
_FIRST: Final = re.compile(
    r"\W*(?:(?:Der|Die|Das|Le|La|El)\s+(?:[a-zäöü]+\s+)?(?:[\w-]*(?:[Hh]ersteller|[Kk]onzern|[Kk]ette|[Gg]ruppe|[Bb]ank)|groupe|constructeur"
    r"|géant|grupo|fabricante|gigante|cadena|empresa|compañía)\s+)?(?P<name>[A-ZÄÖÜÉ][\w&-]+)\s+[a-zäöüé]"
)
# companies that are listed with their numbers: "Alfa, con 5 millones, seguida por Beta, con 4 millones"
_HEADS: Final = re.compile(
    r"\b(?P<name>[A-ZÄÖÜÉ][\w&-]+(?:\s[A-ZÄÖÜÉ][\w&-]+)*),?\s+(?:con|avec|mit|para|pour|für)\s+(?=[^,;0-9]{0,40}[0-9])"
)
RELATIVE: Final = re.compile(
    r"(?P<name>[A-ZÄÖÜÉ][\w&-]+),\s+(?:der|die|das|dessen|deren|qui|dont|que|cuy[oa]s?)\s[^,;]*$"
)
_BESIDE: Final = re.compile(
    r"(?:,|\bund|\bet|\by|\()\s+(?P<name>[A-ZÄÖÜÉ][\w&-]+)\s+(?:(?:von|mit|auf|bei|de|du|del|con|avec|à|el|hat|a|tiene)\s+)?$"
)


# "Tandis que Orbis perd du terrain, Delta a atteint"
_ACTING: Final = re.compile(
    r",\s+(?P<name>[A-ZÉ][\w&-]+)\s+(?:a|ont|est|ha|han|es|tiene|[a-zéèó]+(?:e|ent|it|ó|a))\s[^,;A-ZÉ]*$"
)
_PRONOUNS: Final = frozenset(
    ["Er", "Sie", "Es", "Wir", "Dies", "Das", "Il", "Elle", "Ils", "Elles", "Nous", "Ella", "Ello"]
)


def of_other_named(look: Look, words: Patterns, before: str, behind: str) -> str | None:
    """Whether the number is another company's of those listed, or a later sentence tells that of the company, or of the year."""
    said = _SENTENCES.split(before)[-1]
    heads = list(_HEADS.finditer(said + look.text))
    own = [head for head in heads if _names_it(look, head["name"])]
    last = next((head for head in reversed(heads) if head.start() < len(said) + look.start), None)
    if own and last and last not in own:
        return f"it is said of {last['name']}"
    measured = words.measures.search(look.left)
    is_named = _names_it(look, look.left[: measured.start() if measured else None])
    if (is_named and _is_of_part(look)) or (_parts_of(look) and _EVERYWHERE.match(look.right)):
        return "it is said of the whole company"
    period, is_first = look.about.period, _FORMER.match(look.text) is not None
    year = "" if period is None or str(period.last.year) in look.text + before else str(period.last.year)
    is_company = bool(look.names) and not _names_it(look, look.text if is_first else look.text + before)
    for sentence in _SENTENCES.split(behind) if is_company or year else ():
        if (is_company and _names_it(look, sentence)) or (year and year in sentence):
            return "a later sentence tells it" if _is_like(look, words, sentence) else None
    return None


def _is_like(look: Look, words: Patterns, sentence: str) -> bool:
    """Whether a sentence has a number of the same unit, and measures what the fact does, or nothing that is known."""
    unit = _UNIT.search(look.text[: look.end].rstrip())
    named = [words.families.get(one["phrase"].lower()) for one in words.measures.finditer(sentence)]
    is_like = not (look.families and named) or any(alike(one, look.families) for one in named if one)
    return (
        unit is not None
        and is_like
        and re.search(rf"[0-9][^,;0-9]*{re.escape(unit[0])}", sentence) is not None
    )


def _parts_of(look: Look) -> frozenset[str]:
    return part_words(look) - {stem(noun) for noun in look.reading.nouns}


# of all places
_EVERYWHERE: Final = re.compile(
    r"\s+(?:en\s+(?:los|[0-9]+)\s+países|en\s+todo\s+el\s+mundo|dans\s+(?:les\s+)?(?:[0-9]+\s+pays|le\s+monde)|in\s+[0-9]+\s+Ländern|weltweit)\b"
)


def _is_of_part(look: Look) -> bool:
    """Whether the fact is of a part of a company that the sentence does not name."""
    told = _parts_of(look)
    said = {stem(word) for word in WORD.findall(look.text)}
    is_named = not said.isdisjoint(told | in_other_languages(told))
    return bool(told) and is_among(look.families, ("revenue", "profit")) and not is_named


# the first of two that are named before
_FORMER: Final = re.compile(
    r"\W*(?:La\s+primera|El\s+primero|L[ea]\s+premi(?:er|ère)|Erstere[rs]?|Die\s+erste|Der\s+erste)\s+[a-zäöüéó]"
)


def _names_it(look: Look, said: str) -> bool:
    return any(stem(word) in look.names for word in WORD.findall(said))


_UNIT: Final = re.compile(r"(?:%|€|[^\W\d_]{2,6})(?=[^\W\d_]*$)")
_SENTENCES: Final = re.compile(r"(?<=[a-z»)%.][.!?])\s+(?=[A-ZÄÖÜÉ])")


def is_other(look: Look, words: Patterns, name: str) -> bool:
    """Whether a name is neither that of what is measured nor one of the fact's. A pronoun is no name."""
    is_measure = words.measures.fullmatch(name) is not None or name in _PRONOUNS
    return not is_measure and not any(stem(word) in look.words for word in WORD.findall(name))


def _of_other_wide(look: Look, words: Patterns, clause: str) -> str | None:
    """Whether the clause begins with a name that is not the company's, in Chinese or Japanese."""
    if any(name and name in clause for name in look.about.names):
        return None
    rest = left_over(look, words, without_own_parts(look, clause))
    held = rf"占{re.escape(rest)}的?(?:总|已发行)?(?:股[本份权]|注册资本)"
    if "stake" in look.families and (_HELD_BY_US.search(clause) or re.search(held, clause)):
        return None
    if rest or any(name and name in look.left for name in look.about.names):
        return f'it is said of "{rest}"' if rest else None
    other = _FIRM_BEFORE.search(look.left)
    return f'it is said of "{other.group()}"' if other else of_other_topic(look, words)


# "新城控股合同销售2465亿元，同比增长"
_FIRM_BEFORE: Final = re.compile(
    "(?:^|(?<=[，,]))[^，,0-9在]{2,6}(?:控股|地产|股份|汽车|科技|银行|证券|电器)(?=合同|合约|营|净|销|实现|收入)"
)


def of_other_topic(look: Look, words: Patterns) -> str | None:
    """Whether a Chinese or Japanese sentence is about a firm that is named, and not the company's name."""
    topic = _TOPIC[words.language].match(look.left.lstrip())
    if not topic or not has_wide_name(look) or any(name and name in look.text for name in look.about.names):
        return None
    named = COMMON_PARTS.sub("", topic.group())
    is_firm = _FIRM_WIDE.search(named) and left_over(look, words, named)
    return f'it is said of "{named}"' if is_firm else None


_HELD_BY_US: Final = re.compile("(?<=[为系由])(?:公司|集团)(?:直接|间接|合计)*持[股有]$")
# who a Japanese sentence is about: "ミナトは需要が伸びたことから、売上高は …"
_TOPIC: Final = {
    "ja": re.compile("[^、はがも0-9]{2,20}(?=は)"),
    "zh": re.compile("[^，,0-9]*?[^，,]{2,12}?(?=[亦也则同])"),  # "龙头7-ELEVEN亦展现动能，会员数已达"
}
_FIRM_WIDE: Final = re.compile(
    "^(?!グループ|セグメント)[ァ-ヶー]{3,}$|[A-Z][A-Za-z-]{3,}$|(?:社|銀行|ホールディングス|電機|工業|自動車|製作所|製薬|商事|証券)$"
)
