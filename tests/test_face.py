"""The public face: cheap to import, documented, and quiet on the network."""

from __future__ import annotations

import subprocess
import sys

import rapallo


def test_importing_it_imports_no_floor():
    code = "import sys, rapallo; print([m for m in sys.modules if m.startswith(('rapallo.', 'spacy'))])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_public_name_is_documented():
    for name in rapallo.__all__:
        doc = getattr(rapallo, name).__doc__
        assert doc
        assert doc.strip().endswith((".", "]", "'", ")")), name
