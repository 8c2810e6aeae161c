"""What makes a real leak awkward: nested archives, pointers, spoiled and lying files, hostile names.

Names that Windows cannot write (`<`, `>`, control characters) stand only inside archives.
"""

from __future__ import annotations

import hashlib
import json

import pyarrow as pa

from data.make_sample_leak.archives import MEMBER_TIME, tar_bytes, tar_gz_item, zip_bytes, zip_item
from data.make_sample_leak.exhibit import HUB, INVENTED, Exhibit, Item
from data.make_sample_leak.gguf_copy import gguf_settings
from data.make_sample_leak.media import make_media
from data.make_sample_leak.spans import compose, note_spans
from data.make_sample_leak.tensor_files import gguf, text_mangled, to_q8_0
from data.make_sample_leak.web_text import parquet_bytes
from data.make_sample_leak.weights import HIDDEN

POINTER_SIZE = 5_368_709_120
POINTER_SHA256 = hashlib.sha256(b"INVENTED: a shard that is not here").hexdigest()
SHARD = "models/tern-7b-preview/model-00003-of-00009.safetensors"
NOTICES = ("datasets/users", "datasets/chat", "datasets/support", "mail", "evals", "uploads", "backups")
BACKUP = "backups/2025-03-02.tar.gz"


def _nested(exhibit: Exhibit) -> None:
    """Write a tar.gz that holds a zip that holds a jsonl and a Parquet."""
    random, lines, rows = exhibit.random("backup"), [], []
    inside = f"{BACKUP}!/exports/feedback.zip!/feedback.jsonl"
    for row in range(exhibit.many(60, 10)):
        person = exhibit.people.customers[int(random.integers(len(exhibit.people.customers)))]
        text, spans = compose("Five stars, says {name} from {town}. Answer to {email}.", random, person)
        note_spans(exhibit, inside, row, "comment", spans)
        lines.append(json.dumps({"feedback_id": row, "stars": 5, "comment": text}, ensure_ascii=False))
        rows.append(row % 5 + 1)
    feedback = Item("feedback.jsonl", ("\n".join(lines) + "\n").encode(), "jsonl", "names two archives deep")
    table = pa.table({"stars": rows, "month": ["2025-02"] * len(rows)}).replace_schema_metadata(
        {"invented": INVENTED}
    )
    ratings = Item("ratings.parquet", parquet_bytes(table), "parquet")
    notes = Item("NOTES.txt", f"{INVENTED}\nNightly copy.\n".encode(), "text")
    inner = zip_item("exports/feedback.zip", [feedback, ratings], "an archive in an archive")
    exhibit.add(tar_gz_item(BACKUP, [notes, inner], "a compressed tar: its members stand directly below it"))


def _hostile_names(exhibit: Exhibit) -> None:
    """Write a zip and a tar whose member names attack those who print or extract them."""
    note = f"{INVENTED}\n".encode()
    members = [
        Item("notes <script>alert(1)<|script>.txt", note, "text", "a name that is HTML"),
        Item("report\x1b[31m-red\x1b[0m.txt", note, "text", "a name with ANSI escapes"),
        Item("=cmd()|' -C calc'!A0.csv", b"note\nINVENTED\n", "csv", "a name that is a spreadsheet formula"),
    ]
    exhibit.add(zip_item("uploads/inbox.zip", members, "names that attack a page, a terminal, a spreadsheet"))
    outside = Item(
        "../../escape/invented.txt", note, "text", "a name that climbs out of the folder", danger="yes"
    )
    absolute = Item("/tmp/invented_absolute.txt", note, "text", "an absolute name", danger="yes")
    plain = Item("plain.txt", note, "text")
    data = tar_bytes([(item.name, item.data) for item in (plain, outside, absolute)])
    exhibit.add(
        Item(
            "uploads/climber.tar",
            data,
            "tar",
            "extracting it would write elsewhere",
            danger="yes",
            members=[plain, outside, absolute],
        )
    )


def _vocabulary_only() -> bytes:
    """Give a GGUF without tensors, as tools keep to carry a tokenizer."""
    return gguf(gguf_settings("tern-vocab"), [])


def _embedding(exhibit: Exhibit) -> bytes:
    """Give a GGUF of one quantised tensor, as it was before it was spoiled."""
    values = exhibit.random("embedding").standard_normal((128, HIDDEN)).astype("f4")
    rows = [("token_embd.weight", "Q8_0", values.shape, to_q8_0(values))]
    return gguf(gguf_settings("tern-embed"), rows)


