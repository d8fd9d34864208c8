"""Ed25519 signatures (RFC 8032) over the bytes of a manifest, with keys in PEM files."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import ModelMismatch, UsageError
from engine.hashing import bytes_sha256

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

ALGORITHM = "ed25519"
_FINGERPRINT_CHARACTERS = 32


@dataclass(frozen=True, slots=True)
class Signature:
    """The signer's public key (32 bytes) and the signature (64 bytes)."""

    public_key: bytes
    signature: bytes

    @property
    def fingerprint(self) -> str:
        """What people compare on another way than the file: half of the SHA-256 of the public key."""
        return bytes_sha256(self.public_key)[:_FINGERPRINT_CHARACTERS]

    def as_bytes(self) -> bytes:
        fields = {
            "algorithm": ALGORITHM,
            "public_key": self.public_key.hex(),
            "signature": self.signature.hex(),
        }
        return json.dumps(fields, indent=1, sort_keys=True).encode() + b"\n"


def parse_signature(content: bytes) -> Signature:
    """Read what ``Signature.as_bytes`` wrote; raises ModelMismatch for anything else."""
    try:
        fields = json.loads(content)
        if fields["algorithm"] != ALGORITHM:
            raise ModelMismatch(f"the signature is of an unknown kind: {str(fields['algorithm'])[:40]!r}")
        return Signature(bytes.fromhex(fields["public_key"]), bytes.fromhex(fields["signature"]))
    except (ValueError, KeyError, TypeError) as error:
        raise ModelMismatch("the signature cannot be read") from error


def make_key(private: Path) -> Path:
    """Write a new private key to ``private`` (only its owner may read it) and its public one beside it.

    Returns the file of the public key. Raises UsageError where a file is there already.
    """
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    public = private.with_suffix(".public.pem")
    for path in (private, public):
        if path.exists():
            raise UsageError(f"there is a file {path} already; a key that is lost cannot be made again")
    key = Ed25519PrivateKey.generate()
    pem = serialization.Encoding.PEM
    private.touch(mode=0o600)
    private.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    public.write_bytes(key.public_key().public_bytes(pem, serialization.PublicFormat.SubjectPublicKeyInfo))
    return public


def sign(content: bytes, key: Path) -> Signature:
    """Sign ``content`` by the private key in a PEM file; raises UsageError where it is none."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        private = load_pem_private_key(key.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise UsageError(f"{key} holds no private key without a passphrase: {error}") from error
    if not isinstance(private, Ed25519PrivateKey):
        raise UsageError(f"{key} holds a key of another kind; 'casebook models key' makes an Ed25519 key")
    return Signature(private.public_key().public_bytes_raw(), private.sign(content))


def check(signature: Signature, content: bytes, trusted: Path | None = None) -> None:
    """Raise ModelMismatch where ``content`` was not signed so, or not by the public key in ``trusted``."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    if trusted is not None and public_key(trusted).public_bytes_raw() != signature.public_key:
        raise ModelMismatch(
            f"it is signed by {signature.fingerprint}, which is not the key in {trusted.name}"
        )
    try:
        Ed25519PublicKey.from_public_bytes(signature.public_key).verify(signature.signature, content)
    except (InvalidSignature, ValueError) as error:
        raise ModelMismatch("its signature is false: what it lists is not what was signed") from error


def public_key(path: Path) -> Ed25519PublicKey:
    """Read a public Ed25519 key from a PEM file; raises UsageError where it holds none."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        key = load_pem_public_key(path.read_bytes())
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} holds no public key: {error}") from error
    if not isinstance(key, Ed25519PublicKey):
        raise UsageError(f"{path} holds a key of another kind than Ed25519")
    return key
