"""How in-process requests reach a sandbox: from clients of its own, and from httpx."""
