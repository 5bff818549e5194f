"""4-grams: stable, nested sieves, alike under case and marks."""

import subprocess
import sys

from guvoh.lineage.shingles import digest, quoted, shingles, word_hashes

TEXT = "The ferry left the village of Tamga late on Tuesday with seventy people on its roof. " * 8
QUOTE = "they were standing on the roof and nobody told them to come down before it left the pier"


def test_case_accents_and_apostrophes_do_not_matter() -> None:
    assert digest("Gʻalaba Élan don’t") == digest("GALABA elan dont")
    assert digest("one two") != digest("two one")
    assert digest("") == digest(" … ") == 0


def test_offsets_are_those_of_the_words() -> None:
    text = "«O‘zbek» 12 so'z"
    _, offsets = word_hashes(text)
    assert [text[at] for at in offsets.tolist()] == ["O", "1", "s"]


def test_a_long_word_costs_no_more_than_its_length() -> None:
    assert digest("x" * 200_000) != digest("x" * 199_999)


def test_a_quotation_is_kept_finer_and_meets_its_unquoted_original() -> None:
    filler = " ".join(f"word{number}" for number in range(300))
    plain = set(shingles(f"{filler} {QUOTE} {filler[::-1]}"))
    marked = set(shingles(f"{filler}\n“{QUOTE}”\n{filler[::-1]}"))
    alone = set(shingles(QUOTE))
    assert len(marked & alone) > len(plain & alone)
    assert plain & alone <= marked


def test_adversarial_quotation_marks_take_linear_time() -> None:
    assert quoted('"' * 200_000) == []
    assert quoted("“" * 100_000 + "a" * 100_000) == []


def test_hashes_are_the_same_in_another_process() -> None:
    code = f"from guvoh.lineage.shingles import digest; print(digest({TEXT!r}))"
    made = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        env={"PYTHONHASHSEED": "7", "PYTHONPATH": ":".join(sys.path)},
    )  # fmt: skip
    assert int(made.stdout) == digest(TEXT)
    assert all(0 <= key < 2**63 for key in shingles(TEXT))
