"""Values that operations take, where chance would not find them: ids of things that exist, bodies that fit together."""

import partner
from partner import SEEDS


def path(operation, parameters, dice):
    """Values for those path parameters of the operation that can name existing things."""
    if operation in PARTICULAR:
        return PARTICULAR[operation]()
    return {name: dice.one_of(SEEDS["values"][name]) for name in parameters}


def _held_member():
    user, member = partner.new_held_member()
    return {"user_id": user, "member_id": member}


def _plan(*parts):
    plan = partner.new_plan()
    return {name: plan[name] for name in ("spending_plan_guid", *parts)}


def prepare(operation):
    """Makes way for a call that is told nothing."""
    if operation == "createSpendingPlan":
        partner.without_plan()


PARTICULAR = {
    "blockAccount": lambda: {"account_guid": SEEDS["expendable"]},
    "createHeldMember": lambda: {"user_id": partner.new_user()},
    "createMemberCredentials": lambda: {"member_guid": SEEDS["asked"]},
    "createTransaction": lambda: {"account_guid": partner.new_account()},
    "deleteAccount": lambda: {"account_guid": partner.new_account()},
    "createDeliverable": lambda: {"notification_guid": partner.new_notification()},
    "deleteBudget": lambda: {"budget_guid": partner.new_budget()},
    "deleteCategory": lambda: {"category_guid": partner.new_category()},
    "deleteGoal": lambda: {"goal_guid": partner.new_goal()},
    "deleteHeldMember": _held_member,
    "deleteMember": lambda: {"member_guid": partner.new_member()},
    "deleteMicroDeposit": lambda: {"micro_deposit_guid": partner.new_micro_deposit()},
    "deleteScheduledPayment": lambda: {"guid": partner.new_payment()},
    "deleteTag": lambda: {"tag_guid": partner.new_tag()},
    "deleteTagging": lambda: {"tagging_guid": partner.new_tagging()},
    "deleteTransaction": lambda: {"transaction_guid": partner.new_transaction()},
    "deleteTransactionRule": lambda: {"transaction_rule_guid": partner.new_rule()},
    "deleteUser": lambda: {"user_id": partner.new_user()},
    "endUserSessions": lambda: {"user_id": SEEDS["user"]},
    "expireChallenge": lambda: {"member_guid": partner.new_member("CHALLENGED")},
    "extendHistory": lambda: {"member_guid": SEEDS["values"]["member_guid"][0]},
    "generateOAuthWindowUri": lambda: {"member_guid": partner.waiting_member()},
    "listDeliverables": lambda: {"notification_guid": partner.new_notification()},
    "loadSnapshot": lambda: {"name": partner.new_id()},
    "readBudget": lambda: {"budget_guid": partner.new_budget()},
    "readGoal": lambda: {"goal_guid": partner.new_goal()},
    "readScheduledPayment": lambda: {"guid": partner.new_payment()},
    "readDeliverable": lambda: dict(zip(("notification_guid", "deliverable_guid"), partner.new_deliverable())),
    "readNotification": lambda: {"notification_guid": partner.new_notification()},
    "readTransaction": lambda: {"transaction_guid": partner.new_transaction()},
    "readTransactionRule": lambda: {"transaction_rule_guid": partner.new_rule()},
    "readTransactionRuleProgress": lambda: {"transaction_rule_guid": partner.new_rule()},
    "removeFault": lambda: {"number": str(partner.new_fault())},
    "removeInstitution": lambda: {"institution": partner.new_institution()},
    "removeSnapshot": lambda: {"name": partner.new_snapshot()},
    "removeWebhook": lambda: {"webhook_guid": partner.new_webhook()},
    "replayWebhookMessage": lambda: {"message_guid": partner.sent_message()},
    "resumeAggregation": lambda: {"member_guid": partner.new_member("CHALLENGED")},
    "resumeJob": lambda: {"job_guid": partner.asked_job()},
    "resumeJobPut": lambda: {"job_guid": partner.asked_job()},
    "revokeConsent": lambda: {"member_guid": partner.consenting_member()},
    "createSpendingPlanIterationItem": lambda: _plan(),
    "deleteSpendingPlan": lambda: _plan(),
    "deleteSpendingPlanAccount": lambda: _plan("spending_plan_account_guid"),
    "deleteSpendingPlanAccountPlural": lambda: _plan("spending_plan_account_guid"),
    "deleteSpendingPlanIterationItem": lambda: _plan("iteration_item_guid"),
    "listSpendingPlanAccounts": lambda: _plan(),
    "listSpendingPlanAccountsPlural": lambda: _plan(),
    "listSpendingPlanIterationItems": lambda: _plan(),
    "listSpendingPlanIterations": lambda: _plan(),
    "readCurrentSpendingPlanIteration": lambda: _plan(),
    "readSpendingPlan": lambda: _plan(),
    "readSpendingPlanAccount": lambda: _plan("spending_plan_account_guid"),
    "readSpendingPlanAccountPlural": lambda: _plan("spending_plan_account_guid"),
    "readSpendingPlanIteration": lambda: _plan("iteration_number"),
    "readSpendingPlanIterationItem": lambda: _plan("iteration_item_guid"),
    "updateSpendingPlanIterationItem": lambda: _plan("iteration_item_guid"),
    "splitTransaction": lambda: {"transaction_guid": partner.new_transaction()},
    "unsplitTransaction": lambda: {"transaction_guid": partner.new_split_transaction()},
    "updateBudget": lambda: {"budget_guid": partner.new_budget()},
    "updateCategory": lambda: {"category_guid": partner.new_category()},
    "updateGoal": lambda: {"goal_guid": partner.new_goal()},
    "updateScheduledPayment": lambda: {"guid": partner.new_payment()},
    "updateTag": lambda: {"tag_guid": partner.new_tag()},
    "updateTagging": lambda: {"tagging_guid": partner.new_tagging()},
    "updateTransaction": lambda: {"transaction_guid": partner.new_transaction()},
    "updateTransactionRule": lambda: {"transaction_rule_guid": partner.new_rule()},
    "verifyMicroDeposit": lambda: {"micro_deposit_guid": partner.arrived_micro_deposit()},
}
"""Operations that need a thing in one state, or leave it so that it cannot be used again. The sessions that are ended are
those of this run, which must take new ones."""


