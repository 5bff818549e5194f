from dataclasses import replace

import pytest

from guvoh.corroborate.checks.distance import check, distance
from guvoh.corroborate.decisions import Gathered
from guvoh.corroborate.happenings import Told
from guvoh.corroborate.voices import Material, scene
from guvoh.model.claim import Act, Claim, ClaimKind, Place, Polarity, Reading, Stance
from guvoh.model.event import Event, EventStatus
from guvoh.model.report import Report
from guvoh.model.text import ByteSpan, CharacterMap, Span

EVENT = Event("c", (), EventStatus.PAST, "", (), (), (), 0)


def place(text: str, name: str, latitude: float, longitude: float) -> Place:
    at = text.index(name)
    return Place(name, Span(at, at + len(name)), name, "town", "RU", latitude, longitude, "town")


def findings(text: str) -> list[str]:
    places = (place(text, "Vladimir", 56.13, 40.41), place(text, "Moscow", 55.75, 37.62))
    span = Span(0, len(text))
    claim = Claim(
        "c",
        "r",
        ByteSpan(*span),
        (span,),
        text,
        ClaimKind.NARRATED,
        Stance.ASSERTED,
        Polarity.AFFIRMED,
        (),
        acts=(Act("transfer", span),),
        places=places,
    )
    report = Report("r", "r", "r.txt", text, CharacterMap("utf-8", ()), "en")
    material = Material({"r": report}, {"r": Reading("r", (claim,), places=places)})
    gathered = Gathered("c", (Told("", 0, "c", "r"),))
    return [finding.kind for finding in check(scene(gathered, material), (), EVENT)]


@pytest.mark.parametrize(
    ("stated", "kind"),
    [
        ("190 km", "distance-fits"),
        ("120 miles", "distance-fits"),
        ("1,900 kilometres", "distance-differs"),
        ("2 km", "distance-differs"),
    ],
)
def test_a_stated_distance(stated: str, kind: str) -> None:
    assert findings(f"They were held near Vladimir, {stated} from Moscow.") == [kind]


def test_no_distance_stated() -> None:
    assert findings("They were held near Vladimir, 190 men from Moscow.") == []


def test_digits_without_end_are_not_slow() -> None:
    assert findings("Vladimir " + "1 234 " * 20_000 + " Moscow") == []


def test_haversine() -> None:
    text = "Vladimir Moscow"
    one, other = place(text, "Vladimir", 56.13, 40.41), place(text, "Moscow", 55.75, 37.62)
    assert 170 < distance(one, other) < 185
    assert distance(one, one) == 0
    assert distance(one, replace(other, latitude=None)) == 0
