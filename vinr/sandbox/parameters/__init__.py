"""The parameters of each operation: one model for each, and no other parameter is accepted."""
