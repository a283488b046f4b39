"""What all pages and files share that are not for everybody's eyes: headers, counting."""

from odoo.http import content_disposition, request

# bytes of a form that is sent with texts alone: the host would take 128 MB from anybody,
# and write a file to the disk before it asks what the file is for
MAX_TEXT = 64 * 1024
HEADERS = {
    # an address may hold a token: it is not stored, not indexed, not handed on
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
}


def private_page(template, values, status=200):
    """The response of a page. ``template`` with its module's name."""
    response = request.render(template, values, status=status)
    response.headers.update(HEADERS)
    return response


def stale_page(kind):
    """The response to an unknown token; who tries many of them has to wait.

    :param kind: of the pages ``<kind>_stale`` and ``<kind>_wait`` of this module
    """
    if must_wait("guess"):
        return wait_page(kind)
    return private_page(f"medical_office.{kind}_stale", {}, 404)


def wait_page(kind):
    """The response to who asked too often."""
    return private_page(f"medical_office.{kind}_wait", {}, 429)


def private_file(content, name, mimetype="application/octet-stream"):
    """The response that downloads a file: ``content`` in bytes, its name with ending."""
    return request.make_response(
        content,
        [
            ("Content-Type", mimetype),
            ("Content-Disposition", content_disposition(name)),
            *HEADERS.items(),
        ],
    )


def address():
    """Where the request comes from, behind a proxy as Odoo is told by it."""
    return request.httprequest.remote_addr or "unknown"


def must_wait(what, text=None):
    """Count a hit, whatever comes after it; until when the next one waits, or None.

    :param what: a key of ``medical.core.hit._limits()``
    :param text: what is counted; by default the address
    """
    # sudo: hits are counted by the program, nobody reads them
    hits = request.env["medical.core.hit"].sudo()
    return hits._count_lasting(what, address() if text is None else text)
