"""Regions that other programs drew, read from their files."""
