"""Finding the entry that answers a question."""
