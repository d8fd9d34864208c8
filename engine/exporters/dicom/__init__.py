"""What the case found in DICOM pictures, as DICOM objects that go beside them into an archive."""
