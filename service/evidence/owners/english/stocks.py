"""Whether a number is of what was done with something that stands at a time: "issued $780 million of debt"."""

import re
from typing import Final

from service.evidence.owners.look import Look, Mention, is_among
from service.evidence.reading.languages.en import vocabulary
from service.evidence.subjects import stem

# what stands at a time; what is done with a sum of it is another number: "issued $780 million of debt"
_STOCKS: Final = vocabulary("debt cash assets inventory stake backlog equity deposits valuation")
_DONE: Final = re.compile(
    r"\b(?P<verb>refinanc|repa(?:y|id)|issu|rais|sold|sell|burn|add(?!i)|gain|borrow|retir|redeem|buy|bought|spen[dt]|cut|shed|pa(?:y|id)|los[et]"
    r"|offload|divest|dispos|wrote|writ|attract|pledg|transfer|need|requir|want|seek|inject|pour|return|lent|lend|gave|giv|grant|us(?:e|ed)|win|won|place|acquir|assum|took\s+on|take\s+on|taking\s+on)(?:e|ed|es|s|ing|d)?"
    r"(?:\s+(?:off|down|out|back|it|them|us))?\s+(?:(?:a|an|its|the|their|about|some|around|nearly|almost|over|another|up|to|roughly|more|than|further|off)\s+)*$"
)
_DEALINGS: Final = frozenset(
    stem(word)
    for word in vocabulary("""issue issuance sale placement proceeds repayment purchase funding offering raised repaid
    redemption""")
)
_PAPERS: Final = frozenset({"bond", "bonds", "loan", "loans", "note", "notes"})
_OF_SUM: Final = re.compile(
    r"\s+(?:of|worth|totall?ing)\s+(?:(?:about|around|some|nearly|over|up|to|another)\s+)*"
)
_FOR_SUM: Final = re.compile(
    r"\s+(?:\w+\s+)?for\s+(?:about\s+|around\s+|some\s+|nearly\s+|almost\s+|over\s+|a\s+)?$"
)


def of_flow(look: Look, mention: Mention) -> str | None:
    """Of what stands at a time: whether the number is of what was done with it."""
    if not is_among(look.families, _STOCKS) or look.reading.change or not look.words.isdisjoint(_DEALINGS):
        return None
    if mention.end <= look.start and _FOR_SUM.match(look.text[: look.start], mention.end):
        return f"it is said of what {mention.text} cost"
    if mention.text.lower() in _PAPERS and stem(mention.text) in look.words:
        return None  # a bond is issued
    if mention.end <= look.start:  # "plans to issue debt of $5 million"
        is_of = _OF_SUM.fullmatch(look.text[: look.start], mention.end)
        done = _DONE.search(look.text[: mention.start]) if is_of else None
    else:
        done = _DONE.search(look.left)
    if done is None or any(word[:4] == done["verb"][:4] for word in look.words):
        return None
    is_share = look.families <= {"stake"} and done["verb"] in {"buy", "bought", "acquired", "acquire"}
    return None if is_share else f'it is said of what was done: "{done.group().strip()}"'
