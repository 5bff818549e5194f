from guvoh.model.text import Span
from guvoh.reading.lexicon import lexicon_of
from guvoh.reading.read import read
from guvoh.reading.turns import Turn, find_turns
from tests.reading.reports import report_of


def turns_of(text: str, language: str = "en") -> list[tuple[str, str, str]]:
    spans = []
    at = 0
    for piece in text.split("\n\n"):
        spans.append(Span(at, at + len(piece)))
        at += len(piece) + 2
    turns: tuple[Turn, ...]
    turns, _ = find_turns(text, spans, lexicon_of(language), declared=False)
    return [(t.label, t.role, text[t.content.start : t.content.end]) for t in turns]


def test_questions_and_answers() -> None:
    assert turns_of("Q: Who came?\nA: Two men.") == [
        ("Q", "interviewer", "Who came?"),
        ("A", "speaker", "Two men."),
    ]


def test_time_codes_and_names() -> None:
    text = "[00:03:12] Interviewer: Who paid?\n[00:03:15] Zarina: The agency."
    assert [role for _, role, _ in turns_of(text)] == ["interviewer", "speaker"]


def test_the_one_who_asks_is_the_interviewer_whatever_the_label() -> None:
    text = "speaker 1: who was it\nspeaker 2: my uncle\nspeaker 1: and then\nspeaker 2: he left"
    assert [role for _, role, _ in turns_of(text)] == ["interviewer", "speaker"] * 2


def test_an_interpreter_speaks_for_another() -> None:
    text = "CHAIR: Where?\nMR OLIM (through interpreter): In the yard."
    lexicon = lexicon_of("en")
    turns, _ = find_turns(text, [Span(0, len(text))], lexicon, declared=False)
    assert turns[1].through


def test_dashes_alone() -> None:
    assert [role for _, role, _ in turns_of("— Когда?\n— Ночью.", "ru")] == [
        "interviewer",
        "speaker",
    ]


def test_an_article_with_a_colon_is_no_interview() -> None:
    assert turns_of("The mayor said: nobody came.\n\nThe road is closed.") == []


def test_questions_without_labels_and_answers_that_say_i_are_an_interview() -> None:
    text = (
        "We have agreed to call him Jamshed.\n\nWhen did it begin?\n\nA Saturday. I had wanted to buy socks.\n\n"
        "What were you told?\n\nThe foreman said pears. I thought it was good.\n\n"
        "How did you get away?\n\nI got under the tarpaulin.\n\nLetters to your inbox"
    )
    claims = read(report_of(text)).claims
    said = {claim.text: [link.name for link in claim.chain] for claim in claims}
    assert said["I got under the tarpaulin"] == ["Jamshed"]
    assert "What were you told?" not in said
