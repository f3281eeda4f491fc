"""Refusals in the Bot API's own words.

The texts and codes follow the open Bot API server (tdlib/telegram-bot-api) and TDLib, where the bot's error mapping
reads them: a client is tested against what Telegram says, not against what would be convenient.
"""

from __future__ import annotations

from typing import Any

JsonObject = dict[str, Any]
"""A JSON object as it travels on the wire."""

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


class ApiError(Exception):
    """A call that the Bot API refuses: HTTP status, ``description`` and ``parameters`` of its answer."""

    def __init__(self, code: int, description: str, parameters: JsonObject | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def as_json(self) -> JsonObject:
        """The body of the answer."""
        body: JsonObject = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(text: str, parameters: JsonObject | None = None) -> ApiError:
    """400: the call is wrong and stays wrong."""
    return ApiError(400, f"Bad Request: {text}", parameters)


def forbidden(text: str) -> ApiError:
    """403: this chat takes nothing from the bot."""
    return ApiError(403, f"Forbidden: {text}")


def too_many_requests(retry_after: int) -> ApiError:
    """429: not carried out; to be repeated after so many seconds."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})
