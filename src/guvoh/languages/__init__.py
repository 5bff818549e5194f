"""What is known of each language: one folder of data per language, and the fold."""

from guvoh.languages.lexicon import LANGUAGES as LANGUAGES
from guvoh.languages.lexicon import Language as Language
from guvoh.languages.lexicon import load as load
