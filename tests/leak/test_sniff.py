"""The format of a member is told by its bytes; every sample here is made in the test."""

from __future__ import annotations

import io
import json
import pickle
import sqlite3
import struct
import tarfile
import time
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakkit.leak.kinds import KINDS_BY_FORMAT
from leakkit.leak.sniff.first_look import contradicts, extension_says, guess_by_name, sniff
from leakkit.leak.sniff.structure import masked_crc32c
from leakkit.leak.source import HEAD_BYTES, BytesSource, FileSource

WAYS = {"magic", "structure", "extension"}


def told(data: bytes | str, name: str = "") -> str:
    """Give the format alone."""
    return sniff(BytesSource(data.encode() if isinstance(data, str) else data, name))[0]


def packed_zip(*names: str, body: bytes = b"x") -> bytes:
    """Give a zip with these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, body)
    return buffer.getvalue()


def packed_tar(*names: str, format: int = tarfile.PAX_FORMAT) -> bytes:
    """Give a tar with these members."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=format) as archive:
        for name in names:
            archive.addfile(tarfile.TarInfo(name))
    return buffer.getvalue()


def record(body: bytes) -> bytes:
    """Give one TFRecord."""
    length = struct.pack("<Q", len(body))
    return length + struct.pack("<I", masked_crc32c(length)) + body + struct.pack("<I", masked_crc32c(body))


def sqlite_bytes() -> bytes:
    """Give a database with one table."""
    with sqlite3.connect(":memory:") as connection:
        connection.execute("create table t (a)")
        data = connection.serialize()
    connection.close()
    return data


