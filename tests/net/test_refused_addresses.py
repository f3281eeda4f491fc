"""Every trap that an address can be, and that none of them is connected to."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from bot.net.addresses import why_refused
from bot.net.resolver import AddressInfo, AddressRefusedError, GuardedResolver
from bot.net.url_guard import Refused, check_url

REFUSED_URLS = [
    # another scheme, or none
    "file:///etc/passwd",
    "ftp://norvale.example/feed",
    "gopher://127.0.0.1:6379/_INFO",
    "data:text/plain,news",
    "javascript:alert(1)",
    "unix:/run/docker.sock",
    "//norvale.example/feed",
    "norvale.example/feed",
    "feed://norvale.example/feed",
    # no host, or none that is one
    "",
    "http://",
    "http:///feed",
    "https://:443/",
    "http://norvale.example:0/",
    "http://norvale.example:99999/",
    "http://norvale.example:port/",
    "http://[::1",
    "http://[]@/",
    "http://nor vale.example/",
    "http://norvale.example\r\nHost: x/",
    "http://norvale.example\\@127.0.0.1/",
    "http://norvale.example\t/",
    "http://nor%00vale.example/",
    # a name and password in front of the host
    "http://user@norvale.example/",
    "http://user:secret@norvale.example/",
    "http://norvale.example@127.0.0.1/",
    "http://@norvale.example/",
    # this machine
    "http://127.0.0.1/",
    "http://127.0.0.1:8080/feed",
    "http://127.8.8.8/",
    "http://0.0.0.0/",
    "http://0.1.2.3/",
    "http://[::1]/",
    "http://[::]/",
    "http://[0:0:0:0:0:0:0:1]/",
    # the same, as numbers that some parsers read
    "http://2130706433/",
    "http://017700000001/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://0/",
    "http://127.0.0.1./",
    "http://0x7F.1/",
    "http://3232235777/",
    "http://256.256.256.256/",
    "http://127.000.000.001/",
    "http://１２７.０.０.１/",
    # private and inner networks
    "http://10.0.0.1/",
    "http://172.16.5.4/",
    "http://172.31.255.255/",
    "http://192.168.1.1/admin",
    "http://100.64.0.1/",
    "http://100.127.255.254/",
    "http://[fc00::1]/",
    "http://[fd12:3456::1]/",
    "http://[fec0::1]/",
    # link-local and metadata
    "http://169.254.169.254/latest/meta-data/",
    "http://169.254.170.2/v2/credentials",
    "http://100.100.100.200/latest/meta-data/",
    "http://168.63.129.16/machine",
    "http://192.0.0.192/opc/v1/instance/",
    "http://[fd00:ec2::254]/latest/meta-data/",
    "http://[fe80::1]/",
    "http://[fe80::1%25eth0]/",
    # IPv6 addresses that carry one of those
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::ffff:10.0.0.1]/",
    "http://[::ffff:169.254.169.254]/",
    "http://[::127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b::10.0.0.1]/",
    "http://[64:ff9b:1::1]/",
    "http://[2002:7f00:1::]/",
    "http://[2002:a00:1::1]/",
    "http://[2001::1]/",
    "http://[2606:4700::5efe:10.0.0.1]/",
    "http://[2606:4700::200:5efe:7f00:1]/",
    # nobody's addresses
    "http://192.0.2.1/",
    "http://198.51.100.1/",
    "http://203.0.113.1/",
    "http://198.18.0.1/",
    "http://192.88.99.1/",
    "http://224.0.0.1/",
    "http://239.255.255.250/",
    "http://240.0.0.1/",
    "http://255.255.255.255/",
    "http://[ff02::1]/",
    "http://[2001:db8::1]/",
    "http://[100::1]/",
]

PUBLIC_URLS = [
    "http://norvale.example/feed",
    "https://norvale.example:8443/feed?x=1",
    "https://НОРВЕЙЛ.рф/лента",
    "https://xn--80aaxitdbjk.xn--p1ai/",
    "http://93.184.215.14/feed",
    "https://[2606:4700:4700::1111]/",
    "http://[64:ff9b::93.184.215.14]/",
    "http://172.32.0.1/",
    "http://100.128.0.1/",
    "http://a-b_c.norvale.example/",
    "http://3.norvale.example/",
]

RESOLVED = [
    "127.0.0.1",
    "10.1.2.3",
    "192.168.0.10",
    "169.254.169.254",
    "100.64.3.4",
    "0.0.0.0",
    "::1",
    "fe80::1%2",
    "fd00::1",
    "::ffff:10.0.0.1",
    "64:ff9b::a9fe:a9fe",
    "2002:7f00:1::",
]


@pytest.mark.parametrize("url", REFUSED_URLS)
def test_an_address_that_is_a_trap_is_refused(url: str) -> None:
    """Whatever form the trap has, nobody connects."""
    assert isinstance(check_url(url), Refused)


def test_the_table_is_as_long_as_it_has_to_be() -> None:
    """At least sixty traps, each once."""
    assert len(set(REFUSED_URLS)) == len(REFUSED_URLS) >= 60


@pytest.mark.parametrize("url", PUBLIC_URLS)
def test_a_publishers_address_is_not_refused(url: str) -> None:
    """Public names and public addresses in their usual form pass, at any port and in any script."""
    assert isinstance(check_url(url), URL)


def test_a_fragment_is_not_part_of_what_is_asked() -> None:
    """A fragment never leaves the reader (RFC 9110 §4.2.5)."""
    assert str(check_url("http://norvale.example/a#b")) == "http://norvale.example/a"


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://10.0.0.1/", "http://[::1]/", "http://[::ffff:10.0.0.1]/"])
def test_private_addresses_can_be_opened(url: str) -> None:
    """``allow_private_addresses`` opens this machine and private networks."""
    assert isinstance(check_url(url, allow_private=True), URL)


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/",
        "http://100.100.100.200/",
        "http://[fd00:ec2::254]/",
        "http://2130706433/",
        "http://0/",
    ],
)
def test_metadata_and_odd_numbers_stay_closed(url: str) -> None:
    """No switch opens what is never a source."""
    assert isinstance(check_url(url, allow_private=True), Refused)


def lookup_of(*addresses: str) -> list[AddressInfo]:
    """What the system's resolver would answer."""
    return [
        (socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80))
        for address in addresses
    ]


