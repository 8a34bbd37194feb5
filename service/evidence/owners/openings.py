"""What stands before a sentence, or before the clause in it that tells a number, and says nothing of the number."""

import re
from typing import Final

_SAYING: Final = (
    "dijo|comunicado|informado|anunciado|señalado|informó|comunicó|anunció|señaló|indicó|explicó|precisó|annoncé|annonce|indiqué"
    "|indique|précisé|précise|déclaré"
)
_DAYS: Final = (
    "[Mm]onday|[Tt]uesday|[Ww]ednesday|[Tt]hursday|[Ff]riday|[Ll]undi|[Mm]ardi|[Mm]ercredi|[Jj]eudi|[Vv]endredi|lunes|martes"
    "|miércoles|jueves|viernes"
)
_OPENINGS: Final = (
    # a bullet, or a quotation mark
    r"[•·・*▪■●◆►\"„“”«»「『]",
    r"[-–—]\s",
    # where, when and by which agency it was written: "FRANKFURT (dpa) - ", "财联社2月12日电，", "【東京】"
    r"(?:[A-ZÀ-Ý][^()\n]{1,40})?\([^()\n0-9]{2,40}\)\s*\.?\s*[-–—]+\s+",
    r"(?!(?:EBIT|REVENUE|SALES|PROFIT|NET|CASH|DEBT|ORDERS|CAPEX|EPS))[A-Z]{4,}(?:\s+[A-Z]{3,})?\s+[-–—]+\s+(?=[A-Z][a-z])",
    r"[^\s，,。、0-9]{2,10}\s*[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*日(?:[电電讯訊][，,：:\s]*|\s*[丨|｜]\s*)",
    r"(?![^，,]*[传闻谣消])[^\s，,。、0-9]{2,12}[讯訊][，,]\s*",
    r"【[^【】\n]{1,30}】",
    # what joins it to the sentence before
    (
        r"(?:[Mm]ais|[Pp]ar\s+ailleurs|[Ee]n\s+outre|[Tt]outefois|[Cc]ependant|[Ee]nfin|[Pp]ero|[Aa]demás|[Aa]simismo|[Ss]in\s+embargo"
        r"|[Nn]o\s+obstante|[Ii]n\s+fine|[Aa]u\s+final|[Dd]e\s+son\s+côté|[Pp]our\s+(?:sa\s+part|mémoire|rappel)|[Dd]e\s+plus"
        r"|[Ee]n\s+(?:effet|revanche|parallèle)|[Ss]ea\s+como\s+fuere|[Cc]abe\s+(?:recordar|destacar|señalar|mencionar)\s+que"
        r"|[Dd]e\s+hecho|[Pp]or\s+(?:su|otra)\s+parte|[Pp]or\s+otro\s+lado|[Ee]n\s+(?:concreto|tanto|cambio)|[Cc]on\s+todo"
        r"|[Aa]\s+su\s+vez|Und|Aber|Doch|But|And|However|Moreover|Meanwhile|Separately|In\s+addition|At\s+the\s+same\s+time)"
        r",?\s+(?!si\b|if\b|wenn\b)"
    ),
    r"(?:此外|另外|不过|不過|同时|同時|また|なお|しかし|一方|ただ)[，,、]\s*",
    # that the company says it
    (
        r"(?:[Ll][ae]|[Ee]l|[Ll]['’])\s*(?:groupe|société|entreprise|compagnie|compañía|empresa|grupo|sociedad)\s+"
        rf"(?:[a-zé]+(?:era|ica|ina|ana)\s+)?(?:h?a\s+)?(?:{_SAYING})\s[^,.;:0-9]{{0,60}}?\b(?:que\s+|qu['’])"
    ),
    (
        r"(?:[Ss]elon|[Dd]['’]après|[Ss]egún)\s+(?:le|la|l['’]|son|sa|el|su)\s*(?:groupe|direction|entreprise|société|compagnie"
        r"|communiqué|compañía|empresa|grupo|dirección|sociedad|comunicado)\b[^,0-9]{0,30},\s+"
    ),
    r"[Aa]ccording\s+to\s+(?:the|its)\s+(?:company|group|firm|management|statement|report|filing)\b[^,0-9]{0,30},\s+",
    r"[Tt]here\s+(?:is|was)\s+no\s+doubt\s+that\s+",
    # the day
    rf"(?:(?:[Cc]e|[Ee]l|[Ee]ste|[Oo]n)\s+)?(?:{_DAYS})(?:\s+(?:matin|soir|morning|evening))?,\s+",
)
OPENING: Final = re.compile(rf"(?:\s*(?:{'|'.join(_OPENINGS)})){{0,9}}\s*")
LABEL: Final = re.compile(r"[^:.;0-9]{2,40}:\s+(?=[„“\"«]?[A-ZÀ-Ý])")  # "Quartalszahlen: Der Umsatz …"