def body(operation, path, generated, dice):
    """The generated body with values that fit what exists; the body itself where any will do."""
    made = BODIES.get(operation)
    return generated if made is None else made(path, generated, dice)


def _member(generated, *names):
    return _kept(generated, "member", "metadata", *names)


def _user(generated):
    return _kept(generated, "user", "birthdate", "credit_score", "first_name", "gender", "last_name", "metadata")


def _kept(generated, root, *names):
    fields = generated.get(root)
    return {name: fields[name] for name in names if name in fields} if isinstance(fields, dict) else {}


def _create_member(_, generated, dice):
    ways = [
        {"institution_guid": SEEDS["bank"], "connection_status": "CONNECTED"},
        {"institution_guid": SEEDS["bank"], "credentials": partner.credentials()},
        {"institution_guid": SEEDS["oauth_bank"], "is_oauth": True},
    ]
    fields = _member(generated, "name", "use_cases", "skip_webhook", "background_aggregation_is_disabled")
    return {"member": fields | {"external_guid": partner.new_id()} | dice.one_of(ways)}


def _update_member(_, generated, dice):
    fields = _member(generated, "skip_webhook", "background_aggregation_is_disabled")
    return {"member": fields | {"name": f"Bank {dice.number}"}}


def _create_held_member(_, generated, dice):
    return {"member": _member(generated, "name") | partner.held_member_fields()}


def _update_held_member(_, generated, dice):
    return {"member": _member(generated) | {"name": f"Bank {dice.number}"}}


def _create_credential(_, generated, dice):
    return {"member": dice.one_of(partner.credentials())}


def _resume(path, generated, dice):
    return {"member": {"challenges": partner.challenges(path["member_guid"])}}


def _create_micro_deposit(_, generated, dice):
    return {"micro_deposit": _kept(generated, "micro_deposit", "account_type") | partner.micro_deposit_fields()}


def _amounts(_, generated, dice):
    return {"micro_deposit": {"deposit_amount_1": 0.09, "deposit_amount_2": dice.one_of([0.09, 0.1])}}


KEPT_OF_PAGES = (
    "color_scheme",
    "connections_use_case_filter",
    "data_request",
    "include_identity",
    "is_mobile_webview",
    "mode",
    "ui_message_version",
    "update_credentials",
)


def _page(root):
    def made(_, generated, dice):
        kept = _kept(generated, root, *KEPT_OF_PAGES)
        return {root: kept | {"type": dice.one_of(["connect_widget", "connections_widget"])}}

    return made


