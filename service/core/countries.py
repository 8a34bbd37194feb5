"""Names of countries by ISO 3166 code: dimensions have codes, people search for names."""

from collections.abc import Iterator, Sequence
from typing import Final

# ISO 3166-1 alpha-2 code: English names in lower case, without articles, separated by |
_NAMES: Final = {
    "AE": "united arab emirates|uae|emirates", "AR": "argentina", "AT": "austria", "AU": "australia", "BD": "bangladesh",
    "BE": "belgium", "BG": "bulgaria", "BR": "brazil", "CA": "canada", "CH": "switzerland", "CL": "chile",
    "CN": "china|prc|chinese", "CO": "colombia", "CZ": "czechia|czech republic", "DE": "germany|german", "DK": "denmark",
    "EG": "egypt", "ES": "spain", "FI": "finland", "FR": "france|french", "GB": "united kingdom|uk|britain|great britain",
    "GR": "greece", "HK": "hong kong|hongkong", "HU": "hungary", "ID": "indonesia", "IE": "ireland", "IL": "israel",
    "IN": "india|indian", "IT": "italy|italian", "JP": "japan|japanese", "KE": "kenya", "KR": "south korea|korea|korean",
    "KZ": "kazakhstan", "LU": "luxembourg", "MA": "morocco", "MX": "mexico", "MY": "malaysia", "NG": "nigeria",
    "NL": "netherlands|holland", "NO": "norway", "NZ": "new zealand", "PE": "peru", "PH": "philippines", "PK": "pakistan",
    "PL": "poland", "PT": "portugal", "QA": "qatar", "RO": "romania", "RU": "russia", "SA": "saudi arabia",
    "SE": "sweden", "SG": "singapore", "TH": "thailand", "TR": "turkey|türkiye|turkiye", "TW": "taiwan", "UA": "ukraine",
    "US": "united states|usa|america", "VN": "vietnam", "ZA": "south africa",
}  # fmt: skip
_BY_WORDS: Final = {
    tuple(name.split()): code.lower() for code, names in _NAMES.items() for name in names.split("|")
}
_WITH_ARTICLE: Final = {"AE", "GB", "NL", "PH", "US"}
_LONGEST: Final = max(map(len, _BY_WORDS))


def countries(words: Sequence[str]) -> Iterator[tuple[int, str]]:
    """(index, lower-case code) for each word that belongs to the name of a country."""
    for start in range(len(words)):
        for length in range(1, _LONGEST + 1):
            code = _BY_WORDS.get(tuple(words[start : start + length]))
            if code is not None and start + length <= len(words):
                yield from ((start + step, code) for step in range(length))


def place_in_words(place: str) -> str:
    """A place as English words: the country of a code, else the region's name."""
    if place not in _NAMES:
        return place.replace("-", " ")
    name = _NAMES[place].partition("|")[0].title()
    return f"the {name}" if place in _WITH_ARTICLE else name


def names_of_country(code: str) -> tuple[str, ...]:
    """The names of a country and its adjectives, or the adjective of a region, as texts write them; empty if there are none."""
    named = _NAMES.get(code)
    if named is None:
        return _REGIONS.get(code.lower(), ())
    return (
        *(name.title() if len(name) > 3 else name.upper() for name in named.split("|")),
        *_ADJECTIVES.get(code, ()),
    )


_ADJECTIVES: Final[dict[str, tuple[str, ...]]] = {
    "AE": ("Emirati",), "AU": ("Australian",), "BE": ("Belgian",), "BR": ("Brazilian",), "CA": ("Canadian",), "CH": ("Swiss",),
    "DK": ("Danish",), "ES": ("Spanish",), "FI": ("Finnish",), "GB": ("British", "U.K."), "ID": ("Indonesian",),
    "IE": ("Irish",), "IL": ("Israeli",), "MX": ("Mexican",), "MY": ("Malaysian",), "NL": ("Dutch",), "NO": ("Norwegian",),
    "PH": ("Filipino", "Philippine"), "PL": ("Polish",), "PT": ("Portuguese",), "RU": ("Russian",), "SA": ("Saudi",),
    "SE": ("Swedish",), "TH": ("Thai",), "TR": ("Turkish",), "TW": ("Taiwanese",), "US": ("American", "U.S.", "US"),
    "VN": ("Vietnamese",), "ZA": ("South African",),
}  # fmt: skip
_REGIONS: Final[dict[str, tuple[str, ...]]] = {
    "africa": ("African",), "asia": ("Asian",), "europe": ("European",),
}  # fmt: skip
# all names and adjectives, as texts write them
COUNTRIES: Final = frozenset(name for code in _NAMES for name in names_of_country(code))
