"""Small words by which languages in the Latin alphabet are told apart; most of them are not read.

Words that several languages share stand in each of them. A word that is also English counts little for any of them.
"""

from typing import Final

FUNCTION_WORDS: Final[dict[str, frozenset[str]]] = {
    code: frozenset(words.split())
    for code, words in {
        "en": "the of and to for is was with by from on at its it as that this are were be been has have had which who will"
        " would an or but not their than they he she we you his her over under about after before into up down more less"
        " most all no if while when where what each both between against during said says per also only other some any"
        " our your there these those such new year",
        "de": "der die das und von zu den dem des ein eine einen einem einer eines mit auf für bei nach aus im ist sind war"
        " waren wurde wurden wird werden hat haben hatte um sich nicht auch als wie dass oder aber noch nur zum zur vom beim"
        " durch gegen ohne über unter vor seit bis rund knapp etwa mehr weniger sein seine ihre ihr kein keine damit dabei"
        " gegenüber vorjahr jahr quartal prozent mrd mio umsatz gewinn verlust",
        "fr": "à le la les l' d' du des un une et en est sont au aux pour par avec dans sur qui que qu' ne pas plus moins ce"
        " cette ces son sa ses leur leurs il elle ils elles ou mais été a ont était environ près contre depuis après avant selon"
        " entre chez dont n' s' c' année trimestre euros hausse baisse ventes",
        "es": "el la los las un una unos unas de del al y en es son fue fueron por para con sin su sus que no se lo más menos"
        " hasta desde entre sobre como pero o ha han había ya también este esta estos cerca casi año trimestre euros ventas",
        "it": "il lo la i gli le un uno una di del della dei delle degli dello al alla ai alle da dal dalla nel nella nei e è"
        " sono ha hanno era stato stata state che non per con su sul sulla tra fra più meno circa anche come suo sua anno"
        " vendite ricavi utile euro calate",
        "nl": "de het een en van in op te met voor door bij naar uit aan om is zijn was waren werd wordt worden heeft hebben"
        " had niet ook dan maar nog tot over onder tegen meer minder ruim bijna dit deze die dat hun haar kwartaal omzet"
        " winst miljoen miljard procent",
        "pt": "o a os as um uma de do da dos das no na nos nas ao à aos e é são foi foram por para com sem seu sua que não se"
        " mais menos até desde entre sobre como mas ou tem ano trimestre vendas receita lucro milhões bilhões",
        "sv": "och att det som en ett av på är var till för med den har hade inte om men eller från vid mer än under över sin"
        " efter mot kvartalet miljoner miljarder procent omsättningen",
        "da": "og at det som en et af på er var til for med den har havde ikke om men eller fra ved mere end under over sin"
        " efter mod kvartal millioner milliarder procent omsætningen faldt steg kroner",
        "no": "og at det som en et av på er var til for med den har hadde ikke om men eller fra ved mer enn under over sin"
        " etter mot kvartal millioner milliarder prosent omsetningen falt steg kroner",
        "fi": "ja on oli ei että se ne joka kun myös mutta tai kuin noin yli alle vuonna vuoden liikevaihto laski nousi"
        " miljoonaa miljardia prosenttia euroa yhtiön",
        "pl": "i w z na do nie się że jest są był była było oraz od po za o przez dla jak ale lub ich jej tys mln mld proc"
        " spadły wzrosły przychody zysk roku",
        "cs": "a v na se je že do z o s k po za pro jako ale nebo jsou byl byla bylo od při tis mil mld procent tržby zisk"
        " klesly vzrostly roku korun",
        "hu": "a az és egy nem hogy van volt is meg mint csak már de millió milliárd forint százalék bevétel",
        "ro": "și în de la cu pe un o a al ale nu se că este sunt au fost din pentru mai milioane miliarde veniturile scăzut",
        "tr": "ve bir bu da de ile için olarak olan en yüzde milyon milyar lira arttı düştü geliri yıl",
        "id": "dan yang di ke dari untuk dengan pada ini itu tidak adalah sebesar turun naik juta miliar triliun persen"
        " penjualan pendapatan tahun",
        "ca": "el la els les un una de del dels i en és són per amb que no més menys fins milions vendes van",
    }.items()
}

# Numbers in words, which are read before a unit or a scale. "Une" and "una" are articles more often.
SPELLED: Final[dict[str, dict[str, str]]] = {
    "de": {
        "ein": "1", "eine": "1", "einem": "1", "einer": "1", "zwei": "2", "drei": "3", "vier": "4", "fünf": "5", "sechs": "6",
        "sieben": "7", "acht": "8", "neun": "9", "zehn": "10", "elf": "11", "zwölf": "12", "dreizehn": "13", "vierzehn": "14",
        "fünfzehn": "15", "sechzehn": "16", "siebzehn": "17", "achtzehn": "18", "neunzehn": "19", "zwanzig": "20",
        "halbe": "0,5", "halben": "0,5", "anderthalb": "1,5", "eineinhalb": "1,5", "zweieinhalb": "2,5", "dreieinhalb": "3,5",
    },
    "fr": {
        "un": "1", "deux": "2", "trois": "3", "quatre": "4", "cinq": "5", "six": "6", "sept": "7", "huit": "8", "neuf": "9",
        "dix": "10", "onze": "11", "douze": "12", "quinze": "15", "vingt": "20", "demi": "0,5",
    },
    "es": {
        "un": "1", "dos": "2", "tres": "3", "cuatro": "4", "cinco": "5", "seis": "6", "siete": "7", "ocho": "8", "nueve": "9",
        "diez": "10", "once": "11", "doce": "12", "quince": "15", "veinte": "20", "medio": "0,5",
    },
}  # fmt: skip
