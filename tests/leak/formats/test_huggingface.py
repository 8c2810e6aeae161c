"""Files of a model repository: sizes, families, parameter counts, code they bring, what breaks them."""

from __future__ import annotations

import contextlib
import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakkit.errors import BadMemberError
from leakkit.leak.facts import Facts
from leakkit.leak.formats.hf_config import hub_name
from leakkit.leak.formats.huggingface import params_from_config, read
from leakkit.leak.formats.json_text import nesting_depth, parse_json, whole_number
from leakkit.leak.formats.yaml_text import load_yaml
from leakkit.leak.source import HEADER_LIMIT, BytesSource

FORMATS = (
    "hf-config", "hf-tokenizer-json", "hf-tokenizer-config", "hf-generation-config", "hf-adapter-config",
    "hf-preprocessor-config", "sentence-transformers-config", "safetensors-index", "pytorch-index",
    "mergekit-config", "trainer-state", "model-card", "gguf-kv-and-tensor-sha256",
)  # fmt: skip


def facts_of(value: Any, format: str, name: str = "x") -> Facts:
    """Read `value` (bytes, text, or what is written as JSON)."""
    data = (
        value
        if isinstance(value, bytes)
        else (value if isinstance(value, str) else json.dumps(value)).encode()
    )
    return read(BytesSource(data, name), format)


def config(
    family: str, vocabulary: int, hidden: int, inner: int, layers: int, heads: int, **more: Any
) -> dict[str, Any]:
    """Give a configuration with today's names."""
    return {
        "model_type": family, "vocab_size": vocabulary, "hidden_size": hidden, "intermediate_size": inner,
        "num_hidden_layers": layers, "num_attention_heads": heads, **more,
    }  # fmt: skip


GQA = "num_key_value_heads"
TIED = {"tie_word_embeddings": True}
BERT = {"max_position_embeddings": 512, "type_vocab_size": 2}
PUBLISHED = {
    "Llama-2-7B": (6_738_415_616, config("llama", 32000, 4096, 11008, 32, 32)),
    "Llama-3-8B": (8_030_261_248, config("llama", 128256, 4096, 14336, 32, 32, **{GQA: 8})),
    "Llama-3.2-1B": (1_235_814_400, config("llama", 128256, 2048, 8192, 16, 32, **{GQA: 8}, **TIED)),
    "granite-3b-code": (3_482_503_680, config("llama", 49152, 2560, 10240, 32, 32, attention_bias=True, mlp_bias=True,
    **TIED)),
    "Mistral-7B": (7_241_732_096, config("mistral", 32000, 4096, 14336, 32, 32, **{GQA: 8})),
    "Devstral-Small-2507": (23_572_403_200, config("mistral", 131072, 5120, 32768, 40, 32, head_dim=128, **{GQA: 8})),
    "Mixtral-8x7B": (46_702_792_704, config("mixtral", 32000, 4096, 14336, 32, 32, num_local_experts=8, **{GQA: 8})),
    "Mixtral-8x22B": (140_620_634_112, config("mixtral", 32000, 6144, 16384, 56, 48, num_local_experts=8, **{GQA: 8})),
    "Qwen2-7B": (7_615_616_512, config("qwen2", 152064, 3584, 18944, 28, 28, **{GQA: 4})),
    "Qwen2-0.5B": (494_032_768, config("qwen2", 151936, 896, 4864, 24, 14, **{GQA: 2}, **TIED)),
    "Qwen3-0.6B": (596_049_920, config("qwen3", 151936, 1024, 3072, 28, 16, head_dim=128, **{GQA: 8}, **TIED)),
    "Phi-3-mini": (3_821_079_552, config("phi3", 32064, 3072, 8192, 32, 32)),
    "Gemma-2B": (2_506_172_416, config("gemma", 256000, 2048, 16384, 18, 8, head_dim=256, **{GQA: 1})),
    "Gemma-2-2B": (2_614_341_888, config("gemma2", 256000, 2304, 9216, 26, 8, head_dim=256, **{GQA: 4})),
    "Pythia-160M": (162_322_944, config("gpt_neox", 50304, 768, 3072, 12, 12)),
    "Pythia-12B": (11_846_072_320, config("gpt_neox", 50688, 5120, 20480, 36, 40)),
    "bert-base-uncased": (109_482_240, config("bert", 30522, 768, 3072, 12, 12, architectures=["BertModel"], **BERT)),
    "bert-base, masked": (109_514_298, config("bert", 30522, 768, 3072, 12, 12, architectures=["BertForMaskedLM"],
    **BERT)),
    "roberta-base": (
        124_697_433,
        config("roberta", 50265, 768, 3072, 12, 12, architectures=["RobertaForMaskedLM"], max_position_embeddings=514,
               type_vocab_size=1),
    ),
    "gpt2-xl": (1_557_611_200, {"model_type": "gpt2", "vocab_size": 50257, "n_positions": 1024, "n_embd": 1600,
    "n_layer": 48}),
}  # fmt: skip


