"""The loop that fills gaps in the knowledge: noted, sorted, owned, answered, told."""
