import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from guvoh.model.claim import Basis, Exposure, Stance
from guvoh.model.report import ReportForm
from guvoh.model.text import Span, Stated
from guvoh.reading.acts import vocabulary
from guvoh.reading.read import read
from tests.reading.reports import report_of

CASES = Path(__file__).parents[1] / "cases" / "sourcing"
SEED = Path(__file__).parents[3] / "shared" / "seed" / "forced-to-fight.txt"


def cases() -> list[tuple[str, dict[str, Any]]]:
    return [
        (path.stem, case)
        for path in sorted(CASES.glob("*.json"))
        for case in json.loads(path.read_text("utf-8"))
    ]


@pytest.mark.parametrize(("language", "case"), cases())
def test_claims_of_golden_cases(language: str, case: dict[str, Any]) -> None:
    reading = read(report_of(case["text"], language, publisher=case["publisher"]))
    ordinal = {claim.id: number for number, claim in enumerate(reading.claims)}
    got = [
        {
            "text": claim.text,
            "kind": claim.kind.value,
            "stance": claim.stance.value,
            "polarity": claim.polarity.value,
            "within": ordinal[claim.within] if claim.within else None,
            "chain": [link.name for link in claim.chain],
        }
        for claim in reading.claims
    ]
    assert got == case["claims"]


def test_a_son_who_tells_his_father_is_the_innermost_source() -> None:
    text = (
        "Timur told his father that a group of drivers had been sent away.\n\n"
        "“My son is afraid that they will take him,” Timur's father told Lake Monitor."
    )
    reading = read(report_of(text))
    told, quote, fear = reading.claims
    assert [link.name for link in told.chain] == ["Lake Monitor", "Timur's father", "Timur"]
    assert [link.basis for link in told.chain[:2]] == [Basis.TOLD, Basis.TOLD]
    assert [link.name for link in quote.chain] == ["Lake Monitor", "Timur's father"]
    assert fear.within == quote.id
    assert fear.stance is Stance.FEARED
    father = next(person for person in reading.people if person.name == "Timur's father")
    timur = next(person for person in reading.people if person.name == "Timur")
    assert father.relations == (("father", timur.id),)


def test_what_is_withheld_makes_a_person_protected() -> None:
    text = (
        "Sardor came to the town in 2019. The Lake Monitor is not revealing his real name or his "
        "citizenship for security reasons."
    )
    person = next(p for p in read(report_of(text)).people if p.name == "Sardor")
    assert person.pseudonym
    assert person.withheld == ("name", "citizenship")
    assert person.exposure is Exposure.PROTECTED


def test_coercion_marks_what_was_coerced() -> None:
    text = "A group of drivers had been sent to fight without their consent, said the mayor."
    acts = {act.name: act for act in read(report_of(text)).claims[0].acts}
    assert acts["deploy"].coerced
    assert "coerce" in acts


def test_interviewers_assert_nothing_and_answers_rest_on_the_speaker() -> None:
    text = (
        "Q: Who locked the door?\nA: The guard locked it. He said that nobody would leave.\n"
        "Q: And then?\nA: We waited until morning."
    )
    claims = read(report_of(text, form=ReportForm.TURNS)).claims
    assert [claim.text for claim in claims] == [
        "The guard locked it",
        "He said that nobody would leave",
        "nobody would leave",
        "We waited until morning",
    ]
    assert all(claim.chain[0].name == "A" for claim in claims)
    assert [link.name for link in claims[2].chain] == ["A", "the guard"]


def test_no_pronoun_means_whoever_signed_the_report() -> None:
    text = (
        "Adaeze Pilbrow\n\nThirty men were moved, according to the wife of one. "
        "Her husband wrote that their beds were empty."
    )
    report = replace(report_of(text), bylines=(Stated("Adaeze Pilbrow"),))
    names = [person.name for person in read(report).people]
    assert not any(name.startswith("Adaeze Pilbrow's") for name in names)


def test_unresolved_pronouns_say_so() -> None:
    reading = read(report_of("He said that the bridge had been closed by the army."))
    assert not reading.claims[0].chain[0].resolved
    assert "source-unresolved" in {finding.kind for finding in reading.findings}


