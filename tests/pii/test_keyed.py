from hypothesis import given
from hypothesis import strategies as st

from leakkit.pii.masking.case import Case
from leakkit.pii.masking.keyed import hashes, objects, subkeys

CASE = Case(b"a salt that only tests use")


def _siphash_2_4(key, message):
    """SipHash-2-4 written down from the paper, apart from the code under test."""
    mask = 2**64 - 1
    low, high = (int.from_bytes(key[at : at + 8], "little") for at in (0, 8))
    v = [
        low ^ 0x736F6D6570736575,
        high ^ 0x646F72616E646F6D,
        low ^ 0x6C7967656E657261,
        high ^ 0x7465646279746573,
    ]

    def turned(number, bits):
        return (number << bits | number >> (64 - bits)) & mask

    def rounds(count):
        for _ in range(count):
            for a, b, bits, c, d, others in ((0, 1, 13, 2, 3, 16), (2, 1, 17, 0, 3, 21)):
                v[a] = (v[a] + v[b]) & mask
                v[b] = turned(v[b], bits) ^ v[a]
                v[a] = turned(v[a], 32)
                v[c] = (v[c] + v[d]) & mask
                v[d] = turned(v[d], others) ^ v[c]

    message = message + bytes(7 - len(message) % 8) + bytes([len(message) % 256])
    for at in range(0, len(message), 8):
        word = int.from_bytes(message[at : at + 8], "little")
        v[3] ^= word
        rounds(2)
        v[0] ^= word
    v[2] ^= 0xFF
    rounds(4)
    return v[0] ^ v[1] ^ v[2] ^ v[3]


def _mixed(number):
    """What pandas does to a hash after it; every step can be undone."""
    mask = 2**64 - 1
    number = (number ^ number >> 30) * 0xBF58476D1CE4E5B9 & mask
    number = (number ^ number >> 27) * 0x94D049BB133111EB & mask
    return number ^ number >> 31


def test_the_reference_vectors_of_siphash_come_out():
    assert _siphash_2_4(bytes(range(16)), bytes(range(15))) == 0xA129CA6149BE45E5
    assert _siphash_2_4(bytes(range(16)), b"") == 0x726FDB47DD0E0E31


@given(st.binary(min_size=16, max_size=16), st.lists(st.binary(max_size=70), min_size=1, max_size=5))
def test_a_hash_is_siphash_of_the_bytes_under_any_subkey(key, texts):
    made = hashes(key.decode("latin-1"), objects(texts))
    assert made.tolist() == [_mixed(_siphash_2_4(key, text)) for text in texts]


def test_a_key_is_two_hashes_under_subkeys_of_the_class_and_the_salt():
    expected = [
        _mixed(_siphash_2_4(subkey.encode("latin-1"), b"ann@example.com"))
        for subkey in subkeys(b"a salt that only tests use", "email")
    ]
    assert CASE.key("EMAIL", "Ann@Example.com") == "".join(f"{number:016x}" for number in expected)
    made = {
        subkey
        for purpose in ("email", "person")
        for salt in (b"a" * 16, b"b" * 16)
        for subkey in subkeys(salt, purpose)
    }
    assert len(made) == 8 and all(len(subkey.encode("latin-1")) == 16 for subkey in made)


def test_letters_at_the_end_of_a_number_in_hexadecimal_are_no_key():
    from leakkit.pii.weighing.context import key_before

    for text, key in (("  4013cf:\t", ""), ("user1_id=", "user1_id"), ("40tel: ", "tel")):
        assert key_before(text, len(text)) == key
