"""Questions that no entry answers: which of them ask the same."""
