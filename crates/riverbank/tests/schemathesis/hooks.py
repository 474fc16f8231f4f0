"""Schemathesis against Riverbank: who calls, with what ids and bodies, and what is checked beside its own checks."""

import atexit
import base64
import json
import os
import re
import zlib
from collections import Counter
from pathlib import Path

import schemathesis
from schemathesis.core import NOT_SET
from schemathesis.core.failures import AcceptedNegativeData, Failure
from schemathesis.core.parameters import ParameterLocation
from schemathesis.openapi.checks import RejectedPositiveData

import lawful
import partner
from partner import SEEDS

LAWFUL_IN_4 = 3
"""Of four calls that chance made, so many are given lawful ids, and so many of those lawful bodies."""


class Dice:
    """Chance that depends on what was generated only, so that a call repeats as it was."""

    def __init__(self, case):
        self.number = zlib.crc32(repr((case.path, case.path_parameters, case.query, case.body)).encode())

    def throw(self, sides):
        self.number = zlib.crc32(self.number.to_bytes(4, "big"))
        return self.number % sides

    def one_of(self, values):
        return values[self.throw(len(values))]


ALWAYS_LAWFUL = {"advanceClock", "listAccountHoldings", "setClock", "speedClock"}
"""Operations that are called with what is wrong on purpose, or with what the other calls can live with: a clock that chance
moves for thousands of years ends every session, and takes as long. Of few parameters chance makes few calls, of which none
may be lawful."""


def operation_id(operation):
    return operation.definition.raw["operationId"]


SINGLE = ("deleteSession",)
"""Operations that end their own session: each call has one of its own."""


def secured_by(scheme, single=False):
    """Chooses the operations that want these credentials, for one call or for many."""

    def chosen(context):
        requirements = context.operation.definition.raw.get("security", [])
        is_single = operation_id(context.operation) in SINGLE
        return is_single == single and any(scheme in requirement for requirement in requirements)

    return chosen


@schemathesis.auth(retry_on=[401]).apply_to(secured_by("sessionToken"))
class Session:
    """A session of the seeded user; a new one as soon as it is answered 401."""

    def get(self, case, context):
        return partner.session(SEEDS["user"])

    def set(self, case, token, context):
        case.headers["MD-SESSION-TOKEN"] = token


@schemathesis.auth(refresh_interval=None).apply_to(secured_by("sessionToken", single=True))
class SingleSession(Session):
    """A session for one call."""


@schemathesis.auth(refresh_interval=None).apply_to(secured_by("apiToken"))
class ApiToken:
    def get(self, case, context):
        return partner.api_token(SEEDS["user"])

    def set(self, case, token, context):
        case.headers["MD-API-TOKEN"] = token


@schemathesis.auth(refresh_interval=None).apply_to(secured_by("apiKey"))
class ApiKey:
    def get(self, case, context):
        return SEEDS["api_key"]

    def set(self, case, key, context):
        case.headers["MD-API-KEY"] = key


@schemathesis.auth(refresh_interval=None).apply_to(secured_by("basic"))
class Basic:
    def get(self, case, context):
        return base64.b64encode(f"{SEEDS['client_id']}:{SEEDS['api_key']}".encode()).decode()

    def set(self, case, credentials, context):
        case.headers["Authorization"] = f"Basic {credentials}"


@schemathesis.auth(refresh_interval=None).apply_to(secured_by("controlKey"))
class ControlKey:
    def get(self, case, context):
        return SEEDS["control_key"]

    def set(self, case, key, context):
        case.headers["MD-CONTROL-KEY"] = key


@schemathesis.serializer("application/toml")
def toml(context, value):
    """A file goes as the text that it is."""
    return value if isinstance(value, bytes) else str(value).encode()


@schemathesis.hook
def before_call(context, case, kwargs):
    """Gives most calls ids that exist, and most of those bodies that fit them; what is wrong on purpose stays."""
    operation, dice = operation_id(case.operation), Dice(case)
    negative = case.meta.is_negative_at
    if "client_id" in case.path_parameters:
        case.path_parameters["client_id"] = SEEDS["client_id"]

    def is_lawful():
        return operation in ALWAYS_LAWFUL or dice.throw(4) < LAWFUL_IN_4

    if negative(ParameterLocation.PATH) or not is_lawful():
        return
    if case.path_parameters:
        case.path_parameters |= lawful.path(operation, case.path_parameters, dice)
    if case.body is NOT_SET:
        lawful.prepare(operation)
        fitting.add(case.id)
    elif not negative(ParameterLocation.BODY) and is_lawful():
        case.body = lawful.body(operation, case.path_parameters, case.body, dice)
        fitting.add(case.id)


