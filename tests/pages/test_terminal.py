"""The answer in a terminal: the same count and the same words as on the page."""

from dataclasses import replace

from guvoh.model.event import Contradiction, Denial, Unconfirmed
from guvoh.pages.terminal import WIDTH, event_line, event_lines, main_lines
from guvoh.words import words
from tests.pages.made import chain_of
from tests.pages.test_render import view

_ONLY_IN_A_COPY = "stands only in a copy, and not in what it was made from"


def test_the_main_answer_says_the_count_then_on_whose_word_then_what_speaks_against_it() -> None:
    event = replace(
        view().event,
        denials=(Denial("the ministry", ("the Port", "the ministry"), "c2"),),
        contradictions=(Contradiction("how_many", ("thirty", "forty"), "They differ."),),
    )
    lines = main_lines(event)
    said = "\n".join(lines)
    order = [
        "A group of thirty was sent away",
        "2 reports → 1 text → 1–2 original sources",
        "It all rests on the word of 1 to 2 people or groups.",
        "Firsthand: 0 known. 0 of 1 chain checked by a person.",
        "on the word of   Harbour Post ← his sister",
        "they may be one  Did the guard inform the sister?",
        "looks confirmed  by 2 outlets, but their reports go back to one",
        "denied by        the Port ← the ministry",
        "they differ on   how many",
    ]
    found = [said.find(line) for line in order]
    assert -1 not in found
    assert found == sorted(found)


def test_a_reader_of_russian_gets_the_answer_in_russian() -> None:
    event = replace(
        view().event,
        unconfirmed=(Unconfirmed("name withheld", "r2", _ONLY_IN_A_COPY),),
        denials=(Denial("the ministry", ("the Port", "the ministry"), "c2"),),
    )
    say = words("ru")
    said = "\n".join(event_lines(event, say))
    for part in (
        "2 сообщения → 1 текст → 1–2 первоисточника. Из первых рук: известно 0.",
        "со слов  Harbour Post ← his sister",
        "не подтверждён: имя скрыто: есть только в копии",
        "отрицает the Port ← the ministry",
        "кажется, что подтвердили издания (их 2), но их сообщения восходят к одному",
    ):
        assert part in said
    assert "возможно, один" in "\n".join(main_lines(event, say))


def test_lines_fit_a_terminal_and_an_event_without_a_named_source_says_so() -> None:
    event = chain_of(13).event
    assert max(map(len, [*main_lines(event), *event_line(event).split("\n")])) <= WIDTH
    nobody = replace(event, sources=(), joined=(), count=replace(event.count, low=0, high=0))
    assert "on the word of   nobody who is named" in "\n".join(main_lines(nobody))
