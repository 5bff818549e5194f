"""The nouns of guvoh as frozen values; nothing here imports anything else of guvoh."""
