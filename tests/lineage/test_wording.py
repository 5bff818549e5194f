"""Words and cues of sentences, and how often they are looked for."""

from collections.abc import Callable

from guvoh.lineage.relate import described, relate
from guvoh.lineage.side import Side
from guvoh.lineage.wording import Cue, cues_in, heard
from guvoh.model.text import Span

MakeSide = Callable[..., Side]


def test_a_cue_is_a_whole_word_or_the_beginning_of_one() -> None:
    text = "Officials denied it; the paper allegedly saw nothing."
    found = cues_in(text, Span(0, len(text)), "en")
    assert {text[slice(*one.span)] for one in found if one.cue is Cue.DENIAL} == {"denied"}
    assert {text[slice(*one.span)] for one in found if one.cue is Cue.HEDGE} == {"allegedly"}


def test_a_sentence_is_cut_into_words_once_however_many_versions_it_is_compared_with(
    make_side: MakeSide, dev: dict[tuple[str, str], str]
) -> None:
    text = dev["dam", "b.en"]
    versions = [
        make_side(str(n), text.replace(" the ", f" the {word} ", 2 * n))
        for n, word in enumerate(("old", "new", "small", "large", "far", "near"), 1)
    ]
    sentences = sum(len(side.units) for side in versions)
    heard.cache_clear()
    cues_in.cache_clear()
    for later in range(1, len(versions)):
        for earlier in range(later):
            pair = versions[earlier], versions[later]
            found = relate(*pair)
            assert found is not None
            told = described(found, *pair)
            assert told.parent == found.parent
    pairs = len(versions) * (len(versions) - 1) // 2
    assert heard.cache_info().hits > pairs  # the sentences do come up again
    assert heard.cache_info().misses <= sentences
    assert cues_in.cache_info().misses <= sentences
