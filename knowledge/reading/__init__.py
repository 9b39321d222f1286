"""Content files as their owners write them, into our own classes, with every fault's place."""
