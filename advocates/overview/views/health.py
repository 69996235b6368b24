"""Whether the process lives, and whether it can serve."""

from sqlalchemy import text

from advocates.access import Permission, requires
from advocates.audit.append_only import missing_triggers
from advocates.database import db
from advocates.overview.views import blueprint


@blueprint.get("/healthz")
@requires(Permission.PUBLIC)
def healthz() -> dict[str, str]:
    return {"status": "alive"}


@blueprint.get("/readyz")
@requires(Permission.PUBLIC)
def readyz() -> tuple[dict[str, object], int]:
    """Ready means: the database answers, is migrated, and its append-only tables are protected."""
    migrated = db.session.scalar(text("SELECT count(*) FROM alembic_version")) == 1
    missing = sorted(missing_triggers(db.session.connection()))
    is_ready = migrated and not missing
    return {"status": "ready" if is_ready else "not ready", "missing": missing}, 200 if is_ready else 503
