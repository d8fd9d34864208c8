"""What is taken out: which kinds of phrases name somebody, and which facts of a file do not."""

from __future__ import annotations

DATE = "date"

IDENTIFYING_LABELS = {
    "person": "person",
    "organization": "organization",
    "place": "place",
    "coordinates": "place",
    "email": "email",
    "phone": "phone",
    "plate": "plate",
    "case-number": "number",
    "study-number": "number",
    "serial-number": "number",
    "card-number": "number",
    "account-number": "number",
    "network-address": "address",
    "file-name": "file",
}
"""The labels of Entities that name somebody or lead to one, with the word that their pseudonyms begin with.

Exhibit and figure numbers stay, since they say nothing outside the case; dates are moved; times of day stay.
"""

KEPT_METADATA = frozenset(
    {
        "bits_stored", "burned_in_text", "camera", "captured_at_source", "captured_at_zone", "color_mode",
        "device", "encoding", "format", "frames", "image_orientation", "image_position_mm", "image_type",
        "instance_number", "kind", "lens", "manufacturer", "patient_orientation", "patient_position",
        "photometric", "presentation_lut_shape", "read_by", "rescale_type", "segment_number", "series_number",
        "slice_location_mm", "slice_thickness_mm", "spacing", "transfer_syntax", "window_center",
        "window_width",
    }
)  # fmt: skip
"""The facts of a file that are exported; all others may name somebody."""

UID_METADATA = frozenset({"frame_of_reference_uid", "instance_uid", "series_uid"})
"""The facts that are UIDs: each gives way to another one, the same wherever it stands."""

PERSON_METADATA = frozenset({"artist", "from", "operator", "patient_name", "physician", "to", "copyright"})
NUMBER_METADATA = frozenset(
    {
        "accession_number", "camera_serial", "in_reply_to", "institution", "message_id", "patient_birth_date",
        "station", "study_id",
    }
)  # fmt: skip
"""The facts whose words and numbers are looked for in every text."""

MARKERS = frozenset(
    {
        "l", "r", "li", "re", "ap", "pa", "lat", "lateral", "left", "right", "supine", "erect", "upright",
        "portable", "mobile", "decub", "rao", "lao", "rlo", "cc", "mlo", "a", "p", "h", "f", "cm", "mm",
    }
)  # fmt: skip
"""Words on radiographs that stay readable, because they say how to look at the picture."""
