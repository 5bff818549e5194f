"""How long each page of the workbench takes on a big case, and how soon a decision shows.

    python -m benchmarks workbench

The case is generated (benchmarks/corroborate.py) and written into a store by the steps that a build
has after reading. Each page is asked for in this process, as the server would answer it; seconds are CPU
seconds of all its threads, for machines are shared. The event of many reports is of a case that is built from made texts.
"""

import asyncio
import gc
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any
from urllib.request import HTTPCookieProcessor, build_opener

import msgspec

from benchmarks.corroborate import families, generated
from guvoh.casefile import derived, lists, lookups, search, state, tables
from guvoh.casefile.case import Case, create, open_case
from guvoh.casefile.derived import Standing
from guvoh.casefile.recipe import recipe
from guvoh.lineage.boilerplate import NONE
from guvoh.lineage.fingerprint import fingerprint
from guvoh.pipeline import gathering
from guvoh.pipeline.relating import Related
from guvoh.workbench.app import application, ready
from guvoh.workbench.desk import Desk
from guvoh.workbench.gate import Pass

TIMES = 21  # requests of each page, of as many different events, reports or words
REPORTS, CLAIMS = 10_000, 20
OUTLETS, TELLERS = 13, 12  # of the event of many reports; each outlet has each teller once
# One story; a report leaves out one paragraph in four, and has its own number and a witness of its own.
STORY = (
    "Foreign workers at a fish plant on the Barents coast appear to have been driven to an army camp without their "
    "consent, according to the family of a man who works there.",
    "{teller}, who drives for the plant, said {number} workers were taken away from Fish Plant No. 17 in late January 2024.",
    "In late January Daler telephoned his elder sister and told her that {number} men from his dormitory at Fish Plant "
    "No. 17 had been put on two buses and taken away. He did not see them leave.",
    "“Most of them are boys who do not read Russian well,” Daler’s sister told {outlet} by phone.",
    "Marina Horobet, a lawyer who heads the legal-aid group Open Shore, said relatives of {number} workers had called "
    "her office. “They all describe the same thing: a bus, a list, a telephone that goes dead,” she said.",
    "The military commissariat of Tyulensky district denied that any foreign worker had been called up.",
)
NUMBERS = ("thirty", "about thirty", "twenty", "forty")
NAMES = ("Anton", "Boris", "Viktor", "Gleb", "Denis", "Yegor", "Ilya", "Kirill", "Lev", "Maksim", "Nikita", "Oleg")  # fmt: skip
WORDS = ("night", "Karimov", "guard", "Penal Colony", "Абдурасулов", "prisoner", "nobody")


def make(root: Path, reports: int, claims: int) -> Case:
    """Make a case whose store holds a generated derivation; no capture lies behind it."""
    case = create(root, "Generated")
    made = list(generated(reports, claims))
    placed = [(at, report) for at, (report, _, _) in enumerate(made)]
    readings = [reading for _, reading, _ in made]
    related = Related({report.id: [edge] if edge else [] for report, _, edge in made})
    related.touched = {report.id for report, _, _ in made}
    known = {family.id: family for family in families(made).values()}
    with closing(derived.connect(case)) as db, derived.chunk(db):
        tables.put_reports(db, placed)
        search.put(db, placed)
        tables.put(db, tables.READING, readings)
        prints = ((one.id, msgspec.json.encode(fingerprint(one, NONE))) for _, one in placed)
        lookups.put_fingerprints(db, prints)
        tables.put(db, tables.DERIVATION, (edge for _, _, edge in made if edge))
        tables.put(db, tables.FAMILY, (one for one in known.values() if len(one.members) > 1))
        gathering.gather(db, placed, readings, related, ())
        derived.advance(db, Standing(recipe({}), 0, state.prefix_digest(())))
    return case


