"""A partner's backend: sessions, and things made for one call that uses them up."""

import itertools
import json
import os
import time
from html.parser import HTMLParser
from pathlib import Path

import requests

SEEDS = json.loads(Path(os.environ["RIVERBANK_SEEDS"]).read_text())
"""What `seeds` in `mod.rs` has made."""

PATIENCE = 30
"""Seconds that a job of a scripted bank may take."""

_numbers = itertools.count(1)


def call(method, path, headers, body=None):
    answer = requests.request(
        method, SEEDS["base_url"] + path, headers={"accept": "application/json", **headers}, json=body, timeout=60
    )
    answer.raise_for_status()
    return answer.json() if answer.content else None


def repeated(method, request):
    """The status of a request to the same address by the same caller."""
    return requests.request(method, request.url, headers=dict(request.headers), timeout=60).status_code


def key():
    return {"MD-API-KEY": SEEDS["api_key"]}


def api_token(user):
    """A token of the user that opens one session."""
    return call("GET", f"/sso/{SEEDS['client_id']}/users/{user}/api_token", key())["api_token"]["token"]


def session(user):
    """A session in the user's name."""
    return call("POST", "/sessions", {"MD-API-TOKEN": api_token(user)}, {"skip_aggregation": True})["session"]["token"]


class Own:
    """Calls in the name of the seeded user; a session that has ended is replaced."""

    token = None

    def call(self, method, path, body=None):
        for attempt in range(2):
            if self.token is None:
                self.token = session(SEEDS["user"])
            try:
                return call(method, path, {"MD-SESSION-TOKEN": self.token}, body)
            except requests.HTTPError as error:
                if error.response.status_code != 401 or attempt:
                    raise
                self.token = None


own = Own()


def new_id():
    return f"made-{next(_numbers)}"


def credentials(password="password"):
    values = {"login": "mxuser", "password": password}
    return [{"credential_guid": guid, "value": values[kind]} for kind, guid in SEEDS["credentials"].items()]


def new_member(status="CONNECTED"):
    """A member of the seeded user that was put in that status."""
    member = {"institution_guid": SEEDS["bank"], "connection_status": status}
    return own.call("POST", "/members", {"member": member})["member"]["guid"]


TOP = "CAT-bf5c9cca-c96b-b50d-440d-38d9adfda5b0"
"""A default category at the top."""


def new_category():
    """A category that the seeded user has made."""
    category = {"name": "made", "parent_guid": TOP}
    return own.call("POST", "/categories", {"category": category})["category"]["guid"]


def new_account():
    """An account that the seeded user has made by hand."""
    account = {"name": "made", "account_type": 9}
    return own.call("POST", "/accounts", {"account": account})["account"]["guid"]


AMOUNT = 10
"""Of each transaction that is made by hand."""


def new_transaction():
    """A transaction that the seeded user has made by hand."""
    path, said = f"/accounts/{new_account()}/transactions", {"amount": AMOUNT, "date": "2026-01-15", "description": "made"}
    return own.call("POST", path, {"transaction": said | {"transaction_type": 2}})["transaction"]["guid"]


def new_split_transaction():
    """The same in two parts."""
    guid = new_transaction()
    own.call("POST", f"/transactions/{guid}/split", {"transactions": [{"amount": 4}, {"amount": AMOUNT - 4}]})
    return guid


def new_tag():
    """A tag that the seeded user has made."""
    return own.call("POST", "/tags", {"tag": {"name": "made"}})["tag"]["guid"]


def new_notification():
    """A notification with a deliverable of PUSH."""
    said = {"subject": "made", "content": "made"}
    return own.call("POST", "/notifications", {"notification": said})["notification"]["guid"]


def new_deliverable():
    """A notification, and its deliverable."""
    notification = new_notification()
    path = f"/notifications/{notification}/deliverables"
    return notification, own.call("GET", path)["deliverable_notifications"][0]["guid"]


def category_without_budget():
    """A category at the top whose budget, if it had one, is gone."""
    for budget in own.call("GET", "/budgets")["budgets"]:
        if budget["category_guid"] == TOP:
            own.call("DELETE", f"/budgets/{budget['guid']}")
    return TOP


def new_budget():
    """The budget of that category, made anew."""
    budget = {"category_guid": category_without_budget(), "amount": AMOUNT}
    return own.call("POST", "/budgets", {"budget": budget})["budget"]["guid"]


