"""What makes the report a PDF/A-2b (ISO 19005-2): metadata in XMP, the meaning of its colors, plain links."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from typing import Any

from engine.errors import ExportError
from engine.settings import resources_dir

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<xmp:CreateDate>{at}</xmp:CreateDate><xmp:ModifyDate>{at}</xmp:ModifyDate>
<pdf:Producer>{producer}</pdf:Producer><pdf:Keywords></pdf:Keywords>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>
"""
_FIELDS = ("title", "author", "subject", "creator", "producer")
_PRINTED = 4  # the flag Print of an annotation, the only one that PDF/A asks for (ISO 19005-2, 6.3.2)


def make_archival(document: Any, at: datetime) -> None:
    """Add metadata and output intent to a reportlab document; its info dictionary says the same."""
    from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString, PDFZCompress

    info = document.info
    fields = {name: escape(str(getattr(info, name))) for name in _FIELDS}
    xmp = _XMP.format(at=at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00"), **fields)
    document.Catalog.Metadata = PDFStream(content=xmp.encode())
    profile = PDFStream(content=_profile(), filters=[PDFZCompress])
    profile.dictionary["N"] = 3
    intent = PDFDictionary(
        {
            "Type": PDFName("OutputIntent"),
            "S": PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": PDFString("sRGB"),
            "Info": PDFString("sRGB IEC61966-2.1"),
            "DestOutputProfile": document.Reference(profile),
        }
    )
    document.Catalog.OutputIntents = PDFArray([intent])
    document.Catalog.__NoDefault__ = [*document.Catalog.__NoDefault__, "OutputIntents"]


def print_links(annotation: Any) -> None:
    """Mark a link as something that is printed with its page."""
    annotation.otherkw["F"] = _PRINTED


def _profile() -> bytes:
    path = resources_dir() / "icc" / "srgb.icc"
    try:
        return path.read_bytes()
    except OSError as error:
        raise ExportError(f"the color profile {path} cannot be read; install Casebook again") from error
