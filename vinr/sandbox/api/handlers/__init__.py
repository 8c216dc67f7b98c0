"""What each operation does: the same function for both dialects."""
