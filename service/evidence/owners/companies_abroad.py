"""Whether a number in another language than English is of another company than the fact's."""

import re
from typing import Final

from service.evidence.owners.look import WORD, Look, Mention
from service.evidence.owners.parts_abroad import COMMON_PARTS, has_wide_name, left_over
from service.evidence.owners.patterns import Patterns
from service.evidence.reading.languages.detecting import is_word
from service.evidence.subjects import stem


def of_other_company_abroad(look: Look, words: Patterns, mention: Mention, clause: str) -> str | None:
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
_FIRST: Final = re.compile(r"\W*(?P<name>[A-ZÄÖÜÉ][\w&-]+)\s+[a-zäöüé]")
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


def is_other(look: Look, words: Patterns, name: str) -> bool:
    """Whether a name is neither that of what is measured nor one of the fact's. A pronoun is no name."""
    is_measure = words.measures.fullmatch(name) is not None or name in _PRONOUNS
    return not is_measure and not any(stem(word) in look.words for word in WORD.findall(name))


def _of_other_wide(look: Look, words: Patterns, clause: str) -> str | None:
    """Whether the clause begins with a name that is not the company's, in Chinese or Japanese."""
    if any(name and name in clause for name in look.about.names):
        return None
    rest = left_over(look, words, clause)
    held = rf"占{re.escape(rest)}的?(?:总|已发行)?(?:股[本份权]|注册资本)"
    if "stake" in look.families and (_HELD_BY_US.search(clause) or re.search(held, clause)):
        return None
    return f'it is said of "{rest}"' if rest else of_other_topic(look, words)


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
