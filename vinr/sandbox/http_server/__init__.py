"""The sandbox over HTTP, for curl and other languages."""
