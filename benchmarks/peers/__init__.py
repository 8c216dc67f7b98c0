"""What becomes of a fault in vinr and in other SDKs: ``python -m benchmarks.peers``."""
