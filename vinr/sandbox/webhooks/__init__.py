"""Webhooks: events are signed and sent to endpoints, with retries."""
