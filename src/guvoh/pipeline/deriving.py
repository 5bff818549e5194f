"""From captures to results: the steps in order, one complete derivation per chunk of captures."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import zip_longest

from guvoh.casefile import captures, derived, heads, journal, kept, search, state, sums, tables
from guvoh.casefile.actor import load as load_actor
from guvoh.casefile.case import Case, derive_lock, now
from guvoh.casefile.derived import Standing
from guvoh.casefile.following import Following
from guvoh.casefile.recipe import recipe
from guvoh.casefile.records import Observed
from guvoh.casefile.state import State
from guvoh.clean.columns import Columns, read_columns
from guvoh.clean.media import LOOK, PICTURES
from guvoh.intake.archives import CONTAINERS
from guvoh.model.assessment import Assessment
from guvoh.model.capture import Capture, Exposure
from guvoh.model.claim import Reading
from guvoh.model.finding import Finding
from guvoh.model.report import Report
from guvoh.model.tagging import Tagging
from guvoh.pipeline import amending, gathering, likenesses, recalling, relating
from guvoh.pipeline.placing import own_places
from guvoh.pipeline.recalling import Former, Recalled
from guvoh.pipeline.workers import Lost, Workers, collect_seldom, cores
from guvoh.progress import Silent

CHUNK = 256  # captures derived in one transaction
STEPS = (
    "guvoh.clean.formats",
    "guvoh.pipeline.marking",
    "guvoh.pipeline.shared",
    "guvoh.reading.read",
    "onnxruntime",
    "tokenizers",
    "trafilatura",
)  # what workers share, loaded before they start
PICTURE = 20_000  # bytes from which a saved page's picture is more than its furniture
SECONDS = 120.0  # a capture that takes longer to clean and read is given up


@dataclass(frozen=True, slots=True)
class Task:
    """A capture to be cleaned and read, and the case that holds its bytes.

    `again` has the trained reader mark the text once more, whatever is kept of it; `places` is the
    user's own list, line by line.
    """

    case: Case
    capture: Capture
    fast: bool = False
    again: bool = False
    columns: tuple[Columns, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one capture gave by itself; `marked` has what the trained reader did afresh, by text."""

    reports: tuple[Report, ...] = ()
    readings: tuple[Reading, ...] = ()
    findings: tuple[Finding, ...] = ()
    marked: tuple[tuple[str, Tagging], ...] = ()


def clean_and_read(task: Task) -> Outcome:
    """Do the steps that need one capture alone; runs in a worker process.

    Only workers load what these steps rest on: it takes a second and a hundred megabytes.
    """
    from guvoh.clean.decode import blanked
    from guvoh.clean.formats import clean
    from guvoh.pipeline.marking import mark
    from guvoh.pipeline.placing import places_of
    from guvoh.reading.read import read

    capture = task.capture
    first = capture.arrivals[0]
    data = captures.read(task.case, capture.digest)
    fetched = first.origin if first.origin.startswith(("http://", "https://")) else None
    if capture.withheld:
        data = blanked(data, capture.withheld)
    reports, findings = clean(
        capture.digest,
        first.file,
        capture.media_type,
        data,
        first.at,
        fast=task.fast,
        url=fetched,
        columns=task.columns,
    )
    if _is_companion(capture):
        return Outcome(findings=tuple(one for one in findings if one.kind == LOOK))
    marks = tuple(mark(task.case, report, again=task.again) for report in reports)
    own = places_of(task.places)
    readings = tuple(read(r, m.tagging, own) for r, m in zip(reports, marks, strict=True))
    found = (
        *findings,
        *(finding for one in marks for finding in one.findings),
        *(finding for reading in readings for finding in reading.findings),
    )
    return Outcome(
        reports,
        tuple(replace(reading, findings=()) for reading in readings),
        found,
        tuple((m.fresh, m.tagging) for m in marks if m.fresh and m.tagging),
    )


def derive(
    case: Case, progress: Silent, following: Following | None = None, *, again: bool = False
) -> list[Finding]:
    """Bring the derived store up to the journal; return the problems met in new captures.

    Readers see a whole derivation at any time. A process that stays hands in what it follows.
    `again` has the trained reader run anew, and says how many texts it marks otherwise than before.
    """
    problems: list[Finding] = []
    collect_seldom()
    with derive_lock(case):
        known = (following or Following(case)).state()
        noted = _begun(case, alone=following is None)
        made_of = recipe(known.settings)
        with (
            _recalled(case, known, made_of) as former,
            closing(derived.connect(case)) as db,
        ):
            standing, prefix = _stands(db, known, made_of)
            todo = known.read[standing.position :]
            anew = standing.position == 0
            if todo:
                progress.begin("reading", len(todo))
            different = 0
            ahead = _read_ahead(case, todo, known, progress, former, again=again)
            for batch, outcomes in ahead:
                different += kept.keep(case, (one for o in outcomes for one in o.marked))
                problems += [f for one in outcomes for f in one.findings if f.problem]
                prefix.add(batch)
                done = standing.position + len(batch)
                standing = replace(standing, position=done, prefix=prefix.digest)
                with derived.chunk(db):
                    recalling.note(db, done - len(batch), batch, (o.findings for o in outcomes))
                    _derive_chunk(db, outcomes, known.assessments, former)
                    derived.advance(db, standing)
            with derived.chunk(db):
                _settle(db, known, standing)
            if anew:
                kept.retain(case, tables.every(db, tables.REPORT))
        if following is None:
            sums.note(case, noted)
            heads.renew(case, load_actor())
    return [*problems, *_reread(different)]


