import bz2
import gzip
import io
import lzma
import tarfile
import time
import zipfile
from pathlib import Path

import pytest

from guvoh.intake.arrivals import Taking, arrivals
from guvoh.intake.found import Found, Limits
from guvoh.model.finding import Finding
from tests.intake.conftest import Take

STORIES = {"b/second.html": b"<html><p>two</p></html>", "a.txt": b"one\n" * 5_000}


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(members: dict[str, bytes], extra: list[tarfile.TarInfo] | None = None) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for info in extra or []:
            archive.addfile(info)
    return out.getvalue()


PACKED = {
    "x.zip": zipped(STORIES),
    "stored.zip": zipped(STORIES, zipfile.ZIP_STORED),
    "bzip2.zip": zipped(STORIES, zipfile.ZIP_BZIP2),
    "x.tar": tarred(STORIES),
    "x.tar.gz": gzip.compress(tarred(STORIES)),
    "x.tgz": gzip.compress(tarred(STORIES)),
    "x.tar.bz2": bz2.compress(tarred(STORIES)),
    "x.tar.xz": lzma.compress(tarred(STORIES)),
    "misnamed.dat": zipped(STORIES),
}


@pytest.mark.parametrize("name", PACKED)
def test_members_are_arrivals_of_their_own(name: str, tmp_path: Path, take: Take) -> None:
    (tmp_path / name).write_bytes(PACKED[name])
    got = take(tmp_path / name)
    assert got.files == [name, f"{name}!/a.txt", f"{name}!/b/second.html"]
    assert got.found[0].data == PACKED[name]
    assert got.data(f"{name}!/a.txt") == STORIES["a.txt"]
    assert got.data(f"{name}!/b/second.html") == STORIES["b/second.html"]
    assert [one.parent for one in got.found] == [None] + [got.found[0].digest] * 2
    assert got.found[2].media_type == "text/html"
    assert got.findings == []


@pytest.mark.parametrize(
    ("name", "packed"),
    [
        (
            "page.html.gz",
            gzip.compress(b"<html>one", mtime=0) + gzip.compress(b"two</html>", mtime=0),
        ),
        ("page.html.bz2", bz2.compress(b"<html>one") + bz2.compress(b"two</html>")),
        ("page.html.xz", lzma.compress(b"<html>one") + lzma.compress(b"two</html>") + b"\0" * 8),
    ],
    ids=["gz", "bz2", "xz"],
)
def test_one_compressed_file_of_several_streams(
    name: str, packed: bytes, tmp_path: Path, take: Take
) -> None:
    (tmp_path / name).write_bytes(packed)
    got = take(tmp_path)
    assert got.files == [name, f"{name}!/page.html"]
    assert got.data(f"{name}!/page.html") == b"<html>onetwo</html>"
    assert got.findings == []


def test_archives_within_archives(tmp_path: Path, take: Take) -> None:
    inner = tarred({"c.html": b"<html>deep</html>"})
    (tmp_path / "a.zip").write_bytes(zipped({"b.tar": inner, "z.txt": b"end"}))
    got = take(tmp_path)
    assert got.files == ["a.zip", "a.zip!/b.tar", "a.zip!/b.tar!/c.html", "a.zip!/z.txt"]
    assert got.found[2].parent == got.found[1].digest
    assert got.found[1].parent == got.found[0].digest


def test_a_saved_page_in_an_archive_keeps_its_companions(tmp_path: Path, take: Take) -> None:
    members = {"d/p.html": b"<html>", "d/p_files/x.js": b"1", "d/p_files/s/y.html": b"<html>"}
    (tmp_path / "a.zip").write_bytes(zipped(members))
    companions = {one.file: one.companion_of for one in take(tmp_path).found}
    assert companions["a.zip!/d/p_files/s/y.html"] == "a.zip!/d/p.html"
    assert companions["a.zip!/d/p.html"] is None


