"""Keys, roles, spaces, and what is refused."""

import re

import pytest
from service_process import SAMPLES, make_key

NUMBER = "0" * 32
ROUTES = [
    ("GET", "/v1/jobs"), ("POST", "/v1/jobs"), ("POST", "/v1/extract"), ("GET", f"/v1/jobs/{NUMBER}"),
    ("GET", f"/v1/jobs/{NUMBER}/result"), ("POST", f"/v1/jobs/{NUMBER}/cancel"), ("GET", "/v1/documents"),
    ("GET", f"/v1/documents/{NUMBER}"), ("DELETE", f"/v1/documents/{NUMBER}"),
    ("GET", f"/v1/documents/{NUMBER}/report"), ("GET", f"/v1/documents/{NUMBER}/original"),
    ("GET", f"/v1/documents/{NUMBER}/pages/1.png"), ("GET", "/v1/facts"), ("GET", "/v1/findings"),
    ("GET", f"/v1/documents/{NUMBER}/decisions"), ("POST", f"/v1/documents/{NUMBER}/decisions"),
    ("POST", f"/v1/documents/{NUMBER}/decisions/undo"), ("GET", "/v1/exports/working-paper.xlsx"),
    ("GET", "/v1/exports/gold.jsonl"), ("GET", "/v1/indicators"), ("GET", "/v1/rules"), ("GET", "/v1/keys"),
    ("POST", "/v1/keys"), ("GET", "/metrics"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path"), ROUTES)
@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer nbk_wrong"}, {"Authorization": "Basic eDp5"}])
def test_without_a_key_nothing_is_told(service, method, path, headers):
    import httpx

    answer = httpx.request(method, service.url + path, headers=headers)
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] in ("no_key", "bad_key")


def test_pages_lead_to_the_form(service):
    import httpx

    for path in ("/", "/compare", "/trends", f"/documents/{NUMBER}"):
        answer = httpx.get(service.url + path)
        assert (answer.status_code, answer.headers["location"]) == (303, "/login")


@pytest.mark.parametrize(
    ("role", "method", "path", "status"),
    [
        ("reader", "GET", "/v1/documents", 200),
        ("reader", "POST", "/v1/jobs", 403),
        ("reader", "GET", "/v1/keys", 403),
        ("reviewer", "GET", "/v1/keys", 403),
        ("reviewer", "POST", "/v1/keys", 403),
        ("admin", "GET", "/v1/keys", 200),
    ],
)
def test_roles(service, role, method, path, status):
    answer = service.client.request(method, path, headers=make_key(service, role))
    assert answer.status_code == status


def test_another_space_sees_nothing(service, document):
    other = make_key(service, "admin", "elsewhere")
    fact = service.client.get("/v1/facts", params={"document": document, "limit": 1}).json()["items"][0]["id"]
    decision = {"about": "fact", "target": fact, "action": "accept"}
    for method, path, body in [
        ("GET", f"/v1/documents/{document}", None),
        ("GET", f"/v1/documents/{document}/report", None),
        ("GET", f"/v1/documents/{document}/pages/1.png", None),
        ("GET", f"/v1/documents/{document}/original", None),
        ("DELETE", f"/v1/documents/{document}", None),
        ("POST", f"/v1/documents/{document}/decisions", decision),
        ("GET", f"/v1/exports/working-paper.xlsx?document={document}", None),
        ("GET", f"/documents/{document}", None),
    ]:
        assert service.client.request(method, path, headers=other, json=body).status_code == 404, path
    assert service.client.get("/v1/facts", params={"document": document}, headers=other).json()["total"] == 0


def test_a_revoked_key_is_out(service):
    made = service.client.post("/v1/keys", json={"name": "short", "role": "reader"}).json()
    headers = {"Authorization": f"Bearer {made['secret']}"}
    assert service.client.get("/v1/documents", headers=headers).status_code == 200
    assert service.client.delete(f"/v1/keys/{made['id']}").status_code == 204
    assert service.client.get("/v1/documents", headers=headers).status_code == 401


def test_secrets_are_stored_as_hashes(service):
    stored = b"".join(path.read_bytes() for path in service.home.glob("service.db*"))
    assert stored
    assert service.key.encode() not in stored
    assert service.told().count(service.key) == 1


def test_a_browser_needs_the_token_of_its_page(service, document):
    import httpx

    with httpx.Client(base_url=service.url, follow_redirects=False) as browser:
        assert browser.post("/login", data={"key": "nbk_wrong"}).status_code == 401
        assert browser.post("/login", data={"key": service.key}).status_code == 303
        assert browser.get(f"/documents/{document}").status_code == 200
        refused = browser.post(f"/documents/{document}/undo")
        assert (refused.status_code, refused.json()["code"]) == (403, "csrf")
        foreign = browser.post("/login", data={"key": service.key}, headers={"Sec-Fetch-Site": "cross-site"})
        assert foreign.status_code == 403


def test_every_answer_carries_the_policy(service, document):
    for path in ("/login", f"/documents/{document}", "/v1/documents", "/static/page.js", "/nowhere"):
        headers = service.client.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"], path
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_an_original_is_only_ever_a_file_to_save(service, document):
    answer = service.client.get(f"/v1/documents/{document}/original")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.content == (SAMPLES / "provincial-office-2021.pdf").read_bytes()


@pytest.fixture
def browser(service):
    """A browser that an admin signed in, and the token of its pages."""
    import httpx

    with httpx.Client(base_url=service.url, follow_redirects=True) as client:
        page = client.post("/login", data={"key": service.key}).text
        yield client, {"X-CSRF-Token": re.search(r'data-csrf="([^"]+)"', page).group(1)}


def test_the_page_of_keys_makes_one_and_shows_it_once(service, browser):
    client, token = browser
    form = {"name": "李<b>四</b>", "role": "reader", "space": ""}
    refused = client.post("/keys", data=form)
    assert (refused.status_code, refused.json()["code"]) == (403, "csrf")
    made = client.post("/keys", data=form, headers=token).text
    secret = re.search(r'<code id="secret">(nbk_[\w-]+)</code>', made).group(1)
    assert "李&lt;b&gt;四&lt;/b&gt;" in made
    headers = {"Authorization": f"Bearer {secret}"}
    assert service.client.get("/v1/documents", headers=headers).status_code == 200
    page = client.get("/keys").text
    assert secret not in page and "nbk_" not in page and "读者" in page
    number = re.search(r"李&lt;b&gt;.*?<code>([0-9a-f]{16})</code>", page, re.DOTALL).group(1)
    assert client.post(f"/keys/{number}/revoke").status_code == 403
    assert "已停用" in client.post(f"/keys/{number}/revoke", headers=token).text
    assert service.client.get("/v1/documents", headers=headers).status_code == 401


@pytest.mark.parametrize(
    ("form", "status"),
    [({"name": "x", "role": "king"}, 422), ({"role": "reader"}, 422), ({"name": "x" * 101, "role": "reader"}, 422)],
)
def test_what_is_no_key_is_refused(service, browser, form, status):
    client, token = browser
    before = len(service.client.get("/v1/keys").json())
    assert client.post("/keys", data=form, headers=token).status_code == status
    assert len(service.client.get("/v1/keys").json()) == before


def test_a_key_does_not_revoke_itself(service, browser):
    client, token = browser
    own = next(key["id"] for key in service.client.get("/v1/keys").json() if key["name"] == "admin")
    assert client.post(f"/keys/{own}/revoke", headers=token).status_code == 409
    assert service.client.get("/v1/keys").status_code == 200


@pytest.mark.parametrize("role", ["reader", "reviewer"])
def test_only_admins_see_the_page_of_keys(service, role):
    headers = make_key(service, role)
    assert service.client.get("/keys", headers=headers).status_code == 403
    assert 'href="/keys"' not in service.client.get("/", headers=headers).text
    assert 'href="/keys"' in service.client.get("/").text


def test_a_session_is_no_key(service, browser):
    client, _ = browser
    session = {"Authorization": f"Bearer {client.cookies['nianbao_session']}"}
    assert client.get("/v1/documents").status_code == 200
    assert service.client.get("/v1/documents", headers=session).status_code == 401
