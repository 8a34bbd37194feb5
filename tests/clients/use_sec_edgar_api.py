"""Asks sec-edgar-api for what a service that it takes for EDGAR has, and prints the answers as JSON.

It knows no setting for where EDGAR is, so its addresses are patched by their names. Arguments: the service's
address, a day, and then what to ask: a method's name and its arguments, joined by commas. Each is asked as of
now, and as it was known on that day.
"""

import importlib
import json
import sys

from sec_edgar_api import EdgarAPIError, EdgarClient

module = importlib.import_module("sec_edgar_api.EdgarClient")


def answer(client: EdgarClient, method: str, arguments: list[str]) -> object:
    named = dict(argument.split("=") for argument in arguments if "=" in argument)
    plain = [argument for argument in arguments if "=" not in argument]
    try:
        return getattr(client, method)(*plain, **{name: json.loads(value) for name, value in named.items()})
    except EdgarAPIError as error:
        return {"error": str(error)}


def main() -> None:
    base, day, *asked = sys.argv[1:]
    for name in ("SUBMISSIONS", "XBRL_COMPANY_CONCEPTS", "XBRL_COMPANY_FACTS", "XBRL_FRAMES"):
        there = getattr(module, f"BASE_URL_{name}")
        setattr(module, f"BASE_URL_{name}", there.replace("https://data.sec.gov", base))
    client = EdgarClient("A test a.test@example.org")
    now = [answer(client, *_split(one)) for one in asked]
    client._session.params = {"known_at": day}
    then = [answer(client, *_split(one)) for one in asked]
    json.dump({"now": now, "then": then}, sys.stdout)


def _split(asked: str) -> tuple[str, list[str]]:
    method, *arguments = asked.split(",")
    return method, arguments


main()
