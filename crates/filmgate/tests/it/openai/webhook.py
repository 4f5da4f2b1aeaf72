"""Makes a webhook endpoint with OpenAI's own Python SDK, then unwraps what was delivered to it.

`webhook.py BASE URL` prints the endpoint's secret; `webhook.py SECRET HEADERS BODY` reads two files.
"""

import json
import sys

from openai import InvalidWebhookSignatureError, OpenAI

if sys.argv[1].startswith("http"):
    client = OpenAI(base_url=sys.argv[1], api_key="test")
    made = client.webhooks.create(
        name="sdk", url=sys.argv[2], event_types=["video.completed", "video.failed"]
    )
    assert [endpoint.id for endpoint in client.webhooks.list()] == [made.id]
    print(made.signing_secret)
else:
    secret, headers, body = sys.argv[1], json.load(open(sys.argv[2])), open(sys.argv[3]).read()
    client = OpenAI(api_key="test", webhook_secret=secret)
    event = client.webhooks.unwrap(body, headers)
    try:
        client.webhooks.unwrap(body + " ", headers)
        raise SystemExit("a changed body was accepted")
    except InvalidWebhookSignatureError:
        pass
    print(event.type, event.data.id)
