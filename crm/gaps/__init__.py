"""Questions that had no right answer, from the asking to the telling."""
