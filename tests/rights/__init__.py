"""Who may do what, tried through every way in."""
