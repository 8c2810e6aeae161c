import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakkit.leak.access.requests import mask_client
from leakkit.pii.masking.ipv6 import groups_of, network, shortest
from leakkit.pii.masking.values import mask_value

group = st.one_of(st.just(0), st.sampled_from([1, 0xFFFF, 0xDB8, 0x2001]), st.integers(0, 0xFFFF))


@given(st.lists(group, min_size=8, max_size=8).map(tuple))
def test_groups_are_written_as_the_standard_library_writes_them(groups):
    address = ipaddress.IPv6Address(sum(part << 16 * (7 - place) for place, part in enumerate(groups)))
    if address.ipv4_mapped is None:
        assert shortest(groups) == str(address)
        for text in (str(address), address.exploded, address.exploded.upper()):
            assert groups_of(text) == groups
            assert network(groups) == mask_client(text) == mask_value("IP_ADDRESS", text)
    else:
        assert groups_of(address.exploded) is None


@given(st.text("0123af:.Gg%[] \n", max_size=42))
def test_what_is_read_is_an_address_to_the_standard_library(text):
    groups = groups_of(text)
    if groups is not None:
        assert shortest(groups) == str(ipaddress.IPv6Address(text))
    assert mask_value("IP_ADDRESS", text) == mask_client(text)


@pytest.mark.parametrize(
    "text", ["", ":", ":::", "1::2::3", "1:2:3:4:5:6:7", "12345::", "1:2:3:4:5:6:7:8::", "::g", "::1\n"]
)
def test_what_is_no_address_is_not_read(text):
    assert groups_of(text) is None
