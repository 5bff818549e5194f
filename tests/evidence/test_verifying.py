"""A bundle is checked by guvoh and by standard programs, and both find every changed byte."""

import base64
import gzip
import io
import json
import os
import random
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from guvoh import __version__, cli
from guvoh.casefile import actor, sshsig
from guvoh.intake.warcs import records_in
from tests.evidence.authority import Authority, serving
from tests.warc import address, response

FLIPS = int(os.environ.get("GUVOH_FLIPS", "90"))
PAGE = """<!doctype html><html lang="en"><head><title>Ferry sinks</title></head><body><article>
<h1>Ferry sinks</h1><p>A ferry sank near Murmansk on 3 May 2031. Nine people died, the port authority
said.</p><p>The port authority denied that the ferry was overloaded.</p></article></body></html>"""
GUIDE = Path(__file__).parents[2] / "src" / "guvoh" / "publish" / "templates" / "VERIFY.txt"
PROGRAMS = ("sha256sum", "shasum", "ssh-keygen", "openssl", "cut", "grep")
needs_ssh = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="no ssh-keygen")


@pytest.fixture(scope="session")
def published(
    tmp_path_factory: pytest.TempPathFactory, made: Authority
) -> Iterator[tuple[Path, Path]]:
    """A stamped case of three public pages, one of them crawled, and its bundle."""
    folder = tmp_path_factory.mktemp("bundle")
    (folder / "pages").mkdir()
    (folder / "pages" / "ferry.html").write_text(PAGE)
    (folder / "pages" / "copy.html").write_text(PAGE.replace("Ferry sinks", "Ferry went down"))
    crawled = PAGE.replace("Ferry sinks", "Ferry lost").encode()
    (folder / "pages" / "crawl.warc").write_bytes(response(7, crawled))
    case, bag = folder / "case", folder / "bag"
    with pytest.MonkeyPatch.context() as patch, serving(made) as authority:
        patch.setenv(actor.HOME_VARIABLE, str(folder / "home"))
        patch.chdir(folder)
        assert cli.main(["build", "pages", "--public", "--case", str(case)]) == 0
        words = ["--authority", authority.address, "--root", str(authority.root)]
        assert cli.main(["checkpoint", str(folder / "kept"), "--case", str(case), *words]) == 0
        assert cli.main(["publish", "bundle", str(bag), "--case", str(case)]) in (0, 1)
        yield case, bag


@pytest.fixture
def bag(published: tuple[Path, Path], tmp_path: Path) -> Path:
    return Path(shutil.copytree(published[1], tmp_path / "bag"))


def verify(
    bag: Path, capsys: pytest.CaptureFixture[str], *more: str
) -> tuple[int, str, dict[str, str]]:
    capsys.readouterr()
    status = cli.main(["verify", str(bag), *more])
    out = capsys.readouterr()
    pairs = [line.removeprefix("guvoh: ").split(": ", 1) for line in out.err.splitlines()]
    return status, out.out, {name: why for name, why in pairs}  # noqa: C416


def commands(system: str) -> list[str]:
    """Return the commands that VERIFY.txt gives for a system."""
    text = GUIDE.read_text().split(f"\n{system}")[1].split("\n\n")[0]
    return [line.strip() for line in text.splitlines()[1:]]


def without_guvoh(command: str, bag: Path) -> subprocess.CompletedProcess[str]:
    """Run a command of VERIFY.txt in a bundle where there are no programs but those that it names."""
    programs = bag.parent / "programs"
    if not programs.exists():
        programs.mkdir()
        for name in PROGRAMS:
            where = shutil.which(name)
            assert where is not None or name == "shasum", name
            if where is not None:
                (programs / name).symlink_to(where)
    return subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=bag,
        capture_output=True,
        text=True,
        env={"PATH": str(programs), "HOME": str(bag.parent)},
    )


def standard(bag: Path, system: str = "Linux") -> bool:
    """Say whether the commands of VERIFY.txt for a system find the bundle unchanged."""
    runs = [without_guvoh(command, bag) for command in commands(system)]
    assert len(runs) == 3
    return all(run.returncode == 0 for run in runs)


