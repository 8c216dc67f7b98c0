"""How requests of httpx clients in the same process reach a sandbox."""
