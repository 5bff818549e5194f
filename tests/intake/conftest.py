"""What the tests of intake share: a source taken in, with its bytes read."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from guvoh.intake.arrivals import Taking, arrivals
from guvoh.model.finding import Finding


@dataclass(frozen=True)
class Got:
    file: str
    origin: str
    data: bytes
    digest: str
    media_type: str
    parent: str | None
    companion_of: str | None


@dataclass(frozen=True)
class Taken:
    found: list[Got]
    findings: list[Finding]

    @property
    def files(self) -> list[str]:
        return [one.file for one in self.found]

    def data(self, file: str) -> bytes:
        (one,) = [one for one in self.found if one.file == file]
        return one.data

    def finding(self, kind: str) -> Finding:
        (one,) = [one for one in self.findings if one.kind == kind]
        return one


Take = Callable[..., Taken]


@pytest.fixture
def take() -> Take:
    def taken(source: Path, taking: Taking | None = None) -> Taken:
        found: list[Got] = []
        findings: list[Finding] = []
        for one in arrivals(source, taking):
            if isinstance(one, Finding):
                findings.append(one)
            else:
                found.append(
                    Got(
                        one.file,
                        one.origin,
                        one.stream.read(),
                        one.digest,
                        one.media_type,
                        one.parent,
                        one.companion_of,
                    )
                )
        for finding in findings:
            assert finding.step == "intake"
            assert finding.text.endswith((".", "…"))
            assert "\n" not in finding.text
        return Taken(found, findings)

    return taken
