"""Measurements of the assistant, each a module that runs on its own or with the others."""
