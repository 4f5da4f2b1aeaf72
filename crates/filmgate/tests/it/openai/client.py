"""What OpenAI's own Python SDK does with /v1/videos, as its users do it. Arguments: the base URL, and a picture."""

import sys

import openai
from openai import OpenAI

base, picture = sys.argv[1:]
client = OpenAI(base_url=base, api_key="python")

# With and without a picture.
video = client.videos.create_and_poll(prompt="A red boat at sea", model="sora-2", seconds="4", size="1280x720")
assert video.status == "completed" and video.progress == 100 and video.seconds == "4", video
with open(picture, "rb") as file:
    pictured = client.videos.create_and_poll(prompt="The camera zooms in", size="1280x720", input_reference=file)
assert pictured.status == "completed", pictured
raw = client.videos.create(prompt="The camera zooms in", input_reference=open(picture, "rb").read())
assert raw.status == "queued", raw
linked = client.videos.create(
    prompt="x", extra_body={"input_reference": {"image_url": "https://example.com/a.png"}, "seed": 7}
)
client.videos.delete(linked.id)

# Every variant.
film = client.videos.download_content(video.id).read()
assert film[4:8] == b"ftyp", film[:16]
assert client.videos.download_content(video.id, variant="video").read() == film
assert client.videos.download_content(video.id, variant="thumbnail").read()[8:12] == b"WEBP"
assert client.videos.download_content(video.id, variant="spritesheet").read()[:3] == b"\xff\xd8\xff"

# Films from films. This SDK sends the film itself.
remix = client.videos.remix(video.id, prompt="in a storm")
assert remix.remixed_from_video_id == video.id, remix
edit = client.videos.edit(prompt="at night", video=("v.mp4", film, "video/mp4"))
longer = client.videos.extend(prompt="it turns", seconds="4", video=("v.mp4", film, "video/mp4"))
assert longer.seconds == "8", longer
for one in (raw, remix, edit, longer):
    assert client.videos.poll(one.id, poll_interval_ms=100).status == "completed", one
character = client.videos.create_character(name="Mossy", video=("v.mp4", film, "video/mp4"))
assert client.videos.get_character(character.id).name == "Mossy", character

# Pages.
made = [one.id for one in client.videos.list(limit=2, order="asc")]
assert made == [one.id for one in (video, pictured, raw, remix, edit, longer)], made
assert [one.id for one in client.videos.list(limit=4)] == made[::-1]
deleted = client.videos.delete(longer.id)
assert deleted.deleted and deleted.object == "video.deleted", deleted
assert longer.id not in [one.id for one in client.videos.list()]
assert "sora-2" in [model.id for model in client.models.list()]

# A film that fails is no exception.
blocked = client.videos.create_and_poll(prompt="[[moderation]] a boat")
assert blocked.status == "failed" and blocked.error.code == "moderation_blocked", blocked


def raises(kind, code, call):
    try:
        call()
    except kind as error:
        assert type(error) is kind and error.code == code and error.request_id.startswith("req_"), error
        return error
    raise AssertionError(f"{kind} was not raised")


keyless = OpenAI(base_url=base, api_key="dev-bad-key")
raises(openai.AuthenticationError, "invalid_api_key", lambda: keyless.videos.list())
error = raises(openai.BadRequestError, "invalid_value", lambda: client.videos.create(prompt="x", seconds="7"))
assert error.param == "seconds" and "4, 8, 12" in error.message, error
raises(openai.NotFoundError, "not_found", lambda: client.videos.retrieve(longer.id))
raises(openai.NotFoundError, "model_not_found", lambda: client.videos.create(prompt="x", model="sora-9"))
raises(openai.NotFoundError, "video_not_ready", lambda: client.videos.download_content(blocked.id))
raises(openai.RateLimitError, "insufficient_quota", lambda: client.videos.create(prompt="[[no-credits]]"))
named = {"Idempotency-Key": "one"}
client.videos.delete(client.videos.create(prompt="a", extra_headers=named).id)
raises(
    openai.UnprocessableEntityError,
    "idempotency_key_reused",
    lambda: client.videos.create(prompt="b", extra_headers=named),
)
quick = OpenAI(base_url=base, api_key="python", max_retries=0)
raises(openai.InternalServerError, "service_unavailable", lambda: quick.videos.create(prompt="[[maintenance]]"))
print("python is content with", openai.__version__)