def test_too_many_archives_in_one_another(tmp_path: Path, take: Take) -> None:
    data = b"the core"
    for _ in range(9):
        data = zipped({"in.zip": data})
    (tmp_path / "russian-doll.zip").write_bytes(data)
    got = take(tmp_path)
    assert len(got.found) == 1 + Limits().depth
    assert got.finding("too-deep").problem


def bomb(size: int) -> bytes:
    return zipped({"a.txt": b"kept before", "bomb.txt": b"\0" * size, "z.txt": b"left after"})


@pytest.mark.parametrize("kind", ["zip", "tar.gz", "gz", "xz", "nested"])
def test_a_bomb_is_given_up_in_bounded_room(kind: str, tmp_path: Path, take: Take) -> None:
    limits = Limits(ratio_from=1 << 20, in_memory=1 << 16)
    big = b"\0" * (80 << 20)
    data = {
        "zip": lambda: bomb(80 << 20),
        "tar.gz": lambda: gzip.compress(tarred({"a": big}), 1),
        "gz": lambda: gzip.compress(big, 1),
        "xz": lambda: lzma.compress(big, preset=0),
        "nested": lambda: zipped({"one.zip": bomb(80 << 20)}, zipfile.ZIP_STORED),
    }[kind]()
    (tmp_path / f"bomb.{kind}").write_bytes(data)
    start = time.process_time()
    got = take(tmp_path, Taking(limits=limits))
    assert time.process_time() - start < 5
    assert sum(len(one.data) for one in got.found) < 2 * len(data) + 1_000_000
    finding = got.finding("too-much")
    assert finding.problem
    assert finding.file == f"bomb.{kind}"
    if kind == "zip":
        assert got.files == ["bomb.zip", "bomb.zip!/a.txt"]


def test_a_bomb_of_many_members_and_a_bomb_of_overlap(tmp_path: Path, take: Take) -> None:
    many = zipped({f"{number}.txt": b"x" for number in range(50)})
    (tmp_path / "many.zip").write_bytes(many)
    got = take(tmp_path, Taking(limits=Limits(members=10)))
    assert len(got.found) == 11
    assert "more than 10 members" in got.finding("too-much").text


def test_a_zip_whose_list_is_too_long_is_not_read_into_memory(tmp_path: Path, take: Take) -> None:
    (tmp_path / "list.zip").write_bytes(zipped({f"{n}.txt": b"" for n in range(500)}))
    got = take(tmp_path, Taking(limits=Limits(directory=10_000)))
    assert got.files == ["list.zip"]
    assert "list of members" in got.finding("too-much").text


def test_slip_names_are_kept_harmlessly(tmp_path: Path, take: Take) -> None:
    source = tmp_path / "source"
    source.mkdir()
    names = ["../../up.txt", "/etc/root.txt", "C:\\Windows\\win.txt", "ok.txt"]
    (source / "slip.zip").write_bytes(zipped({name: name.encode() for name in names}))
    (source / "slip.tar").write_bytes(tarred(dict.fromkeys(names[:2], b"x")))
    got = take(source)
    assert got.files == [
        "slip.tar",
        "slip.tar!/etc/root.txt",
        "slip.tar!/up.txt",
        "slip.zip",
        "slip.zip!/Windows/win.txt",
        "slip.zip!/etc/root.txt",
        "slip.zip!/ok.txt",
        "slip.zip!/up.txt",
    ]
    assert [(one.file, one.kind) for one in got.findings] == [
        ("slip.tar", "unsafe-name"),
        ("slip.zip", "unsafe-name"),
    ]
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] in (
        ["slip.zip", "slip.tar"],
        ["slip.tar", "slip.zip"],
    )


