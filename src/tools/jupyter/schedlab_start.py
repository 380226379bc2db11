"""The address /start/NOTEBOOK of the Jupyter server: opens a notebook, and the file browser on the preferred folder.

JupyterLab's own address for that has a query, which the server breaks where it prints its address with the token.
"""

from urllib.parse import urlencode

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from tornado.web import authenticated


class StartHandler(JupyterHandler):
    @authenticated
    def get(self, notebook):
        query = urlencode({"file-browser-path": "/" + self.contents_manager.preferred_dir})
        self.redirect(url_path_join(self.base_url, "lab/tree", notebook) + "?" + query)


# The name that Jupyter looks for in a module of ServerApp.extra_services.
default_handlers = [(r"/start/(.*)", StartHandler)]
