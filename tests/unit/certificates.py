"""A certificate of its own issue to sign with, for tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import NameOID

VALID_AT = datetime(2026, 3, 14, 9, 30, tzinfo=UTC)
WORDS = "certificate words"


def make_certificate(path: Path) -> Path:
    """Write a PKCS #12 file that opens with ``WORDS``, valid around ``VALID_AT`` and a hundred years on.

    The certificate alone lies beside it, as ``.der``.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Sample Examiner")])
    signs = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(VALID_AT - timedelta(days=30))
        .not_valid_after(VALID_AT + timedelta(days=36_500))
        .add_extension(signs, critical=True)
        .sign(key, hashes.SHA256())
    )
    sealed = BestAvailableEncryption(WORDS.encode())
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"examiner", key, made, None, sealed))
    path.with_suffix(".der").write_bytes(made.public_bytes(Encoding.DER))
    return path
