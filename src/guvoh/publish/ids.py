"""The ids under which things are published."""

from guvoh.protect import Release


def published_id(release: Release, noun: str, identity: str) -> str:
    """Return the random id of an event, family or report, the same in each release of its case."""
    return release.ids[f"{noun} {identity}"]
