"""The worked example of docs/formats/case.md, computed once without guvoh and once with it."""

import json
import re
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import msgspec

from guvoh.casefile import derived, journal, log, merkle, records, tables
from guvoh.casefile.actor import Actor
from guvoh.casefile.folder import FORMAT, Case
from guvoh.casefile.records import TYPES, Arrived, Observed
from guvoh.model.finding import Finding

DOCS = (Path(__file__).parents[2] / "docs" / "formats" / "case.md").read_text(encoding="utf-8")


def example(name: str) -> list[str]:
    found = re.search(rf"<!-- {name} -->\n```\w+\n(.*?)\n```", DOCS, re.DOTALL)
    assert found is not None
    return found[1].split("\n")


def test_leaves_and_root_by_the_words_of_the_docs() -> None:
    leaves = []
    for line in example("records"):
        record = json.loads(line)
        leaves.append(sha256(bytes.fromhex(record["salt"]) + record["payload"].encode()).digest())
    assert [leaf.hex() for leaf in leaves] == example("log")
    left, right = (sha256(b"\0" + leaf).digest() for leaf in leaves)
    assert [sha256(b"\1" + left + right).hexdigest()] == example("root")


def test_guvoh_reads_the_example_as_its_own(opened: Case, me: Actor) -> None:
    journal.append(opened, me, [Observed(None, "test", "makes the log")], "2031-05-02T07:00:00Z")
    folder = opened.journal / me.key_id
    text = "".join(f"{line}\n" for line in example("records"))
    log.segment(folder, 0).write_text(text, encoding="utf-8", newline="")
    (folder / "log").write_text("".join(f"{line}\n" for line in example("log")), newline="")
    first, second = journal.read(opened)
    assert isinstance(first.content, Arrived)
    assert first.content.file == "Åse/ferry.txt"
    assert first.content.capture == sha256(b"The ferry left Lindmoor.\n").hexdigest()
    assert isinstance(second.content, Observed)
    assert [journal.root(opened, me.key_id).hex()] == example("root")
    assert [merkle.root(journal.leaves(opened, me.key_id)).hex()] == example("root")
    written = [
        records.encode(record.content, record.lamport, record.at) for record in (first, second)
    ]
    assert written == [json.loads(line)["payload"] for line in example("records")]


def test_the_digest_of_the_example(opened: Case) -> None:
    (row,) = example("rows")
    assert [sha256(row.encode() + b"\n").hexdigest()] == example("digest")
    finding = msgspec.convert(json.loads(row)[-1], Finding)
    with closing(derived.connect(opened)) as db:
        with derived.chunk(db):
            tables.put(db, tables.FINDING, [finding])
        assert [derived.digest(db)] == example("digest")


def test_the_docs_name_every_record_type_and_result_table() -> None:
    assert f"format {FORMAT}\n" in DOCS
    for name, (version, content) in TYPES.items():
        assert f"| `{name}`, {version} |" in DOCS
        for field in content.__dataclass_fields__:
            assert f"`{field}`" in DOCS, (name, field)
    for table, keys in derived.RESULTS:
        assert f"{table} ({', '.join(keys)})" in DOCS
    assert str(log.SEGMENT) in DOCS.replace(",", "")
