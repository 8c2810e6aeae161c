"""Readers of headers, one family of formats a module; a reader is imported when a member needs it."""

from __future__ import annotations

from importlib import import_module

from leakkit.errors import BadMemberError
from leakkit.leak.archives.unpack import BROKEN
from leakkit.leak.facts import Facts
from leakkit.leak.source import Source

_MODULES = {
    "safetensors": ("safetensors",),
    "gguf": ("gguf", "ggml-legacy"),
    "onnx": ("onnx",),
    "tensorflow": ("tf-savedmodel", "tf-graphdef", "tf-checkpoint-index", "tf-checkpoint-data", "tflite"),
    "coreml": ("coreml", "coreml-weights"),
    "numpy_arrays": ("npy", "npz"),
    "keras": ("hdf5", "hdf5-keras", "keras-zip"),
    "pickles": ("pickle", "joblib-pickle"),
    "torch": ("torch-zip", "torchscript", "torch-pickle"),
    "huggingface": (
        "hf-config",
        "hf-tokenizer-json",
        "hf-tokenizer-config",
        "hf-generation-config",
        "hf-adapter-config",
        "hf-preprocessor-config",
        "sentence-transformers-config",
        "safetensors-index",
        "pytorch-index",
        "mergekit-config",
        "trainer-state",
        "model-card",
        "gguf-kv-and-tensor-sha256",
    ),
    "flax": ("flax-msgpack", "msgpack"),
    "sentencepiece": ("sentencepiece",),
    "tiktoken": ("tiktoken",),
    "mlflow": ("mlflow-model",),
    "tfjs": ("tfjs-model",),
    "native": ("tensorrt-engine",),
    "r_data": ("r-data",),
    "evaluations": ("lm-eval-results", "lm-eval-samples"),
    "tfevents": ("tfevents",),
    "tabular": ("parquet", "arrow", "feather", "orc", "avro", "csv", "tsv", "jsonl", "sqlite", "notebook"),
    "text": (
        "json",
        "xml",
        "yaml",
        "toml",
        "ini",
        "text",
        "markdown",
        "html",
        "licence",
        "source-code",
        "log",
        "access-log",
        "mbox",
        "email",
        "pmml",
        "openvino-ir",
        "unknown",
    ),
    "secrets": (
        "pem-private-key",
        "ssh-private-key",
        "certificate",
        "public-key",
        "dotenv",
        "service-account-json",
    ),
    "media": ("png", "jpeg", "gif", "webp", "bmp", "tiff", "wav", "mp3", "flac", "ogg", "mp4", "webm", "pdf"),
}
READERS = {
    format: f"leakkit.leak.formats.{module}" for module, formats in _MODULES.items() for format in formats
}
READERS |= dict.fromkeys(
    (
        "s3-xml",
        "s3-json",
        "gcs-json",
        "azure-xml",
        "azure-json",
        "aws-s3-ls",
        "checksum-manifest",
        "bagit",
        "text-manifest",
        "git-lfs-pointer",
    ),
    "leakkit.leak.listings.listing",
)
"""Module that reads the header of each format; a format that is absent has no reader."""


def read_facts(source: Source, format: str) -> Facts:
    """Read the header of a member told to be of `format`.

    Parameters
    ----------
    source : Source
    format : str
        One of `READERS`; any other gives empty facts.

    Returns
    -------
    Facts
        With status and error set where the member is broken; no exception leaves this function but
        those of the machine (out of memory, interrupt).

    Examples
    --------
    >>> from leakkit.leak.source import BytesSource
    >>> read_facts(BytesSource(b"not one", "x.safetensors"), "safetensors").status
    'truncated'
    """
    module = READERS.get(format)
    if module is None:
        return Facts()
    try:
        return import_module(module).read(source, format)
    except BadMemberError as error:
        return Facts(status=error.status, error=error.reason)
    except (
        *BROKEN,
        ArithmeticError,
        LookupError,
        TypeError,
        AttributeError,
        RecursionError,
        AssertionError,
    ) as error:
        return Facts(status="corrupt", error=f"cannot be read as {format} ({type(error).__name__})")