fitting = set()
"""The calls that were given what fits: what chance made of the rest of them is lawful if the document says so."""

successes = Counter()


@schemathesis.hook
def after_call(context, case, response):
    if 200 <= response.status_code < 300 and response.request.method == case.operation.method.upper():
        successes[operation_id(case.operation)] += 1


@atexit.register
def report():
    Path(os.environ["RIVERBANK_SUCCESSES"]).write_text(json.dumps(successes))


OF_ANY_OPERATION = {405, 406, 413, 415}
"""Refusals of the form of a request: the document has them under `default`."""


@schemathesis.check
def named_status(context, response, case):
    """A status is one that the operation names, or a refusal of the form of the request."""
    named = case.operation.definition.raw["responses"]
    if response.request.method == "OPTIONS" and response.status_code == 204:
        # What browsers ask before they call is no operation.
        return
    if str(response.status_code) not in named and response.status_code not in OF_ANY_OPERATION:
        raise Failure(
            operation=case.operation.label,
            title="Status that is not named",
            message=f"{response.status_code} is not among {', '.join(named)}",
        )


AFTER_DELETE = {"clearFaults": 204, "clearSink": 204, "deleteSession": 401, "endUserSessions": 204, "unsplitTransaction": 422}
"""How a delete that is sent again is answered; not named: 404, as all that asks for the deleted thing."""


@schemathesis.check
def gone_after_delete(context, response, case):
    """What is deleted is gone at once."""
    if response.request.method != "DELETE" or response.status_code not in (200, 204):
        return
    expected = AFTER_DELETE.get(operation_id(case.operation), 404)
    methods = ["DELETE"]
    if expected == 404 and "get" in case.operation.schema.raw_schema["paths"][case.path]:
        methods.append("GET")
    for method in methods:
        status = partner.repeated(method, response.request)
        if status != expected:
            raise Failure(
                operation=case.operation.label,
                title="Deleted, but not gone",
                message=f"{method} of what was deleted is answered {status}, not {expected}",
            )


TOLERANT = {"page", "records_per_page", "records_per_age", "MX-Skip-Webhook"}
"""Parameters that count as absent when they are not understood."""

IN_WORDS = re.compile(
    "holds the character U\\+0000|^client_redirect_url is not registered|^connection_status PENDING is for OAuth"
)
"""Refusals of values that no schema tells from lawful ones."""


@schemathesis.hook
def filter_failure(context, failure, case, response):
    """Leaves out what the document says in words, since no schema can say it."""
    if isinstance(failure, AcceptedNegativeData):
        return not all(reads_as_lawful(case, *place) for place in wrong_places(case))
    if isinstance(failure, RejectedPositiveData):
        return case.id in fitting and not IN_WORDS.search(response.json()["error"]["message"])
    return True


def wrong_places(case):
    """Where the call was made wrong on purpose."""
    data = case.meta.phase.data
    return [(mutation.parameter_location, mutation.parameter) for mutation in data.mutations or (data,)]


def reads_as_lawful(case, location, name):
    """Whether the server, which reads tolerantly, finds nothing wrong there."""
    match location:
        case ParameterLocation.QUERY:
            return name in TOLERANT or case.query.get(name) in ("", [""])
        case ParameterLocation.HEADER:
            return name in TOLERANT
        case ParameterLocation.BODY:
            validator = case.operation.schema.adapter.jsonschema_validator_cls
            return case._validate_component(location, as_read(case), validator)
        case _:
            return False


def as_read(case):
    """The body as the server reads it: null is absence, unused fields are skipped, and the root may be left off."""
    body, root = without_unread(case.body), root_of(case)
    return {root: body} if root and isinstance(body, dict) and root not in body else body


def root_of(case):
    schema = case.operation.definition.raw["requestBody"]["content"][case.media_type]["schema"]
    return next(iter(schema.get("properties", ())), None)


UNUSED = {"account_types"}
"""Fields that are described for clients that still send them."""


def without_unread(value):
    if isinstance(value, list):
        return [without_unread(item) for item in value]
    if isinstance(value, dict):
        fields = value.items()
        return {name: without_unread(field) for name, field in fields if field is not None and name not in UNUSED}
    return value
