"""What a member's name says about its bytes: the formats its extension allows, nothing more.

A name is a claim. It breaks ties between formats that share their bytes, stands in for bytes that are
not there (a bucket listing), and is compared with the bytes to find files under a false name.
"""

from __future__ import annotations

import re

from leakkit.leak import languages

_ZIPS = ("zip", "torch-zip", "torchscript", "npz", "keras-zip", "ooxml", "opendocument")
_TORCH = ("torch-zip", "torch-pickle", "torchscript", "pickle")
_PICKLES = ("pickle", "joblib-pickle", "torch-pickle", "torch-zip")
_JSONS = (
    "json", "jsonl", "hf-config", "hf-tokenizer-json", "hf-tokenizer-config", "hf-generation-config",
    "hf-adapter-config", "hf-preprocessor-config", "sentence-transformers-config", "safetensors-index",
    "pytorch-index", "trainer-state", "lm-eval-results", "lm-eval-samples", "gguf-kv-and-tensor-sha256",
    "gcs-json", "s3-json", "azure-json", "service-account-json", "notebook", "access-log", "log",
    "tfjs-model", "xgboost", "oci-manifest",
)  # fmt: skip
_LINES = ("jsonl", "lm-eval-samples", "json", "log", "access-log")
_TARS = ("tar", "webdataset")
_KEYS = ("pem-private-key", "ssh-private-key", "public-key", "certificate", "der-private-key")
_CARDS = ("markdown", "model-card", "licence")
_TEXTS = (
    "text", "log", "access-log", "csv", "tsv", "licence", "markdown", "checksum-manifest", "bagit",
    "text-manifest", "aws-s3-ls", "source-code", "yaml", "ini", "dotenv", "email", "mbox", "public-key",
    "html", "xml", "json", "jsonl", "lm-eval-results", "toml", "certificate", "hf-tokenizer-json",
)  # fmt: skip

