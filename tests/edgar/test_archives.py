"""Reading of documents in files, folders and archives, and refusals of those that cannot be read."""

import gzip
import re
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from service.core.errors import Invalid
from service.edgar.archives import members, size_of
from service.edgar.documents import DOCUMENT_LIMIT

WANTED = re.compile(r"CIK[0-9]{10}\.json(\.gz)?")
NAME = "CIK0000000001.json"
CONTENT = b'{"cik": 1}' * 50


def names(*paths: Path) -> list[str]:
    return [one.file for one in members(paths, WANTED)]


def each(path: Path) -> list[bytes | Invalid]:
    """The content of every member, or the reason why it was refused."""
    found: list[bytes | Invalid] = []
    for one in members([path], WANTED):
        try:
            content, gzipped = one.read()
        except Invalid as error:
            found.append(error)
        else:
            assert gzip.decompress(gzipped) == content, "what is kept is not what was read"
            found.append(content)
    return found


def refusal(path: Path) -> str:
    (error,) = each(path)
    assert isinstance(error, Invalid)
    return error.detail


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def zipped(path: Path, content: bytes = CONTENT, method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as made:
        made.writestr(NAME, content)
    return path


def test_files_are_read_plain_and_gzipped_in_one_part_or_several(tmp_path: Path) -> None:
    assert each(written(tmp_path / NAME, CONTENT)) == [CONTENT]
    assert each(written(tmp_path / f"{NAME}.gz", gzip.compress(CONTENT))) == [CONTENT]
    parts = gzip.compress(CONTENT[:100]) + gzip.compress(CONTENT[100:])
    assert each(written(tmp_path / "parts.gz", parts)) == [CONTENT]


def test_what_is_named_is_taken_and_of_a_folder_what_is_wanted(tmp_path: Path) -> None:
    for name in ("CIK0000000002.json", NAME, "notes.txt"):
        written(tmp_path / name, CONTENT)
    assert names(tmp_path) == [NAME, "CIK0000000002.json"]
    found = members([tmp_path, tmp_path / "notes.txt"], WANTED)
    assert [one.asked_for for one in found] == [False, False, True]
    assert size_of([tmp_path], WANTED) == 2 * len(CONTENT)


def test_what_a_folder_has_under_a_wanted_name_and_cannot_be_read_is_refused_and_the_others_are_read(
    tmp_path: Path,
) -> None:
    (tmp_path / "CIK0000000000.json").mkdir()
    (tmp_path / "CIK0000000001.json").symlink_to(tmp_path / "nowhere")
    written(tmp_path / "CIK0000000002.json", CONTENT)
    folder, link, content = each(tmp_path)
    assert ("directory" in str(folder), "No such file" in str(link), content) == (True, True, CONTENT)
    absent = each(tmp_path / "absent")
    assert "No such file" in str(absent[0])
    assert size_of([tmp_path / "absent", tmp_path / "CIK0000000002.json"], WANTED) == len(CONTENT)


def test_a_folder_or_an_archive_without_documents_is_refused(tmp_path: Path) -> None:
    assert "holds no file" in refusal(tmp_path)
    with zipfile.ZipFile(tmp_path / "empty.zip", "w"):
        pass
    assert "holds no file" in refusal(tmp_path / "empty.zip")


@pytest.mark.parametrize("cut", [1, 8, 30])
def test_what_is_cut_short_is_refused(tmp_path: Path, cut: int) -> None:
    packed = gzip.compress(CONTENT)
    assert "cut short" in refusal(written(tmp_path / f"{NAME}.gz", packed[:-cut]))
    archive = zipped(tmp_path / "a.zip").read_bytes()
    assert "cut short" in refusal(written(tmp_path / "cut.zip", archive[:-cut]))


@pytest.mark.parametrize(
    "packed",
    [gzip.compress(CONTENT)[:5] + b"\xff" * 40, gzip.compress(CONTENT) + b"and more", b"\x1f\x8b"],
    ids=["broken", "followed by something else", "nothing but its mark"],
)
def test_what_is_no_gzip_is_refused(tmp_path: Path, packed: bytes) -> None:
    assert re.search("no gzip|cut short", refusal(written(tmp_path / f"{NAME}.gz", packed)))


def test_what_is_larger_than_the_limit_is_refused_unread(tmp_path: Path) -> None:
    large = DOCUMENT_LIMIT + 1
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(
        [*(packer.compress(bytes(1_000_000)) for _ in range(large // 1_000_000 + 1)), packer.flush()]
    )
    assert "larger than" in refusal(written(tmp_path / f"{NAME}.gz", bomb))
    with (tmp_path / NAME).open("wb") as sparse:
        sparse.truncate(large)
    assert "larger than" in refusal(tmp_path / NAME)
    with (
        zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as made,
        made.open(NAME, "w") as one,
    ):
        for _ in range(large // 1_000_000 + 1):
            one.write(bytes(1_000_000))
    assert "larger than" in refusal(tmp_path / "bomb.zip")


def test_an_entry_that_says_less_than_it_holds_is_refused(tmp_path: Path) -> None:
    archive = bytearray(zipped(tmp_path / "a.zip", bytes(5_000_000)).read_bytes())
    directory = archive.rindex(b"PK\x01\x02")
    struct.pack_into("<I", archive, directory + 24, 10)  # its size, unpacked
    assert "damaged" in refusal(written(tmp_path / "lying.zip", bytes(archive)))


def test_an_entry_that_was_changed_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_STORED) as made:
        made.writestr(NAME, CONTENT)
        made.writestr("CIK0000000002.json", CONTENT)
    archive = (tmp_path / "a.zip").read_bytes().replace(b'"cik": 1', b'"cik": 2', 1)
    first, second = each(written(tmp_path / "b.zip", archive))
    assert "checksum" in str(first)
    assert second == CONTENT


@pytest.mark.parametrize("place", [42, 16, 20], ids=["offset", "checksum", "size"])
def test_a_directory_that_leads_elsewhere_is_a_refusal(tmp_path: Path, place: int) -> None:
    archive = bytearray(zipped(tmp_path / "a.zip").read_bytes())
    struct.pack_into("<I", archive, archive.rindex(b"PK\x01\x02") + place, 0xFFFFFFF0)
    assert refusal(written(tmp_path / "b.zip", bytes(archive)))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_another_method_than_deflate_is_refused(tmp_path: Path, method: int) -> None:
    assert "method" in refusal(zipped(tmp_path / "a.zip", method=method))


def test_archives_with_wide_sizes_and_more_entries_than_fit_are_read(tmp_path: Path) -> None:
    # zip64: sizes of one entry in 8 bytes, and a count of entries in 8 bytes
    with zipfile.ZipFile(tmp_path / "wide.zip", "w") as made, made.open(NAME, "w", force_zip64=True) as one:
        one.write(CONTENT)
    assert each(tmp_path / "wide.zip") == [CONTENT]
    many = tmp_path / "many.zip"
    with zipfile.ZipFile(many, "w") as made:
        for number in range(65_600):
            made.writestr(f"CIK{number:010}.json" if number % 16_000 == 1 else f"{number}", CONTENT[:10])
    assert names(many) == [f"CIK{n:010}.json" for n in (1, 16_001, 32_001, 48_001, 64_001)]
    assert each(many) == [CONTENT[:10]] * 5
