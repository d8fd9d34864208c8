"""Encrypting a case, taking the encryption away, changing its passphrase; backups beside it go along."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.clock import Clock
from engine.errors import EngineError, UsageError
from engine.jobs.picture_cache import forget_pictures
from engine.store import CaseKey, is_encrypted, new_key, open_case
from engine.store.rekeying import rekey


@dataclass(frozen=True, slots=True, kw_only=True)
class Rekeyed:
    """What was written anew; ``left`` are backups that the key of the case does not open, as they were."""

    case: Path
    encrypted: bool
    backups: tuple[Path, ...]
    left: tuple[Path, ...]


def encrypt_case(path: Path, passphrase: str, *, clock: Clock) -> Rekeyed:
    """Encrypt a plain case; raises UsageError where it is encrypted already."""
    if is_encrypted(path):
        raise UsageError(f"{path} is encrypted already; 'casebook passphrase' gives it another passphrase")
    return _rekey(path, None, new_key(passphrase), "encrypt", clock)


def decrypt_case(path: Path, key: CaseKey, *, clock: Clock) -> Rekeyed:
    """Make an encrypted case a plain one; raises WrongPassphrase."""
    return _rekey(path, key, None, "decrypt", clock)


def change_passphrase(path: Path, key: CaseKey, passphrase: str, *, clock: Clock) -> Rekeyed:
    """Give an encrypted case another passphrase; raises WrongPassphrase."""
    return _rekey(path, key, new_key(passphrase), "passphrase", clock)


def _rekey(path: Path, old: CaseKey | None, new: CaseKey | None, action: str, clock: Clock) -> Rekeyed:
    with open_case(path, clock=clock, key=old) as store:
        forget_pictures(store)
    rekey(path, old, new)
    with open_case(path, clock=clock, key=new) as store:
        store.append_audit(action, path.name)
    done, left = [], []
    for backup in sorted(path.parent.glob(f"{path.name}.version-*")):
        if backup.name.endswith(("-wal", "-shm", "-journal")):
            continue
        try:
            rekey(backup, old, new)
            done.append(backup)
        except EngineError:
            left.append(backup)
    return Rekeyed(case=path, encrypted=new is not None, backups=tuple(done), left=tuple(left))
