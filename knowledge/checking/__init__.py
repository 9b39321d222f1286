"""What the owner of the content is told about it, one kind of finding a module."""
