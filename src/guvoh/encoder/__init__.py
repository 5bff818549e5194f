"""A small trained encoder that reads English: who says what, names, times, events."""
