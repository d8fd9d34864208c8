"""What leaves Casebook: the case report as PDF and HTML, and the findings as tables and JSON."""
