"""HDF5 trees are walked once and never out of the file; Keras layers are judged, weights counted."""

from __future__ import annotations

import base64
import io
import json
import zipfile
import zlib

import pytest
from hypothesis import given, settings

from leakkit.errors import BadMemberError
from leakkit.leak.facts import Facts
from leakkit.leak.formats.hdf5_tree import read_tree
from leakkit.leak.formats.keras import read
from leakkit.leak.formats.keras_config import judge_layer_text, judge_layers
from leakkit.leak.source import BytesSource
from tests.leak.formats.damaged_copies import copies_of, facts_or_none


def unpacked(text: str) -> bytes:
    return zlib.decompress(base64.b85decode(text))


# Written by h5py 3.16 (earliest format): attributes keras_version 2.15.0, backend, and a model_config of one
# Lambda layer; model_weights/dense/kernel:0 (2, 3) and bias:0 (3,), optimizer_weights/m (2, 3), all f4.
KERAS = unpacked(
    "c-rk*K~EDw6rR}v*)&B<fV7wzmK75ZhN#iRaIr?JJv3s3gNZS9+YYelcDHsbprnywy?fy3(W3_s96kCIJo+=d;q304c4vr`fH5U~"
    "U$T99Z{B;eGyCSv%j?JD%Hzr8l_UwE>tu|iNgPLj_3JV(#$N-aK)XP{XhJ>_j%7if2LDDP;<rG){=85Kw2u^sd79uLOAw=oV&UPl"
    "fW83!7SJD>tk>{r%qj0MdvmMpbKYyV?S}oHwPLb(yxtfvuZY*~v}~9nMPM(H8KRRqYgvAIo3(t~bGdwu($F&9Gts4aCjy^|zRM?%"
    "R!fwCfua}S&eH9BOMKB{xk;dH=K5Z1!|`_H_ddLgF@r!L5C{YUfj}S-2*j{qO7t0k7yYvo$wNOt5Bm%it6FDnZD4;P8S5`-p`Qa7"
    "pX8c4^hv6oyJ2qz@@a0^jM?v*RmbxEvTHS%xontg?9E%|wr$HXZyIJ~$K`vbP_W%?KF(^vuw%VrEuTwYs%}bFqf)bE7oE<lPKT25"
    "Xl^R{A5mw9YP7e80I;NEe1c>{(<x(~jD-?|WOS1G0OR9)&B3^)MGkf7Bqr#=Y^0%f7I%jrD)t}nA07aC{_OMTbDk0^^;1RM{Df8f"
    "&O~%jKXo@pVo`$_HK_em(e=+N$DqbspT+V*@tpInJzZU){Pc>r`#MXcyrssmc%9OMtk(wq)3wq3et*jYzve)YJ6#_5eiico=7D}5"
    "Fa*uXdUe)vnX@eZb|Dqp@&its$NOi>1GE=+hja4zR^u3Pay}J#K%YNZU+i~x2KP?Rr)vEf?I@*GsWZ=8Z)Ocq*~{o&puPEDwfWtJ"
    ";jPV2e<!Q8%Ah+rwTO2z-pR*n^KVM6+aU6t`EP3T{++yN;I}vn{s4DO)jI"
)

# Written by h5py 3.16 (latest format): a/w (4,) f2; links b -> a, a/up -> /, soft -> /a, out -> another file;
# datasets chunked (100,) gzip, never (50, 50) without data, elsewhere (4,) u1 in another file.
LINKS = unpacked(
    "c-rgqaB<`1lHy|K;9!7(|4<OX2H_h(#UJowNBeuY1TisG2naARq%lK;O`y_TObm<+3~W3MK#DQ(I3q+9%1?sv#aJ0w7?@xZ9E>c*"
    "`DrCg4El*|k|4eVbAD+F&~W|Kl4SjY#Ny)e6bAhY2B01=5Y$ur0Cob<NJbF`1|~*EMyM1_2?MhT1EZh<KiCom1_1^xRt7G9Ad3~~"
    "K4vZsA)pGz{ZQAyJ-vZp$bq}n+<GuJI7}4$%b2o}aRrkQa(u!7N<@`!W<ZY^UXTP+X#p(W8T3eX+HVFOUG!*5fy$+zM3X!;+7uYX"
    "IT*z2VbR3R&BMS5)CF=OSOte5ScZv_i-nmB<`IU4Lm--XS48dcclPiGWtnBrG-?EuV-o@eHG6VKX<l|}N)!`JPp4A*KX~}50K*R$"
    "6fixwXuRPGP4=*W6Hte0S}+6xu>bL1Q21d_%b-w|VM8s5Ht_q+BUnfP(-%-H10%E;fP@me22clBl#$^HD_RkOW&&!6!bBN*23O$S"
    "le!q|;p!LwVoN~97-2qPLsg4h=7I|qV5qYRfYh_*rIw`@&4L#AY$6~r&eWXZ)bfnfqSPBu&&$PsWdi`uG>`="
)

