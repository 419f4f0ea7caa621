#!/usr/bin/env bash
# Vendors bpmn-js: its built modeler as it is, and its style sheets in one, with the font of its icons at our own address. Needs npm.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts bpmn-js@18.31.1 bpmn-font@0.12.1 >/dev/null
dist=node_modules/bpmn-js/dist
cp $dist/bpmn-modeler.production.min.js "$here/bpmn-js.js"
cp $dist/assets/bpmn-font/font/bpmn.woff2 "$here/bpmn.woff2"
# PageAssets serves a file under the beginning of its SHA-256.
hash=$(sha256sum "$here/bpmn.woff2" | cut -c1-16)
{
    sed -e '/^@import/d' -e "/content: url('data:/d" $dist/assets/diagram-js.css $dist/assets/bpmn-js.css
    echo "@font-face { font-family: 'bpmn'; src: url('/assets/$hash/bpmn.woff2') format('woff2'); font-weight: normal; font-style: normal; }"
    # Without its own @font-face, which names five files, and the remarks about it.
    sed -n '/^ *\[class/,$p' $dist/assets/bpmn-font/css/bpmn.css
} > "$here/bpmn-js.css"
# What is built into the modeler, each with its licence.
for licence in node_modules/{bpmn-js,bpmn-font,bpmn-moddle,diagram-js,diagram-js-direct-editing,@bpmn-io/diagram-js-ui,clsx,didi,domify,htm,ids,inherits-browser,min-dash,min-dom,moddle,moddle-xml,object-refs,path-intersection,preact,saxen,tiny-svg}/{LICENSE,license,LICENSE.txt,LICENSE.md}; do
    [ -f "$licence" ] || continue
    package=$(dirname "$licence")
    node -p "const p = require('./$package/package.json'); \`==== \${p.name} \${p.version} (\${p.license})\n\`"
    cat "$licence"
    echo
done > "$here/bpmn-js-licences.txt"
wc -c "$here"/bpmn-js.js "$here"/bpmn-js.css "$here"/bpmn.woff2; gzip -9c "$here/bpmn-js.js" | wc -c
