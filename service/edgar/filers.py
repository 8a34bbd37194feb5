"""EDGAR's documents about filers: submissions of a company, and the lists of tickers.

They are kept as they are; what they say of a company is read out of them: names, former names, tickers,
exchanges, industry and addresses. Fields that EDGAR adds later are no reason to refuse one.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

import msgspec
from msgspec import Raw, Struct, structs
from stdnum import lei

from service.core.companies import MOST_ALIASES, Address, CompanyDescription, Industry, Listing, Profile
from service.core.places import escaped
from service.edgar.documents import FIRST_FILED, LAST_FILED, check_text, decoded, read_cik, read_day, refuse
from service.edgar.entries import slug_of
from service.edgar.submissions import NO_NAMES, FormerName, NameSpan, Page, dated

_NAME: Final = 300  # code points that the registry takes
_TICKER: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,63}")
_SIC: Final = re.compile(r"[0-9]{4}")
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_STATES: Final = re.compile(
    "A[KLRSZ]|C[AOT]|D[CE]|FL|G[AU]|HI|I[ADLN]|K[SY]|LA|M[ADEINOPST]|N[CDEHJMVY]|O[HKR]|P[AR]|RI|S[CD]|T[NX]|U[MT]|V[AIT]|W[AIVY]"
)


class _Address(Struct, kw_only=True, rename="camel"):
    street1: str | None = None
    street2: str | None = None
    city: str | None = None
    state_or_country: str | None = None
    state_or_country_description: str | None = None
    zip_code: str | None = None
    country_code: str | None = None


class _Filings(Struct, kw_only=True):
    recent: Raw
    files: list[Page] = []


class _Submissions(Struct, kw_only=True, rename="camel"):
    cik: int | str
    name: str
    filings: _Filings
    tickers: list[str | None] = []
    exchanges: list[str | None] = []
    sic: str | None = None
    sic_description: str | None = None
    lei: str | None = None
    former_names: list[FormerName] = []
    addresses: dict[str, Raw] | None = None


class _Ticker(Struct, kw_only=True):
    cik_str: int
    ticker: str
    title: str


class _Table(Struct, kw_only=True):
    fields: list[str]
    data: list[list[int | str | None]]


class _AnyObject(Struct, kw_only=True):
    """What tells a document of one sort from the others."""

    facts: Raw | msgspec.UnsetType = msgspec.UNSET


_submissions = msgspec.json.Decoder(_Submissions)
_columns = msgspec.json.Decoder(dict[str, list[Raw]])
_days = msgspec.json.Decoder(list[str])
_fields = msgspec.json.Decoder(dict[str, Raw])
_ticker = msgspec.json.Decoder(_Ticker)
_address_told = msgspec.json.Decoder(_Address | None)
_table = msgspec.json.Decoder(_Table)
_any = msgspec.json.Decoder(_AnyObject)


class Filer(NamedTuple):
    """What a document says of a company."""

    cik: int
    name: str
    former_names: Sequence[NameSpan] = NO_NAMES
    listings: Sequence[Listing] | None = None  # None: it says nothing of them
    industry: Industry | None = None
    business_address: Address | None = None
    mailing_address: Address | None = None
    country: str | None = None
    loc: str | None = None  # where it is, as frames have it
    lei: str | None = None


class Submissions(NamedTuple):
    """A document of submissions."""

    filer: Filer
    newest: date  # filing in it


def is_company_facts(content: bytes) -> bool:
    """Whether this is a companyfacts document, which in an archive may have the name of a submissions one."""
    try:
        return _any.decode(content).facts is not msgspec.UNSET
    except msgspec.DecodeError:
        return False


def read_submissions(content: bytes) -> Submissions:
    """The document of a filer. Raises Invalid with the pointer of what is wrong."""
    document = decoded(_submissions, content)
    check_text(content)
    addresses = {
        name: decoded(_address_told, raw, f"/addresses/{escaped(name)}")
        for name, raw in (document.addresses or {}).items()
    }
    business, mailing = addresses.get("business"), addresses.get("mailing")
    filer = Filer(
        cik=read_cik(document.cik),
        name=document.name,
        former_names=dated(document.former_names),
        listings=_listings(document.tickers, document.exchanges),
        industry=_industry(document.sic, document.sic_description),
        business_address=_address(business),
        mailing_address=_address(mailing),
        country=_country(business),
        loc=_loc(business),
        lei=_lei(document.lei),
    )
    return Submissions(filer, _newest(document.filings.recent, "/filings/recent"))


def read_older_submissions(content: bytes) -> date:
    """The newest filing of an older page of submissions. Raises Invalid with the pointer of what is wrong."""
    newest = _newest(content, "")
    check_text(content)
    return newest


def read_tickers(content: bytes) -> list[Filer]:
    """The companies of `company_tickers.json`, each with all its tickers. Raises Invalid."""
    found: dict[int, tuple[str, list[Listing]]] = {}
    check_text(content)
    for place, raw in decoded(_fields, content).items():
        row = decoded(_ticker, raw, f"/{escaped(place)}")
        if not _TICKER.fullmatch(row.ticker):
            refuse(f"/{place}/ticker", f"{row.ticker!r:.80} is not a ticker")
        _, listings = found.setdefault(read_cik(row.cik_str, f"/{place}/cik_str"), (row.title, []))
        listings.append(Listing(ticker=row.ticker.upper()))
    return [Filer(cik, name, listings=listings) for cik, (name, listings) in found.items()]


def read_ticker_table(content: bytes) -> list[Filer]:
    """The companies of `company_tickers_exchange.json`; of funds, which have no names there, none. Raises Invalid."""
    table = decoded(_table, content)
    check_text(content)
    columns = {name: place for place, name in enumerate(table.fields)}
    if not {"cik", "name", "ticker"} <= columns.keys():
        if not {"cik", "symbol"} <= columns.keys():
            refuse(
                "/fields", "the columns are neither those of company_tickers_exchange.json nor of _mf.json"
            )
        return []
    found: dict[int, tuple[str, list[Listing]]] = {}
    for place, row in enumerate(table.data):
        if len(row) != len(table.fields):
            refuse(f"/data/{place}", f"there are {len(row)} cells for {len(table.fields)} columns")
        told = {name: row[at] for name, at in columns.items()}
        cik, name, ticker, exchange = told["cik"], told["name"], told["ticker"], told.get("exchange")
        if (
            cik is None
            or not isinstance(name, str)
            or not isinstance(ticker, str)
            or not _TICKER.fullmatch(ticker)
        ):
            refuse(f"/data/{place}", "a row has a CIK, a name and a ticker")
        _, listings = found.setdefault(read_cik(cik, f"/data/{place}"), (name, []))
        listings.append(
            Listing(ticker=ticker.upper(), exchange=line(exchange if isinstance(exchange, str) else None))
        )
    return [Filer(cik, name, listings=listings) for cik, (name, listings) in found.items()]


# -- what becomes of it --------------------------------------------------------------------------


def described(filer: Filer, held: CompanyDescription | None) -> CompanyDescription:
    """The company as a document would have it, given how it is recorded.

    Names are added and never taken away; listings, industry and addresses follow the document.
    """
    cik = str(filer.cik)
    if held is None:
        held = CompanyDescription(
            slug=slug_of(filer.cik), name=line(filer.name) or f"CIK {cik}", identifiers={"cik": cik}
        )
    identifiers = held.identifiers | {"cik": cik}
    if filer.lei is not None:
        identifiers.setdefault("lei", filer.lei)
    before = held.profile or Profile()
    profile = Profile(
        listings=before.listings
        if filer.listings is None
        else _with_exchanges(filer.listings, before.listings),
        industry=filer.industry or before.industry,
        business_address=filer.business_address or before.business_address,
        mailing_address=filer.mailing_address or before.mailing_address,
    )
    if filer.listings is not None:
        identifiers.pop("ticker", None)
        if filer.listings:
            identifiers["ticker"] = filer.listings[0].ticker
    return structs.replace(
        held,
        aliases=with_names(held, [filer.name, *(former.name for former in filer.former_names)]),
        identifiers=identifiers,
        country=held.country or filer.country,
        profile=None if profile == Profile() else profile,
    )


def without_tickers(held: CompanyDescription, tickers: Collection[str]) -> CompanyDescription:
    """The company without tickers that are another's now."""
    identifiers = {s: v for s, v in held.identifiers.items() if s != "ticker" or v not in tickers}
    profile = held.profile
    if profile is not None:
        left = [listing for listing in profile.listings if listing.ticker.upper() not in tickers]
        profile = structs.replace(profile, listings=left)
    return structs.replace(held, identifiers=identifiers, profile=None if profile == Profile() else profile)


