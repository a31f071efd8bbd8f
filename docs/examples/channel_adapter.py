#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Tells people about requests: takes the calls of the channel `webhook` and passes them on.

    CHANNEL_SECRET=... python3 channel_adapter.py sms|slack|teams|ntfy

Python's standard library only. Settings are environment variables: CHANNEL_SECRET, PORT (8085), and those of
the receiver below. What it answers decides what the pack does: 2xx done, 422 never (the next channel is used),
502 try again. It never writes a link, a text or a phone number down.
"""
import hashlib
import hmac
import json
import os
import re
import sys
import time
import urllib.error
import urllib.request
from collections import OrderedDict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

GSM = set("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
          "abcdefghijklmnopqrstuvwxyzäöñüà")
GSM_TWICE = set("^{}\\[~]|€")


class Unreachable(Exception):
    """This person cannot be told this way."""


class TryLater(Exception):
    """The receiver has not taken it this time."""


def address(told, attribute, pattern):
    """The first value of a user's attribute that can be an address at all."""
    for value in told["user"]["attributes"].get(attribute, []):
        if re.fullmatch(pattern, value):
            return value
    raise Unreachable(attribute)


def fits_one_sms(text):
    """160 places of the GSM alphabet (3GPP TS 23.038), some characters take two; else 70 of UCS-2."""
    if all(c in GSM or c in GSM_TWICE for c in text):
        return sum(2 if c in GSM_TWICE else 1 for c in text) <= 160
    return len(text.encode("utf-16-le")) // 2 <= 70


def sms_text(told):
    """App, message whole or not at all, link; a link that is cut is none."""
    app, message, link = told["client_name"], told.get("binding_message"), told["link"]
    texts = ([f"{app}: {message} {link}"] if message else []) + [f"{app} {link}", link]
    return next((text for text in texts if fits_one_sms(text)), link)


def sms(told):
    """A gateway that takes {"to", "from", "text"}, as most do under these or other names."""
    body = {"to": address(told, "phoneNumber", r"\+[1-9][0-9]{6,14}"),
            "from": os.environ["SMS_SENDER"], "text": sms_text(told)}
    return os.environ["SMS_URL"], {"Authorization": "Bearer " + os.environ["SMS_TOKEN"]}, body


def slack(told):
    """chat.postMessage to a person (U...); nothing of the words is read as markup."""
    body = {"channel": address(told, "slackId", r"[UW][A-Z0-9]{5,30}"), "text": told["title"][:3000],
            "parse": "none", "mrkdwn": False, "unfurl_links": False, "unfurl_media": False,
            "blocks": [{"type": "section", "text": {"type": "plain_text", "emoji": False, "text": line[:3000]}}
                       for line in (told["title"], told.get("binding_message")) if line]
            + [{"type": "actions", "elements": [{"type": "button", "url": told["link"], "action_id": "open",
                "text": {"type": "plain_text", "text": told["request_code"]}}]}]}
    return (os.environ.get("SLACK_URL", "https://slack.com/api/chat.postMessage"),
            {"Authorization": "Bearer " + os.environ["SLACK_TOKEN"]}, body)


def teams(told):
    """A workflow "When a Teams webhook request is received"; TextRun is not read as markdown."""
    lines = [line for line in (told["title"], told.get("binding_message")) if line]
    card = {"$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "type": "AdaptiveCard", "version": "1.2",
            "body": [{"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": line}]} for line in lines],
            "actions": [{"type": "Action.OpenUrl", "title": told["request_code"], "url": told["link"]}]}
    body = {"type": "message", "attachments": [{"contentType": "application/vnd.microsoft.card.adaptive",
                                                "contentUrl": None, "content": card}]}
    return os.environ["TEAMS_URL"], {}, body


def ntfy(told):
    """Publishing as JSON; the topic is a secret of the user's, as who knows it can read it."""
    body = {"topic": address(told, "ntfyTopic", r"[-_A-Za-z0-9]{1,64}"), "title": told["title"],
            "message": told.get("binding_message") or told["request_code"], "click": told["link"], "priority": 4,
            "actions": [{"action": "view", "label": told["request_code"], "url": told["link"]}]}
    token = os.environ.get("NTFY_TOKEN")
    return os.environ["NTFY_URL"], {"Authorization": "Bearer " + token} if token else {}, body


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def post(url, headers, body):
    request = urllib.request.Request(url, json.dumps(body).encode(),
                                     {"Content-Type": "application/json; charset=utf-8", **headers})
    try:
        with urllib.request.build_opener(NoRedirect).open(request, timeout=4) as answer:
            said = answer.read(65536)
    except urllib.error.HTTPError as e:
        if e.code == 429 or e.code >= 500:
            raise TryLater(str(e.code)) from None
        raise Unreachable(str(e.code)) from None
    except OSError as e:
        raise TryLater(type(e).__name__) from None
    if "/api/chat.postMessage" in url and json.loads(said).get("ok") is not True:
        raise Unreachable("ok is false")  # Slack says no with 200


def is_genuine(headers, body):
    stamp, signature = headers.get("X-CIBA-Timestamp", ""), headers.get("X-CIBA-Signature", "")
    secret = os.environ["CHANNEL_SECRET"].encode()
    expected = "sha256=" + hmac.new(secret, stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return (hmac.compare_digest(expected.encode(), signature.encode("latin-1", "replace"))
            and re.fullmatch("[0-9]{1,12}", stamp) is not None and abs(time.time() - int(stamp)) < 300)


class Adapter(BaseHTTPRequestHandler):
    taken = OrderedDict()  # ids of messages that were passed on, the oldest first
    timeout = 5

    def do_POST(self):
        length = self.headers.get("Content-Length", "")
        if not re.fullmatch("[0-9]{1,5}", length):
            return self.answer(413)
        body = self.rfile.read(int(length))
        if not is_genuine(self.headers, body):
            return self.answer(401)
        told = json.loads(body)
        if told["id"] in self.taken:
            return self.answer(204)
        try:
            post(*PASS_ON(told))
        except Unreachable as e:
            return self.answer(422, f"{told['id']} cannot be passed on: {e}")
        except TryLater as e:
            return self.answer(502, f"{told['id']} was not taken: {e}")
        self.taken[told["id"]] = True
        while len(self.taken) > 10000:
            self.taken.popitem(last=False)
        return self.answer(204)

    def answer(self, status, why=None):
        if why:
            print(why, file=sys.stderr, flush=True)
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.send_header("Connection", "close")  # so that no caller sends the next one over it
        self.end_headers()

    def log_message(self, *_):
        """The path may be a secret of yours."""


if __name__ == "__main__":
    PASS_ON = {"sms": sms, "slack": slack, "teams": teams, "ntfy": ntfy}[sys.argv[1]]
    server = ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "8085"))), Adapter)
    print(f"{sys.argv[1]} on port {server.server_port}", flush=True)
    server.serve_forever()