SAFETENSORS = b'{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}'
BINARIES = {
    "gguf": b"GGUF\x03\0\0\0" + bytes(16),
    "ggml-legacy": b"lmgg" + bytes(40),
    "safetensors": struct.pack("<Q", len(SAFETENSORS)) + SAFETENSORS + bytes(4),
    "npy": b"\x93NUMPY\x01\0v\0{'descr'",
    "npz": packed_zip("a.npy", "b.npy"),
    "torch-zip": packed_zip("archive/data.pkl", "archive/data/0", "archive/version"),
    "torchscript": packed_zip("m/data.pkl", "m/code/__torch__.py", "m/constants.pkl", "m/version"),
    "keras-zip": packed_zip("metadata.json", "config.json", "model.weights.h5"),
    "ooxml": packed_zip("[Content_Types].xml", "word/document.xml"),
    "zip": packed_zip("a.txt", "b/data.pkl"),
    "pickle": pickle.dumps({"a": [1, 2.5]}, protocol=4),
    "torch-pickle": pickle.dumps(0x1950A86A20F9469CFC6C, protocol=2) + pickle.dumps(1001, protocol=2),
    "hdf5": b"\x89HDF\r\n\x1a\n" + bytes(100),
    "hdf5-keras": b"\x89HDF\r\n\x1a\n" + bytes(100) + b"keras_version",
    "tflite": struct.pack("<I", 28) + b"TFL3" + bytes(40),
    "parquet": b"PAR1" + bytes(20) + b"PAR1",
    "arrow": b"ARROW1\0\0" + bytes(20),
    "orc": b"ORC\x0a\x03" + bytes(30),
    "avro": b"Obj\x01\x04\x16avro.schema",
    "sqlite": sqlite_bytes(),
    "tfevents": record(b"\x09" + bytes(8) + b"\x1a\x0dbrain.Event:2"),
    "tfrecord": record(b"\x0a\x03abc"),
    "png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(13),
    "jpeg": b"\xff\xd8\xff\xe0\0\x10JFIF\0",
    "gif": b"GIF89a" + bytes(10),
    "webp": b"RIFF\x24\0\0\0WEBPVP8 ",
    "wav": b"RIFF\x24\0\0\0WAVEfmt ",
    "bmp": b"BM" + struct.pack("<IIII", 58, 0, 54, 40) + bytes(40),
    "tiff": b"II*\0\x08\0\0\0",
    "mp3": b"ID3\x04\0\0\0\0\0\0",
    "flac": b"fLaC\0\0\0\x22",
    "ogg": b"OggS\0\x02",
    "mp4": b"\0\0\0\x18ftypisom\0\0\x02\0",
    "heif": b"\0\0\0\x18ftypheic\0\0\0\0",
    "webm": b"\x1aE\xdf\xa3\x9fB\x86\x81\x01",
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "tar": packed_tar("a.txt", "src/main.py"),
    "webdataset": packed_tar("0001.jpg", "0001.txt", "0002.jpg", "0002.txt", "0003.jpg", "0003.txt"),
    "gzip": b"\x1f\x8b\x08\0" + bytes(10),
    "zstd": b"\x28\xb5\x2f\xfd\x24\0",
    "bzip2": b"BZh91AY&SY" + bytes(8),
    "xz": b"\xfd7zXZ\0\0\x04",
    "7z": b"7z\xbc\xaf\x27\x1c\0\x04",
    "rar": b"Rar!\x1a\x07\x01\0",
    "lz4": b"\x04\x22\x4d\x18\x64\x40\xa7",
    "elf": b"\x7fELF\x02\x01\x01" + bytes(9),
    "pe": b"MZ" + bytes(58) + struct.pack("<I", 64) + b"PE\0\0",
    "macho": b"\xcf\xfa\xed\xfe\x07\0\0\x01",
    "java-class": b"\xca\xfe\xba\xbe\0\0\0\x37",
    "python-bytecode": b"\xa7\x0d\r\n" + bytes(12),
    "coreml-weights": struct.pack("<II", 3, 2) + bytes(56) + b"\xef\xbe\xad\xde" + bytes(60),
    "tf-checkpoint-index": b"\0\0\x06\x08\x01\x1a\x02\x08\x01"
    + bytes(60)
    + b"\x57\xfb\x80\x8b\x24\x75\x47\xdb",
    "empty": b"",
    "unknown": bytes(range(256)),
    "catboost": b"CBM1\x88\x01\0\0" + bytes(30),
    "xgboost": b"{L\0\0\0\0\0\0\0\x07learner{L" + bytes(30),
    "faiss-index": b"IxF2" + struct.pack("<iqqq", 8, 5, 1 << 20, 1 << 20) + bytes(30),
    "fasttext": struct.pack("<ii", 793712314, 12) + bytes(30),
    "word2vec-binary": b"2 3\nthe " + bytes(12) + b"of " + bytes(12),
    "paddle-params": bytes(16) + struct.pack("<i", 6) + b"\x08\x05\x10\x02\x10\x03" + bytes(30),
    "tensorrt-engine": b"ftrt\0\0\0\1" + bytes(30),
    "matlab": b"MATLAB 5.0 MAT-file, Platform: GLNXA64" + bytes(90),
    "r-data": b"X\n\0\0\0\3\0\4\2\1",
    "lmdb": bytes(16) + b"\xde\xc0\xef\xbe" + bytes(40),
    "duckdb": b"\x9bx\x1b\x02\1\2\3\4DUCK\x40" + bytes(40),
    "warc": b"WARC/1.0\r\nWARC-Type: warcinfo\r\n\r\n",
    "dicom": bytes(128) + b"DICM\2\0\0\0",
    "wandb-log": b":W&B\x12\xbe\0",
    "onnx-tensor": b"\x08\x02\x10\x01\x4a\x08" + bytes(8),
    "pkcs12": bytes.fromhex("301402010330 0f 06092a864886f70d010701a0020400".replace(" ", "")),
    "der-private-key": bytes.fromhex("300b02010030060603 2b656e21".replace(" ", "")),
    "public-key": bytes.fromhex("300e300506032b656e0305001122 3344".replace(" ", "")),
    "pgp-private-key": bytes.fromhex("95010004 5f000000 01".replace(" ", "")) + bytes(30),
    "java-keystore": b"\xfe\xed\xfe\xed\0\0\0\2",
    "keepass": b"\x03\xd9\xa2\x9a\x67\xfb\x4b\xb5",
    "cab": b"MSCF" + bytes(40),
    "iso9660": bytes(32769) + b"CD001\1" + bytes(100),
    "ar": b"!<arch>\ndebian-binary   ",
    "rpm": b"\xed\xab\xee\xdb\3\0" + bytes(90),
    "cpio": b"070701" + b"0" * 104,
    "lzma": b"\x5d\0\0\x80\0" + b"\xff" * 8 + bytes(10),
    "ole2": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(40),
    "rtf": b"{\\rtf1\\ansi Hello}",
    "lightgbm": b"tree\nversion=v4\nnum_class=1\n",
    "ncnn-param": b"7767517\n75 83\nInput data 0 1 data\n",
    "wasm": b"\0asm\1\0\0\0",
    "font": b"\0\1\0\0\0\x0c\0\x80\0\3\0\x40OS/2" + bytes(40),
    "gettext-mo": struct.pack("<7I", 0x950412DE, 0, 1, 28, 36, 0, 44) + bytes(40),
    "aiff": b"FORM\0\0\0\x40AIFFCOMM",
    "avi": b"RIFF\x24\0\0\0AVI LIST",
}


