"""A draft written elsewhere, compared with a case sentence by sentence; nothing of it is stored."""