def with_names(held: CompanyDescription, names: Iterable[str]) -> list[str]:
    """The aliases of a company with names that it did not have: none is told apart by its case alone."""
    aliases = list(held.aliases)
    known = {one.casefold() for one in (held.name, *aliases)}
    for name in names:
        clean = line(name)
        if clean is not None and clean.casefold() not in known and len(aliases) < MOST_ALIASES:
            known.add(clean.casefold())
            aliases.append(clean)
    return aliases


def line(text: str | None, longest: int = _NAME) -> str | None:
    """A text on one line, as the registries take it; None where nothing is left."""
    words = " ".join((text or "").split())
    return "".join(c for c in words if c.isprintable())[:longest].strip() or None


def _with_exchanges(listings: Sequence[Listing], before: Sequence[Listing]) -> list[Listing]:
    known = {listing.ticker: listing.exchange for listing in before}
    return [
        Listing(ticker=listing.ticker, exchange=listing.exchange or known.get(listing.ticker))
        for listing in listings
    ]


def _listings(tickers: Sequence[str | None], exchanges: Sequence[str | None]) -> list[Listing]:
    found: dict[str, Listing] = {}
    for place, ticker in enumerate(tickers):
        if ticker is None:
            continue
        if not _TICKER.fullmatch(ticker):
            refuse(f"/tickers/{place}", f"{ticker!r:.80} is not a ticker")
        exchange = exchanges[place] if place < len(exchanges) else None
        found.setdefault(ticker.upper(), Listing(ticker=ticker.upper(), exchange=line(exchange)))
    return list(found.values())


