import re
from pathlib import Path

from guvoh.languages import LANGUAGES

GUIDE = Path(__file__).resolve().parents[2] / "docs/languages.md"
FOLDERS = GUIDE.parents[1] / "src/guvoh/languages"


def test_the_guide_names_every_language_and_file() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    named = re.search(r"`([a-z ]+)` in\nfull, `([a-z ]+)` with", text)
    assert named is not None
    assert sorted(" ".join(named.groups()).split()) == sorted(LANGUAGES)
    everywhere = set.intersection(
        *({file.name for file in (FOLDERS / code).iterdir()} for code in LANGUAGES)
    )
    assert len(everywhere) == 10
    for name in everywhere:
        assert f"`{name}`" in text


def test_the_code_in_the_guide_gives_what_it_says() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    code = text.split("```python\n")[1].split("```")[0]
    lines = code.splitlines()
    scope: dict[str, object] = {}
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if following.startswith("# "):
            assert repr(eval(line, scope)) == following[2:]
        elif line and not line.startswith("#"):
            exec(line, scope)
