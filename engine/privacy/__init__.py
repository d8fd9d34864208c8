"""A copy of a case without what names persons, for exports: text, pictures and headers; never guaranteed."""
