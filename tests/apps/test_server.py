"""The application: pages, files, errors, and who may ask."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from unspiral import __version__, lesson
from unspiral.apps.server import application
from unspiral.apps.server.exercises import notes
from unspiral.apps.server.guards import SECURITY_HEADERS, host_rule
from unspiral.lab import spiral, wire
from unspiral.lab.messages import Settings, SpiralReply, SpiralRequest

BODY = wire.encode(SpiralRequest(settings=Settings()))
MSGPACK = {"Content-Type": "application/msgpack"}
TOLD = {"unspiral-version": __version__} | notes(None)


@pytest.fixture(scope="module")
def assets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A front end, as if built."""
    folder = tmp_path_factory.mktemp("assets")
    (folder / "unspiral.js").write_text("export {};")
    (folder / "unspiral.css").write_text("p { color: black }")
    return folder


def break_down(request: SpiralRequest) -> SpiralReply:
    raise ArithmeticError(f"spilled with seed {request.settings.seed}")


@pytest.fixture(scope="module")
def client(assets: Path) -> Iterator[TestClient]:
    app = application(
        assets=assets, operations={"spiral": spiral, "break_down": break_down}
    )
    with TestClient(
        app, base_url="http://localhost:8314", raise_server_exceptions=False
    ) as client:
        yield client


def is_sentence(text: str) -> bool:
    return text.endswith(".") and "\n" not in text and 20 < len(text) < 200


# --- Pages -------------------------------------------------------------------------


def test_the_contents(client: TestClient) -> None:
    response = client.get("/")
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.text == lesson.contents_page(TOLD)


def test_every_chapter(client: TestClient) -> None:
    assert lesson.chapters()
    for chapter in lesson.chapters():
        response = client.get(f"/chapters/{chapter.slug}")
        assert response.status_code == 200
        assert response.text == lesson.page(chapter.slug, TOLD)


@pytest.mark.parametrize(
    "path", ["/chapters/nope", "/chapters/%2e%2e", "/chapters/", "/nope", "/chapters"]
)
def test_an_unknown_page_leads_back(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert '<a href="/">' in response.text
    assert "There is no" in response.text or "There is nothing" in response.text


def test_what_a_reader_typed_is_only_text(client: TestClient) -> None:
    response = client.get("/chapters/<script>alert(1)<script>")
    assert response.status_code == 404
    assert "There is no chapter “&lt;script&gt;alert(1)" in response.text


@pytest.mark.parametrize("path", ["/", "/chapters/7-live-training"])
def test_without_the_front_end_a_page_says_how_to_build_it(
    tmp_path: Path, path: str
) -> None:
    assets = tmp_path / "not-yet"
    client = TestClient(application(assets=assets), base_url="http://localhost")
    response = client.get(path)
    assert response.status_code == 503
    assert "make lesson" in response.text
    assert client.get("/assets/unspiral.js").status_code == 404

    assets.mkdir()
    (assets / "unspiral.js").write_text("")
    assert client.get(path).status_code == 200
    assert client.get("/assets/unspiral.js").status_code == 200


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("unspiral.js", "text/javascript; charset=utf-8"),
        ("unspiral.css", "text/css; charset=utf-8"),
    ],
)
def test_files_of_the_front_end(
    client: TestClient, assets: Path, name: str, media_type: str
) -> None:
    response = client.get(f"/assets/{name}")
    assert response.status_code == 200
    assert response.headers["content-type"] == media_type
    assert response.content == (assets / name).read_bytes()
    again = client.get(
        f"/assets/{name}", headers={"If-None-Match": response.headers["etag"]}
    )
    assert again.status_code == 304


@pytest.mark.parametrize(
    "path",
    ["nope.js", "", "../../pyproject.toml", "%2e%2e/unspiral.js", "%00", "a" * 999],
)
def test_no_other_files(client: TestClient, path: str) -> None:
    assert client.get(f"/assets/{path}").status_code == 404


@pytest.mark.parametrize("path", ["/favicon.ico", "/favicon.svg"])
def test_the_icon(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["content-type"] == "image/svg+xml"


# --- The lab -----------------------------------------------------------------------


def test_an_unknown_operation(client: TestClient) -> None:
    response = client.post("/api/nope", content=BODY, headers=MSGPACK)
    assert response.status_code == 404
    assert response.text == "The lab has no 'nope'; it has spiral, break_down."


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])
def test_another_method(client: TestClient, method: str) -> None:
    response = client.request(method, "/api/spiral", headers=MSGPACK)
    assert response.status_code == 405
    assert response.headers["allow"] == "POST"
    assert method == "HEAD" or is_sentence(response.text)
    assert client.post("/", headers=MSGPACK).status_code == 405


@pytest.mark.parametrize(
    "media_type",
    [None, "", "text/plain", "application/json", "application/x-msgpack", "x" * 5000],
)
def test_another_content_type(client: TestClient, media_type: str | None) -> None:
    headers = {} if media_type is None else {"Content-Type": media_type}
    response = client.post("/api/spiral", content=BODY, headers=headers)
    assert response.status_code == 415
    assert response.headers["accept"] == "application/msgpack"
    assert "allowed is application/msgpack." in response.text
    assert is_sentence(response.text)


