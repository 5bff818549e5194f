"""The list of what can be published."""

from collections.abc import Callable, Iterator

from guvoh.protect import Release
from guvoh.publish import bundle, citations, dataset, dossier, ftm, pictures, sheet

# An export takes a release and the reader's language, and yields files: a name, and the bytes.
Export = Callable[[Release, str], Iterator[tuple[str, bytes]]]

EXPORTS: dict[str, Export] = {
    "dossier": dossier.dossier,
    "pictures": pictures.pictures,
    "sheet": sheet.sheet,
    "dataset": dataset.dataset,
    "ftm": ftm.ftm,
    "citations": citations.citations,
    "bundle": bundle.bundle,
}
