"""Clients: who may see them, what they hold, what they do with the bank."""