_BY_EXTENSION: dict[str, tuple[str, ...]] = {
    "safetensors": ("safetensors",), "gguf": ("gguf",), "ggml": ("ggml-legacy", "gguf"), "onnx": ("onnx",),
    "pt": _TORCH, "pth": _TORCH, "ckpt": (*_TORCH, "tf-checkpoint-data"), "torchscript": ("torchscript",),
    "pkl": _PICKLES, "pickle": _PICKLES, "joblib": ("joblib-pickle", "pickle"), "dill": ("pickle",),
    "npy": ("npy",), "npz": ("npz", "zip"), "h5": ("hdf5", "hdf5-keras"), "hdf5": ("hdf5", "hdf5-keras"),
    "he5": ("hdf5",), "keras": ("keras-zip", "hdf5-keras"), "tflite": ("tflite",), "lite": ("tflite",),
    "pb": ("tf-savedmodel", "tf-graphdef", "onnx", "onnx-tensor"), "mlmodel": ("coreml",),
    "tfrecord": ("tfrecord",), "tfrecords": ("tfrecord",), "tfevents": ("tfevents",),
    "parquet": ("parquet",), "pq": ("parquet",), "arrow": ("arrow", "feather"), "arrows": ("arrow",),
    "feather": ("feather", "arrow"), "ipc": ("arrow", "feather"), "orc": ("orc",), "avro": ("avro",),
    "csv": ("csv", "tsv", "access-log"), "tsv": ("tsv", "csv"), "tab": ("tsv",), "jsonl": _LINES,
    "ndjson": _LINES,
    "json": _JSONS, "jsonc": ("json",), "json5": ("json",),
    "xml": ("xml", "s3-xml", "azure-xml", "html", "pmml", "openvino-ir"), "svg": ("xml",),
    "rss": ("xml",),
    "yaml": ("yaml", "mergekit-config", "mlflow-model"), "yml": ("yaml", "mergekit-config", "mlflow-model"),
    "toml": ("toml",),
    "ini": ("ini",), "cfg": ("ini", "text", "yaml", "toml"),
    "conf": ("ini", "text", "yaml", "toml", "xml", "html"),
    "properties": ("ini",),
    "md": _CARDS, "markdown": _CARDS, "html": ("html", "xml"), "htm": ("html", "xml"), "xhtml": ("html",
    "xml"),
    "txt": _TEXTS, "text": _TEXTS, "rst": ("text",), "tex": ("text",), "bib": ("text",), "srt": ("text",),
    "log": ("log", "access-log", "text", "jsonl", "aws-s3-ls"), "env": ("dotenv",), "ipynb": ("notebook",),
    "sqlite": ("sqlite",), "sqlite3": ("sqlite",), "db3": ("sqlite",), "eml": ("email",), "mbox": ("mbox",),
    "pem": _KEYS, "key": _KEYS, "ppk": ("ssh-private-key",),
    "crt": ("certificate", "pem-private-key", "der-private-key"),
    "cer": ("certificate",), "der": ("certificate", "der-private-key", "public-key", "pkcs12"),
    "csr": ("certificate",), "pub": ("public-key",),
    "asc": (*_KEYS, "text"), "gpg": ("public-key", "pgp-private-key"),
    "sha256": ("checksum-manifest",), "sha256sum": ("checksum-manifest",), "md5": ("checksum-manifest",),
    "sha1": ("checksum-manifest",), "sha512": ("checksum-manifest",), "md5sum": ("checksum-manifest",),
    "sha512sum": ("checksum-manifest",), "sha1sum": ("checksum-manifest",),
    "png": ("png",), "jpg": ("jpeg",), "jpeg": ("jpeg",), "jpe": ("jpeg",), "gif": ("gif",),
    "webp": ("webp",),
    "bmp": ("bmp",), "tif": ("tiff",), "tiff": ("tiff",), "wav": ("wav",), "mp3": ("mp3",), "flac": ("flac",),
    "ogg": ("ogg",), "oga": ("ogg",), "ogv": ("ogg",), "opus": ("ogg",), "mp4": ("mp4",), "m4a": ("mp4",),
    "m4v": ("mp4",), "mov": ("mp4",), "webm": ("webm",), "mkv": ("webm",), "pdf": ("pdf",),
    "docx": ("ooxml",), "xlsx": ("ooxml",), "pptx": ("ooxml",), "docm": ("ooxml",), "xlsm": ("ooxml",),
    "xlsb": ("ooxml",), **dict.fromkeys(("odt", "ods", "odp", "odg", "ott", "ots", "otp"), ("opendocument", "zip")),
    "zip": _ZIPS, "jar": ("zip",), "whl": ("zip",), "apk": ("zip",), "egg": ("zip",), "skops": ("zip",),
    "mar": ("zip", "gzip"), "nemo": (*_TARS, "gzip"), "epub": ("zip",),
    "tar": _TARS,
    "gz": ("gzip",), "tgz": ("gzip",), "bz2": ("bzip2",), "tbz": ("bzip2",), "tbz2": ("bzip2",),
    "xz": ("xz",),
    "txz": ("xz",), "lzma": ("lzma", "joblib-pickle"), "zst": ("zstd",), "tzst": ("zstd",),
    "zstd": ("zstd",), "7z": ("7z",), "rar": ("rar",),
    "lz4": ("lz4",), "so": ("elf",), "o": ("elf", "macho"), "exe": ("pe",), "dll": ("pe",), "pyd": ("pe",),
    "sys": ("pe",),
    "dylib": ("macho",), "class": ("java-class",), "pyc": ("python-bytecode",), "pyo": ("python-bytecode",),
    "msgpack": ("flax-msgpack", "msgpack"), "cbm": ("catboost",), "ubj": ("xgboost",), "pmml": ("pmml",),
    "faiss": ("faiss-index",), "duckdb": ("duckdb",), "lmdb": ("lmdb",), "tiktoken": ("tiktoken",),
    "pdiparams": ("paddle-params",), "pdmodel": ("paddle-program",), "pdparams": ("pickle",),
    "pdopt": ("pickle",),
    "wandb": ("wandb-log",), "dvc": ("dvc-pointer", "yaml"), "warc": ("warc",),
    "rds": ("r-data", "gzip", "bzip2", "xz"), "rda": ("r-data", "gzip", "bzip2", "xz"),
    "rdata": ("r-data", "gzip", "bzip2", "xz"), "mat": ("matlab", "hdf5"), "sav": ("spss", "pickle"),
    "dta": ("stata",), "sas7bdat": ("sas7bdat",), "dcm": ("dicom",), "nc": ("netcdf", "hdf5"),
    "fits": ("fits",),
    "cab": ("cab",), "iso": ("iso9660",), "deb": ("ar",), "rpm": ("rpm",), "cpio": ("cpio",), "lz": ("lzip",),
    "arj": ("arj",), "lzh": ("lha",), "lha": ("lha",), "ttf": ("font",), "otf": ("font",), "ttc": ("font",),
    "woff": ("font",), "woff2": ("font",), "mo": ("gettext-mo",), "wasm": ("wasm",), "pcap": ("pcap",),
    "pcapng": ("pcap",), "p12": ("pkcs12",), "pfx": ("pkcs12",), "jks": ("java-keystore", "pkcs12"),
    "kdbx": ("keepass",), "doc": ("ole2", "rtf", "ooxml", "html"),
    "xls": ("ole2", "html", "tsv", "xml", "ooxml"),
    "ppt": ("ole2",), "msg": ("ole2", "text", "source-code"), "rtf": ("rtf",), "ps": ("postscript",),
    "eps": ("postscript",),
    "avi": ("avi",), "flv": ("flv",), "mpg": ("mpeg",), "mpeg": ("mpeg",), "wmv": ("asf",), "wma": ("asf",),
    "mid": ("midi",), "midi": ("midi",), "aif": ("aiff",), "aiff": ("aiff",), "aifc": ("aiff",), "au": ("au",),
    "snd": ("au",), "amr": ("amr",), "aac": ("aac", "mp4"), "wv": ("wavpack",), "ape": ("monkeys-audio",),
    "mpc": ("musepack",), "ico": ("ico", "png"), "psd": ("psd",), "jp2": ("jp2",), "exr": ("exr",),
    "ppm": ("netpbm",), "pgm": ("netpbm",), "pbm": ("netpbm",), "pnm": ("netpbm",), "djvu": ("djvu",),
    "heic": ("heif",), "heif": ("heif",), "avif": ("heif",),
}  # fmt: skip

