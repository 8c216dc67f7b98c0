"""Faults on demand: what may go wrong, the plans that say when, and how a request meets one."""
