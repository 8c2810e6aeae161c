"""What can be downloaded: address, licence, whom to credit, and the hash where one can be fixed."""

from __future__ import annotations

from leakkit.errors import BadParameterError
from leakkit.sources.bias_tables import BIAS_TABLES
from leakkit.sources.source import Source

_ATLAS = "8ee2c689a7d3c65ddf2bfe4950a4f3ecffa6f48b"
_AVID = "8eda5f4e6f74"
_VCDB = "759c777646e9"

SOURCES = {
    source.name: source
    for source in (
        Source(
            "vcdb",
            "VERIS Community Database: 8,553 incidents in the VERIS schema 1.3.4, without the web skimmers",
            "https://github.com/vz-risk/VCDB",
            f"https://github.com/blackfist/VCDB/raw/{_VCDB}/data/joined/vcdb.json.zip",
            "vcdb.json.zip",
            "CC-BY-SA-4.0",
            "VERIS Community Database (VCDB), Verizon RISK Team and contributors",
            _VCDB,
            "87ec66060189e664fc315d65dab736c0931adbdbb9c14650faf18980409b94fe",
            b"PK\x03\x04",
        ),
        Source(
            "aiid",
            "AI Incident Database, weekly snapshot: incidents and classifications (report texts are not licensed)",
            "https://incidentdatabase.ai/research/snapshots/",
            "https://incidentdatabase.ai/research/snapshots/",
            "backup.tar.bz2",
            "CC-BY-SA-4.0",
            "AI Incident Database, Responsible AI Collaborative",
            begins=b"BZh",
            newest_on_page=True,
        ),
        Source(
            "atlas",
            "MITRE ATLAS 5.6.0: case studies and techniques of attacks on AI systems",
            "https://atlas.mitre.org/",
            f"https://raw.githubusercontent.com/mitre-atlas/atlas-data/{_ATLAS}/dist/ATLAS.yaml",
            "ATLAS.yaml",
            "Apache-2.0",
            "MITRE ATLAS, The MITRE Corporation",
            _ATLAS[:12],
            "8a5693df51135721796607b8f29cba8ed33d745d5592ed80efbaaab0fba978f2",
            b"---",
        ),
        Source(
            "avid",
            "AI Vulnerability Database: reports and vulnerabilities",
            "https://avidml.org/",
            f"https://github.com/avidml/avid-db/archive/{_AVID}.tar.gz",
            f"avid-db-{_AVID}.tar.gz",
            "MIT",
            "AI Vulnerability Database (AVID), AI Risk and Vulnerability Alliance",
            _AVID,
            begins=b"\x1f\x8b",
        ),
        Source(
            "hibp",
            "Have I Been Pwned, API v3: list of breaches (what was breached, no accounts)",
            "https://haveibeenpwned.com/API/v3",
            "https://haveibeenpwned.com/api/v3/breaches",
            "breaches.json",
            "CC-BY-4.0",
            "Have I Been Pwned (haveibeenpwned.com)",
            begins=b"[",
        ),
        Source(
            "hhs",
            "US Department of Health and Human Services, Office for Civil Rights: breaches of health information",
            "https://ocrportal.hhs.gov/ocr/breach/breach_report.jsf",
            "",
            "breach_report.csv",
            "public domain (17 USC 105)",
            "US Department of Health and Human Services, Office for Civil Rights",
            by_hand="open the page, choose the symbol for CSV above the table",
        ),
        *BIAS_TABLES,
    )
}
"""The catalogues of incidents, then the tables on bias, by name.

A hash is pinned where the address names a commit and the bytes follow from it (vcdb, atlas). GitHub packs the
archive of a commit anew (avid); the others change under one address. There the hash that was found is kept.
"""


def find_source(name: str) -> Source:
    """Give a source by name."""
    if name not in SOURCES:
        raise BadParameterError(
            "Expected the name of a source", f"found {name!r}", f"choose one of: {', '.join(SOURCES)}"
        )
    return SOURCES[name]


def how_to_get(source: Source) -> str:
    """Say how to get a source."""
    if source.by_hand:
        return f"{source.page}: {source.by_hand}, then run leakkit fetch {source.name} --from FILE"
    return f"run leakkit fetch {source.name}, or leakkit fetch {source.name} --from FILE"
