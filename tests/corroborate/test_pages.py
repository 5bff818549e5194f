"""Short pages as they are written, from their words to what is counted."""

from tests.corroborate.conftest import pages

COOK = (
    "Lantern Post",
    "2024-03-05",
    "On 2 March 2024 about forty workers were taken from a dormitory in Osh to a military base, the cook "
    "Dilbar Saidova told the Lantern Post. “I saw them put in two buses,” she said.",
)


def test_the_day_of_an_interview_is_no_rival_of_the_day_that_is_told() -> None:
    brother = (
        "Bridge Herald",
        "2024-03-12",
        "About forty workers were taken from a dormitory in Osh on 2 March. In an interview on 10 March, "
        "Rustam Aliev said that his brother was one of the forty workers.",
    )
    (event,) = pages(COOK, brother).events
    assert [value.edtf for value in event.when] == ["2024-03-02"]
    assert event.contradictions == ()
    assert (event.count.low, event.count.high) == (2, 2)