@pytest.mark.parametrize("address", RESOLVED)
async def test_a_name_that_leads_into_a_trap_is_refused(address: str) -> None:
    """A name is judged by all its addresses: one bad one among good ones refuses it."""
    for answer in ((address,), ("93.184.215.14", address)):
        resolver = GuardedResolver(lookup=lambda *_, answer=answer: lookup_of(*answer))
        with pytest.raises(AddressRefusedError, match=r"trap\.example leads to"):
            await resolver.resolve("trap.example", 80)


async def test_a_name_gives_the_addresses_that_were_checked() -> None:
    """What the connector gets are the numbers that were checked, for no further look-up."""
    resolver = GuardedResolver(lookup=lambda *_: lookup_of("93.184.215.14", "2606:4700::1"))
    found = await resolver.resolve("norvale.example", 443)
    assert [(result["host"], result["port"]) for result in found] == [("93.184.215.14", 443), ("2606:4700::1", 443)]
    assert all(result["flags"] & socket.AI_NUMERICHOST for result in found)


async def test_a_name_without_addresses_is_an_error() -> None:
    """No answer and a broken answer are errors of the look-up, not of the program."""

    def fails(*_: object) -> Sequence[AddressInfo]:
        raise UnicodeError("label too long")

    for lookup in (fails, lambda *_: ()):
        with pytest.raises(OSError, match=r"norvale\.example"):
            await GuardedResolver(lookup=lookup).resolve("norvale.example")


@pytest.mark.parametrize("text", ["93.184.215.14", "2606:4700::1", "::ffff:93.184.215.14", "64:ff9b::5db8:d70e"])
def test_a_public_address_has_no_reason_against_it(text: str) -> None:
    """An IPv6 address that carries a public IPv4 one is as public as that."""
    assert why_refused(ip_address(text)) is None


def written(address: IPv4Address, parts: int, bases: list[str]) -> str:
    """The address as ``inet_aton`` reads it too: in one to four numbers, each in some base."""
    octets = list(address.packed)
    numbers = [*octets[: parts - 1], int.from_bytes(bytes(octets[parts - 1 :]), "big")]
    return ".".join(
        {"dec": f"{number}", "hex": f"0x{number:x}", "oct": f"0{number:o}"}[base]
        for number, base in zip(numbers, bases, strict=False)
    )


INNER = st.sampled_from(["127.0.0.0/8", "10.0.0.0/8", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10", "0.0.0.0/8"])
BASES = st.lists(st.sampled_from(["dec", "hex", "oct"]), min_size=4, max_size=4)


@given(network=INNER, host=st.integers(0, 2**32), parts=st.integers(1, 4), bases=BASES)
def test_no_way_of_writing_an_inner_address_passes(network: str, host: int, parts: int, bases: list[str]) -> None:
    """Every form that the system's own parser takes for an inner address is refused."""
    inner = IPv4Network(network)
    text = written(inner[host % inner.num_addresses], parts, bases)
    assert IPv4Address(socket.inet_aton(text)) in inner
    assert isinstance(check_url(f"http://{text}/"), Refused)


@given(host=st.text(alphabet="0123456789abcdefx.:[]@%-\u3002\uff10", max_size=24))
def test_what_passes_is_no_inner_address_to_anybody(host: str) -> None:
    """Whatever gets through is a name, or a number that the system's own parser reads as a public one."""
    checked = check_url(f"http://{host}/")
    if isinstance(checked, Refused):
        return
    try:
        address = IPv4Address(socket.inet_aton(checked.raw_host or ""))
    except OSError:
        return
    assert why_refused(address) is None


@given(st.ip_addresses())
def test_the_standard_librarys_view_is_contained(address: IPv4Address | IPv6Address) -> None:
    """What Python calls not global, or multicast, is refused; a few more are."""
    if not address.is_global or address.is_multicast:
        translated = isinstance(address, IPv6Address) and address in IPv6Network("64:ff9b::/96")
        assert translated or why_refused(address) is not None
