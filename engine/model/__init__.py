"""The common language of all packages: frozen dataclasses on the standard library alone."""
