"""The Ed25519 key that one person on one device writes a journal with; it never lies in a case."""

import os
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from guvoh.casefile import disk
from guvoh.casefile.errors import KeyUnusable

HOME_VARIABLE = "GUVOH_HOME"


@dataclass(frozen=True)
class Actor:
    """A key pair; `public` is the 32 raw bytes of the public key."""

    private: Ed25519PrivateKey

    @cached_property
    def public(self) -> bytes:
        """Return the raw public key, 32 bytes."""
        return self.private.public_key().public_bytes_raw()

    @cached_property
    def key_id(self) -> str:
        """Return the name of this key's log in every case."""
        return key_id(self.public)


def key_id(public: bytes) -> str:
    """Return the key-id of a raw public key: the first 16 bytes of its SHA-256, hexadecimal."""
    return sha256(public).hexdigest()[:32]


def home() -> Path:
    """Return the user's data folder for guvoh: `GUVOH_HOME`, else where the platform keeps such."""
    named = os.environ.get(HOME_VARIABLE)
    if named:
        return Path(named)
    import platformdirs  # late, as what `load` needs: who only reads a case has no key

    return platformdirs.user_data_path("guvoh", appauthor=False)


def load(folder: Path | None = None) -> Actor:
    """Return the actor whose key lies in `folder` (by default `home()`); make it on first use.

    The file is an OpenSSH private key, so that ssh-keygen can read and sign with it.
    """
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
        load_ssh_private_key,
    )
    from filelock import FileLock

    where = home() if folder is None else folder
    path = where / "actor.key"
    try:
        where.mkdir(parents=True, exist_ok=True, mode=0o700)
        with FileLock(where / "actor.lock", timeout=30):
            if not path.exists():
                fresh = Ed25519PrivateKey.generate()
                form = fresh.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())
                disk.write_whole(path, form, mode=0o600)
            private = load_ssh_private_key(path.read_bytes(), password=None)
    except OSError as error:
        raise KeyUnusable(
            f"your key cannot be read or made ({error.strerror})",
            path,
            f"check the folder's permissions, or name another folder in {HOME_VARIABLE}",
        ) from error
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyUnusable(
            "this is not a key that guvoh wrote",
            path,
            "restore it from a backup, or move it away and guvoh will make a new one",
        ) from error
    if not isinstance(private, Ed25519PrivateKey):
        raise KeyUnusable("this is not an Ed25519 key", path, "move it away and run again")
    return Actor(private)
