"""What comes back: one file an object."""
