"""Facets: what found things have in common, counted, and the address that narrows to one of them."""

from guvoh.workbench.facets import facet


def test_what_narrows_to_nothing_can_be_taken_off() -> None:
    kept = {"q": "bus", "publisher": "The Gone Gazette"}
    found = facet("Publisher", "publisher", ["Lamp", "Lamp", "Tern"], kept, str)
    first, *others = found.choices
    assert (first.label, first.number, first.chosen) == ("The Gone Gazette", 0, True)
    assert first.address == "/search?q=bus"
    assert [(one.label, one.number) for one in others] == [("Lamp", 2), ("Tern", 1)]
