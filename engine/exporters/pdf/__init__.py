"""The case report as PDF: a frame of pages, building blocks, and one module for each part of the report."""
