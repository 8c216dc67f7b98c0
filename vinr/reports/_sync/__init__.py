"""What reads through a blocking client: generated from ``_async``."""
