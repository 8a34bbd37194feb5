"""What is installed for tests and checks is kept in the user's cache, by what it is made of: checkouts and runs share it."""

import contextlib
import hashlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "companyfacts"
UNUSED = 30 * 86_400  # seconds


def kept(name: str, made_of: str, make: Callable[[Path], None]) -> Path:
    """A directory that `make` filled; made aside and renamed into place, so that one which is there is whole."""
    path = CACHE / f"{name}-{hashlib.sha256(made_of.encode()).hexdigest()[:16]}"
    if path.exists():
        path.touch()
    else:
        _forget(name)
        CACHE.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=CACHE) as directory:
            new = Path(directory) / "new"
            new.mkdir()
            make(new)
            with contextlib.suppress(OSError):  # another process was quicker
                new.rename(path)
    return path


def npm_package(name: str, wanted: str) -> Path:
    """The `node_modules` with a package of npm's, such as `axe-core@4.10.3`."""

    def install(place: Path) -> None:
        command = ["npm", "install", "--silent", "--no-audit", "--no-fund", wanted]
        subprocess.run(command, cwd=place, check=True, capture_output=True)

    return kept(name, wanted, install) / "node_modules"


def npm_locked(name: str, folder: Path, *beside: str) -> Path:
    """A directory with the packages that a folder's `npm-lock.json` pins by their hashes, and other files of the folder."""
    given = ("package.json", "npm-lock.json", *beside)

    def install(place: Path) -> None:
        for file in given:
            shutil.copyfile(folder / file, place / file.replace("npm-lock", "package-lock"))
        # not `npm ci`, which fails on binaries for other platforms; scripts of packages are not run
        quietly = ["--silent", "--no-fund", "--no-audit"]
        subprocess.run(["npm", "install", "--no-save", "--ignore-scripts", *quietly], cwd=place, check=True)

    return kept(name, "".join((folder / file).read_text() for file in given), install)


def _forget(name: str) -> None:
    """Delete what was made under this name and not used for a month."""
    for path in CACHE.glob(f"{name}-{'?' * 16}"):
        if time.time() - path.stat().st_mtime > UNUSED:
            shutil.rmtree(path, ignore_errors=True)
