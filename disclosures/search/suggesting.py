"""What to try when nothing was found; only what would find something is suggested."""

from django.utils.translation import gettext as _

from disclosures.search.query import Query
from disclosures.search.results import Search

MOST = 4


def suggestions(search, asked):
    """Ways to ask again as label, query string and count, of the same viewer and scope.

    `asked` is the QueryDict of the page.
    """
    told = []
    scope = {name: search.filters[name] for name in search.filters if name not in asked}
    if len(scope) < len(search.filters):
        wider = Search(search.query, viewer=search.viewer, filters=scope)
        told.append((_("去掉筛选条件"), wider, ["after", *search.filters]))
    texts = {}
    if search.query.unwanted:
        texts[" ".join(_written(term) for term in search.query.wanted)] = _("不排除任何词")
    if len(search.query.wanted) > 1:
        for term in search.query.wanted:
            texts.setdefault(_written(term), _("只找“%(word)s”") % {"word": " ".join(term.runs)})
    for text, label in list(texts.items())[:MOST]:
        fewer = Search(Query(text), viewer=search.viewer, filters=search.filters)
        told.append((label, fewer, ["after", "q"]))
    return [_told(asked, *one) for one in told if one[1].count()]


def _told(asked, label, search, left_out):
    parameters = asked.copy()
    for name in left_out:
        parameters.pop(name, None)
    parameters["q"] = search.query.text
    return {"label": label, "address": f"?{parameters.urlencode()}", "count": search.count()}


def _written(term):
    text = " ".join(term.runs)
    return f'"{text}"' if term.is_whole or len(term.runs) > 1 else text
