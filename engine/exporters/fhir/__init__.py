"""The case as HL7 FHIR R4."""
