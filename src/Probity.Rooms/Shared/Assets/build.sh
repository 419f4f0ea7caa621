#!/usr/bin/env bash
# Compiles probity.scss into probity.css. Needs npm; what it downloads stays in a temporary folder.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=${PROBITY_ASSETS_WORK:-$(mktemp -d)}
[ -n "${PROBITY_ASSETS_WORK:-}" ] || trap 'rm -rf "$work"' EXIT
cd "$work"
[ -f package.json ] || npm init -y >/dev/null
[ -d node_modules/sass ] || npm install --silent --no-audit --no-fund --ignore-scripts \
    govuk-frontend@6.6.0 @ministryofjustice/frontend@11.1.0 sass@1 >/dev/null
# MoJ's own settings for govuk-frontend would come too late (probity.scss has set them), and its icons are files we do not serve.
moj=node_modules/@ministryofjustice/frontend/moj
echo '@forward "node_modules/govuk-frontend/dist/govuk/base";' > $moj/vendor/govuk-frontend/_index.scss
sed -i '/url(/d' $moj/components/timeline/_timeline.scss
npx --no-install sass --style=compressed --no-source-map --no-charset --quiet-deps \
    --load-path=node_modules --load-path=. "$here/probity.scss" out.css
# One prefix for what pages use, whoever drew it first.
sed -E -e "s/\.(govuk|moj)-/.pb-/g; s/--govuk-/--pb-/g" out.css > "$here/probity.css"
if grep -qiE 'url\(|@import|GDS Transport' "$here/probity.css"; then
    echo "probity.css names something outside itself" >&2
    exit 1
fi
wc -c < "$here/probity.css"; gzip -9c "$here/probity.css" | wc -c
