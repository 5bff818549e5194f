from collections.abc import Callable
from typing import Any

from guvoh.corroborate.strands import account

Tell = Callable[[dict[str, Any]], Any]


def told_of(tell: Tell, *claims: dict[str, Any], language: str = "en") -> Any:
    story = tell({"report": [{"id": "a", "language": language, "claims": list(claims)}]})
    return account(story.reports["a"], story.readings["a"])


def texts(strands: Any) -> list[list[int]]:
    return [[at for at, _ in strand.claims] for strand in strands]


TAKEN = {
    "text": "On 3 May thirty workers were taken from Colony No. 4.",
    "chain": ["a guard:person"],
    "acts": ["transfer"],
    "who": ["affected:group:workers"],
    "where": ["facility:Penal Colony No. 4"],
    "many": "30-30 workers",
}


def test_what_goes_on_is_one_strand_and_another_facility_begins_another(told: Tell) -> None:
    goes_on = {"text": "They were driven off by night.", "acts": ["transfer"]}
    elsewhere = {**TAKEN, "text": "Others were taken.", "where": ["facility:Penal Colony No. 9"]}
    found = told_of(told, TAKEN, goes_on, elsewhere)
    assert texts(found.strands) == [[0, 1], [2]]


def test_another_list_being_written_foretells_what_was_done_to_those_on_the_first(
    told: Tell,
) -> None:
    for language, text in (
        ("en", "Now the foremen are writing a second list."),
        ("ru", "Теперь там составляют второй список."),
        ("es", "Ahora están escribiendo una segunda lista."),
        ("fr", "On dresse maintenant une deuxième liste."),
    ):
        ahead = {"text": text, "chain": ["his sister:person"]}
        found = told_of(told, TAKEN, ahead, language=language)
        assert texts(found.strands)[-1] == [1], language
        strand = found.strands[-1].whole
        assert (strand.ahead, strand.another, strand.acts) == (True, True, ("transfer",)), language


def test_a_list_that_is_no_other_foretells_nothing(told: Tell) -> None:
    found = told_of(told, TAKEN, {"text": "The foremen have lost the list."})
    assert texts(found.strands) == [[0]]


def test_one_who_was_jailed_is_no_part_of_how_others_were_sent_off(told: Tell) -> None:
    jailed = {
        "text": "He was jailed in Colony No. 4.",
        "acts": ["imprison"],
        "who": ["affected:person:Anwar"],
        "where": ["facility:Penal Colony No. 4"],
    }
    found = told_of(told, jailed, TAKEN)
    assert [1] in texts(found.strands)


def test_what_has_gone_on_for_long_is_no_part_of_what_was_on_a_day(told: Tell) -> None:
    dated = {**TAKEN, "when": ["2024-01-21/2024-01-31"]}
    since = {
        "text": "Since last year foreigners who enlist are offered passports.",
        "acts": ["recruit"],
        "who": ["affected:group:foreigners"],
        "when": ["2023/.."],
    }
    found = told_of(told, dated, since)
    assert [0] in texts(found.strands)


def test_questions_and_demands_tell_of_nothing(told: Tell) -> None:
    found = told_of(told, {**TAKEN, "stance": "asked"})
    assert found.strands == [] == found.slight


def test_people_who_are_to_be_picked_and_when_they_are_to_leave_are_one_plan(told: Tell) -> None:
    for language, picked, leave in (
        ("en", "The foreman has been ordered to pick 22 men for a kiln.", "They leave in October."),
        ("ru", "Бригадиру велено отобрать 22 человека для печи.", "Уехать они должны в октябре."),
        ("fr", "Le chef a reçu l’ordre de choisir 22 hommes.", "Ils doivent partir en octobre."),
        ("es", "Le han ordenado escoger a 22 hombres.", "Deben partir en octubre."),
    ):
        counted = {"text": picked, "many": "22-22 people", "chain": ["Sanjar:person"]}
        when = {"text": leave, "when": ["2024-10"]}
        note = {"id": "a", "language": language, "published": "2024-09-10"}
        story = told({"report": [{**note, "claims": [TAKEN, counted, when]}]})
        found = account(story.reports["a"], story.readings["a"])
        assert texts(found.strands) == [[0], [1, 2]], language
        strand = found.strands[-1].whole
        assert (strand.ahead, strand.acts) == (True, ("transfer",)), language


