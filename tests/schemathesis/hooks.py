"""What schemathesis sends to the gateway, and what it holds the answers to.

Generated documents are given identifiers and dates that exist now and then, so that they reach data. An answer has to be no
fault of the gateway (no 5xx, no INTERNAL, no error without a code) and, member by member, what the schema promises: nothing
null that must not be, no value that its type does not have, nothing that was not asked for.
"""

import json
import os
import re

import graphql
import schemathesis
from hypothesis import strategies as st
from schemathesis.graphql import nodes

with open(os.environ["GATEWAY_SDL"], encoding="utf-8") as file:
    SCHEMA = graphql.build_schema(file.read())
with open(os.environ["GATEWAY_DEMO"], encoding="utf-8") as file:
    DEMO = json.load(file)

KNOWN_IDS = [tenant["id"] for tenant in DEMO["tenants"]] + DEMO["tenants"][0]["subjectIds"]
CODES = {
    "FORBIDDEN", "AGREEMENT_REQUIRED", "TENANT_NOT_SERVED", "GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED",
    "BAD_USER_INPUT", "OPERATION_TOO_EXPENSIVE", "PERSISTED_OPERATION_REQUIRED", "PERSISTED_QUERY_NOT_FOUND",
}  # fmt: skip


def one_of(*texts):
    return st.one_of(st.sampled_from(texts), st.text(max_size=40)).map(nodes.String)


schemathesis.graphql.scalar("CountryCode", one_of("SE", "NO", "US", "EL", "se"))
schemathesis.graphql.scalar("LanguageTag", one_of("sv", "en", "en-GB", "tlh"))
schemathesis.graphql.scalar("Sha256", one_of("0" * 64, "x" * 64))
schemathesis.graphql.scalar("URL", one_of("https://system.example/hook", "http://127.0.0.1/", "javascript:0"))


class KnownIds(graphql.Visitor):
    """Puts an identifier that exists into two of three places for one."""

    def __init__(self, types, random):
        super().__init__()
        self.types = types
        self.random = random

    def enter_string_value(self, node, *_):
        wanted = graphql.get_named_type(self.types.get_input_type()) if self.types.get_input_type() else None
        if wanted is graphql.GraphQLID and self.random.random() < 2 / 3:
            return graphql.StringValueNode(value=self.random.choice(KNOWN_IDS))
        return None


@schemathesis.hook
def flatmap_body(context, body):
    return st.randoms(use_true_random=False).map(lambda random: with_known_ids(body, random))


def with_known_ids(document, random):
    types = graphql.TypeInfo(SCHEMA)
    return graphql.visit(document, graphql.TypeInfoVisitor(types, KnownIds(types, random)))


@schemathesis.check
def the_gateway_is_not_at_fault(context, response, case):
    assert response.status_code in (200, 400, 429), f"status {response.status_code}"
    answer = response.json()
    for error in answer.get("errors", []):
        code = error.get("extensions", {}).get("code")
        if response.status_code != 429:
            assert code in CODES, f"an error with the code {code}"
        assert error["message"].strip(), "an error that says nothing"
    assert "data" in answer or answer.get("errors"), "neither data nor errors"


@schemathesis.check
def the_answer_is_what_the_schema_promises(context, response, case):
    data = response.json().get("data")
    if data is None:
        return
    document = graphql.parse(case.body)
    fragments = {one.name.value: one for one in document.definitions if isinstance(one, graphql.FragmentDefinitionNode)}
    operation = next(one for one in document.definitions if isinstance(one, graphql.OperationDefinitionNode))
    wrong = list(Conformance(fragments).of_object(data, SCHEMA.get_root_type(operation.operation), [operation.selection_set], "data"))
    assert not wrong, "; ".join(wrong[:5])


SCALARS = {
    "ID": lambda value: isinstance(value, str) and value,
    "String": lambda value: isinstance(value, str),
    "Boolean": lambda value: isinstance(value, bool),
    "Int": lambda value: isinstance(value, int) and not isinstance(value, bool) and -(2**31) <= value < 2**31,
    "Float": lambda value: isinstance(value, (int, float)) and not isinstance(value, bool),
    "Date": lambda value: isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value),
    "DateTime": lambda value: isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", value),
    "EmailAddress": lambda value: isinstance(value, str) and re.fullmatch(r"[^@\s]+@[^@\s]+", value),
    "PhoneNumber": lambda value: isinstance(value, str) and re.fullmatch(r"\+\d{4,15}", value),
    "CountryCode": lambda value: isinstance(value, str) and re.fullmatch(r"[A-Z]{2}", value),
    "LanguageTag": lambda value: isinstance(value, str) and re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]+)*", value),
    "Sha256": lambda value: isinstance(value, str) and re.fullmatch(r"[0-9a-f]{64}", value),
    "URL": lambda value: isinstance(value, str) and re.match(r"https?://", value),
}


class Conformance:
    """Compares an answer with the types of what was selected."""

    def __init__(self, fragments):
        self.fragments = fragments

    def fields(self, sets, type_):
        """Selection sets and field by response key, for an object of a type."""
        found = {}
        for selection in (one for selected in sets for one in selected.selections):
            if isinstance(selection, graphql.FieldNode):
                key = (selection.alias or selection.name).value
                found.setdefault(key, (selection.name.value, []))[1].extend(filter(None, [selection.selection_set]))
                continue
            fragment = selection if isinstance(selection, graphql.InlineFragmentNode) else self.fragments[selection.name.value]
            condition = fragment.type_condition and SCHEMA.get_type(fragment.type_condition.name.value)
            if condition in (None, type_) or (graphql.is_abstract_type(condition) and SCHEMA.is_sub_type(condition, type_)):
                for key, (name, below) in self.fields([fragment.selection_set], type_).items():
                    found.setdefault(key, (name, []))[1].extend(below)
        return found

    def of_object(self, value, type_, sets, path):
        if not isinstance(value, dict):
            yield f"{path} is no object"
            return
        wanted = self.fields(sets, type_)
        if wanted.keys() != value.keys():
            yield f"{path} has {sorted(value)} where {sorted(wanted)} was asked for"
        for key in wanted.keys() & value.keys():
            name, below = wanted[key]
            if name == "__typename":
                if value[key] != type_.name:
                    yield f"{path}.{key} is {value[key]}"
                continue
            yield from self.of_type(value[key], type_.fields[name].type, below, f"{path}.{key}")

    def of_type(self, value, type_, sets, path):
        if isinstance(type_, graphql.GraphQLNonNull):
            if value is None:
                yield f"{path} is null and must not be"
                return
            type_ = type_.of_type
        if value is None:
            return
        if isinstance(type_, graphql.GraphQLList):
            if not isinstance(value, list):
                yield f"{path} is no list"
                return
            for at, item in enumerate(value):
                yield from self.of_type(item, type_.of_type, sets, f"{path}.{at}")
        elif isinstance(type_, graphql.GraphQLEnumType):
            if value not in type_.values:
                yield f"{path} has a value that {type_.name} has not"
        elif isinstance(type_, graphql.GraphQLScalarType):
            if not SCALARS[type_.name](value):
                yield f"{path} is no {type_.name}"
        elif isinstance(type_, graphql.GraphQLObjectType):
            yield from self.of_object(value, type_, sets, path)
        else:
            yield from self.of_abstract(value, type_, sets, path)

    def of_abstract(self, value, type_, sets, path):
        possible = SCHEMA.get_possible_types(type_)
        if not any(not list(self.of_object(value, one, sets, path)) for one in possible):
            yield f"{path} is none of the types that {type_.name} stands for"
