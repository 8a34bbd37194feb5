"""Reads EDGAR's documents about filers: a company's submissions, and the lists of tickers.

What is read goes into the company's description: names, former names, tickers, exchanges, industry, addresses.
The documents themselves are kept unchanged. Unknown fields are ignored, since EDGAR may add some.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

import msgspec
from msgspec import Raw, Struct, structs
from stdnum import lei

from service.core.companies import MOST_ALIASES, Address, CompanyDescription, Industry, Listing, Profile
from service.core.names import NO_NAMES, NameSpan
from service.core.places import escaped
from service.edgar.decoding import check_text, decoded, read_cik, read_day, refuse
from service.edgar.documents import FIRST_FILED, LAST_FILED
from service.edgar.entries import slug_of
from service.edgar.submissions import FormerName, OlderPage, dated

_NAME: Final = 300  # code points: the longest name that a company may have
_TICKER: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,63}")
_CLASS: Final = re.compile(r"C[0-9]{9}")
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
    files: list[OlderPage] | None = None


class _Submissions(Struct, kw_only=True, rename="camel"):
    cik: int | str
    name: str | None = None
    filings: _Filings
    tickers: list[str | None] | None = None
    exchanges: list[str | None] | None = None
    sic: str | None = None
    sic_description: str | None = None
    lei: str | None = None
    former_names: list[FormerName] | None = None
    addresses: dict[str, Raw] | None = None


class _Ticker(Struct, kw_only=True):
    cik_str: int
    ticker: str
    title: str | None = None


class _Table(Struct, kw_only=True):
    fields: list[str]
    data: list[list[int | str | None]]


_submissions = msgspec.json.Decoder(_Submissions)
_columns = msgspec.json.Decoder(dict[str, list[Raw]])
_days = msgspec.json.Decoder(list[str])
_fields = msgspec.json.Decoder(dict[str, Raw])
_ticker = msgspec.json.Decoder(_Ticker)
_decode_address = msgspec.json.Decoder(_Address | None)
_table = msgspec.json.Decoder(_Table)


class Filer(NamedTuple):
    """A company, as a document describes it."""

    cik: int
    name: str
    former_names: Sequence[NameSpan] = NO_NAMES
    listings: Sequence[Listing] | None = None  # None: the document has no tickers field
    industry: Industry | None = None
    business_address: Address | None = None
    mailing_address: Address | None = None
    country: str | None = None
    loc: str | None = None  # country, or country and state: the `loc` of frames
    lei: str | None = None
    of_funds: bool = False  # whether the listings are classes of funds, which is all that the document tells


class Submissions(NamedTuple):
    """A submissions document that was read."""

    filer: Filer
    newest: date  # day of its newest filing


def read_submissions(content: bytes) -> Submissions:
    """Read a submissions document. Raises Invalid with the pointer of what is wrong."""
    document = decoded(_submissions, content)
    check_text(content)
    addresses = {
        name: decoded(_decode_address, raw, f"/addresses/{escaped(name)}")
        for name, raw in (document.addresses or {}).items()
    }
    business, mailing = addresses.get("business"), addresses.get("mailing")
    filer = Filer(
        cik=read_cik(document.cik),
        name=document.name or "",
        former_names=dated(document.former_names or ()),
        listings=None if document.tickers is None else _listings(document.tickers, document.exchanges or ()),
        industry=_industry(document.sic, document.sic_description),
        business_address=_address(business),
        mailing_address=_address(mailing),
        country=_country(business),
        loc=_loc(business),
        lei=_lei(document.lei),
    )
    return Submissions(filer, _newest(document.filings.recent, "/filings/recent"))


def read_older_submissions(content: bytes) -> date:
    """Check an older page of submissions; the day of its newest filing. Raises Invalid with the pointer of what is wrong."""
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
        _, listings = found.setdefault(read_cik(row.cik_str, f"/{place}/cik_str"), (row.title or "", []))
        listings.append(Listing(ticker=row.ticker.upper()))
    return [Filer(cik, name, listings=listings) for cik, (name, listings) in found.items()]


def read_ticker_table(content: bytes) -> list[Filer]:
    """The companies of `company_tickers_exchange.json`, or the filers of `company_tickers_mf.json`. Raises Invalid."""
    table = decoded(_table, content)
    check_text(content)
    columns = {name: place for place, name in enumerate(table.fields)}
    if not {"cik", "name", "ticker"} <= columns.keys():
        if not {"cik", "symbol"} <= columns.keys():
            refuse(
                "/fields", "the columns are neither those of company_tickers_exchange.json nor of _mf.json"
            )
        return _funds(table, columns)
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
            Listing(ticker=ticker.upper(), exchange=_said(exchange if isinstance(exchange, str) else None))
        )
    return [Filer(cik, name, listings=listings) for cik, (name, listings) in found.items()]


def _funds(table: _Table, columns: Mapping[str, int]) -> list[Filer]:
    """The filers of a table of funds, without names, each with the tickers of its classes."""
    found: dict[int, list[Listing]] = {}
    for place, row in enumerate(table.data):
        if len(row) != len(table.fields):
            refuse(f"/data/{place}", f"there are {len(row)} cells for {len(table.fields)} columns")
        cells = {name: row[at] for name, at in columns.items()}
        cik, symbol, fund_class = cells["cik"], cells["symbol"], cells.get("classId")
        if not symbol:
            continue
        if cik is None or not isinstance(symbol, str) or not _TICKER.fullmatch(symbol):
            refuse(f"/data/{place}", "a row has a CIK and a symbol")
        if not isinstance(fund_class, str) or not _CLASS.fullmatch(fund_class):
            refuse(f"/data/{place}", "a row has a classId: C and nine digits")
        listing = Listing(ticker=symbol.upper(), fund_class=fund_class)
        found.setdefault(read_cik(cik, f"/data/{place}"), []).append(listing)
    return [Filer(cik, "", listings=listings, of_funds=True) for cik, listings in found.items()]


# -- descriptions of companies -------------------------------------------------------------------


def described(filer: Filer, held: CompanyDescription | None) -> CompanyDescription:
    """The description of a company after an import; `held` is the recorded one, None for a new company.

    Names are added and never removed; listings, industry and addresses are those of the document.
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
        listings=_listed(filer, before.listings),
        industry=filer.industry or before.industry,
        business_address=filer.business_address or before.business_address,
        mailing_address=filer.mailing_address or before.mailing_address,
    )
    if filer.listings is not None and not filer.of_funds:
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
    """The description of a company without these tickers, which are another company's now."""
    identifiers = {s: v for s, v in held.identifiers.items() if s != "ticker" or v not in tickers}
    profile = held.profile
    if profile is not None:
        left = [listing for listing in profile.listings if listing.ticker.upper() not in tickers]
        profile = structs.replace(profile, listings=left)
    return structs.replace(held, identifiers=identifiers, profile=None if profile == Profile() else profile)


