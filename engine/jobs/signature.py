"""A report under the user's certificate: a PAdES signature (ETSI EN 319 142-1, level B-B) in the PDF itself.

Nothing is asked online: no time stamp of a third party, no list of revoked certificates. The time in the
signature is that of the clock of this computer.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from engine.errors import ExportError, UsageError

FIELD = "Signature1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """A key with its certificate; ``name`` is whom the certificate names."""

    name: str
    key: Any = field(repr=False)


def load_signer(path: Path, passphrase: str, *, at: datetime) -> Signer:
    """Read a PKCS #12 file (.p12, .pfx).

    Raises UsageError where it cannot be read, does not open with the passphrase, holds no key, or where
    the certificate was not valid ``at`` that time.
    """
    from cryptography.hazmat.primitives.serialization import pkcs12
    from pyhanko.sign.signers import SimpleSigner

    try:
        data = path.read_bytes()
        secret = passphrase.encode("utf-8", "surrogatepass")
        key, certificate, _ = pkcs12.load_key_and_certificates(data, secret or None)
    except OSError as error:
        raise UsageError(f"the certificate {path} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise UsageError(f"{path} is no PKCS #12 file, or the passphrase does not open it") from error
    if key is None or certificate is None:
        raise UsageError(f"{path} holds no key with a certificate; export both from where they are kept")
    if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
        span = f"{certificate.not_valid_before_utc:%Y-%m-%d} to {certificate.not_valid_after_utc:%Y-%m-%d}"
        raise UsageError(f"the certificate {path} is valid from {span} only; use another one")
    signer = SimpleSigner.load_pkcs12_data(data, other_certs=[], passphrase=secret or None)
    if signer is None:
        raise UsageError(f"{path} holds a key of a kind that cannot sign a PDF")
    return Signer(name=str(signer.subject_name), key=signer)


def sign_report(path: Path, signer: Signer) -> None:
    """Add the signature to a PDF file in place, as an update after its end; raises ExportError."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    meta = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=signer.name,
        reason="Case report made with Casebook",
    )
    try:
        with path.open("rb+") as stream:
            PdfSigner(meta, signer.key).sign_pdf(IncrementalPdfFileWriter(stream), in_place=True)
    except (PdfError, SigningError, ValueError) as error:
        raise ExportError(f"the report could not be signed: {error}") from error
