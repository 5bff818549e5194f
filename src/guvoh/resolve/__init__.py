"""The same name in other spellings and scripts, and places against the gazetteer."""
