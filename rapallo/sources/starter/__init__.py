"""The starter record: dated, cited facts as YAML that a scholar can correct, and their strict reader.

The format is described in ``README.md`` beside the files.
"""

from rapallo.sources.starter.reader import RELEASE, SOURCE, load, read

__all__ = ["RELEASE", "SOURCE", "load", "read"]
