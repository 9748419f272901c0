"""What is kept of the doing: audit trail, events, runs, settings, secrets, installations."""
