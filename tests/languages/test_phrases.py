import time
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from guvoh.languages import load
from guvoh.languages.phrases import Phrases, Word, key, words

LETTERS = st.text(alphabet="abEÉё’'ʻ‘İßog .-сС́\u0301", max_size=30)


@given(st.one_of(st.text(max_size=40), LETTERS))
def test_a_key_has_the_length_of_its_text(text: str) -> None:
    assert len(key(text)) == len(text)
    assert key(key(text)) == key(text)


@given(LETTERS, st.sampled_from(["en", "fr", "uz"]))
def test_words_stand_where_they_say(text: str, code: str) -> None:
    found = load(code).words(text)
    lowered = key(text)
    assert all(lowered[word.start : word.end] == word.text for word in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


def shown(text: str, code: str) -> list[str]:
    return [word.text for word in load(code).words(text)]


def test_each_language_cuts_its_apostrophes() -> None:
    assert shown("Anwar’s father didn't", "en") == ["anwar", "'s", "father", "didn't"]
    assert shown("l’armée d'Ouzbékistan, aujourd'hui", "fr") == [
        "l'", "armée", "d'", "ouzbékistan", "aujourd'hui"
    ]  # fmt: skip
    assert shown("l’« armée », j'", "fr") == ["l'", "armée", "j'"]
    assert shown("Oʻgʻli tog‘", "uz") == ["o'g'li", "tog'"]
    assert shown("‘dogs’", "en") == ["dogs"]


def test_the_longest_phrase_wins_and_the_first_of_equals() -> None:
    lexicon = Phrases(
        [
            ((frozenset({"sent"}),), "short"),
            ((frozenset({"sent"}), frozenset({"to"}), frozenset({"fight", "war"})), "long"),
            ((frozenset({"sent"}),), "later"),
        ]
    )
    text = words("Sent to war, sent home")
    assert list(lexicon.find(text)) == [(0, 3, "long"), (3, 4, "short")]
    assert lexicon.matches(text, 3) == [(1, "short"), (1, "later")]
    assert lexicon.get("sent to fight") == "long"
    assert lexicon.get("sent to") is None
    assert lexicon.get("") is None


def test_a_phrase_does_not_run_over_the_end() -> None:
    lexicon = Phrases([((frozenset({"a"}), frozenset({"b"})), 1)])
    assert lexicon.match([Word("a", 0, 1)], 0) is None


def test_time_is_linear_in_the_text() -> None:
    def cost(text: str) -> float:
        start = time.process_time()
        words(text, frozenset({"l"}), frozenset({"s"}))
        return time.process_time() - start

    for unit in ("a'", "a\u0301", "l'a", "'"):
        cost(unit * 1000)
        assert cost(unit * 160_000) < 40 * max(cost(unit * 20_000), 0.005)
