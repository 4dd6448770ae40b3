"""Reads people page by page, files an access request and branches on what can go wrong."""

import asyncio
import json
import os
import uuid
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TypedDict, assert_never

from gateway_client import (
    Gateway,
    GraphQLClientGraphQLMultiError,
    OpenRequests,
    PersonRow,
    Purpose,
    RightsRequestFilter,
    RightsRequestKind,
    SubmitAccessRequestInput,
    UserErrorCode,
)


class Tokens(TypedDict):
    admin: str
    reader: str


class Tenant(TypedDict):
    name: str
    subjectIds: list[str]
    tokens: Tokens


class Demo(TypedDict):
    gatewayUrl: str
    tenants: list[Tenant]


def read_demo() -> Demo:
    """Reads what the demo wrote; the environment variable DEMO says where it is."""
    demo: Demo = json.loads(Path(os.environ["DEMO"]).read_text())
    return demo


def gateway_for(url: str, token: str) -> Gateway:
    """A client that speaks for the bearer of a token."""
    return Gateway(url, headers={"authorization": f"Bearer {token}", "accept-language": "en"})


async def people(gateway: Gateway, first: int) -> AsyncIterator[PersonRow]:
    """Everybody who may be read for rendering a service, whatever the number of pages."""
    after: str | None = None
    while True:
        page = (await gateway.people_page(Purpose.SERVICE_DELIVERY, first, after)).data_subjects
        for edge in page.edges:
            yield edge.node
        if not page.page_info.has_next_page:
            return
        after = page.page_info.end_cursor


def advice(code: UserErrorCode) -> str:
    """What a form does about it. A code that came into the schema later does not pass mypy."""
    match code:
        case UserErrorCode.INVALID | UserErrorCode.OUTSIDE_AGREEMENT:
            return "correct the field"
        case UserErrorCode.ALREADY_EXISTS | UserErrorCode.ALREADY_OPEN:
            return "show the other one"
        case UserErrorCode.CONFLICT | UserErrorCode.IDEMPOTENCY_MISMATCH | UserErrorCode.NOT_FOUND:
            return "read again"
        case (
            UserErrorCode.DEADLINE_PASSED
            | UserErrorCode.ERASED
            | UserErrorCode.IDENTITY_NOT_VERIFIED
            | UserErrorCode.PROCESSING_RESTRICTED
            | UserErrorCode.RETENTION_REQUIRED
        ):
            return "tell why not"
        case _:
            assert_never(code)


async def submit(gateway: Gateway, subject_id: str, key: str) -> str | None:
    """Files an access request, and gives its reference; with the same key it can be sent again, and is done once."""
    wanted = SubmitAccessRequestInput(subject_id=subject_id, idempotency_key=key)
    payload = (await gateway.submit_access_request(wanted)).submit_access_request
    for error in payload.user_errors:
        print(f"refused: {error.code.value}: {error.message} -> {advice(error.code)}")
    return payload.rights_request.reference if payload.rights_request else None


async def open_requests(gateway: Gateway) -> OpenRequests:
    return await gateway.open_requests(RightsRequestFilter(kind=[RightsRequestKind.ACCESS]), 5)


async def main() -> None:
    demo = read_demo()
    tenant = demo["tenants"][0]
    async with gateway_for(demo["gatewayUrl"], tenant["tokens"]["admin"]) as gateway:
        seen = [person.id async for person in people(gateway, 5)]
        if len(seen) <= 5 or len(set(seen)) != len(seen):
            raise SystemExit("paging did not give each person once")
        print(f"read {len(seen)} people, none twice")

        key = str(uuid.uuid4())
        references = [await submit(gateway, tenant["subjectIds"][0], key) for _ in range(2)]
        if references[0] is None or references[0] != references[1]:
            raise SystemExit("the same idempotency key was not done once")
        if await submit(gateway, f"subject_{'0' * 26}", str(uuid.uuid4())) is not None:
            raise SystemExit("a request for nobody was taken")
        due = [edge.node.due_at.date() for edge in (await open_requests(gateway)).rights_requests.edges]
        print(f"filed {references[0]}; access requests are due on {', '.join(map(str, due))}")

    async with gateway_for(demo["gatewayUrl"], tenant["tokens"]["reader"]) as gateway:
        try:
            await open_requests(gateway)
        except GraphQLClientGraphQLMultiError as refused:
            extensions = refused.errors[0].extensions or {}
            if extensions.get("code") != "FORBIDDEN":
                raise
            print(f"a token that only reads people gets FORBIDDEN, needs {extensions['requiredScopes']}")
        else:
            raise SystemExit("a token without the scope was let through")


if __name__ == "__main__":
    asyncio.run(main())
