"""What was suggested, what became of it, and what that says."""
