"""The import of a directory of CSV files: read, validate whole, write in one transaction."""
