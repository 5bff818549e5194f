"""Files, folders and archives as they are, taken apart into arrivals; nothing is written by its name."""
