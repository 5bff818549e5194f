"""Whether a photograph is older than the event that it is shown with."""

import re
from collections.abc import Sequence
from datetime import date

from guvoh.corroborate.days import days
from guvoh.corroborate.sources import Cluster
from guvoh.corroborate.voices import Scene
from guvoh.model.event import Event
from guvoh.model.finding import Finding
from guvoh.model.report import Image

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DATED = re.compile(r"/((?:19|20)\d\d)/(?:0[1-9]|1[0-2])/")  # an upload folder in an address


def check(scene: Scene, everyone: Sequence[Cluster], event: Event) -> list[Finding]:
    """Compare the years in captions and image addresses with the year of the event."""
    del everyone
    known = [
        days(value.edtf or "") for value in event.when if value.count.high or len(event.when) == 1
    ]
    begins = [at.low for at in known if at is not None and at.anchored and at.low is not None]
    if not begins:
        return []
    first = date.fromordinal(min(begins)).year
    found: list[Finding] = []
    for report in event.reports:
        for image in scene.material.reports[report].images:
            years = _years(image)
            if years and max(years) < first:
                found.append(
                    Finding(
                        step="corroborate",
                        kind="photograph-older",
                        text=f"A photograph of {max(years)} stands beside what is said to be of {first}.",
                        report=report,
                    )
                )
    return found


def _years(image: Image) -> list[int]:
    stated = [one.text for one in (image.caption, image.alt, image.credit) if one is not None]
    years = [int(year) for text in stated for year in _YEAR.findall(text)]
    if image.url is not None:
        years += [int(year) for year in _DATED.findall(image.url.text)]
    return years
