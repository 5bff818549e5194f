"""Random protected people in a case: no export holds a word of their names, packed streams included."""

import io
import json
import re
import zipfile
import zlib
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guvoh.casefile import derived, journal, state
from guvoh.casefile.case import open_case
from guvoh.pipeline.releasing import fresh_code, hold
from guvoh.protect import Held, Registry, Terms, release
from guvoh.protect.identity import Identity
from guvoh.protect.strings import changed
from guvoh.publish.exports import EXPORTS

STANDS = ("Marina", "Horobet")  # a person of the example case, in whose place others are put
LATIN, CYRILLIC = "abdeghiklmnoprstuvz", "абвгдезиклмнопрстуф"
SEALED = {"bundle"}  # needs a case with a journal; tested beside evidence


@pytest.fixture(scope="module")
def held(case: Path) -> Held:
    opened = open_case(case)
    known = state.fold(journal.read(opened))
    with closing(derived.connect_reader(opened)) as db:
        return hold(opened.title, known, db, None)


def name(length: int) -> st.SearchStrategy[str]:
    """Return names of a length, in either script, so that all places in the case stay where they are."""
    return st.sampled_from([LATIN, CYRILLIC]).flatmap(
        lambda letters: st.text(letters, min_size=length, max_size=length).map(str.title)
    )


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(first=name(len(STANDS[0])), last=name(len(STANDS[1])))
def test_no_export_holds_a_protected_name(held: Held, first: str, last: str) -> None:
    def renamed(text: str) -> str:
        return text.replace(STANDS[0], first).replace(STANDS[1], last)

    theirs = changed(held, renamed)
    registry = Registry([Identity("P-0000", (f"{first} {last}",))])
    taken: set[str] = set()
    made, _ = release(theirs, registry, Terms(lambda: fresh_code(taken)))
    if made is None:
        return  # the gate shut: nothing leaves at all
    nouns = [f"event {one.id}" for one in made.events]
    nouns += [f"family {one.id}" for one in made.families]
    nouns += [f"report {report}" for report in made.reports]
    ids = {noun: fresh_code(taken, "X", 6) for noun in nouns}
    object.__setattr__(made, "ids", ids)
    for what, export in EXPORTS.items():
        for file, data in export(made, "en") if what not in SEALED else ():
            for word in (first, last):
                for form in (word, word.lower(), word.upper()):
                    assert form not in file
                    for kind in ("utf-8", "utf-16-le", "utf-16-be"):
                        assert form.encode(kind) not in opened(file, data), (what, file)
                    assert json.dumps(form)[1:-1].encode() not in data, (what, file)


def opened(file: str, data: bytes) -> bytes:
    """Return a file with everything packed in it beside it: streams of a PDF, parts of a sheet."""
    found = [data]
    if file.endswith(".xlsx"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            found += [package.read(item) for item in package.namelist()]
    if file.endswith((".pdf", ".png")):
        for start in re.finditer(rb"stream\r?\n|IDAT", data):
            try:
                found.append(zlib.decompressobj().decompress(data[start.end() :]))
            except zlib.error:
                continue
    return b"\n".join(found)
