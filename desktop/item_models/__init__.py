"""Rows of the case as Qt item models, fetched a page at a time, and the words for their values."""
