#!/usr/bin/env bash
# Cuts DejaVu Sans 2.37 (Debian: fonts-dejavu-core) down to Latin letters and signs, with fontTools (Debian: python3-fonttools).
set -euo pipefail
cd "$(dirname "$0")"
letters="U+0020-007E,U+00A0-02FF,U+0300-036F,U+1E00-1EFF,U+2010-2027,U+2030-205E,U+20A0-20B9,U+2190-2193,U+2212,U+2248,U+2260,U+2264-2265,U+25A0,U+25CF"
for face in DejaVuSans DejaVuSans-Bold; do
    /usr/bin/python3 -m fontTools.subset "/usr/share/fonts/truetype/dejavu/$face.ttf" --unicodes="$letters" --layout-features='' --no-hinting \
        --drop-tables+=GPOS,GSUB,GDEF,kern,FFTM --output-file="$face.ttf"
done
