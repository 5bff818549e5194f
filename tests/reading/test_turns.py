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


def speakers_in(text: str) -> dict[str, list[str]]:
    return {c.text: [link.name for link in c.chain] for c in read(report_of(text)).claims}


def test_labels_in_the_marks_of_markdown() -> None:
    said = speakers_in("**Interviewer:** Who paid?\n\n**Nodira**: The agency paid. We owed it.")
    assert said == {"The agency paid": ["Nodira"], "We owed it": ["Nodira"]}


def test_labels_above_what_is_said() -> None:
    text = "Interviewer\nWho paid for you?\n\nNodira\nThe agency paid.\n\nInterviewer\nAnd then?"
    assert speakers_in(text) == {"The agency paid": ["Nodira"]}
    text = "Speaker 1  00:03\nWho paid?\n\nSpeaker 2  00:05\nThe agency.\n\nSpeaker 1  00:09\nHow much?"
    assert turns_of(text)[1] == ("Speaker 2", "speaker", "The agency.")


def test_an_answer_of_several_paragraphs() -> None:
    text = (
        "Q: What happened?\n\nA: They came at night.\n\nNobody slept after that.\n\n"
        "Q: And the others?\n\nA: The others ran.\n\nThe trial opens in May."
    )
    said = speakers_in(text)
    assert said["Nobody slept after that"] == ["A"]
    assert said["The trial opens in May"] == []


def test_questions_in_bold_are_enough_where_there_are_two() -> None:
    text = (
        "**How did you get there?**\n\nMy aunt sent me.\n\n**Were there others?**\n\nA dozen of us."
    )
    assert list(speakers_in(text).values()) == [["interviewee"], ["interviewee"]]


def test_what_is_heard_beside_the_words_is_not_said() -> None:
    text = "LEE: And then?\nCHO: [sighs] The school rang. [crying] She never ran away."
    assert list(speakers_in(text)) == ["The school rang", "She never ran away"]


def test_who_puts_it_to_a_witness_only_asks() -> None:
    text = (
        "MR PATEL: You had never met him.\nTHE WITNESS: I was frightened.\n"
        "MR PATEL: I put it to you that you invented it.\nTHE WITNESS: That is not true."
    )
    assert [role for _, role, _ in turns_of(text)] == ["interviewer", "speaker"] * 2


def test_no_at_the_head_of_an_answer_is_no_number() -> None:
    assert "They never came" in speakers_in("Q: Did they come?\nA: No. They never came.")
