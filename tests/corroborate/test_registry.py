import pkgutil

from guvoh.corroborate import checks


def test_the_list_of_checks_is_the_folder() -> None:
    listed = {check.__module__.rpartition(".")[2] for check in checks.CHECKS}
    assert listed == {module.name for module in pkgutil.iter_modules(checks.__path__)}
