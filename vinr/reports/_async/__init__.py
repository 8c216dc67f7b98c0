"""What reads through an async client: written by hand, ``_sync`` is generated from it."""
