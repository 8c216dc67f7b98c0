"""The inspector: pages that show what is in a sandbox, for a browser on this machine."""
