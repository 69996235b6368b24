"""The few routes that take a larger file than any form needs: their limit is raised for them alone."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import current_app, request

View = TypeVar("View", bound=Callable[..., Any])
ROOM_FOR_THE_REST = 64 * 1024


def takes_files_up_to(setting: str, *, comes_back: bool = False) -> Callable[[View], View]:
    """Declare that the view takes a file as large as this setting says; `comes_back`: also packed in a form's field."""

    def declare(view: View) -> View:
        view.largest_file = setting  # type: ignore[attr-defined]
        view.is_sent_back = comes_back  # type: ignore[attr-defined]
        return view

    return declare


def make_room(view: Callable[..., Any]) -> None:
    """Raise the limit of this request where its view declares one; before its form is read."""
    if setting := getattr(view, "largest_file", None):
        request.max_content_length = getattr(current_app.config["SETTINGS"], setting) + ROOM_FOR_THE_REST
        if getattr(view, "is_sent_back", False):
            request.max_form_memory_size = request.max_content_length
