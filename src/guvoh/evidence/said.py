"""What a command has to say, as values for the command line to print."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """What to print, a sentence for each problem, and the exit status."""

    text: str
    problems: tuple[str, ...] = ()
    status: int = 0
