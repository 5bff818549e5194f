"""Takes protected names out of what the journal keeps beside captures: notices, reasons, saved searches."""

from collections.abc import Iterator
from urllib.parse import unquote_plus

from guvoh.casefile import journal, state
from guvoh.casefile.actor import load as load_actor
from guvoh.casefile.case import Case, now
from guvoh.casefile.records import Assessed, Content, Noticed, Saved
from guvoh.casefile.state import State
from guvoh.pipeline.keeping import Open
from guvoh.protect.leaks import find
from guvoh.protect.registry import Registry
from guvoh.protect.screen import mask_name
from guvoh.protect.strings import changed


def unsay(case: Case, opened: Open) -> int:
    """Erase records that name somebody protected, and write those in force anew without the names.

    A search that names somebody is forgotten. Returns the number of records erased.
    """
    known = state.fold(journal.read(case))
    said = [record.content for record in journal.read(case)]
    naming = [one for one in said if _names(one, opened.registry)]
    if not naming:
        return 0
    fresh = list(_anew(naming, known, opened.registry))
    if fresh:  # first, so that whoever is interrupted has both and nothing is lost
        journal.append(case, load_actor(), fresh, now())
    return journal.erase(case, lambda content: content in naming, load_actor(), now())


def _names(content: Content, registry: Registry) -> bool:
    match content:
        case Noticed(file=file):
            return file is not None and mask_name(file, registry) != file
        case Saved(name=name, address=address):
            text = f"{name}\n{unquote_plus(address or '')}"
            return any(leak.certain for leak in find(registry, text))
        case Assessed():
            return _masked(content, registry) != content
    return False


def _anew(naming: list[Content], known: State, registry: Registry) -> Iterator[Content]:
    standing = {(one.target, one.verdict, one.reason) for one in known.assessments}
    for one in dict.fromkeys(naming):
        match one:
            case Noticed():
                yield changed(one, lambda text: mask_name(text, registry))
            case Assessed() if (one.target, one.verdict, one.reason) in standing:
                yield _masked(one, registry)


def _masked(content: Assessed, registry: Registry) -> Assessed:
    return changed(content, lambda text: mask_name(text, registry))
