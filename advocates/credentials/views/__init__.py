"""HTTP for credentials."""

from flask import Blueprint

blueprint = Blueprint("credentials", __name__)
