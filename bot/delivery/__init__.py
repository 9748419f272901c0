"""What the bot sends by itself: durable jobs, pacing, and what is asked of a platform."""
