"""The interface keeps what its own OpenAPI document says, whatever is sent."""

import pytest
import service_process  # noqa: F401  (skips where the service's libraries are missing)

schemathesis = pytest.importorskip("schemathesis")
hypothesis = pytest.importorskip("hypothesis")

EXAMPLES = 15
KEPT = ("not_a_server_error", "response_schema_conformance", "status_code_conformance", "content_type_conformance")


def find_checks():
    from schemathesis.specs.openapi import checks

    return [getattr(checks, name, None) or getattr(schemathesis.checks, name) for name in KEPT]


def test_every_answer_fits_the_document(service, document):
    schema = schemathesis.openapi.from_url(f"{service.url}/v1/openapi.json")
    headers, tried = {"Authorization": f"Bearer {service.key}"}, 0
    for found in schema.get_all_operations():
        operation = found.ok()

        @hypothesis.settings(
            max_examples=EXAMPLES, deadline=None, derandomize=True, database=None,
            suppress_health_check=list(hypothesis.HealthCheck),
        )  # fmt: skip
        @hypothesis.given(case=operation.as_strategy())
        def ask(case):
            if "document" in case.path_parameters:
                case.path_parameters["document"] = document if case.method != "DELETE" else "0" * 32
            case.call_and_validate(headers=headers, checks=find_checks())

        ask()
        tried += 1
    assert tried > 20


def test_the_document_names_every_kind_of_thing(service):
    paths = service.client.get("/v1/openapi.json").json()["paths"]
    wanted = {"/v1/extract", "/v1/jobs", "/v1/documents", "/v1/facts", "/v1/findings", "/v1/indicators", "/v1/rules"}
    assert wanted <= paths.keys()
