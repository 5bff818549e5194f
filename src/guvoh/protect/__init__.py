"""What keeps people safe: the registry of protected people, the leak check, and the only way out.

identity  → registry → leaks            protected strings in all their forms, found in any text
exposure, coarse → release              what may leave, as values; everything else stays
"""

from guvoh.protect.registry import Registry
from guvoh.protect.release import release
from guvoh.protect.values import ACCOUNT, Decision, Evidence, Held, Logged, Release, Released, Terms

__all__ = [
    "ACCOUNT",
    "Decision",
    "Evidence",
    "Held",
    "Logged",
    "Registry",
    "Release",
    "Released",
    "Terms",
    "release",
]
