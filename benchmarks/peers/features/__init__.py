"""What vinr and other SDKs can do, each found out by doing it."""
