"""What can be asked: one file a resource, pure functions from arguments to a Call."""
