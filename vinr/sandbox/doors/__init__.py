"""The ways in: in process, and over HTTP on this machine."""