def test_claims_point_into_the_text_and_ids_are_their_own() -> None:
    text = CASES.joinpath("en.json").read_text("utf-8")
    reading = read(report_of("\n\n".join(case["text"] for case in json.loads(text))))
    assert len({claim.id for claim in reading.claims}) == len(reading.claims)
    for claim in reading.claims:
        assert claim.spans[0].end > claim.spans[0].start
        for act in claim.acts:
            assert any(s.start <= act.span.start and act.span.end <= s.end for s in claim.spans)


HOSTILE = {
    "empty": "",
    "spaces": " \n\n \n",
    "no punctuation": "he said that " * 400,
    "capitals": "THE MAYOR SAID THAT THE ROAD WAS CLOSED. " * 40,
    "small letters": "the mayor said that the road was closed. " * 40,
    "right to left": "قال الأب إن المجموعة أرسلت. «لا نعرف شيئا»، قالت الأم. " * 20,
    "mixed scripts": "Отец said что the «group» была “sent. " * 40,
    "unbalanced": "“„«‹‘'\"”»›’ " * 200,
    "dashes": "— a, — b. " * 200,
    "colons": "a: b: c:\n" * 200,
    "surrogates of the bidi kind": "\u202e\u2066said\u2069\u202c that it was so. " * 50,
    "one word": "a" * 5000,
    "nulls": "He said\x00 that \x00 it. " * 50,
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("language", ["en", "ru", "und", "ar"])
def test_nothing_raises(name: str, language: str) -> None:
    text = HOSTILE[name]
    reading = read(report_of(text, language))
    assert all(0 <= span.start <= span.end <= len(text) for span in reading.sentences)


@pytest.mark.parametrize(
    "piece",
    ["he said that ", '"a" ', "“He said. She said. ", "his father's ", "a, ", "Ivan Petrov said. "],
)
def test_cost_grows_with_length_and_not_faster(piece: str) -> None:
    def cost(times: int) -> float:
        report = report_of(piece * times)
        begun = time.process_time()
        read(report)
        return time.process_time() - begun

    cost(50)
    small = min(cost(500), cost(500))
    # Four times the text may take six times as long, not sixteen times; a floor against noise.
    assert cost(2000) < 6 * small + 0.3


def test_every_act_of_the_vocabulary_is_named() -> None:
    for row in vocabulary().values():
        assert row["label"]
        assert row["huridocs"]


@pytest.mark.skipif(not SEED.is_file(), reason="the seed lies outside the repository")
def test_the_seed_reads_as_an_analyst_would_read_it() -> None:
    text = SEED.read_text("utf-8")
    body = text[text.index("There are reports") : text.index("Leave a")].strip()
    reading = read(report_of(body, publisher="BBC News"))
    assert len(reading.claims) >= 8
    by_text = {claim.text: claim for claim in reading.claims}
    names = {text: [link.name for link in claim.chain] for text, claim in by_text.items()}
    sent = next(text for text in by_text if text.startswith("a group of Central Asians"))
    assert names[sent] == ["BBC", "Anwar's father", "Anwar"]
    assert any(act.coerced for act in by_text[sent].acts)
    quote = next(text for text in by_text if text.startswith("There are many"))
    assert names[quote] == ["BBC", "Anwar's father"]
    fear = next(claim for claim in reading.claims if claim.within and claim.stance is Stance.FEARED)
    assert [link.name for link in fear.chain] == ["BBC", "Anwar's father", "Anwar"]
    recruited = next(claim for claim in reading.claims if "has recruited" in claim.text)
    assert [link.name for link in recruited.chain] == [""]
    planned = next(claim for claim in reading.claims if claim.stance is Stance.PLANNED)
    assert "another group" in planned.text
    anwar = next(person for person in reading.people if person.name == "Anwar")
    assert anwar.withheld == ("name", "citizenship")
    assert anwar.exposure is Exposure.PROTECTED


def test_a_span_of_a_claim_gives_its_words() -> None:
    text = "The mayor said: “Nobody was hurt.” The road is open."
    claim = read(report_of(text)).claims[0]
    assert text[claim.span.start : claim.span.end] == claim.text
    assert claim.spans == (Span(17, 32),)
