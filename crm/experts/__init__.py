"""Experts and the requests made to them."""