def sets_aside():
    """Something is set aside for goals, whatever else was set before."""
    profile = {"goals_contribution": AMOUNT, "uses_estimated_goals_contribution": False}
    own.call("PUT", "/monthly_cash_flow_profile", {"monthly_cash_flow_profile": profile})


def goal_fields():
    """What a goal needs that can be made now."""
    sets_aside()
    kinds = {"goal_type_name": "SAVE_AMOUNT", "meta_type_name": "OTHER"}
    return kinds | {"account_guid": new_account(), "amount": AMOUNT, "name": "made"}


GOALS = []


def new_goal():
    """A goal that the seeded user has made; the one before goes, since each takes its time to read."""
    while GOALS:
        guid = GOALS.pop()
        requests.delete(SEEDS["base_url"] + f"/goals/{guid}", headers={"MD-SESSION-TOKEN": session(SEEDS["user"])}, timeout=60)
    GOALS.append(own.call("POST", "/goals", {"goal": goal_fields()})["goal"]["guid"])
    return GOALS[-1]


def new_payment():
    """A payment that the seeded user expects, of no merchant."""
    payment = {"amount": AMOUNT, "description": "made", "occurs_on": "2026-01-15", "transaction_type": 2}
    payments = own.call("POST", "/scheduled_payments", {"scheduled_payment": payment})
    return payments["scheduled_payment"]["guid"]


def without_plan():
    """Takes the plan of the seeded user away, if it has one."""
    for plan in own.call("GET", "/spending_plans")["spending_plans"]:
        own.call("DELETE", f"/spending_plans/{plan['guid']}")


def new_plan():
    """The plan of the seeded user, made anew, with an account and an item."""
    without_plan()
    new_account()
    plan = own.call("POST", "/spending_plans", {})["spending_plan"]["guid"]
    path = f"/spending_plans/{plan}"
    accounts = own.call("GET", f"{path}/spending_plan_account")["spending_plan_accounts"]
    item = own.call("POST", f"{path}/iterations/current/iteration_items", {"planned_amount": AMOUNT})
    return {
        "spending_plan_guid": plan,
        "spending_plan_account_guid": accounts[0]["guid"],
        "iteration_item_guid": item["iteration_item"]["guid"],
        "iteration_number": 1,
    }


def new_tagging():
    """A tag on a transaction, both made for it."""
    tagging = {"tag_guid": new_tag(), "transaction_guid": new_transaction()}
    return own.call("POST", "/taggings", {"tagging": tagging})["tagging"]["guid"]


RULES = []


def new_rule():
    """A rule that the seeded user has made; the one before goes, since a user has so many at most."""
    while RULES:
        guid = RULES.pop()
        requests.delete(SEEDS["base_url"] + f"/transaction_rules/{guid}", headers={"MD-SESSION-TOKEN": session(SEEDS["user"])}, timeout=60)
    rule = {"category_guid": TOP, "match_description": "made"}
    RULES.append(own.call("POST", "/transaction_rules", {"transaction_rule": rule})["transaction_rule"]["guid"])
    return RULES[-1]


def challenges(member):
    """The open questions of a member, answered; none if it is not asked anything or is gone."""
    try:
        listed = own.call("GET", f"/members/{member}/challenges")
    except requests.HTTPError as error:
        if error.response.status_code != 404:
            raise
        listed = None
    return [{"guid": challenge["guid"], "value": "correct"} for challenge in listed["challenges"]] if listed else []


def asked_job():
    """A job that waits for answers that have been given."""
    member = SEEDS["asked"]
    own.call("PUT", f"/members/{member}", {"member": {"credentials": credentials("challenge")}})
    deadline = time.monotonic() + PATIENCE
    while not (open_questions := challenges(member)):
        if time.monotonic() > deadline:
            raise TimeoutError(f"{member} is not asked anything")
        time.sleep(0.02)
    for answer in open_questions:
        own.call("POST", f"/members/{member}/credentials", {"member": answer})
    return own.call("GET", f"/members/{member}")["member"]["most_recent_job_guid"]


def new_user():
    """The id of a user without anything."""
    user = new_id()
    call("POST", f"/mdx/{SEEDS['client_id']}/users", key(), {"user": {"id": user}})
    return user


