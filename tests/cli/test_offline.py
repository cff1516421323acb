"""The main job never touches the network."""

from __future__ import annotations

import json


def test_a_brief_opens_no_socket(run, example, socket_disabled, tmp_path):
    ran = run("brief", example, "--html", tmp_path / "brief.html")
    assert ran.code == 0, ran.err
    assert json.loads(ran.out)["claims"]
