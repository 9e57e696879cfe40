"""Addresses that limits count by."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network

from sanic.request import Request

_HOME = 64  # bits; a household or a server gets at least such a network, and may use any address of it


def address_of(request: Request) -> str:
    """Return the visitor's network; proxies are trusted only if SANIC_PROXIES_COUNT is set."""
    return network_of(request.remote_addr) or network_of(request.ip) or request.ip


@lru_cache(maxsize=4096)
def network_of(address: str) -> str:
    """Return an IPv4 address as it is, and the /64 of an IPv6 address; "" for anything else."""
    try:
        found = ip_address(address.strip("[]").partition("%")[0])
    except ValueError:
        return ""
    if not isinstance(found, IPv6Address):
        return str(found)
    return str(found.ipv4_mapped or ip_network((found, _HOME), strict=False))
