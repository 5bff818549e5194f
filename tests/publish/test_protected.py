"""Random protected people in a case: no export holds a word of their names.

Looked at are file names, bytes, packed streams, what a PDF shows and says of itself, and every cell.
"""

import io
import json
import re
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from guvoh.casefile import derived, journal, state
from guvoh.casefile.case import open_case
from guvoh.pipeline.releasing import fresh_code, hold
from guvoh.protect import Held, Registry, Release, Terms, release
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


@pytest.fixture(scope="module")
def before(release: Release) -> bytes:
    """Return all that is published of the case as it stands: words that are there anyway are no leak."""
    made = [
        opened(file, data)
        for what, export in EXPORTS.items()
        for file, data in (export(release, "en") if what not in SEALED else ())
    ]
    return b"\n".join(made)


def name(length: int) -> st.SearchStrategy[str]:
    """Return names of a length, in either script, so that all places in the case stay where they are."""
    return st.sampled_from([LATIN, CYRILLIC]).flatmap(
        lambda letters: st.text(letters, min_size=length, max_size=length).map(str.title)
    )


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(first=name(len(STANDS[0])), last=name(len(STANDS[1])))
def test_no_export_holds_a_protected_name(held: Held, before: bytes, first: str, last: str) -> None:
    assume(not any(form.encode() in before for word in (first, last) for form in forms(word)))

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
            shown = opened(file, data)
            for form in (*forms(first), *forms(last)):
                assert form not in file
                for kind in ("utf-8", "utf-16-le", "utf-16-be"):
                    assert form.encode(kind) not in shown, (what, file)
                assert json.dumps(form)[1:-1].encode() not in data, (what, file)


def forms(word: str) -> tuple[str, ...]:
    return (word, word.lower(), word.upper())


def opened(file: str, data: bytes) -> bytes:
    """Return a file with all that is packed in it, and all that a program reads out of it, beside it."""
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
    if file.endswith(
        ".pdf"
    ):  # its letters are numbers of shapes, so the streams alone show no word
        found.append("\n".join(_read(data)).encode())
    if file.endswith(".sqlite"):
        found.append("\n".join(_cells(data)).encode())
    return b"\n".join(found)


def _read(data: bytes) -> Iterator[str]:
    with pikepdf.open(io.BytesIO(data)) as document:
        with document.open_metadata() as told:
            yield str(told)
        for item in document.objects:
            if isinstance(item, pikepdf.Dictionary | pikepdf.String):
                yield _texts(item)
    document = pypdfium2.PdfDocument(data)
    for page in document:
        yield page.get_textpage().get_text_bounded()
    document.close()


def _texts(item: pikepdf.Object) -> str:
    """Return the strings of an object: titles, alternative texts, what a link says."""
    if isinstance(item, pikepdf.String):
        return str(item)
    return "\n".join(str(one) for one in item.values() if isinstance(one, pikepdf.String))


def _cells(data: bytes) -> Iterator[str]:
    with closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(data)
        yield from db.iterdump()


def test_what_is_packed_is_opened(release: Release) -> None:
    """A word that does leave is found in each form, so that one that must not would be."""
    for what, file in (
        ("dossier", "dossier.pdf"),
        ("sheet", "values.xlsx"),
        ("dataset", "dataset.sqlite"),
    ):
        data = dict(EXPORTS[what](release, "en"))[file]
        assert b"Eastlight Monitor" in opened(file, data), file
