import hashlib
import os
import socket
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from guvoh.intake.arrivals import Taking, arrivals
from guvoh.intake.found import Found
from tests.intake.conftest import Take

LINUX = sys.platform.startswith("linux")


def test_a_file_comes_under_its_base_name(tmp_path: Path, take: Take) -> None:
    page = tmp_path / "page.txt"
    page.write_bytes(b"words\n")
    got = take(page)
    assert got.files == ["page.txt"]
    assert got.findings == []
    assert got.found[0].data == b"words\n"
    assert got.found[0].digest == hashlib.sha256(b"words\n").hexdigest()
    assert got.found[0].origin == str(page)
    assert got.found[0].media_type == "text/plain"
    assert got.found[0].parent is None


def test_a_folder_is_walked_in_the_order_of_name_bytes(tmp_path: Path, take: Take) -> None:
    for name in ("b/z.txt", "b/a.txt", "a.txt", "Ў.txt", "é.txt", "B.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name)
    got = take(tmp_path)
    assert got.files == ["B.txt", "a.txt", "b/a.txt", "b/z.txt", "é.txt", "Ў.txt"]
    assert got.files == take(tmp_path).files


def test_parts_of_a_saved_page_are_its_companions(tmp_path: Path, take: Take) -> None:
    for name in (
        "page.html",
        "page_files/style.css",
        "page_files/deep/frame.html",
        "новость.htm",
        "новость_файлы/a.js",
        "alone_files/story.html",
        "artículo.html",
        "artículo_archivos/b.png",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("<p>x</p>")
    companions = {one.file: one.companion_of for one in take(tmp_path).found}
    assert companions["page_files/style.css"] == "page.html"
    assert companions["page_files/deep/frame.html"] == "page.html"
    assert companions["новость_файлы/a.js"] == "новость.htm"
    assert companions["artículo_archivos/b.png"] == "artículo.html"
    assert companions["alone_files/story.html"] is None
    assert companions["page.html"] is None


def test_a_missing_source_is_one_sentence(tmp_path: Path, take: Take) -> None:
    got = take(tmp_path / "nowhere")
    assert got.found == []
    assert got.finding("missing").problem
    assert "does not exist" in got.finding("missing").text


def test_a_name_with_nul_is_refused_without_a_traceback(take: Take) -> None:
    assert take(Path("a\0b")).finding("missing").problem


def test_an_empty_file_is_kept_and_named(tmp_path: Path, take: Take) -> None:
    (tmp_path / "empty.html").touch()
    got = take(tmp_path)
    assert got.files == ["empty.html"]
    assert got.found[0].media_type == "application/x-empty"
    assert "empty" in got.finding("empty").text


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_pipes_sockets_and_devices_are_never_opened(take: Take) -> None:
    # A socket's path is short, which tmp_path is not.
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        os.mkfifo(root / "pipe.txt")
        (root / "story.txt").write_text("story")
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(str(root / "sock.html"))
            got = take(root)
        assert got.files == ["story.txt"]
        text = got.finding("not-a-file").text
        assert "pipe.txt" in text
        assert "sock.html" in text
        assert take(root / "pipe.txt").finding("not-a-file").problem
    if Path("/dev/null").exists():
        assert take(Path("/dev/null")).finding("not-a-file").problem


def test_links_are_not_followed_and_named_once(tmp_path: Path, take: Take) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("secret")
    source = tmp_path / "source"
    (source / "sub").mkdir(parents=True)
    (source / "sub" / "story.txt").write_text("story")
    (source / "loop").symlink_to(source)
    (source / "out").symlink_to(outside)
    (source / "dangling").symlink_to("nowhere")
    (source / "self").symlink_to("self")
    got = take(source)
    assert got.files == ["sub/story.txt"]
    assert [one.kind for one in got.findings] == ["link-not-followed"]
    assert "and 1 more" in got.findings[0].text


def test_a_source_that_is_a_link_is_followed(tmp_path: Path, take: Take) -> None:
    (tmp_path / "story.txt").write_text("story")
    (tmp_path / "link.txt").symlink_to("story.txt")
    got = take(tmp_path / "link.txt")
    assert got.files == ["link.txt"]
    assert got.data("link.txt") == b"story"


@pytest.fixture
def no_superuser() -> Iterator[None]:
    """Run a test as a user whom permissions bind, also where tests run as the superuser."""
    if not hasattr(os, "geteuid"):
        pytest.skip("this system has no such permissions")
    was = os.geteuid()
    if was == 0:
        os.seteuid(65_534)
    yield
    os.seteuid(was)


def test_what_may_not_be_read_is_named_and_the_rest_goes_on(no_superuser: None, take: Take) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("a.txt", "locked.txt", "z.txt"):
            (root / name).write_text(name)
        (root / "shut").mkdir()
        (root / "locked.txt").chmod(0)
        (root / "shut").chmod(0)
        got = take(root)
        (root / "shut").chmod(0o700)
    assert got.files == ["a.txt", "z.txt"]
    assert {one.file for one in got.findings} == {"locked.txt", "shut"}
    assert all("may not be read" in one.text for one in got.findings)


def test_a_file_that_grows_while_read_is_kept_and_said(tmp_path: Path) -> None:
    growing = tmp_path / "log.txt"
    growing.write_bytes(b"line\n" * 4_000_000)
    started, stop = threading.Event(), threading.Event()

    def write() -> None:
        with growing.open("ab", buffering=0) as out:
            while not stop.wait(0.0005):
                out.write(b"more\n")
                started.set()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert started.wait(10)
        # Reading takes many times as long as the writer waits; once in a while it may still win.
        for _ in range(20):
            kinds = ["found" if isinstance(one, Found) else one.kind for one in arrivals(growing)]
            if len(kinds) > 1:
                break
    finally:
        stop.set()
        writer.join()
    assert kinds == ["found", "changed-while-read"]


ODD_NAMES = [
    "line\nbreak.txt",
    "<script>alert(1)</script>.txt".replace("/", "∕"),
    "rtl\u202etxt.exe",
    "tab\there.txt",
    "colour\x1b[31m.txt",
    "n" * 255,
    "CON.txt",
    "trailing. ",
]


@pytest.mark.skipif(not LINUX, reason="other systems refuse some of these names")
def test_odd_names_are_kept_exactly(tmp_path: Path, take: Take) -> None:
    for name in ODD_NAMES:
        (tmp_path / name).write_text("words")
    got = take(tmp_path)
    assert sorted(got.files) == sorted(ODD_NAMES)
    unusual = {one.file for one in got.findings if one.kind == "unusual-name"}
    assert unusual == {ODD_NAMES[0], ODD_NAMES[2], ODD_NAMES[3], ODD_NAMES[4]}
    assert not any(one.problem for one in got.findings)


@pytest.mark.skipif(not LINUX, reason="other systems have only names in Unicode")
def test_a_name_that_is_no_unicode_comes_back_to_its_bytes(tmp_path: Path, take: Take) -> None:
    raw = os.fsencode(tmp_path) + b"/\xcf\xf0\xe8\xe2\xe5\xf2.txt"
    with open(raw, "wb") as out:  # noqa: PTH123 - pathlib takes no bytes
        out.write(b"words")
    got = take(tmp_path)
    assert os.fsencode(got.files[0]) == b"\xcf\xf0\xe8\xe2\xe5\xf2.txt"
    assert got.finding("unusual-name")


def test_the_case_inside_its_own_source_is_left_out(tmp_path: Path, take: Take) -> None:
    (tmp_path / "story.txt").write_text("story")
    case = tmp_path / "case" / "captures"
    case.mkdir(parents=True)
    (case / "abcd").write_text("story")
    assert take(tmp_path, Taking(without=(tmp_path / "case",))).files == ["story.txt"]
    assert len(take(tmp_path).files) == 2


def test_large_files_do_not_lie_in_memory(tmp_path: Path) -> None:
    large = tmp_path / "large.bin"
    with large.open("wb") as out:
        out.truncate(64 << 20)
    (one,) = [one for one in arrivals(large) if isinstance(one, Found)]
    assert one.size == 64 << 20
    # A spool that went over to a file has a descriptor, one in memory has none.
    taken = [found.stream.fileno() for found in arrivals(large) if isinstance(found, Found)]
    assert taken[0] > 0
    assert list(tmp_path.iterdir()) == [large]


def test_a_deep_folder_does_not_end_the_walk(tmp_path: Path, take: Take) -> None:
    here = Path.cwd()
    os.chdir(tmp_path)
    try:
        for _ in range(600):
            Path("d").mkdir()
            os.chdir("d")
        Path("story.txt").write_text("story")
    finally:
        os.chdir(here)
    got = take(tmp_path)
    assert got.files == ["d/" * 600 + "story.txt"]
