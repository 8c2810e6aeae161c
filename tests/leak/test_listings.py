"""Listings of every kind: right entries, honest totals, and nothing but our own error on bad input."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakkit.errors import BadMemberError
from leakkit.leak.listings.listing import LISTING_FORMATS, PATH_LIMIT, Listed, Tally, read, read_listing
from leakkit.leak.source import BytesSource, FileSource

MAY = datetime(2026, 5, 1, 10, tzinfo=UTC)
MD5 = "828ef3fdfa96f00ad9f27c383fc9ac7f"
SHA256 = "9e5cc2f91f7830364eff657b53df4f855091996cb2db7de2b69b8f11fa06be0a"


def listed(data: bytes | str, format: str, name: str = "listing", **options) -> list[Listed]:
    data = data.encode() if isinstance(data, str) else data
    return list(read_listing(BytesSource(data, name), format, **options))


def facts(data: bytes | str, format: str, name: str = "listing"):
    return read(BytesSource(data.encode() if isinstance(data, str) else data, name), format)


def s3_page(*keys: str, truncated: bool = False, extra: str = "") -> str:
    objects = "".join(
        f"<Contents><Key>{key}</Key><LastModified>2026-05-01T10:00:00.000Z</LastModified>"
        f"<ETag>&quot;{MD5}&quot;</ETag><Size>7</Size></Contents>"
        for key in keys
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>lab</Name>'
        f"{extra}<IsTruncated>{str(truncated).lower()}</IsTruncated>{objects}</ListBucketResult>"
    )


def test_s3_object_has_key_size_time_and_md5():
    assert listed(s3_page("a &amp; b/c.pt"), "s3-xml") == [
        Listed("a & b/c.pt", 7, MAY, etag=MD5, md5=MD5, hash_source="listing")
    ]


def test_multipart_etag_is_no_md5():
    [entry] = listed(s3_page("x").replace(MD5, f"{MD5}-298"), "s3-xml")
    assert entry.etag == f"{MD5}-298"
    assert entry.md5 is None


def test_url_encoded_keys_are_decoded_only_when_the_listing_says_so():
    assert listed(s3_page("a%2Bb+c"), "s3-xml")[0].path == "a%2Bb+c"
    page = s3_page("a%2Bb+c", extra="<EncodingType>url</EncodingType>")
    assert listed(page, "s3-xml")[0].path == "a+b c"


def test_url_encoding_is_noticed_when_it_stands_after_the_keys():
    page = s3_page(*["a+b"] * 2000).replace(
        "</ListBucketResult>", "<EncodingType>url</EncodingType></ListBucketResult>"
    )
    assert {entry.path for entry in listed(page, "s3-xml")} == {"a b"}


def test_truncated_listing_says_that_totals_are_a_lower_bound():
    found = facts(s3_page("a", "b", truncated=True), "s3-xml")
    assert found.values["x_truncated_listing"] is True
    assert "lower bound" in found.error
    assert (found.values["x_n_listed"], found.values["x_bytes_listed"]) == (2, 14)
    assert facts(s3_page("a"), "s3-xml").values["x_truncated_listing"] is False


def test_pages_one_after_another_are_one_listing():
    pages = s3_page("a", truncated=True) + "\n" + s3_page("b")
    assert [entry.path for entry in listed(pages, "s3-xml")] == ["a", "b"]
    assert facts(pages, "s3-xml").values["x_truncated_listing"] is False


def test_versions_and_delete_markers_are_marked():
    page = """<ListVersionsResult><Version><Key>a</Key><IsLatest>false</IsLatest><Size>3</Size></Version>
    <Version><Key>a</Key><IsLatest>true</IsLatest><Size>4</Size></Version>
    <DeleteMarker><Key>b</Key><IsLatest>true</IsLatest></DeleteMarker></ListVersionsResult>"""
    assert [(e.path, e.size, e.note) for e in listed(page, "s3-xml")] == [
        ("a", 3, "older version"),
        ("a", 4, None),
        ("b", None, "deleted"),
    ]


def test_control_character_in_a_key_costs_that_character_only():
    assert [e.path for e in listed(s3_page("a&#x1;b", "c"), "s3-xml")] == ["a\ufffdb", "c"]


def test_azure_blobs_have_md5_in_hex_and_encoded_names():
    page = """<?xml version="1.0"?><EnumerationResults ContainerName="c"><Blobs>
    <Blob><Name>m/weights.bin</Name><Properties><Last-Modified>Fri, 01 May 2026 10:00:00 GMT</Last-Modified>
    <Etag>0x8DC0</Etag><Content-Length>12</Content-Length><Content-MD5>J6a/Q5Y90eYT91eLXlNUwQ==</Content-MD5>
    </Properties><Metadata><Name>not the name</Name></Metadata></Blob>
    <Blob><Name Encoded="true">a%FF%2Fb</Name></Blob>
    <BlobPrefix><Name>deeper/</Name></BlobPrefix></Blobs><NextMarker>more</NextMarker></EnumerationResults>"""
    first, second = listed(page, "azure-xml")
    assert first == Listed("m/weights.bin", 12, MAY, etag="0x8DC0", md5="27a6bf43963dd1e613f7578b5e5354c1")
    assert second.path == "a\ufffd/b"
    values = facts(page, "azure-xml").values
    assert values["x_truncated_listing"] is True
    assert values["x_n_folders_unlisted"] == 1


LAUGHS = """<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>
<ListBucketResult><Name>&b;</Name></ListBucketResult>"""


@pytest.mark.parametrize(
    ("doctype", "rule", "danger"),
    [
        ('[<!ENTITY a "aaa">]', "xml-entity-expansion", "yes"),
        ('[<!ENTITY % p "aaa">]', "xml-entity-expansion", "yes"),
        ('[<!ENTITY a SYSTEM "file:///etc/passwd">]', "xml-external-entity", "yes"),
        ("[<!ELEMENT Key ANY>]", "xml-document-type", "review"),
    ],
)
def test_document_type_is_refused_and_flagged(doctype, rule, danger):
    page = s3_page("a").replace("?>", f"?><!DOCTYPE l {doctype}>", 1)
    with pytest.raises(BadMemberError) as caught:
        listed(page, "s3-xml")
    assert caught.value.status == "refused"
    found = facts(page, "s3-xml")
    assert (found.status, found.danger, found.danger_rules) == ("refused", danger, [rule])


def test_sound_xml_is_looked_at_and_found_harmless():
    assert facts(s3_page("a"), "s3-xml").danger == "none_found"


def test_entries_before_a_cut_are_kept():
    page = s3_page("a", "b")[:-60]
    found = facts(page, "s3-xml")
    assert (found.status, found.values["x_n_listed"]) == ("truncated", 1)
    assert found.values["x_truncated_listing"] is True


@pytest.mark.parametrize("tag", ["<a{}/>", '<a b{}="1"/>', '<a xmlns="urn:{}"/>'])
def test_thousands_of_different_tags_are_refused_before_the_parser_keeps_them(tag):
    many = s3_page("a.bin", extra="".join(tag.format(n) for n in range(20_000)))
    assert facts(many, "s3-xml").status == "refused"
    few = s3_page("a.bin", extra="".join(tag.format(n % 100) for n in range(20_000)))
    assert facts(few, "s3-xml").status == "ok"


def test_endless_tag_and_deep_nesting_are_limited():
    assert facts("<ListBucketResult " + "a" * 2_000_000, "s3-xml").status == "limit"
    assert facts("<a>" * 10_000, "s3-xml").status == "refused"


S3_JSON = {
    "Contents": [
        {"Key": "a b.pt", "LastModified": "2026-05-01T10:00:00+00:00", "ETag": f'"{MD5}"', "Size": 9}
    ],
    "CommonPrefixes": [{"Prefix": "deep/"}],
}
GCS_JSON = {
    "items": [
        {"kind": "storage#object", "name": "o.pt", "size": "9", "updated": "2026-05-01T10:00:00Z"},
        {"kind": "storage#object", "name": "p.pt", "size": "10", "md5Hash": "J6a/Q5Y90eYT91eLXlNUwQ=="},
    ],
    "nextPageToken": "x",
}
AZURE_JSON = [
    {
        "name": "o.pt",
        "properties": {
            "contentLength": 9,
            "lastModified": "2026-05-01T10:00:00+00:00",
            "etag": "0x8",
            "contentSettings": {"contentMd5": "J6a/Q5Y90eYT91eLXlNUwQ=="},
        },
    },
    {"name": "old.pt", "deleted": True, "properties": {"contentLength": 1}},
    {"nextMarker": "x"},
]


def test_s3_json_is_read_and_unopened_folders_counted():
    text = json.dumps(S3_JSON)
    assert listed(text, "s3-json") == [Listed("a b.pt", 9, MAY, etag=MD5, md5=MD5)]
    assert facts(text, "s3-json").values["x_n_folders_unlisted"] == 1


def test_s3_json_decodes_keys_when_asked_to():
    text = json.dumps({"Contents": [{"Key": "a+b%2B"}], "EncodingType": "url"})
    assert [entry.path for entry in listed(text, "s3-json")] == ["a b+"]


def test_google_sizes_are_strings_and_md5_is_base64():
    first, second = listed(json.dumps(GCS_JSON), "gcs-json")
    assert (first.size, first.mtime) == (9, MAY)
    assert second.md5 == "27a6bf43963dd1e613f7578b5e5354c1"
    assert facts(json.dumps(GCS_JSON), "gcs-json").values["x_truncated_listing"] is True


@pytest.mark.parametrize(
    "entry",
    [
        {"storage_url": "gs://lab/dir/o.pt", "size": 9, "update_time": "2026-05-01T10:00:00+0000"},
        {
            "url": "gs://lab/dir/o.pt#169",
            "type": "cloud_object",
            "metadata": {"size": "9", "updated": "2026-05-01T10:00:00Z"},
        },
    ],
)
def test_both_listings_of_gcloud_are_read(entry):
    assert listed(json.dumps([entry]), "gcs-json") == [Listed("dir/o.pt", 9, MAY)]


def test_azure_json_is_read_and_its_marker_noticed():
    text = json.dumps(AZURE_JSON)
    first, second = listed(text, "azure-json")
    assert first == Listed("o.pt", 9, MAY, etag="0x8", md5="27a6bf43963dd1e613f7578b5e5354c1")
    assert second.note == "deleted"
    values = facts(text, "azure-json").values
    assert (values["x_truncated_listing"], values["x_n_unreadable"]) == (True, 0)


def test_object_without_a_name_is_skipped_and_counted():
    text = json.dumps({"Contents": [{"Size": 3}, {"Key": "a"}, {"Key": "b", "Size": -5}]})
    assert [(e.path, e.size) for e in listed(text, "s3-json")] == [("a", None), ("b", None)]
    assert facts(text, "s3-json").values["x_n_unreadable"] == 1


def test_deep_json_is_refused_in_linear_time():
    assert facts(b'{"Contents":[' + b"[" * 300_000, "s3-json").status == "refused"


S3_LS = """2026-05-01 10:00:00 4998663696 ckpt/model.safetensors
2026-05-01 10:00:00      20480 eval/internal  draft/results.json
                           PRE data/
