"""A process that stays knows what one that begins anew knows, whatever comes in between."""

import msgspec

from guvoh.casefile import case, journal, log
from guvoh.casefile.actor import Actor
from guvoh.casefile.folder import Case
from guvoh.casefile.following import Following
from guvoh.casefile.records import Arrived, Declared, Noticed, Observed
from guvoh.casefile.state import State, fold
from guvoh.model.capture import Exposure

AT = "2031-05-02T08:00:00Z"


def anew(opened: Case) -> State:
    return fold(journal.read(opened))


def arrived(number: int, exposure: Exposure) -> Arrived:
    return Arrived(f"{number:064x}", 5, "text/plain", f"{number}.txt", "folder", exposure)


def test_each_append_of_either_device_is_followed(
    opened: Case, me: Actor, colleague: Actor
) -> None:
    following = Following(opened)
    assert following.state() == anew(opened)
    for number in range(1_100):
        actor = colleague if number % 3 == 0 else me
        kinds = (Exposure.PUBLIC, Exposure.UNDECLARED)
        journal.append(opened, actor, [arrived(number, kinds[number % 2])], AT)
        if number % 137 == 0 or number > 1_095:
            journal.append(opened, me, [Declared(f"{number:064x}", Exposure.PUBLIC)], AT)
            assert following.state() == anew(opened)
    assert following.state() is following.state()


def test_records_that_come_from_before_and_records_erased_are_noticed(
    opened: Case, me: Actor, colleague: Actor
) -> None:
    elsewhere = case.create(opened.root.parent / "elsewhere")
    journal.append(elsewhere, colleague, [Noticed("a.txt", "kind", "earlier", problem=False)], AT)
    journal.append(opened, me, [arrived(1, Exposure.PUBLIC), arrived(2, Exposure.PUBLIC)], AT)
    following = Following(opened)
    assert len(following.state().captures) == 2
    (elsewhere.journal / colleague.key_id).rename(opened.journal / colleague.key_id)
    assert following.state() == anew(opened)
    assert following.state().notices
    path = log.segment(opened.journal / me.key_id, 0)
    _, second = path.read_bytes().splitlines(keepends=True)
    fresh = path.with_name("fresh")
    fresh.write_bytes(msgspec.json.encode(log.Line(erased=True, lamport=1)) + b"\n" + second)
    fresh.replace(path)
    assert following.state() == anew(opened)
    assert [capture.file for capture in following.state().captures.values()] == ["2.txt"]
    journal.append(opened, me, [Observed(None, "test", "after")], AT)
    assert following.state() == anew(opened)


def test_only_what_is_new_is_read(opened: Case, me: Actor) -> None:
    journal.append(opened, me, [arrived(number, Exposure.PUBLIC) for number in range(50)], AT)
    following = Following(opened)
    following.state()
    journal.append(opened, me, [Observed(None, "test", "one more")], AT)
    assert [record.index for record in journal.read(opened, {me.key_id: 50})] == [50]
    assert following.state().observations == anew(opened).observations