def held_member_fields():
    """A held member that its bank denies: there is nothing to import, which takes longer than all else."""
    return {"id": new_id(), "institution_id": SEEDS["bank"], "credentials": credentials("INVALID")}


def new_held_member():
    """A user and the id of a member that the partner holds for it."""
    user, member = new_user(), held_member_fields()
    call("POST", f"/mdx/{SEEDS['client_id']}/users/{user}/members", key(), {"member": member})
    return user, member["id"]


def micro_deposit_fields():
    """An account of a holder that no other has."""
    name = new_id()
    holder = {"first_name": "Ada", "last_name": "Doe", "email": f"{name}@example.com"}
    return holder | {"account_number": name, "account_type": 1, "routing_number": "091000019"}


def new_micro_deposit():
    made = own.call("POST", "/micro_deposits", {"micro_deposit": micro_deposit_fields()})
    return made["micro_deposit"]["guid"]


def arrived_micro_deposit():
    """The id of a micro deposit whose amounts are in the account."""
    guid = new_micro_deposit()
    own.call("GET", f"/micro_deposits/{guid}")
    control("POST", "/clock/advance", {"seconds": 120})
    return guid


class Form(HTMLParser):
    """The fields of a page's form as they are, and where it goes."""

    def __init__(self, html):
        super().__init__()
        self.action, self.fields = None, []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "form":
            self.action = attributes["action"]
        if tag == "input" and (attributes.get("type") != "checkbox" or "checked" in attributes):
            self.fields.append((attributes["name"], attributes.get("value", "")))


def waiting_member():
    """An OAuth member whose end user has not been at the bank's page yet."""
    member = {"institution_guid": SEEDS["oauth_bank"], "is_oauth": True}
    return own.call("POST", "/members", {"member": member})["member"]["guid"]


def consenting_member():
    """An OAuth member of a user of its own, who has been at the bank's page and agreed."""
    token = {"MD-SESSION-TOKEN": session(new_user())}
    member = {"institution_guid": SEEDS["oauth_bank"], "is_oauth": True}
    member = call("POST", "/members", token, {"member": member})["member"]
    browser = requests.Session()
    form = Form(browser.get(member["oauth_window_uri"], timeout=60).text)
    fields = form.fields + [("decision", "authorize")]
    ended = browser.post(form.action, data=fields, timeout=60)
    if "You are connected" not in ended.text:
        raise RuntimeError(f"no consent: {ended.status_code} {ended.text}")
    return member["guid"]


def control_key():
    return {"MD-CONTROL-KEY": SEEDS["control_key"]}


def control(method, path, body):
    return call(method, f"/control{path}", control_key(), body)


def webhook_fields(client):
    """An endpoint of a client: the sink of this server."""
    return {"client_id": client, "url": SEEDS["base_url"] + "/control/sink/told"}


def new_webhook():
    """The id of an endpoint without messages."""
    return control("POST", "/webhooks", {"webhook": webhook_fields("acme")})["webhook"]["guid"]


def sent_message():
    """The id of a message that has been sent."""
    [endpoint, *_] = SEEDS["values"]["webhook_guid"]
    return control("POST", f"/webhooks/{endpoint}/test", {"webhook": {"event": "user"}})["message"]["guid"]


def new_fault():
    """The number of a fault that never strikes."""
    fault = {"institution": SEEDS["oauth_bank"], "kind": "TIMEOUT"}
    return control("POST", "/faults", {"fault": fault})["fault"]["number"]


def institution_file():
    """A catalogue file of an institution that is not there."""
    code = new_id()
    return f'[[institution]]\ncode = "{code}"\nname = "Made"\nconnector = "script"\n[[institution.script.login]]\n'


def new_institution():
    """The id of an institution without members."""
    headers = control_key() | {"content-type": "application/toml"}
    url = SEEDS["base_url"] + "/control/institutions"
    answer = requests.post(url, headers=headers, data=institution_file(), timeout=60)
    answer.raise_for_status()
    return answer.json()["institutions"][0]["guid"]


def new_snapshot():
    """The name of a snapshot."""
    name = new_id()
    call("POST", "/control/state/snapshots", control_key(), {"snapshot": {"name": name}})
    return name


def snapshot_file():
    """The file of the seeded snapshot."""
    url = SEEDS["base_url"] + "/control/state/snapshots/mine/file"
    answer = requests.get(url, headers=control_key(), timeout=60)
    answer.raise_for_status()
    return answer.content
