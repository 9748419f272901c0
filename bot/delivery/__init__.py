"""The outbox at work: queue, pace, send, look up, change, take back. The queue is at the bottom, the bodies of its tasks on top."""