def with_names(held: CompanyDescription, names: Iterable[str]) -> list[str]:
    """Aliases plus new names, unique ignoring case, at most MOST_ALIASES."""
    aliases = list(held.aliases)
    known = {one.casefold() for one in (held.name, *aliases)}
    for name in names:
        clean = line(name)
        if clean is not None and clean.casefold() not in known and len(aliases) < MOST_ALIASES:
            known.add(clean.casefold())
            aliases.append(clean)
    return aliases


def line(text: str | None, longest: int = _NAME) -> str | None:
    """A text as one line of printable characters, at most `longest`; None if nothing is left."""
    words = " ".join((text or "").split())
    return "".join(c for c in words if c.isprintable())[:longest].strip() or None


_NOTHING: Final = frozenset({"none", "null", "n/a", "nan"})  # what EDGAR writes for a field without a value


def _said(text: str | None) -> str | None:
    """A field as one line; None if it has no value, also where EDGAR wrote the word for none."""
    clean = line(text)
    return None if clean is None or clean.casefold() in _NOTHING else clean


def _listed(filer: Filer, before: list[Listing]) -> list[Listing]:
    """The listings of a company after a document: classes of funds and other listings replace their own sort alone."""
    if filer.listings is None:
        return before
    listings = _with_exchanges(filer.listings, before)
    tickers = {listing.ticker for listing in listings}
    others = [
        one for one in before if (one.fund_class is None) == filer.of_funds and one.ticker not in tickers
    ]
    return [*others, *listings] if filer.of_funds else [*listings, *others]


def _with_exchanges(listings: Sequence[Listing], before: Sequence[Listing]) -> list[Listing]:
    known = {listing.ticker: listing.exchange for listing in before}
    return [
        structs.replace(listing, exchange=listing.exchange or known.get(listing.ticker))
        for listing in listings
    ]


def _listings(tickers: Sequence[str | None], exchanges: Sequence[str | None]) -> list[Listing]:
    found: dict[str, Listing] = {}
    for place, ticker in enumerate(tickers):
        if not ticker:
            continue
        if not _TICKER.fullmatch(ticker):
            refuse(f"/tickers/{place}", f"{ticker!r:.80} is not a ticker")
        exchange = exchanges[place] if place < len(exchanges) else None
        found.setdefault(ticker.upper(), Listing(ticker=ticker.upper(), exchange=_said(exchange)))
    return list(found.values())


def _industry(code: str | None, label: str | None) -> Industry | None:
    return Industry(code=code, label=_said(label)) if code is not None and _SIC.fullmatch(code) else None


def _address(given: _Address | None) -> Address | None:
    if given is None:
        return None
    address = Address(
        street=[clean for one in (given.street1, given.street2) if (clean := _said(one)) is not None],
        city=_said(given.city),
        region=_said(given.state_or_country_description) or _said(given.state_or_country),
        postal_code=_said(given.zip_code),
    )
    return None if address == Address() else address


def _country(given: _Address | None) -> str | None:
    if given is None:
        return None
    if _STATES.fullmatch(given.state_or_country or ""):
        return "US"
    code = given.country_code
    return code if code is not None and _COUNTRY.fullmatch(code) else None


def _loc(given: _Address | None) -> str | None:
    if given is not None and _STATES.fullmatch(given.state_or_country or ""):
        return f"US-{given.state_or_country}"
    return _country(given)


def _lei(given: str | None) -> str | None:
    return given if given is not None and lei.is_valid(given) else None


def _newest(columns: bytes | Raw, pointer: str) -> date:
    """The day of the newest filing in a table of columns; date.min if there is none. Raises Invalid."""
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
        if day
    ]
    return max(days, default=date.min)
