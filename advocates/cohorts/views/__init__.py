"""HTTP for cohorts."""

from flask import Blueprint

blueprint = Blueprint("cohorts", __name__)
