"""The window: PySide6 views on a case, driven by two engine processes."""
