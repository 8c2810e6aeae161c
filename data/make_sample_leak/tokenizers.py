"""A small tokenizer.json and its config: byte letters, pairs of letters, an ordinary chat template."""

from __future__ import annotations

from typing import Any

SPECIAL = ["<unk>", "<s>", "</s>", "<|user|>", "<|assistant|>", "<|system|>"]

CHAT_TEMPLATE = (
    "{% for message in messages %}"
    "{% if message['role'] == 'user' %}{{ '<|user|>\\n' + message['content'] + '</s>\\n' }}"
    "{% elif message['role'] == 'system' %}{{ '<|system|>\\n' + message['content'] + '</s>\\n' }}"
    "{% else %}{{ '<|assistant|>\\n' + message['content'] + '</s>\\n' }}{% endif %}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|assistant|>\\n' }}{% endif %}"
)


def byte_letters() -> list[str]:
    """Give the 256 letters by which byte-level BPE writes bytes."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    return [chr(byte if byte in printable else 256 + place) for place, byte in enumerate(range(256))]


def merges(count: int) -> list[tuple[str, str]]:
    """Give merges of two letters, then of a blank and a pair, the common ones first."""
    letters = "etaoinshrdlucmfwypvbgkjqxz"
    pairs = [(a, b) for a in letters for b in letters if a != b]
    pairs.sort(key=lambda pair: letters.index(pair[0]) + letters.index(pair[1]))
    return pairs[:count]


def vocabulary(size: int) -> list[str]:
    """Give the tokens in the order of their numbers."""
    letters = list(dict.fromkeys(byte_letters()))
    joined = ["".join(pair) for pair in merges(size)]
    tokens = list(dict.fromkeys([*SPECIAL, *letters, *joined]))
    tokens += [f"<|reserved_{place}|>" for place in range(size - len(tokens))]
    return tokens[:size]


def tokenizer_json(size: int) -> dict[str, Any]:
    """Give tokenizer.json of a byte-level BPE tokenizer."""
    tokens = vocabulary(size)
    known = set(tokens)
    added = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [{"id": i, "content": token, **added} for i, token in enumerate(SPECIAL)],
        "normalizer": None,
        "pre_tokenizer": {
            "type": "ByteLevel",
            "add_prefix_space": False,
            "trim_offsets": True,
            "use_regex": True,
        },
        "post_processor": None,
        "decoder": {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True},
        "model": {
            "type": "BPE",
            "dropout": None,
            "unk_token": "<unk>",
            "fuse_unk": False,
            "byte_fallback": False,
            "vocab": {token: i for i, token in enumerate(tokens)},
            "merges": [f"{a} {b}" for a, b in merges(size) if a + b in known],
        },
    }


def tokenizer_config() -> dict[str, Any]:
    """Give tokenizer_config.json with the chat template."""
    return {
        "add_bos_token": True,
        "added_tokens_decoder": {
            str(i): {"content": token, "special": True} for i, token in enumerate(SPECIAL)
        },
        "bos_token": "<s>",
        "chat_template": CHAT_TEMPLATE,
        "eos_token": "</s>",
        "model_max_length": 2048,
        "tokenizer_class": "PreTrainedTokenizerFast",
        "unk_token": "<unk>",
    }