def test_links_and_devices_in_tar_are_left(tmp_path: Path, take: Take) -> None:
    def special(name: str, kind: bytes, target: str = "") -> tarfile.TarInfo:
        info = tarfile.TarInfo(name)
        info.type, info.linkname = kind, target
        return info

    (tmp_path / "x.tar").write_bytes(
        tarred(
            {"a.txt": b"one"},
            [
                special("sym", tarfile.SYMTYPE, "/etc/passwd"),
                special("hard", tarfile.LNKTYPE, "../../secret"),
                special("null", tarfile.CHRTYPE),
                special("disk", tarfile.BLKTYPE),
                special("pipe", tarfile.FIFOTYPE),
                special("folder", tarfile.DIRTYPE),
            ],
        )
    )
    got = take(tmp_path)
    assert got.files == ["x.tar", "x.tar!/a.txt"]
    assert [one.kind for one in got.findings] == ["link-not-followed", "not-a-file"]
    assert "“sym”" in got.findings[0].text
    assert "“hard”" in got.findings[0].text


def test_links_in_zip_are_left(tmp_path: Path, take: Take) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("a.txt", "one")
    got = take(tmp_path)
    assert got.files == ["x.zip", "x.zip!/a.txt"]
    assert got.finding("link-not-followed")


def test_encrypted_members_are_named_and_the_others_read(tmp_path: Path, take: Take) -> None:
    data = bytearray(zipped({"a.txt": b"open", "b.txt": b"shut", "c.txt": b"shut"}))
    for name in (b"b.txt", b"c.txt"):
        local = data.find(b"PK\x03\x04", data.find(name) - 30)
        listed = data.rfind(b"PK\x01\x02", 0, data.rfind(name))
        data[local + 6] |= 1
        data[listed + 8] |= 1
    (tmp_path / "x.zip").write_bytes(data)
    got = take(tmp_path)
    assert got.files == ["x.zip", "x.zip!/a.txt"]
    assert "“b.txt”, “c.txt”" in got.finding("encrypted").text


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.9])
@pytest.mark.parametrize("name", ["x.zip", "x.tar", "x.tar.gz", "x.tar.bz2", "x.tar.xz"])
def test_what_came_out_of_a_truncated_archive_is_kept(
    cut: float, name: str, tmp_path: Path, take: Take
) -> None:
    # Bytes that do not shrink, so that every cut falls inside a member.
    noise = bytes((index * index >> 3) & 0xFF for index in range(400_000))
    stories = {f"{number}.txt": noise[number * 40_000 :][:40_000] for number in range(9)}
    packed = {
        "x.zip": lambda: zipped(stories),
        "x.tar": lambda: tarred(stories),
        "x.tar.gz": lambda: gzip.compress(tarred(stories)),
        "x.tar.bz2": lambda: bz2.compress(tarred(stories), 1),
        "x.tar.xz": lambda: lzma.compress(tarred(stories), preset=0),
    }[name]()
    (tmp_path / name).write_bytes(packed[: int(len(packed) * cut)])
    got = take(tmp_path)
    assert got.files[0] == name
    assert any("damaged" in one.kind and one.problem for one in got.findings)
    for one in got.found[1:]:
        assert stories[one.file.rpartition("/")[2]].startswith(one.data)
    if cut == 0.9 and name in {"x.zip", "x.tar", "x.tar.gz"}:
        assert len(got.found) > 6


def test_a_member_with_a_wrong_checksum_keeps_its_bytes(tmp_path: Path, take: Take) -> None:
    data = bytearray(zipped({"a.txt": b"one thing", "b.txt": b"other"}, zipfile.ZIP_STORED))
    at = data.find(b"one thing")
    data[at : at + 3] = b"two"
    (tmp_path / "x.zip").write_bytes(data)
    got = take(tmp_path)
    assert got.data("x.zip!/a.txt") == b"two thing"
    assert got.finding("damaged-member").file == "x.zip!/a.txt"


