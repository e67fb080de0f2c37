"""The page's server as whoever speaks HTTP finds it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tests.assistant.ui.browser import served
from tests.assistant.ui.libraries import fill
from tests.assistant.ui.visitor import Visitor, finished
from tests.oidc_provider import Provider

SETTINGS = {
    "POLICY_SIGN_IN": "true",
    "POLICY_ADMINISTRATORS": "boss@example.org",
    "POLICY_ROLE_CLAIM": "roles",
    "POLICY_ROLE_SECONDS": "0.001",
    "POLICY_UPLOAD_MB": "3",
    "POLICY_UPLOADS_MB": "4",
    "STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL": "0",
}
BOSS = {"email": "boss@example.org", "name": "boss"}
ADMINISTRATOR = {"sub": "2", "email": "two@example.org", "name": "two", "roles": "administrator"}


def test_who_has_not_signed_in_uploads_nothing(address: str) -> None:
    async def tried() -> None:
        stranger = Visitor(address)
        async with stranger.session() as opened:
            await opened.open()
            assert stranger.upload(opened, b"x" * 1000).status_code == 403
        assert stranger.http.get("/media/anything").status_code == 403
        assert stranger.http.get("/media/static/anything").status_code == 403
        # The font of the signs, which the door shows, too.
        assert stranger.http.get("/static/media/anything.woff2").status_code != 403
        assert stranger.http.get("/_stcore/metrics").status_code == 403
        assert stranger.http.get("/_stcore/health").status_code == 200

    finished(tried())


def test_whoever_has_signed_in_uploads_no_more_than_is_allowed(address: str, identity: Provider) -> None:
    async def tried() -> None:
        reader, boss = Visitor(address), Visitor(address)
        await reader.sign_in(identity, sub="3", email="reader@example.org")
        async with reader.session() as opened:
            await opened.open()
            # To be asked about: what goes into the library is the administrators' to decide.
            assert reader.upload(opened, b"x").status_code == 204
            assert reader.upload(opened, b"x" * 4_000_000).status_code == 413
        assert reader.http.get("/_stcore/metrics").status_code == 403
        await boss.sign_in(identity, **BOSS)
        async with boss.session() as opened:
            await opened.open()
            assert boss.upload(opened, b"x" * 2_000_000, "a").status_code == 204
            assert boss.upload(opened, b"x" * 2_000_000, "b").status_code == 413

            def in_pieces() -> Iterator[bytes]:
                yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n'
                for _ in range(20):
                    yield b"x" * 100_000

            secretly = boss.http.put(
                f"/_stcore/upload_file/{opened.id}/c",
                content=in_pieces(),
                headers={
                    "X-Xsrftoken": boss.cookies["_streamlit_xsrf"],
                    "Content-Type": "multipart/form-data; boundary=b",
                },
            )
            assert secretly.status_code == 413
        # What that session left is gone with it.
        async with boss.session() as opened:
            await opened.open()
            assert boss.upload(opened, b"x" * 2_000_000, "d").status_code == 204
        assert boss.http.get("/_stcore/metrics").status_code == 200

    finished(tried())


def test_all_together_upload_no_more_than_is_allowed(address: str, identity: Provider) -> None:
    async def tried() -> None:
        boss, two = Visitor(address), Visitor(address)
        await boss.sign_in(identity, **BOSS)
        async with boss.session() as first:
            await first.open()
            assert boss.upload(first, b"x" * 2_000_000, "e").status_code == 204
            await two.sign_in(identity, **ADMINISTRATOR)
            async with two.session() as second:
                await second.open()
                assert two.upload(second, b"x" * 2_500_000, "f").status_code == 413
                assert two.upload(second, b"x" * 1_000_000, "g").status_code == 204

    finished(tried())


def test_a_copied_cookie_is_worth_nothing_after_the_way_out(address: str, identity: Provider) -> None:
    async def tried() -> None:
        boss, thief = Visitor(address), Visitor(address)
        await boss.sign_in(identity, **BOSS)
        thief.http.cookies.update(boss.cookies)
        async with thief.session() as opened:
            await opened.open()
            boss.http.get("/auth/logout")
            again = await opened.open()
            assert "chat_input" not in again.html
            assert "请重新登录" in again.html
        async with thief.session() as opened:
            door = await opened.open()
            assert (door.chat_input, thief.upload(opened, b"x").status_code) == ("", 403)
        assert thief.http.get("/media/anything").status_code == 403

    finished(tried())


def test_a_role_that_the_provider_takes_back_is_gone_and_so_is_a_sign_in(
    address: str, identity: Provider
) -> None:
    async def tried() -> None:
        two = Visitor(address)
        await two.sign_in(identity, **ADMINISTRATOR)
        async with two.session() as opened:
            await opened.open()
            assert two.http.get("/_stcore/metrics").status_code == 200
            identity.claims = {**ADMINISTRATOR, "roles": "reader"}
            assert two.http.get("/_stcore/metrics").status_code == 403
            identity.ended = True
            assert "请重新登录" in (await opened.open()).html

    try:
        finished(tried())
    finally:
        identity.ended = False


def test_cookies_live_no_longer_than_the_sign_in_and_travel_by_https_alone(
    tmp_path: Path, identity: Provider
) -> None:
    fill(tmp_path, "到2030年，全市港口岸电使用率达到95%。")

    def behind_https(port: int) -> str:
        return identity.secrets(port).replace(f'"http://127.0.0.1:{port}', f'"https://policy.example:{port}')

    async def tried(address: str) -> None:
        visitor = Visitor(address)
        identity.claims = {"sub": "1", **BOSS}
        async with visitor.session() as opened:
            await opened.open()
            way = visitor.http.get((await opened.click("sign-in")).leads_to)
        back = visitor.http.get(
            visitor.http.get(way.headers["location"])
            .headers["location"]
            .replace("https://policy.example", "http://127.0.0.1"),
            headers={"Cookie": "; ".join(re.findall(r"_streamlit_session=[^;]+", way.headers["set-cookie"]))},
        )
        user = next(
            line for line in back.headers.get_list("set-cookie") if line.startswith("_streamlit_user=")
        )
        assert "Secure" in user
        assert "Max-Age=7200" in user

    settings = SETTINGS | {"POLICY_SIGN_IN_HOURS": "2"}
    with served(tmp_path, behind_https, settings) as running:
        finished(tried(running))
