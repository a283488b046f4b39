# shellcheck shell=bash
# What the findings about Odoo's addons share; sourced, never run by itself.
#
#   . _odoo.sh PACKAGE==VERSION ...   Odoo 19, PostgreSQL and these addons from the package index
#   odoo_install ADDON,...            a new database with these addons and no sample data
#   odoo_run                          Python from stdin in `odoo shell`, where `env` is there
#
# All of it is in the temporary folder $dir and goes with it at the end:
#   * Odoo 19: what ODOO_HOME names (the folder that holds `odoo`), else Debian's package odoo-19
#     of unstable, fetched with `apt-get download` and unpacked with `dpkg -x`, without root. Its
#     keys are those of the package debian-archive-keyring, its mirror is ODOO_DEBIAN_MIRROR, if set;
#   * a virtual environment with what Odoo 19 needs, and the addons named;
#   * PostgreSQL: the server PGHOST names (its user must be allowed to create databases), else a
#     private one on a socket in the folder, run by the user postgres where we are root.
set -eu
dir=$(mktemp -d)
chmod 755 "$dir"
database=finding_$$
cluster=

odoo_end() {
    if [ -n "$cluster" ]; then
        odoo_as "$(odoo_pg pg_ctl)" -D "$cluster" -m immediate stop >"$dir/log" 2>&1 || true
    elif [ -n "${PGHOST:-}" ]; then
        dropdb --if-exists "$database" 2>"$dir/log" || true
    fi
    rm -rf "$dir"
}
trap odoo_end EXIT

odoo_quietly() { "$@" >"$dir/log" 2>&1 || { cat "$dir/log" >&2; exit 2; }; }
odoo_pg() { ls -v /usr/lib/postgresql/*/bin/"$1" 2>/dev/null | tail -n 1 | grep . || command -v "$1"; }
odoo_as() (
    cd /
    [ "$(id -u)" != 0 ] || set -- setpriv --reuid=postgres --regid=postgres --init-groups "$@"
    "$@"
)
odoo_apt() (
    cd "$dir/apt"
    apt-get -q -o Dir::Etc::sourcelist="$dir/apt/sources.list" -o Dir::Etc::sourceparts=- \
        -o Dir::State::lists="$dir/apt/lists" -o Dir::State::status=/dev/null \
        -o Dir::Cache="$dir/apt" -o APT::Sandbox::User=root "$@"
)

if [ -z "${ODOO_HOME:-}" ]; then
    mkdir -p "$dir/apt/lists/partial" "$dir/apt/archives/partial"
    keys=/usr/share/keyrings/debian-archive-keyring.gpg
    mirror=${ODOO_DEBIAN_MIRROR:-http://deb.debian.org/debian}
    echo "deb [signed-by=$keys] $mirror unstable main" >"$dir/apt/sources.list"
    odoo_quietly odoo_apt update
    odoo_quietly odoo_apt download odoo-19
    dpkg -x "$dir"/apt/odoo-19_*.deb "$dir/host"
    rm -r "$dir/apt"
    ODOO_HOME=$dir/host/usr/lib/python3/dist-packages
fi

python3 -m venv "$dir/venv"
odoo_quietly "$dir/venv/bin/pip" install -q --disable-pip-version-check \
    asn1crypto==1.5.1 babel==2.18.0 beautifulsoup4==4.15.0 cbor2==6.3.0 chardet==7.7.0 \
    cryptography==50.0.2 docutils==0.23 geoip2==2.9.0 Jinja2==3.1.6 libsass==0.23.0 \
    lxml==6.1.3 lxml_html_clean==0.4.6 MarkupSafe==3.0.4 num2words==0.5.14 openpyxl==3.1.5 \
    passlib==1.7.4 pillow==12.3.0 polib==1.2.0 psutil==7.2.2 psycopg2-binary==2.9.13 \
    pyOpenSSL==26.4.0 pypdf==7.1.0 python-dateutil==3.0.0 python-magic==0.4.27 \
    python-stdnum==2.2 pytz==2026.6 qrcode==8.2 reportlab==4.5.1 requests==2.34.2 \
    rjsmin==1.3.0 vobject==0.9.9 Werkzeug==3.0.6 xlrd==2.0.2 xlsxwriter==3.3.1
# they depend on a distribution named odoo, which Debian's package is not
odoo_quietly "$dir/venv/bin/pip" install -q --disable-pip-version-check --no-deps "$@"

if [ -z "${PGHOST:-}" ]; then
    export PGHOST="$dir/pg" PGUSER=odoo PGPORT=5432
    mkdir "$PGHOST"
    [ "$(id -u)" != 0 ] || chown postgres "$PGHOST"
    odoo_quietly odoo_as "$(odoo_pg initdb)" -D "$PGHOST/data" -U odoo -A trust -E UTF8 --locale=C.UTF-8
    cluster=$PGHOST/data
    odoo_quietly odoo_as "$(odoo_pg pg_ctl)" -D "$cluster" -l "$PGHOST/log" -w start \
        -o "-c listen_addresses= -c unix_socket_directories=$PGHOST -c fsync=off"
fi

odoo() {
    set -- "$1" "$ODOO_HOME/odoo/addons,$(echo "$dir"/venv/lib/python3*/site-packages/odoo/addons)" "${@:2}"
    PYTHONPATH=$ODOO_HOME nice -n 10 "$dir/venv/bin/python" -m odoo "$1" -d "$database" --addons-path "$2" \
        --data-dir "$dir/data" --no-http --log-level error "${@:3}"
}
odoo_install() { odoo_quietly odoo server -i "$1" --without-demo=all --stop-after-init; }
odoo_run() { odoo shell 2>"$dir/log" || { cat "$dir/log" >&2; return 1; }; }
