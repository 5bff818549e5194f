"""What corroboration knows of acts, people and words, loaded from the data beside the code."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The tables of vocabulary.toml; `family` maps an act to its family, `wider` a nationality to its groups."""

    family: Mapping[str, str]
    near: frozenset[tuple[str, str]]
    order: frozenset[tuple[str, str]]
    manner: frozenset[str]
    purpose: frozenset[str]
    harm: frozenset[str]
    deadly: frozenset[str]
    phrases: Mapping[str, tuple[str, str]]
    infinitives: Mapping[str, str]
    moving: frozenset[str]
    nouns: Mapping[str, str]
    alike: Mapping[str, str]
    wider: Mapping[str, frozenset[str]]
    facilities: Mapping[str, str]
    facility_roles: frozenset[str]
    general_roles: frozenset[str]
    perpetrators: frozenset[str]
    ranks: frozenset[str]
    deniers: frozenset[str]
    advocates: frozenset[str]
    hearers: frozenset[str]
    kin: frozenset[str]
    kin_general: frozenset[str]
    another: frozenset[str]
    likening: tuple[str, ...]
    than: frozenset[str]
    batches: tuple[str, ...]
    lists: tuple[str, ...]
    orders: tuple[str, ...]
    people: frozenset[str]
    wholes: frozenset[str]
    joining: frozenset[str]
    anyone: tuple[str, ...]
    publications: tuple[str, ...]
    media: frozenset[str]
    been: frozenset[str]
    due: frozenset[str]
    proceedings: tuple[str, ...]
    women: frozenset[str]
    men: frozenset[str]
    collectives: tuple[str, ...]
    partitive: tuple[str, ...]
    others: frozenset[str]
    quantifiers: frozenset[str]
    endings: frozenset[str]
    supposed: frozenset[str]
    willing: tuple[str, ...]
    unwilling: frozenset[str]
    withdrawing: tuple[str, ...]
    empty: frozenset[str]
    articles: frozenset[str]
    whence: frozenset[str]
    weights: Mapping[str, int]
    limits: Mapping[str, int]


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary."""
    text = files("guvoh.corroborate").joinpath("vocabulary.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    wider: dict[str, set[str]] = {}
    for group, parts in table["nationalities"].items():
        for part in parts:
            wider.setdefault(part, set()).add(group)
    pairs = [tuple(pair) for pair in table["near"]["pairs"]]
    words = table["words"]
    return Vocabulary(
        family={act: name for name, acts in table["families"].items() for act in acts},
        near=frozenset(pair for one, other in pairs for pair in ((one, other), (other, one))),
        order=frozenset((one, other) for one, other in table["order"]["pairs"]),
        manner=frozenset(table["manner"]["acts"]),
        purpose=frozenset(table["purpose"]["acts"]),
        harm=frozenset(table["harm"]["acts"]),
        deadly=frozenset(table["deadly"]["acts"]),
        phrases={act: (said, noun) for act, (said, noun) in table["phrases"].items()},
        infinitives=table["infinitives"],
        moving=frozenset(table["moving"]["acts"]),
        nouns=table["nouns"],
        alike=table["alike"],
        wider={part: frozenset(groups) for part, groups in wider.items()},
        facilities={kind: name for name, kinds in table["facilities"].items() for kind in kinds},
        facility_roles=frozenset(table["facility_roles"]["roles"]),
        general_roles=frozenset(table["general_roles"]["roles"]),
        perpetrators=frozenset(table["perpetrators"]["roles"]),
        ranks=frozenset(table["ranks"]["roles"]),
        deniers=frozenset(table["deniers"]["roles"]),
        advocates=frozenset(table["advocates"]["roles"]),
        hearers=frozenset(table["hearers"]["roles"]),
        kin=frozenset(table["kin"]["family"]),
        kin_general=frozenset(table["kin"]["general"]),
        another=frozenset(words["another"]),
        likening=tuple(words["likening"]),
        than=frozenset(words["than"]),
        batches=tuple(words["batches"]),
        lists=tuple(words["lists"]),
        orders=tuple(words["orders"]),
        people=frozenset(words["people"]),
        wholes=frozenset(words["wholes"]),
        joining=frozenset(words["joining"]),
        anyone=tuple(words["anyone"]),
        publications=tuple(words["publications"]),
        media=frozenset(words["media"]),
        been=frozenset(words["been"]),
        due=frozenset(words["due"]),
        proceedings=tuple(words["proceedings"]),
        women=frozenset(words["women"]),
        men=frozenset(words["men"]),
        collectives=tuple(words["collectives"]),
        partitive=tuple(words["partitive"]),
        others=frozenset(words["others"]),
        quantifiers=frozenset(words["quantifiers"]),
        endings=frozenset(words["endings"]),
        supposed=frozenset(words["supposed"]),
        willing=tuple(words["willing"]),
        withdrawing=tuple(words["withdrawing"]),
        unwilling=frozenset(table["unwilling"]["acts"]),
        empty=frozenset(words["empty"]),
        articles=frozenset(words["articles"]),
        whence=frozenset(words["whence"]),
        weights=table["weights"],
        limits=table["limits"],
    )


def family(act: str) -> str:
    """Return the family of an act."""
    return vocabulary().family.get(act, act)


def akin(one: str, other: str) -> bool:
    """Return whether acts of two families may tell of one happening."""
    return one == other or (one, other) in vocabulary().near
