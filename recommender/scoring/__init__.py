"""All clients at once: blocks in, Parquet out, on one machine or on many.

Data flows one way::

    folder → split (parts, joined by client) → part → blocks → score_block → columns → Parquet
    local (processes) and spread (Dask) run the same function for every part
"""