_BY_BASE: dict[str, tuple[str, ...]] = {
    ".env": ("dotenv",), ".envrc": ("dotenv",), "id_rsa": ("ssh-private-key", "pem-private-key"),
    "id_dsa": ("ssh-private-key", "pem-private-key"), "id_ecdsa": ("ssh-private-key", "pem-private-key"),
    "id_ed25519": ("ssh-private-key",), "authorized_keys": ("public-key",), "known_hosts": ("public-key",
    "text"),
    "bagit.txt": ("bagit",), "sha256sums": ("checksum-manifest",), "sha256sums.txt": ("checksum-manifest",),
    "sha512sums": ("checksum-manifest",), "md5sums": ("checksum-manifest",),
    "md5sums.txt": ("checksum-manifest",),
    "checksums.txt": ("checksum-manifest",), "huggingface-metadata.txt": ("text-manifest",),
    "config.json": ("hf-config", *_JSONS), "tokenizer.json": ("hf-tokenizer-json", *_JSONS),
    "tokenizer_config.json": ("hf-tokenizer-config", *_JSONS), "adapter_config.json": ("hf-adapter-config",
    *_JSONS),
    "generation_config.json": ("hf-generation-config", *_JSONS), "trainer_state.json": ("trainer-state",
    *_JSONS),
    "preprocessor_config.json": ("hf-preprocessor-config", *_JSONS),
    "processor_config.json": ("hf-preprocessor-config", *_JSONS),
    "config_sentence_transformers.json": ("sentence-transformers-config", *_JSONS),
    "sentence_bert_config.json": ("sentence-transformers-config", *_JSONS),
    "model.safetensors.index.json": ("safetensors-index", *_JSONS),
    "pytorch_model.bin.index.json": ("pytorch-index", *_JSONS),
    "mergekit_config.yml": ("mergekit-config", "yaml"), "mergekit_config.yaml": ("mergekit-config", "yaml"),
    "saved_model.pb": ("tf-savedmodel",), "readme.md": ("model-card", *_CARDS),
    "modelcard.md": ("model-card", *_CARDS),
    "pytorch_model.bin": _TORCH, "adapter_model.bin": _TORCH, "weight.bin": ("coreml-weights",),
    "checkpoint": ("text",),
}  # fmt: skip

