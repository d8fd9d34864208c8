"""A signed report: valid as it is, broken by one byte, and refused for a certificate that does not fit."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from engine.clock import fixed_clock
from engine.errors import UsageError
from engine.jobs.case import new_case
from engine.jobs.export import export_case
from engine.jobs.signature import load_signer
from engine.model.evidence import CaseKind
from engine.store import CaseStore, open_case
from tests.unit.certificates import VALID_AT as AT
from tests.unit.certificates import WORDS, make_certificate


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CaseStore]:
    path = tmp_path / "case.casebook"
    new_case(path, kind=CaseKind.FORENSIC, name="Signed", clock=fixed_clock(AT))
    with open_case(path, clock=fixed_clock(AT)) as opened:
        yield opened


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    return make_certificate(tmp_path / "examiner.p12")


def _signed(store: CaseStore, certificate: Path) -> Path:
    signer = load_signer(certificate, WORDS, at=AT)
    out = certificate.with_name("report.pdf")
    export_case(
        store, out, at=AT, reproducible=True, signer=signer, load_view=lambda _: np.zeros((9, 9, 3), np.uint8)
    )
    return out


def _is_whole(pdf: Path, certificate: Path) -> bool:
    from asn1crypto.x509 import Certificate
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    trusted = Certificate.load(certificate.with_suffix(".der").read_bytes())
    with pdf.open("rb") as stream:
        (signature,) = PdfFileReader(stream).embedded_signatures
        context = ValidationContext(trust_roots=[trusted], allow_fetching=False)
        status = validate_pdf_signature(signature, context)
        assert status.coverage.name in ("ENTIRE_FILE", "CLEAR_SIGNED_REVISION", "ENTIRE_REVISION")
        return bool(status.valid and status.intact and status.trusted)


def test_a_signed_report_is_whole_until_a_byte_changes(store: CaseStore, certificate: Path) -> None:
    out = _signed(store, certificate)
    assert _is_whole(out, certificate)
    assert (out.with_name("report.pdf.sha256")).read_text().split()[1] == "report.pdf"
    data = bytearray(out.read_bytes())
    place = data.index(b"stream") + 20
    data[place] ^= 1
    out.write_bytes(data)
    assert not _is_whole(out, certificate)


def test_other_programs_find_the_signature_valid(store: CaseStore, certificate: Path) -> None:
    for tool in ("pdfsig", "qpdf", "pdftotext"):
        if not shutil.which(tool):
            pytest.skip(f"{tool} is not installed")
    out = _signed(store, certificate)
    said = subprocess.run(
        ["pdfsig", "-nocert", str(out)], capture_output=True, encoding="utf-8", check=False
    ).stdout
    assert "Signature is Valid" in said and "Sample Examiner" in said and "ETSI.CAdES.detached" in said
    subprocess.run(["qpdf", "--check", str(out)], capture_output=True, check=True)
    words = subprocess.run(
        ["pdftotext", str(out), "-"], capture_output=True, encoding="utf-8", check=True
    ).stdout
    assert "Signed with the certificate of" in words and "pdfsig" in words


def test_what_cannot_sign_is_refused_in_one_line(store: CaseStore, certificate: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not open it"):
        load_signer(certificate, "other words", at=AT)
    with pytest.raises(UsageError, match="is valid from"):
        load_signer(certificate, WORDS, at=AT - timedelta(days=365))
    with pytest.raises(UsageError, match="cannot be read"):
        load_signer(tmp_path / "gone.p12", WORDS, at=AT)
    signer = load_signer(certificate, WORDS, at=AT)
    assert "Sample Examiner" in signer.name and "key" not in repr(signer)
    with pytest.raises(UsageError, match="only a PDF"):
        export_case(
            store, tmp_path / "x.csv", signer=signer, load_view=lambda _: np.zeros((9, 9, 3), np.uint8)
        )
