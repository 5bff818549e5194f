"""Whether a page supplies what another withholds, and so is shown covered and its original not at all."""

import sqlite3

from guvoh.casefile import lookups, tables
from guvoh.model.report import Report
from guvoh.show import masked_report, veil_over
from guvoh.workbench.desk import Desk


def is_veiled(desk: Desk, db: sqlite3.Connection, report: Report) -> bool:
    """Say whether a report supplies what another version of its text withholds, if only in its bytes."""
    capture = desk.known().captures.get(report.capture)
    if capture is None or capture.withheld:
        return True
    family = lookups.families_of(db, [report.id]).get(report.id)
    families = tables.several(db, tables.FAMILY, [family] if family else [])
    return masked_report(report, veil_over(db, list(families.values()))) != report