HARMLESS = KERAS.replace(b'"Lambda"', b'"Dense" ')


def read_bytes(data: bytes, format: str = "hdf5"):
    return read(BytesSource(data, "invented.h5"), format)


def test_weights_are_counted_without_the_optimisers():
    facts = read_bytes(HARMLESS)
    assert facts.status == "ok" and facts.format == "hdf5-keras" and facts.danger == "none_found"
    assert (facts.values["n_params"], facts.values["n_params_by"]) == (9, "header")
    assert facts.values["x_keras_version"] == "2.15.0" and facts.values["x_n_keras_layers"] == 1
    kernel = next(tensor for tensor in facts.tensors if tensor.name.endswith("kernel:0"))
    assert (kernel.shape, kernel.dtype, kernel.nbytes) == ((2, 3), "F32", 24)
    assert HARMLESS[kernel.offset : kernel.offset + 8] == bytes.fromhex("000000000000803f")


def test_a_lambda_layer_is_dangerous():
    facts = read_bytes(KERAS)
    assert (facts.danger, facts.danger_rules) == ("yes", ["keras-lambda"])


def test_links_in_circles_end_and_links_out_of_the_file_are_dangerous():
    facts = read_bytes(LINKS)
    assert facts.danger_rules == ["hdf5-external-link", "hdf5-external-storage"] and facts.danger == "yes"
    assert {tensor.name for tensor in facts.tensors} >= {"a/w", "chunked", "never"}


def test_data_never_written_make_the_count_a_claim():
    facts = read_bytes(LINKS)
    assert facts.values["n_params_by"] == "claim"


def test_a_user_block_before_the_file_is_passed_over():
    tree = read_tree(BytesSource(bytes(512) + HARMLESS))
    plain = read_tree(BytesSource(HARMLESS))
    assert [item.path for item in tree.datasets] == [item.path for item in plain.datasets]
    assert tree.datasets[0].offset == plain.datasets[0].offset + 512


def test_a_dataset_that_lies_about_its_shape_is_not_counted():
    shape = (2).to_bytes(8, "little") + (3).to_bytes(8, "little")
    data = HARMLESS.replace(shape, (2).to_bytes(8, "little") + (3 * 10**9).to_bytes(8, "little"))
    facts = read_bytes(data)
    assert facts.status == "corrupt" and "shape-lie" in facts.danger_rules and "n_params" not in facts.values


def test_a_cut_file_does_not_pass_as_whole():
    for length in range(600, len(HARMLESS) - 8, 100):
        try:
            facts = read_bytes(HARMLESS[:length])
        except BadMemberError:
            continue
        assert (
            facts.status != "ok" or "n_params" not in facts.values or facts.values["n_params_by"] == "claim"
        )


@settings(max_examples=300)  # more than elsewhere: the parser is not ours
@given(copies_of(KERAS, LINKS))
def test_no_damage_leads_to_another_error(data):
    facts_or_none(read, data, "hdf5")


# --- layer descriptions ---------------------------------------------------------------------------


def judged(config) -> Facts:
    judge_layers(facts := Facts(), config)
    return facts


def nested(item: dict, depth: int) -> dict:
    for _ in range(depth):
        item = {"class_name": "Functional", "config": {"layers": [item]}}
    return item


