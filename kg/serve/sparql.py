"""The SPARQL 1.1 Protocol: queries by GET, by form and by body; updates are refused.

https://www.w3.org/TR/sparql11-protocol/ section 2.1 says how a query comes in, 2.1.4 that the
dataset of the request goes before that of the query, 2.1.5 and 2.1.6 how it is answered.
"""

from __future__ import annotations

from email.message import Message

from kg.serve.channel import Question
from kg.serve.description import FORMS, description
from kg.serve.messages import Fields, HttpError, Request, Response
from kg.serve.negotiation import best
from kg.serve.pool import Pool

PATH = "/sparql"
_FORM = "application/x-www-form-urlencoded"
_QUERY, _UPDATE = "application/sparql-query", "application/sparql-update"
_DATASET = ("default-graph-uri", "named-graph-uri")


class Endpoint:
    """Answers queries, and describes itself to who asks nothing."""

    def __init__(self, pool: Pool, largest: int) -> None:
        """`largest` is the most bytes that an answer may have."""
        self._pool = pool
        self._largest = largest

    def answer(self, request: Request) -> Response:
        """The answer, the service description or a way to the editor. Raises `HttpError`."""
        sparql, dataset = _parsed(request)
        if sparql is None:
            return _described(request)
        question = Question(
            sparql,
            request.accept,
            dataset.all("default-graph-uri"),
            dataset.all("named-graph-uri"),
            self._largest,
            request.site + PATH,
        )
        media_type, file = self._pool.ask(question)
        if media_type.startswith("text/"):
            media_type += "; charset=utf-8"
        return Response(file, media_type, headers={"Vary": "Accept"})


def _parsed(request: Request) -> tuple[str | None, Fields]:
    """The query and the fields that choose its dataset; no query for a bare GET."""
    fields = request.fields
    if request.method in ("GET", "HEAD"):
        return _queried(fields), fields
    media_type, charset = _content_type(request)
    if charset not in ("", "utf-8", "utf8"):
        raise HttpError(415, "a query is sent as UTF-8")
    if media_type == _UPDATE:
        raise HttpError(403, "this endpoint is read-only")
    text = _decoded(request.body)
    if media_type == _QUERY:
        if fields.all("query"):
            raise HttpError(400, "the query is given twice, in the URL and in the body")
        return text, fields
    if media_type != _FORM:
        raise HttpError(415, f"a query is sent as {_QUERY} or {_FORM}", Accept_Post=_QUERY)
    form = Fields(text)
    sparql = _queried(form)
    if sparql is None:
        raise HttpError(400, "the form has no field named query")
    # The W3C's own tests send the dataset of a form in the URL.
    return sparql, form if any(map(form.all, _DATASET)) else fields


def _queried(fields: Fields) -> str | None:
    if fields.all("update"):
        raise HttpError(403, "this endpoint is read-only")
    return fields.one("query")


def _content_type(request: Request) -> tuple[str, str]:
    message = Message()
    message["content-type"] = request.headers.get("content-type", "none/none")
    return message.get_content_type(), str(message.get_param("charset", "")).lower()


def _decoded(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise HttpError(400, f"not UTF-8: {error.reason} at byte {error.start}") from error


def _described(request: Request) -> Response:
    request.fields.only(*_DATASET)
    media_type = best(request.accept, (*FORMS, "text/html"))
    if media_type == "text/html":
        return Response(status=303, headers={"Location": "/query"})
    if media_type is None:
        raise HttpError(406, f"there is {', '.join(FORMS)}")
    text = description(request.site + PATH, media_type)
    return Response(text.encode(), f"{media_type}; charset=utf-8", headers={"Vary": "Accept"})
