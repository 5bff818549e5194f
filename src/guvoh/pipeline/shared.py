"""The data that every worker needs, loaded where workers are parted from, so that they share its memory.

Importing this loads it: the model of languages and the table of places are arrays, which no use changes,
and stay one copy however many workers there are.
"""

from guvoh.clean.language import identifier
from guvoh.reading.lexicon import FALLBACK, lexicon_of
from guvoh.resolve.gazetteer import named

identifier()
named("")
lexicon_of(FALLBACK)
