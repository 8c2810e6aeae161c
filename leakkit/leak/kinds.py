"""What a format is for, which VERIS data variety that is, and how sensitive it is taken to be.

The variety is spelled as in VERIS 1.4.1 (``attribute.confidentiality.data.variety``). The sensitivity is
leakkit's own rule, not a standard's; it orders what to look at first:

- ``critical``: credential material (private keys, environment files, service accounts),
- ``high``: weights, mail and chat, tables that by their name hold people,
- ``moderate``: internal logs, evaluations, settings, source code, other data and documents,
- ``low``: what is mostly made to be published (licences, model cards, web pages) and pointers without bytes,
- ``unknown``: what was not looked into (pictures, archives, programs, unknown bytes).

It is told by format and name only. A look at the content may raise it, and nothing here says that a
member is harmless.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from leakkit.leak.names import guess_by_name, split_name


class Kind(NamedTuple):
    """What it is for, VERIS variety, sensitivity."""

    kind: str
    veris_variety: str
    sensitivity: str


_WEIGHTS = Kind("weights", "Secrets", "high")
_CONFIG = Kind("config", "Internal", "moderate")
_SETTINGS = Kind("config", "System", "moderate")
_TOKENIZER = Kind("tokenizer", "Internal", "moderate")
_EVALUATION = Kind("evaluation", "Internal", "moderate")
_LOG = Kind("log", "System", "moderate")
_DATA = Kind("dataset", "Internal", "moderate")
_MEDIA = Kind("dataset", "Unknown", "unknown")
_DOCUMENT = Kind("document", "Internal", "moderate")
_PUBLIC = Kind("document", "Other", "low")
_LISTING = Kind("document", "System", "moderate")
_KEY = Kind("secret", "Credentials", "critical")
_CODE = Kind("source_code", "Source code", "moderate")
_ARCHIVE = Kind("archive", "Unknown", "unknown")
_UNREAD = Kind("other", "Unknown", "unknown")

_GROUPS: tuple[tuple[Kind, str], ...] = (
    (_WEIGHTS, "safetensors gguf ggml-legacy onnx torch-zip torchscript torch-pickle joblib-pickle "
               "hdf5-keras keras-zip tflite tf-savedmodel tf-checkpoint-index tf-checkpoint-data "
               "tf-graphdef coreml coreml-weights flax-msgpack xgboost lightgbm catboost pmml openvino-ir "
               "tensorrt-engine paddle-params paddle-program fasttext word2vec-binary tfjs-model"),
    (_CONFIG, "hf-config hf-generation-config hf-adapter-config hf-preprocessor-config "
              "sentence-transformers-config safetensors-index pytorch-index mergekit-config "
              "gguf-kv-and-tensor-sha256 mlflow-model oci-manifest ncnn-param"),
    (_SETTINGS, "yaml toml ini"),
    (_TOKENIZER, "hf-tokenizer-json hf-tokenizer-config sentencepiece tiktoken"),
    (_EVALUATION, "lm-eval-results lm-eval-samples"),
    (_LOG, "trainer-state tfevents log access-log wandb-log pcap"),
    (_DATA, "npy npz hdf5 parquet arrow feather orc avro csv tsv jsonl json xml sqlite webdataset tfrecord "
            "msgpack r-data matlab faiss-index lmdb duckdb warc spss stata sas7bdat netcdf fits ms-access onnx-tensor"),
    (_MEDIA, "png jpeg gif webp bmp tiff heif wav mp3 flac ogg mp4 webm "
             "avi flv mpeg asf midi aiff au amr aac wavpack monkeys-audio musepack ico psd jp2 exr netpbm djvu"),
    (_DOCUMENT, "text pdf ooxml opendocument ole2 rtf postscript"),
    (_PUBLIC, "markdown html model-card licence"),
    (_LISTING,
    "s3-xml gcs-json azure-xml azure-json s3-json aws-s3-ls checksum-manifest bagit text-manifest"),
    (_KEY, "pem-private-key ssh-private-key dotenv der-private-key pgp-private-key pkcs12 java-keystore keepass"),
    (_CODE, "notebook source-code java-class python-bytecode"),
    (_ARCHIVE, "zip tar gzip zstd bzip2 xz 7z rar lz4 "
               "cab iso9660 ar rpm cpio lzip lrzip lzma xar compress arj lha snappy szdd"),
    (_UNREAD, "pickle elf pe macho wasm unknown"),
)  # fmt: skip

KINDS_BY_FORMAT: dict[str, Kind] = {
    format: kind for kind, formats in _GROUPS for format in formats.split()
} | {
    "service-account-json": Kind("secret", "API key", "critical"),
    "certificate": Kind("other", "Digital certificate", "low"),
    "public-key": Kind("other", "System", "low"),
    "mbox": Kind("document", "Personal", "high"),
    "email": Kind("document", "Personal", "high"),
    "git-lfs-pointer": Kind("other", "Other", "low"),
    "dvc-pointer": Kind("other", "Other", "low"),
    "font": Kind("other", "Other", "low"),
    "gettext-mo": Kind("other", "Other", "low"),
    "dicom": Kind("dataset", "Medical", "high"),
    "empty": Kind("other", "Other", "low"),
}
"""Every format the kit tells apart."""

_WORD = re.compile(r"[A-Za-z]+")
_PEOPLE: dict[str, str] = dict.fromkeys(
    "user users customer customers client clients account accounts member members subscriber subscribers "
    "contact contacts employee employees staff applicant applicants candidate candidates student students "
    "people person persons ticket tickets support chat chats conversation conversations dialogue dialogues "
    "prompt prompts message messages transcript transcripts email emails mail inbox resume resumes cv hr "
    "hiring lending loan loans recidivism profile profiles".split(),
    "Personal",
) | {
    "patient": "Medical", "patients": "Medical", "medical": "Medical", "clinical": "Medical",
    "diagnosis": "Medical",
    "ssn": "Sensitive Personal", "passport": "Sensitive Personal", "passports": "Sensitive Personal",
    "payroll": "Bank", "iban": "Bank", "invoice": "Bank", "invoices": "Bank",
}  # fmt: skip
_PEOPLE_KINDS = frozenset({"dataset", "document"})
_PEOPLE_FORMATS_LEFT_OUT = frozenset({"licence", "model-card", "html", "markdown"})
_DATA_FORMATS = frozenset({"json", "jsonl", "csv", "tsv", "text"})
_LOG_WORDS = frozenset({"log", "logs", "wandb", "metrics"})
_SETTING_WORDS = frozenset({"config", "settings", "package", "tsconfig", "manifest", "params", "hparams"})
_TOKENIZER_NAMES = frozenset({
    "vocab.json", "vocab.txt", "merges.txt", "added_tokens.json", "special_tokens_map.json",
    "tokenizer.model",
    "spiece.model", "sentencepiece.bpe.model", "tekken.json",
})  # fmt: skip
_SECRET_NAMES = frozenset({
    ".netrc", ".pgpass", ".htpasswd", ".git-credentials", ".npmrc", ".pypirc", "credentials",
    "credentials.json",
    "client_secret.json", "secrets.json", "secrets.yaml", "secrets.yml", "secrets.toml", "kubeconfig",
})  # fmt: skip
_SECRET_EXTENSIONS = frozenset({"p12", "pfx", "jks", "keystore", "kdbx", "ppk"})


def describe(format: str, name: str = "", values: Mapping[str, Any] | None = None) -> tuple[str, str, str]:
    """Give kind, VERIS variety and sensitivity of a member.

    Parameters
    ----------
    format : str
        As `leakkit.leak.sniff.first_look.sniff` gives it.
    name : str
        Path of the member. Used as a hint: a table in a folder ``tickets`` counts as personal, a
        ``vocab.json`` as part of a tokenizer, a Git LFS pointer as what it points to.
    values : mapping, optional
        What the reader found; its ``kind``, ``veris_variety`` and ``sensitivity`` win.

    Returns
    -------
    kind, veris_variety, sensitivity : str

    Notes
    -----
    The order of sensitivity is leakkit's own rule (see the module). The hints by name read English words
    only: no hint does not mean no people.

    Examples
    --------
    >>> describe("safetensors", "model.safetensors")
    ('weights', 'Secrets', 'high')
    >>> describe("csv", "crm/users.csv")
    ('dataset', 'Personal', 'high')
    >>> describe("git-lfs-pointer", "model-00001-of-00002.safetensors")
    ('weights', 'Secrets', 'low')
    """
    found = KINDS_BY_FORMAT.get(format, _UNREAD)
    if name:
        found = _by_name(format, name, found)
    if values:
        found = Kind(*(values.get(field) or told for field, told in zip(Kind._fields, found, strict=True)))
    return tuple(found)  # type: ignore[return-value]


def _by_name(format: str, name: str, found: Kind) -> Kind:
    """Let the name speak where the format alone says little."""
    base, extension = split_name(name)
    if format == "git-lfs-pointer":
        target = KINDS_BY_FORMAT.get(guess_by_name(name), found)
        return Kind(target.kind, target.veris_variety, "low")
    if format == "dvc-pointer" and extension == "dvc":
        target = KINDS_BY_FORMAT.get(guess_by_name(name[:-4]), found)
        return Kind(target.kind, target.veris_variety, "low")
    if found.kind in ("secret", "weights"):
        return found
    if base in _SECRET_NAMES or extension in _SECRET_EXTENSIONS:
        return _KEY
    if base in _TOKENIZER_NAMES or extension == "vocab":
        return _TOKENIZER
    if format in _DATA_FORMATS:
        words = {word.lower() for word in _WORD.findall(base)}
        if words & _LOG_WORDS:
            return _LOG
        if format == "json" and words & _SETTING_WORDS:
            return _SETTINGS
    if found.kind in _PEOPLE_KINDS and format not in _PEOPLE_FORMATS_LEFT_OUT:
        return _people(name, found)
    return found


def _people(name: str, found: Kind) -> Kind:
    """Raise data whose file or folder is named for people to the variety the word speaks of."""
    last = "/".join(name.split("/")[-2:])
    varieties = [_PEOPLE[word] for word in map(str.lower, _WORD.findall(last)) if word in _PEOPLE]
    if not varieties:
        return found
    special = next((variety for variety in varieties if variety != "Personal"), "Personal")
    return Kind(found.kind, special, "high")
