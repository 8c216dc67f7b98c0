"""Clients for sync code."""