def run(reports: int = REPORTS, claims: int = CLAIMS) -> Sequence[Mapping[str, Any]]:
    """Return a row for each page, for a decision, and for the start."""
    kept = os.environ.get("GUVOH_BIG_CASE")
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("GUVOH_HOME", f"{folder}/home")
        root = Path(kept) if kept else Path(folder) / "case"
        case = open_case(root) if root.exists() else make(root, reports, claims)
        many = build_many(Path(folder))
        return [*_measured(case), *_of_many(many)]


def build_many(folder: Path) -> Case:
    """Build a case of reports that tell of one event, most of them copies with a witness of their own."""
    texts = folder / "texts"
    texts.mkdir()
    for outlet in range(OUTLETS):
        for teller, name in enumerate(NAMES[:TELLERS]):
            told = {
                "teller": f"{name} Sarov{chr(ord('a') + outlet)}",
                "number": NUMBERS[(outlet + teller) % len(NUMBERS)],
                "outlet": f"Post {name} {outlet}",
            }
            kept = [p for at, p in enumerate(STORY) if at < 2 or (outlet + teller + at) % 4]
            head = f"Title: Buses came at night, {name}\nPublisher: {told['outlet']}\nPublished: 2024-02-{14 + teller}\n"
            text = head + "\n" + "\n\n".join(kept).format(**told) + "\n"
            (texts / f"{outlet}-{teller}.txt").write_text(text, encoding="utf-8")
    build = [sys.executable, "-m", "guvoh", "build", str(texts), "--public", "--case"]
    subprocess.run([*build, str(folder / "many")], check=True, capture_output=True)
    return open_case(folder / "many")


def _of_many(case: Case) -> Iterator[Mapping[str, Any]]:
    """Measure the largest event of a case."""
    given = Pass(1)
    desk = Desk(case, given, "en")
    app = application(desk)
    with closing(derived.connect_reader(case)) as db:
        event = lists.events(db, lists.Wanted(), most=1)[0][0]

    def ask(path: str) -> tuple[int, bytes]:
        return asyncio.run(_ask(app, given, path, None))

    def decide(turn: int) -> None:
        desk.judge(event.id, ("checked", "withdraw-checked")[turn % 2], str(turn), None)
        ask(f"/events/{event.id}")

    ask(f"/events/{event.id}")
    ready(desk)
    gc.freeze()
    name = f"an event of {event.reports} reports"
    yield _row(name, [_timed(partial(ask, f"/events/{event.id}")) for _ in range(TIMES)])
    yield _row(
        f"{name}: a decision until it shows it",
        [_timed(partial(decide, at)) for at in range(TIMES)],
    )


def _measured(case: Case) -> Iterator[Mapping[str, Any]]:
    given = Pass(1)
    desk = Desk(case, given, "en")
    app = application(desk)

    def ask(path: str, body: bytes | None = None) -> tuple[int, bytes]:
        return asyncio.run(_ask(app, given, path, body))

    asked = pages(case)
    gc.freeze()  # what is held here is not the server's to go through
    for name, paths in asked.items():
        ask(paths[0])  # what is read once and kept, such as templates and coasts
        yield _row(name, [_timed(partial(ask, path)) for path in paths])
    with closing(derived.connect_reader(case)) as db:
        events = [line.id for line in lists.events(db, lists.Wanted(), most=TIMES)[0]]
    yield _row(
        "a decision, until its event shows it",
        [_timed(partial(_decide, desk, ask, event)) for event in events],
    )
    yield _row("the first page after `guvoh serve`", [_start(case) for _ in range(3)])


def _decide(desk: Desk, ask: Callable[[str], tuple[int, bytes]], event: str) -> None:
    desk.judge(event, "checked", "measured", None)
    status, _ = ask(f"/events/{event}")
    assert status == 200


