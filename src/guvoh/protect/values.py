"""What the release gate is given and what it gives: all that may leave a case, as values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from guvoh.model.capture import Capture
from guvoh.model.claim import Claim, Exposure, Person, Place, Reading
from guvoh.model.event import Event, RiskWarning
from guvoh.model.finding import Finding
from guvoh.model.lineage import Family
from guvoh.model.report import Report
from guvoh.protect.identity import PUBLICATION, Consent

ACCOUNT = "it is a private account"  # why an original stays


@dataclass(frozen=True, slots=True)
class Logged:
    """A record of the journal with its place in a log: salt and payload as they are hashed.

    `proof` are the RFC 6962 siblings of its leaf, from the leaf up.
    """

    key_id: str
    index: int
    salt: bytes
    payload: str
    proof: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What lets someone outside check that a release is what the case held.

    `records` have passed the gate; `leaves` by key-id are salted digests of all records, which say
    nothing of them; `checkpoint` and `anchors` (file name, bytes) name no one either. `read` gives
    the bytes of a capture that may leave, `sign` an OpenSSH signature over bytes, by `public`.
    """

    records: tuple[Logged, ...]
    leaves: Mapping[str, tuple[bytes, ...]]
    keys: Mapping[str, bytes]
    checkpoint: bytes
    anchors: tuple[tuple[str, bytes], ...]
    read: Callable[[str], bytes]
    sign: Callable[[bytes], bytes]
    public: bytes


@dataclass(frozen=True, slots=True)
class Held:
    """What the derived store holds of what shall be published; mappings go by id.

    Every report of the events and families must be there with its reading, and those that
    `corroborate.veil.needed(families)` names; `captures` by digest, as the journal has them.
    """

    title: str
    events: tuple[Event, ...]
    families: tuple[Family, ...]
    reports: Mapping[str, Report]
    readings: Mapping[str, Reading]
    people: tuple[Person, ...]
    warnings: tuple[RiskWarning, ...]
    captures: Mapping[str, Capture]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """How a release is made.

    `fresh` gives a new random code ("P-7QK2"). `codes` keep private people's codes from one release
    to the next, by id; `public` are the ids of people assessed as public. `whole` lets whole reports
    leave instead of excerpts. `raw` reads a capture's bytes, where originals shall leave too.
    `keep` gives the reason for each string that was masked on suspicion and shall stay. `purpose` is
    what it is for: publication, advocacy, or the name of an authority. `consents` say by the digest of
    a private account's capture what its teller agreed to; an account that is not there stays.
    `evidence` is what the case has for people who check; its records are let out one by one.
    `overridden` by two key-holders, nothing refuses the release.
    `published` are the details, as kind and value, that earlier releases gave of people, by code.
    """

    fresh: Callable[[], str]
    codes: Mapping[str, str] = field(default_factory=dict)
    public: frozenset[str] = frozenset()
    whole: bool = False
    raw: Callable[[str], bytes] | None = None
    keep: Mapping[str, str] = field(default_factory=dict)
    purpose: str = PUBLICATION
    overridden: bool = False
    consents: Mapping[str, Consent] = field(default_factory=dict)
    evidence: Evidence | None = None
    published: Mapping[str, frozenset[tuple[str, str]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Released:
    """A person as published: `name` is a role and a code where the person is not public.

    `id` is the code there, else the id in the case. `withheld` names what a report withholds.
    """

    id: str
    name: str
    kind: str
    roles: tuple[str, ...]
    exposure: Exposure
    pseudonym: bool
    withheld: tuple[str, ...]
    nationality: str | None
    mentions: int


@dataclass(frozen=True, slots=True)
class Decision:
    """Something that stays, or leaves otherwise than it is, and why; never the value itself."""

    noun: str
    subject: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Release:
    """What may leave, and nothing else; exports take their values from here alone.

    Each report's text has its full length, but all of it that is no excerpt is blank and names that
    stay are blacked out, so that spans of claims and passages still fit; it has no character map, no
    debris and no statements of its making. `claims` go by id and hold labels where names stood.
    `captures` are the digests of those whose bytes may leave, and `staying` says by digest why those of
    others may not: the digest itself is not for publication. `withheld` counts by reason what does
    not appear at all. `codes` and `details` (code, kind, value of what is told of a person) are for the
    journal, not for publication. `unchecked` says in words
    what no check here can see; a publication must say it too. `ids` gives the random ids under which
    things are published, by noun and id in the case ("event 0f3a…").
    """

    title: str
    events: tuple[Event, ...]
    families: tuple[Family, ...]
    reports: Mapping[str, Report]
    claims: Mapping[str, Claim]
    people: tuple[Released, ...]
    places: tuple[Place, ...]
    warnings: tuple[RiskWarning, ...]
    captures: tuple[str, ...]
    withheld: Mapping[str, int]
    decisions: tuple[Decision, ...]
    unchecked: tuple[str, ...]
    codes: Mapping[str, str] = field(default_factory=dict, repr=False)
    details: tuple[tuple[str, str, str], ...] = field(default=(), repr=False)
    ids: Mapping[str, str] = field(default_factory=dict, repr=False)
    staying: Mapping[str, str] = field(default_factory=dict, repr=False)
    findings: tuple[Finding, ...] = ()
    evidence: Evidence | None = field(default=None, repr=False)
