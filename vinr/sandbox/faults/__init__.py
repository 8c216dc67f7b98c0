"""Planned faults: the kinds there are, and which requests get one."""
