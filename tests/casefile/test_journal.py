import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from guvoh.casefile import case, journal, log, merkle
from guvoh.casefile.actor import Actor
from guvoh.casefile.errors import CaseBusy, CaseDamaged, CaseUnwritable
from guvoh.casefile.folder import Case, append_lock
from guvoh.casefile.records import Observed, Set

AT = "2031-05-02T08:00:00Z"


def notes(opened: Case) -> list[str]:
    return [
        record.content.text
        for record in journal.read(opened)
        if isinstance(record.content, Observed) and record.content.step == "test"
    ]


def note(text: str) -> Observed:
    return Observed(None, "test", text)


def test_records_come_back_in_the_order_of_writing_across_logs(
    opened: Case, me: Actor, colleague: Actor
) -> None:
    for number, actor in enumerate((me, me, colleague, me, colleague, colleague)):
        made = journal.append(opened, actor, [note(f"{number}a"), note(f"{number}b")], AT)
        assert [record.key_id for record in made] == [actor.key_id] * 2
    assert notes(opened) == [f"{number}{part}" for number in range(6) for part in "ab"]
    assert [record.lamport for record in journal.read(opened)] == list(range(1, 13))
    assert journal.logs(opened) == sorted([me.key_id, colleague.key_id])


def test_records_written_apart_order_by_key_id(tmp_path: Path, me: Actor, colleague: Actor) -> None:
    here, there = case.create(tmp_path / "here"), case.create(tmp_path / "there")
    journal.append(here, me, [note("mine 1"), note("mine 2")], AT)
    journal.append(there, colleague, [note("theirs 1")], AT)
    (there.journal / colleague.key_id).rename(here.journal / colleague.key_id)
    order = [(r.lamport, r.key_id) for r in journal.read(here)]
    assert order == sorted(order)
    (made,) = journal.append(here, me, [note("after both")], AT)
    assert made.lamport == 3


def test_leaves_make_a_tree_whose_prefix_is_provable(opened: Case, me: Actor) -> None:
    journal.append(opened, me, [note("a"), note("b"), note("c")], AT)
    before = (3, journal.root(opened, me.key_id))
    journal.append(opened, me, [note("d"), note("e")], AT)
    proof = merkle.consistency_proof(journal.leaves(opened, me.key_id), 3)
    assert merkle.is_consistent(before, (5, journal.root(opened, me.key_id)), proof)


def test_the_same_words_twice_have_different_leaves(opened: Case, me: Actor) -> None:
    journal.append(opened, me, [note("same"), note("same")], AT)
    first, second = journal.leaves(opened, me.key_id)
    assert first != second


def test_the_private_key_is_never_in_the_case(opened: Case, me: Actor) -> None:
    journal.append(opened, me, [note("a")], AT)
    secret = me.private.private_bytes_raw()
    for path in opened.root.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert secret not in data
            assert secret.hex().encode() not in data


def test_nothing_to_append_writes_nothing(opened: Case, me: Actor) -> None:
    assert journal.append(opened, me, [], AT) == []
    assert journal.logs(opened) == []


def test_appending_mends_a_torn_tail_first_and_says_so(opened: Case, me: Actor) -> None:
    journal.append(opened, me, [note("a")], AT)
    path = log.segment(opened.journal / me.key_id, 0)
    with path.open("ab") as stream:
        stream.write(b'{"salt":"00')
    journal.append(opened, me, [note("b")], AT)
    assert notes(opened) == ["a", "b"]
    mended = journal.read(opened)[1].content
    assert isinstance(mended, Observed)
    assert mended.step == "journal"
    assert "torn last line was cut" in mended.text


def test_appending_after_an_erased_record_counts_on(opened: Case, me: Actor) -> None:
    journal.append(opened, me, [note("a"), note("b")], AT)
    path = log.segment(opened.journal / me.key_id, 0)
    first = path.read_bytes().splitlines(keepends=True)[0]
    path.write_bytes(first + msgspec.json.encode(log.Line(erased=True, lamport=2)) + b"\n")
    (made,) = journal.append(opened, me, [note("c")], AT)
    assert (made.lamport, made.index) == (3, 2)
    assert notes(opened) == ["a", "c"]


