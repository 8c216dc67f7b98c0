"""What each operation may be asked: one model an operation, nothing else let through."""