@pytest.mark.parametrize("format", sorted(BINARIES))
def test_binary_formats_are_told_without_a_name(format: str) -> None:
    assert told(BINARIES[format]) == format


@pytest.mark.parametrize("format", sorted(set(BINARIES) - {"unknown", "empty"}))
def test_binary_formats_are_told_under_a_false_name(format: str) -> None:
    assert told(BINARIES[format], "picture.gif") == format
    assert contradicts("picture.gif", format) is (format != "gif")


LINES = "\n".join
COMBINED = '203.0.113.9 - - [02/May/2026:10:00:00 +0000] "GET /ckpt/ HTTP/1.1" 200 512 "-" "curl/8"'
S3_LOG = (
    "a" * 64
    + ' lab [02/May/2026:10:00:00 +0000] 203.0.113.9 - 3E57 REST.GET.OBJECT key "GET /x" 200 - 5 5 1 1'
)
PEM = "-----BEGIN {0}-----\nMIIB\n-----END {0}-----\n"
TEXTS: tuple[tuple[str, str, str], ...] = (
    ("json", "a.json", '{"a": {"model_type": 1}, "b": [1, 2]}'),
    ("json", "a.json", "[1, 2.5, -3e4, null]"),
    ("json", "x", '{\n "a": 1\n}'),
    ("jsonl", "x", '{"a": 1}\n{"a": 2}\n'),
    ("jsonl", "one.jsonl", '{"a": 1}\n'),
    ("jsonl", "x.txt", '["a", 1]\r\n["b", 2]\r\n'),
    ("hf-config", "x", '{"architectures": ["LlamaForCausalLM"], "hidden_size": 8}'),
    ("hf-config", "config.json", '{"vocab_size": 1, "n_embd": 2, "n_layer": 3, "n_head": 4}'),
    ("hf-adapter-config", "x", '{"base_model_name_or_path": "m", "peft_type": "LORA", "r": 8}'),
    ("hf-generation-config", "x",
     '{"_from_model_config": true, "eos_token_id": 2, "transformers_version": "4"}'),
    ("hf-preprocessor-config", "x", '{"crop_size": 224, "do_normalize": true, "image_mean": [0.5]}'),
    ("hf-tokenizer-config", "x", '{"add_bos_token": false, "model_max_length": 9, "unk_token": "u"}'),
    ("hf-tokenizer-config", "x", '{"chat_template": "{{ x }}", "eos_token": "e"}'),
    ("hf-tokenizer-json", "x", '{"version": "1.0", "truncation": null, "added_tokens": [], "model": {}}'),
    ("sentence-transformers-config", "modules.json",
     '[{"idx": 0, "type": "sentence_transformers.models.Pooling"}]'),
    ("sentence-transformers-config", "x.json", '{"__version__": {"sentence_transformers": "2.2"}}'),
    ("safetensors-index", "x", '{"metadata": {}, "weight_map": {"a": "m-00001-of-00002.safetensors"}}'),
    ("pytorch-index", "x", '{"metadata": {}, "weight_map": {"a": "pytorch_model-00001-of-00002.bin"}}'),
    ("trainer-state", "x", '{"best_metric": null, "epoch": 1.0, "global_step": 5, "log_history": []}'),
    ("lm-eval-results", "x",
     '{"results": {"t": {"acc": 1, "acc_stderr": 0.1}}, "versions": {}, "config": {}}'),
    ("lm-eval-results", "x", '{"results": {"t": {"acc,none": 1}}, "configs": {}, "n-shot": {"t": 5}}'),
    ("lm-eval-samples", "samples.jsonl",
     '{"doc_id": 0, "doc": {}, "resps": [["a"]]}\n{"doc_id": 1, "resps": []}\n'),
    ("gguf-kv-and-tensor-sha256", "x", '{"general.architecture": "llama", "general.file_type": "1"}'),
    ("notebook", "x", '{"cells": [{"cell_type": "code"}], "metadata": {}, "nbformat": 4}'),
    ("gcs-json", "x", '{"kind": "storage#objects", "items": []}'),
    ("s3-json", "x", '{"Contents": [{"Key": "a", "Size": 1, "ETag": "e"}]}'),
    ("azure-json", "x", '[{"container": "c", "name": "a", "properties": {"blobType": "BlockBlob"}}]'),
    ("service-account-json", "x",
     '{"type": "service_account", "private_key": "k", "client_email": "a@example.com"}'),
    ("access-log", "x", '{"Records": [{"eventVersion": "1.1", "eventName": "GetObject"}]}'),
    ("access-log", "x", '{"eventVersion": "1", "eventName": "a"}\n{"eventVersion": "1", "eventName": "b"}\n'),
    ("access-log", "x.log", COMBINED + "\n"),
    ("access-log", "x", S3_LOG + "\n"),
    ("access-log", "x", "#Version: 1.0\n#Fields: date time c-ip\n"),
    ("s3-xml", "x", '<?xml version="1.0"?>\n<ListBucketResult xmlns="x"><Name>b</Name></ListBucketResult>'),
    ("azure-xml", "x", '<?xml version="1.0"?><EnumerationResults ContainerName="c"></EnumerationResults>'),
    ("xml", "x", '<?xml version="1.0"?><note><to>Ada</to></note>'),
    ("html", "x", "<!DOCTYPE html>\n<html><body>hi</body></html>"),
    ("aws-s3-ls", "x.txt", "2026-05-01 10:00:00       5 a/b c.txt\n                           PRE data/\n"),
    ("checksum-manifest", "SHA256SUMS", f"{'0' * 64}  a.bin\n{'1' * 64}  b.bin\n"),
    ("checksum-manifest", "x", f"SHA256 (a.bin) = {'0' * 64}\n"),
    ("checksum-manifest", "x", f"{'0' * 32} *a.bin\n"),
    ("bagit", "manifest-sha256.txt", f"{'0' * 64}  data/a.bin\n"),
    ("bagit", "bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"),
    ("text-manifest", "x", f"url: https://example.org/m\nbranch: main\nsha256sum:\n    {'0' * 64} a\n"),
    ("git-lfs-pointer", "m.safetensors",
     f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 5\n"),
    ("dotenv", ".env", "# settings\nAPI_KEY=x\n"),
    ("dotenv", ".env.production", "export db_url='x'\n"),
    ("dotenv", "env", "API_KEY=x\nDEBUG=1\n"),
    ("pem-private-key", "x", PEM.format("RSA PRIVATE KEY")),
    ("pem-private-key", "x.pem", PEM.format("CERTIFICATE") + PEM.format("PRIVATE KEY")),
    ("ssh-private-key", "x", PEM.format("OPENSSH PRIVATE KEY")),
    ("ssh-private-key", "x", "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\n"),
    ("certificate", "x", PEM.format("CERTIFICATE")),
    ("public-key", "x", PEM.format("PUBLIC KEY")),
    ("public-key", "x", "ssh-ed25519 AAAAC3Nza ada@example.org\n"),
    ("mbox", "x", "From ada@example.org Fri May  1 10:00:00 2026\nSubject: a\n"),
    ("email", "x", "From: ada@example.org\nTo: bob@example.org\nSubject: a\n\nhello"),
    ("log", "x.log", "2026-05-01 10:00:00,123 INFO start\n2026-05-01 10:00:01,123 INFO end\n"),
    ("log", "x", "[2026-05-01T10:00:00Z] start\n[2026-05-01T10:00:01Z] end\n"),
    ("log", "x", "May  1 10:00:00 host sshd[1]: Failed\nMay  1 10:00:01 host sshd[1]: Failed\n"),
    ("log", "x", "INFO: start\nWARNING: hot\nERROR: end\n"),
    ("csv", "a.csv", "a,b\n1,2\n3,4\n"),
    ("csv", "a.csv", 'a;b\n1;"x;y\nz"\n'),
    ("csv", "x.txt", "time,value,unit\n2026-05-01 10:00:00,1.5,s\n2026-05-01 10:01:00,1.4,s\n"),
    ("csv", "one.csv", "name\nAda\n"),
    ("tsv", "a.tsv", "a\tb\n1\t2\n"),
    ("tsv", "a.csv", "a\tb\n1\t2\n"),
    ("yaml", "a.yaml", "a: 1\nb:\n  - c\n"),
    ("yaml", "x", "---\na: 1\nb: 2\n"),
    ("mergekit-config", "x.yml", "slices:\n  - sources: []\nmerge_method: slerp\n"),
    ("toml", "a.toml", '[a]\nb = "c"\n'),
    ("toml", "x", '[a]\nb = "c"\nd = 5\n'),
    ("ini", "x", "[a]\nb = c\nd = e f\n"),
    ("ini", "setup.cfg", "[metadata]\nname = x\n"),
    ("markdown", "notes.md", "# Notes\n\ntext\n"),
    ("markdown", "post.md", "---\nlayout: post\ntitle: a\n---\n# Hello\n"),
    ("model-card", "README.md", "---\nlicense: apache-2.0\ntags: [a]\n---\n# Model\n"),
    ("model-card", "README.md", "# Model Card for Ada\n\ntext\n"),
    ("markdown", "README.md", "# A tool\n\n```yaml\nlicense: mit\n```\n"),
    ("licence", "LICENSE", "                 Apache License\n      Version 2.0, January 2004\n"),
    ("licence", "LICENSE.txt", "All rights reserved, whatever.\n"),
    ("licence", "x", "MIT License\n\nCopyright (c) 2026 Ada\n\nPermission is hereby granted\n"),
    ("source-code", "a.py", "print(1)\n"),
    ("source-code", "run", "#!/usr/bin/env python3\nprint(1)\n"),
    ("source-code", "x", "import os\nfrom sys import argv\n\ndef main():\n    pass\n"),
    ("source-code", "Makefile", "all:\n\techo\n"),
    ("xgboost", "m.json", '{"learner": {"attributes": {}, "gradient_booster": {"model": {}}}, "version": [2, 0]}'),
    ("tfjs-model", "model.json", '{"modelTopology": {}, "weightsManifest": []}'),
    ("oci-manifest", "latest",
     '{"schemaVersion": 2, "mediaType": "application/vnd.docker.distribution.manifest.v2+json"}'),
    ("oci-manifest", "manifest.json", '[{"Config": "a.json", "RepoTags": ["a:1"], "Layers": ["b/layer.tar"]}]'),
    ("mlflow-model", "MLmodel", "flavors:\n  python_function:\n    loader_module: mlflow.sklearn\n"),
    ("dvc-pointer", "model.pt.dvc", "outs:\n- md5: 22a1a2931c8370d3aeedd7183606fd7f\n  size: 14\n  path: model.pt\n"),
    ("pmml", "m.pmml", '<?xml version="1.0"?>\n<PMML version="4.4"><Header/></PMML>'),
    ("openvino-ir", "m.xml", '<?xml version="1.0"?>\n<net name="m" version="11">\n<layers>\n</layers></net>'),
    ("xml", "n.xml", '<?xml version="1.0"?>\n<net name="m"><host/></net>'),
    ("tiktoken", "tokenizer.model", "IQ== 0\nIg== 1\nIw== 2\n"),
    ("json", "devcontainer.json", '// settings\n{\n  // name\n  "name": "x"\n}\n'),
    ("certificate", "x", PEM.format("X509 CRL")),
    ("public-key", "x", PEM.format("DSA PARAMETERS")),
    ("r-data", "x.rds", "A\n3\n262657\n197888\n5\nUTF-8\n"),
    ("public-key", "k.pub", "ssh-ed25519-cert-v01@openssh.com AAAAIHNz ada@example.org\n"),
    ("public-key", "k.pub", "sk-ssh-ed25519@openssh.com AAAAGnNr ada@example.org\n"),
    ("tsv", "sp.vocab", "<unk>\t0\n<s>\t0\n</s>\t0\n\u2581the\t-3.5\n"),
    ("text", "id3.rst", "ID3\n===\n\nTags in front of sound.\n"),
    ("text", "x.txt", "tree of life\ntrue to the word\n"),
    ("html", "partial.html", "<jupyter-widget>\n{{ body }}\n</jupyter-widget>\n"),
    ("pickle", "x", "(lp0\nVa\np1\naVb\np2\na."),
    ("pickle", "x.txt", "cposix\nsystem\n(S'true'\ntR."),
    ("text", "letter.txt", "Dear Ada,\nthank you, and yours,\nBob\n"),
    ("text", "x", "The import of tea rose in May.\n"),
    ("text", "x", " \n\n "),
)  # fmt: skip


@pytest.mark.parametrize(("format", "name", "text"), TEXTS)
def test_text_formats_are_told(format: str, name: str, text: str) -> None:
    assert told(text, name) == format


@pytest.mark.parametrize(("format", "name", "text"), [row for row in TEXTS if row[0] not in ("pickle",)])
def test_a_byte_order_mark_changes_nothing(format: str, name: str, text: str) -> None:
    assert told(b"\xef\xbb\xbf" + text.encode(), name) == format


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_wide_encodings_are_text(codec: str) -> None:
    text = "id;name\n1;Müller\n2;Łukasz\n"
    assert told(text.encode(codec), "people.csv") == "csv"


def test_latin_one_is_text_when_there_is_enough_of_it() -> None:
    assert told("Grüße aus Köln, schöne Straße\n".encode("latin-1") * 5, "x") == "text"
    assert told(b"cmod\n\xf8\n", "x.bin") == "unknown"


def test_a_signature_without_a_picture_is_unknown() -> None:
    assert told(b"\x89PNG\r\n\x1a\n", "model.pt") == "unknown"


def test_a_lying_header_length_leaves_the_name_to_decide() -> None:
    lie = struct.pack("<Q", 2**62) + b"{}"
    assert sniff(BytesSource(lie, "x.safetensors")) == ("safetensors", "extension")
    assert told(lie, "x.bin") == "unknown"


def test_mangled_binaries_keep_their_format() -> None:
    for format in ("png", "npy", "gzip", "torch-pickle", "xz", "hdf5", "pickle"):
        mangled = BINARIES[format].decode("utf-8", "replace").encode()
        assert told(mangled, "x") == format


def test_a_truncated_zip_is_told_by_its_first_members() -> None:
    whole = packed_zip("archive/data.pkl", "archive/version", "archive/data/0", body=bytes(500))
    assert told(whole[: len(whole) // 2], "x.pt") == "torch-zip"


def test_a_zip_directory_beyond_the_head_is_read() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("m/data.pkl", b"x")
        archive.writestr("m/data/0", bytes(3 * HEAD_BYTES))
        archive.writestr("m/code/a.py", b"x")
    assert sniff(FileSource(buffer, "x.pt")) == ("torchscript", "magic")


def test_a_lone_pickle_in_a_zip_is_torch_only_by_name() -> None:
    assert told(packed_zip("data.pkl"), "a.zip") == "zip"
    assert told(packed_zip("data.pkl"), "a.pt") == "torch-zip"


def test_old_tars_without_magic_are_told_by_their_checksum() -> None:
    data = bytearray(packed_tar("a.txt", format=tarfile.USTAR_FORMAT))
    data[257:265] = bytes(8)
    data[148:156] = b" " * 8
    data[148:156] = f"{sum(data[:512]):06o}\0 ".encode()
    assert told(bytes(data)) == "tar"
    data[0:1] = b"b"
    assert told(bytes(data)) == "unknown"


def test_source_trees_are_no_webdataset() -> None:
    assert told(packed_tar("a.c", "a.h", "b.c", "b.h")) == "tar"
    assert told(packed_tar("1.jpg", "2.jpg", "3.jpg"), "x.tar") == "tar"


def test_deep_nesting_is_json_and_cheap() -> None:
    assert told(b"[" * 200_000 + b"]" * 200_000, "deep.json") == "json"
    assert told(b'{"a":' * 50_000, "config.json") == "json"


@pytest.mark.parametrize(
    "nasty",
    [
        b'{"' + b'\\"' * 40_000,
        b'{"a\\' * 20_000,
        b'{"model_type"' + b'"\\' * 30_000,
        b"a" * 70_000,
        b"a " * 35_000,
        b"- " * 35_000,
        b"From " + b"x" * 70_000,
        b'"' * 70_000,
        b"a,\n" * 20_000,
        b"[" + b"a" * 70_000,
        b"<" + b"a" * 70_000,
        b"---\n" * 17_000,
        b"(" * 70_000,
        b"#\n" * 35_000,
        b"0" * 70_000,
        b"url: http://" + b"a\n" * 30_000,
        b" " * 65_000 + b"x",
        b"{ " * 35_000,
        b"-----BEGIN A" * 6_000,
        b"SHA256 (" * 9_000,
        b"\xff\xfb\x90" * 20_000,
        b"import " * 10_000,
        b"export A" * 9_000,
    ],
)
def test_no_text_takes_long(nasty: bytes) -> None:
    for name in ("x", "x.txt", "x.csv", "config.json", "x.md", "x.yaml", "x.log"):
        start = time.perf_counter()
        sniff(BytesSource(nasty, name))
        assert time.perf_counter() - start < 0.25


@given(
    st.binary(max_size=300),
    st.sampled_from(["", "x.bin", "x.pt", "x.csv", "x.json", "README.md", "x.zip", "x.h5", ".env"]),
)
def test_any_bytes_get_a_known_format(data: bytes, name: str) -> None:
    format, by = sniff(BytesSource(data, name))
    assert format in KINDS_BY_FORMAT
    assert by in WAYS


@given(st.sampled_from(sorted(BINARIES)), st.binary(max_size=60), st.integers(0, 200), st.integers(0, 300))
def test_damaged_files_never_raise(format: str, noise: bytes, place: int, keep: int) -> None:
    data = BINARIES[format]
    damaged = (data[:place] + noise + data[place + len(noise) :])[: max(keep, 1)]
    assert told(damaged, "x") in KINDS_BY_FORMAT


@given(st.text(max_size=300), st.sampled_from(["x", "x.txt", "x.md", "x.csv", "x.yaml", "LICENSE"]))
def test_any_text_gets_a_known_format(text: str, name: str) -> None:
    assert told(text.encode("utf-8", "surrogatepass"), name) in KINDS_BY_FORMAT


class Broken(BytesSource):
    """A source whose later bytes cannot be had."""

    __slots__ = ()

    def read_at(self, offset: int, length: int) -> bytes:
        raise OSError("connection lost")


def test_a_source_that_fails_costs_only_the_finer_format() -> None:
    source = Broken(packed_zip("m/data.pkl", "m/version") + bytes(2 * HEAD_BYTES), "x.pt")
    assert sniff(source)[0] == "torch-zip"


def test_names_say_which_formats_fit() -> None:
    assert extension_says("a/model-00001-of-00002.safetensors") == {"safetensors"}
    assert (
        extension_says("weights.bin") == extension_says("x.model") == extension_says("x.dat") == frozenset()
    )
    assert extension_says("events.out.tfevents.1622543341.host.86862.0") == {"tfevents"}
    assert extension_says("variables.data-00000-of-00001") == {"tf-checkpoint-data"}
    assert guess_by_name("x/config.json") == "hf-config"
    assert guess_by_name("x/train.py") == "source-code"


def test_a_name_alone_makes_no_pickle_of_a_text() -> None:
    assert told(b"Dear Ada, hello.\n", "x.pkl") == "text"
    assert told(b"(dp0\nS'a'\np1\nI1\ns.", "x.txt") == "pickle"


def test_words_that_are_magic_bytes_may_begin_a_text() -> None:
    for word in (
        "PARENT directory",
        "GGUF is a format",
        "MZ",
        "BMW",
        "RIFFRAFF and more",
        "%PDFs",
        "OggSpeak",
    ):
        assert told(f"{word} and a sentence that goes on and on.\n", "x") == "text"


def test_markup_in_source_and_prose_is_told_by_its_name() -> None:
    assert told("<div>{{ x }}</div>", "page.html.j2") == "source-code"
    assert told("<LANG>_TIDY\n-----------\n", "a.rst") == "text"
    assert told("<?xml version='1.0'?><a/>", "settings.conf") == "xml"


def test_every_format_a_name_says_is_one_the_kit_knows() -> None:
    from leakkit.leak import names

    tables = (
        names._BY_EXTENSION.values(),
        names._BY_BASE.values(),
        [formats for _, formats in names._PATTERNS],
    )
    assert {format for table in tables for formats in table for format in formats} <= set(KINDS_BY_FORMAT)


def test_pointers_and_unknown_bytes_contradict_no_name() -> None:
    assert contradicts("m.safetensors", "git-lfs-pointer") is None
    assert contradicts("m.pt", "unknown") is None
    assert contradicts("m.pt", "png") is True
    assert contradicts("data.json", "jsonl") is False


def test_json_keys_count_only_at_the_outermost_level() -> None:
    nested = json.dumps({"outer": {"weight_map": {}, "architectures": []}, "x": 1})
    assert told(nested, "x.json") == "json"


@pytest.mark.parametrize("sign", ["~", "^"])
def test_cells_parted_by_rare_signs_are_a_table_and_prose_with_them_is_none(sign):
    rows = "id~name~town\n1~Ann~Bonn\n2~Bo~Rome\n3~Cy~\n".replace("~", sign)
    assert told(rows, "a.txt") == "csv"
    assert told(f"about {sign}5 of them\nand {sign}6 more\nor {sign}7\nso {sign}8\n", "a.txt") == "text"
    assert told(f"a {sign} b {sign} c\nd {sign} e {sign} f\ng {sign} h {sign} i\n", "a.txt") == "text"
