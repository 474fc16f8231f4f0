"""Judges a webhook by the package of PyPI: reads secret, headers and body as JSON, and fails if they do not fit."""

import json
import sys

from standardwebhooks.webhooks import Webhook

told = json.load(sys.stdin)
Webhook(told["secret"]).verify(told["body"], told["headers"])
