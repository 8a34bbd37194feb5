"""Clauses of a Japanese or Chinese sentence that tell why its number is so, and own nothing of it.

"売上高は、海外の需要が増えたことから、50億円となった": what stands between the topic and its number, or before both, may be
any words. Such a clause is known by its end. What supposes or corrects something stays, and so does a topic before the
reason, which may be a part: "国内事業は競争の激化により、売上高は …". A Chinese one is known by its first words.
"""

import re
from typing import Final

# the first words of a Chinese clause that tells why, or in spite of what; and of one that tells what was done for it
BECAUSE: Final = "受益于|得益于|受惠于|由于|因为|随着|伴随|凭借|尽管|虽然|面对"
EFFORT: Final = (
    "(?:公司)?(?:积极|持续|不断|切实|进一步|有效)*(?:加强|加大|推进|开拓|深化|优化|聚焦|坚持|采取|扩大|推动)"
)
_CAUSE: Final = (
    "により|によって|(?:等|など)(?:で|から)|影響(?:で|もあり)|主因に|ため|こと(?:など)?から|こともあり"
)
# the last words of such a clause
WHY: Final = re.compile(
    f"(?:{_CAUSE}|こと(?:で|が)|背景に|ものの|ほか|なか|中|もとで?|結果|とともに|一方で?|しく|(?:環境|状況|情勢)下で?|の下"
    "|(?:投入|増加|好調|拡大|減少|低迷|上昇|高騰|伸長|寄与|回復|不振|効果|推移|改善|貢献)(?:など)?(?:で|から)"
    "|(?<!と)[いきぎしちびみりえけげせてねべめれ]て?|[かさまらわ]ず|(?:した|った|いた)が)$"
)
_CAUSED: Final = re.compile(f"(?:{_CAUSE})$")  # may have a number of its own
_LONGEST: Final = 12  # characters of an end
_LISTED: Final = re.compile("(?:の[^のはがをにで、]{2,8}|や|加え)$")  # one of several causes
# nouns that go with those of the reason behind: "流通業、不動産業および建設業が減収となり、"
_BARE: Final = re.compile("^[^\u3041-\u30960-9]{2,24}$|や[^のはがをにで、0-9]{2,12}$")
# what is supposed
IF: Final = re.compile(
    "(?:[えけげせてねべめれ]ば|たら|なら|とすれば|場合|[うくすつぬむるぐぶい]と$|ても|でも|たとして?$|次第|もし|仮に|万一|順調に)"
)
_CONTRAST: Final = re.compile("ものの$")
_KEPT: Final = re.compile(
    "除[いき外]|[除外]して|想定|仮定|前提|誤|訂正|修正|架空|粉飾|撤回|虚|否定|噂|うわさ|無根|消|嘘|デマ|無効|白紙|中止|見送|断念"
    "|見直|引き[上下]げ|予[想測]|目標|(?:において|における|にて|として|に対して|に関して|にとって|にかけて|に限り|につき"
    "|を通じて|ついて|とし|を加え|含め|合わせ)$"
)
_PIECE: Final = re.compile(
    f"[^、。]*?(?:(?:により|によって|などから|ことから)(?!ま|、)|(?:{_CAUSE})(?=約?[0-9])|[、。]|(?<=[^、。])$)"
)
_ANY: Final = re.compile("、|り$|によ|から|ため|影響|主因に|[ど等]で")
_DIGITS: Final = re.compile("[0-9](?![0-9]*(?:周?年|月|期|日|回|代|次|四半期))")
_TOPIC: Final = re.compile(".*(?<!を)は(?!じめ)")
_SETTING: Final = re.compile(
    "(?:環境|経済|景気|需要|市況|情勢|主因|要因|理由|背景|業績)は$"
)  # a topic that is no part


def reasons(text: str) -> list[tuple[int, int]]:
    """Where such clauses stand, up to their commas."""
    if not _ANY.search(text):
        return []
    found: list[tuple[int, int]] = []
    is_caused = is_led = False  # the piece behind is a cause, or ends with "the result"
    for piece in reversed(list(_PIECE.finditer(text))):
        said = piece.group().rstrip("、。")
        end = said[-_LONGEST:]
        is_cause = _CAUSED.search(end) is not None
        is_next = bool(found) and found[-1][0] == piece.end() and not (IF.search(said) or _KEPT.search(said))
        is_led = is_next and "は" not in said and (is_led or "結果" in text[found[-1][1] - 3 : found[-1][1]])
        if is_led or (is_next and _BARE.search(said)):
            found.append(piece.span())
            continue
        may_count = is_cause or (is_caused and _LISTED.search(end) is not None)
        if not (may_count or WHY.search(end)) or _stays(said, may_count=may_count):
            is_caused = False
            continue
        topic = _TOPIC.match(said)
        kept = topic.end() if topic and not _SETTING.search(topic.group()) else 0
        if kept and _CONTRAST.search(said):  # its topic is of the clause before
            continue
        found.append((piece.start() + kept, piece.start() + len(said) if kept else piece.end()))
        is_caused = (is_cause or is_caused) and not kept
    return found[::-1]


def _stays(said: str, *, may_count: bool) -> bool:
    """Whether a clause tells more than why: it supposes something, or has a number that is not of a cause alone."""
    has_number = _DIGITS.search(said) is not None
    return (has_number and ("は" in said or not may_count)) or bool(IF.search(said) or _KEPT.search(said))
