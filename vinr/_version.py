"""The version of the package."""

__version__ = "0.1.0"
"""As of the wheel, such as ``1.2.3``."""