_PATTERNS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(r".*\.tfevents\.\d+.*"), ("tfevents",)),
    (re.compile(r".*\.data-\d{5}-of-\d{5}"), ("tf-checkpoint-data",)),
    (re.compile(r".*\.tfrecord-\d{5}-of-\d{5}"), ("tfrecord",)),
    (re.compile(r".*\.safetensors\.index\.[\w.]*json"), ("safetensors-index", *_JSONS)),
    (re.compile(r".*\.bin\.index\.[\w.]*json"), ("pytorch-index", *_JSONS)),
    (re.compile(r"pytorch_model-\d{5}-of-\d{5}\.bin"), _TORCH),
    (re.compile(r"(?:tag)?manifest-(?:md5|sha\d+)\.txt"), ("bagit", "checksum-manifest")),
    (re.compile(r"\.env\.[\w.-]+"), ("dotenv",)),
    (re.compile(r"(?:licen[cs]e|copying|unlicense)(?:[-._].*)?"), ("licence", "text", "markdown", "html")),
    (re.compile(r".*\.log\.\d+"), ("log", "access-log", "text")),
)
_PATTERN_EXTENSIONS = frozenset({"json", "txt", "md", "html"})
_ANY = frozenset({"unknown", "empty", "git-lfs-pointer"})
"""Formats no name can contradict: nothing is known, nothing is there, or a pointer stands in its place."""


def split_name(name: str) -> tuple[str, str]:
    """Give the file name and its last extension, both in lower case and without folder or dot.

    Examples
    --------
    >>> split_name("Models/Llama/model.SafeTensors")
    ('model.safetensors', 'safetensors')
    >>> split_name("a/.env"), split_name("LICENSE")
    (('.env', ''), ('license', ''))
    """
    base = name[name.rfind("/") + 1 :].lower()
    dot = base.rfind(".")
    return base, base[dot + 1 :] if dot > 0 else ""


def formats_by_name(name: str) -> tuple[str, ...]:
    """Give the formats that go under this name, the usual one first; empty when the name tells nothing.

    ``.bin``, ``.model``, ``.dat``, ``.index`` and unknown extensions tell nothing: too many kinds use them.

    Examples
    --------
    >>> formats_by_name("shard-00001.safetensors"), formats_by_name("model.bin")
    (('safetensors',), ())
    """
    base, extension = split_name(name)
    found = _BY_BASE.get(base)
    if found is not None:
        return found
    by_extension = _BY_EXTENSION.get(extension)
    if by_extension is None or extension in _PATTERN_EXTENSIONS:
        for pattern, formats in _PATTERNS:
            if pattern.fullmatch(base):
                return formats
    if languages.language_from_name(base, extension):
        return ("source-code",)
    return by_extension or ()


def extension_says(name: str) -> frozenset[str]:
    """Give the set of formats that go under this name; empty when it is ambiguous or unknown.

    Examples
    --------
    >>> sorted(extension_says("photo.jpg")), extension_says("weights.bin")
    (['jpeg'], frozenset())
    """
    return frozenset(formats_by_name(name))


def contradicts(name: str, format: str) -> bool | None:
    """Tell whether name and bytes disagree: the ``ext_mismatch`` column.

    Returns
    -------
    bool or None
        None when the name says nothing or the bytes are unknown, absent or a Git LFS pointer.

    Examples
    --------
    >>> contradicts("model.pt", "png"), contradicts("model.pt", "torch-zip"), contradicts("model.bin", "png")
    (True, False, None)
    """
    if format in _ANY:
        return None
    says = formats_by_name(name)
    return format not in says if says else None


def guess_by_name(name: str) -> str:
    """Give the usual format under this name, for members whose bytes are not in the leak.

    Examples
    --------
    >>> guess_by_name("ckpt/model-00001-of-00059.safetensors"), guess_by_name("data/x.bin")
    ('safetensors', 'unknown')
    """
    return next(iter(formats_by_name(name)), "unknown")
