"""A create whose replies are lost on the way, and which the SDK therefore sends again. Arguments: the base URL, a picture, a key."""

import sys

from openai import OpenAI

base, picture, key = sys.argv[1:]
client = OpenAI(base_url=base, api_key=key, max_retries=3)
with open(picture, "rb") as file:
    print(client.videos.create(prompt="A red boat at sea", input_reference=file.read()).id)
