"""Clients, resources, pages and driver for ``async`` code; ``_sync`` is generated from here."""
