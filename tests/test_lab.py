"""JupyterLab as we start it: loopback, no news, copies of notebooks that keep their edits."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from leakkit import lab
from leakkit.errors import BadOutputError, MissingExtraError


def test_the_lab_listens_on_loopback_and_asks_nobody_for_news(tmp_path):
    pytest.importorskip("jupyterlab")
    command = lab.lab_command(tmp_path, browser=False, port=8899)
    assert "--ServerApp.ip=127.0.0.1" in command
    assert "--LabApp.news_url=None" in command
    assert "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate" in command
    assert "--no-browser" in command
    settings = Path(lab.lab_environment()["JUPYTER_CONFIG_PATH"].split(os.pathsep)[0])
    page = json.loads((settings / "labconfig" / "page_config.json").read_text(encoding="utf-8"))
    assert page["disabledExtensions"] == {"@jupyterlab/apputils-extension:announcements": True}


def test_copies_of_notebooks_are_made_once_and_edits_are_kept(tmp_path):
    folder = tmp_path / "mine"
    copied = lab.copy_notebooks(folder)
    assert "02_exposure_scope.ipynb" in copied
    assert lab.copy_notebooks(folder) == []
    edited = folder / copied[0]
    edited.write_text("my own words", encoding="utf-8")
    asked = []
    assert lab.copy_notebooks(folder, lambda name: asked.append(name) or False) == []
    assert asked == [copied[0]]
    assert edited.read_text(encoding="utf-8") == "my own words"
    assert lab.copy_notebooks(folder, lambda _: True) == [copied[0]]
    assert edited.read_text(encoding="utf-8") != "my own words"


def test_notebooks_cannot_be_copied_onto_a_file(tmp_path):
    (tmp_path / "mine").write_text("x", encoding="utf-8")
    with pytest.raises(BadOutputError, match="found the file"):
        lab.copy_notebooks(tmp_path / "mine")


def test_without_jupyterlab_the_error_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r'pip install "leakkit\[lab\]"'):
        lab.lab_command(tmp_path)
