"""A local server that replays recorded answers and misbehaves on request, and a client that is led to it."""

import threading
import time
from collections import Counter
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import httpx

FAULTS = ("429 with Retry-After", "429", "500", "cut-off body", "connection dropped")
"""Faults that pass when one asks again."""


class Recorded:
    """Answers by path (and query, where given), the faults that come first at each, and what was asked."""

    def __init__(self, answers, fault=None, times=1, kind="application/octet-stream", delay=0.0):
        self.answers, self.fault, self.times, self.kind, self.delay = answers, fault, times, kind, delay
        self.asked, self.moments = Counter(), []

    def find(self, target):
        path = urlsplit(target).path
        return self.answers.get(target, self.answers.get(path))


class Handler(BaseHTTPRequestHandler):
    """Serve what was recorded."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        told = self.server.told
        told.asked[self.path] += 1
        told.moments.append(time.monotonic())
        body = told.find(self.path)
        body = body(self.path) if callable(body) else body
        if told.delay:
            time.sleep(told.delay)
        faults = [told.fault] * told.times if isinstance(told.fault, str) else told.fault or ()
        if told.asked[self.path] <= len(faults):
            return self.misbehave(faults[told.asked[self.path] - 1], body or b"")
        if isinstance(body, tuple):  # status, headers, body
            return self.send(*body)
        if body is None:
            return self.send(404, {}, b"not found")
        return self.send(200, {"Content-Type": told.kind}, body)

    def send(self, status, headers, body):
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def misbehave(self, fault, body):
        if fault == "429 with Retry-After":
            return self.send(429, {"Retry-After": "7"}, b'{"statusCode": 429}')
        if fault == "429":
            return self.send(429, {}, b"slow down")
        if fault == "500":
            return self.send(500, {}, b"oops")
        if fault == "redirect to a key page":
            if "missing_key" in self.path:
                return self.send(200, {"Content-Type": "text/html"}, b"<html>no key</html>")
            return self.send(302, {"Location": "/data/missing_key.html"}, b"")
        if fault == "web page with status 200":
            return self.send(200, {"Content-Type": "text/html"}, b"<!DOCTYPE html><html>maintenance</html>")
        if fault == "slow drip":
            self.send_response(200)
            self.send_header("Content-Length", str(len(body) + 1000))
            self.end_headers()
            for _ in range(40):
                try:
                    self.wfile.write(b"x")
                    self.wfile.flush()
                except OSError:
                    return None
                time.sleep(0.05)
            return None
        self.close_connection = True
        if fault == "cut-off body":
            self.send_response(200)
            self.send_header("Content-Length", str(len(body) + 10))
            self.end_headers()
            self.wfile.write(body[: len(body) // 2])
        return None


@contextmanager
def server(told):
    """Serve `told` on a free port; gives the address."""
    held = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    held.told = told
    thread = threading.Thread(target=held.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{held.server_port}"
    finally:
        held.shutdown()
        held.server_close()
        thread.join()


class Led(httpx.HTTPTransport):
    """A transport that takes every request to the local server, whatever host it names."""

    def __init__(self, address):
        super().__init__(verify=False)  # nothing is encrypted here, and certificates take long to load
        self.address = httpx.URL(address)

    def handle_request(self, request):
        request.url = request.url.copy_with(scheme="http", host=self.address.host, port=self.address.port)
        return super().handle_request(request)


def client(address):
    """A client for the local server."""
    return httpx.Client(transport=Led(address), follow_redirects=True, timeout=5.0)
