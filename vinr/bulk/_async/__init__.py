"""Bulk work in tasks: written by hand, ``_sync`` is generated from it."""
