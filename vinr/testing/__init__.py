"""For the tests of those who use vinr: a pytest plugin."""
