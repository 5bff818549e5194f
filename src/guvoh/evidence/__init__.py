"""The commands that show a case to be what it was: fsck, checkpoint, verify, sync."""
