"""What a call costs, beside bare httpx and other SDKs: ``make benchmark``."""
