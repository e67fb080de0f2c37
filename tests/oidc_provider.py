"""A provider of OpenID Connect on loopback, that lets in whomever the test says."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT = "policy-assistant"
_SECRET = "a-secret-of-the-test"  # noqa: S105


class Provider(ThreadingHTTPServer):
    """Answers discovery, authorization, token and key requests (OpenID Connect Core 1.0, section 3.1)."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.key = RSAKey.generate_key(2048, {"kid": "1", "use": "sig", "alg": "RS256"})
        self.claims: dict[str, object] = {}
        self.nonces: dict[str, str] = {}
        self.ended = False
        """Whether it says that the sign-ins it gave are over."""
        self.refusal = 401
        """The status by which it says so."""

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def secrets(self, port: int) -> str:
        """Return the secrets.toml of a page that is served at a port."""
        return (
            f'[auth]\nredirect_uri = "http://127.0.0.1:{port}/oauth2callback"\n'
            f'cookie_secret = "{_SECRET}{_SECRET}"\nclient_id = "{CLIENT}"\nclient_secret = "{_SECRET}"\n'
            f'expose_tokens = ["access"]\n'
            f'server_metadata_url = "{self.address}/.well-known/openid-configuration"\n'
        )


class _Handler(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(url.query).items()}
        if url.path == "/.well-known/openid-configuration":
            self._say(self._configuration())
        elif url.path == "/jwks":
            self._say({"keys": [self.server.key.as_dict(private=False)]})
        elif url.path == "/userinfo" and self.server.ended:
            self.send_error(self.server.refusal)
        elif url.path == "/userinfo":
            self._say(self.server.claims)
        elif url.path == "/authorize":
            code = f"code-{len(self.server.nonces)}"
            self.server.nonces[code] = asked.get("nonce", "")
            back = urlencode({"code": code, "state": asked["state"]})
            self.send_response(302)
            self.send_header("Location", f"{asked['redirect_uri']}?{back}")
            self.end_headers()
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        body = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        now = int(time.time())
        claims = {
            "iss": self.server.address,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 600,
            "nonce": self.server.nonces[body["code"][0]],
            **self.server.claims,
        }
        token = jwt.encode({"alg": "RS256", "kid": "1"}, claims, self.server.key)
        self._say({"access_token": "unused", "token_type": "Bearer", "expires_in": 600, "id_token": token})

    def _configuration(self) -> dict[str, object]:
        address = self.server.address
        return {
            "issuer": address,
            "authorization_endpoint": f"{address}/authorize",
            "token_endpoint": f"{address}/token",
            "jwks_uri": f"{address}/jwks",
            "userinfo_endpoint": f"{address}/userinfo",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def _say(self, value: dict[str, object]) -> None:
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def provider() -> Iterator[Provider]:
    """Run a provider for the length of the block."""
    with Provider() as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
