"""From a report's text to claims: who says what, on whose word, when, where, how many."""
