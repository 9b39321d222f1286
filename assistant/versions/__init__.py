"""The versions of the recommender: which there are, which is in use, how it holds up."""
