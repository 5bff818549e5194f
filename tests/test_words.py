"""Words: every interface text of the pages has a Russian translation, with right plurals."""

import ast
import re
import tomllib
from pathlib import Path

from guvoh.corroborate import circular, contradictions
from guvoh.corroborate.sameness import REASONS
from guvoh.corroborate.ties import QUESTIONS
from guvoh.corroborate.vocabulary import vocabulary
from guvoh.model.claim import Basis, ClaimKind, SourceKind, Stance
from guvoh.model.event import Event, EventStatus
from guvoh.model.lineage import Relation
from guvoh.pages import labels
from guvoh.protect.release import UNCHECKED
from guvoh.publish import changes
from guvoh.words import words
from guvoh.workbench import people, searching, since, verdicts

EVENT = Event("e", (), EventStatus.PAST, "", (), (), (), 0)
SOURCE = Path(__file__).parents[1] / "src" / "guvoh"


def test_every_text_on_the_pages_is_translated() -> None:
    sources = [
        path
        for package in ("pages", "publish", "workbench", "drafts")
        for pattern in ("*.py", "templates/*.html")
        for path in (SOURCE / package).glob(pattern)
    ]
    sources += [SOURCE / "show.py", SOURCE / "cli" / "building.py"]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    said = {found.group(2) for found in re.finditer(r"say\(\s*(['\"])(.+?)\1\s*\)", text)}
    assert len(said) > 30
    assert sorted(said - words("ru").singular.keys()) == []


def test_what_is_said_by_way_of_tables_is_translated() -> None:
    tables = (labels.RELATIONS, labels.KINDS, labels.CHANGES, labels.BASES, labels.DETAILS)
    said = {text for table in tables for text in table.values()}
    said |= {noun for _, noun in vocabulary().phrases.values()} | set(vocabulary().nouns.values())
    said |= {name for name, _ in since.glimpse(EVENT, "").numbers} | set(REASONS)
    said |= set(QUESTIONS) | set(contradictions.REASONS) | set(changes.NUMBERS)
    said |= set(UNCHECKED) | set(circular.SENTENCES)
    said |= set(verdicts.VERDICTS.values()) | set(searching.TABS.values())
    said |= {name for name, _ in people.TABS.values()}
    assert len(said) > 140
    assert sorted(said - words("ru").singular.keys()) == []


def test_every_value_that_a_page_shows_is_translated() -> None:
    kinds = (SourceKind, Stance, Basis, ClaimKind, Relation, EventStatus)
    values = {one.value for kind in kinds for one in kind}
    assert sorted(values - words("ru").terms.keys()) == []


def test_every_role_without_a_name_is_translated() -> None:
    people = tomllib.loads((SOURCE / "languages" / "en" / "people.toml").read_text("utf-8"))
    keys = {"person", *people["kin"]} | {key for group in people["roles"].values() for key in group}
    assert len(keys) > 90
    assert sorted(keys - words("ru").roles.keys()) == []


def test_every_noun_that_is_counted_has_its_russian_forms() -> None:
    sources = [*SOURCE.glob("pages/*.py"), *SOURCE.glob("*/templates/*.html")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    pairs = set(re.findall(r'(?:count|noun)\([^"]+"([a-z ]+)", "([a-z ]+)"', text))
    assert ("original source", "original sources") in pairs
    assert sorted(pairs - words("ru").plural.keys()) == []


def test_russian_counts_in_three_forms() -> None:
    say = words("ru")
    counted = [say.count(number, "report", "reports") for number in (1, 2, 5, 11, 21, 104)]
    assert counted == [
        "1 сообщение",
        "2 сообщения",
        "5 сообщений",
        "11 сообщений",
        "21 сообщение",
        "104 сообщения",
    ]
    assert words("en").count(1, "report", "reports") == "1 report"


def test_a_language_without_catalogue_is_english() -> None:
    assert words("xx")("All events") == "All events"
    assert words("xx").term("feared") == "feared"


PIECES = (
    "length.py",
    "columns.py",
    "fetching.py",
)  # halves of sentences; what the command line says
SAID_ALONE = re.compile(r"[A-Z{].*[a-z]{2} .*\.")


def test_what_findings_say_is_translated_with_the_values_in_it() -> None:
    packages = ("lineage", "corroborate", "reading", "clean", "intake")
    paths = [path for name in packages for path in (SOURCE / name).rglob("*.py")]
    said = {text for path in paths if path.name not in PIECES for text in sentences(path)}
    assert len(said) > 100
    known = words("ru")
    assert sorted(text for text in said if known.sentence(text) == text) == []


def sentences(path: Path) -> set[str]:
    """Return the sentences that a module can say, with 7 in the place of each value."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    formatted = [node for node in nodes if isinstance(node, ast.JoinedStr)]
    other = {id(part) for node in formatted for part in node.values}
    other |= {id(node.value) for node in nodes if isinstance(node, ast.Expr)}  # docstrings
    found = {
        "".join(str(one.value) if isinstance(one, ast.Constant) else "7" for one in node.values)
        for node in formatted
    }
    found |= {
        re.sub(r"\{\w*\}", "7", node.value)
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in other
    }
    return {text for text in found if SAID_ALONE.fullmatch(text)}


def test_a_language_in_a_sentence_has_its_name_in_the_readers() -> None:
    said = words("ru").sentence("An image has an alt text in another language (Spanish).")
    assert said == "У картинки подпись на другом языке (испанский)."


def test_a_value_in_a_sentence_stays_as_it_is() -> None:
    said = words("ru").sentence("2 reports derive from a Radio {0} story that is not in the case.")
    assert "Radio {0}" in said
    assert said.endswith(": 2.")
    assert words("ru").sentence("Nobody wrote this.") == "Nobody wrote this."
