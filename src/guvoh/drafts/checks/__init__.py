"""Checks on a draft, one file each; `CHECKS` lists them."""

from collections.abc import Callable, Iterator

from guvoh.drafts.checks import (
    contrary,
    copies_counted,
    dated,
    denied,
    denying,
    details,
    exact,
    names,
    ordinals,
    outdated,
    quoted,
    retracted,
    roles,
    seen,
    silent,
    stated,
    supported,
    through_kin,
    unheard_of,
    unreached,
    values,
    witnessed,
)
from guvoh.drafts.compared import Compared
from guvoh.drafts.remarks import Remark

Check = Callable[[Compared], Iterator[Remark]]

CHECKS: tuple[Check, ...] = (
    supported.check,
    unheard_of.check,
    values.check,
    exact.check,
    seen.check,
    dated.check,
    names.check,
    details.check,
    ordinals.check,
    through_kin.check,
    quoted.check,
    witnessed.check,
    stated.check,
    outdated.check,
    denying.check,
    contrary.check,
    retracted.check,
    roles.check,
    silent.check,
    unreached.check,
    copies_counted.check,
    denied.check,
)
