"""Settings: parsing, refusal of invalid ones, and their documentation."""

import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from service.cli.serving import serve
from service.settings import PREFIX, Settings, SettingsError, default_data_dir

ROOT = Path(__file__).resolve().parent.parent
FIELDS = {field.name: field for field in msgspec.structs.fields(Settings)}


def test_variables_become_values_of_their_types() -> None:
    settings = Settings.from_environment(
        {
            "COMPANYFACTS_PORT": "8080",
            "COMPANYFACTS_SAMPLE": "false",
            "COMPANYFACTS_READ_ONLY": "1",
            "COMPANYFACTS_STATEMENT_TIMEOUT": "2.5",
            "COMPANYFACTS_DATABASE_URL": "postgresql://somebody@db/facts",
            "COMPANYFACTS_LOG_LEVEL": "",
            "PORT": "1",
        }
    )
    assert (settings.port, settings.sample, settings.read_only) == (8080, False, True)
    assert settings.statement_timeout == 2.5
    assert settings.database_url == "postgresql://somebody@db/facts"
    assert settings.log_level == "info"


def test_a_flag_wins_over_its_variable_and_an_absent_flag_does_not() -> None:
    environment = {"COMPANYFACTS_PORT": "8080", "COMPANYFACTS_HOST": "::1"}
    settings = Settings.from_environment(environment, port=9000, host=None, sample=False)
    assert (settings.port, settings.host, settings.sample) == (9000, "::1", False)


def test_data_dir_is_absolute() -> None:
    settings = Settings.from_environment({}, data_dir="somewhere/else")
    assert settings.data_dir == Path.cwd() / "somewhere/else"


