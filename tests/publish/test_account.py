"""Who is told of in a dossier: an outlet that only tells is nobody in what happened, one to which it happened is."""

from dataclasses import replace

import pytest

from guvoh.model.claim import Link, SourceKind
from guvoh.model.event import Count
from guvoh.protect import Release
from guvoh.publish.account import account
from guvoh.words import words


@pytest.mark.parametrize("own", [True, False])
def test_an_outlet_is_told_of_where_others_tell_of_it(release: Release, own: bool) -> None:
    event = max(release.events, key=lambda one: len(one.reports))
    claims = [release.claims[one] for one in event.claims if one in release.claims]
    stated = [(release.reports[one.report].publisher, one) for one in claims]
    by = {publisher.text: one for publisher, one in stated if publisher is not None}
    name, other = sorted(by)[:2]
    claim = by[name] if own else replace(by[other], chain=())
    victim = replace(
        event.who[0], name=name, role="affected", count=Count(0, 0, 0, 0), claims=(claim.id,)
    )
    made = replace(
        release,
        events=tuple(
            replace(one, who=(*one.who, victim)) if one is event else one for one in release.events
        ),
        claims={**release.claims, claim.id: claim},
    )
    told = next(one for one in account(made, words("en"))["events"] if one["key"] == event.id)
    assert (name in told["details"][0]["other"]) is not own


@pytest.mark.parametrize("kind", [SourceKind.PERSON, SourceKind.ORGANISATION])
def test_a_person_who_tells_of_himself_is_told_of(release: Release, kind: SourceKind) -> None:
    event = max(release.events, key=lambda one: len(one.reports))
    name = "Temur Odilov"
    claim = replace(
        next(release.claims[one] for one in event.claims if one in release.claims),
        chain=(Link(name, kind),),
    )
    teller = replace(
        event.who[0], name=name, role="affected", count=Count(0, 0, 0, 0), claims=(claim.id,)
    )
    told = replace(event, who=(teller,))
    made = replace(
        release,
        events=tuple(told if one is event else one for one in release.events),
        claims={**release.claims, claim.id: claim},
    )
    shown = next(one for one in account(made, words("en"))["events"] if one["key"] == event.id)
    assert (name in shown["details"][0]["other"]) is (kind is SourceKind.PERSON)