@pytest.mark.parametrize("model", sorted(PUBLISHED))
def test_parameter_counts_are_those_published(model: str) -> None:
    params, settings = PUBLISHED[model]
    assert params_from_config(settings) == params
    facts = facts_of(settings, "hf-config")
    assert facts.values["n_params"] == params
    assert facts.values["n_params_by"] == "formula"


@pytest.mark.parametrize(
    "change",
    [
        {"model_type": "mamba"}, {"model_type": None}, {"hidden_size": None}, {"hidden_size": -1},
            {"vocab_size": "many"},
        {"num_hidden_layers": 1.5}, {"architectures": ["LlamaForSequenceClassification"]}, {"architectures": [5]},
        {"hidden_size": 2**50}, {"vocab_size": True}, {"model_type": ["llama"]},
    ],
)  # fmt: skip
def test_an_unknown_layout_has_no_parameter_count(change: dict[str, Any]) -> None:
    settings = config("llama", 32000, 64, 128, 2, 4) | change
    settings = {key: value for key, value in settings.items() if value is not None}
    assert params_from_config(settings) is None
    assert "n_params" not in facts_of(settings, "hf-config").values


def test_sizes_are_read_under_old_names_too() -> None:
    old = facts_of(
        {"model_type": "gpt2", "n_embd": 768, "n_layer": 12, "n_head": 12, "vocab_size": 50257}, "hf-config"
    ).values
    assert (old["hidden_size"], old["n_layers"], old["n_heads"], old["vocab_size"]) == (768, 12, 12, 50257)
    t5 = facts_of({"model_type": "t5", "d_model": 512, "num_layers": 6, "num_heads": 8}, "hf-config").values
    assert (t5["hidden_size"], t5["n_layers"], t5["n_heads"]) == (512, 6, 8)


def test_a_multimodal_model_is_sized_by_its_language_part() -> None:
    settings = {
        "model_type": "llava", "vision_config": {"hidden_size": 1024}, "torch_dtype": "float16",
        "text_config": config("llama", 32064, 4096, 11008, 32, 32),
    }  # fmt: skip
    values = facts_of(settings, "hf-config").values
    assert (values["arch_family"], values["n_layers"], values["hidden_size"]) == ("llava", 32, 4096)
    assert values["dtype_main"] == "F16"
    assert "n_params" not in values


def test_code_that_a_loader_imports_only_when_trusted_is_a_note() -> None:
    facts = facts_of(config("phi3", 1, 1, 1, 1, 1, auto_map={"AutoConfig": "a--b.C"}), "hf-config")
    assert (facts.danger, facts.danger_rules) == ("none_found", []) and "auto_map" in str(facts.error)
    plain = facts_of(config("phi3", 1, 1, 1, 1, 1), "hf-config")
    assert (plain.danger, plain.error) == ("none_found", None)
    adapter = {"peft_type": "LORA", "auto_mapping": {"base_model_class": "M", "parent_library": "evil"}}
    assert "auto_mapping" in str(facts_of(adapter, "hf-adapter-config").error)


