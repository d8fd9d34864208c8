"""The case as CASE/UCO linked data."""