@needs_ssh
def test_a_bundle_holds_by_guvoh_and_by_standard_programs(
    bag: Path, published: tuple[Path, Path], capsys: pytest.CaptureFixture[str], made: Authority
) -> None:
    status, out, why = verify(bag, capsys)
    assert (status, why) == (0, {})
    assert "3 originals" in out
    assert "Only as good as" in out
    assert standard(bag)
    kept = str(published[0].parent / "kept")
    signer = str(bag / "allowed_signers")
    words = ["--against", kept, "--root", str(made.root), "--signer", signer]
    status, out, why = verify(bag, capsys, *words)
    assert (status, why) == (0, {})
    assert "go on from the checkpoint" in out
    assert "under the root that you named" in out
    assert "by the key that you named" in out


@needs_ssh
@pytest.mark.skipif(
    shutil.which("shasum") is None, reason="no shasum, the script that macOS has too"
)
def test_the_commands_for_macos_find_what_those_for_linux_find(bag: Path) -> None:
    assert standard(bag, "macOS (Terminal)")
    (original, *_) = (bag / "data" / "captures").iterdir()
    original.write_bytes(original.read_bytes() + b" ")
    assert not standard(bag, "macOS (Terminal)")


@needs_ssh
def test_the_rest_of_verify_txt_can_be_followed_without_guvoh(bag: Path) -> None:
    text = GUIDE.read_text()
    captures = next(x.strip() for x in text.splitlines() if "data/captures && for" in x)
    assert without_guvoh("guvoh --help || python3 --version", bag).returncode == 127
    run = without_guvoh(captures, bag)
    assert (run.returncode, run.stdout) == (0, "")
    (log,) = (bag / "data" / "log").iterdir()
    records = next(x.strip() for x in text.splitlines() if "records.sha256" in x)
    run = without_guvoh(records.replace("KEY", log.name), bag)
    assert run.stdout.endswith("all in the log\n"), run
    (reply,) = (bag / "data" / "anchors").glob("*.tsr")
    (note,) = (bag / "data" / "anchors").glob("*.checkpoint")
    (root,) = (bag / "data" / "anchors").glob("*.pem")
    stamp = next(x.strip() for x in text.splitlines() if "openssl ts -verify" in x)
    for name, path in (("checkpoint", note), ("tsr", reply), ("pem", root)):
        stamp = stamp.replace(f"NAME.{name}", path.name)
    run = without_guvoh(stamp, bag)
    assert "Verification: OK" in run.stdout + run.stderr


