"""All sections in order, and the writing of leak and truth."""

from __future__ import annotations

import gzip
import hashlib
import shutil
from pathlib import Path

import pandas as pd

from data.make_sample_leak.access_logs import make_access
from data.make_sample_leak.answers import make_answers
from data.make_sample_leak.comments import make_comments
from data.make_sample_leak.conversations import make_conversations
from data.make_sample_leak.evals import make_evals
from data.make_sample_leak.exhibit import Exhibit
from data.make_sample_leak.fairness import make_fairness
from data.make_sample_leak.models import make_models
from data.make_sample_leak.oddities import make_oddities
from data.make_sample_leak.secret_files import make_secret_files
from data.make_sample_leak.source_files import make_source_files
from data.make_sample_leak.training import make_training
from data.make_sample_leak.user_tables import make_user_tables
from data.make_sample_leak.web_text import make_web_text

SECTIONS = (
    make_models,
    make_evals,
    make_training,
    make_user_tables,
    make_conversations,
    make_web_text,
    make_fairness,
    make_secret_files,
    make_source_files,
    make_access,
    make_oddities,
    make_answers,
    make_comments,
)
COMPRESSED = {"pii", "people"}
MARKER = "README_INVENTED.md"


def build(seed: int = 20260, scale: float = 1.0) -> Exhibit:
    """Give the whole leak and its truth in memory."""
    exhibit = Exhibit(seed, scale)
    for section in SECTIONS:
        section(exhibit)
    return exhibit


def truth_frame(exhibit: Exhibit) -> pd.DataFrame:
    """Give one row per member of the leak, members of archives included."""
    frame = pd.DataFrame(exhibit.truth)
    frame.insert(1, "size", frame["data"].map(len))
    frame.insert(2, "sha256", frame["data"].map(lambda data: hashlib.sha256(data).hexdigest()))
    frame["n_params"] = frame["n_params"].astype("Int64")
    return frame.drop(columns="data").sort_values("path", kind="stable", ignore_index=True)


def people_frame(exhibit: Exhibit) -> pd.DataFrame:
    """Give one row per person with where the person occurs; people who occur nowhere are left out."""
    spans = pd.DataFrame(exhibit.tables["pii"])
    known = spans[spans["person_id"] != ""].groupby("person_id")
    seen = pd.DataFrame(
        {
            "n_spans": known.size(),
            "n_paths": known["path"].nunique(),
            "paths": known["path"].agg(lambda paths: "|".join(sorted(set(paths)))),
            "entities": known["entity"].agg(lambda found: "|".join(sorted(set(found)))),
        }
    )
    rows = [
        {
            "person_id": p.person_id,
            "role": p.role,
            "given_name": p.given,
            "family_name": p.family,
            "earlier_family_name": p.earlier_family,
            "born": f"{p.born:%Y-%m-%d}",
            "country": p.country,
            "email": p.email,
            "second_email": p.second_email,
            "phone": p.phone_abroad,
            "household": p.household,
            "namesake_of": p.namesake_of,
            "note": "|".join(p.note),
        }
        for p in exhibit.people.everybody
    ]
    frame = pd.DataFrame(rows).merge(seen, left_on="person_id", right_index=True)
    names = [frame["given_name"], frame["family_name"]]
    frame["n_same_name"] = frame.groupby(names)["person_id"].transform("size")
    return frame.sort_values("person_id", ignore_index=True)


def truth_tables(exhibit: Exhibit) -> dict[str, pd.DataFrame]:
    """Give the further truth tables by name."""
    tables = {name: pd.DataFrame(rows) for name, rows in exhibit.tables.items()}
    tables["pii"] = tables["pii"].sort_values(
        ["path", "row", "field", "start"], kind="stable", ignore_index=True
    )
    return tables | {"people": people_frame(exhibit)}


def write(exhibit: Exhibit, out: Path, truth: Path) -> None:
    """Write the leak to `out` (an earlier one is replaced) and its truth beside it."""
    if out.exists() and any(out.iterdir()) and not (out / MARKER).is_file():
        raise SystemExit(
            f"{out} holds something that is no sample leak (no {MARKER}); choose an empty folder for --out"
        )
    if out.exists():
        shutil.rmtree(out)
    for name, data in exhibit.files.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(data)
    tables = truth / f"{out.name}_truth"
    tables.mkdir(parents=True, exist_ok=True)
    (truth / f"{out.name}_truth.csv").write_bytes(csv_text(truth_frame(exhibit)))
    for name, frame in sorted(truth_tables(exhibit).items()):
        data = csv_text(frame)
        path = tables / (f"{name}.csv.gz" if name in COMPRESSED else f"{name}.csv")
        path.write_bytes(gzip.compress(data, compresslevel=9, mtime=0) if name in COMPRESSED else data)


def csv_text(frame: pd.DataFrame) -> bytes:
    """Give a frame as csv with line feeds on every system."""
    return frame.to_csv(index=False, lineterminator="\n").encode()
