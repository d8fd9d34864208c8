"""Closed word classes of English, and the few open ones that tell how a sentence speaks."""

from __future__ import annotations


def word_set(words: str) -> frozenset[str]:
    """Return the words of a line as a set."""
    return frozenset(words.split())


NUMERALS = {
    word: number
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1
    )
}
DEFINITE = word_set("her his its my our that the their these this those your")
POSSESSIVE = word_set("her his its my our their your")
INDEFINITE = word_set("a an another one several some")
MANY = word_set("all assorted both few many numerous several some various")
OTHER = word_set("another fourth further next other others remaining second third")
ORDINAL = word_set(
    "another fifth first fourth further furthest last lower middle nearest other second third upper"
)
DENIALS = word_set("neither never no nobody none nor without")
MODALS = word_set("can cannot could may might must need needs shall should would")
SPEECH = word_set(
    "according alleged alleges asked asks called claimed claims complained explained informed "
    "inquired interviewed know recalled remembers reported said says served signed stated "
    "states told"
)
SIGHT = word_set(
    "appear appears background camera carries carrying depicts facing foreground frame hang "
    "hangs holding holds image leaning leans lens lie lies looks lying parked photograph "
    "picture pictured resting rests see seen sees show showing shown shows sit sits sitting "
    "stand standing stands view visible wearing wears"
)