def _begun(case: Case, *, alone: bool) -> Mapping[str, str]:
    """Forget the digests of what is derived, before it is written; return them.

    A store that was changed since it was derived is not carried on. A process that stays looks once,
    when it begins, and notes digests when it ends.
    """
    if alone:
        for name in sums.changed(case):
            if name.startswith(case.derived.name):
                derived.reset(case)
            elif name == sums.KEPT:
                kept.forget(case)
                derived.reset(case)
    return sums.forget(case)


def settle(case: Case) -> None:
    """Note the digests of what a process that stayed has derived, and sign the heads of the logs."""
    with derive_lock(case), sums.renewing(case):
        pass
    heads.renew(case, load_actor())


def _reread(different: int) -> list[Finding]:
    if not different:
        return []
    text = f"The trained reader now marks {different} texts otherwise than it did before."
    return [Finding("reading", "marked-otherwise", text, problem=True)]


def rebuild(
    case: Case, progress: Silent, *, again: bool = False
) -> tuple[str, tuple[Finding, ...]]:
    """Delete the derived store, derive all anew; return the digest of the results, and problems.

    `again` recomputes what a trained model gave, too, which on another processor may differ.
    """
    with derive_lock(case):
        derived.reset(case)
    problems = derive(case, progress, again=again)
    with closing(derived.connect_reader(case)) as db:
        return derived.digest(db), tuple(f for f in problems if f.kind == "marked-otherwise")


@contextmanager
def _recalled(case: Case, known: State, made_of: str) -> Iterator[Former | None]:
    """Put a store away that cannot be carried on, and yield what of it still holds."""
    with closing(derived.connect(case)) as db:
        standing = derived.standing(db)
    if standing is None or _is_prefix(standing, known, made_of):
        derived.drop_aside(case)
        yield None
    elif standing.recipe == made_of:
        with recalling.set_aside(case, known.read) as former:
            yield former
    else:
        derived.reset(case)
        yield None


def is_up_to(standing: Standing, known: State, made_of: str) -> bool:
    """Say whether a store holds all captures as this guvoh derives them; decisions may be missing."""
    return standing.position == len(known.read) and _is_prefix(standing, known, made_of)


def _is_prefix(standing: Standing, known: State, made_of: str) -> bool:
    prefix = state.prefix_digest(known.read[: standing.position])
    return standing.recipe == made_of and standing.prefix == prefix


def _stands(db: sqlite3.Connection, known: State, made_of: str) -> tuple[Standing, state.Prefix]:
    """Return where a store stands, and the captures that it was derived from."""
    standing = derived.standing(db)
    prefix = state.Prefix(known.read[: standing.position] if standing else ())
    return standing or Standing(made_of, 0, prefix.digest), prefix


def _read_ahead(
    case: Case,
    todo: Sequence[Capture],
    known: State,
    progress: Silent,
    former: Former | None,
    *,
    again: bool,
) -> Iterator[tuple[Sequence[Capture], list[Outcome]]]:
    """Yield each chunk of captures with what its captures gave; the next is read meanwhile."""
    batches = [todo[start : start + CHUNK] for start in range(0, len(todo), CHUNK)]
    # When a caller gives up, ending the workers ends what the thread waits for.
    with (
        ThreadPoolExecutor(1) as ahead,
        Workers(clean_and_read, cores(), SECONDS, STEPS) as workers,
    ):

        def begin(batch: Sequence[Capture]) -> Future[list[Outcome]]:
            fast, places = known.settings.get("fast") is True, own_places(known.settings)
            tasks = partial(
                Task, case, fast=fast, again=again, columns=_columns(known), places=places
            )
            held = former.outcomes(batch) if former else {}
            return ahead.submit(_read_batch, workers, batch, known, (held, tasks), progress)

        begun = [begin(batch) for batch in batches[:1]]
        for batch, after in zip_longest(batches, batches[1:]):
            outcomes = begun.pop().result()
            if after is not None:
                begun.append(begin(after))
            yield batch, outcomes


