"""Makes src/guvoh/languages/en/uncapitalised.txt: English words that news and other texts write in small letters.

    python -m training.words      # reads PolNeAR train and GUM train in ../shared/data

What stands in small letters is seldom a name. Counts and spellings are facts about usage; no text of
either corpus is kept. A word that stands in one or two texts is left out.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from guvoh.languages.fold import fold

ROOT = Path(__file__).parents[1]
DATA = ROOT.parent / "shared" / "data"
OUT = ROOT / "src" / "guvoh" / "languages" / "en" / "uncapitalised.txt"
LEAST = 3  # texts
_WORD = re.compile(r"[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*")
_HEAD = """# English words that at least {least} of {texts} texts write in small letters, after
# guvoh.languages.fold.fold. Made by training/words.py from PolNeAR train and GUM train (CC BY 4.0):
# facts about usage, no text of either.
"""


def texts() -> Iterator[set[str]]:
    """Yield the words in small letters of each text."""
    for path in sorted((DATA / "attribution" / "polnear" / "train").rglob("*.txt")):
        yield set(_WORD.findall(path.read_text("utf-8", errors="replace")))
    for path in sorted((DATA / "ner" / "gum" / "train").glob("*.conllu")):
        cells = (line.split("\t") for line in path.read_text("utf-8").splitlines())
        yield {cell[1] for cell in cells if len(cell) > 1 and cell[0].isdigit()}


def main() -> int:
    """Write the list."""
    counted: Counter[str] = Counter()
    number = 0
    for words in texts():
        number += 1
        small = (word for word in words if word[:1].islower())
        counted.update({fold(word).replace("'", "") for word in small})
    if not number:
        print(f"{DATA} does not hold the corpora.", file=sys.stderr)
        return 1
    kept = sorted(word for word, count in counted.items() if count >= LEAST and word.isalpha())
    head = _HEAD.format(least=LEAST, texts=number)
    OUT.write_text(head + "\n".join(kept) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
