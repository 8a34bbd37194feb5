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

# Numbers in words, which are read before a unit, a scale, or what is counted. "Une" and "una" are articles more often.
_ONES: Final = "zwei drei vier fünf sechs sieben acht neun"
_TENS: Final = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig"
SPELLED: Final[dict[str, dict[str, str]]] = {
    code: {word: str(at) for at, word in enumerate(words.split(), 1)} | more
    for code, words, more in (
        (
            "de",
            f"ein {_ONES} zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn",
            {"eine": "1", "einem": "1", "einer": "1", "halbe": "0,5", "halben": "0,5", "anderthalb": "1,5",
             "eineinhalb": "1,5", "zweieinhalb": "2,5", "dreieinhalb": "3,5", "hundert": "100"}
            | {
                f"{one}und{ten}" if one else ten: str(10 * tens + at)
                for tens, ten in enumerate(_TENS.split(), 2)
                for at, one in enumerate(["", "ein", *_ONES.split()])
            },
        ),
        (
            "fr",
            "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
            {"vingt": "20", "trente": "30", "quarante": "40", "cinquante": "50", "soixante": "60", "cent": "100",
             "demi": "0,5"},
        ),
        (
            "es",
            "un dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho",
            {"diecinueve": "19", "veinte": "20", "veintidós": "22", "veinticuatro": "24", "veinticinco": "25",
             "treinta": "30", "cuarenta": "40", "cincuenta": "50", "sesenta": "60", "setenta": "70", "ochenta": "80",
             "noventa": "90", "cien": "100", "medio": "0,5"},
        ),
    )
}  # fmt: skip
