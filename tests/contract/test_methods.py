"""Every path with every method: what HTTP promises, whatever the path."""

from collections.abc import Generator

import pytest

from tests.clusters import Cluster
from tests.conformity import DOCUMENT
from tests.running import InProcess, Server

METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"]


@pytest.fixture(scope="module")
def api(cluster: Cluster) -> Generator[InProcess]:
    """One service for all of these: none of them looks at what is recorded."""
    with cluster.database() as dsn, InProcess(dsn, cluster.keys["write"]) as service:
        yield service


def asked(template: str) -> str:
    """A path with the examples of its parameters in it."""
    path = template
    for operation in DOCUMENT["paths"][template].values():
        for parameter in operation.get("parameters", []):
            if parameter["in"] == "path":
                path = path.replace(f"{{{parameter['name']}}}", str(parameter["schema"]["examples"][0]))
    return path


def required(template: str, method: str) -> dict[str, str]:
    """The query that an operation cannot do without."""
    return {
        parameter["name"]: str(parameter["schema"]["examples"][0])
        for parameter in DOCUMENT["paths"][template][method].get("parameters", [])
        if parameter["in"] == "query" and parameter["required"]
    }


def taken(template: str) -> set[str]:
    methods = {method.upper() for method in DOCUMENT["paths"][template]}
    return methods | {"OPTIONS"} | ({"HEAD"} if "GET" in methods else set())


def allowed(header: str) -> set[str]:
    return {method.strip() for method in header.split(",")}


@pytest.mark.parametrize("template", DOCUMENT["paths"])
def test_a_path_names_its_methods_and_refuses_the_others(api: InProcess, template: str) -> None:
    path = asked(template)
    options = api.request("OPTIONS", path)
    assert options.status_code == 204
    assert options.content == b""
    assert allowed(options.headers["allow"]) == taken(template)
    for method in METHODS:
        response = api.request(method, path)
        if method in taken(template):
            assert response.status_code != 405, method
        else:
            assert response.status_code == 405, method
            assert allowed(response.headers["allow"]) == taken(template), method
            if method != "HEAD":
                assert response.json()["type"] == "/docs/problems/method-not-allowed"


@pytest.mark.parametrize(
    "template", [template for template, methods in DOCUMENT["paths"].items() if "get" in methods]
)
def test_head_answers_as_get_does_without_a_body(api: InProcess, template: str) -> None:
    path, query = asked(template), required(template, "get")
    get, head = api.get(path, params=query), api.request("HEAD", path, params=query)
    assert head.status_code == get.status_code
    assert head.content == b""
    volatile = {"x-request-id", "etag", "content-length"} if path == "/metrics" else {"x-request-id"}
    if get.status_code >= 400:
        volatile.add("content-length")  # of the request's own id
    assert {name: value for name, value in head.headers.items() if name not in volatile} == {
        name: value for name, value in get.headers.items() if name not in volatile
    }


@pytest.mark.parametrize("template", DOCUMENT["paths"])
def test_a_path_with_a_slash_behind_it_is_another_path(api: InProcess, template: str) -> None:
    response = api.get(asked(template) + "/")
    assert response.status_code in {400, 404}
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("template", DOCUMENT["paths"])
def test_an_operation_says_which_media_types_it_has(api: InProcess, template: str) -> None:
    for method in DOCUMENT["paths"][template]:
        response = api.request(method.upper(), asked(template), headers={"Accept": "image/png"})
        assert response.status_code == 406, method
        assert response.json()["type"] == "/docs/problems/not-acceptable"


@pytest.mark.parametrize(
    ("template", "method"),
    [
        (template, method)
        for template, methods in DOCUMENT["paths"].items()
        for method, operation in methods.items()
        if "requestBody" in operation
    ],
)
def test_a_body_of_another_media_type_or_coding_is_refused(
    api: InProcess, template: str, method: str
) -> None:
    path = asked(template)
    for headers in (
        {"Content-Type": "image/png"},
        {},
        {"Content-Type": "application/json; x", "Content-Encoding": "br"},
    ):
        response = api.request(method.upper(), path, content=b"{}", headers=headers)
        assert response.status_code == 415, headers
        assert response.json()["type"] == "/docs/problems/unsupported-media-type"


@pytest.mark.parametrize("template", DOCUMENT["paths"])
def test_an_address_that_is_too_long_is_refused(api: InProcess, template: str) -> None:
    for method in DOCUMENT["paths"][template]:
        response = api.request(method.upper(), f"{asked(template)}?q={'a' * 20_000}")
        assert response.status_code == 414, method
        assert response.json()["type"] == "/docs/problems/uri-too-long"


@pytest.mark.parametrize("template", DOCUMENT["paths"])
def test_an_unknown_parameter_is_refused(api: InProcess, template: str) -> None:
    for method, operation in DOCUMENT["paths"][template].items():
        if "requestBody" not in operation:
            response = api.request(method.upper(), asked(template), params={"no_such_thing": "1"})
            assert response.status_code == 400, method
            assert response.json()["errors"][0]["parameter"] == "no_such_thing"


@pytest.mark.parametrize(
    "path", ["/", "/v1", "/v2/facts", "/v1/fact", "/docs/guides/a/b", "/%00", "/v1/facts/%ff"]
)
def test_a_path_that_is_none_is_a_problem(api: InProcess, path: str) -> None:
    response = api.get(path)
    assert response.status_code in {400, 404}
    assert response.headers["content-type"] == "application/problem+json"


def test_over_a_socket_it_is_the_same(server: Server) -> None:
    assert server.request("OPTIONS", "/v1/facts").headers["allow"] == "GET, POST, HEAD, OPTIONS"
    refused = server.request("DELETE", "/v1/facts")
    assert refused.status_code == 405
    assert refused.headers["allow"] == "GET, POST, HEAD, OPTIONS"
    head = server.request("HEAD", "/v1/companies")
    assert head.status_code == 200
    assert int(head.headers["content-length"]) == len(server.get("/v1/companies").content)