ANOTHER = """
import sys
from pathlib import Path
from guvoh.casefile import actor, case, journal, log
opened, me = case.open_case(Path(sys.argv[1])), actor.load()
folder = opened.journal / me.key_id
if sys.argv[2] == "appends":
    journal.append(opened, me, [journal.Observed(None, "test", "theirs")], "2031-05-02T08:00:00Z")
elif sys.argv[2] == "erases":
    journal.erase(opened, lambda one: one.text == "a", me, "2031-05-02T08:00:00Z")
elif sys.argv[2] == "tears":
    with log.segment(folder, 0).open("ab") as stream:
        stream.write(b'{"salt":"00')
else:
    with (folder / "log").open("r+b") as stream:
        stream.truncate((folder / "log").stat().st_size - log.LEAF_LINE)
"""


@pytest.mark.parametrize(
    ("does", "texts"),
    [
        ("appends", ["a", "b", "theirs", "c"]),
        ("erases", ["b", "c"]),
        ("tears", ["a", "b", "c"]),
        ("loses a leaf", ["a", "b", "c"]),
    ],
)
def test_what_another_process_did_between_two_appends_is_seen(
    opened: Case, me: Actor, does: str, texts: list[str]
) -> None:
    journal.append(opened, me, [note("a")], AT)
    journal.append(opened, me, [note("b")], AT)
    subprocess.run([sys.executable, "-c", ANOTHER, str(opened.root), does], check=True)
    journal.append(opened, me, [note("c")], AT)
    assert notes(opened) == texts
    assert [one.lamport for one in journal.read(opened)][-1] == len(
        journal.leaves(opened, me.key_id)
    )


@pytest.mark.parametrize("file", ["log", "key.json", "records/000000.jsonl"])
def test_damage_is_found_on_reading_and_the_file_named(opened: Case, me: Actor, file: str) -> None:
    journal.append(opened, me, [note("abc"), Set("names", ("x", "y"))], AT)
    path = opened.journal / me.key_id / file
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(CaseDamaged) as caught:
        journal.read(opened)
    assert caught.value.path is not None
    assert me.key_id in str(caught.value)


def test_a_log_that_lost_its_key_is_damaged(opened: Case, me: Actor) -> None:
    journal.append(opened, me, [note("a")], AT)
    (opened.journal / me.key_id / "key.json").unlink()
    with pytest.raises(CaseDamaged, match="lost its key"):
        journal.read(opened)


def test_a_log_begun_and_interrupted_is_carried_on(opened: Case, me: Actor) -> None:
    (opened.journal / me.key_id).mkdir()
    assert journal.read(opened) == []
    journal.append(opened, me, [note("a")], AT)
    assert notes(opened) == ["a"]
    assert journal.public_key(opened, me.key_id) == me.public


def test_a_held_lock_is_said_in_a_sentence(opened: Case) -> None:
    program = (
        "import sys; from pathlib import Path; from guvoh.casefile.case import *\n"
        "try:\n"
        "    with append_lock(open_case(Path(sys.argv[1])), patience=0.05): print('held')\n"
        "except Exception as error: print(type(error).__name__, error)\n"
    )
    with append_lock(opened):
        run = subprocess.run(
            [sys.executable, "-c", program, str(opened.root)],
            capture_output=True,
            text=True,
            check=True,
        )
    assert run.stdout.startswith(f"{CaseBusy.__name__} another guvoh is working on this case")


def test_a_journal_that_may_not_be_written(opened: Case, me: Actor) -> None:
    opened.journal.rmdir()
    opened.journal.write_text("a file in the way")
    with pytest.raises(CaseUnwritable, match="journal"):
        journal.append(opened, me, [note("a")], AT)
