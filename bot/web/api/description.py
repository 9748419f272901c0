"""The OpenAPI description, made of the very models that read parameters and shape answers."""

from __future__ import annotations

import inspect
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from bot.web.api.contract import Problem
from bot.web.api.endpoints import ENDPOINTS, Endpoint

Json = dict[str, Any]
_REF = "#/components/schemas/{model}"

PROBLEMS = {
    "400": "A parameter is wrong, or unknown.",
    "401": "There is no token, or it isn't good any more.",
    "404": "What was asked for isn't there.",
}


def description(address: str) -> Json:
    """The whole, as OpenAPI 3.1. `address` is where the API is, without a slash at the end."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Outside In",
            "version": "1",
            "description": "The figures and the rows behind them, read only. Figures are defined in docs/measures.md.",
        },
        "servers": [{"url": address}],
        "security": [{"token": []}],
        "paths": {f"/api/v1/{one.name}": {"get": _operation(one)} for one in ENDPOINTS},
        "components": {
            "schemas": _schemas(),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _schemas() -> Json:
    """Every model, each by its own name: pydantic would call a page `Page_PersonRow_`, and leave out what it is."""
    models: list[type[BaseModel]] = [*(one.answers for one in ENDPOINTS), Problem]
    refs, found = models_json_schema([(one, "serialization") for one in models], ref_template=_REF)
    schemas: Json = found["$defs"]
    for (model, _), ref in refs.items():
        schemas[model.__name__] = {"description": inspect.getdoc(model), **schemas.pop(ref["$ref"].rpartition("/")[2])}
    return schemas


def _operation(endpoint: Endpoint) -> Json:
    answers: Json = {"200": {"description": "OK", "content": _content("application/json", endpoint.answers.__name__)}}
    for status, meaning in PROBLEMS.items():
        answers[status] = {"description": meaning, "content": _content("application/problem+json", "Problem")}
    return {
        "operationId": endpoint.name,
        "summary": endpoint.summary,
        "parameters": parameters(endpoint),
        "responses": answers,
    }


def _content(kind: str, model: str) -> Json:
    return {kind: {"schema": {"$ref": _REF.format(model=model)}}}


def parameters(endpoint: Endpoint) -> list[Json]:
    """The endpoint's parameters, each with its schema and meaning. One that may be left out is never sent as null."""
    schema = endpoint.asks.model_json_schema()
    found = []
    for name, own in schema["properties"].items():
        given = next((one for one in own.get("anyOf", ()) if one.get("type") != "null"), own)
        kept = {key: value for key, value in given.items() if key not in {"title", "description"}}
        if own.get("default") is not None:
            kept["default"] = own["default"]
        meaning = own.get("description") or given.get("description", "")
        found.append(
            {"name": name, "in": "query", "required": name in schema.get("required", ()), "schema": kept, "description": meaning}
        )
    return found
