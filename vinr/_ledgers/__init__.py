"""Reads the ledgers of all members of a program, for reports and exports."""