def test_a_zip_without_its_list_gives_its_members(tmp_path: Path, take: Take) -> None:
    whole = zipped({"a.txt": b"one " * 400, "b.txt": b"two"})
    (tmp_path / "x.zip").write_bytes(whole[: whole.find(b"PK\x01\x02")])
    got = take(tmp_path)
    assert got.data("x.zip!/a.txt") == b"one " * 400
    assert got.data("x.zip!/b.txt") == b"two"
    assert [one.kind for one in got.findings] == ["damaged-archive"]


class _NoSeek(io.BytesIO):
    """Makes zipfile write sizes after the bytes, as packers do that write to a pipe."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: int) -> int:
        raise io.UnsupportedOperation

    def tell(self) -> int:
        raise io.UnsupportedOperation


@pytest.mark.parametrize("with_list", [True, False])
def test_a_zip_written_to_a_pipe(with_list: bool, tmp_path: Path, take: Take) -> None:
    out = _NoSeek()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"one " * 400)
        archive.writestr("b.txt", b"two " * 400)
    whole = out.getvalue()
    (tmp_path / "x.zip").write_bytes(whole if with_list else whole[: whole.find(b"PK\x01\x02")])
    got = take(tmp_path)
    assert got.data("x.zip!/a.txt") == b"one " * 400
    assert got.data("x.zip!/b.txt") == b"two " * 400
    assert len(got.findings) == (0 if with_list else 1)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("новость.html".encode("cp866"), "новость.html"),
        ("новость.html".encode(), "новость.html"),
        ("artículo.html".encode("cp437"), "artículo.html"),
    ],
)
def test_names_in_other_code_pages(raw: bytes, expected: str, tmp_path: Path, take: Take) -> None:
    placeholder = "n" * len(raw)
    data = zipped({placeholder: b"words"}).replace(placeholder.encode(), raw)
    (tmp_path / "x.zip").write_bytes(data)
    assert take(tmp_path).files == ["x.zip", f"x.zip!/{expected}"]


def test_a_tar_that_asks_for_a_huge_header(tmp_path: Path, take: Take) -> None:
    info = tarfile.TarInfo("././@LongLink")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 40 << 20
    head = info.tobuf(tarfile.GNU_FORMAT)
    (tmp_path / "x.tar").write_bytes(head + b"n" * (40 << 20))
    got = take(tmp_path)
    assert got.files == ["x.tar"]
    assert got.finding("damaged-archive").problem


@pytest.mark.parametrize(
    "start", [b"PK\x03\x04", b"\x1f\x8b\x08", b"BZh9", b"\xfd7zXZ\x00", b"ustar"]
)
def test_rubbish_that_begins_like_an_archive(start: bytes, tmp_path: Path, take: Take) -> None:
    rubbish = bytes((index * 7919 >> 2) & 0xFF for index in range(3_000))
    data = b"\1" * 257 + start + rubbish if start == b"ustar" else start + rubbish
    (tmp_path / "x.bin").write_bytes(data)
    got = take(tmp_path)
    assert got.found[0].data == data
    assert got.finding("damaged-archive").file == "x.bin"


def test_an_office_file_is_no_archive(tmp_path: Path, take: Take) -> None:
    parts = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}
    (tmp_path / "letter.docx").write_bytes(zipped(parts))
    got = take(tmp_path)
    assert got.files == ["letter.docx"]
    assert got.found[0].media_type.endswith("wordprocessingml.document")


def test_streams_are_closed_when_the_walk_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"one.txt": b"1", "two.txt": b"2"}))
    streams = [one.stream for one in arrivals(tmp_path) if isinstance(one, Found)]
    assert len(streams) == 3
    assert all(stream.closed for stream in streams)


def test_order_and_findings_do_not_depend_on_the_run(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"z.txt": b"1", "../y.txt": b"2", "x.txt": b""}))
    runs = [
        [one if isinstance(one, Finding) else one.file for one in arrivals(tmp_path)]
        for _ in range(2)
    ]
    assert runs[0] == runs[1]
