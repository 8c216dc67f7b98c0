"""What can be asked of VINR: one file a resource, pure functions from arguments to a Call."""
