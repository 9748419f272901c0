"""People: who they are, since when, whose accounts are theirs, and when they work."""
