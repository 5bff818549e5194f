"""The trained reader marks who says what, whatever the length and state of the text, or says it can't."""

import json
import shutil
from dataclasses import replace
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from guvoh.encoder import weights
from guvoh.encoder.attributions import Attribution
from guvoh.encoder.tagging import tag
from guvoh.encoder.weights import UnusableWeightsError, load, load_from
from guvoh.model.tagging import Tagging
from guvoh.model.text import Span
from guvoh.reading import marked
from guvoh.reading.layout import lay_out

SAID = "The harbour master said on Monday that two crews had been locked in the cannery overnight."


def marks(text: str) -> Tagging:
    paragraphs: list[Span] = []
    at = 0
    for piece in text.split("\n\n"):
        if piece.strip():
            paragraphs.append(Span(at, at + len(piece)))
        at += len(piece) + 2
    return tag(load(), text, paragraphs)


def words(text: str, head: str, label: str) -> list[str]:
    return [text[s.start : s.end] for s in marks(text).of(head, label)]


def linked(text: str) -> tuple[Attribution, ...]:
    return marked.linked(lay_out(text, [Span(0, len(text))], "en"), marks(text))


def test_a_plain_saying_has_source_cue_and_content() -> None:
    assert words(SAID, "attribution", "source") == ["The harbour master"]
    assert "said" in words(SAID, "attribution", "cue")[0]
    (content,) = words(SAID, "attribution", "content")
    assert "two crews had been locked in the cannery overnight" in content


def test_each_content_belongs_to_the_nearest_cue() -> None:
    found = linked(SAID)
    assert len(found) == 1
    assert [SAID[s.start : s.end] for s in found[0].sources] == ["The harbour master"]


def test_a_cue_without_a_source_has_that_of_the_cue_before_it() -> None:
    text = "“The boats were late,” Ada Brandt said, adding that two of them had sunk."
    first, second = linked(text)
    assert not first.shared
    assert second.shared
    assert first.sources == second.sources
    assert [text[s.start : s.end] for s in second.sources] == ["Ada Brandt"]


def test_no_saying_is_lost_beyond_what_the_network_takes_at_once() -> None:
    text = " ".join([SAID, *["The nets were mended in the old shed by the quay."] * 60, SAID] * 4)
    assert len(words(text, "attribution", "source")) == 8


def test_a_content_belongs_to_the_cue_of_its_sentence_and_behind_that_to_one_before_it() -> None:
    text = (
        "Ada Brandt told the Harbour Gazette that two men had come to her house at night. The navy "
        "has insisted that the boat was never near."
    )
    told, insisted = linked(text)
    assert [text[s.start : s.end] for s in told.contents] == [
        "that two men had come to her house at night"
    ]
    assert [text[s.start : s.end] for s in insisted.contents] == ["that the boat was never near"]
    text = "One worker told the site that the manager kept a drawer full of passports and joked that it was his library."
    told, joked = linked(text)
    assert text[told.contents[0].start :].startswith("that the manager")
    assert text[joked.contents[0].start :].startswith("that it was")


def test_a_text_gives_the_same_whatever_stands_beside_it_in_a_case() -> None:
    alone = marks(SAID)
    marks("Another text altogether, read in between.")
    assert marks(SAID) == alone


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", ".", "🙂🙂🙂", "A" * 5000, "\u202e" * 50, "x\u0301" * 300]
)
def test_odd_texts_raise_nothing_and_marks_stay_inside(text: str) -> None:
    for one in marks(text).tags:
        assert 0 <= one.start < one.end <= len(text)


def test_capitals_are_not_needed() -> None:
    assert words(SAID.lower(), "attribution", "source") == ["the harbour master"]
    assert words(SAID.upper(), "attribution", "source") == ["THE HARBOUR MASTER"]


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    with as_file(files("guvoh.encoder").joinpath("weights")) as folder:
        shutil.copytree(folder, tmp_path / "weights")
    return tmp_path / "weights"


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
@pytest.mark.parametrize("harm", ["missing", "cut", "flipped"])
def test_weights_that_are_not_those_shipped_are_refused(copied: Path, name: str, harm: str) -> None:
    path = copied / name
    data = bytearray(path.read_bytes())
    path.unlink()
    if harm == "cut":
        path.write_bytes(data[:-7])
    if harm == "flipped":
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
    with pytest.raises(UnusableWeightsError):
        load_from(copied)


def test_the_shipped_weights_are_small_and_named_by_their_digest() -> None:
    with as_file(files("guvoh.encoder").joinpath("weights")) as folder:
        assert sum(path.stat().st_size for path in folder.iterdir()) < 35_000_000
    assert load().digest == weights.digest()
    kept = json.dumps(replace(marks(SAID)).model)
    assert weights.digest() in kept
