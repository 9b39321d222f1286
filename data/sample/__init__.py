"""Generator of the invented sample bank: ``python -m data.sample --out DIR``."""
