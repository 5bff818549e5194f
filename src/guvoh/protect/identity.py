"""A protected person: what only key-holders may know, and the code that stands for it."""

from dataclasses import dataclass

from guvoh.languages.fold import fold

PUBLICATION, ADVOCACY, AUTHORITIES = "publication", "advocacy", "authorities"
PURPOSES = (PUBLICATION, ADVOCACY, AUTHORITIES)


@dataclass(frozen=True, slots=True)
class Consent:
    """What a person agreed to, knowing what it means; nothing is agreed to until it is written down.

    `purposes` out of publication, advocacy, authorities; `authorities` names those that may have it.
    `limits` are in the person's own words. `earlier` says whom the person told before.
    """

    purposes: tuple[str, ...] = ()
    authorities: tuple[str, ...] = ()
    limits: str = ""
    earlier: str = ""
    given: str | None = None  # UTC with Z
    withdrawn: str | None = None

    def allows(self, purpose: str) -> bool:
        """Say whether something may leave for publication, for advocacy, or to an authority, by its name."""
        if self.withdrawn is not None:
            return False
        if purpose in (PUBLICATION, ADVOCACY):
            return purpose in self.purposes
        named = {fold(one).strip() for one in self.authorities}
        return AUTHORITIES in self.purposes and fold(purpose).strip() in named


@dataclass(frozen=True, slots=True)
class Identity:
    """One protected person. `names` holds all full names and aliases, the one in use first.

    `contacts` are numbers, addresses, accounts and documents; `withheld` pairs of what is kept back
    ("citizenship") and its value; `relatives` names that would lead to the person. `pseudonym` is a
    name that a key-holder chose to stand for the person, else the code does.
    """

    code: str
    names: tuple[str, ...]
    contacts: tuple[str, ...] = ()
    withheld: tuple[tuple[str, str], ...] = ()
    relatives: tuple[str, ...] = ()
    pseudonym: str | None = None
    consent: Consent = Consent()
