"""Bad input costs linear time and relates to nothing it should not."""

import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from guvoh.lineage.relate import relate
from guvoh.lineage.side import Side

MakeSide = Callable[..., Side]
Dev = dict[tuple[str, str], str]


def test_a_liveblog_of_two_megabytes_is_compared(make_side: MakeSide, dev: Dev) -> None:
    updates = [
        f"{10 + n % 14}:{n % 60:02d} – Update {n} from Gate {n * 7 % 991}." for n in range(50_000)
    ]
    blog = make_side("b", "\n\n".join(updates)[:2_000_000])
    started = time.process_time()
    assert relate(blog, make_side("a", dev["dam", "a.en"])) is None
    assert relate(blog, make_side("t", dev["dam", "a.ru"], "ru")) is None
    assert time.process_time() - started < 30


def test_a_heading_before_ten_thousand_paragraphs_takes_linear_time(
    make_side: MakeSide, dev: Dev
) -> None:
    lines = "\n\n".join(f"Line {n} of gate {n * 7 % 991}." for n in range(10_000))
    started = time.process_time()
    ended = make_side("e", f"{dev['dam', 'a.en']}\n\n###\n\n{lines}")
    same = [make_side(name, f"{dev[name, 'b.en']}\n\n{lines}") for name in ("dam", "ferry")]
    relate(ended, make_side("a", dev["dam", "a.en"]))
    relate(*same)
    assert time.process_time() - started < 30


@pytest.mark.parametrize(
    "text",
    ["A" * 300_000, "“" * 100_000, "«Б" * 60_000, "1.000" * 60_000, ". A" * 60_000, "\u0301" * 99_999],
)  # fmt: skip
def test_hostile_text_takes_linear_time(make_side: MakeSide, dev: Dev, text: str) -> None:
    started = time.process_time()
    assert relate(make_side("x", text), make_side("a", dev["dam", "a.en"])) is None
    assert time.process_time() - started < 10


def test_results_do_not_depend_on_the_hash_seed(dev: Dev) -> None:
    code = (
        "import sys; from guvoh.lineage.fingerprint import fingerprint\n"
        "from guvoh.lineage.relate import relate\nfrom guvoh.lineage.side import Side\n"
        "from guvoh.model.report import Report\nfrom guvoh.model.text import CharacterMap\n"
        "def side(i, t, l):\n"
        "    r = Report(i, i, i, t, CharacterMap('utf-8', ()), l)\n"
        "    return Side(r, fingerprint(r))\n"
        f"print(relate(side('a', {dev['dam', 'a.en']!r}, 'en'), side('b', {dev['dam', 'a.ru']!r}, 'ru')))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path), "PYTHONUTF8": "1"},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(said) == 1
    assert "Derivation" in said.pop()