def pages(case: Case) -> Mapping[str, Sequence[str]]:
    """Return the addresses asked for, by the name of the page: the largest and others spread out."""
    with closing(derived.connect_reader(case)) as db:
        events, _ = lists.events(db, lists.Wanted(), most=1_000_000)
        ids = [row[0] for row in db.execute("SELECT id FROM report ORDER BY ordinal")]
        held = [row[0] for row in db.execute("SELECT id FROM family ORDER BY id")]

    def spread(things: Sequence[str]) -> list[str]:
        step = max(len(things) // TIMES, 1)
        return list(things[::step])[:TIMES]

    def narrowed(path: str) -> list[str]:
        some = ("", "act=transfer", "status=past", "rests=one", "differ=1", "language=en", "q=night", "from=2023-05-01&to=2023-06-01")  # fmt: skip
        return [f"{path}?{one}&page={at}" for at in range(3) for one in some][:TIMES]

    told = [line.id for line in events]
    return {
        "/": ["/"] * TIMES,
        "/events": narrowed("/events"),
        "/events/…": [f"/events/{one}" for one in [*told[:5], *spread(told)][:TIMES]],
        "/reports": narrowed("/reports"),
        "/reports/…": [f"/reports/{one}" for one in spread(ids)],
        "/families": ["/families"] * TIMES,
        "/families/…": [f"/families/{one}" for one in spread(held)],
        "/people": [f"/people?q={w}&page={at}" for at in range(3) for w in ("", *WORDS)][:TIMES],
        "/timeline": narrowed("/timeline"),
        "/map": narrowed("/map"),
        "/review": ["/review"] * TIMES,
        "/search": [f"/search?q={word.replace(' ', '+')}" for word in WORDS] * 3,
        "/publish": ["/publish"] * TIMES,
    }


async def _ask(app: Any, given: Pass, path: str, body: bytes | None) -> tuple[int, bytes]:
    where, _, query = path.partition("?")
    headers = {"host": f"127.0.0.1:{given.port}", "cookie": f"{given.cookie}={given.session}"}
    scope = {
        "type": "http", "method": "GET", "path": where, "raw_path": where.encode(), "http_version": "1.1",
        "query_string": query.encode(), "scheme": "http", "root_path": "", "server": ("127.0.0.1", given.port),
        "headers": [(k.encode(), v.encode()) for k, v in headers.items()],
    }  # fmt: skip
    got: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body or b"", "more_body": False}

    async def send(message: Any) -> None:
        got.append(message)

    await app(scope, receive, send)
    text = b"".join(one.get("body", b"") for one in got)
    status = next(one["status"] for one in got if one["type"] == "http.response.start")
    assert status == 200, (path, status, text[:300])
    return status, text


def _timed(what: Callable[[], object]) -> tuple[float, float]:
    """Return CPU seconds and seconds on the clock."""
    cpu, wall = time.process_time(), time.perf_counter()
    what()
    return time.process_time() - cpu, time.perf_counter() - wall


def _start(case: Case) -> tuple[float, float]:
    """Return CPU seconds and seconds from `guvoh serve` to the first page."""
    wall = time.perf_counter()
    command = [sys.executable, "-m", "guvoh", "serve", "--no-browser", "--case", str(case.root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found is not None
        page = build_opener(HTTPCookieProcessor()).open(found.group(0)).read()
        took, spent = time.perf_counter() - wall, _spent(process.pid)
        assert b"original source" in page
        process.terminate()
    return spent, took


def _spent(process: int) -> float:
    """Return the CPU seconds that a process has taken so far (Linux, proc(5))."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace")
    user, system = fields.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _row(name: str, took: Sequence[tuple[float, float]]) -> Mapping[str, Any]:
    """Return what requests took, in CPU seconds and on the clock, as a row of the table."""
    spent, whole = (sorted(column) for column in zip(*took, strict=True))
    late = min(int(len(spent) * 0.95), len(spent) - 1)
    return {
        "page": name,
        "median, CPU ms": round(median(spent) * 1000),
        "p95, CPU ms": round(spent[late] * 1000),
        "p95, ms on the clock": round(whole[late] * 1000),
    }
