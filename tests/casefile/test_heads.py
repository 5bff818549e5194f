import pytest

from guvoh.casefile import heads, journal, notes
from guvoh.casefile.actor import Actor
from guvoh.casefile.errors import CaseDamaged
from guvoh.casefile.folder import Case
from guvoh.casefile.notes import NoteError
from guvoh.casefile.records import Observed

AT = "2031-05-02T08:00:00Z"


def write(opened: Case, actor: Actor, *texts: str) -> None:
    journal.append(opened, actor, [Observed(None, "test", text) for text in texts], AT)


def test_a_checkpoint_lists_all_heads_the_signers_first(
    opened: Case, me: Actor, colleague: Actor
) -> None:
    write(opened, me, "a", "b")
    write(opened, colleague, "c")
    made = heads.renew(opened, me)
    assert [(head.key_id, head.size) for head in made.heads] == [
        (me.key_id, 2),
        (colleague.key_id, 1),
    ]
    assert heads.read(made.note, me.public) == made
    assert made.note.decode().splitlines()[1] == "2"
    assert made.heads[0].root == journal.root(opened, me.key_id)
    assert heads.against(made, heads.leaves(opened)) == []


def test_someone_elses_signature_or_a_changed_byte_does_not_hold(
    opened: Case, me: Actor, colleague: Actor
) -> None:
    write(opened, me, "a")
    note = heads.renew(opened, me).note
    with pytest.raises(NoteError):
        heads.read(note, colleague.public)
    for at in range(len(note)):
        changed = bytearray(note)
        changed[at] ^= 1
        with pytest.raises(NoteError):
            heads.read(bytes(changed), me.public)


def test_a_log_that_does_not_go_on_from_what_was_signed_is_told_and_never_signed(
    opened: Case, me: Actor
) -> None:
    write(opened, me, "a", "b", "c")
    signed = heads.renew(opened, me)
    leaves = heads.leaves(opened)[me.key_id]
    (_, cut) = heads.against(signed, {me.key_id: leaves[:2]})[0]
    (_, turned) = heads.against(signed, {me.key_id: [leaves[0], leaves[2], leaves[1]]})[0]
    (_, other) = heads.against(signed, {me.key_id: leaves[::-1]})[0]
    (_, gone) = heads.against(signed, {})[0]
    assert "cut short" in cut
    assert "another order" in turned
    assert "another case" in other
    assert "not here" in gone
    log = opened.journal / me.key_id / "log"
    log.write_bytes(log.read_bytes()[:-65])
    with pytest.raises(CaseDamaged, match="cut short"):
        heads.renew(opened, me)


def test_the_key_is_given_as_tools_take_it(me: Actor) -> None:
    # The worked example of C2SP signed-note: name, hash and key parted by plus signs.
    key = notes.verifier_key("guvoh/x", me.public)
    name, hashed, _ = key.split("+", 2)
    assert (name, bytes.fromhex(hashed)) == ("guvoh/x", notes.key_hash("guvoh/x", me.public))
