"""The commands that protect people: `options` for the parser, `commands` for what they do."""