def test_module_from_elsewhere_asks_for_a_review() -> None:
    modules = [
        {"idx": 0, "type": "custom.Module"},
        {"idx": 1, "type": "sentence_transformers.models.Pooling"},
    ]
    assert facts_of(modules, "sentence-transformers-config").danger_rules == ["remote-code:custom.Module"]


def test_a_hub_name_is_what_a_model_was_made_from_and_a_local_folder_is_nothing() -> None:
    assert (
        facts_of({"model_type": "x", "_name_or_path": "lab/base"}, "hf-config").values["base_model"]
        == "lab/base"
    )
    assert "base_model" not in facts_of({"model_type": "x", "_name_or_path": "/data/run"}, "hf-config").values
    assert hub_name("a/b/c") is None
    assert hub_name("../b") is None


def test_quantisation_is_named() -> None:
    settings = {"model_type": "x", "quantization_config": {"quant_method": "awq", "bits": 4}}
    assert facts_of(settings, "hf-config").values["quantization"] == "awq-4bit"
    assert facts_of({"model_type": "x", "quantization_config": "?"}, "hf-config").status == "ok"


WEIGHT_MAP = {
    f"model.layers.{i}.{part}": f"model-0000{i + 1}-of-00002.safetensors"
    for i in range(2)
    for part in ("self_attn.q_proj.weight", "mlp.gate_proj.weight", "input_layernorm.weight")
}


def test_an_index_tells_shards_layers_and_family() -> None:
    facts = facts_of({"metadata": {"total_size": 1000}, "weight_map": WEIGHT_MAP}, "safetensors-index")
    assert facts.values["x_total_size"] == 1000
    assert (facts.values["x_n_shards"], facts.values["x_n_tensors"], facts.values["n_layers"]) == (2, 6, 2)
    assert facts.values["arch_family"] == "llama"
    assert "n_params" not in facts.values


def test_an_index_may_state_its_parameters() -> None:
    facts = facts_of({"metadata": {"total_parameters": 77}, "weight_map": {}}, "safetensors-index")
    assert (facts.values["n_params"], facts.values["n_params_by"]) == (77, "index")


def test_trailing_garbage_is_noted_and_the_index_read() -> None:
    whole = json.dumps({"metadata": {"total_size": 5}, "weight_map": WEIGHT_MAP})
    facts = facts_of(whole + "\n}}garbage", "safetensors-index")
    assert (facts.status, facts.values["x_total_size"]) == ("ok", 5)
    assert facts.error is not None and "follow the JSON value" in facts.error


def test_an_index_without_a_map_is_corrupt() -> None:
    with pytest.raises(BadMemberError, match="weight_map"):
        facts_of({"metadata": {}}, "pytorch-index")


def test_an_adapter_names_its_base() -> None:
    facts = facts_of(
        {"base_model_name_or_path": "lab/base", "peft_type": "LORA", "r": 16}, "hf-adapter-config"
    )
    assert facts.values["base_model"] == "lab/base"
    assert (facts.values["x_peft_type"], facts.values["x_rank"]) == ("LORA", 16)


def test_a_training_state_tells_how_far_it_went() -> None:
    state = {
        "global_step": 500, "epoch": 1.5, "best_metric": None, "max_steps": 1000,
        "log_history": [{"loss": 2.5, "step": 1}, {"loss": float("nan"), "step": 2}, {"loss": 2.0, "step": 3}, 7],
    }  # fmt: skip
    values = facts_of(state, "trainer-state").values
    assert (values["x_global_step"], values["x_epoch"], values["x_n_logs"]) == (500, 1.5, 3)
    assert (values["x_first_loss"], values["x_last_loss"]) == (2.5, 2.0)
    assert "x_best_metric" not in values


