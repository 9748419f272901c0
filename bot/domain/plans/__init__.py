"""What the company will change: the roadmap, and decisions."""
