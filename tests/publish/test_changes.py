"""What has changed since an earlier dataset: by ids, without a word of what stood there before."""

import csv
import io
from pathlib import Path

import pytest

from guvoh import cli
from guvoh.protect import Release
from guvoh.publish.changes import changes
from guvoh.publish.dossier import dossier
from guvoh.publish.exports import EXPORTS


def tables(release: Release) -> dict[str, bytes]:
    return {n: d for n, d in EXPORTS["dataset"](release, "en") if n.endswith(".csv")}


def told(before: dict[str, bytes], after: dict[str, bytes]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(changes(before, after).decode(), newline="")))


def test_the_same_dataset_has_not_changed(release: Release) -> None:
    assert told(tables(release), tables(release)) == []


def test_rows_and_cells_that_differ_are_told_once(release: Release) -> None:
    after = tables(release)
    rows = list(csv.DictReader(io.StringIO(after["events" + ".csv"].decode(), newline="")))
    kept, gone = rows[0], rows[1]
    before = dict(after)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerow({**kept, "sources_high": "99", "summary": "Zarnigor was there"})
    writer.writerow({**gone, "event": "E-GONE00"})
    writer.writerows(rows[2:])
    before["events.csv"] = out.getvalue().encode()
    found = told(before, after)
    assert {(f["row"], f["change"], f["column"]) for f in found} == {
        (kept["event"], "changed", "sources_high"),
        (kept["event"], "changed", "summary"),
        (gone["event"], "added", ""),
        ("E-GONE00", "removed", ""),
    }
    assert {f["now"] for f in found if f["column"] == "sources_high"} == {kept["sources_high"]}
    assert b"Zarnigor" not in changes(before, after)


def test_the_command_takes_an_earlier_folder_and_no_other(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish = ["publish", "dataset", "--case", str(case)]
    assert cli.main([*publish, str(tmp_path / "one")]) == 0
    assert cli.main([*publish, str(tmp_path / "two"), "--since", str(tmp_path / "one")]) == 0
    assert (tmp_path / "two" / "changes.csv").read_text().count("\n") == 1
    dossier = ["publish", "dossier", "--case", str(case), str(tmp_path / "told")]
    assert cli.main([*dossier, "--since", str(tmp_path / "one")]) == 0
    assert "Nothing in the counts has changed." in (tmp_path / "told" / "dossier.html").read_text()
    capsys.readouterr()
    assert cli.main([*publish, str(tmp_path / "three"), "--since", str(tmp_path)]) == 2
    assert "earlier dataset" in capsys.readouterr().err


def test_a_dossier_tells_counts_and_no_name_of_the_earlier_release(release: Release) -> None:
    before = tables(release)
    rows = list(csv.DictReader(io.StringIO(before["events.csv"].decode(), newline="")))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    first = {**rows[0], "sources_low": "0", "sources_high": "9", "summary": "Zarnigor was there"}
    writer.writerows([first, *rows[2:], {**rows[1], "event": "E-GONE00"}])
    before["events.csv"] = out.getvalue().encode()
    for language, heading in (("en", "Since the last release"), ("ru", "С прошлой публикации")):
        page = dict(dossier(release, language, before))["dossier.html"].decode()
        told = page.partition(f"<h2>{heading}</h2>")[2].partition("</section>")[0]
        assert told.count("<li>") == 3  # one counts otherwise, one is new, one is gone
        assert "0–9 → " in told
        assert "Zarnigor" not in page


def test_people_of_one_role_are_known_by_what_is_said_of_them(release: Release) -> None:
    """Whom an order puts first one day and last the next has not changed; who is new is said to be."""
    columns = tables(release)["event_values.csv"].decode().splitlines()[0].split(",")

    def written(*rows: tuple[str, str, str]) -> dict[str, bytes]:
        out = io.StringIO(newline="")
        writer = csv.DictWriter(out, columns)
        writer.writeheader()
        for number, (name, high, sources) in enumerate(rows, 1):
            said = {"event": "E-TEST00", "number": number, "detail": "who", "role": "affected"}
            writer.writerow({**said, "name": name, "sources_high": high, "sources": sources})
        return {**tables(release), "event_values.csv": out.getvalue().encode()}

    before = written(("worker P-AAAA", "1", "Daler"), ("worker P-BBBB", "2", "Stepan; a cook"))
    after = written(
        ("worker P-DDDD", "1", "Zarina"),
        ("worker P-CCCC", "2", "Stepan; a cook"),
        ("worker P-EEEE", "1", "Daler"),
    )
    found = [(f["change"], f["column"]) for f in told(before, after)]
    assert found == [("added", "")]
