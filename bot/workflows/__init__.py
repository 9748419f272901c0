"""What several commands do alike: one file a job. Handlers use these; they never import each other."""