def test_a_training_state_too_long_to_parse_keeps_its_ends() -> None:
    text = (
        '{"epoch": 2.0, "global_step": 9, "log_history": ['
        + '{"loss": 1.0}, ' * 1_200_000
        + '{}], "max_steps": 10}'
    )
    facts = facts_of(text, "trainer-state")
    assert len(text) > HEADER_LIMIT
    assert facts.status == "limit"
    assert (facts.values["x_global_step"], facts.values["x_max_steps"]) == (9, 10)


def test_fingerprints_of_tensors_are_counted_and_hashed_in_any_order() -> None:
    values = {
        "general.architecture": "llama", "general.file_type": "1", "llama.block_count": "32",
        "llama.vocab_size": "32000",
        "tokenizer.ggml.tokens": "a" * 64, "blk.0.w": "b" * 64, "blk.1.w": "c" * 64,
    }  # fmt: skip
    facts = facts_of(values, "gguf-kv-and-tensor-sha256").values
    backwards = facts_of(dict(reversed(values.items())), "gguf-kv-and-tensor-sha256").values
    assert facts == backwards
    assert (facts["x_n_tensor_hashes"], facts["n_layers"], facts["vocab_size"], facts["dtype_main"]) == (
        2,
        32,
        32000,
        "F16",
    )


MERGE = """
slices:
  - sources:
      - model: lab/one
        layer_range: [0, 32]
      - model: lab/two
merge_method: slerp
base_model: lab/one
dtype: bfloat16
"""


def test_a_merge_recipe_names_its_models() -> None:
    values = facts_of(MERGE, "mergekit-config").values
    assert (values["base_model"], values["x_models"], values["dtype_main"]) == (
        "lab/one",
        ["lab/one", "lab/two"],
        "BF16",
    )


CARD = "---\nlicense: {0}\nbase_model:\n- lab/one\n- lab/two\ntags: [a]\nmodel-index:\n- name: Ada\n---\n# Title\n"


def test_a_model_card_gives_licence_and_base() -> None:
    values = facts_of(CARD.format("llama3.1"), "model-card").values
    assert (values["licence"], values["base_model"], values["model_id"]) == (
        "LicenseRef-llama3.1",
        "lab/one, lab/two",
        "Ada",
    )
    assert values["x_tags"] == ["a"]


def test_a_card_with_another_licence_takes_its_name() -> None:
    values = facts_of("---\nlicense: other\nlicense_name: qwen\n---\n", "model-card").values
    assert values["licence"] == "LicenseRef-qwen"
    assert "licence" not in facts_of("---\nlicense: other\n---\n", "model-card").values


def test_a_card_with_broken_yaml_keeps_its_plain_lines() -> None:
    facts = facts_of("---\nlicense: mit\ntags: [a\nbase_model: lab/one\n---\n# Title\n", "model-card")
    assert (facts.status, facts.values["licence"], facts.values["base_model"]) == ("ok", "MIT", "lab/one")
    assert facts.error is not None and facts.error.startswith("front matter: no YAML at line")


BOMB = "---\nlicense: mit\na: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: &d [*c, *c]\n---\n"


def test_aliases_are_refused_and_bombs_flagged() -> None:
    facts = facts_of(BOMB, "model-card")
    assert (facts.status, facts.danger) == ("refused", "yes")
    assert "yaml-alias-bomb" in facts.danger_rules
    single = facts_of("---\na: &x 1\nb: *x\n---\n", "model-card")
    assert (single.status, single.danger, single.danger_rules) == ("refused", "review", ["yaml-aliases"])


def test_tags_that_make_python_objects_are_flagged_and_not_made() -> None:
    facts = facts_of("---\nlicense: mit\na: !!python/object/apply:os.system ['true']\n---\n", "model-card")
    assert facts.danger_rules == ["yaml-python-tag:object/apply:os.system"]
    assert (facts.danger, facts.values["licence"]) == ("yes", "MIT")
    merge = facts_of(MERGE + "x: !!python/name:os.system\n", "mergekit-config")
    assert merge.danger == "review"


