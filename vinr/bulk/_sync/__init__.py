"""Bulk work in threads: generated from ``_async``."""