@pytest.mark.parametrize("home", ["/srv/data", "relative", ""])
def test_default_data_dir_does_not_depend_on_the_working_directory(
    monkeypatch: pytest.MonkeyPatch, home: str
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", home)
    monkeypatch.setenv("HOME", "/home/somebody")
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    expected = "/srv/data/companyfacts" if home == "/srv/data" else "/home/somebody/.local/share/companyfacts"
    assert default_data_dir() == Path(expected)
    monkeypatch.setattr("os.geteuid", lambda: 0)
    assert default_data_dir() == Path("/var/lib/companyfacts")


def test_another_process_reads_equal_settings() -> None:
    settings = Settings(
        port=1234,
        database_url="postgresql://a:b%20c@/d?host=/tmp/e f",
        sample=False,
        require_key_for_reads=True,
        log_format="json",
        statement_timeout=0.25,
        data_dir=Path("/tmp/with space"),
    )
    assert Settings.from_environment(settings.to_environment()) == settings
    assert Settings.from_environment(Settings().to_environment()) == Settings()


@pytest.mark.parametrize(
    ("variable", "value", "says"),
    [
        ("PORT", "http", "COMPANYFACTS_PORT (http): Expected `int`"),
        ("PORT", "70000", "COMPANYFACTS_PORT (70000): Expected `int` <= 65535"),
        ("WORKERS", "0", "COMPANYFACTS_WORKERS (0): Expected `int` >= 1"),
        ("SAMPLE", "perhaps", "COMPANYFACTS_SAMPLE (perhaps): Expected `bool`"),
        ("LOG_LEVEL", "loud", "COMPANYFACTS_LOG_LEVEL (loud): Invalid enum value"),
        ("STATEMENT_TIMEOUT", "-1", "COMPANYFACTS_STATEMENT_TIMEOUT (-1): Expected `float` > 0"),
        ("STATEMENT_TIMEOUT", "nan", "COMPANYFACTS_STATEMENT_TIMEOUT (nan)"),
        (
            "DATABASE_URL",
            "mysql://u:secret@h/d",
            "COMPANYFACTS_DATABASE_URL is not of the form postgresql://",
        ),
        (
            "DATABASE_ULR",
            "x",
            "COMPANYFACTS_DATABASE_ULR is no setting; did you mean COMPANYFACTS_DATABASE_URL?",
        ),
        ("ZZZ", "x", "COMPANYFACTS_ZZZ is no setting"),
    ],
)
def test_a_value_that_cannot_be_right_is_refused_by_name(variable: str, value: str, says: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment({PREFIX + variable: value})
    assert says in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("base_url", "taken"),
    [
        ("https://facts.example.org", True),
        ("http://127.0.0.1:8000", True),
        ("https://example.org/facts", True),
        ("https://facts.example.org/", False),
        ("facts.example.org", False),
        ("ftp://facts.example.org", False),
        ("https://", False),
        ("https://facts.example.org?x=1", False),
        ("https://facts.example.org#x", False),
        ("https://facts.example.org/" + "x" * 150, False),
    ],
)
def test_a_base_url_is_an_origin_and_a_path_at_most(base_url: str, *, taken: bool) -> None:
    environment = {"COMPANYFACTS_BASE_URL": base_url}
    if taken:
        assert Settings.from_environment(environment).base_url == base_url
    else:
        with pytest.raises(SettingsError, match="BASE_URL"):
            Settings.from_environment(environment)


@pytest.mark.parametrize(
    ("host", "published", "on_loopback"),
    [
        ("127.0.0.1", "", True),
        ("0.0.0.0", "", False),
        ("0.0.0.0", "127.0.0.1", True),
        ("0.0.0.0", "::1", True),
        ("0.0.0.0", "[::1]", True),
        ("0.0.0.0", "localhost", True),
        ("0.0.0.0", "0.0.0.0", False),
        ("127.0.0.1", "192.0.2.7", False),
        ("127.0.0.1", "[::]", False),
    ],
)
def test_the_address_that_is_published_decides_who_can_reach_the_service(
    host: str, published: str, *, on_loopback: bool
) -> None:
    assert Settings(host=host, published_address=published).on_loopback is on_loopback


def test_every_mistake_is_named_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment(
            {"COMPANYFACTS_PORT": "x", "COMPANYFACTS_WORKERS": "y", "COMPANYFACTS_Q": "z"}
        )
    assert len(str(caught.value).splitlines()) == 3


def test_every_setting_is_described_for_operators_with_its_default() -> None:
    page = (ROOT / "docs" / "operations.md").read_text()
    rows = dict(re.findall(r"^\| `COMPANYFACTS_([A-Z_]+)` \|([^|]*)\|", page, flags=re.MULTILINE))
    assert sorted(name.lower() for name in rows) == sorted(FIELDS)
    for name, field in FIELDS.items():
        default: Any = field.default
        if default is msgspec.NODEFAULT:
            continue  # the default data directory depends on the user
        written = rows[name.upper()].strip().strip("`").replace(",", "")
        shown = "" if default is None else str(default).lower() if isinstance(default, bool) else f"{default}"
        assert written == shown.removesuffix(".0"), name


def test_every_flag_of_serve_is_described_for_operators() -> None:
    page = (ROOT / "docs" / "operations.md").read_text()
    described = re.findall(
        r"^\| `COMPANYFACTS_([A-Z_]+)` \|[^|]*\| `(--[a-z-]+)` \|", page, flags=re.MULTILINE
    )
    flags = {option.name: option.opts[0] for option in serve.params}
    assert {name.lower(): flag for name, flag in described} == flags


def test_every_setting_is_read_somewhere() -> None:
    code = "".join(p.read_text() for p in (ROOT / "service").rglob("*.py") if p.name != "settings.py")
    assert [name for name in FIELDS if f"settings.{name}" not in code] == []


def test_every_setting_has_its_comment() -> None:
    lines = (ROOT / "service" / "settings.py").read_text().splitlines()
    for name in FIELDS:
        at = next(i for i, line in enumerate(lines) if line.startswith(f"    {name}: "))
        assert lines[at - 1].strip().startswith("#"), name