2026-05-01 10:00:00    4.7 GiB  leading space.bin
2026-05-01 10:00:00  512 Bytes small.txt
nonsense

Total Objects: 4
   Total Size: 9.3 GiB
"""


def test_aws_s3_ls_keeps_spaces_and_marks_rounded_sizes():
    assert [(e.path, e.size, e.note) for e in listed(S3_LS, "aws-s3-ls")] == [
        ("ckpt/model.safetensors", 4998663696, None),
        ("eval/internal  draft/results.json", 20480, None),
        (" leading space.bin", round(4.7 * 2**30), "size rounded"),
        ("small.txt", 512, None),
    ]
    values = facts(S3_LS, "aws-s3-ls").values
    assert (values["x_n_unreadable"], values["x_n_folders_unlisted"], values["x_claimed_objects"]) == (
        1,
        1,
        4,
    )


def test_listing_that_names_less_than_it_claims_is_truncated():
    found = facts(S3_LS.replace("Objects: 4", "Objects: 400"), "aws-s3-ls")
    assert found.status == "truncated"
    assert "400" in found.error


def test_powershell_listing_in_utf16_is_read():
    assert [e.path for e in listed(S3_LS.encode("utf-16"), "aws-s3-ls")][0] == "ckpt/model.safetensors"


def test_checksum_manifests_of_both_styles_are_read():
    text = f"{SHA256}  ./plain name.bin\n{SHA256} *binary.bin\n\\{SHA256}  a\\nb\\\\c\n"
    text += f"SHA256 (bsd (1).bin) = {SHA256}\n"
    entries = listed(text + f"{MD5}  old.md5\nSHA512 (x) = {SHA256 * 2}\n# comment\n", "checksum-manifest")
    assert [e.path for e in entries] == [
        "plain name.bin",
        "binary.bin",
        "a\nb\\c",
        "bsd (1).bin",
        "old.md5",
        "x",
    ]
    assert [e.sha256 for e in entries] == [SHA256] * 4 + [None] * 2
    assert (entries[4].md5, entries[5].other_hash) == (MD5, f"sha512:{SHA256 * 2}")
    assert {e.hash_source for e in entries} == {"manifest"}


def test_blake3_manifest_is_not_taken_for_sha256():
    [entry] = listed(f"{SHA256}  a\n", "checksum-manifest", "model.b3sum")
    assert (entry.sha256, entry.other_hash) == (None, f"blake3:{SHA256}")


def test_bag_manifest_decodes_per_cent_and_bag_info_gives_claims():
    [entry] = listed(f"{SHA256}  data/a%0Ab%25.bin\n", "bagit", "manifest-sha256.txt")
    assert (entry.path, entry.sha256) == ("data/a\nb%.bin", SHA256)
    values = facts("BagIt-Version: 1.0\nPayload-Oxum: 1000.3\n", "bagit", "bag-info.txt").values
    assert (values["x_claimed_bytes"], values["x_claimed_files"], values["x_n_unreadable"]) == (1000, 3, 0)
    assert listed("https://example.org/a 12 data/a\n", "bagit", "fetch.txt")[0].size == 12


def test_download_note_names_model_and_hashes():
    text = f"url: https://huggingface.co/lab/model-x\nbranch: main\nsha256sum:\n    {SHA256} model-1.bin\n"
    assert listed(text, "text-manifest") == [Listed("model-1.bin", sha256=SHA256, hash_source="manifest")]
    values = facts(text, "text-manifest").values
    assert (values["model_id"], values["x_branch"], values["x_n_unreadable"]) == ("lab/model-x", "main", 0)


def test_lfs_pointer_gives_hash_and_size_of_the_absent_file():
    text = f"version https://git-lfs.github.com/spec/v1\noid sha256:{SHA256}\nsize 12345\n"
    assert listed(text, "git-lfs-pointer", "m.bin") == [
        Listed("m.bin", 12345, sha256=SHA256, hash_source="pointer")
    ]
    for bad in (text.replace("sha256:", "md5:"), text.replace("12345", "-1"), text + "x" * 2000):
        with pytest.raises(BadMemberError):
            listed(bad, "git-lfs-pointer")


def test_limit_on_entries_ends_the_listing():
    tally = Tally()
    with pytest.raises(BadMemberError) as caught:
        listed(s3_page("a", "b", "c"), "s3-xml", max_entries=2, tally=tally)
    assert (caught.value.status, tally.n_listed) == ("limit", 2)


def test_names_beyond_belief_are_skipped():
    text = f"{SHA256}  {'a' * (PATH_LIMIT + 1)}\n{SHA256}  {'b' * 50_000}\n{SHA256}  ok\n"
    tally = Tally()
    assert [e.path for e in listed(text, "checksum-manifest", tally=tally)] == ["ok"]
    assert tally.n_unreadable == 2


@pytest.mark.parametrize("format", ["aws-s3-ls", "s3-xml", "gcs-json"])
def test_broken_stream_is_our_error(format):
    class Broken(io.BytesIO):
        def read(self, size=-1):
            raise OSError("disk on fire")

    assert read(FileSource(Broken(b""), "x", 10**6, head=b"<ListBucketResult>"), format).status == "corrupt"


SEEDS = {
    "s3-xml": s3_page("a", "b"),
    "azure-xml": "<EnumerationResults><Blobs><Blob><Name>a</Name></Blob></Blobs></EnumerationResults>",
    "s3-json": json.dumps(S3_JSON),
    "gcs-json": json.dumps(GCS_JSON),
    "azure-json": json.dumps(AZURE_JSON),
    "aws-s3-ls": S3_LS,
    "checksum-manifest": f"{SHA256}  a\nMD5 (b) = {MD5}\n",
    "bagit": f"{SHA256} data/a%25\nPayload-Oxum: 1.1\n",
    "text-manifest": f"url: https://huggingface.co/a/b\n {SHA256} a\n",
    "git-lfs-pointer": f"version https://git-lfs.github.com/spec/v1\noid sha256:{SHA256}\nsize 1\n",
}


def test_every_listing_format_has_a_seed():
    assert set(SEEDS) == set(LISTING_FORMATS)


@given(st.data())
def test_mangled_listings_end_in_facts(data):
    format = data.draw(st.sampled_from(sorted(SEEDS)))
    seed = SEEDS[format].encode()
    at = data.draw(st.integers(0, len(seed)))
    length = data.draw(st.integers(0, 20))
    junk = data.draw(
        st.one_of(st.binary(max_size=30), st.text(max_size=20).map(lambda t: t.encode("utf-8", "replace")))
    )
    found = facts(seed[:at] + junk + seed[at + length :], format)
    assert found.status in {"ok", "corrupt", "truncated", "refused", "limit"}
    assert found.values["x_n_listed"] >= 0


@given(st.sampled_from(sorted(SEEDS)), st.binary(max_size=300))
def test_random_bytes_end_in_facts(format, junk):
    assert facts(junk, format).values["x_n_listed"] >= 0
