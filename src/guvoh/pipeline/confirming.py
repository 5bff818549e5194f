"""What a person decides about the names of one private account, before anything of it is stored."""

from dataclasses import dataclass, field, replace

from guvoh.pipeline import accounts
from guvoh.pipeline.accounts import Agreed, Brought
from guvoh.pipeline.keeping import Open
from guvoh.pipeline.releasing import fresh_code
from guvoh.protect.identity import Consent, Identity
from guvoh.protect.leaks import find
from guvoh.protect.pseudonyms import Proposal, undecided


@dataclass(slots=True)
class Confirming:
    """An account with what was answered so far about it; it lives in memory alone."""

    brought: Brought
    opened: Open
    people: dict[str, Identity] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    withheld: list[str] = field(default_factory=list)

    @property
    def known(self) -> Open:
        """Return the vault with those that were just protected."""
        return accounts.with_people(self.opened, self.people.values())

    def left(self) -> tuple[Proposal, ...]:
        """Return what is still undecided, longest names first: short forms are often theirs."""
        told, settled = self.brought, (*self.kept, *self.withheld)
        found = undecided(told.text, told.language, self.known.registry, settled)
        return tuple(sorted(found, key=lambda one: -len(one.text.split())))

    def is_taken(self, pseudonym: str) -> bool:
        """Say whether a pseudonym is a name of somebody protected."""
        return any(leak.certain for leak in find(self.known.registry, pseudonym))

    def protect(self, one: Proposal, pseudonym: str | None = None) -> None:
        """Protect who is called so, under a code or a pseudonym; what reaches a person is withheld."""
        if one.contact:
            self.withheld.append(one.text)
            return
        code = fresh_code({who.code for who in self.known.people})
        self.people[code] = Identity(code, (one.text,), pseudonym=pseudonym)

    def is_called(self, code: str, one: Proposal) -> bool:
        """Note that somebody protected is called so too; say whether there is somebody of that code."""
        who = next((who for who in self.known.people if who.code == code), None)
        if who is not None:
            self.people[code] = replace(who, names=(*who.names, one.text))
        return who is not None

    def agreed(self, teller: str | None, consent: Consent) -> Agreed:
        """Return what was decided, once nothing is left to decide."""
        people = tuple(self.people.values())
        return Agreed(people, tuple(self.kept), tuple(self.withheld), teller, consent)
