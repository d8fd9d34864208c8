"""The case report as one self-contained HTML file."""