def _spoiled(exhibit: Exhibit) -> None:
    """Write files that are broken, cut off, empty, or not what their names say."""
    exhibit.file(
        "models/gguf/tern-embed-mangled.gguf",
        text_mangled(_embedding(exhibit)),
        "gguf",
        "copied through a text editor: bytes that are no UTF-8 became EF BF BD",
        status="corrupt",
    )
    exhibit.file(
        "models/gguf/params.json",
        _vocabulary_only(),
        "gguf",
        "named .json, is a GGUF without tensors",
        n_params=0,
    )
    table = pa.table({"step": list(range(4_000)), "loss": [1 / (1 + s) for s in range(4_000)]})
    whole = parquet_bytes(table.replace_schema_metadata({"invented": INVENTED}))
    exhibit.file(
        "datasets/web/crawl-2024-47.parquet.part",
        whole[: len(whole) * 2 // 3],
        "parquet",
        "cut off: the footer is missing",
        status="truncated",
    )
    whole_note, cut_note = f"{INVENTED}\n".encode() * 20, b"never complete " * 400
    data = zip_bytes([("a.txt", whole_note), ("b.txt", cut_note)])[:-3_000]
    rest = data[data.index(b"never complete ") :]
    exhibit.add(
        Item(
            "uploads/interrupted.zip",
            data,
            "zip",
            "cut off: no central directory, its members are found by their own headers",
            status="truncated",
            members=[
                Item("a.txt", whole_note, "text"),
                Item("b.txt", rest, "text", "ends with the archive", status="truncated"),
            ],
        )
    )
    exhibit.file("training/runs/tern-0.6m-base/.lock", b"", "empty", "an empty file")
    letter = Item("letter.txt", f"{INVENTED}\n".encode(), "text")
    exhibit.add(zip_item("uploads/diagram.png", [letter], "named .png, is a zip"))
    pointer = (
        f"version https://git-lfs.github.com/spec/v1\noid sha256:{POINTER_SHA256}\nsize {POINTER_SIZE}\n"
    )
    exhibit.file(
        SHARD,
        pointer,
        "git-lfs-pointer",
        "stands for 5 GB that are not here; its sha256 is evidence",
        present=False,
    )
    exhibit.note(
        "claimed", path=SHARD, source=SHARD, size=POINTER_SIZE, sha256=POINTER_SHA256, etag="", in_leak=False
    )


def _etag(data: bytes) -> str:
    """Give the MD5 that S3 shows for an object sent in one piece."""
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


def _listings(exhibit: Exhibit) -> None:
    """Write a listing of the bucket and a manifest of the models; both name things that are not here."""
    held = [name for name in sorted(exhibit.files) if name.startswith(("models/", "infra/", "evals/"))]
    rows = [
        (name, len(exhibit.files[name]), _etag(exhibit.files[name]), True) for name in held if name != SHARD
    ]
    rows.append((SHARD, POINTER_SIZE, "0" * 32 + "-640", False))
    for shard in range(4):
        rows.append(
            (f"datasets/web/crawl-2024-46/part-{shard:05d}.parquet", 734_003_200, f"{shard:032x}-88", False)
        )
    rows.append(("checkpoints/tern-7b-preview/optimizer.pt", 53_687_091_200, "1" * 32 + "-6400", False))
    stamp = "{}-{:02d}-{:02d}T{:02d}:{:02d}:{:02d}.000Z".format(*MEMBER_TIME)
    contents = "".join(
        f"<Contents><Key>{name}</Key><LastModified>{stamp}</LastModified><ETag>&quot;{etag}&quot;</ETag>"
        f"<Size>{size}</Size><StorageClass>STANDARD</StorageClass></Contents>\n"
        for name, size, etag, _ in sorted(rows)
    )
    listing = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<!-- {INVENTED} -->\n'
        '<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>fennimoor-artifacts</Name><Prefix></Prefix>'
        f"<KeyCount>{len(rows)}</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated>\n"
        f"{contents}</ListBucketResult>\n"
    )
    planted = "names six objects that are not in this copy; an etag with -N is no MD5"
    exhibit.file("bucket-listing.xml", listing, "s3-xml", planted)
    for name, size, etag, here in sorted(rows):
        exhibit.note(
            "claimed", path=name, source="bucket-listing.xml", size=size, sha256="", etag=etag, in_leak=here
        )
    _manifest(exhibit)


def _manifest(exhibit: Exhibit) -> None:
    """Write sha256 sums of the models, taken before the embedding was spoiled and with one absent shard."""
    lines = []
    for name in sorted(exhibit.files):
        if not name.startswith("models/") or not name.endswith((".safetensors", ".gguf", ".onnx", ".pt")):
            continue
        data = _embedding(exhibit) if name.endswith("mangled.gguf") else exhibit.files[name]
        digest = POINTER_SHA256 if name == SHARD else hashlib.sha256(data).hexdigest()
        inside = name.removeprefix("models/")
        lines.append(f"{digest}  {inside}")
        size = POINTER_SIZE if name == SHARD else len(data)
        same = name != SHARD and data == exhibit.files[name]
        exhibit.note(
            "claimed", path=name, source="models/SHA256SUMS", size=size, sha256=digest, etag="", in_leak=same
        )
    exhibit.file(
        "models/SHA256SUMS",
        "\n".join(lines) + "\n",
        "checksum-manifest",
        "one sum no longer fits (the mangled GGUF), one is of the absent shard and equals its pointer",
    )


def make_oddities(exhibit: Exhibit) -> None:
    """Write everything awkward; the listings come last, since they name the rest."""
    _nested(exhibit)
    _hostile_names(exhibit)
    _spoiled(exhibit)
    make_media(exhibit)
    _listings(exhibit)
    for folder in NOTICES:
        exhibit.file(f"{folder}/README.md", f"# {folder}\n\n> {INVENTED}\n", "markdown")
    exhibit.file(
        "README_INVENTED.md",
        f"# A leak of {HUB}\n\n> {INVENTED}\n\nDomains are reserved ones (`.example`, `example.org`), "
        "addresses are from the blocks kept for documentation, telephone numbers from ranges kept for "
        "fiction. Keys open nothing. What is planted here stands in `sample_leak_truth.csv` beside this "
        "folder. Never load `models/classifiers/label_encoder.pkl`: it would run a command (an `echo`).\n",
        "markdown",
        "says what this is",
    )
