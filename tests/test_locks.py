"""The pins in the lock files and in pyproject.toml say the same (what `.ci/lock` writes, read without it)."""

import re
import tomllib
from pathlib import Path
from typing import cast

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ["requirements.lock", "requirements-runtime.lock", "requirements-build.lock"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def pinned(lock: str) -> dict[str, str]:
    """`name==version ; marker` by name; a package may be pinned once per marker, so the lines are joined."""
    lines: dict[str, str] = {}
    for line in (ROOT / lock).read_text().splitlines():
        if re.match(r"[A-Za-z0-9]", line):
            name = canonicalize_name(re.split(r"[=\[ ]", line)[0])
            lines[name] = "\n".join(filter(None, [lines.get(name), line.removesuffix(" \\")]))
    return lines


@pytest.mark.parametrize(
    ("table", "lock"),
    [
        ("constraint-dependencies", "requirements.lock"),
        ("build-constraint-dependencies", "requirements-build.lock"),
    ],
)
def test_uv_is_held_to_the_lock(table: str, lock: str) -> None:
    constraints = cast("list[str]", PROJECT["tool"]["uv"][table])
    assert sorted(constraints) == sorted("\n".join(pinned(lock).values()).splitlines())


@pytest.mark.parametrize("lock", LOCKS[1:])
def test_the_image_gets_the_versions_that_were_tested(lock: str) -> None:
    whole = pinned("requirements.lock")
    assert {name: line for name, line in pinned(lock).items() if whole.get(name) != line} == {}


def test_every_direct_dependency_is_pinned_within_its_range() -> None:
    wanted = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]
    wanted += [*PROJECT["dependency-groups"]["build"], *PROJECT["build-system"]["requires"]]
    lock = pinned("requirements.lock")
    for text in cast("list[str]", wanted):
        requirement = Requirement(text)
        versions = re.findall(r"==(\S+)", lock.get(canonicalize_name(requirement.name), ""))
        assert versions, f"{text} is not in requirements.lock: run .ci/lock"
        assert all(requirement.specifier.contains(version) for version in versions), text


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_carry_hashes_and_no_hosts(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "://" not in text
    entries = re.split(r"\n(?=[A-Za-z0-9])", text)[1:]
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