def _create_user(_, generated, dice):
    return {"user": _user(generated) | {"id": partner.new_id()}}


def _update_user(_, generated, dice):
    return {"user": _user(generated) | {"phone": "5055551234"}}


def _search(_, generated, dice):
    return {"institution": {"name": dice.one_of(["mx", "bank", "river"])}}


def _create_deliverable(_, generated, dice):
    # That of PUSH is there.
    return {"deliverable": _kept(generated, "deliverable", "content") | {"channel": dice.one_of([1, 2, 4])}}


def _create_budget(_, generated, dice):
    fields = {"category_guid": partner.category_without_budget(), "amount": dice.throw(1000) / 4}
    return {"budget": _kept(generated, "budget", "metadata", "skip_webhook") | fields}


def _update_budget(_, generated, dice):
    fields = _kept(generated, "budget", "metadata", "skip_webhook") | {"amount": dice.throw(1000) / 4}
    return {"budget": dice.one_of([fields, [fields]])}


def _goal_fields(generated, dice):
    kept = _kept(generated, "goal", "has_been_spent", "is_complete", "metadata", "skip_webhook")
    return kept | {"amount": dice.throw(1000) / 4, "position": 1 + dice.throw(3)}


def _create_goal(_, generated, dice):
    return {"goal": partner.goal_fields() | _goal_fields(generated, dice)}


def _update_goal(_, generated, dice):
    partner.sets_aside()
    return {"goal": _goal_fields(generated, dice) | {"completed_at": dice.one_of(SEEDS["moments"])}}


def _reposition(_, generated, dice):
    return {"goals": [{"guid": partner.new_goal(), "position": 1 + dice.throw(3)}]}


def _cash_flow(_, generated, dice):
    return {"monthly_cash_flow_profile": {"goals_contribution": 1 + dice.throw(1000) / 4}}


def _payment(_, generated, dice):
    fields = {"amount": dice.throw(1000) / 4, "description": f"Bill {partner.new_id()}", "occurs_on": "2026-05-31"}
    comes = {"is_recurring": True, "recurrence_type": 1 + dice.throw(3), "recurrence_day": 1 + dice.throw(7)}
    return {"scheduled_payment": fields | {"transaction_type": 1 + dice.throw(2)} | dice.one_of([{}, comes])}


def _card(root):
    """The body that changes a card, which says something of it."""

    def body(_, generated, dice):
        said = {dice.one_of(["has_been_displayed", "is_dismissed"]): dice.one_of([True, False])}
        return {root: _kept(generated, root, "has_been_displayed", "is_dismissed") | said}

    return body


def _item(_, generated, dice):
    fields = {"planned_amount": dice.throw(1000) / 4} | dice.one_of([{}, {"category_guid": partner.TOP}])
    fields |= dice.one_of([{}, {"item_type": dice.throw(4)}, {"item_type": str(dice.throw(4))}])
    return {"iteration_item": fields}


def _create_category(_, generated, dice):
    fields = {"name": f"Category {partner.new_id()}", "parent_guid": partner.TOP}
    return {"category": _kept(generated, "category", "metadata", "skip_webhook") | fields}


def _update_category(_, generated, dice):
    fields = {"name": f"Category {partner.new_id()}"}
    return {"category": _kept(generated, "category", "metadata", "skip_webhook") | fields}


def _account(_, generated, dice):
    fields = _kept(generated, "account", "account_subtype", "is_closed", "is_hidden", "metadata", "nickname", "property_type")
    return {"account": fields | {"name": "made", "account_type": dice.throw(13), "balance": dice.throw(1000) / 4}}


def _create_transaction(_, generated, dice):
    fields = _kept(generated, "transaction", "has_been_viewed", "is_hidden", "is_international", "memo", "metadata")
    said = {"description": "made", "date": "2026-01-15", "transaction_type": 1 + dice.throw(2)}
    return {"transaction": fields | said | {"amount": dice.throw(1000) / 4}}


def _update_transaction(_, generated, dice):
    fields = _kept(generated, "transaction", "has_been_viewed", "is_flagged", "is_hidden", "memo", "metadata")
    return {"transaction": fields | {"category_guid": partner.TOP, "amount": dice.throw(1000) / 4}}


def _split_off(_, generated, dice):
    return {"transaction": {"parent_guid": partner.new_transaction(), "amount": 1 + dice.throw(3) / 4}}