@pytest.mark.parametrize(
    "media_type", ["Application/MsgPack", "application/msgpack; charset=binary"]
)
def test_the_content_type_in_other_words(client: TestClient, media_type: str) -> None:
    headers = {"Content-Type": media_type}
    response = client.post("/api/spiral", content=BODY, headers=headers)
    assert response.status_code == 200


def test_a_mistake_of_ours_is_logged_and_the_server_goes_on(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    response = client.post("/api/break_down", content=BODY, headers=MSGPACK)
    assert response.status_code == 500
    assert is_sentence(response.text)
    [record] = [r for r in caplog.records if r.levelno >= logging.ERROR]
    assert "POST /api/break_down" in record.getMessage()
    assert "spilled with seed 0" in str(record.exc_info)

    response = client.post("/api/spiral", content=BODY, headers=MSGPACK)
    assert response.status_code == 200


# --- Headers -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("HEAD", "/", 200),
        ("GET", "/chapters/7-live-training", 200),
        ("GET", "/chapters/7-live-training/", 307),
        ("GET", "/chapters/nope", 404),
        ("GET", "/assets/unspiral.js", 200),
        ("GET", "/assets/nope", 404),
        ("GET", "/favicon.ico", 200),
        ("POST", "/api/spiral", 200),
        ("POST", "/api/nope", 404),
        ("GET", "/api/spiral", 405),
        ("POST", "/api/break_down", 500),
    ],
)
def test_every_response_has_the_security_headers_and_the_version(
    client: TestClient, method: str, path: str, status: int
) -> None:
    response = client.request(
        method, path, content=BODY, headers=MSGPACK, follow_redirects=False
    )
    assert response.status_code == status
    assert_secure(response)
    assert response.headers["unspiral-version"] == __version__


def assert_secure(response: Response) -> None:
    for name, value in SECURITY_HEADERS.items():
        assert response.headers.get_list(name) == [value]


def test_the_policy_lets_nothing_in_from_elsewhere() -> None:
    policy = SECURITY_HEADERS["content-security-policy"]
    directives = dict(part.split(" ", 1) for part in policy.split("; "))
    assert directives["default-src"] == "'none'"
    assert set(directives.values()) == {"'none'", "'self'"}
    assert {"base-uri", "form-action", "frame-ancestors"} < set(directives)


# --- Who may ask -------------------------------------------------------------------


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "localhost:8314",
        "LOCALHOST:1",
        "127.0.0.1",
        "127.0.0.1:9",
        "[::1]:8",
    ],
)
def test_hosts_of_this_machine(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "example.org",
        "example.org:8314",
        "localhost.example.org",
        "127.0.0.1.example.org",
        "127.0.0.1:80@example.org",
        "10.0.0.1",
        "0.0.0.0:8314",
        "[::]",
        "[::1",
        "",
        ":8314",
        "localhost,example.org",
    ],
)
@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/"), ("GET", "/nope"), ("POST", "/api/spiral")]
)
def test_other_hosts_are_refused(
    client: TestClient, host: str, method: str, path: str
) -> None:
    headers = MSGPACK | {"Host": host}
    response = client.request(method, path, content=BODY, headers=headers)
    assert response.status_code == 421
    assert is_sentence(response.text)
    assert_secure(response)


def test_a_server_for_the_network_takes_addresses_and_its_own_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("socket.gethostname", lambda: "Desk")
    allows = host_rule("0.0.0.0", "0.0.0.0")
    for host in (
        "localhost",
        "127.0.0.1",
        "10.0.0.7",
        "[fe80::1]",
        "desk",
        "desk.local",
    ):
        assert allows(host)
    for host in ("example.org", "desk.example.org", "1.2.3", "[10]", ""):
        assert not allows(host)


def test_a_server_started_under_a_name_answers_to_it() -> None:
    allows = host_rule("Lesson.test", "127.0.0.1")
    assert allows("lesson.test")
    assert allows("127.0.0.2")
    assert not allows("10.0.0.7")


FOREIGN = [
    {"Origin": "http://example.org"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": "http://localhost"},  # another port is another origin
    {"Origin": "http://localhost:8315"},
    {"Origin": "http://localhost:8314.example.org"},
    {"Origin": "http://127.0.0.1:8314"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost:8314"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "http://example.org"},
]
OWN = [
    {},
    {"Origin": "http://localhost:8314"},
    {"Origin": "https://localhost:8314"},  # at a proxy
    {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost:8314"},
    {"Sec-Fetch-Site": "none"},
]


@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize("method", ["POST", "PUT", "OPTIONS"])
def test_pages_of_other_sites_may_not_ask(
    client: TestClient, headers: dict[str, str], method: str
) -> None:
    response = client.request(
        method, "/api/spiral", content=BODY, headers=MSGPACK | headers
    )
    assert response.status_code == 403
    assert is_sentence(response.text)
    assert "access-control-allow-origin" not in response.headers
    assert_secure(response)


@pytest.mark.parametrize("headers", OWN)
def test_own_pages_may(client: TestClient, headers: dict[str, str]) -> None:
    response = client.post("/api/spiral", content=BODY, headers=MSGPACK | headers)
    assert response.status_code == 200


@pytest.mark.parametrize("headers", FOREIGN)
def test_links_from_other_sites_lead_here(
    client: TestClient, headers: dict[str, str]
) -> None:
    assert client.get("/", headers=headers).status_code == 200
