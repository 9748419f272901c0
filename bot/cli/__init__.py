"""The command line's commands, and what they have in common."""
