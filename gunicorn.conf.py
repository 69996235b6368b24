"""How gunicorn serves the application; read by itself from the folder it starts in."""

import os

bind = f"127.0.0.1:{os.environ.get('ADVOCATES_PORT', '8000')}"
worker_class = "gthread"
workers = 2
threads = 4
timeout = 60
graceful_timeout = 20
# Addresses of visitors are not logged; what happened is in the audit trail.
accesslog = None
loglevel = "warning"
control_socket_disable = True