def test_what_is_told_as_past_is_not_ahead_for_a_time_that_was_misread(told: Tell) -> None:
    taken = {**TAKEN, "when": ["2024-05-03"], "tense": "past"}
    story = told({"report": [{"id": "a", "published": "2024-05-01", "claims": [taken]}]})
    found = account(story.reports["a"], story.readings["a"])
    assert not found.strands[0].whole.ahead


def shot(**more: Any) -> dict[str, Any]:
    return {
        "text": "Fourteen people were killed in Zhetybay on 16 December.",
        "acts": ["kill"],
        "many": "14-14 people",
        "when": ["2014-12-16"],
        "where": ["town:Zhetybay"],
        **more,
    }


def seen(speaker: str, **more: Any) -> dict[str, Any]:
    return {
        "text": "I was on the balcony. He raised his hands.",
        "kind": "direct",
        "chain": [speaker],
        **more,
    }


def test_whoever_was_there_bears_witness_without_a_word_for_what_was_done(told: Tell) -> None:
    def bounds(speaker: str, **more: Any) -> tuple[int, int, int]:
        event = told({"report": [{"id": "a", "claims": [shot(), seen(speaker, **more)]}]}).events[0]
        return event.count.low, event.count.high, event.count.firsthand

    assert bounds("Saule Bekova:person:eyewitness") == (1, 1, 1)
    # Who says nothing of having been there, has no name, answers for others, or tells of another day, does not.
    assert bounds("Saule Bekova:person:unknown") == (0, 1, 0)
    assert bounds("the woman:person:eyewitness") == (0, 1, 0)
    assert bounds("Minister Saule Bekova:person:participant") == (0, 1, 0)
    assert bounds("Saule Bekova:person:eyewitness", when=["2013-02-01"]) == (0, 1, 0)


def test_of_two_things_that_a_report_tells_the_nearest_is_witnessed(told: Tell) -> None:
    fire = shot(text="Three died in Volzhsky on 20 May.", acts=["die"], many="3-3 people", new=True)
    fire |= {"when": ["2021-05-20"], "where": ["town:Volzhsky"]}
    far = {"text": "It rained.", "new": True}
    claims = [shot(), far, far, fire, seen("Tamara Lisitsyna:person:eyewitness")]
    shooting, burning = told({"report": [{"id": "a", "claims": claims}]}).events
    assert [len(event.sources) for event in (shooting, burning)] == [0, 1]
    between = [shot(), far, seen("Tamara Lisitsyna:person:eyewitness", new=True), far, far, fire]
    assert all(
        not event.sources for event in told({"report": [{"id": "a", "claims": between}]}).events
    )


def test_what_befell_others_in_the_same_manner_is_another_happening(told: Tell) -> None:
    like = {"chain": ["workers:group:victim"], "acts": ["transfer"]}
    taken = shot(acts=["transfer"], text="Sixty men were taken from Sosnovy Mys.")

    def behind(text: str) -> int:
        notes = {"report": [{"id": "a", "claims": [taken, {**like, "text": text}]}]}
        return len(told(notes).event("a/c0").sources)

    assert behind("They had been taken away at night.") == 1
    assert behind("They had been taken away in the same manner.") == 0


def test_what_a_report_opens_with_is_an_event_though_no_day_is_told(told: Tell) -> None:
    freed = {
        "text": "Police in Osh have freed 23 women.",
        "acts": ["release"],
        "many": "23-23 women",
        "where": ["town:Osh"],
    }
    fire = shot(text="Three died in Volzhsky on 20 May.", where=["town:Volzhsky"])
    before = told({"report": [{"id": "a", "claims": [freed, {**fire, "new": True}]}]})
    assert [event.acts for event in before.events] == [("release",), ("kill",)]
    behind = told({"report": [{"id": "a", "claims": [fire, {**freed, "new": True}]}]})
    assert [event.acts for event in behind.events] == [("kill",)]


def test_she_and_eleven_others_may_be_twelve_and_are_no_number_of_all(told: Tell) -> None:
    def page(name: str, text: str, many: str, words: str) -> dict[str, Any]:
        claim = shot(acts=["detain"], text=text, many=many, words=words)
        return {"id": name, "claims": [claim]}

    one = page("a", "twelve women were locked in.", "12-12 women", "twelve")
    two = page("b", "eleven other women were locked in with her.", "11-11 women", "eleven")
    (event,) = told({"report": [one, two]}).events
    assert [value.low for value in event.how_many] == [12]
