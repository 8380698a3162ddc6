"""The HTTP server: it takes whole requests within limits, and lets the site answer them."""

from __future__ import annotations

import contextlib
import logging
import os
import re
import shutil
import socket
import threading
import time
from collections.abc import Callable, Collection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from typing import Any
from urllib.parse import unquote, urlsplit

from kg.serve.limits import Limits
from kg.serve.messages import HttpError, Request, Response, error_response

_LOG = logging.getLogger("kg.serve")
_METHODS = ("GET", "HEAD", "POST", "OPTIONS")
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^:\[\]]+)(:[0-9]+)?", re.IGNORECASE)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_FULL = b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"

Site = Callable[[Request], Response]


class Front(ThreadingHTTPServer):
    """A thread for each connection, up to a number; who is too slow is cut off."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 1024

    def __init__(
        self, host: str, port: int, site: Site, limits: Limits, names: Collection[str]
    ) -> None:
        """`names` are the hosts under which a client may know this server."""
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.site = site
        self.limits = limits
        self.names = frozenset(name.lower() for name in names)
        self.active: set[Handler] = set()
        self._free = threading.BoundedSemaphore(limits.connections)
        self._until: dict[Any, float] = {}
        super().__init__((host, port), Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        if not self._free.acquire(blocking=False):
            with contextlib.suppress(OSError):
                request.setblocking(False)
                request.send(_FULL)
            super().shutdown_request(request)
            return
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._until.pop(request, None)
        super().shutdown_request(request)
        self._free.release()

    def allow(self, request: Any, seconds: float) -> None:
        """Gives a connection so much time for what it does next."""
        self._until[request] = time.monotonic() + seconds

    def service_actions(self) -> None:
        """Called twice a second while the server runs: cuts off who has had its time."""
        now = time.monotonic()
        for request in [each for each, until in list(self._until.items()) if until < now]:
            with contextlib.suppress(OSError):
                request.shutdown(socket.SHUT_RDWR)

    def handle_error(self, _request: Any, client_address: Any) -> None:
        """A connection that broke is the client's business."""
        _LOG.debug("connection from %s broke", client_address, exc_info=True)


class Handler(BaseHTTPRequestHandler):
    """One connection: reads requests, checks them, writes responses."""

    server: Front
    protocol_version = "HTTP/1.1"

    def setup(self) -> None:
        super().setup()
        self.connection.settimeout(self.server.limits.reading)
        self.server.allow(self.connection, self.server.limits.reading)

    def version_string(self) -> str:
        return "Claimgraph"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        _LOG.debug(format, *args)

    def send_error(self, code: int, message: str | None = None, *_more: Any) -> None:
        """For what the base class refuses by itself."""
        self.close_connection = True
        self.request_version = self.protocol_version  # what cannot be read has none
        self._send(error_response(HttpError(code, message or self.responses[code][0])))

    def _handle(self) -> None:
        self.server.active.add(self)
        try:
            self._send(self._response())
        finally:
            self.server.active.discard(self)
            self.server.allow(self.connection, self.server.limits.reading)

    do_GET = do_HEAD = do_POST = do_OPTIONS = _handle  # noqa: N815
    do_PUT = do_DELETE = do_PATCH = do_TRACE = do_CONNECT = _handle  # noqa: N815

    def _response(self) -> Response:
        try:
            request = self._request()
            self.server.allow(self.connection, self.server.limits.writing)
            return self.server.site(request)
        except HttpError as error:
            return error_response(error)
        except TimeoutError:
            self.close_connection = True
            return error_response(HttpError(408, "the request did not come to its end"))
        except Exception:  # the client must hear of it, and the server must go on
            _LOG.exception("%s %s failed", self.command, self.path)
            return error_response(HttpError(500, "the server failed; its log says why"))

    def _request(self) -> Request:
        """The whole request. Raises `HttpError`; if its body is not read the connection ends."""
        if self.request_version == "HTTP/0.9":
            self.request_version = self.protocol_version
            raise HttpError(505, "HTTP 1.0 or 1.1 is spoken here")
        open_before, self.close_connection = self.close_connection, True
        self._check_host()
        body = self._body()
        self.close_connection = open_before
        headers = {name.lower(): value for name, value in self.headers.items()}
        try:
            target = urlsplit(self.path)
            path = unquote(target.path, errors="strict")
        except ValueError as error:
            raise HttpError(400, "no address that could be understood") from error
        if self.command not in _METHODS:
            raise HttpError(405, "this server is read-only", Allow=", ".join(_METHODS))
        return Request(self.command, path, target.query, headers, body)

    def _check_host(self) -> None:
        """Refuses a page of another site that reaches us through the reader's browser.

        Such a page can make its own name resolve to this machine (DNS rebinding), but then the
        browser still says that name.
        """
        hosts = self.headers.get_all("host", [])
        if len(hosts) != 1 and self.request_version == "HTTP/1.1":
            raise HttpError(400, "a request names one host")
        fetch = [self.headers.get(f"sec-fetch-{name}") for name in ("site", "mode")]
        if fetch[0] == "cross-site" and fetch[1] != "navigate":
            raise HttpError(403, "asked by a page of another site")
        origin = self.headers.get("origin")
        if origin is not None:
            hosts = [*hosts, origin.rpartition("//")[2]]
        for host in hosts:
            match = _HOST.fullmatch(host.strip())
            if match is None or match[1].lower().strip("[]") not in self.server.names:
                raise HttpError(421 if origin is None else 403, f"{host[:100]} is not this server")

    def _body(self) -> bytes:
        lengths = self.headers.get_all("content-length", [])
        if self.headers.get("transfer-encoding"):
            raise HttpError(411, "send a body with its length")
        if not lengths:
            if self.command == "POST":
                raise HttpError(411, "send a body with its length")
            return b""
        if len(lengths) > 1 or not re.fullmatch("[0-9]{1,12}", lengths[0]):
            raise HttpError(400, "the length of the body is unclear")
        size, most = int(lengths[0]), self.server.limits.body
        if size > most:
            # Who sends a little too much reads the answer only when all is sent.
            self.rfile.read(min(size, 8 * most))
            raise HttpError(413, f"a body may have {most:,} bytes")
        body = self.rfile.read(size)
        if len(body) < size:
            raise HttpError(400, "the body is shorter than announced")
        return body

    def _send(self, response: Response) -> None:
        file = BytesIO(response.body) if isinstance(response.body, bytes) else response.body
        with file:
            size = file.seek(0, os.SEEK_END)
            file.seek(0)
            self.send_response(response.status)
            headers = {"Content-Security-Policy": _POLICY, **_HEADERS, **response.headers}
            if response.status != 204:
                headers |= {"Content-Type": response.media_type, "Content-Length": str(size)}
            if self.close_connection:
                headers["Connection"] = "close"
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD" and response.status != 204:
                shutil.copyfileobj(file, self.wfile)
