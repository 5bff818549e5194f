"""Twenty-four pages on a dormitory raided by night, written by somebody who had not read the code: what is counted."""

from benchmarks.counts import counted
from benchmarks.report import ROOT

# docs/corroboration.md says of each why. What is found more often may lower it.
UNDER = 19


def test_no_bound_is_too_high_and_no_more_are_too_low_than_is_known() -> None:
    found = counted(ROOT / "tests" / "cases" / "second-floor")
    assert [one for one in found if one.over] == []
    assert sum(one.under for one in found) <= UNDER