def _columns(known: State) -> tuple[Columns, ...]:
    """Return what has been said of the columns of tables, the latest first."""
    written = known.settings.get("columns")
    return tuple(read_columns(one) for one in written) if isinstance(written, tuple) else ()


def _read_batch(
    workers: Workers[Task, Outcome],
    batch: Sequence[Capture],
    known: State,
    way: tuple[Mapping[str, Recalled], Callable[[Capture], Task]],
    progress: Silent,
) -> list[Outcome]:
    """Return what each capture gave, recalled or found out by its task.

    One that was lost is journalled, and so lost in a rebuild too.
    """
    held, task = way
    before = {o.capture: o.text for o in known.observations if o.step == "clean" and o.capture}
    outcomes: dict[int, Outcome] = {}
    tasks: list[tuple[int, Task]] = []
    for index, capture in enumerate(batch):
        if capture.digest in before:
            outcomes[index] = _lost(capture, before[capture.digest])
        elif capture.digest in held:
            outcomes[index] = Outcome(*held[capture.digest])
        elif _is_read(capture):
            tasks.append((index, task(capture)))
    for at, result in workers.map([one for _, one in tasks]):
        index = tasks[at][0]
        capture = batch[index]
        if isinstance(result, Lost):
            seen = Observed(capture.digest, "clean", result.why)
            journal.append(tasks[at][1].case, load_actor(), [seen], now())
            result = _lost(capture, result.why)
        outcomes[index] = result
        progress.step()
    progress.step(len(batch) - len(tasks))
    return [outcomes.get(index, Outcome()) for index in range(len(batch))]


def _is_read(capture: Capture) -> bool:
    """Say whether a capture is read for itself: no archive, no part that says nothing, not empty."""
    if _is_companion(capture):
        return capture.media_type in PICTURES and capture.size >= PICTURE
    return capture.size > 0 and capture.media_type not in CONTAINERS


def _is_companion(capture: Capture) -> bool:
    return all(arrival.companion_of is not None for arrival in capture.arrivals)


def _lost(capture: Capture, why: str) -> Outcome:
    text = f"It was not read: {why}. Its bytes are kept."
    return Outcome(findings=(Finding("clean", "lost", text, file=capture.file, problem=True),))


def _derive_chunk(
    db: sqlite3.Connection,
    outcomes: Sequence[Outcome],
    assessments: Sequence[Assessment],
    former: Former | None = None,
) -> None:
    reports = [report for outcome in outcomes for report in outcome.reports]
    readings = [reading for outcome in outcomes for reading in outcome.readings]
    first = tables.count(db, tables.REPORT)
    placed = list(enumerate(reports, first))
    tables.put_reports(db, placed)
    search.put(db, placed)
    tables.put(db, tables.READING, readings)
    found = [finding for outcome in outcomes for finding in outcome.findings]
    tied = likenesses.tie(db, found, reports)
    tables.put(db, tables.FINDING, [*found, *tied])
    related = relating.relate_reports(db, placed, readings, assessments, former)
    gathering.gather(db, placed, readings, related, assessments)


def _settle(db: sqlite3.Connection, known: State, standing: Standing) -> None:
    """Bring in what does not hang on new captures: assessments, and what taking in noticed."""
    in_force = tuple(one.id for one in known.assessments)
    changed = set(in_force) ^ set(standing.judged)
    waiting = amending.waiting(db, known.assessments)
    if changed or waiting:
        spoken = [o for o in (*known.assessments, *known.superseded) if o.id in changed]
        of_claims = [one for one in spoken if gathering.is_of_a_claim(one)]
        judged = _judged(one for one in spoken if not gathering.is_of_a_claim(one)) | waiting
        touched = relating.judge(db, known.assessments, judged) if judged else set()
        gathering.judge(db, known.assessments, touched, judged, of_claims)
        derived.advance(db, replace(standing, judged=in_force))
    tables.drop(db, tables.FINDING, "step", ["intake"])
    tables.put(db, tables.FINDING, _notices(known))


def _judged(spoken: Iterable[Assessment]) -> set[str]:
    """Return the captures and claims of which assessments speak that came or were superseded."""
    targets = [one.target for one in spoken]
    named = {name for one in targets for name in (one.capture, one.other, one.value)}
    return {name for name in named if name is not None}


def _notices(known: State) -> list[Finding]:
    """Return what taking in noticed and still holds."""
    undeclared = {
        arrival.file
        for capture in known.captures.values()
        if capture.exposure is Exposure.UNDECLARED
        for arrival in capture.arrivals
    }
    return [
        Finding("intake", n.kind, n.text, file=n.file, problem=n.problem)
        for n in known.notices
        if n.kind != "set-aside" or n.file in undeclared
    ]
