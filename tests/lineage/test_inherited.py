"""Inherited errors give an undated copy of a copy its parent."""

from guvoh.lineage.inherited import inherited
from guvoh.model.lineage import Change, ChangeKind, Derivation, Relation


def change(kind: ChangeKind, from_: str, to: str) -> Change:
    return Change(kind, from_, to, None, None)


TIME = change(ChangeKind.TIME, "late January", "the start of January")
COUNT = change(ChangeKind.QUANTITY, "thirty", "three dozen")
NAME = change(ChangeKind.PERSON, "Anna Orlova", "Maria Olshanet")


def edge(parent: str, child: str, *changes: Change, directed: bool = True) -> Derivation:
    return Derivation(parent, child, Relation.EDITED, directed, 900, changes=changes)


def as_it_is(edge: Derivation) -> Derivation:
    return edge


def test_the_one_that_changes_more_has_it_from_the_other() -> None:
    edges = [edge("o", "b", TIME, COUNT), edge("o", "c", TIME, COUNT, NAME)]
    for found in (edge("b", "c", NAME, directed=False), edge("c", "b", directed=False)):
        decided = inherited([*edges, found], as_it_is)[-1]
        assert (decided.parent, decided.child, decided.directed) == ("b", "c", True)
        assert decided.for_[-1].startswith("It repeats 2 changes")


def test_one_change_in_common_may_be_chance() -> None:
    edges = [edge("o", "b", TIME), edge("o", "c", TIME, NAME), edge("b", "c", directed=False)]
    assert not inherited(edges, as_it_is)[-1].directed
