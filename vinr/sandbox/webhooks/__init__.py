"""Webhooks: the sandbox's events, signed and sent to endpoints, again and again if need be."""
