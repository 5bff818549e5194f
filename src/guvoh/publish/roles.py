"""People who leave without a name, as a role and a code in the reader's language: "сестра P-E36T"."""

import re
from dataclasses import replace
from functools import cache

from guvoh.corroborate.descriptions import describe
from guvoh.languages.lexicon import LANGUAGES
from guvoh.model.claim import WITHHELD
from guvoh.protect import Release
from guvoh.protect.strings import changed
from guvoh.words import Words

_CODED = re.compile(r"\b([^\W\d_]+(?:-[^\W\d_]+)*) (?=P-[0-9A-Z]{4,}\b)")


def in_language(release: Release, say: Words) -> Release:
    """Return a release whose events, warnings and chains name people so; texts of reports stay as they are."""

    def told(text: str) -> str:
        text = text.replace(f"[{WITHHELD}]", f"[{say(WITHHELD)}]")
        return (
            _CODED.sub(lambda found: f"{say.role(_key(found[1]))} ", text) if "P-" in text else text
        )

    return replace(
        release,
        events=changed(release.events, told),
        warnings=changed(release.warnings, told),
        claims={
            key: replace(claim, chain=changed(claim.chain, told)) if claim.chain else claim
            for key, claim in release.claims.items()
        },
    )


@cache
def _key(role: str) -> str:
    """Return the key of a role that a report tells in its own words: "voisin" is "neighbour"."""
    if "-" in role:
        return role  # a key already: "prison-head"
    for code in LANGUAGES:
        said = describe(role, code)
        if said.kin or said.roles:
            return (*said.kin, *said.roles)[0]
    return role