def _industry(code: str | None, label: str | None) -> Industry | None:
    return Industry(code=code, label=line(label)) if code is not None and _SIC.fullmatch(code) else None


def _address(told: _Address | None) -> Address | None:
    if told is None:
        return None
    address = Address(
        street=[clean for one in (told.street1, told.street2) if (clean := line(one)) is not None],
        city=line(told.city),
        region=line(told.state_or_country_description) or line(told.state_or_country),
        postal_code=line(told.zip_code),
    )
    return None if address == Address() else address


def _country(told: _Address | None) -> str | None:
    if told is None:
        return None
    if _STATES.fullmatch(told.state_or_country or ""):
        return "US"
    code = told.country_code
    return code if code is not None and _COUNTRY.fullmatch(code) else None


def _loc(told: _Address | None) -> str | None:
    if told is not None and _STATES.fullmatch(told.state_or_country or ""):
        return f"US-{told.state_or_country}"
    return _country(told)


def _lei(told: str | None) -> str | None:
    return told if told is not None and lei.is_valid(told) else None


def _newest(columns: bytes | Raw, pointer: str) -> date:
    """The day of the newest of filings, which are told column by column."""
    found = decoded(_columns, columns, pointer)
    if "filingDate" not in found or "accessionNumber" not in found:
        refuse(pointer, "filings have the columns accessionNumber and filingDate")
    length = len(found["filingDate"])
    for name, cells in found.items():
        if len(cells) != length:
            refuse(f"{pointer}/{escaped(name)}", f"there are {len(cells)} of these for {length} filings")
    filed = decoded(_days, msgspec.json.encode(found["filingDate"]), f"{pointer}/filingDate")
    days = [
        read_day(day, f"{pointer}/filingDate/{place}", FIRST_FILED, LAST_FILED)
        for place, day in enumerate(filed)
    ]
    return max(days, default=date.min)