def _split(_, generated, dice):
    return {"transactions": [{"amount": 1.5}, {"amount": partner.AMOUNT - 1.5, "memo": "rest"}]}


def _words(_, generated, dice):
    return {"transactions": [{"description": f"HARBOR GROCER {dice.number}", "external_guid": "x", "amount": 1.25}]}


def _create_tagging(_, generated, dice):
    return {"tagging": {"tag_guid": partner.new_tag(), "transaction_guid": partner.new_transaction()}}


def _update_tagging(_, generated, dice):
    return {"tagging": {"tag_guid": partner.new_tag()}}


def _merge(_, generated, dice):
    return {"accounts": [partner.new_account(), partner.new_account()]}


def _rule(_, generated, dice):
    return {"transaction_rule": {"category_guid": partner.TOP, "match_description": f"made {dice.number}"}}


def _holding(_, generated, dice):
    return {"holding": _kept(generated, "holding", "metadata") | {"cost_basis": dice.throw(1000) / 4}}


def _plan_fault(_, generated, dice):
    kinds = [
        {"kind": "TIMEOUT"},
        {"kind": "STATUS", "status": 503},
        {"kind": "LATENCY", "milliseconds": 1},
        {"kind": "REFUSAL", "connection_status": "DELAYED"},
    ]
    return {"fault": _kept(generated, "fault", "call") | {"institution": "mxbank", "count": 1} | dice.one_of(kinds)}


def _advance(_, generated, dice):
    return {"clock": {"seconds": dice.throw(300)}}


def _set_clock(_, generated, dice):
    return {"clock": {"at": dice.one_of(SEEDS["moments"])}}


def _speed(_, generated, dice):
    return {"clock": {"speed": 1 + dice.throw(2)}}


def _add_webhook(_, generated, dice):
    fields = _kept(generated, "webhook", "events")
    return {"webhook": fields | partner.webhook_fields("other")}


def _set_sink(_, generated, dice):
    return {"sink": {"status": 200 + dice.throw(400), "retry_after": dice.throw(60), "times": dice.throw(9)}}


def _take_snapshot(*_):
    return {"snapshot": {"name": partner.new_id()}}


def _snapshot_file(*_):
    return partner.snapshot_file()


def _file(*_):
    return partner.institution_file()


BODIES = {
    "addWebhook": _add_webhook,
    "advanceClock": _advance,
    "categorizeAndDescribeTransactions": _words,
    "checkInstitutions": _file,
    "createAccount": _account,
    "createBudget": _create_budget,
    "createDeliverable": _create_deliverable,
    "createCategory": _create_category,
    "createGoal": _create_goal,
    "createHeldMember": _create_held_member,
    "createMember": _create_member,
    "createMicroDeposit": _create_micro_deposit,
    "createMemberCredentials": _create_credential,
    "createScheduledPayment": _payment,
    "createSpendingPlanIterationItem": _item,
    "createSplitTransaction": _split_off,
    "createTagging": _create_tagging,
    "createUrlJson": _page("url"),
    "createUrlXml": _page("url"),
    "createWidgetUrl": _page("widget_url"),
    "createTransaction": _create_transaction,
    "createTransactionRule": _rule,
    "createUser": _create_user,
    "loadSnapshot": _snapshot_file,
    "mergeAccounts": _merge,
    "planFault": _plan_fault,
    "repositionGoals": _reposition,
    "resumeAggregation": _resume,
    "searchInstitutions": _search,
    "setClock": _set_clock,
    "setSink": _set_sink,
    "speedClock": _speed,
    "splitTransaction": _split,
    "takeSnapshot": _take_snapshot,
    "updateAccount": _account,
    "updateBeat": _card("beat"),
    "updateBudget": _update_budget,
    "updateCategory": _update_category,
    "updateGoal": _update_goal,
    "updateHeldMember": _update_held_member,
    "updateHolding": _holding,
    "updateInsight": _card("insight"),
    "updateMember": _update_member,
    "updateMonthlyCashFlowProfile": _cash_flow,
    "updateScheduledPayment": _payment,
    "updateSpendingPlanIterationItem": _item,
    "updateTagging": _update_tagging,
    "updateTransaction": _update_transaction,
    "updateTransactionRule": _rule,
    "updateUser": _update_user,
    "uploadInstitutions": _file,
    "verifyMicroDeposit": _amounts,
}
"""Operations whose bodies must fit what exists."""