@pytest.mark.parametrize("depth", [0, 1, 30])
def test_a_lambda_layer_is_found_at_any_depth(depth):
    assert judged(nested({"class_name": "Lambda", "config": {}}, depth)).danger_rules == ["keras-lambda"]


@pytest.mark.parametrize(
    ("item", "danger", "rule"),
    [
        ({"module": "keras.layers", "class_name": "Dense", "registered_name": None}, None, None),
        (
            {"module": "keras.src.models", "class_name": "Functional", "registered_name": "Functional"},
            None,
            None,
        ),
        ({"module": "builtins", "class_name": "function", "config": "relu"}, "review", "keras-function"),
        ({"module": "builtins", "class_name": "exec", "config": "x"}, "yes", "keras-module:builtins"),
        ({"module": "os", "class_name": "function", "config": "system"}, "yes", "keras-module:os"),
        ({"module": "subprocess", "class_name": "Popen"}, "yes", "keras-module:subprocess"),
        ({"module": "shop.layers", "class_name": "Mine"}, "review", "keras-module:shop.layers"),
        (
            {"module": None, "class_name": "Mine", "registered_name": "Shop>Mine"},
            "review",
            "keras-registered:Shop>Mine",
        ),
        ({"class_name": "TFOpLambda", "config": {"function": "math.add"}}, None, None),
        (
            {"class_name": "TFOpLambda", "config": {"function": "io.write_file"}},
            "yes",
            "keras-operator:io.write_file",
        ),
        ({"class_name": "__lambda__", "config": {"code": "4wEA"}}, "yes", "keras-lambda"),
    ],
)
def test_modules_and_functions_are_judged(item, danger, rule):
    facts = judged({"config": {"layers": [item]}})
    assert (facts.danger, facts.danger_rules) == (danger, [rule] if rule else [])


def test_a_description_too_deep_or_unreadable_is_for_review():
    for raw in (b"[" * 100_000, b"\xff", b"not json"):
        judge_layer_text(facts := Facts(), raw)
        assert facts.danger == "review"
    assert judged(nested({"class_name": "Lambda"}, 150)).danger == "review"


# --- archives of Keras 3 --------------------------------------------------------------------------


def archive(config: dict | None, weights: bytes | None = HARMLESS, **members: bytes) -> bytes:
    with zipfile.ZipFile(buffer := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("metadata.json", json.dumps({"keras_version": "3.9.0", "date_saved": "invented"}))
        if config is not None:
            file.writestr("config.json", json.dumps(config))
        if weights is not None:
            file.writestr("model.weights.h5", weights)
        for name, data in members.items():
            file.writestr(name, data)
    return buffer.getvalue()


DENSE = {"module": "keras.layers", "class_name": "Dense", "config": {"name": "d"}, "registered_name": None}
MODEL = {"module": "keras", "class_name": "Sequential", "config": {"name": "invented", "layers": [DENSE]}}


def test_an_archive_is_counted_by_the_weights_inside():
    facts = read_bytes(archive(MODEL), "keras-zip")
    assert facts.status == "ok" and facts.danger == "none_found" and facts.format is None
    assert facts.values["n_params"] == 9 and facts.values["x_name"] == "invented"
    assert facts.values["x_keras_version"] == "3.9.0"


def test_a_lambda_layer_in_an_archive_is_dangerous():
    bad = {"class_name": "Sequential", "config": {"layers": [{"class_name": "Lambda", "config": {}}]}}
    assert read_bytes(archive(bad), "keras-zip").danger_rules == ["keras-lambda"]


def test_paths_and_code_in_an_archive_are_flagged():
    facts = read_bytes(archive(MODEL, **{"../evil.txt": b"x", "assets/run.py": b"x"}), "keras-zip")
    assert facts.danger == "yes"
    assert facts.danger_rules == ["archive-path-escape", "keras-archive-code"]


def test_an_archive_without_a_description_is_corrupt():
    assert read_bytes(archive(None), "keras-zip").status == "corrupt"


@given(copies_of(archive(MODEL)))
def test_no_damage_to_an_archive_leads_to_another_error(data):
    facts_or_none(read, data, "keras-zip")
