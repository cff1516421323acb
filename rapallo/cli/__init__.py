"""The command line: thin, and over the same functions as the Python face."""

from rapallo.cli.app import main

__all__ = ["main"]
