"""What the pages share that are reached by an address alone, or by a portal login."""

KIB = 1024

HEADERS = {
    # the address holds the token: it is not stored, not indexed, not handed on
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
}
# a page that anybody can open
SHOWS = {"type": "http", "auth": "public", "methods": ["GET"], "sitemap": False}
# a form that anybody can send: texts, and no file is even taken to the disk. A page that
# takes a file says how much more it takes
TAKES = SHOWS | {"methods": ["POST"], "max_content_length": 64 * KIB}
