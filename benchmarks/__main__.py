"""Scores guvoh on public corpora beside its peers: `python -m benchmarks article`."""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from benchmarks import (
    article,
    attribution,
    build,
    bulk,
    calibration,
    candidates,
    counts,
    demo,
    evidence,
    formats,
    geocode,
    gold,
    languages,
    lineage,
    linkage,
    names,
    names_ru,
    pile,
    protect,
    publishing,
    reader,
    said,
    scrapes,
    sealing,
    speed,
    times,
    translated,
    unseen,
    workbench,
)
from benchmarks.report import SHARED, Table, below_floor, printed, table_of, write

Rows = Callable[[], Sequence[Mapping[str, Any]]]


def _rows(task: str, title: str, about: str, run: Rows) -> tuple[str, Callable[[], Table]]:
    return task, lambda: table_of(task, title, about, run())


def _windows() -> Sequence[Mapping[str, Any]]:
    from benchmarks import windows  # late: it needs Playwright, and a browser

    return windows.run()


def _demo() -> Table:
    rows = demo.run()
    about = "Checks of examples/demo/expected.toml that the built case passes, by area (*dev*)."
    table = table_of("demo", "The example case", about, rows)
    return replace(table, figures={row["area"]: row["passed"] for row in rows})


TASKS: tuple[tuple[str, Callable[[], Table]], ...] = (
    ("article", article.run),
    _rows(
        "bulk",
        "Sifting crawls",
        "Web archives made of scrapinghub's pages with other news in their paragraphs, among them the example case and "
        "planted families, of which the table tells how many are found in the family of their original. CPU seconds of all processes, from packed archive to captures; trafilatura reads pages of the same archive.",
        bulk.run,
    ),
    _rows(
        "candidates",
        "Sifting: versions that the index finds",
        "400 news texts, edited copies (a share of the words replaced), 60 of their words quoted in other texts, and "
        "NTREX translated; share of the planted pairs that each program would compare. Peers: word 4-grams, 128 "
        "permutations, Jaccard .5; Spark with 16 tables, its seconds with the start of driver and executors.",
        candidates.run,
    ),
    _rows(
        "scrapes",
        "Plain-text scrapes",
        "News texts in seven languages with the furniture of a scraped page around them. Pages a second of "
        "one processor, each page at the fastest of five readings.",
        scrapes.run,
    ),
    _rows(
        "speed",
        "Reading by rules, and starting",
        "News texts cut into reports of 500 words, read by rules alone one after the other, each at the fastest of five "
        "readings, objects collected as a build's workers have it; wanted are 60 a second. Commands with their interpreter, "
        "on the example case, at their fastest. Processor seconds of one core.",
        speed.run,
    ),
    _rows(
        "publishing",
        "Publications at size",
        "The example case's release, multiplied; `peak MB` is of the whole process and holds the release itself.",
        publishing.run,
    ),
    ("lineage", lineage.run),
    _rows(
        "calibration",
        "How sure derivations are said to be, and how many are right",
        "Derivations found between texts whose truth is known, by relation and by what is said (per mille); those of one relation, "
        "bin and pair of texts count once, however many versions stand for it. Right is one of which one report has its text, or "
        "what it cites, from the other. Apart: the half of re-translations and of generated edits, quotations and credits that "
        "nothing was fitted on, and independent pairs. *dev*: the other halves, NTREX whole and by its first halves, and cases. "
        "`python -m benchmarks.calibration wrong` lists those that are not right.",
        calibration.run,
    ),
    ("pile", pile.run),
    _rows(
        "workbench",
        "Pages of the workbench",
        "A generated case of 10,000 reports and 200,000 claims, four of five reports copies; nobody in it has a name. "
        "Each page is asked for 21 times, of as many events, reports, words or filters, the largest events among them, "
        "in one process, on two cores shared with other work.",
        workbench.run,
    ),
    _rows(
        "windows",
        "Pages of the workbench in Chromium",
        "The same case, served; the first seven addresses of each page, the five largest events among them, until the page is "
        "loaded and drawn. CPU is that of browser and server together, on two cores shared with other work.",
        _windows,
    ),
    _rows(
        "gold",
        "Reading: our own gold set, dev half (*dev*)",
        "tests/cases/reading/dev. `low` and `high` bound the bootstrap interval (95 %).",
        partial(gold.run, "dev"),
    ),
    _rows(
        "held",
        "Reading: our own gold set, half set aside",
        "tests/cases/reading/held, scored at the end of each round of work; no rule was tuned on it, and totals alone were looked at.",
        partial(gold.run, "held"),
    ),
    _rows(
        "translated",
        "The same sentence in translation",
        "NTREX (news, sentence by sentence): share of sentences for which reading a language gives what reading the "
        "English gives: number of claims, which of them rest on a voice, kinds of the links, stances, polarities; then "
        "how many sentences hold a voice, there and in English. No label is used, and English errs too: a measure of "
        "agreement, looked at while mending (*dev*).",
        translated.run,
    ),
    _rows(
        "attribution",
        "Source, cue and content: PolNeAR dev, by rules",
        "Paragraphs, first annotator; ends trimmed of punctuation on both sides, which is kinder than "
        "the convention of published figures.",
        attribution.run,
    ),
    _rows(
        "said",
        "Who says what, whole: PolNeAR dev",
        "An attribution is right where its content and its source are: contents share half of their words (Dice ≥ .5, "
        "paired one to one), sources half of the words of the shorter, or neither names one; “who” counts as whom it stands for, within ten words before; F1 in per cent. First "
        "annotator. Claims: the innermost voice where the text names it; nested ones left out, for PolNeAR has none. PolNeAR also "
        "counts what guvoh does not call a claim: a thing wanted, criticised or not mentioned.",
        said.run,
    ),
    _rows(
        "reader",
        "The trained reader of English",
        "F1 in per cent. PolNeAR dev by paragraphs, first annotator, each contiguous piece a span; dev was scored at two checkpoints, and no choice followed. Anchors: BiLSTM-CRF/BERT/BERT-Cofe, exact, on "
        "CofeNet’s test part. TBAQ: a fifth of the texts that training left out. One window at a time, one thread.",
        reader.run,
    ),
    _rows(
        "opinion",
        "What the trained reader adds to the rules",
        "Our gold set in English, half set aside, the same paragraphs read by rules alone and with the reader; "
        "`low` and `high` bound the gain (paired bootstrap over paragraphs, 95 %). `lower` has all capitals taken away.",
        gold.opinion,
    ),
    _rows(
        "times",
        "Times",
        "TimeBank and AQUAINT, and the dates of GUM; rules were written looking at them (*dev*).",
        times.run,
    ),
    _rows(
        "places",
        "Places with gold names",
        "*dev*: aliases and weights were changed after looking at errors on all three corpora.",
        geocode.run,
    ),
    _rows(
        "languages",
        "Language of single sentences",
        "tests/cases/languages, 8 sentences each; what parts Serbian from Croatian and Bosnian was "
        "written looking at it (*dev*).",
        languages.run,
    ),
    _rows(
        "names_ru",
        "Names in Russian: NEREL dev, by rules",
        "Strict F1 of outer spans of people, organisations and places; natasha where it is installed.",
        names_ru.run,
    ),
    _rows("names", "Same name, other script", "*dev*: weights were chosen on this set.", names.run),
    _rows(
        "linkage",
        "Names beside nomenklatura",
        "nomenklatura's own cases and the shared pairs, guvoh's names and nomenklatura 4.17.4's logic-v2 in one process, "
        "each pair once, nothing but schema and name given. wd_ru-en, wd_ar-en and uz-tj are *dev* for guvoh, the cases "
        "for nomenklatura. guvoh compares names of people: words for a company's form and a ship's kind are names to it.",
        linkage.run,
    ),
    ("protect", protect.run),
    _rows(
        "sealing",
        "Sealing",
        "Private accounts of 700 characters that name one of 20 people, sealed one by one, and as many flushes of 512 "
        "bytes to the same disk in the same run; two cores shared with ten times as much other work, so the clock says little. "
        "`peak MB` is of the whole process.",
        sealing.run,
    ),
    ("demo", _demo),
    _rows(
        "counts",
        "Counts that are too high and too low",
        "Each bound of each event and value of seven cases whose answers are known, against what a careful reader may "
        "count: `over` is above all of it, `under` below, a value that was not found counts nobody. The example case and "
        "`unseen` are *dev*; for `greenhouse`, docs/corroboration.md has the first score. "
        "`python -m benchmarks.counts FOLDER` lists the bounds.",
        counts.run,
    ),
    _rows(
        "unseen",
        "A case by someone who had not read the code",
        "Checks of tests/cases/unseen/expected.toml that the built case passes, by area. `first` is "
        "the score before any change that followed its writing, `last unseen` the last one by totals alone; "
        "its misses have been read since, so what passes now is *dev*.",
        unseen.run,
    ),
    _rows(
        "formats",
        "Formats: PDF and web archives",
        "Made text, and the article corpus's own pages; `ratio` is guvoh's rate over the peer's in the same run. Ours of PDF "
        "gives reading order, boxes and the report; of a crawl, captures on the disk, hashed, fsynced and journalled. Half of "
        "FastWARC's rate is not reached: a page is a file of its own, and to make, sync and name a file takes the system longer "
        "than FastWARC takes to read a page. Measured beside much other work.",
        formats.run,
    ),
    _rows(
        "evidence",
        "Evidence: checking, appending, signing",
        "`ratio` is guvoh's rate over the peer's in the same run; absolute figures of a shared machine.",
        evidence.run,
    ),
    _rows(
        "build",
        "Whole builds",
        "Scraped pages of about 250 words as a year of news leaves them: no paragraph stands in two stories but where one quotes "
        "another (one in ten), 175 texts have twelve versions and 123 stand in seven languages, of the others three in "
        "five are told once and the rest copied one to twenty times with words changed or cut short. The trained reader reads "
        "them too. Processes together; one more report is added to a copy of the case.",
        lambda: [build.measure(size) for size in build.SIZES],
    ),
)


def main(arguments: Sequence[str]) -> int:
    """Run the named tasks, print and write their tables; status 1 where a floor is not held."""
    tasks = dict(TASKS)
    unknown = [name for name in arguments if name not in tasks]
    if unknown or not arguments:
        print(f"usage: python -m benchmarks TASK…, where TASK is one of: {', '.join(tasks)}")
        return 2
    if not SHARED.is_dir():
        print(f"The corpora are not here: {SHARED} is no folder.", file=sys.stderr)
        return 1
    failed = False
    for name in arguments:
        table = tasks[name]()
        print(printed(table))
        write(table)
        for sentence in below_floor(table):
            failed = True
            print(sentence, file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
