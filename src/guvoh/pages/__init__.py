"""Pages for the investigator: the case's working copy, self-contained and printable."""
