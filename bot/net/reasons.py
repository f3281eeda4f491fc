"""Why a fetch brought nothing, in words for an admin; never with a path, a query or a secret of the address."""

from __future__ import annotations

import ssl
from datetime import timedelta
from http import HTTPStatus

import aiohttp

from bot.net.resolver import AddressRefusedError
from bot.services.ports.fetching import Failed, SitePause

_STATUS = {
    401: "the site wants a login",
    403: "the site refuses this reader",
    404: "the page has moved or gone",
    406: "the site has no version for this reader",
    410: "the page is gone for good",
    418: "the site refuses this reader",
    429: "the site was asked too often",
    451: "withheld for legal reasons",
    500: "the site is out of order",
    502: "the site is out of order",
    503: "the site is out of order",
    504: "the site is out of order",
}

_ERRORS: tuple[tuple[type[Exception], str], ...] = (
    (aiohttp.ConnectionTimeoutError, "no connection to {host} in time"),
    (aiohttp.ClientConnectorDNSError, "there is no host {host}, or its name server does not answer"),
    (aiohttp.ClientConnectorCertificateError, "no secure connection to {host}: {detail}"),
    (aiohttp.ClientSSLError, "no secure connection to {host}: {detail}"),
    (aiohttp.ClientHttpProxyError, "the proxy refuses"),
    (aiohttp.ClientProxyConnectionError, "the proxy does not answer"),
    (aiohttp.ClientConnectorError, "nobody answers at {host}"),
    (aiohttp.ClientPayloadError, "the answer was cut off"),
    (aiohttp.ClientResponseError, "the answer is not HTTP as it should be"),
    (Exception, "the connection to {host} broke"),
)
"""Most specific first."""


def failed_status(status: int, retry_after: timedelta | None, pause: SitePause | None = None) -> Failed:
    """The outcome of an answer that carries no document."""
    words = _STATUS.get(status) or _phrase(status)
    return Failed(
        f"HTTP {status}, {words}",
        permanent=status == HTTPStatus.GONE,
        retry_after=retry_after,
        status=status,
        site_pause=pause,
    )


def failed_error(error: Exception, host: str) -> Failed:
    """The outcome of a request that got no answer, or not a whole one."""
    if isinstance(error, aiohttp.ClientConnectorDNSError) and isinstance(error.os_error, AddressRefusedError):
        return Failed(str(error.os_error), permanent=True)
    words = next(words for kind, words in _ERRORS if isinstance(error, kind))
    return Failed(words.format(host=host, detail=_certificate_words(error)))


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase.lower()
    except ValueError:
        return "an unknown status"


def _certificate_words(error: Exception) -> str:
    cause = getattr(error, "certificate_error", None) or getattr(error, "os_error", None)
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"the certificate is not valid ({cause.verify_message.rstrip('.')})"
    return "the site speaks no TLS that is safe enough"
