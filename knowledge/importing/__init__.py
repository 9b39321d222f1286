"""Workbooks and documents as business people keep them, into content files: whole or not at all."""
