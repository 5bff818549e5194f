"""Publications at size: the example case let out once and multiplied, each export in a process of its own."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from guvoh import cli
from guvoh.casefile.case import open_case
from guvoh.pipeline.drafting import annotate
from guvoh.pipeline.releasing import let_out
from guvoh.protect import Release
from guvoh.protect.strings import changed
from guvoh.publish.exports import EXPORTS

ROOT = Path(__file__).parents[1]
REPORTS = ROOT / "examples" / "demo" / "reports"
DRAFT = ROOT / "tests" / "cases" / "drafts" / "buses.md"
EVENTS, PAGES, CLAIMS, WORDS = 100, 500, 200_000, 3_000
TASKS = {
    "dossier": f"dossier, HTML and PDF: {EVENTS} events, {PAGES} reports",
    "dataset": f"dataset, CSV and SQLite: {CLAIMS:,} claims",
    "annotate": f"a draft of {WORDS:,} words annotated",
}


def run() -> list[dict[str, Any]]:
    """Return CPU seconds and peak memory of each task, the making of its input left out of the seconds."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["GUVOH_HOME"] = f"{folder}/home"
        case = f"{folder}/case"
        cli.main(["build", str(REPORTS), "--public", "--case", case])
        return [_measured(task, case) for task in TASKS]


def _measured(task: str, case: str) -> dict[str, Any]:
    program = [sys.executable, "-m", "benchmarks.publishing", task, case]
    done = subprocess.run(program, check=True, capture_output=True, text=True, cwd=ROOT)
    cpu, peak, size = json.loads(done.stdout)
    return {"what": TASKS[task], "CPU seconds": cpu, "peak MB": peak, "MB written": size}


def _one(task: str, case: str) -> tuple[float, int, float]:
    """Do one task; return CPU seconds of it, peak memory of the whole process, and megabytes made."""
    if task == "annotate":
        data = _draft()
        begun = time.process_time()
        size = len(annotate(open_case(Path(case)), "draft.md", data, "en").data)
    else:
        made, findings = let_out(open_case(Path(case)), task)
        assert made is not None, findings
        large = _with_events(made) if task == "dossier" else _with_claims(made)
        begun = time.process_time()
        size = sum(len(data) for _, data in EXPORTS[task](large, "en"))
    cpu = round(time.process_time() - begun, 1)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return cpu, peak, round(size / 1e6, 1)


def _draft() -> bytes:
    text = DRAFT.read_text("utf-8")
    return "\n\n".join([text] * (WORDS // len(text.split()) + 1)).encode()


def _with_events(release: Release) -> Release:
    large = _joined(release, list(_copies(release, PAGES // len(release.reports) + 1)))
    return replace(large, events=large.events[:EVENTS])


def _with_claims(release: Release) -> Release:
    return _joined(release, list(_copies(release, CLAIMS // len(release.claims) + 1)))


def _joined(release: Release, copies: list[Release]) -> Release:
    return replace(
        release,
        events=tuple(event for one in copies for event in one.events),
        families=tuple(family for one in copies for family in one.families),
        warnings=tuple(warning for one in copies for warning in one.warnings),
        reports={key: report for one in copies for key, report in one.reports.items()},
        claims={key: claim for one in copies for key, claim in one.claims.items()},
        ids={noun: code for one in copies for noun, code in one.ids.items()},
    )


def _copies(release: Release, number: int) -> Iterator[Release]:
    """Yield the release again and again, every id another one each time."""
    known = {*release.reports, *release.claims}
    known |= {one.id for one in release.events} | {one.id for one in release.families}
    for copy in range(number):
        names = {one: f"{one}~{copy}" for one in known}

        def named(text: str, names: Mapping[str, str] = names) -> str:
            return names.get(text, text)

        yield replace(
            release,
            events=changed(release.events, named),
            families=changed(release.families, named),
            warnings=tuple(
                replace(one, id=f"{one.id}~{copy}") for one in changed(release.warnings, named)
            ),
            reports={names[key]: changed(one, named) for key, one in release.reports.items()},
            claims={names[key]: changed(one, named) for key, one in release.claims.items()},
            ids={f"{noun}~{copy}": f"{code}{copy}" for noun, code in release.ids.items()},
        )


if __name__ == "__main__":
    print(json.dumps(_one(sys.argv[1], sys.argv[2])))
