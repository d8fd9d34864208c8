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
MANY_NUMERALS = frozenset(NUMERALS) - {"one"}
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
# Singular words for several things.
COLLECTIVES = word_set(
    "crowd throng group row line queue flock herd bunch cluster stack pile heap set series pack team crew "
    "squad couple trio audience family cattle luggage people folk"
)
CHILDREN = word_set(
    "baby boy child girl infant kid lad lass little toddler calf cub foal lamb kitten puppy pup"
)
SMALL = word_set("small little tiny slight distant far farther further farthest furthest")
LARGE = word_set("large big huge main adult near nearest nearer closest foremost")
LOW_POSTURES = word_set(
    "sit sits sitting sat seated crouch crouches crouching kneel kneels kneeling squat squats squatting "
    "bends bent bending stoop stoops stooping"
)
CUT_OFF = word_set("edge margin border partly cut half")
PRESENT = SIGHT | word_set("is are has have wears carries leads reaches crosses fills covers")
PAST = word_set("was were had did been")
DETERMINERS = DEFINITE | INDEFINITE | MANY | DENIALS | word_set("every each any either what which whose s")
# Words that end a noun phrase to the left of its head.
OUTSIDE = (
    MODALS
    | SPEECH
    | (
        SIGHT
        - word_set("parked resting sitting standing leaning lying visible background foreground picture")
    )
    | word_set(
        "of in on at to from by with for into onto over under above below behind beside between among "
        "through across along against near towards toward off out up down beyond inside outside around "
        "beneath within and or but nor if when while as than that which who whose whom where because "
        "although so then there is are was were be been being am has have had having do does did done get "
        "gets got it he she they we i you him them me us not also only just still yet very too put kept "
        "keeps made makes taken takes took said placed found seen noted counted including about before "
        "after during until since per via plus"
    )
)
