"""The same work in the words of each library: one object read, one written, a list walked."""
