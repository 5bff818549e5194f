"""Which report derives from which, how, and what changed on the way."""