@pytest.mark.parametrize(
    "text",
    [
        "---\n" + "[" * 30_000 + "\n---\n",
        "---\n" + "- " * 30_000 + "\n---\n",
        "---\n" + "{a: " * 500,
        "---\n" + "? " * 20_000,
    ],
)
def test_deep_yaml_is_refused(text: str) -> None:
    start = time.perf_counter()
    facts = facts_of(text, "model-card")
    assert facts.status in {"refused", "ok"}
    assert "licence" not in facts.values
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    "text",
    ["a: " + "&a" * 20_000, "a:\n" * 15_000, "%" * 60_000, "'" * 60_000, "|\n" * 30_000, "a: 'x\n" * 9_000],
)
def test_odd_yaml_takes_bounded_time(text: str) -> None:
    start = time.perf_counter()
    with contextlib.suppress(BadMemberError):
        load_yaml(text)
    assert time.perf_counter() - start < 6


def test_templates_of_tokenizers_and_processors_are_judged() -> None:
    for format in ("hf-tokenizer-config", "hf-preprocessor-config"):
        facts = facts_of({"chat_template": "{{ x.__class__ }}"}, format)
        assert (facts.danger, facts.danger_rules) == ("yes", ["jinja-attribute-escape"])
        assert facts_of({"chat_template": "{{ messages }}"}, format).danger == "none_found"


def tokenizer_json(vocabulary: Any, kind: str = "BPE") -> bytes:
    """Give a tokenizer file with one added token of id 5,000."""
    added = [{"id": 5000, "content": '<"id": 9999,>', "special": True}]
    whole = {
        "version": "1.0",
        "added_tokens": added,
        "model": {"type": kind, "vocab": vocabulary, "merges": ["a b"]},
    }
    return json.dumps(whole, ensure_ascii=False).encode()


def test_a_vocabulary_is_counted_with_odd_tokens_and_added_ones() -> None:
    tokens = {f't"{i}\\ ü}}]{{,:{i}': i for i in range(3000)} | {"vocab": 3000, '"vocab": {': 3001, "": 3002}
    values = facts_of(tokenizer_json(tokens), "hf-tokenizer-json").values
    assert values["x_n_entries"] == len(tokens)
    assert values["vocab_size"] == 5001
    assert values["x_tokenizer_type"] == "BPE"


def test_a_unigram_vocabulary_is_a_list_of_pairs() -> None:
    pieces = [[f"▁t{i}", -i / 7] for i in range(6000)]
    values = facts_of(tokenizer_json(pieces, "Unigram"), "hf-tokenizer-json").values
    assert (values["x_n_entries"], values["vocab_size"]) == (6000, 6000)


def test_a_large_vocabulary_is_counted_in_little_memory() -> None:
    import tracemalloc

    source = BytesSource(tokenizer_json({f"token number {i}": i for i in range(300_000)}), "tokenizer.json")
    tracemalloc.start()
    facts = read(source, "hf-tokenizer-json")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert facts.values["vocab_size"] == 300_000
    assert peak < 20 * 2**20


def test_a_cut_vocabulary_has_no_size() -> None:
    facts = facts_of(tokenizer_json({f"t{i}": i for i in range(9000)})[:50_000], "hf-tokenizer-json")
    assert facts.status == "truncated"
    assert "vocab_size" not in facts.values


@pytest.mark.parametrize(
    "format",
    [format for format in FORMATS if format not in ("hf-tokenizer-json", "model-card", "mergekit-config")],
)
def test_deep_json_is_refused_and_flagged(format: str) -> None:
    facts = facts_of(b'{"a":' + b"[" * 100_000, format)
    assert (facts.status, facts.danger, facts.danger_rules) == ("refused", "yes", ["json-depth"])


