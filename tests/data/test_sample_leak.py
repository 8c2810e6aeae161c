"""The invented leak: made again from its seed it is the same, and its truth covers every member.

Compared byte for byte, except where a library's version shows in the bytes: Parquet, Arrow and SQLite files
are compared by their rows, gzip (and what holds one of these) by what is inside.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import pickletools
import re
import subprocess
import sys
import zipfile

import numpy as np
import pandas as pd
import pytest

from data.make_sample_leak.build import build, csv_text, people_frame, truth_frame, truth_tables, write
from data.make_sample_leak.pickle_files import WOULD_RUN
from leakkit import bundled
from tests.data.sample_text import files, members, records

BY_ROWS = {"parquet", "arrow", "sqlite"}
LARGEST = 10 * 2**20


@pytest.fixture(scope="module")
def again():
    return build(seed=20260)


@pytest.fixture(scope="module")
def other():
    return build(seed=7, scale=0.1)


def test_same_seed_gives_the_same_files(again, held, truth):
    formats = dict(zip(truth["path"], truth["format"], strict=True))
    assert sorted(again.files) == sorted(path for path in held if "!/" not in path)
    for path, data in again.files.items():
        if formats[path] in BY_ROWS and "part" not in path:
            assert list(records(formats[path], data)) == list(records(formats[path], held[path])), path
        elif formats[path] not in {"gzip"} | BY_ROWS:
            assert data == held[path], path


def test_same_seed_gives_the_same_content_in_archives(again, held, truth, tmp_path):
    write(again, tmp_path / "sample_leak", tmp_path)
    formats = dict(zip(truth["path"], truth["format"], strict=True))
    fresh = members(files(tmp_path / "sample_leak"), formats)
    assert sorted(fresh) == sorted(held)
    for path in (path for path in fresh if "!/" in path):
        if formats[path] in BY_ROWS:
            assert list(records(formats[path], fresh[path])) == list(records(formats[path], held[path]))
        elif formats[path] != "zip":  # a zip that holds a Parquet
            assert fresh[path] == held[path]


def test_same_seed_gives_the_same_truth(again, truth):
    fresh = pd.read_csv(io.BytesIO(csv_text(truth_frame(again))), dtype={"n_params": "Int64"})
    fresh = fresh.fillna({"licence": "", "planted": ""})
    of_version = ["size", "sha256"]  # of Parquet and gzip they depend on a library
    pd.testing.assert_frame_equal(fresh.drop(columns=of_version), truth.drop(columns=of_version))
    for name, frame in truth_tables(again).items():
        packed = bundled.data_path("sample_leak_truth") / f"{name}.csv.gz"
        stored = (
            gzip.decompress(packed.read_bytes()) if packed.is_file() else packed.with_suffix("").read_bytes()
        )
        assert csv_text(frame) == stored, name


def test_the_command_line_writes_what_the_functions_give(tmp_path):
    command = [sys.executable, "-m", "data.make_sample_leak", "--seed", "7", "--scale", "0.1", "--out"]
    done = subprocess.run(
        [*command, str(tmp_path / "leak")],
        cwd=bundled.data_path().parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert re.match(r"\d+ files, [\d,]+ bytes in ", done.stdout)
    assert (tmp_path / "leak_truth.csv").is_file()
    assert (tmp_path / "leak_truth" / "people.csv.gz").is_file()


def test_the_generator_does_not_delete_a_folder_that_is_no_sample(tmp_path, other):
    (tmp_path / "mine.txt").write_text("kept")
    with pytest.raises(SystemExit, match="no sample leak"):
        write(other, tmp_path, tmp_path / "truth")
    assert (tmp_path / "mine.txt").read_text() == "kept"


def test_another_seed_gives_other_people_at_the_chosen_scale(again, other):
    first, second = people_frame(again), people_frame(other)
    assert 150 < len(second) < 300 < len(first)
    assert set(first["born"].head(50)) != set(second["born"].head(50))
    assert (
        other.files["models/tern-0.6m-base/config.json"] == again.files["models/tern-0.6m-base/config.json"]
    )
    shard = "models/tern-0.6m-base/model-00001-of-00002.safetensors"
    assert other.files[shard] != again.files[shard]


def test_truth_has_a_row_for_every_member(truth, held):
    assert truth["path"].is_unique
    assert sorted(truth["path"]) == sorted(held)
    sums = {path: hashlib.sha256(data).hexdigest() for path, data in held.items()}
    assert dict(zip(truth["path"], truth["sha256"], strict=True)) == sums
    assert dict(zip(truth["path"], truth["size"], strict=True)) == {
        path: len(data) for path, data in held.items()
    }


def test_truth_uses_the_words_of_the_artifacts_frame(truth):
    kinds = "weights config tokenizer evaluation log dataset secret source_code document archive other"
    assert set(truth["kind"]) <= set(kinds.split())
    assert set(truth["danger"]) <= {"yes", "review", "none_found"}
    assert set(truth["status"]) <= {"ok", "corrupt", "truncated", "refused", "limit"}
    assert truth.loc[~truth["present"], "format"].tolist() == ["git-lfs-pointer"]


def test_the_leak_is_small_and_every_system_can_check_it_out(held):
    files = [path for path in held if "!/" not in path]
    assert sum(len(held[path]) for path in files) < LARGEST
    assert not [path for path in files if re.search(r'[<>:"|?*\\\x00-\x1f]|[ .](/|$)', path)]
    assert len({path.lower() for path in files}) == len(files)
    assert max(map(len, files)) < 120
    assert not [path for path in bundled.sample_leak().rglob("*") if path.is_symlink()]


def test_hostile_names_stand_inside_archives(held):
    names = [path.split("!/", 1)[1] for path in held if "!/" in path]
    assert any("<script>" in name for name in names)
    assert any("\\x1b[" in name for name in names)
    assert any(name.startswith("=cmd()") for name in names)
    assert any(name.startswith("../") for name in names)
    assert b"/tmp/invented_absolute.txt" in held["uploads/climber.tar"]  # shown without its leading slash


def test_the_leak_says_in_every_folder_that_it_is_invented(held):
    told = {path.rsplit("/", 1)[0] for path, data in held.items() if b"INVENTED" in data and "!/" not in path}
    folders = {path.rsplit("/", 1)[0] for path in held if "/" in path and "!/" not in path}
    above = {
        folder for folder in folders if not any((folder + "/").startswith(known + "/") for known in told)
    }
    assert {folder.split("/")[0] for folder in above} <= {
        "src",
        "models",
    }  # licence headers, and a lone pointer
    assert b"invented" in held["src/train/loader.py"]


def test_the_pickle_would_run_a_command_and_is_never_loaded(held):
    seen = [(op.name, arg) for op, arg, _ in pickletools.genops(held["models/classifiers/label_encoder.pkl"])]
    assert ("GLOBAL", "posix system") in seen
    assert ("BINUNICODE", WOULD_RUN) in seen
    assert [name for name, _ in seen][-2:] == ["REDUCE", "STOP"]
    assert WOULD_RUN.startswith("echo INVENTED") and not re.search(r"[;&|`$<>]", WOULD_RUN)


def test_the_torch_zip_imports_only_what_torch_needs(held):
    with zipfile.ZipFile(io.BytesIO(held["models/classifiers/toxicity_head.pt"])) as archive:
        pickle = archive.read("toxicity_head/data.pkl")
        sizes = {name: archive.getinfo(name).file_size for name in archive.namelist()}
    names = {arg for op, arg, _ in pickletools.genops(pickle) if op.name == "GLOBAL"}
    assert names == {"torch FloatStorage", "torch._utils _rebuild_tensor_v2", "collections OrderedDict"}
    assert sizes["toxicity_head/data/0"] == 96 * 32 * 4


def _weights(held, folder):
    data = held[f"{folder}/model-00001-of-00002.safetensors"]
    length = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + length])
    out = {}
    for name, entry in header.items():
        if name != "__metadata__":
            start, end = (8 + length + place for place in entry["data_offsets"])
            words = np.frombuffer(data[start:end], "<u2").astype("<u4") << 16
            out[name] = words.view("<f4").reshape(entry["shape"])
    return out


@pytest.mark.parametrize(
    ("folder", "low", "high"), [("tern-0.6m-support", 0.99, 1.0), ("gull-0.6m-base", -0.05, 0.05)]
)
def test_the_fine_tune_is_near_its_base_and_the_stranger_is_not(held, folder, low, high):
    base, child = _weights(held, "models/tern-0.6m-base"), _weights(held, f"models/{folder}")
    for name in (name for name in base if base[name].ndim == 2):
        a, b = base[name], child[name]
        cosine = np.median((a * b).sum(1) / np.linalg.norm(a, axis=1) / np.linalg.norm(b, axis=1))
        assert low < cosine <= high, name


def test_claims_are_true_of_what_is_here(held):
    claims = bundled.sample_truth("claimed")
    here = claims[claims["in_leak"]]
    assert (here["size"] == here["path"].map(lambda path: len(held[path]))).all()
    summed, listed = here[here["sha256"] != ""], here[here["etag"] != ""]
    assert (summed["sha256"] == summed["path"].map(lambda path: hashlib.sha256(held[path]).hexdigest())).all()
    assert (
        listed["etag"]
        == listed["path"].map(lambda p: hashlib.md5(held[p], usedforsecurity=False).hexdigest())
    ).all()
    absent = claims[~claims["in_leak"]]
    assert {
        "models/tern-7b-preview/model-00003-of-00009.safetensors",
        "models/gguf/tern-embed-mangled.gguf",
    } <= set(absent["path"])


def test_the_mangled_file_is_full_of_replacement_characters(held):
    mangled = held["models/gguf/tern-embed-mangled.gguf"]
    assert mangled.startswith(b"GGUF") and mangled.count("\ufffd".encode()) > 1_000
    assert mangled.decode()  # valid UTF-8 now, which no binary is
