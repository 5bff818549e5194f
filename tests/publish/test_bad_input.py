"""What a publication must survive: protected sources, very many events, any script, places without coordinates."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from guvoh import cli
from guvoh.protect import Release, age
from guvoh.protect.strings import nowhere
from guvoh.publish.account import TOLD, account
from guvoh.publish.exports import EXPORTS
from guvoh.words import words
from tests.publish.test_protected import opened

PAGE = """Zarnigor Fayzulloyeva: nine men taken

Lantern Post
2 May 2031

Nine men were taken from a brickworks near Osh in late April, Zarnigor Fayzulloyeva told the Lantern Post.
"""
RIGHT_TO_LEFT = "قال الشاهد إنه رأى تسعة رجال"


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """Yield the arguments that open a case of one page, whose only source is sealed."""
    folder = tmp_path_factory.mktemp("sealed")
    case = str(folder / "case")
    (folder / "page.txt").write_text(PAGE, encoding="utf-8")
    (folder / "person.toml").write_text('names = ["Zarnigor Fayzulloyeva"]\n', encoding="utf-8")
    key, _ = age.generate()
    (folder / "key").write_text(f"{key}\n")
    recipient = age.recipient_of(age.unwrap((folder / "key").read_bytes(), None)[0])
    unlocked = ["--case", case, "--key", str(folder / "key")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GUVOH_HOME", str(folder / "home"))
        assert cli.main(["build", str(folder / "page.txt"), "--public", "--case", case]) == 0
        assert cli.main(["keyholder", "add", "ann", recipient, "--case", case]) == 0
        assert cli.main(["seal", "--person", str(folder / "person.toml"), *unlocked]) == 0
        yield unlocked


@pytest.mark.parametrize("what", sorted(EXPORTS))
def test_an_event_whose_only_source_and_a_title_that_names_it_are_protected(
    sealed: list[str], tmp_path: Path, what: str
) -> None:
    assert cli.main(["publish", what, str(tmp_path), *sealed]) == 0
    written = [one for one in tmp_path.rglob("*") if one.is_file()]
    assert written
    for path in written:
        for part in (b"ayzulloyev", b"arnigor"):
            assert part not in opened(path.name, path.read_bytes()), path.name
    if what == "dossier":
        assert 'class="event"' in (tmp_path / "dossier.html").read_text("utf-8")


def test_of_very_many_events_the_largest_are_told_and_the_rest_are_counted(
    release: Release,
) -> None:
    number = 5_000
    copies = tuple(
        replace(release.events[n % len(release.events)], id=f"e{n}") for n in range(number)
    )
    ids = dict(release.ids) | {f"event e{n}": f"E-{n}" for n in range(number)}
    told = account(replace(release, events=copies, ids=ids), words("en"))
    assert len(told["events"]) == TOLD
    assert told["left"] == number - TOLD


@pytest.mark.parametrize(
    "text", [RIGHT_TO_LEFT, "ผู้เห็นเหตุการณ์", "目撃者は言った", "a\u202eb\u0000c"]
)
def test_a_quotation_in_any_script_is_set_in_both(release: Release, text: str) -> None:
    claims = {key: replace(one, text=text) for key, one in release.claims.items()}
    reports = {key: replace(one, language="ar") for key, one in release.reports.items()}
    made = dict(EXPORTS["dossier"](replace(release, claims=claims, reports=reports), "en"))
    assert 'lang="ar" dir="auto">' in made["dossier.html"].decode()
    assert made["dossier.pdf"].startswith(b"%PDF-")


def test_a_place_without_coordinates_is_named_and_not_drawn(release: Release) -> None:
    def elsewhere(keep: bool) -> Release:
        claims = {
            key: replace(one, places=tuple(p if keep else nowhere(p) for p in one.places))
            for key, one in release.claims.items()
        }
        return replace(release, claims=claims)

    drawn = account(elsewhere(keep=True), words("en"))["map"]
    assert drawn["rows"]
    assert 'class="spot' in drawn["drawing"]
    assert account(elsewhere(keep=False), words("en"))["map"] is None