@needs_ssh
def test_every_flipped_byte_is_reported_with_its_file_and_standard_programs_agree(
    bag: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rng = random.Random(11)
    files = [path for path in sorted(bag.rglob("*")) if path.is_file()]
    for turn in range(FLIPS):
        path = files[turn] if turn < len(files) else rng.choice(files)
        before = path.read_bytes()
        data = bytearray(before)
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        path.write_bytes(data)
        status, _, why = verify(bag, capsys)
        assert status == 3
        assert list(why) == [path.relative_to(bag).as_posix()]
        assert turn >= 40 or not standard(bag), path
        path.write_bytes(before)


def forge(bag: Path) -> None:
    """Change an original and write the lists anew, as someone without the sender's key can."""
    page = next(bag.glob("data/captures/*"))
    page.write_bytes(page.read_bytes().replace(b"Nine", b"Five"))
    for name in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        lines = (bag / name).read_text().splitlines()
        paths = [line[66:] for line in lines]
        text = "".join(f"{sha256((bag / p).read_bytes()).hexdigest()}  {p}\n" for p in paths)
        (bag / name).write_text(text)


@needs_ssh
def test_lists_written_anew_are_caught_by_the_signature(
    bag: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    forge(bag)
    status, _, why = verify(bag, capsys)
    assert status == 3
    assert "without the sender's key" in why["tagmanifest-sha256.txt.sig"]
    assert not standard(bag)


def test_a_bundle_signed_anew_by_another_key_is_caught_by_whoever_knows_the_sender(
    bag: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    known = tmp_path / "known"
    known.write_bytes((bag / "allowed_signers").read_bytes())
    stranger = actor.load(tmp_path / "stranger")
    (bag / "allowed_signers").write_text(f"guvoh {sshsig.public_line(stranger.public)}\n")
    forge(bag)
    signed = sshsig.sign((bag / "tagmanifest-sha256.txt").read_bytes(), "guvoh-bundle", stranger)
    (bag / "tagmanifest-sha256.txt.sig").write_bytes(signed)
    status, _, why = verify(bag, capsys, "--signer", str(known))
    assert status == 3
    assert "not by the key that you named" in why["tagmanifest-sha256.txt.sig"]
    assert any("it is not what its name says" in one for one in why.values())


def test_files_that_are_missing_or_were_added_are_named(
    bag: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (bag / "data" / "index.csv").unlink()
    (bag / "data" / "more.txt").write_text("more")
    status, _, why = verify(bag, capsys)
    assert status == 3
    assert why["data/index.csv"] == "it is listed and missing."
    assert "was added" in why["data/more.txt"]


def test_what_is_no_bundle_is_told_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["verify", str(tmp_path)]) == 1
    assert "this is no bundle" in capsys.readouterr().err


def test_a_record_says_who_collected_what_and_when(bag: Path) -> None:
    (log,) = (bag / "data" / "log").iterdir()
    first = (log / "0.record").read_bytes()
    assert sha256(first).hexdigest() == (log / "leaves").read_text().splitlines()[0]
    index = (bag / "data" / "index.csv").read_text()
    assert index.splitlines()[0].startswith("report,outlet,url,capture_sha256")
    assert re.search(rf"T\d\d:\d\d:\d\dZ,{log.name},log/{log.name}/\d+\.record", index)
    assert f",guvoh {__version__},,yes," in index
    assert "denied" in (bag / "data" / "contrary.csv").read_text()


def test_what_came_from_the_web_is_a_web_archive_too(bag: Path) -> None:
    path = bag / "data" / "web.wacz"
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        package = json.loads(archive.read("datapackage.json"))
        sealed = json.loads(archive.read("datapackage-digest.json"))
        assert sealed["hash"] == f"sha256:{sha256(archive.read('datapackage.json')).hexdigest()}"
        for one in package["resources"]:
            data = archive.read(one["path"])
            assert (one["hash"], one["bytes"]) == (f"sha256:{sha256(data).hexdigest()}", len(data))
        warc = archive.read("archive/data.warc.gz")
        (line,) = archive.read("indexes/index.cdx").decode().splitlines()
        _, page = map(json.loads, archive.read("pages/pages.jsonl").splitlines())
    key, _, fields = line.split(" ", 2)
    assert key == "example,outlet7)/7"
    where = json.loads(fields)
    start, length = int(where["offset"]), int(where["length"])
    record = gzip.decompress(warc[start : start + length])
    (body,) = [one.body for one in records_in(io.BytesIO(warc), [])]
    assert body in record
    assert (bag / "data" / "captures" / f"{sha256(body).hexdigest()}.html").read_bytes() == body
    assert (where["url"], page["url"], page["title"]) == (address(7), address(7), "Ferry lost")
    wacz = shutil.which("wacz")  # webrecorder's own, where it is installed
    if wacz is not None:
        subprocess.run([wacz, "validate", "-f", str(path)], check=True, capture_output=True)


@needs_ssh
def test_signatures_are_those_of_openssh_both_ways(tmp_path: Path) -> None:
    me = actor.load(tmp_path)
    data = tmp_path / "data"
    data.write_bytes(b"what is signed")
    key = str(tmp_path / "actor.key")
    subprocess.run(
        ["ssh-keygen", "-q", "-Y", "sign", "-f", key, "-n", "guvoh-bundle", str(data)], check=True
    )
    theirs = (tmp_path / "data.sig").read_bytes()
    assert sshsig.sign(data.read_bytes(), "guvoh-bundle", me) == theirs
    sshsig.verify(sshsig.read(theirs), data.read_bytes(), "guvoh-bundle")
    for wrong in (b"else", b""):
        with pytest.raises(sshsig.SignatureError):
            sshsig.verify(sshsig.read(theirs), wrong, "guvoh-bundle")
    with pytest.raises(sshsig.SignatureError):
        sshsig.verify(sshsig.read(theirs), data.read_bytes(), "git")
    with pytest.raises(sshsig.SignatureError):
        sshsig.read(base64.b64encode(b"SSHSIG"))