def test_cut_json_is_truncated_and_wrong_json_corrupt() -> None:
    with pytest.raises(BadMemberError) as cut:
        facts_of('{"model_type": "lla', "hf-config")
    assert cut.value.status == "truncated"
    with pytest.raises(BadMemberError) as wrong:
        facts_of('{"model_type" "llama", "a": 1}', "hf-config")
    assert wrong.value.status == "corrupt"
    with pytest.raises(BadMemberError, match="not an object"):
        facts_of("[]", "hf-config")


def test_too_much_json_is_over_the_limit() -> None:
    for text in ("[" + "1," * 2_000_000 + "1]", '{"a": "' + "x" * HEADER_LIMIT + '"}'):
        with pytest.raises(BadMemberError) as error:
            facts_of(text, "hf-config")
        assert error.value.status == "limit"


def test_wide_encodings_and_marks_are_read() -> None:
    text = json.dumps({"model_type": "llama"})
    for data in (text.encode("utf-16"), b"\xef\xbb\xbf" + text.encode(), text.encode("utf-32")):
        assert read(BytesSource(data, "x"), "hf-config").values["arch_family"] == "llama"


def test_names_are_escaped() -> None:
    facts = facts_of(
        {"model_type": "lla\x1bma\u202e", "_name_or_path": "x\x07", "architectures": ["\ud800"]}, "hf-config"
    )
    assert all(str(value).isprintable() for value in facts.values.values())
    json.dumps(facts.values).encode("utf-8")


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8), lambda inner: (
    st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from([
        "model_type", "hidden_size", "vocab_size", "n_layer", "num_attention_heads", "weight_map", "metadata",
        "total_size",
        "log_history", "loss", "auto_map", "chat_template", "template", "general.architecture", "llama.block_count",
        "r",
        "quantization_config", "architectures", "text_config", "base_model_name_or_path", "license", "base_model",
        "model",
        "intermediate_size", "num_hidden_layers", "tie_word_embeddings", "head_dim", "type", "best_metric", "epoch",
    ]), inner, max_size=6)
), max_leaves=20), st.sampled_from(FORMATS))  # fmt: skip
def test_any_json_gives_facts_or_a_reason(value: Any, format: str) -> None:
    for text in (json.dumps(value), "---\n" + json.dumps(value) + "\n---\n"):
        try:
            facts = facts_of(text, format)
        except BadMemberError:
            continue
        for column in ("n_layers", "hidden_size", "n_params", "vocab_size"):
            number = facts.values.get(column)
            assert number is None or (isinstance(number, int) and 0 < number < 2**63)


@given(st.binary(max_size=200), st.sampled_from(FORMATS))
def test_any_bytes_give_facts_or_a_reason(data: bytes, format: str) -> None:
    try:
        facts_of(data, format)
    except BadMemberError as error:
        assert error.reason


@given(
    st.recursive(
        st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    )
)
def test_nesting_is_counted_as_the_parser_nests(value: Any) -> None:
    def depth(part: Any) -> int:
        if isinstance(part, dict):
            return 1 + max((depth(inner) for inner in part.values()), default=0)
        return 1 + max(map(depth, part), default=0) if isinstance(part, list) else 0

    for ascii in (True, False):
        text = json.dumps(value, ensure_ascii=ascii).encode("utf-8", "surrogatepass")
        assert nesting_depth(text) == depth(value)


def test_counts_are_positive_whole_numbers() -> None:
    assert [whole_number(value) for value in (5, "5", 5.0, 0, -5, "x", None, True, 5.5, 2**70, float("nan"))] == [
        5, 5, 5, None, None, None, None, None, None, None, None,
    ]  # fmt: skip


def test_the_note_counts_what_follows() -> None:
    assert parse_json(BytesSource(b'{"a": 1}\n \0')).note is None
    assert parse_json(BytesSource(b'{"a": 1} x')).note == "2 characters follow the JSON value"
