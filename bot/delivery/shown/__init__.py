"""What a copy shows: by its subject, as things stand, to whom may see it."""
