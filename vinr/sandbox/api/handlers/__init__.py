"""What each operation does; one function serves both dialects."""
