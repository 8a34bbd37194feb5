"""Whether a Chinese or Japanese number is adjusted, where the fact's is the plain one beside it."""

import re

from service.evidence.owners.look import SAID_ADJUSTED, Look, Mention


def of_other_basis(look: Look, mention: Mention) -> str | None:
    """Whether the Chinese or Japanese words for what is measured are called adjusted, and stand plain beside it."""
    if mention.start < 0 or not look.words.isdisjoint(SAID_ADJUSTED):
        return None
    adjusted = f"(?:調整後|调整后|经调整|コア|non-?gaap|(?P<always>扣非|经常性损益))后?[の的]?{re.escape(mention.text)}"
    marked = {one.end(): one["always"] for one in re.finditer(adjusted, look.text, re.IGNORECASE)}
    is_plain_beside = look.text.count(mention.text) > len(marked)
    is_adjusted = mention.end in marked and (is_plain_beside or marked[mention.end])
    return "it is adjusted, and the fact's is plain" if is_adjusted else None
