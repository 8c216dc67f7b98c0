"""The inspector: what is in a sandbox, as pages for a browser on this machine."""
