"""Sentences of a report: a list item, a heading and a line of a form end one as a full stop does."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from engine.model.evidence import Span
from engine.recognizers.lexicon import words_of

# A full stop ends a sentence where something follows that can begin one.
_STOP = re.compile(
    r"[.!?]+[\"'”’)\]]*(?=\s+[\"'“‘(\[*]*[A-Z0-9*•\-])|[.!?]+[\"'”’)\]]*\s*$"
    # a heading in capitals within running text
    r"|(?<=\S)(?=\s{2,}[A-Z][A-Z ,/&()-]{3,48}:)"
)
_ITEM = re.compile(r"\s*(?:[-*•‣◦▪–—]\s|\(?\d{1,2}[.)]\s|[a-z][.)]\s)")
_LAST_WORD = re.compile(r"[\w.]+$")
_MAX_WORD = 20
_MAX_CHARACTERS = 1500


def split_sentences(text: str) -> list[Span]:
    """Return the sentences in order, without the blanks around them; every visible character is in one."""
    return [span for block in _blocks(text) for span in _in_block(text, block)]


def sentence_at(sentences: Sequence[Span], starts: Sequence[int], position: int) -> Span | None:
    """Return the sentence that holds ``position``; ``starts`` are the sentences' starts."""
    index = bisect_right(starts, position) - 1
    return sentences[index] if index >= 0 and position < sentences[index].end else None


def _blocks(text: str) -> Iterator[Span]:
    """Yield runs of lines that may share a sentence: wrapped lines of one paragraph."""
    start = position = 0
    previous = ""
    for line in text.splitlines(keepends=True):
        if position > start and _begins_block(previous, line):
            yield Span(start=start, end=position)
            start = position
        position += len(line)
        previous = line
    if position > start:
        yield Span(start=start, end=position)


def _begins_block(previous: str, line: str) -> bool:
    before, here = previous.rstrip(), line.strip()
    if not before or not here or _ITEM.match(line):
        return True
    if before.endswith((".", ":", ";", "!", "?")):
        return True
    # A line that wraps goes on in lower case, or is long and stops in the middle of a sentence.
    return not (here[0].islower() or (len(before) > 55 and not _looks_like_form(here)))


def _looks_like_form(line: str) -> bool:
    return bool(re.match(r"[A-Z][\w /&()-]{1,40}:", line))


def _in_block(text: str, block: Span) -> Iterator[Span]:
    start = block.start
    for match in _STOP.finditer(text, block.start, block.end):
        if _is_abbreviation(text, start, match):
            continue
        yield from _trimmed(text, start, match.end())
        start = match.end()
    yield from _trimmed(text, start, block.end)


def _is_abbreviation(text: str, start: int, stop: re.Match[str]) -> bool:
    if not stop.group().startswith(".") or len(stop.group()) > 1:
        return False
    word = _LAST_WORD.search(text[max(start, stop.start() - _MAX_WORD) : stop.start()])
    if word is None or not text[stop.end() : stop.end() + 20].strip():
        return False
    found = word.group()
    single_initial = len(found) == 1 and found.isupper()
    numbered = found.isdigit() and not text[start : stop.start() - len(found)].strip()
    return found.lower() in words_of("abbreviation") or single_initial or numbered


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the stretch without its outer blanks, in pieces where it is too long for a sentence."""
    while start < end:
        stop = end
        if end - start > _MAX_CHARACTERS:
            # Rules look at all pairs within a sentence: a text without full stops must not make one of it.
            blank = text.rfind(" ", start + _MAX_CHARACTERS // 2, start + _MAX_CHARACTERS)
            stop = blank if blank > 0 else start + _MAX_CHARACTERS
        piece = text[start:stop]
        left, right = len(piece) - len(piece.lstrip()), len(piece.rstrip())
        if left < right:
            yield Span(start=start + left, end=start + right)
        start = stop
